"""Reading figures: of one unit and everything below it, of several side by side, by year and by window.

A unit above the villages has month totals; a village is read from its day facts. Both answer from an index, and neither grows
with the number of entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.db import connection

from shangliang.procedure.calendar import add_months
from shangliang.statistics.facts import first_day, month_of
from shangliang.statistics.measures import MEASURES, Measure
from shangliang.statistics.years import Years
from shangliang.units.models import Unit
from shangliang.units.queries import span

Months = dict[int, int]
"""Month (since the year 0) → sum of the facts dated in it."""
LEVELS = ("units", "venues", "complete")
CLOCKS = ("clock.", "met.", "quiet.")
"""The day facts that windows are made of, of every kind of clock."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The facts of one unit and everything below it, by measure and month. ``first`` is the first year with anything in it."""

    unit: Unit
    months: dict[str, Months]
    today: date

    @property
    def first_year(self) -> int:
        """The first year with a venue, a meeting or a matter; this year where there is none yet."""
        found = [
            m
            for name, months in self.months.items()
            if name not in LEVELS[:1]
            for m, n in months.items()
            if n
        ]
        return min(found, default=month_of(self.today)) // 12

    @property
    def years(self) -> list[int]:
        return list(range(self.first_year, self.today.year + 1))

    def value(self, measure: str, first: int | None = None, last: int | None = None) -> int:
        """A measure from one month to another, both included; without them from the beginning until today. Overdue measures
        are read by ``overdue``."""
        m = MEASURES[measure]
        if m.kind == "share":
            above, below = (self.value(f, first, last) for f in m.facts)
            return percent(above, below)
        if m.kind == "clock":
            return getattr(self.clock(first, last), m.id)
        if m.kind == "level":
            return self._sum(m, None, last)
        return self._sum(m, first, last)

    def over(self, measure: str, years: Years) -> int:
        """A measure over one year, several, or all of them."""
        return self.value(measure, *years.months)

    def of_year(self, measure: str, year: int | None) -> int:
        return self.over(measure, Years.of(year))

    def _sum(self, measure: Measure, first: int | None, last: int | None) -> int:
        return sum(
            n
            for name in measure.made_of
            for month, n in self.months.get(name, {}).items()
            if (first is None or month >= first) and (last is None or month <= last)
        )

    def clock(self, first: int | None = None, last: int | None = None) -> Clocked:
        """Due, held and gap in the windows that begin in these months and are over."""
        return Clocked(tuple(w for w in self.windows(first, last) if w.ended))

    def windows(self, first: int | None = None, last: int | None = None) -> list[OwedWindow]:
        """Every window that begins in these months, the shortest kind of clock first, then by day."""
        found = []
        for name in [n for n in self.months if n.startswith("clock.")]:
            kind = name.partition(".")[2]
            length, times = (int(p) for p in kind.split("."))
            met, quiet = self.months.get(f"met.{kind}", {}), self.months.get(f"quiet.{kind}", {})
            for month, owing in _levels(self.months[name], length, month_of(self.today)):
                if (first is None or month >= first) and (last is None or month <= last) and owing:
                    found.append(
                        OwedWindow(
                            first_day(month),
                            length,
                            times,
                            owing,
                            met.get(month, 0),
                            quiet.get(month, 0),
                            self.today,
                        )
                    )
        return sorted(found, key=lambda w: (w.months, w.first))


def _levels(changes: Months, length: int, until: int) -> Iterable[tuple[int, int]]:
    """(first month of a window, how many owe it) for every window up to a month."""
    begin = min(changes, default=until + 1) // length * length
    months = range(begin, until + 1, length)
    steps = [sum(n for m, n in changes.items() if month - length < m <= month) for month in months]
    return zip(months, accumulate(steps), strict=True)


@dataclass(frozen=True, slots=True)
class OwedWindow:
    """One window over all units that owe it: how many units, how many meetings were held (each unit counted up to what is
    asked), how much of the gap was explained."""

    first: date
    months: int
    times: int
    units: int
    held: int
    quiet: int
    today: date

    @property
    def last(self) -> date:
        return add_months(self.first, self.months) - timedelta(days=1)

    @property
    def ended(self) -> bool:
        return self.last < self.today

    @property
    def due(self) -> int:
        return self.units * self.times

    @property
    def gap(self) -> int:
        return self.due - self.held


@dataclass(frozen=True, slots=True)
class Clocked:
    """Windows that are over, added up."""

    windows: tuple[OwedWindow, ...]

    @property
    def due(self) -> int:
        return sum(w.due for w in self.windows)

    @property
    def held(self) -> int:
        return sum(w.held for w in self.windows)

    @property
    def gap(self) -> int:
        return sum(w.gap for w in self.windows)

    @property
    def quiet(self) -> int:
        return sum(w.quiet for w in self.windows)


