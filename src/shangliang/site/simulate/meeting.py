"""How a meeting goes: from its calling to what comes of each matter; and one that only a paper ledger tells of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from shangliang.site.simulate.carrying import after
from shangliang.site.simulate.coming import Noted, Session, Topical
from shangliang.site.simulate.stage import Story

if TYPE_CHECKING:
    from shangliang.site.simulate.telling import Teller


def session(tell: Teller, s: Session) -> Story:
    """A meeting from its calling to what comes of each matter."""
    yield s.called
    subject = _call(tell, s)
    yield s.day - timedelta(days=1)
    _answers(tell, s, subject)
    yield s.day + timedelta(days=s.late)
    present = {"others": tell.rng.randrange(2, 16), "absent": []}
    summary = "大家轮流说了情况和想法，按议程逐项商量。"
    tell.act("hold_meeting", s.unit, subject, {**present, "summary": summary}, on=s.day)
    for m, outcome in s.items:
        _discuss(tell, m, outcome, subject, s.day)


def _call(tell: Teller, s: Session) -> str:
    place, now = tell.places[s.unit], tell.roster.now(s.unit)
    guests: list[dict[str, Any]] = [
        {"kind": "member", "post": h.post} for h in now if h.role not in ("clerk", "archivist")
    ]
    departments = {m.topic.department for m, _ in s.items} - {""}
    guests += [
        {
            "kind": "department",
            "department": d,
            "letter": f"商请函〔{s.day.year}〕{tell.rng.randrange(1, 60)}号",
        }
        for d in sorted(departments)
    ]
    data = {
        "form": s.form, "held_on": s.day.isoformat(), "time": tell.rng.choice(("09:00", "14:00", "18:30", "19:00")),
        "place": "院里" if s.form == "yard" else ("村议事室" if place.kind == "village" else "议事室"),
        "convener": tell.convener(s.unit).post, "recorder": tell.roster.one(s.unit, "clerk").post,
        "guests": guests, "urgent": s.urgent,
    }  # fmt: skip
    called = tell.act("convene", s.unit, None, data)
    tell.invited[id(s)] = [
        f"{called.entry}.{len(guests) - len(departments) + n}" for n in range(len(departments))
    ]
    for m, _ in s.items:
        tell.act("table", s.unit, m.number, {"meeting": called.ident}, decided=tell.convened(s.unit))
    tell.act(
        "give_notice", s.unit, called.ident, {"by": tell.rng.choice(("all", "phone", "wechat", "paper"))}
    )
    return called.ident


def _answers(tell: Teller, s: Session, subject: str) -> None:
    """Most departments answer the letter; some do not and are simply there, or not."""
    for invitation in tell.invited.pop(id(s)):
        if tell.rng.random() < 0.7:
            reply = tell.rng.choices(("coming", "written", "not_coming"), (80, 12, 8))[0]
            tell.act("register_reply", s.unit, subject, {"invitation": invitation, "reply": reply})


def _discuss(tell: Teller, m: Topical, outcome: str, meeting: str, day: date) -> None:
    decided = tell.convened(m.unit)
    tell.act("take_up", m.unit, m.number, {"meeting": meeting}, decided=decided, on=day)
    said: dict[str, Any] = {"meeting": meeting, "outcome": outcome}
    said["agreed"] = "先把账目和现场核实清楚，下次会再定。" if outcome == "again" else m.topic.agreed
    if tell.rng.random() < 0.15:
        said["reserved"] = "有几户希望再宽限些日子，待落实时一并考虑。"
    tell.act("conclude", m.unit, m.number, said, decided=decided, on=day)
    if outcome != "again":
        tell.stage.begin(after(tell, m, outcome, day))


def noted(tell: Teller, n: Noted) -> Story:
    """A meeting that only the paper ledger tells of, entered some days later."""
    yield n.entered
    about = [{"title": t.title, "discuss": t.discuss, "result": result} for t, result in n.topics]
    data = {"ledger": f"{n.day.year}年议事台账", "place": "议事室", "present": n.present, "topics": about}
    tell.act("import_meeting", n.unit, None, data, on=n.day)
