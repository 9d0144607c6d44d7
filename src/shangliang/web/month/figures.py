"""The figures of one month: a row a unit, a column a measure; what was frozen, and what has come in since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shangliang.cases.oversight.models import MonthPage
from shangliang.procedure.calendar import add_months
from shangliang.procedure.say import Say
from shangliang.statistics.measures import MEASURES
from shangliang.statistics.reading import Figures, children_of, figures
from shangliang.units.models import Unit


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a measure of the month itself, of the year until its end, or of the windows that end in it."""

    id: str
    measure: str
    over: str  # "month" | "year" | "windows" | "end"

    @property
    def name(self) -> Say:
        name = MEASURES[self.measure].name
        if self.over == "year":
            return Say(f"{name.zh}（本年累计）", f"{name.en}, this year")
        if self.over == "windows":
            return Say(f"{name.zh}（本月到期）", f"{name.en}, periods ending")
        return name


COLUMNS = (
    Column("venues", "venues", "end"), Column("meetings", "meetings", "month"), Column("meetings.year", "meetings", "year"),
    Column("matters", "matters", "month"), Column("deliberated", "deliberated", "month"), Column("solved", "solved", "month"),
    Column("solved.year", "solved", "year"), Column("confirmed", "confirmed", "month"), Column("tasks_done", "tasks_done", "month"),
    Column("due", "due", "windows"), Column("held", "held", "windows"), Column("gap", "gap", "windows"), Column("quiet", "quiet", "windows"),
)  # fmt: skip
BY_UNIT = (
    "venues",
    "meetings",
    "meetings.year",
    "matters",
    "solved",
    "solved.year",
    "confirmed",
    "due",
    "held",
    "gap",
)
"""What the page shows by unit; the workbook holds all."""
SUBJECTS = ("affairs", "livelihood", "governance")
SUBJECT_NAMES = {
    "affairs": Say("党政工作要事", "Public affairs"), "livelihood": Say("民生改善实事", "Livelihood"),
    "governance": Say("社会治理难事", "Governance"),
}  # fmt: skip
SUBJECT_COLUMNS = tuple(
    Column(f"solved_{s}{end}", f"solved_{s}", over)
    for s in SUBJECTS
    for end, over in (("", "month"), (".year", "year"))
)
ALL = (*COLUMNS, *SUBJECT_COLUMNS)
KNOWN = {c.id: c for c in ALL}


@dataclass(frozen=True, slots=True)
class Month:
    """The month of a unit. ``now`` is what the record says today, ``frozen`` what was reported, by unit and column."""

    unit: Unit
    first: date
    today: date
    units: tuple[Unit, ...]
    now: dict[str, dict[str, int]]
    frozen: dict[str, dict[str, int]] | None
    frozen_on: date | None
    page: str

    @property
    def last(self) -> date:
        return add_months(self.first, 1) - timedelta(days=1)

    @property
    def over(self) -> bool:
        return self.last < self.today

    @property
    def shown(self) -> dict[str, dict[str, int]]:
        """The frozen figures; today's where the month is not frozen."""
        return self.now if self.frozen is None else self.frozen

    def value(self, unit: str, column: str) -> int:
        return self.shown.get(unit, {}).get(column, 0)

    def late(self, unit: str, column: str) -> int:
        """What came in after the page was frozen (补录差额); below zero where something was put right."""
        if self.frozen is None:
            return 0
        return self.now.get(unit, {}).get(column, 0) - self.frozen.get(unit, {}).get(column, 0)

    @property
    def has_late(self) -> bool:
        return any(self.late(u.pk, c.id) for u in (self.unit, *self.units) for c in ALL)


def month_of(unit: Unit, first: date, today: date) -> Month:
    """Reads the figures of a unit and of what lies directly below it, and the page as it was frozen."""
    units = tuple(children_of(unit))
    found = figures([unit, *units], today)
    page = MonthPage.objects.filter(unit=unit, month=first).first()
    frozen = json.loads(page.figures) if page else None
    now = {pk: _row(f, first) for pk, f in found.items()}
    return Month(unit, first, today, units, now, frozen, page.on if page else None, page.pk if page else "")


def _row(f: Figures, first: date) -> dict[str, int]:
    return {c.id: _value(f, c, first) for c in ALL}


def _value(f: Figures, column: Column, first: date) -> int:
    month = first.year * 12 + first.month - 1
    if column.over == "windows":
        ending = [
            w for w in f.windows(month - 11, month) if add_months(w.first, w.months - 1) == first and w.ended
        ]
        return sum(getattr(w, column.measure) for w in ending)
    start = {"month": month, "year": first.year * 12, "end": None}[column.over]
    return f.value(column.measure, start, month)


def previous(today: date) -> date:
    """The first day of the month before this one."""
    return add_months(today.replace(day=1), -1)


def lead(m: Month) -> Say:
    """The month in one sentence."""
    v = {c.id: m.value(m.unit.pk, c.id) for c in ALL}
    return Say(
        f"本月开展协商活动{v['meetings']}次（本年累计{v['meetings.year']}次），受理事项{v['matters']}件，登记解决{v['solved']}件"
        f"（本年累计{v['solved.year']}件），其中群众已确认{v['confirmed']}件。本月到期应开{v['due']}次，已开{v['held']}次，"
        f"未开{v['gap']}次，其中{v['quiet']}次登记了本期无议题。",
        f"Meetings: {v['meetings']} ({v['meetings.year']} this year). Matters taken in: {v['matters']}. Registered as solved: "
        f"{v['solved']} ({v['solved.year']} this year), {v['confirmed']} of them confirmed by residents. In the periods that "
        f"ended: due {v['due']}, held {v['held']}, not held {v['gap']}, for {v['quiet']} of them no topic was registered.",
    )


def cells(m: Month, columns: Sequence[str]) -> list[tuple[Unit, list[tuple[int, int]]]]:
    """(unit, [(shown, came in later)]) for every unit below and the whole, in the order of the tree."""
    rows = [u for u in (*m.units, m.unit)]
    return [(u, [(m.value(u.pk, c), m.late(u.pk, c)) for c in columns]) for u in rows]


def written(shown: int, late: int) -> str:
    """A figure with what came in later behind it: 12 (+2)."""
    return f"{shown}（{late:+d}）" if late else str(shown)
