"""What the papers of asking, hearing and appraising say about a matter: read once, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from shangliang.cases.models import Collecting, Effect, Forum
from shangliang.cases.models_consulting import Topic
from shangliang.documents.queries import words
from shangliang.procedure.model import Procedure

GROUPS = {
    "party_members": "党员", "residents": "居民", "representatives": "居民代表", "party_units": "辖区单位党组织", "owners": "业主委员会",
    "property": "物业公司", "shops": "商户", "others": "其他群体",
}  # fmt: skip
METHODS = {"visit": "走访", "talk": "座谈", "survey": "问卷", "code": "扫码", "proxy": "代录"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The latest asking: since when, how, what about, what each group said, and what it came to."""

    opened: date | None = None
    closed: date | None = None
    methods: str = ""
    topic: str = ""
    summary: str = ""
    heard: tuple[tuple[str, str, str, str], ...] = ()  # group, method, how many, words


@dataclass(frozen=True, slots=True)
class Met:
    """A hearing, coordination or appraisal."""

    on: date | None = None
    announced: date | None = None
    called_for: date | None = None
    place: str = ""
    topic: str = ""
    names: str = ""
    papers: str = ""
    words: str = ""
    answer: str = ""
    answered: date | None = None
    outcome: str = ""
    counts: tuple[int | None, ...] = ()  # present, observers, signed, seats
    opinion: tuple[int | None, int | None, int | None] = (None, None, None)


def asked(matter: str) -> Asked:
    found = matter and _last(Collecting.objects.filter(matter=matter).select_related("topic", "summary"))
    if not found:
        return Asked()
    heard = found.heard.select_related("words").order_by("on", "id")
    methods = "、".join(METHODS.get(m, m) for m in found.methods.split(",") if m)
    lines = tuple(
        (GROUPS.get(h.group, h.group), METHODS.get(h.method, h.method), str(h.count), words(h.words))
        for h in heard
    )
    return Asked(found.opened_on, found.closed_on, methods, words(found.topic), words(found.summary), lines)


def met(matter: str, kind: str) -> Met:
    """The latest of its kind that was not called off; an empty one where there is none."""
    if not matter:
        return Met()
    rows = Forum.objects.filter(matter=matter, kind=kind).exclude(outcome="called_off")
    f = _last(rows.select_related("topic", "names", "papers", "words", "answer"))
    if f is None:
        return Met()
    return Met(
        f.held_on, f.announced_on, f.called_for, f.place, words(f.topic), words(f.names), words(f.papers), words(f.words),
        words(f.answer), f.answered_on, f.outcome, (f.present, f.observers, f.signed, f.seats),
        (f.satisfied, f.mostly, f.unsatisfied),
    )  # fmt: skip


def effects(matter: str) -> tuple[tuple[str, str, str], ...]:
    """What was done, how much of it, in which unit; money last."""
    if not matter:
        return ()
    rows = Effect.objects.filter(matter=matter).order_by("unit", "id")
    found = [(e.what or "支出金额", hundredths(e.hundredths), e.unit) for e in rows]
    return tuple(sorted(found, key=lambda e: e[0] == "支出金额"))


def hundredths(number: int) -> str:
    """42000 is 420, 1250 is 12.5: exact, without a trailing nought."""
    whole, rest = divmod(number, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def scope(matter: str, procedure: Procedure | None) -> tuple[str, int | None]:
    """The kind of matter in the procedure's words, and the amount of money."""
    topic = Topic.objects.filter(matter=matter).first() if matter else None
    if topic is None:
        return "", None
    names = {i.id: i.name.zh for i in procedure.lists.get("scope", ())} if procedure else {}
    return names.get(topic.category, ""), topic.amount


def _last(rows: Iterable[Any]) -> Any:
    return max(rows, key=lambda r: tuple(int(n) for n in r.pk.split(".")[-2:]), default=None)
