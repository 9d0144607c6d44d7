"""Units and posts from a table: read, checked row by row, and founded through ``perform`` in one transaction.

Nothing is half imported: one problem anywhere and nothing is done. Each problem names file, line and column and is one
sentence. A nation goes the same way as a town: rows are read one after the other, acts are made lot by lot.
"""

from shangliang.site.importing.plan import Plan, plan
from shangliang.site.importing.tables import Problem, Table, read_posts, read_units, second_sheet

__all__ = ["Plan", "Problem", "Table", "plan", "read_posts", "read_units", "second_sheet"]
