"""Gathers the facts of consultation under a CPPCC room, and those of a unit's site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q

from shangliang.cases.models import Matter, Meeting
from shangliang.cases.models_consulting import Body, Pilot, Topic
from shangliang.procedure.calendar import add_months
from shangliang.procedure.facts_consulting import (
    DispatchFacts,
    ParticipantFacts,
    PilotFacts,
    SiteFacts,
    SuggestionFacts,
    TopicFacts,
)
from shangliang.units.models import Unit, Venue

PERSONNEL = frozenset({"appointment", "reserve"})


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split(",")) if text else frozenset()


def _topic(m: Matter) -> TopicFacts:
    sources = m.opinions.count()
    t = Topic.objects.filter(matter=m).first()
    if t is None:
        return TopicFacts(sources=sources)
    return TopicFacts(
        category=t.category or None, item=t.item or None, amount=t.amount, sources=sources + bool(m.department),
        scope=_set(t.scope), subject=_set(t.subject), reach=t.reach or None, complexity=t.complexity or None,
        layer=t.layer, major=t.major, affected=_set(t.affected), carrier=t.carrier or None, form=t.way or None,
        method=bool(t.method), personnel=t.item in PERSONNEL, picked=bool(t.inspection),
        inspected=t.inspection == "done",
    )  # fmt: skip


def _dispatches(m: Matter) -> tuple[DispatchFacts, ...]:
    rows = m.dispatches.annotate(n=Count("materials")).order_by("on", "id")
    return tuple(
        DispatchFacts(d.kind, d.on, _set(d.to), d.n, d.text_id is not None, d.more_id is not None)
        for d in rows
    )


def _participants(m: Matter) -> tuple[ParticipantFacts, ...]:
    rows = m.participants.annotate(n=Count("speeches")).order_by("id")
    return tuple(
        ParticipantFacts(
            p.id, p.kind, p.side or None, p.group or None, p.notified_on, p.reply or None, p.n > 0
        )
        for p in rows
    )


def _suggestions(m: Matter) -> tuple[SuggestionFacts, ...]:
    rows = m.suggestions.order_by("number").values_list("id", "state", "why_id")
    return tuple(SuggestionFacts(i, state or None, why is not None) for i, state, why in rows)


def _appraised(m: Matter) -> bool:
    return bool(m.forums.filter(kind="appraisal").exclude(held_on=None).exists())


COLLECT: Mapping[str, Callable[[Matter], Any]] = {
    "topic": _topic, "dispatches": _dispatches, "participants": _participants, "suggestions": _suggestions,
    "appraised": _appraised,
}  # fmt: skip


def in_force(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def site_facts(unit: Unit, on: date) -> SiteFacts:
    """What a unit's room has on a day. Whether there is activity is counted from the sessions of twelve months; a council
    that stands counts as its organisation."""
    venue = Venue.objects.filter(pk=unit.pk).first()
    haves = _set(venue.haves) if venue else frozenset()
    council = Body.objects.filter(in_force(on), unit=unit, kind="council").exists()
    sessions = Meeting.objects.filter(
        unit=unit, state="held", held_on__gt=add_months(on, -12), held_on__lte=on
    ).count()
    return SiteFacts(
        organisation=council or "organisation" in haves, place="place" in haves, facilities="facilities" in haves,
        plate="sign" in haves, rules="rules" in haves, sessions=sessions, pilots=pilots_of(unit, on),
    )  # fmt: skip


def pilots_of(county: Unit, on: date) -> tuple[PilotFacts, ...]:
    found = Pilot.objects.filter(in_force(on), county=county).order_by("id").values_list("unit_id", "seat")
    return tuple(PilotFacts(unit, seat) for unit, seat in found)
