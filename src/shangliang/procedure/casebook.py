"""Invented facts for the examples of gates: a plain village matter, changed where an example needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from shangliang.procedure.calendar import WorkCalendar
from shangliang.procedure.facts import ActFacts, Decider, Facts, MatterFacts, MeetingFacts, UnitFacts
from shangliang.procedure.law import law_on
from shangliang.procedure.vocabulary import Example

_LEVELS = {"village": "village", "community": "village"}


def case(
    act: str = "screen",
    data: Mapping[str, Any] | None = None,
    *,
    on: date = date(2026, 5, 3),
    kind: str = "village",
    decider: Decider | None = None,
    matter: Mapping[str, Any] | None = None,
    meeting: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Facts:
    """Facts about one matter of an invented village on ``on``; keywords replace fields of Facts."""
    level = _LEVELS.get(kind, "town")
    plain = MatterFacts(
        id="m1", unit="u1", level=level, opened_on=date(2026, 4, 1), last_happened_on=date(2026, 4, 1)
    )
    facts = Facts(
        today=on,
        unit=UnitFacts(id="u1", kind=kind, level=level, adults=300, households=120, representatives=30),
        law=law_on(on, kind),
        calendar=WorkCalendar(),
        act=ActFacts(name=act, happened_on=on, decider=decider, data=data or {}),
        matter=replace(plain, **(matter or {})),
        meeting=_meeting(level, on, meeting) if meeting is not None else None,
    )
    return replace(facts, **changes)


def _meeting(level: str, on: date, changes: Mapping[str, Any]) -> MeetingFacts:
    return replace(MeetingFacts(id="g1", unit="u1", level=level, form="room", held_on=on), **changes)


def holds(facts: Facts, **params: Any) -> Example:
    return Example(True, facts, params)


def refuses(facts: Facts, **params: Any) -> Example:
    return Example(False, facts, params)
