"""How one matter, and one meeting, goes its way: each act through ``perform``, each step on its day."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from shangliang.acts.act import Act, Done
from shangliang.acts.perform import perform
from shangliang.procedure.law import deciding_bodies, law_on
from shangliang.site.simulate.plan import Session, Short, Topical
from shangliang.site.simulate.roster import Held, Roster
from shangliang.site.simulate.tree import Place
from shangliang.site.telling import CLEAR, Days

Story = Iterator[date]


class Clock(Days):
    """The simulated time: half a minute on for every act, so that a day holds them all."""

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=20 * next(self.minutes))


class Stage:
    """Runs stories side by side, always the one whose next day comes first; a story may begin others."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._waiting: list[tuple[date, int, Story]] = []
        self._number = count()

    def begin(self, story: Story) -> None:
        first = next(story, None)
        if first is not None:
            heapq.heappush(self._waiting, (first, next(self._number), story))

    def run(self, last: date, progress: Callable[[date], None] | None = None) -> None:
        """Everything up to and with the last day; what comes later does not happen."""
        while self._waiting and self._waiting[0][0] <= last:
            day, number, story = heapq.heappop(self._waiting)
            if progress and day > self.clock.now.date():
                progress(day)
            self.clock.turn(day)
            if (later := next(story, None)) is not None:
                heapq.heappush(self._waiting, (later, number, story))


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

    def _convened(self, unit: str) -> dict[str, str]:
        return {"post": self.convener(unit).post}

    def _party(self, unit: str) -> dict[str, Any]:
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
                 decided=self._party(m.unit))  # fmt: skip

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
        m.number = self.act("intake", m.unit, None, data, by=by).ident

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
        self.act("screen", m.unit, m.number, data, decided=self._convened(m.unit))

    def _at_the_door(self, m: Topical) -> None:
        """Each side is visited and agrees to come to the table (D43, D44)."""
        sides = [{"name": s} for s in m.topic.sides]
        named = self.act("name_parties", m.unit, m.number, {"parties": sides})
        self.sides[m.number] = [f"{named.entry}.{n}" for n in range(len(sides))]
        decided = self._convened(m.unit)
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
            self.act("table", s.unit, m.number, {"meeting": called.ident}, decided=self._convened(s.unit))
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
        decided = self._convened(m.unit)
        self.act("take_up", m.unit, m.number, {"meeting": meeting}, decided=decided, on=day)
        said: dict[str, Any] = {"meeting": meeting, "outcome": outcome}
        said["agreed"] = "先把账目和现场核实清楚，下次会再定。" if outcome == "again" else m.topic.agreed
        if self.rng.random() < 0.15:
            said["reserved"] = "有几户希望再宽限些日子，待落实时一并考虑。"
        self.act("conclude", m.unit, m.number, said, decided=decided, on=day)
        if outcome != "again":
            self.stage.begin(self.after(m, outcome, day))

    # ── after the meeting ───────────────────────────────────────────────────────────────────────────────────────────

    def after(self, m: Topical, outcome: str, day: date) -> Story:
        """From the result of the deliberation to the archive."""
        today = max(day, self.stage.clock.now.date())
        if outcome == "escalate":
            yield today + timedelta(days=2)
            self._report_up(m)
            today += timedelta(days=2 + self.rng.randrange(6, 16))
            yield today
            data = {"result": "settled", "note": "同意，已列入计划。", "paper": "镇党委答复"}
            self.act(
                "record_return",
                m.unit,
                m.number,
                data,
                decided={**self._party(m.unit), "unit": self._above(m)},
            )
        if self._statutory(m, today):
            today += timedelta(days=self.rng.randrange(12, 15))
            yield today
            self._resolve(m)
        yield today + timedelta(days=self.rng.randrange(1, 3))
        posted = self.stage.clock.now.date()
        tasks = self._publish(m)
        yield from self._carry_out(m, posted, tasks)

    def _above(self, m: Topical) -> str:
        return self.places[m.unit].parent or m.unit

    def _report_up(self, m: Topical) -> None:
        above = self.places[self._above(m)]
        data = {"to": above.name, "note": f"请协调解决：{m.topic.title}。"}
        self.act("report_up", m.unit, m.number, data, decided=self._party(m.unit))

    def _statutory(self, m: Topical, on: date) -> bool:
        law = law_on(on, self.places[m.unit].kind)
        return any(law.deciding(t) for t in m.topic.touches)

    def _resolve(self, m: Topical) -> None:
        """The meeting the law of the day names decides; consultation is not resolution."""
        on, place = self.stage.clock.now.date(), self.places[m.unit]
        bodies = deciding_bodies(law_on(on, place.kind), frozenset(m.topic.touches))
        body = next((b for b in bodies if "representatives" in b.id), bodies[0])
        total = place.representatives or 45
        present = total - self.rng.randrange(0, total // 8 + 1)
        against = self.rng.randrange(0, 4)
        data = {
            "body": body.id, "notice_on": (on - timedelta(days=11)).isoformat(), "total": total, "present": present,
            "votes_for": present - against, "against": against, "paper": f"决议〔{on.year}〕{self.rng.randrange(1, 9)}号",
            "party_study_on": (on - timedelta(days=12)).isoformat(), "authorised_by": "村民会议授权书",
        }  # fmt: skip
        self.act("record_resolution", m.unit, m.number, data)

    def _publish(self, m: Topical) -> list[tuple[str, date]]:
        """The notice goes up and the tasks are set: (id, due) of each."""
        unit, on = m.unit, self.stage.clock.now.date()
        self.act("draft_notice", unit, m.number, {"text": f"{m.topic.title}协商结果：{m.topic.agreed}"})
        poster, witness = self.roster.one(unit, "clerk").post, self.roster.one(unit, "supervision_head").post
        self.act("post_notice", unit, m.number, {"online": True, "poster": poster, "witness": witness})
        own = self.places[unit].name
        tasks = [
            {"text": what, "owner": owner or own, "due": (on + timedelta(days=days)).isoformat()}
            for what, owner, days in m.topic.tasks
        ]
        made = self.act("set_tasks", unit, m.number, {"tasks": tasks}, decided=self._convened(unit))
        return [(f"{made.entry}.{n}", date.fromisoformat(str(t["due"]))) for n, t in enumerate(tasks)]

    def _carry_out(self, m: Topical, posted: date, tasks: list[tuple[str, date]]) -> Story:
        end = max(m.end or posted, posted + timedelta(days=17))
        if m.objection:
            yield posted + timedelta(days=4)
            yield from self._object(m)
        if m.stalls:
            return
        worked = posted + timedelta(days=max(4, (end - posted).days * 2 // 3))
        yield worked
        state = "done" if m.result != "unsolved" else "not_done"
        for task, _ in tasks:
            note = "按约定做完，现场看过。" if state == "done" else "所需资金没有落实，已说明。"
            self.act("report_progress", m.unit, m.number, {"task": task, "state": state, "note": note})
        self.act("finish_work", m.unit, m.number, {})
        yield max(worked + timedelta(days=2), posted + timedelta(days=16))
        self.act("check_work", m.unit, m.number, {"satisfied": True},
                 decided={"post": self.roster.one(m.unit, "supervision_head").post})  # fmt: skip
        self.act("take_down", m.unit, m.number, {})
        yield max(end, self.stage.clock.now.date())
        yield from self._finish(m)

    def _object(self, m: Topical) -> Story:
        words = "能不能再和常年在外的几户说一声。"
        made = self.act("object", m.unit, m.number, {"words": words}, by="public")
        yield self.stage.clock.now.date() + timedelta(days=3)
        data = {"objection": f"{made.entry}.0", "sustained": False, "reason": "已逐户打电话说明，都同意。"}
        self.act("answer_objection", m.unit, m.number, data, decided=self._convened(m.unit))

    def _finish(self, m: Topical) -> Story:
        decided = self._convened(m.unit)
        if m.heard is not None:
            words = None if m.heard else "还没有完全解决。"
            self.act("confirm", m.unit, m.number, {"solved": m.heard, "words": words}, by="public")
        note = (
            m.topic.note if m.result == "solved" else "已做的部分见任务清单，其余因资金未落实，说明在答复里。"
        )
        self.act("reply", m.unit, m.number, {"text": note}, decided=decided)
        self.act("close", m.unit, m.number, {"result": m.result, "note": note}, decided=decided)
        today = self.stage.clock.now.date()
        yield today + timedelta(days=self.rng.randrange(2, 25))
        above = self._above(m) if self.places[m.unit].village else m.unit
        archivist = self.roster.one(above, "archivist").person
        self.act(
            "accept_archive",
            m.unit,
            m.number,
            {"shelf": f"{today.year}年第{self.rng.randrange(1, 9)}盒"},
            by=archivist,
        )

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
            self._convened(m.unit),
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
                 decided=self._party(m.unit))  # fmt: skip
        yield self.stage.clock.now.date() + timedelta(days=2)
        text = "党组织研究后认为今年已有安排，不再单独协商，已列入现有计划。"
        self.act(
            "reply",
            m.unit,
            m.number,
            {"text": text, "redirect": "报上级处理"},
            decided=self._convened(m.unit),
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
        yield on
        old = self.roster.one(unit, role)
        self.act("release", unit, unit, {"post": old.post, "paper": "换届"}, by="system")
        old.until = on
        following = on + timedelta(days=1)
        yield following
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
