"""How one matter, and one meeting, goes its way: each act through ``perform``, each step on its day."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shangliang.acts.act import Act, Done
from shangliang.acts.perform import perform
from shangliang.site.simulate.carrying import after
from shangliang.site.simulate.coming import Noted, Session, Short, Topical
from shangliang.site.simulate.roster import Held, Roster
from shangliang.site.simulate.stage import Stage, Story
from shangliang.site.simulate.tree import Place
from shangliang.site.telling import CLEAR


class Teller:
    """Tells what happens in the county's places, in few words for many acts."""

    def __init__(self, stage: Stage, places: Mapping[str, Place], roster: Roster, rng: random.Random) -> None:
        self.stage, self.places, self.roster, self.rng = stage, places, roster, rng
        self.meetings: dict[int, str] = {}
        self.invited: dict[int, list[str]] = {}
        self.sides: dict[str, list[str]] = {}
        self.acts = 0

    # ── one act ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def act(
        self, name: str, unit: str, subject: str | None, data: Mapping[str, Any], *, by: str = "",
        decided: Mapping[str, Any] | None = None, on: date | None = None,
    ) -> Done:  # fmt: skip
        """One act of a unit, entered by its clerk unless somebody else is named."""
        act = Act(
            name, on or self.stage.clock.now.date(), by or self.roster.one(unit, "clerk").person, data,
            subject, unit, decided_by=decided,
        )  # fmt: skip
        self.acts += 1
        return perform(act, clock=self.stage.clock)[0]

    def convener(self, unit: str) -> Held:
        return self.roster.one(unit, "party_secretary", "deputy_party_secretary")

    def convened(self, unit: str) -> dict[str, str]:
        return {"post": self.convener(unit).post}

    def party(self, unit: str) -> dict[str, Any]:
        name = "支部会议记录" if self.places[unit].village else "党委会议纪要"
        return {"body": "party", "paper": name}

    # ── before the meeting ──────────────────────────────────────────────────────────────────────────────────────────

    def matter(self, m: Topical, called: date) -> Story:
        """From first words to the party organisation's approval, in time for the calling of the meeting."""
        yield m.said
        self._take_in(m)
        between = max(1, (called - m.said).days)
        screened = m.said + timedelta(days=min(3, max(1, between // 4)))
        yield screened
        self._screen(m)
        if m.topic.dispute == "large":
            yield screened + timedelta(days=between // 4)
            self._at_the_door(m)
        yield called - timedelta(days=max(1, between // 3))
        present = self.rng.randrange(4, 10)
        self.act("study", m.unit, m.number, {"note": m.topic.study, "present": present})
        if between > 6:
            yield called - timedelta(days=1)
        self.act("approve", m.unit, m.number, {"approved": True, "present": self.rng.randrange(3, 7)},
                 decided=self.party(m.unit))  # fmt: skip

    def _take_in(self, m: Topical) -> None:
        by = "public" if m.channel == "web" else self.roster.one(m.unit, "grid_worker", "cppcc_member").person
        kind = self.rng.choice(("opinion", "wish", "demand"))
        answer = "face" if m.face else ("phone" if m.channel == "phone" else "number")
        data = {
            "words": m.topic.words,
            "kind": kind,
            "channel": m.channel,
            "behalf": m.behalf,
            "answer_by": answer,
        }
        taken = self.act("intake", m.unit, None, data, by=by)
        m.number, m.opinion = taken.ident, f"{taken.entry}.0"

    def _screen(self, m: Topical) -> None:
        t = m.topic
        self.act("put_forward", m.unit, m.number, {"title": t.title})
        data = {
            **CLEAR,
            "discuss": t.discuss,
            "dispute": t.dispute,
            "touches": list(t.touches),
            "department": t.department,
        }
        self.act("screen", m.unit, m.number, data, decided=self.convened(m.unit))

    def _at_the_door(self, m: Topical) -> None:
        """Each side is visited and agrees to come to the table (D43, D44)."""
        sides = [{"name": s} for s in m.topic.sides]
        named = self.act("name_parties", m.unit, m.number, {"parties": sides})
        self.sides[m.number] = [f"{named.entry}.{n}" for n in range(len(sides))]
        decided = self.convened(m.unit)
        for side in self.sides[m.number]:
            self.act("visit", m.unit, m.number, {"party": side, "agreed": True}, decided=decided)
        self.act("settle_door", m.unit, m.number, {"result": "agreed"}, decided=decided)

    # ── the meeting ─────────────────────────────────────────────────────────────────────────────────────────────────

    def session(self, s: Session) -> Story:
        """A meeting from its calling to what comes of each matter."""
        yield s.called
        subject = self._call(s)
        yield s.day - timedelta(days=1)
        self._answers(s, subject)
        yield s.day + timedelta(days=s.late)
        present = {"others": self.rng.randrange(2, 16), "absent": []}
        summary = "大家轮流说了情况和想法，按议程逐项商量。"
        self.act("hold_meeting", s.unit, subject, {**present, "summary": summary}, on=s.day)
        for m, outcome in s.items:
            self._discuss(m, outcome, subject, s.day)

    def _call(self, s: Session) -> str:
        place, now = self.places[s.unit], self.roster.now(s.unit)
        guests: list[dict[str, Any]] = [
            {"kind": "member", "post": h.post} for h in now if h.role not in ("clerk", "archivist")
        ]
        departments = {m.topic.department for m, _ in s.items} - {""}
        guests += [
            {
                "kind": "department",
                "department": d,
                "letter": f"商请函〔{s.day.year}〕{self.rng.randrange(1, 60)}号",
            }
            for d in sorted(departments)
        ]
        data = {
            "form": s.form, "held_on": s.day.isoformat(), "time": self.rng.choice(("09:00", "14:00", "18:30", "19:00")),
            "place": "院里" if s.form == "yard" else ("村议事室" if place.kind == "village" else "议事室"),
            "convener": self.convener(s.unit).post, "recorder": self.roster.one(s.unit, "clerk").post,
            "guests": guests, "urgent": s.urgent,
        }  # fmt: skip
        called = self.act("convene", s.unit, None, data)
        self.invited[id(s)] = [
            f"{called.entry}.{len(guests) - len(departments) + n}" for n in range(len(departments))
        ]
        for m, _ in s.items:
            self.act("table", s.unit, m.number, {"meeting": called.ident}, decided=self.convened(s.unit))
        self.act(
            "give_notice", s.unit, called.ident, {"by": self.rng.choice(("all", "phone", "wechat", "paper"))}
        )
        return called.ident

    def _answers(self, s: Session, subject: str) -> None:
        """Most departments answer the letter; some do not and are simply there, or not."""
        for invitation in self.invited.pop(id(s)):
            if self.rng.random() < 0.7:
                reply = self.rng.choices(("coming", "written", "not_coming"), (80, 12, 8))[0]
                self.act("register_reply", s.unit, subject, {"invitation": invitation, "reply": reply})

    def _discuss(self, m: Topical, outcome: str, meeting: str, day: date) -> None:
        decided = self.convened(m.unit)
        self.act("take_up", m.unit, m.number, {"meeting": meeting}, decided=decided, on=day)
        said: dict[str, Any] = {"meeting": meeting, "outcome": outcome}
        said["agreed"] = "先把账目和现场核实清楚，下次会再定。" if outcome == "again" else m.topic.agreed
        if self.rng.random() < 0.15:
            said["reserved"] = "有几户希望再宽限些日子，待落实时一并考虑。"
        self.act("conclude", m.unit, m.number, said, decided=decided, on=day)
        if outcome != "again":
            self.stage.begin(after(self, m, outcome, day))

    def noted(self, n: Noted) -> Story:
        """A meeting that only the paper ledger tells of, entered some days later."""
        yield n.entered
        about = [{"title": t.title, "discuss": t.discuss, "result": result} for t, result in n.topics]
        data = {"ledger": f"{n.day.year}年议事台账", "place": "议事室", "present": n.present, "topics": about}
        self.act("import_meeting", n.unit, None, data, on=n.day)

    # ── what never came to a meeting ────────────────────────────────────────────────────────────────────────────────

    def short(self, s: Short) -> Story:
        """Not discussed here, or not approved; answered with where to go."""
        m = Topical(s.unit, s.topic, s.said, "hall", behalf=True, face=False)
        yield s.said
        self._take_in(m)
        yield s.said + timedelta(days=2)
        if s.kind == "refused":
            self._refuse(m)
        else:
            yield from self._reject(m)

    def _refuse(self, m: Topical) -> None:
        decided, which = (
            self.convened(m.unit),
            self.rng.choice(("private_dispute", "against_policy", "unfair")),
        )
        self.act(
            "put_forward",
            m.unit,
            m.number,
            {"title": "两户之间的事" if which == "private_dispute" else m.topic.title},
        )
        data = {**CLEAR, which: True, "discuss": m.topic.discuss}
        self.act("screen", m.unit, m.number, data, decided=decided)
        to = {"private_dispute": "人民调解委员会", "against_policy": "12345热线", "unfair": "信访部门"}[which]
        text = f"这件事议事会不议，可以找{to}；您同意的话，我们替您转过去。"
        self.act("reply", m.unit, m.number, {"text": text, "redirect": to}, decided=decided)

    def _reject(self, m: Topical) -> Story:
        self._screen(m)
        if m.topic.dispute == "large":
            self._at_the_door(m)
        yield self.stage.clock.now.date() + timedelta(days=4)
        self.act("study", m.unit, m.number, {"note": m.topic.study, "present": 5})
        self.act("approve", m.unit, m.number, {"approved": False, "present": 4, "note": "今年已有安排。"},
                 decided=self.party(m.unit))  # fmt: skip
        yield self.stage.clock.now.date() + timedelta(days=2)
        text = "党组织研究后认为今年已有安排，不再单独协商，已列入现有计划。"
        self.act(
            "reply",
            m.unit,
            m.number,
            {"text": text, "redirect": "报上级处理"},
            decided=self.convened(m.unit),
        )

    # ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def quiet(self, unit: str, window: date, on: date) -> Story:
        yield on
        reason = self.rng.choice(
            (
                "正值农忙，没有收到需要商量的事。",
                "上次议定的事都在办，没有新的议题。",
                "收到的意见都当面答复了，不用开会。",
            )
        )
        self.act("no_topic", unit, unit, {"window": window.isoformat(), "reason": reason})

    def succession(self, unit: str, role: str, on: date, person: str, name: str) -> Story:
        """Somebody else takes over a post (D47)."""
        following = on + timedelta(days=1)
        yield following
        old = self.roster.one(unit, role)
        self.act("release", unit, unit, {"post": old.post, "paper": "换届"}, by="system", on=on)
        old.until = on
        data = {
            "role": role,
            "person": person,
            "name": name,
            "title": "",
            "since": following.isoformat(),
            "paper": "换届",
        }
        done = self.act("appoint", unit, unit, data, by="system")
        self.roster.add(unit, role, person, f"{done.entry}.0", following)
