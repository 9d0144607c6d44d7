"""Other places of the demonstration, each with its own procedure and a few matters that end differently. Everything goes
through ``perform``, on the demonstration's clock and with a mute outbox; places and people are invented."""
