"""The archived file (案卷) of one matter: written once, readable without us, and tested before it is taken over."""
