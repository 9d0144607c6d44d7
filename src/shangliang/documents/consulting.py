"""What papers of a consultation say beyond the matter itself: topic, letters, participants, suggestions, votes, surveys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shangliang.acts import surveys
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Topic
from shangliang.documents.queries import words
from shangliang.procedure.model import Procedure


@dataclass(frozen=True, slots=True)
class Subject:
    """The topic in the words of the procedure's lists."""

    category: str = ""
    item: str = ""
    scope: str = ""
    subject: str = ""
    reach: str = ""
    complexity: str = ""
    carrier: str = ""
    way: str = ""
    method: str = ""
    funds: str = ""
    amount: int | None = None
    off_budget: bool | None = None
    layer: int = 0
    ref: str = ""
    explanation: str = ""
    limits: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    kind: str = ""
    number: str = ""
    to: tuple[str, ...] = ()
    on: date | None = None
    text: str = ""
    more: str = ""
    ground: str = ""
    approver: str = ""
    received_on: date | None = None
    received_by: str = ""
    materials: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Taking:
    name: str = ""
    kind: str = ""
    side: str = ""
    notified: date | None = None
    by: str = ""
    reply: str = ""
    said: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    number: int = 0
    kind: str = ""
    text: str = ""
    state: str = ""
    owner: str = ""
    on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    mode: str = ""
    question: str = ""
    electorate: str = ""
    numbers: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)  # entitled, present, for, against, abstained
    quorum: str = ""
    threshold: str = ""
    quorate: bool = False
    passed: bool = False
    tellers: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    title: str = ""
    opened: date | None = None
    closed: date | None = None
    calls: int | None = None
    digest: str = ""
    rows: tuple[
        tuple[str, str, int, int, int], ...
    ] = ()  # question, option, by telephone, on paper, together


@dataclass(frozen=True, slots=True)
class Consulting:
    topic: Subject = Subject()
    sent: tuple[Sent, ...] = ()
    people: tuple[Taking, ...] = ()
    advice: tuple[Advice, ...] = ()
    votes: tuple[Counted, ...] = ()
    surveys: tuple[Asked, ...] = ()
    notes: tuple[tuple[str, date, str], ...] = ()  # kind, day, words

    def last(self, kind: str) -> Sent:
        """The latest dispatch of a kind, or an empty one."""
        return next((s for s in reversed(self.sent) if s.kind == kind), Sent())

    def noted(self, kind: str) -> list[str]:
        return [text for k, _on, text in self.notes if k == kind]


def read(number: str, procedure: Procedure | None) -> Consulting:
    """Everything of one matter; empty for the blank form."""
    if not number:
        return Consulting()
    m = Matter.objects.get(pk=number)
    sent = m.dispatches.select_related("text", "more").prefetch_related("materials").order_by("on", "id")
    advice = m.suggestions.select_related("text", "why").order_by("number")
    votes = m.votes.select_related("teller", "second").order_by("on", "id")
    notes = m.remarks.select_related("note").order_by("on", "id")
    return Consulting(
        topic=_topic(m, procedure),
        sent=tuple(
            Sent(
                d.kind, d.number, tuple(d.to.split(",")) if d.to else (), d.on, words(d.text), words(d.more), d.ground,
                d.approver, d.received_on, d.received_by, tuple((p.name, p.pages) for p in d.materials.all()),
            )
            for d in sent
        ),
        people=_people(m),
        advice=tuple(
            Advice(s.number, s.kind, words(s.text), s.state, s.owner, s.state_on, words(s.why)) for s in advice
        ),
        votes=tuple(
            Counted(
                v.mode, v.question, v.electorate, (v.entitled, v.present, v.votes_for, v.against, v.abstained), v.quorum,
                v.threshold, v.quorate, v.passed, "、".join(t for t in (words(v.teller), words(v.second)) if t), v.on,
            )
            for v in votes
        ),
        surveys=tuple(_asked(s) for s in m.surveys.order_by("opened_on", "id")),
        notes=tuple((n.kind, n.on, words(n.note)) for n in notes),
    )  # fmt: skip


def _people(m: Matter) -> tuple[Taking, ...]:
    found = (
        m.participants.select_related("post__person__name", "name")
        .prefetch_related("speeches__words")
        .order_by("id")
    )
    return tuple(
        Taking(
            name=_name(p), kind=p.kind, side=p.side, notified=p.notified_on, by=p.notified_by, reply=p.reply,
            said="；".join("无意见" if s.silent else words(s.words) for s in p.speeches.all() if not s.written),
            written="；".join("无意见" if s.silent else words(s.words) for s in p.speeches.all() if s.written),
        )
        for p in found
    )  # fmt: skip


def _name(p: object) -> str:
    post, name = getattr(p, "post", None), getattr(p, "name", None)
    if post is not None:
        return f"{words(post.person.name)}（{post.title}）" if post.title else words(post.person.name)
    return words(name) or str(getattr(p, "department", ""))


def _topic(m: Matter, procedure: Procedure | None) -> Subject:
    t = Topic.objects.select_related("explanation", "limits", "focus").filter(matter=m).first()
    if t is None:
        return Subject()

    def say(name: str, ids: str) -> str:
        names = {i.id: i.name.zh for i in (procedure.lists.get(name, ()) if procedure else ())}
        return "、".join(names.get(i, i) for i in ids.split(",") if i)

    return Subject(
        category=say("category", t.category), item=say("item", t.item), scope=say("scope", t.scope),
        subject=say("subject", t.subject), reach=say("reach", t.reach), complexity=say("complexity", t.complexity),
        carrier=say("carrier", t.carrier), way=say("form", t.way), method=t.method, funds=say("funds", t.funds),
        amount=t.amount, off_budget=t.off_budget, layer=t.layer, ref=t.ref, explanation=words(t.explanation),
        limits=words(t.limits), focus=words(t.focus),
    )  # fmt: skip


def _asked(s: object) -> Asked:
    survey: object = s
    rows = [
        (t.question.text, option, t.calls[n], t.papers[n], t.together[n])
        for t in surveys.counted(survey)  # type: ignore[arg-type]
        for n, option in enumerate(t.options)
    ]
    return Asked(
        getattr(s, "title", ""), getattr(s, "opened_on", None), getattr(s, "closed_on", None), getattr(s, "calls", None),
        getattr(s, "digest", ""), tuple(rows),
    )  # fmt: skip
