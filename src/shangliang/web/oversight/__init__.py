"""工作推进: what a town, a county or a nation sees of the places below: where nothing happens yet, and what to do about it.
Figures come from ``statistics``; each states what it counts and leads to its rows. No place is compared with another."""
