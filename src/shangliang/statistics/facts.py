"""The day facts of some units, made from the present state: one read a table, whatever the number of units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from shangliang.acts import rulebooks
from shangliang.acts.calendar import work_calendar
from shangliang.cases import models as cases
from shangliang.cases.oversight import models as oversight
from shangliang.errors import Refused
from shangliang.procedure.clocks import counts, frequency
from shangliang.procedure.model import Clock
from shangliang.units.models import Unit, Venue
from shangliang.units.queries import ancestor_paths

PLACES = ("town", "street", "village", "community", "enterprise")
"""The kinds of unit that count as 基层单元; offices and what lies above the towns do not."""
FIVE = frozenset({"organisation", "place", "rules", "facilities", "sign"})
LETTER_DAYS = 5
"""Working days in which a department answers a letter of invitation: a default, to be confirmed by the county."""
OPEN_TASK = ("open", "doing", "verify")
BY_DAY = ("tasks_open", "letters_open")
"""Facts that are read until today, in the middle of a month."""

Facts = Counter[tuple[str, date]]
"""How much of each measure on each day."""
ByUnit = Mapping[str, Facts]


def facts_of(units: Sequence[Unit]) -> dict[str, Facts]:
    """The facts of these units, each with at least an empty counter."""
    found: dict[str, Facts] = {u.pk: Counter() for u in units}
    ids = list(found)
    _standing(units, found)
    _meetings(ids, found)
    _clocks(units, found)
    _matters(ids, found)
    _work(ids, found)
    _from_above(ids, found)
    return found


def _standing(units: Sequence[Unit], found: ByUnit) -> None:
    """Units and venues are levels; a venue counts only in a place that counts."""
    places = {u.pk: u for u in units if u.kind in PLACES}
    for unit in places.values():
        found[unit.pk]["units", unit.valid_from] += 1
        if unit.valid_to:
            found[unit.pk]["units", unit.valid_to] -= 1
    complete = {
        pk
        for pk, haves in Venue.objects.filter(pk__in=places).values_list("pk", "haves")
        if set(haves.split(",")) >= FIVE
    }
    for pk, since, until in standings(list(places)):
        end = _earlier(until, places[pk].valid_to)
        _level(found[pk], "venues", since, end)
        if pk in complete and until is None:
            _level(found[pk], "complete", since, end)


def standings(ids: Sequence[str]) -> list[tuple[str, date, date | None]]:
    """(unit, first day, day of the end or None) of every time a venue stood."""
    rows = oversight.Standing.objects.filter(unit__in=ids).order_by("unit", "since")
    return list(rows.values_list("unit_id", "since", "until"))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((d for d in (one, other) if d), default=None)


def _level(facts: Facts, measure: str, since: date, until: date | None) -> None:
    facts[measure, since] += 1
    if until:
        facts[measure, until] -= 1


def _meetings(ids: Sequence[str], found: ByUnit) -> None:
    rows = cases.Meeting.objects.filter(unit__in=ids, state="held").values_list(
        "unit_id", "held_on", "form", "ledger__pk"
    )
    for unit, day, form, ledger in rows:
        if counts(form):
            found[unit]["meetings", day] += 1
            if ledger is not None:
                found[unit]["ledger_meetings", day] += 1
        else:
            found[unit]["door_talks", day] += 1
    topics = oversight.LedgerTopic.objects.filter(meeting__unit__in=ids).exclude(result="")
    for unit, day, result, discuss in topics.values_list(
        "meeting__unit_id", "meeting__held_on", "result", "discuss"
    ):
        found[unit][result, day] += 1
        found[unit]["ledger_topics", day] += 1
        if result == "solved" and discuss:
            found[unit][f"solved_{discuss}", day] += 1


def _clocks(units: Sequence[Unit], found: ByUnit) -> None:
    """Windows that a unit owes begin with its venue ready. ``clock`` is a level of how many units owe; ``met`` and ``quiet``
    stand on the first day of their window. Days of meetings come from the facts just made."""
    clocks = clocks_of(units)
    stood: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for unit, since, until in standings(list(clocks)):
        stood[unit].append((since, until))
    quiet: dict[str, list[date]] = defaultdict(list)
    for unit, day in cases.Quiet.objects.filter(unit__in=list(stood)).values_list("unit_id", "window"):
        quiet[unit].append(day)
    ends = {u.pk: u.valid_to for u in units}
    for unit, times in stood.items():
        clock, facts = clocks[unit], found[unit]
        owed = [(window_from(clock, a), _window_end(clock, _earlier(b, ends[unit]))) for a, b in times]
        for first, end in owed:
            if end is None or first < end:
                _level(facts, f"clock.{kind_of(clock)}", first, end)
        days = [d for (m, d), n in facts.items() if m == "meetings" for _ in range(n)]
        for window_first, held, said in _windows(clock, days, quiet[unit]):
            if any(first <= window_first and (end is None or window_first < end) for first, end in owed):
                facts[f"met.{kind_of(clock)}", window_first] += min(held, clock.times)
                if said:
                    facts[f"quiet.{kind_of(clock)}", window_first] += max(0, clock.times - held)


def kind_of(clock: Clock) -> str:
    """A clock as part of a measure's name: "2.1" is once in two months."""
    return f"{clock.months}.{clock.times}"


def _windows(clock: Clock, held: Sequence[date], quiet: Sequence[date]) -> Iterator[tuple[date, int, bool]]:
    """(first day, meetings, whether "no topic" was registered) of every window in which anything is known."""
    for year in sorted({d.year for d in (*held, *quiet)}):
        for w in frequency(clock, year, held, date.max, quiet).windows:
            if w.held or w.no_topic:
                yield w.first, w.held, w.no_topic


