"""Reads everything papers need into frozen values, once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

import shangliang.acts.catalogue  # noqa: F401  (the names of the acts)
from shangliang.acts import rulebooks
from shangliang.acts.amend import corrections
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Invitation, Matter, Meeting, Objection
from shangliang.cases.queries_gathering import carried
from shangliang.documents import chinese
from shangliang.documents.values import Gathering, Guest, Holder, Invited, Item, Noted, Place, Room
from shangliang.documents.values_matter import (
    Answer,
    Case,
    Dispute,
    Leave,
    Looked,
    Original,
    Posted,
    Ruled,
    Said,
    Side,
    Work,
)
from shangliang.errors import ShangliangError
from shangliang.people.models import Post
from shangliang.people.queries import in_force
from shangliang.procedure.law import law_on
from shangliang.procedure.model import Procedure
from shangliang.record.models import Entry, SealedText
from shangliang.record.queries import entries_of
from shangliang.units.models import Unit, Venue

ERASED = "（已依法删除）"
MIN_DAYS = 15


def words(sealed: SealedText | None) -> str:
    """A sealed text, or what stands in its place once it was erased."""
    if sealed is None:
        return ""
    return ERASED if sealed.erased_on else sealed.text


def place_of(unit: Unit) -> Place:
    room = Venue.objects.filter(pk=unit.pk).values_list("name", flat=True).first() or ""
    return Place(unit.id, unit.name, unit.kind, unit.level, unit.address, unit.telephone, room)


def holder_of(post: Post | None) -> Holder:
    if post is None:
        return Holder()
    return Holder(
        words(post.person.name),
        post.title or chinese.role_name(post.role),
        post.unit.name,
        post.role,
        post.id,
    )


def procedure_of(ident: str, version: str) -> Procedure | None:
    """The procedure a matter is pinned to. A paper is printed even where the rule's text is missing."""
    try:
        return rulebooks.pinned(ident, version)
    except ShangliangError:
        return None


def procedure_of_unit(unit: Unit) -> Procedure | None:
    try:
        return rulebooks.of_unit(unit)
    except ShangliangError:
        return None


def noted(subjects: Iterable[str]) -> tuple[Noted, ...]:
    """The entries on some subjects, and what corrects them in the unit's register, in the order in which they were entered."""
    found: list[Entry] = [e for s in subjects for e in entries_of(s)]
    meetings = [e for e in found if e.subject.startswith("meeting:")]
    if meetings:
        found += corrections(meetings[0].book_id, {e.seq for e in meetings}, ("correct_register",))
    found.sort(key=lambda e: e.id)
    bodies = [json.loads(e.text) for e in found]
    decided = [b["who"].get("decided") or {} for b in bodies]
    posts = _posts({d["post"] for d in decided if d.get("post")})
    return tuple(
        Noted(
            act=e.act, name=Catalogue.acts[e.act].zh if e.act in Catalogue.acts else e.act, book=e.book_id, seq=e.seq,
            digest=e.digest, happened=e.happened_on, entered=timezone.localdate(e.entered_at),
            who=_who(d, posts, e.entered_by), body=d.get("body") or "", data=b["data"],
            seals={path: s["id"] for path, s in b["sealed"].items()}, flow=b["flow"], subject=e.subject,
        )
        for e, b, d in zip(found, bodies, decided, strict=True)
    )  # fmt: skip


def _who(decided: Mapping[str, Any], posts: Mapping[str, Holder], entered_by: str) -> str:
    if body := decided.get("body"):
        return chinese.body_name(body)
    if holder := posts.get(decided.get("post", "")):
        return holder.title
    return "居民" if entered_by == "public" else "经办人"


def _posts(ids: set[str]) -> dict[str, Holder]:
    found = Post.objects.filter(pk__in=ids).select_related("person__name", "unit")
    return {p.id: holder_of(p) for p in found}


def sealed(ids: Iterable[str]) -> dict[str, str]:
    """Sealed texts by their id."""
    return {s.id: words(s) for s in SealedText.objects.filter(pk__in=list(ids))}


def gathering(m: Meeting) -> Gathering:
    related = (
        "unit",
        "convener__person__name",
        "convener__unit",
        "recorder__person__name",
        "recorder__unit",
        "summary",
        "ledger",
    )
    m = Meeting.objects.select_related(*related).get(pk=m.pk)
    guests = m.invitations.select_related("post__person__name", "post__unit", "party__name", "name").order_by(
        "id"
    )
    ordered = sorted(guests, key=lambda g: _natural(g.id))
    rounds = m.rounds.select_related("matter__title", "speech", "agreed", "reserved").order_by(
        "tabled_on", "id"
    )
    said = carried(r.matter_id for r in rounds)
    return Gathering(
        id=m.id, unit=place_of(m.unit), form=m.form, place=m.place, held_on=m.held_on, time=m.time,
        convener=holder_of(m.convener), recorder=holder_of(m.recorder), called_on=m.called_on, notice_on=m.notice_on,
        notice_by=m.notice_by, state=m.state, summary=words(m.summary), present=m.present,
        guests=tuple(guest_of(g) for g in ordered),
        items=tuple(
            Item(
                r.matter_id, words(r.matter.title), r.outcome, words(r.speech), words(r.agreed), words(r.reserved),
                *((words(g.agreed), words(g.divided)) if (g := said.get(r.matter_id)) else ()),
            )
            for r in rounds
        ),
        noted=noted([f"meeting:{m.id}"]), ledger=m.ledger.source if hasattr(m, "ledger") else "",
    )  # fmt: skip


