"""Making day facts and month totals anew where a book has grown. Idempotent: what did not change is not written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import Max

from shangliang.record.models import Book, Entry
from shangliang.statistics.facts import BY_DAY, cleaned, facts_of, month_of
from shangliang.statistics.models import DayFact, DayTotal, Mark, MonthTotal, Seen
from shangliang.statistics.newborn import count_newborn
from shangliang.units.models import Unit
from shangliang.units.queries import STEP, ancestor_paths

LOT = 400
"""Units looked at together: as many as one statement may name on every engine, with room to spare."""
AT_ONCE = 800
"""Stale units that a page makes fresh itself; more of them wait for the worker."""
SLACK = 1_000
"""Entries looked at again each time: on PostgreSQL an earlier number can be committed after a later one."""

Sums = Counter[tuple[str, str, int]]
"""Changes of month totals: (unit, measure, month) → n."""
DaySums = Counter[tuple[str, str, date]]
"""Changes of day totals: (unit, measure, day) → n."""


def freshen(most: int = AT_ONCE) -> bool:
    """Brings the facts up to the last entries, for as many units as a page can wait for. False when some are left for the
    worker: then figures are a little behind. A unit that has moved is left to it as well, because everything below has moved
    along with it."""
    newest = Entry.objects.aggregate(n=Max("id"))["n"] or 0
    mark = Mark.objects.filter(pk=1).values_list("entry", flat=True).first() or 0
    stale = _stale_since(mark, most + 1)
    moved = [_make(lot) for lot in _lots(stale[:most])]
    if any(moved) or len(stale) > most:
        return False
    if newest - SLACK > mark:
        Mark.objects.update_or_create(pk=1, defaults={"entry": newest - SLACK})
    return True


def freshen_all(progress: Callable[[int, int], None] | None = None) -> int:
    """Looks at every book, whatever the mark says, and makes all stale facts anew. Returns how many units were stale."""
    newest = Entry.objects.aggregate(n=Max("id"))["n"] or 0
    fresh = count_newborn()
    stale = _stale_anywhere()
    for n, lot in enumerate(_lots(stale), 1):
        _make(lot)
        if progress:
            progress(min(n * LOT, len(stale)), len(stale))
    if _moved():
        rebuild()
    Mark.objects.update_or_create(pk=1, defaults={"entry": max(0, newest - SLACK)})
    return fresh + len(stale)


_TOTALS = ("statistics_monthtotal", "statistics_daytotal")


def forget() -> None:
    """Throws all facts and totals away; the next ``freshen_all`` makes them again."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in (*_TOTALS, "statistics_dayfact", "statistics_seen", "statistics_mark"):
            cursor.execute(f"DELETE FROM {table}")


_GROWN = (
    "SELECT DISTINCT b.unit FROM record_entry e JOIN record_book b ON b.unit = e.book_id"
    " LEFT JOIN statistics_seen s ON s.unit = b.unit"
    " WHERE e.id > %s AND (s.length IS NULL OR s.length <> b.length) LIMIT %s"
)


def _stale_since(mark: int, most: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, [mark, most])
        return [unit for (unit,) in cursor.fetchall()]


_ANYWHERE = (
    "SELECT b.unit FROM record_book b LEFT JOIN units_unit u ON u.id = b.unit"
    " LEFT JOIN statistics_seen s ON s.unit = b.unit"
    " WHERE u.id IS NOT NULL AND (s.length IS NULL OR s.length <> b.length OR s.path <> u.path) ORDER BY u.path"
)


def _stale_anywhere() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_ANYWHERE)
        return [unit for (unit,) in cursor.fetchall()]


def _lots(units: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(units), LOT):
        yield units[start : start + LOT]


