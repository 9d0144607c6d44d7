"""Choosing people by lot: the list is checked, the lottery put up, the dice thrown in front of everybody."""
