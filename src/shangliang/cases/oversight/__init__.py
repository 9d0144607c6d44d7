"""What a unit above does for the units below, and what it counts."""
