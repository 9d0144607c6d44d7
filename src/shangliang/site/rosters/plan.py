"""What the workbook asks for, checked line by line and turned into acts. Reads the database, writes nothing.

What stands already is left alone, so that the same workbook can come again with its changes.
"""

from __future__ import annotations

from shangliang.site.rosters import changing, ledgers, people, tree, venues
from shangliang.site.rosters.desk import Desk, Plan
from shangliang.site.rosters.places import Places
from shangliang.site.rosters.sheets import Book


def plan(book: Book) -> Plan:
    """Checks every sheet and says what an import would do."""
    desk = Desk(book, Places(), Plan())
    units = tree.read(desk)
    later = [*venues.read(desk), *ledgers.read(desk)]  # their days tell since when a unit is there
    tree.found(desk, units)
    for step in later[: len(later)]:
        if step.act.name == "equip_venue":
            desk.plan.steps.append(step)
    people.read(desk)
    changing.read(desk)
    desk.plan.steps += sorted(
        (s for s in later if s.act.name != "equip_venue"), key=lambda s: s.act.happened_on
    )
    desk.plan.problems = sorted(book.problems, key=lambda p: (p.sheet, p.line))
    return desk.plan