def _make(ids: Sequence[str]) -> bool:
    """The facts of these units and what changes in the totals above them, in one transaction. Their rows in ``Seen`` are the
    lock: two that make the same unit fresh do it one after the other. True when one of them has moved in the tree: then
    its old path stays in ``Seen`` until ``rebuild`` has added everything up again."""
    with transaction.atomic():
        lengths = dict(Book.objects.filter(pk__in=ids).values_list("pk", "length"))
        units = list(Unit.objects.filter(pk__in=ids).order_by("pk"))
        Seen.objects.bulk_create(
            [Seen(unit=u.pk, path=u.path, length=-1) for u in units], ignore_conflicts=True
        )
        locked = Seen.objects.filter(pk__in=ids).order_by("pk")
        if connection.features.has_select_for_update:
            locked = locked.select_for_update()
        moved = _paths_changed(list(locked), units)
        before = _stored([u.pk for u in units])
        after = {pk: cleaned(facts.items()) for pk, facts in facts_of(units).items()}
        changed = [u for u in units if before[u.pk] != after[u.pk] or u.pk in moved]
        for unit in changed:
            _store(unit, {} if unit.pk in moved else before[unit.pk], after[unit.pk])
        _add(*_differences([u for u in changed if u.pk not in moved], before, after))
        _saw([u for u in units if u.pk not in moved], lengths)
    return bool(moved)


def _paths_changed(seen: Iterable[Seen], units: Sequence[Unit]) -> set[str]:
    paths = {u.pk: u.path for u in units}
    return {s.pk for s in seen if s.path != paths.get(s.pk, s.path)}


def _saw(units: Sequence[Unit], lengths: dict[str, int]) -> None:
    Seen.objects.bulk_create(
        [Seen(unit=u.pk, path=u.path, length=lengths.get(u.pk, 0)) for u in units],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["path", "length"],
    )


Stored = dict[tuple[str, date], int]

_FACT = (
    "INSERT INTO statistics_dayfact (unit, path, day, month, measure, n) VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (unit, measure, day) DO UPDATE SET n = excluded.n, path = excluded.path"
)
_GONE = "DELETE FROM statistics_dayfact WHERE unit = %s AND measure = %s AND day = %s"


def _store(unit: Unit, before: Stored, after: Stored) -> None:
    """Writes the facts of a unit that differ. What stays is not written again: a table in which every row is written anew with
    each entry is read ever more slowly on PostgreSQL until it is tidied."""
    as_date = connection.ops.adapt_datefield_value
    new = [
        (unit.pk, unit.path, as_date(day), month_of(day), measure, n)
        for (measure, day), n in sorted(after.items())
        if before.get((measure, day)) != n
    ]
    gone = [(unit.pk, measure, as_date(day)) for measure, day in sorted(before.keys() - after.keys())]
    with connection.cursor() as cursor:
        if gone:
            cursor.executemany(_GONE, gone)
        if new:
            cursor.executemany(_FACT, new)


def _stored(ids: Sequence[str]) -> dict[str, Stored]:
    found: dict[str, Stored] = {i: {} for i in ids}
    rows = DayFact.objects.filter(unit__in=ids).values_list("unit", "measure", "day", "n")
    for unit, measure, day, n in rows:
        found[unit][measure, day] = n
    return found


def _differences(
    units: Sequence[Unit], before: dict[str, Stored], after: dict[str, Stored]
) -> tuple[Sums, DaySums]:
    """What changes in the totals of the units above the villages, the unit itself among them."""
    above = _above({p for u in units for p in ancestor_paths(u.path)})
    months: Sums = Counter()
    days: DaySums = Counter()
    for unit in units:
        changed = Counter(after[unit.pk])
        changed.subtract(before[unit.pk])
        for ident in (above[p] for p in ancestor_paths(unit.path) if p in above):
            for (measure, day), n in changed.items():
                months[ident, measure, month_of(day)] += n
                if measure in BY_DAY:
                    days[ident, measure, day] += n
    return months, days


