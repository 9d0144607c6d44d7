"""How a matter comes to a meeting, or is answered without one: each step on its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shangliang.site.simulate.coming import Short, Topical
from shangliang.site.simulate.stage import Story
from shangliang.site.telling import CLEAR

if TYPE_CHECKING:
    from shangliang.site.simulate.telling import Teller


def matter(tell: Teller, m: Topical, called: date) -> Story:
    """From first words to the party organisation's approval, in time for the calling of the meeting."""
    yield m.said
    take_in(tell, m)
    between = max(1, (called - m.said).days)
    screened = m.said + timedelta(days=min(3, max(1, between // 4)))
    yield screened
    screen(tell, m)
    if m.topic.dispute == "large":
        yield screened + timedelta(days=between // 4)
        at_the_door(tell, m)
    yield called - timedelta(days=max(1, between // 3))
    present = tell.rng.randrange(4, 10)
    tell.act("study", m.unit, m.number, {"note": m.topic.study, "present": present})
    if between > 6:
        yield called - timedelta(days=1)
    tell.act("approve", m.unit, m.number, {"approved": True, "present": tell.rng.randrange(3, 7)},
             decided=tell.party(m.unit))  # fmt: skip


def take_in(tell: Teller, m: Topical) -> None:
    by = "public" if m.channel == "web" else tell.roster.one(m.unit, "grid_worker", "cppcc_member").person
    kind = tell.rng.choice(("opinion", "wish", "demand"))
    answer = "face" if m.face else ("phone" if m.channel == "phone" else "number")
    data = {
        "words": m.topic.words,
        "kind": kind,
        "channel": m.channel,
        "behalf": m.behalf,
        "answer_by": answer,
    }
    taken = tell.act("intake", m.unit, None, data, by=by)
    m.number, m.opinion = taken.ident, f"{taken.entry}.0"


def screen(tell: Teller, m: Topical) -> None:
    t = m.topic
    tell.act("put_forward", m.unit, m.number, {"title": t.title})
    data = {
        **CLEAR,
        "discuss": t.discuss,
        "dispute": t.dispute,
        "touches": list(t.touches),
        "department": t.department,
    }
    tell.act("screen", m.unit, m.number, data, decided=tell.convened(m.unit))


def at_the_door(tell: Teller, m: Topical) -> None:
    """Each side is visited and agrees to come to the table (D43, D44)."""
    sides = [{"name": s} for s in m.topic.sides]
    named = tell.act("name_parties", m.unit, m.number, {"parties": sides})
    tell.sides[m.number] = [f"{named.entry}.{n}" for n in range(len(sides))]
    decided = tell.convened(m.unit)
    for side in tell.sides[m.number]:
        tell.act("visit", m.unit, m.number, {"party": side, "agreed": True}, decided=decided)
    tell.act("settle_door", m.unit, m.number, {"result": "agreed"}, decided=decided)


def short(tell: Teller, s: Short) -> Story:
    """Not discussed here, or not approved; answered with where to go."""
    m = Topical(s.unit, s.topic, s.said, "hall", behalf=True, face=False)
    yield s.said
    take_in(tell, m)
    yield s.said + timedelta(days=2)
    if s.kind == "refused":
        _refuse(tell, m)
    else:
        yield from _reject(tell, m)


def _refuse(tell: Teller, m: Topical) -> None:
    decided, which = (
        tell.convened(m.unit),
        tell.rng.choice(("private_dispute", "against_policy", "unfair")),
    )
    tell.act(
        "put_forward",
        m.unit,
        m.number,
        {"title": "两户之间的事" if which == "private_dispute" else m.topic.title},
    )
    data = {**CLEAR, which: True, "discuss": m.topic.discuss}
    tell.act("screen", m.unit, m.number, data, decided=decided)
    to = {"private_dispute": "人民调解委员会", "against_policy": "12345热线", "unfair": "信访部门"}[which]
    text = f"这件事议事会不议，可以找{to}；您同意的话，我们替您转过去。"
    tell.act("reply", m.unit, m.number, {"text": text, "redirect": to}, decided=decided)


def _reject(tell: Teller, m: Topical) -> Story:
    screen(tell, m)
    if m.topic.dispute == "large":
        at_the_door(tell, m)
    yield tell.stage.clock.now.date() + timedelta(days=4)
    tell.act("study", m.unit, m.number, {"note": m.topic.study, "present": 5})
    tell.act("approve", m.unit, m.number, {"approved": False, "present": 4, "note": "今年已有安排。"},
             decided=tell.party(m.unit))  # fmt: skip
    yield tell.stage.clock.now.date() + timedelta(days=2)
    text = "党组织研究后认为今年已有安排，不再单独协商，已列入现有计划。"
    tell.act(
        "reply",
        m.unit,
        m.number,
        {"text": text, "redirect": "报上级处理"},
        decided=tell.convened(m.unit),
    )
