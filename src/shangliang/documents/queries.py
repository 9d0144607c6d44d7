"""Reads everything papers need into frozen values, once. Without a row every value is empty: that is the blank form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

import shangliang.acts.catalogue  # noqa: F401  (the names of the acts)
from shangliang.acts import rulebooks
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Invitation, Matter, Meeting, Objection
from shangliang.documents import chinese
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


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as papers name it."""

    id: str = ""
    name: str = ""
    kind: str = "village"
    level: str = "village"
    address: str = ""
    telephone: str = ""
    room: str = ""

    @property
    def issuer(self) -> str:
        return chinese.issuer(self.name, self.kind)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post, named as papers name them."""

    name: str = ""
    title: str = ""
    unit: str = ""
    role: str = ""
    id: str = ""

    @property
    def full(self) -> str:
        return f"{self.name}（{self.title}）" if self.name and self.title else self.name


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry of a book as a paper cites it."""

    act: str
    name: str
    book: str
    seq: int
    digest: str
    happened: date
    entered: date
    who: str
    body: str
    data: Mapping[str, Any]
    seals: Mapping[str, str]
    flow: Mapping[str, Any]
    subject: str

    @property
    def late(self) -> bool:
        return self.entered > self.happened


@dataclass(frozen=True, slots=True)
class Said:
    kind: str = ""
    channel: str = ""
    text: str = ""
    behalf: bool = False
    answer_by: str = ""
    received: date | None = None
    told: date | None = None


