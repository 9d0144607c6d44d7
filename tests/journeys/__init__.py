"""Whole ways through the site in a browser. A package, so that its browser and its site stop when the last journey has ended:
while the browser runs, its event loop runs in the same thread, and Django would refuse other tests their database."""