def window_from(clock: Clock, day: date) -> date:
    """The first day of the first window that begins on this day or later."""
    first = date(day.year, (day.month - 1) // clock.months * clock.months + 1, 1)
    if first == day:
        return first
    month = first.month - 1 + clock.months
    return date(first.year + month // 12, month % 12 + 1, 1)


def _window_end(clock: Clock, day: date | None) -> date | None:
    return window_from(clock, day) if day else None


def clocks_of(units: Sequence[Unit]) -> dict[str, Clock]:
    """How often each unit has to meet, by the procedure of the nearest unit that names one. Units without are left out."""
    places = [u for u in units if u.kind in PLACES]
    wanted = {p for u in places for p in ancestor_paths(u.path)}
    named = {u.path: u for u in Unit.objects.filter(path__in=wanted).exclude(procedure="")}
    known: dict[tuple[str, str], Clock | None] = {}
    found: dict[str, Clock] = {}
    for unit in places:
        above = next((named[p] for p in reversed(ancestor_paths(unit.path)) if p in named), None)
        if above is None:
            continue
        key = (above.pk, unit.level)
        if key not in known:
            known[key] = _clock(above, unit.level)
        if (clock := known[key]) is not None:
            found[unit.pk] = clock
    return found


def _clock(unit: Unit, level: str) -> Clock | None:
    try:
        procedure = rulebooks.of_unit(unit)
    except Refused:
        return None
    return next((c for c in procedure.clocks if c.level == level), None)


def _matters(ids: Sequence[str], found: ByUnit) -> None:
    matters = cases.Matter.objects.filter(unit__in=ids)
    doubted = set(
        cases.Task.objects.filter(matter__unit__in=ids, state="verify").values_list("matter_id", flat=True)
    )
    rows = matters.values_list(
        "pk",
        "unit_id",
        "opened_on",
        "merged_into",
        "discuss",
        "ended",
        "ended_on",
        "result",
        "result_on",
        "heard",
    )
    for pk, unit, opened, merged, discuss, ended, ended_on, result, result_on, heard in rows:
        facts = found[unit]
        facts["matters", opened] += merged is None
        if ended in ("refused", "stopped") and ended_on:
            facts[ended, ended_on] += 1
        if result and result_on:
            looked_into = (pk in doubted and (not ended or result == "solved")) or (
                heard == "unsolved" and not ended
            )
            _result(facts, "verify" if looked_into else result, result_on, discuss, heard)
    _each(
        found,
        cases.Opinion.objects.filter(matter__unit__in=ids),
        "matter__unit_id",
        "received_on",
        "opinions",
    )
    rounds = cases.Round.objects.filter(matter__unit__in=ids).exclude(concluded_on=None)
    _each(found, rounds, "matter__unit_id", "concluded_on", "deliberated")
    posted = cases.Publication.objects.filter(matter__unit__in=ids).annotate(
        since=_first_of("board_on", "online_on")
    )
    _each(found, posted.exclude(since=None), "matter__unit_id", "since", "published")


def _first_of(*names: str) -> Any:
    from django.db.models.functions import Coalesce

    return Coalesce(*(F(n) for n in names))


def _result(facts: Facts, result: str, on: date, discuss: str, heard: str) -> None:
    """What the unit registered, and what residents say of it. A matter that is being looked into again, or with a task that
    is (待核实), counts as neither."""
    facts[result, on] += 1
    if result == "solved":
        if discuss:
            facts[f"solved_{discuss}", on] += 1
        if heard:
            facts["confirmed" if heard == "solved" else "denied", on] += 1


def _each(found: ByUnit, rows: Any, unit: str, day: str, measure: str) -> None:
    """One of a measure for each row, on its day."""
    for place, on in rows.values_list(unit, day):
        found[place][measure, on] += 1


def _work(ids: Sequence[str], found: ByUnit) -> None:
    tasks = cases.Task.objects.filter(matter__unit__in=ids)
    _each(found, tasks.exclude(done_on=None), "matter__unit_id", "done_on", "tasks_done")
    late = tasks.filter(state__in=OPEN_TASK, matter__ended="").exclude(due=None)
    _each(found, late, "matter__unit_id", "due", "tasks_open")
    letters = cases.Invitation.objects.filter(meeting__unit__in=ids, kind="department").exclude(
        meeting__state="called_off"
    )
    rows = letters.values_list(
        "meeting__unit_id", "meeting__called_on", "meeting__notice_on", "meeting__state", "replied_on"
    )
    for unit, called, noticed, state, replied in rows:
        found[unit]["letters", noticed or called] += 1
        if replied:
            found[unit]["letters_answered", replied] += 1
        elif state == "called":
            found[unit]["letters_open", letter_due(noticed or called)] += 1


def letter_due(sent: date) -> date:
    """The day until which a department has to answer a letter sent on this day."""
    return work_calendar().add_workdays(sent, LETTER_DAYS)


def _from_above(ids: Sequence[str], found: ByUnit) -> None:
    reminders = oversight.Reminder.objects.filter(unit__in=ids)
    _each(found, reminders, "unit_id", "on", "reminders")
    _each(found, reminders.exclude(answered_on=None), "unit_id", "answered_on", "reminders_answered")
    rows = oversight.CallBack.objects.filter(matter__unit__in=ids)
    for unit, on, reached, solved in rows.values_list("matter__unit_id", "on", "reached", "solved"):
        found[unit]["call_backs", on] += 1
        found[unit]["call_backs_reached", on] += reached
        found[unit]["call_backs_solved", on] += bool(solved)


def month_of(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month counted since the year 0."""
    return date(month // 12, month % 12 + 1, 1)


def cleaned(facts: Iterable[tuple[tuple[str, date], int]]) -> dict[tuple[str, date], int]:
    """Facts that say something."""
    return {key: n for key, n in facts if n}