def percent(part: int, whole: int) -> int:
    """A whole percentage, halves rounded up; 0 of 0 is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def figures(
    units: Sequence[Unit], today: date, names: Iterable[str] = (), *, last: int | None = None
) -> dict[str, Figures]:
    """The figures of some units, in two reads whatever their number. ``names`` of day facts (not measures) limits what is
    read, "clock." standing for all that begin so; ``last`` is the last month looked at."""
    found: dict[str, dict[str, Months]] = {u.pk: defaultdict(dict) for u in units}
    above = [u.pk for u in units if u.level != "village"]
    villages = [u.pk for u in units if u.level == "village"]
    for table, ids in (("statistics_monthtotal", above), ("statistics_dayfact", villages)):
        for start in range(0, len(ids), 500):
            for unit, measure, month, n in _rows(table, ids[start : start + 500], tuple(names), last):
                found[unit][measure][month] = n
    return {u.pk: Figures(u, dict(found[u.pk]), today) for u in units}


def _rows(
    table: str, ids: Sequence[str], names: Sequence[str], last: int | None
) -> list[tuple[str, str, int, int]]:
    where, values = [f"unit IN ({', '.join(['%s'] * len(ids))})"], list[object](ids)
    if names:
        where.append(_named(names))
        values += [v for n in names for v in _range(n)]
    if last is not None:
        where.append("month <= %s")
        values.append(last)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unit, measure, month, SUM(n) FROM {table} WHERE {' AND '.join(where)} GROUP BY unit, measure, month",
            values,
        )
        return [(unit, measure, month, int(n)) for unit, measure, month, n in cursor.fetchall()]


def _named(names: Sequence[str]) -> str:
    """A condition for some facts; "clock." stands for all that begin so."""
    return (
        "("
        + " OR ".join(
            "(measure >= %s AND measure < %s)" if n.endswith(".") else "measure = %s" for n in names
        )
        + ")"
    )


def _range(name: str) -> tuple[str, ...]:
    return (name, name[:-1] + "/") if name.endswith(".") else (name,)  # "/" follows "."


def overdue(unit: Unit, measure: str, today: date, figures: Figures | None = None) -> int:
    """How many lie before today and are still open, in a unit and everything below it: whole months from its figures, the
    rest of this month day by day."""
    (name,) = MEASURES[measure].facts
    found = figures or all_figures(unit, today)
    return _before(found, name, today) + _this_month([unit], name, today).get(unit.pk, 0)


def overdue_below(children: dict[str, Figures], measure: str, today: date) -> dict[str, int]:
    """``overdue`` of several units, whose figures are there already, in one or two reads."""
    (name,) = MEASURES[measure].facts
    days = _this_month([f.unit for f in children.values()], name, today)
    return {pk: _before(f, name, today) + days.get(pk, 0) for pk, f in children.items()}


def _before(found: Figures, name: str, today: date) -> int:
    """What lies in the months before this one."""
    return sum(n for m, n in found.months.get(name, {}).items() if m < month_of(today))


def _this_month(units: Sequence[Unit], name: str, today: date) -> dict[str, int]:
    """What lies in this month, before today."""
    villages = [u.pk for u in units if u.level == "village"]
    above = [u.pk for u in units if u.level != "village"]
    days = [connection.ops.adapt_datefield_value(d) for d in (today.replace(day=1), today)]
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table, ids in (("statistics_daytotal", above), ("statistics_dayfact", villages)):
            if ids:
                cursor.execute(
                    f"SELECT unit, SUM(n) FROM {table} WHERE unit IN ({', '.join(['%s'] * len(ids))})"
                    " AND measure = %s AND day >= %s AND day < %s GROUP BY unit",
                    [*ids, name, *days],
                )
                found |= {unit: int(n) for unit, n in cursor.fetchall()}
    return found


def all_figures(unit: Unit, today: date) -> Figures:
    """Everything that is known of one unit and what lies below it."""
    return figures([unit], today)[unit.pk]


def windows_of(unit: Unit, year: int, today: date) -> dict[str, list[OwedWindow]]:
    """The windows of a year that each unit of a subtree owes by itself, by the unit's id: for pages that show places one by
    one. A unit that owes none is not in it."""
    start, end = span(unit.path)
    months: dict[str, dict[str, Months]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit, measure, month, SUM(n) FROM statistics_dayfact"
            f" WHERE path >= %s AND path < %s AND {_named(CLOCKS)} GROUP BY unit, measure, month",
            [start, end, *(v for n in CLOCKS for v in _range(n))],
        )
        for ident, measure, month, n in cursor.fetchall():
            months[ident][measure][month] = int(n)
    found = {pk: Figures(unit, m, today).windows(*Years.of(year).months) for pk, m in months.items()}
    return {pk: windows for pk, windows in found.items() if windows}


def children_of(unit: Unit) -> list[Unit]:
    """The units directly below that count or have others that do, in the order of the tree; offices are left out."""
    return list(Unit.objects.filter(parent=unit, valid_to=None).exclude(kind="bureau").order_by("path"))
