"""Gathers the frozen facts that gates look at: only the collections that the gates at hand ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from shangliang.acts import facts_deciding, rows
from shangliang.acts.calendar import work_calendar
from shangliang.acts.facts_consulting import COLLECT
from shangliang.cases import papers
from shangliang.cases.models import (
    Invitation,
    Matter,
    Meeting,
    Objection,
    Party,
    Publication,
    Reply,
    Round,
    Ruling,
    Task,
)
from shangliang.procedure.facts import (
    ActFacts,
    Decider,
    Facts,
    MatterFacts,
    MeetingFacts,
    ObjectionFacts,
    PartyFacts,
    PublicationFacts,
    ReplyFacts,
    RoundFacts,
    RulingFacts,
    TaskFacts,
    UnitFacts,
)
from shangliang.procedure.law import law_on
from shangliang.procedure.personal import looks_personal
from shangliang.units.models import Unit, level_of


def unit_facts(unit: Unit) -> UnitFacts:
    return UnitFacts(unit.id, unit.kind, unit.level, unit.adults, unit.households, unit.representatives)


@lru_cache(maxsize=4096)
def _set(text: str) -> frozenset[str]:
    return frozenset(text.split(",")) if text else frozenset()


def matter_facts(m: Matter, level: str) -> MatterFacts:
    answered = _set(m.answered)
    return MatterFacts(
        id=m.id, unit=m.unit_id, level=level, opened_on=m.opened_on, last_happened_on=m.last_on,
        answered=answered or None, discuss=m.discuss or None, not_discuss=_set(m.not_discuss) if answered else None,
        other_reason=m.other_reason_id is not None, dispute=m.dispute or None,
        touches=_set(m.touches) if answered or m.needs_meeting is not None else None, needs_meeting=m.needs_meeting,
        department=m.department or None, urgent=m.urgent, convener_is_party=m.convener_is_party,
        title=m.title_id is not None, result=m.result or None, result_note=m.result_note_id is not None,
    )  # fmt: skip


_MEETING = (
    "unit_id", "unit.kind", "form", "held_on", "convener_id", "notice_on", "recorder_id", "present", "state",
    "convener.unit_id", "convener.role", "convener.person_id", "convener.acting", "convener.since", "convener.until",
)  # fmt: skip


def meeting_facts(ident: str) -> MeetingFacts | None:
    found = rows.values(Meeting, _MEETING, "t.id = %s", [ident])
    if not found:
        return None
    unit, kind, form, held_on, convener, notice_on, recorder, present, state, *post = found[0]
    guests = rows.values(
        Invitation, ("department", "kind", "party_id", "present"), "t.meeting_id = %s", [ident]
    )
    return MeetingFacts(
        id=ident, unit=unit, level=level_of(kind), form=form, held_on=held_on,
        convener=_convener(unit, kind, held_on, post) if convener else None, notice_on=notice_on,
        recorder=recorder is not None, signed_in=present, invited=frozenset(d for d, *_ in guests if d), state=state,
        groups=len({(k, party) for _, k, party, came in guests if came}) if state == "held" else None,
        unit_came=any(came and k == "unit" for _, k, _, came in guests) if state == "held" else None,
    )  # fmt: skip


def _convener(unit: str, kind: str, on: date, post: Iterable[Any]) -> Decider:
    """Who convened; a post given up, or held elsewhere, convenes nothing here."""
    where, role, person, acting, since, until = post
    held = since <= on and (until is None or until >= on)
    level = level_of(kind) if where == unit else Unit.objects.get(pk=where).level
    return Decider(
        where, level, post=role if held and where == unit else None, acting=bool(acting), person=person
    )


def newest(found: Iterable[Any]) -> Any:
    """The row made last."""
    return max(found, key=lambda row: rows.age(row.pk), default=None)


def publication_facts(m: Matter, act: ActFacts | None) -> PublicationFacts | None:
    if act and act.name == "draft_notice":
        text = act.data.get("text") or ""
        return PublicationFacts(
            id="", drafted=True, has_text=bool(text), personal=looks_personal(text),
            consent=bool(act.data.get("consent")), legal_basis=bool(act.data.get("legal_basis")),
        )  # fmt: skip
    p = newest(rows.read(Publication, "t.matter_id = %s", [m.id]))
    if p is None:
        return None
    board, online, taken = p.board_on, p.online_on, p.taken_down_on
    by, witness = p.poster_id is not None, p.witness_id is not None
    if act and act.name == "post_notice":
        board = act.happened_on if act.data.get("board") else None
        online = act.happened_on if act.data.get("online") else None
        by, witness = act.data.get("poster") is not None, act.data.get("witness") is not None
    if act and act.name == "take_down":
        taken = act.happened_on
    return PublicationFacts(
        id=p.id, drafted=True, has_text=True, consent=p.consent, legal_basis=bool(p.legal_basis), board_on=board,
        online_on=online, posted_by=by, witness=witness, taken_down_on=taken,
    )  # fmt: skip


def gather(
    m: Matter | None,
    unit: Unit,
    on: date,
    act: ActFacts | None,
    needs: frozenset[str],
    extra: Mapping[str, Any] | None = None,
) -> Facts:
    """The facts of a matter on a date. ``needs`` names collections of Facts; the others stay None."""
    found: dict[str, Any] = dict(extra or {})
    if m is not None:
        found["matter"] = matter_facts(m, unit.level)
        found["marks"] = _set(m.marks)
        for name in needs:
            if name in _COLLECT and name not in found:
                found[name] = _COLLECT[name](m)
        if "one_shoulder" in needs:
            found["one_shoulder"] = facts_deciding.one_shoulder(m, on)
        if "publication" in needs:
            found["publication"] = publication_facts(m, act)
    meeting = act.data.get("meeting") if act else None
    if "meeting" in needs and "meeting" not in found:
        if not meeting and m is not None:
            meeting = _latest_meeting(m)
        found["meeting"] = meeting_facts(meeting) if meeting else None
    return Facts(
        today=on, unit=unit_facts(unit), law=law_on(on, unit.kind), calendar=work_calendar(), act=act, **found
    )


def _latest_meeting(m: Matter) -> str | None:
    found = rows.values(Round, ("meeting_id",), "t.matter_id = %s", [m.id], order="t.number DESC LIMIT 1")
    return found[0][0] if found else None


def _parties(m: Matter) -> tuple[PartyFacts, ...]:
    names = ("id", "visited_on", "agreed", "lapsed")
    found = rows.values(Party, names, "t.matter_id = %s", [m.id], order="t.id")
    return tuple(
        PartyFacts(i, earlier=True) if lapsed else PartyFacts(i, on, agreed)
        for i, on, agreed, lapsed in found
    )


_RULING = (
    "kind", "body", "unit", "on", "passed", "present", "total", "votes_for", "against", "abstained", "note",
    "sent_to",
)  # fmt: skip


def _rulings(m: Matter) -> tuple[RulingFacts, ...]:
    names = ("id", *(f"{n}_id" if n in ("unit", "note", "sent_to") else n for n in _RULING))
    found = rows.values(Ruling, names, "t.matter_id = %s", [m.id])
    facts = [(rows.age(pk), dict(zip(_RULING, row, strict=True))) for pk, *row in found]
    facts.sort(key=lambda each: (each[1]["on"], each[0]))
    return tuple(RulingFacts(**values | {"note": values["note"] is not None}) for _, values in facts)


def _rounds(m: Matter) -> tuple[RoundFacts, ...]:
    names = ("number", "meeting_id", "taken_up_on", "outcome", "meeting.form", "during")
    found = rows.values(
        Round, names, "t.matter_id = %s AND t.taken_up_on IS NOT NULL", [m.id], order="t.number"
    )
    return tuple(
        RoundFacts(n, meeting, on, outcome or None, form, during)
        for n, meeting, on, outcome, form, during in found
    )


def _objections(m: Matter) -> tuple[ObjectionFacts, ...]:
    names = ("id", "received_on", "state")
    found = rows.values(Objection, names, "t.matter_id = %s", [m.id], order="t.id")
    return tuple(ObjectionFacts(*row) for row in found)


def tasks_of(m: Matter) -> tuple[TaskFacts, ...]:
    names = ("id", "owner", "due", "state")
    found = rows.values(Task, names, "t.matter_id = %s", [m.id], order="t.number")
    return tuple(TaskFacts(i, bool(owner), due, state) for i, owner, due, state in found)


def _replies(m: Matter) -> tuple[ReplyFacts, ...]:
    names = ("id", "on", "redirect", "text_id")
    found = rows.values(Reply, names, "t.matter_id = %s", [m.id], order='t."on", t.id')
    return tuple(ReplyFacts(i, on, redirect or None, text is not None) for i, on, redirect, text in found)


_COLLECT = {
    "parties": _parties,
    "rulings": _rulings,
    "rounds": _rounds,
    "objections": _objections,
    "tasks": tasks_of,
    "replies": _replies,
    "collecting": facts_deciding.collecting,
    "forums": facts_deciding.forums,
    "papers": papers.present,
    **COLLECT,
}