def _above(paths: set[str]) -> dict[str, str]:
    """Path → id of those units that have totals."""
    found: dict[str, str] = {}
    listed = sorted(paths)
    for start in range(0, len(listed), LOT):
        rows = Unit.objects.filter(path__in=listed[start : start + LOT])
        for unit in rows.only("id", "path", "kind"):
            if unit.level != "village":
                found[unit.path] = unit.pk
    return found


_PUT = (
    "INSERT INTO {table} (unit, measure, {when}, n) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (unit, measure, {when}) DO UPDATE SET n = {table}.n + excluded.n"
)


def _add(months: Sums, days: DaySums) -> None:
    """Adds to the totals, always in the same order, so that two never wait for each other."""
    as_date = connection.ops.adapt_datefield_value
    by_month = [(*key, n) for key, n in sorted(months.items()) if n]
    by_day = [(unit, measure, as_date(day), n) for (unit, measure, day), n in sorted(days.items()) if n]
    with connection.cursor() as cursor:
        if by_month:
            cursor.executemany(_PUT.format(table="statistics_monthtotal", when="month"), by_month)
        if by_day:
            cursor.executemany(_PUT.format(table="statistics_daytotal", when="day"), by_day)


def _moved() -> bool:
    """Whether a unit has changed its place in the tree since its facts were made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM statistics_seen s JOIN units_unit u ON u.id = s.unit WHERE s.path <> u.path LIMIT 1"
        )
        return cursor.fetchone() is not None


_SUM = (  # added up first, so that one row a unit above looks for its unit, not one row a fact
    "INSERT INTO {table} (unit, measure, {when}, n) SELECT u.id, t.measure, t.{when}, t.n FROM"
    " (SELECT SUBSTR(path, 1, %s) AS above, measure, {when}, SUM(n) AS n FROM statistics_dayfact"
    " WHERE LENGTH(path) >= %s{only} GROUP BY 1, 2, 3) t"
    " JOIN units_unit u ON u.path = t.above WHERE u.kind NOT IN ('village', 'community', 'enterprise')"
)
_BY_MONTH = _SUM.format(table="statistics_monthtotal", when="month", only="")
_BY_DAY = _SUM.format(table="statistics_daytotal", when="day", only=f" AND measure IN {BY_DAY}")


def rebuild() -> None:
    """Adds up all totals again from the day facts: after units have moved, or to be sure."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _TOTALS:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SELECT MAX(LENGTH(path)) FROM units_unit")
        deepest = cursor.fetchone()[0] or 0
        for digits in range(STEP, deepest + 1, STEP):
            cursor.execute(_BY_MONTH, [digits, digits])
            cursor.execute(_BY_DAY, [digits, digits])
        cursor.execute(
            "UPDATE statistics_seen SET path = (SELECT u.path FROM units_unit u WHERE u.id = statistics_seen.unit)"
            " WHERE EXISTS (SELECT 1 FROM units_unit u WHERE u.id = statistics_seen.unit"
            " AND u.path <> statistics_seen.path)"
        )


def totals_differ() -> list[tuple[str, str, object]]:
    """(unit, measure, month or day) of every total that is not the sum of its day facts; none when all is well."""
    months: Counter[tuple[str, str, object]] = Counter()
    days: Counter[tuple[str, str, object]] = Counter()
    above = Unit.objects.exclude(kind__in=("village", "community", "enterprise"))
    paths = dict(above.values_list("path", "id"))
    for path, measure, day, n in DayFact.objects.values_list("path", "measure", "day", "n").iterator():
        for ident in (paths[p] for p in ancestor_paths(path) if p in paths):
            months[ident, measure, month_of(day)] += n
            if measure in BY_DAY:
                days[ident, measure, day] += n
    by_month = MonthTotal.objects.values_list("unit", "measure", "month", "n")
    by_day = DayTotal.objects.values_list("unit", "measure", "day", "n")
    months.subtract({(unit, measure, month): n for unit, measure, month, n in by_month})
    days.subtract({(unit, measure, day): n for unit, measure, day, n in by_day})
    return sorted((key for key, n in (*months.items(), *days.items()) if n), key=str)