def guest_of(g: Invitation) -> Guest:
    post = holder_of(g.post)
    name = words(g.name) or post.name or (words(g.party.name) if g.party else "")
    title = post.title or g.department
    return Guest(g.id, g.kind, name, title, g.department, g.letter, g.reply, g.present)


def invited(g: Invitation) -> Invited:
    return Invited(guest_of(g), gathering(g.meeting))


def case(m: Matter) -> Case:
    """A matter with its whole file."""
    m = Matter.objects.select_related("unit", "title", "other_reason", "result_note").get(pk=m.pk)
    held = [gathering(r.meeting) for r in m.rounds.select_related("meeting").order_by("number")]
    meetings = tuple({g.id: g for g in held}.values())
    lines = noted([f"matter:{m.id}"])
    said = m.opinions.select_related("words").order_by("received_on", "id")
    posted = m.publications.select_related(
        "text", "poster__person__name", "poster__unit", "witness__person__name", "witness__unit"
    )
    return Case(
        id=m.id, unit=place_of(m.unit), title=words(m.title), opened=m.opened_on, ended=m.ended, ended_on=m.ended_on,
        discuss=m.discuss, answered=m.answered, not_discuss=m.not_discuss, other_reason=words(m.other_reason),
        dispute=m.dispute, touches=m.touches, department=m.department, urgent=m.urgent, result=m.result,
        result_note=words(m.result_note), result_on=m.result_on, heard=m.heard,
        opinions=tuple(
            Said(o.kind, o.channel, words(o.words), o.behalf, o.answer_by, o.received_on, o.told_on) for o in said
        ),
        sides=tuple(
            Side(words(p.name), p.visited_on, p.agreed, words(p.note))
            for p in m.parties.select_related("name", "note").order_by("id")
        ),
        rulings=tuple(
            Ruled(
                r.kind, r.body, r.unit.name, r.on, r.passed, r.present, r.total, (r.votes_for, r.against, r.abstained),
                r.basis, (r.area, r.area_present, r.area_for), r.paper, words(r.note),
            )
            for r in m.rulings.select_related("unit", "note").order_by("on", "id")
        ),
        meetings=meetings,
        posted=tuple(
            Posted(
                words(p.text), p.drafted_on, p.board_on, p.online_on, holder_of(p.poster), holder_of(p.witness),
                p.taken_down_on, p.outcome, p.exempt_ground, p.exempt_approver, p.about,
            )
            for p in posted.order_by("drafted_on", "id")
        ),
        tasks=tuple(
            Work(t.number, words(t.text), t.owner, t.due, t.state, t.done_on, _last_note(t))
            for t in m.tasks.select_related("text").prefetch_related("progress__note").order_by("number")
        ),
        checks=tuple(
            Looked(c.by, c.on, c.satisfied, words(c.note))
            for c in m.checks.select_related("note").order_by("on", "id")
        ),
        replies=tuple(
            Answer(words(r.text), r.redirect, r.on) for r in m.replies.select_related("text").order_by("on", "id")
        ),
        overrides=tuple(
            Leave(o.gate, o.body, o.paper, words(o.reason), o.on, o.used_by)
            for o in m.overrides.select_related("reason").order_by("on", "id")
        ),
        originals=tuple(Original(p.kind, p.place, p.pages, p.on) for p in m.papers.order_by("on", "id")),
        noted=lines, procedure=procedure_of(m.procedure, m.version), handled=_deciders(m),
        selected=m.namings.exists() or m.lots.exclude(drawn=None).exists(),
    )  # fmt: skip


def _last_note(task: Any) -> str:
    steps = sorted(task.progress.all(), key=lambda p: (p.on, _natural(p.id)))
    return words(steps[-1].note) if steps else ""


def _deciders(m: Matter) -> dict[str, Holder]:
    """Who decided each act of a matter by post, the last time it was done."""
    found: dict[str, str] = {}
    for act, text in entries_of(f"matter:{m.id}").values_list("act", "text"):
        post = (json.loads(text)["who"].get("decided") or {}).get("post")
        if post:
            found[act] = post
    posts = _posts(set(found.values()))
    return {act: posts[post] for act, post in found.items() if post in posts}


def objection(o: Objection) -> Dispute:
    o = Objection.objects.select_related("matter__unit", "matter__title", "words", "answer").get(pk=o.pk)
    return Dispute(
        o.id, place_of(o.matter.unit), o.matter_id, words(o.matter.title), words(o.words), o.received_on, o.state,
        words(o.answer), o.answered_on, noted([f"matter:{o.matter_id}"]),
    )  # fmt: skip


def room(unit: Unit, on: date | None = None) -> Room:
    """A unit with whoever holds its posts on a day."""
    posts = Post.objects.filter(in_force(on or timezone.localdate()), unit=unit).select_related(
        "person__name", "unit"
    )
    people = tuple(holder_of(p) for p in sorted(posts, key=lambda p: (p.since, _natural(p.id))))
    return Room(place_of(unit), people, procedure_of_unit(unit), noted([f"unit:{unit.id}"]))


def books(unit_ids: Iterable[str]) -> dict[str, str]:
    """The names of the units whose books are cited."""
    return dict(Unit.objects.filter(pk__in=list(unit_ids)).values_list("id", "name"))


def days_posted(case_: Case, on: date | None = None) -> int:
    """How many days a notice of this unit hangs, by the law of its first day."""
    start = on or case_.publication.start or case_.publication.drafted
    found = law_on(start, case_.unit.kind).publication_min_days if start else None
    return found or MIN_DAYS


def _natural(ident: str) -> tuple[tuple[int, str], ...]:
    """Ids end in numbers; 10 comes after 9."""
    return tuple((int(p), "") if p.isdigit() else (0, p) for p in ident.split("."))
