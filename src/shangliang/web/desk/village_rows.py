"""What each place below shows on the list of villages, in the order in which they have to meet. Never a score."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.urls import reverse

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.cases import queries_places as read
from shangliang.procedure.clocks import next_due
from shangliang.procedure.model import Clock
from shangliang.units.models import Unit
from shangliang.units.queries import ancestor_paths, rules_along
from shangliang.web.desk import showing
from shangliang.web.saying import say

SOON = 14
"""Days before a meeting is due from which it is marked."""
Row = dict[str, Any]


def by_day(units: list[Unit]) -> list[Row]:
    """Every place with the day by which it has to meet, the earliest first: as much as the order needs, in three reads
    however many there are."""
    last, called = read.last_met(units), read.called_days(units, today())
    clocks = _clocks(units)
    found = [_row(u, last.get(u.pk), called.get(u.pk), clocks.get(u.pk)) for u in units]
    return sorted(found, key=lambda r: (r["due"] or date.max, r["unit"].path))


def told(rows: list[Row]) -> list[Row]:
    """The same rows with what waits in each place: for those that are shown."""
    units = [r["unit"] for r in rows]
    quiet = read.quiet_days(units)
    late = Counter(t.matter.unit_id for t in read.overdue_tasks(units, today()))
    stages: dict[str, list[str]] = defaultdict(list)
    for matter in read.open_in(units):
        stages[matter.unit_id].append(str(say(showing.stage_name(matter))))
    return [
        r | {"waits": Counter(stages[u.pk]).items(), "late": late[u.pk], "quiet": quiet.get(u.pk)}
        for r, u in zip(rows, units, strict=True)
    ]


def _row(unit: Unit, last: date | None, called: date | None, clock: Clock | None) -> Row:
    due = next_due(clock, last, today()) if clock else None
    left = (due - today()).days if due else None
    far = left is not None and left > SOON
    state = "ok" if far else "wait" if left is None or left >= 0 or called else "stop"
    return {
        "unit": unit, "name": unit.name, "url": reverse("village", args=[unit.pk]), "last": last, "called": called,
        "due": due, "state": state,
    }  # fmt: skip


def _clocks(units: list[Unit]) -> dict[str, Clock]:
    """Each unit's clock, by its own rule or that of the nearest unit above it."""
    rules = rules_along(u.path for u in units)
    known = {rule: rulebooks.pinned(*rule) for rule in set(rules.values())}
    found = {}
    for unit in units:
        set_at = next((p for p in reversed(ancestor_paths(unit.path)) if p in rules), None)
        procedure = known[rules[set_at]] if set_at else None
        clock = next((c for c in procedure.clocks if c.level == unit.level), None) if procedure else None
        if clock is not None:
            found[unit.pk] = clock
    return found