@dataclass(frozen=True, slots=True)
class Side:
    name: str = ""
    visited: date | None = None
    agreed: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    kind: str = ""
    body: str = ""
    unit: str = ""
    on: date | None = None
    passed: bool | None = None
    present: int | None = None
    total: int | None = None
    votes: tuple[int | None, int | None, int | None] = (None, None, None)
    paper: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    id: str = ""
    kind: str = ""
    name: str = ""
    title: str = ""
    department: str = ""
    letter: str = ""
    reply: str = ""
    present: bool | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One matter at one meeting."""

    matter: str = ""
    title: str = ""
    outcome: str = ""
    speech: str = ""
    agreed: str = ""
    reserved: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting with everybody asked and everything on its agenda."""

    id: str = ""
    unit: Place = Place()
    form: str = ""
    place: str = ""
    held_on: date | None = None
    time: str = ""
    convener: Holder = Holder()
    recorder: Holder = Holder()
    called_on: date | None = None
    notice_on: date | None = None
    notice_by: str = ""
    state: str = ""
    summary: str = ""
    present: int | None = None
    guests: tuple[Guest, ...] = ()
    items: tuple[Item, ...] = ()
    noted: tuple[Noted, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.id

    @property
    def name(self) -> str:
        return f"{self.unit.name}协商议事会议"

    @property
    def when(self) -> str:
        return chinese.day(self.held_on) + (
            chinese.clock(self.time) or ("" if self.id else f"{chinese.LINE * 2}时")
        )


@dataclass(frozen=True, slots=True)
class Posted:
    """A publication: its text, its days, who posted it."""

    text: str = ""
    drafted: date | None = None
    board: date | None = None
    online: date | None = None
    poster: Holder = Holder()
    witness: Holder = Holder()
    taken_down: date | None = None
    outcome: str = ""
    ground: str = ""
    approver: str = ""

    @property
    def start(self) -> date | None:
        return min((d for d in (self.board, self.online) if d), default=None)


@dataclass(frozen=True, slots=True)
class Work:
    number: int = 0
    text: str = ""
    owner: str = ""
    due: date | None = None
    state: str = ""
    done: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    by: str = ""
    on: date | None = None
    satisfied: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    text: str = ""
    redirect: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave to pass a gate, on paper."""

    gate: str = ""
    body: str = ""
    paper: str = ""
    reason: str = ""
    on: date | None = None
    used_by: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    kind: str = ""
    place: str = ""
    pages: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A matter and its whole file."""

    id: str = ""
    unit: Place = Place()
    title: str = ""
    opened: date | None = None
    ended: str = ""
    ended_on: date | None = None
    discuss: str = ""
    answered: str = ""
    not_discuss: str = ""
    other_reason: str = ""
    dispute: str = ""
    touches: str = ""
    department: str = ""
    urgent: bool = False
    result: str = ""
    result_note: str = ""
    result_on: date | None = None
    heard: str = ""
    opinions: tuple[Said, ...] = ()
    sides: tuple[Side, ...] = ()
    rulings: tuple[Ruled, ...] = ()
    meetings: tuple[Gathering, ...] = ()
    posted: tuple[Posted, ...] = ()
    tasks: tuple[Work, ...] = ()
    checks: tuple[Looked, ...] = ()
    replies: tuple[Answer, ...] = ()
    overrides: tuple[Leave, ...] = ()
    originals: tuple[Original, ...] = ()
    noted: tuple[Noted, ...] = ()
    procedure: Procedure | None = None
    handled: Mapping[str, Holder] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        return not self.id

    def ruling(self, kind: str) -> Ruled:
        """The latest ruling of a kind, or an empty one."""
        return next((r for r in reversed(self.rulings) if r.kind == kind), Ruled())

    @property
    def publication(self) -> Posted:
        """The latest notice that was not exempted."""
        return next((p for p in reversed(self.posted) if not p.ground), Posted())

    @property
    def reply(self) -> Answer:
        return self.replies[-1] if self.replies else Answer()

    @property
    def referral(self) -> Answer:
        return next((r for r in reversed(self.replies) if r.redirect), Answer())

    @property
    def screener(self) -> Holder:
        return self.handled.get("screen", Holder())


@dataclass(frozen=True, slots=True)
class Dispute:
    """An objection and its answer, with the matter it is about."""

    id: str = ""
    unit: Place = Place()
    matter: str = ""
    title: str = ""
    text: str = ""
    received: date | None = None
    state: str = ""
    answer: str = ""
    answered: date | None = None
    noted: tuple[Noted, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.id


@dataclass(frozen=True, slots=True)
class Invited:
    """One department's invitation to one meeting."""

    guest: Guest = Guest()
    meeting: Gathering = Gathering()

    @property
    def blank(self) -> bool:
        return not self.guest.id


@dataclass(frozen=True, slots=True)
class Room:
    """A unit with its people and its procedure, for what hangs on the wall."""

    unit: Place = Place()
    people: tuple[Holder, ...] = ()
    procedure: Procedure | None = None
    noted: tuple[Noted, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.unit.id


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
    """The entries on some subjects, in the order in which they were entered."""
    found: list[Entry] = [e for s in subjects for e in entries_of(s)]
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
    )
    m = Meeting.objects.select_related(*related).get(pk=m.pk)
    guests = m.invitations.select_related("post__person__name", "post__unit", "party__name", "name").order_by(
        "id"
    )
    ordered = sorted(guests, key=lambda g: _natural(g.id))
    rounds = m.rounds.select_related("matter__title", "speech", "agreed", "reserved").order_by(
        "tabled_on", "id"
    )
    return Gathering(
        id=m.id, unit=place_of(m.unit), form=m.form, place=m.place, held_on=m.held_on, time=m.time,
        convener=holder_of(m.convener), recorder=holder_of(m.recorder), called_on=m.called_on, notice_on=m.notice_on,
        notice_by=m.notice_by, state=m.state, summary=words(m.summary), present=m.present,
        guests=tuple(guest_of(g) for g in ordered),
        items=tuple(
            Item(r.matter_id, words(r.matter.title), r.outcome, words(r.speech), words(r.agreed), words(r.reserved))
            for r in rounds
        ),
        noted=noted([f"meeting:{m.id}"]),
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
                r.paper, words(r.note),
            )
            for r in m.rulings.select_related("unit", "note").order_by("on", "id")
        ),
        meetings=meetings,
        posted=tuple(
            Posted(
                words(p.text), p.drafted_on, p.board_on, p.online_on, holder_of(p.poster), holder_of(p.witness),
                p.taken_down_on, p.outcome, p.exempt_ground, p.exempt_approver,
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
