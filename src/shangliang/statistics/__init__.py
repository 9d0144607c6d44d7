"""Statistics: day facts and month totals made of the present state, and the figures read from them."""
