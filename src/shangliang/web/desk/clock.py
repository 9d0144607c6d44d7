"""Periods that run: of a matter's stage, and of a unit's meetings."""

from __future__ import annotations

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.acts.facts import gather
from shangliang.acts.position import position_of
from shangliang.cases.models import Matter, Meeting
from shangliang.errors import Refused
from shangliang.procedure import clocks
from shangliang.procedure.clocks import Due
from shangliang.procedure.say import Say
from shangliang.units.models import Unit


def running(matter: Matter) -> list[Due]:
    """The periods that run for a matter now, the nearest end first."""
    if matter.ended:
        return []
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    stages = [procedure.flows[flow].stages[s] for flow, s in position_of(matter).stages.items()]
    timers = [t for s in stages for t in s.timers]
    if not timers:
        return []
    needs = frozenset(clocks.STARTS_NEED[t.start] for t in timers if t.start in clocks.STARTS_NEED)
    facts = gather(matter, matter.unit, today(), None, needs)
    return sorted((d for t in timers if (d := clocks.due(t, facts))), key=lambda d: d.on)


def reminder(unit: Unit) -> Say | None:
    """When the unit's next meeting is due by its own rule, or None where the rule sets no clock for its level."""
    try:
        procedure = rulebooks.of_unit(unit)
    except Refused:
        return None
    clock = next((c for c in procedure.clocks if c.level == unit.level), None)
    if clock is None:
        return None
    last = (
        Meeting.objects.filter(unit=unit, state="held")
        .order_by("-held_on")
        .values_list("held_on", flat=True)
        .first()
    )
    return clocks.reminder(clock, last, today())
