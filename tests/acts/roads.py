"""What the random walks ask for: the acts that belong to where a matter stands, what can be wrong with them, and acts that
belong nowhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.acts import voices, voices_made
from tests.acts.dongning.known import Ask, Topic
from tests.acts.dongning.oracle import Oracle
from tests.acts.dongning.tables import CONVENERS, EXCEPTIONS, LEVEL, VILLAGE_SUBJECTS
from tests.acts.world import TOWN_PARTY

CLERKS = {"liushu": "p-wang", "yangshu": "p-wu"}
FOUR = ("against_policy", "private_dispute", "unfair", "deep_division")
PERSONS = (
    "p-wang", "p-su", "p-zhao", "p-li", "p-sun", "p-zhang", "p-ma", "p-gao", "p-han", "p-cheng", "p-fu", "p-meng",
    "p-jin", "p-wu", "p-qian", "p-nobody", "public",
)  # fmt: skip
ROLES = (
    "party_secretary", "deputy_party_secretary", "cppcc_member", "grid_worker", "clerk", "council_member",
    "supervision_head", "archivist", "department_head",
)  # fmt: skip
GATES = (*sorted(EXCEPTIONS), "D-G5", "D-G9", "D-G11", "MT3", "PB3", "D-G1", "X-1")


class Roads:
    """Draws acts. ``rng`` is hypothesis' own source of chance, so that what it finds can be made smaller."""

    def __init__(
        self, rng: random.Random, oracle: Oracle, today: date, texts: Callable[[str], list[str]]
    ) -> None:
        self.rng, self.oracle, self.today, self.texts = rng, oracle, today, texts

    def pick(self, options: Sequence[Any]) -> Any:
        if not options:
            raise LookupError("there is nothing to choose from")
        return self.rng.choice(options)

    # ── where a matter can go ───────────────────────────────────────────────────────────────────────────────────────

    def next(self, t: Topic) -> Ask:
        """An act that belongs to where the matter stands, asked for by the right people; as a rule it is allowed."""
        names = self._offered(t)
        made: Ask = getattr(self, f"_{self.pick(names)}")(t)
        return made

    def _offered(self, t: Topic) -> list[str]:
        if t.ended:
            return ["reply", "told", "keep_paper"]
        if t.stage == "carrying":
            notice = {"draft": ["draft_notice"] * 3 + ["exempt_notice"], "posting": ["post_notice"],
                      "board": ["object", "answer_objection", "take_down", "take_down"], "answers": ["answer_objection"],
                      None: []}[t.notice]  # fmt: skip
            busy = t.unfinished
            work = {"tasks": ["set_tasks"], "work": ["report_progress"] * 3 + ["finish_work"] if busy else ["finish_work"],
                    "check": ["check_work"], None: ["report_progress"] if busy else []}[t.work]  # fmt: skip
            return [*notice, *work]
        if t.stage == "meeting":
            last = t.rounds[-1]
            meeting = self.oracle.meetings[last.meeting]
            if last.taken_up:
                return ["conclude"]
            if meeting.state == "called_off" or not self.oracle._convened_rightly(t, meeting):
                return ["table", "table", "table", "take_up", "override"]
            return ["take_up"] * 5 + ["table"]
        if t.stage == "door":
            return ["name_parties"] if not t.sides else ["visit", "visit", "settle_door"]
        if t.stage in ("closing", "archiving") and t.unfinished:
            here = ["close", "check_work"] if t.stage == "closing" else ["accept_archive", "keep_paper"]
            return ["report_progress", "report_progress", *here]
        up = ["report_up"] * 3 + ["record_return"] if not t.asked else ["record_return"] * 3 + ["report_up"]
        return {
            "collected": ["put_forward"] * 6 + ["merge"], "screening": ["screen"], "study": ["study"], "approval": ["approve"],
            "invite": ["table"] * 8 + ["reply"], "statutory": ["record_resolution"], "above": up,
            "closing": ["close"] * 3 + ["confirm"], "archiving": ["accept_archive"] * 2 + ["keep_paper"] * 3 + ["return_file", "confirm"],
            "refusal": ["reply"],
        }[t.stage]  # fmt: skip

    def _ask(self, t: Topic, name: str, decided: dict[str, Any] | None = None, **data: Any) -> Ask:
        on = max(t.last, self.today - timedelta(days=self.pick((0, 0, 0, 1, 3))))
        return Ask(name, on, CLERKS.get(t.unit, "p-su"), data, decided, subject=t.id)

    def _convener(self, t: Topic) -> dict[str, Any]:
        posts = CONVENERS[LEVEL[t.unit]]
        there = [r for r in posts if self._holders(t.unit, r)]
        return {"role": posts[-1] if t.involved or not there else self.pick(there)}

    def _holders(self, unit: str, role: str) -> list[str]:
        return [p.id for p in self.oracle.posts.values() if (p.unit, p.role, p.until) == (unit, role, None)]

    def _maybe(self, chance: int = 2) -> bool:
        return self.rng.randrange(chance) == 0

    def _merge(self, t: Topic) -> Ask:
        others = [
            o.id for o in self.oracle.topics.values() if o is not t and o.unit == t.unit and not o.ended
        ]
        return self._ask(t, "merge", into=self.pick(others) if others else "ZZZZZZ")

    def _put_forward(self, t: Topic) -> Ask:
        return self._ask(t, "put_forward", title=self.pick(("村东路灯", "排水沟整修", "老年饭桌")))

    def _screen(self, t: Topic) -> Ask:
        involved = self._maybe(8)
        data: dict[str, Any] = {
            "discuss": self.pick(("affairs", "livelihood", None)), "dispute": self.pick(("small", "small", "large")),
            "touches": [self.pick(sorted(VILLAGE_SUBJECTS))] if LEVEL[t.unit] == "village" and self._maybe(3) else [],
            "department": "水利站" if self._maybe(4) else "", "convener_is_party": involved,
        }  # fmt: skip
        data |= {q: self._maybe(12) for q in FOUR}
        ask = replace(self._ask(t, "screen"), data={k: v for k, v in data.items() if v is not None})
        posts = CONVENERS[LEVEL[t.unit]]
        ask.decided = {"role": posts[-1] if involved else posts[0]}
        if "discuss" not in ask.data:
            ask.reasons = {"D-G1": "村民都要议。"}
        return ask

    def _name_parties(self, t: Topic) -> Ask:
        sides = [{"name": f"第{n + 1}方"} for n in range(self.pick((1, 2, 2, 3)))]
        return self._ask(t, "name_parties", parties=sides)

    def _visit(self, t: Topic) -> Ask:
        left = [k for k, s in t.sides.items() if not (s.visited and s.agreed)] or list(t.sides)
        return self._ask(t, "visit", self._convener(t), party=self.pick(left), agreed=not self._maybe(5))

    def _settle_door(self, t: Topic) -> Ask:
        ready = all(s.agreed for s in t.sides.values())
        ready = ready or (
            "D-G3" in t.overrides and not any(s.visited and not s.agreed for s in t.sides.values())
        )
        result = "agreed" if ready else self.pick(("go_on", "failed", "agreed"))
        return self._ask(t, "settle_door", self._convener(t), result=result)

    def _study(self, t: Topic) -> Ask:
        return self._ask(t, "study", note="看了三处，淤了半米。", present=6)

    def _approve(self, t: Topic) -> Ask:
        decided = {"body": "party", "paper": "支部会议记录2026-3"}
        return self._ask(t, "approve", decided, approved=not self._maybe(10))

    def _table(self, t: Topic) -> Ask:
        open_ones = [
            m
            for m in self.oracle.meetings.values()
            if m.unit == t.unit and m.state == "called" and m.day >= t.last
        ]
        right = [m for m in open_ones if self.oracle._convened_rightly(t, m)]
        if not open_ones or (not right and self._maybe()):
            return self.convene(t.unit)
        open_ones = right or open_ones
        ask = self._ask(t, "table", self._convener(t), meeting=self.pick(open_ones).id)
        if self._maybe():
            ask.reasons = {"D-G6" if t.stage == "invite" else "D-G6b": "涉事部门来不了。"}
        return ask

    def _take_up(self, t: Topic) -> Ask:
        meeting = self.oracle.meetings[t.rounds[-1].meeting]
        ask = self._ask(t, "take_up", meeting=meeting.id)
        ask.on = meeting.begun or (max(t.last, meeting.day) if meeting.state != "held" else meeting.day)
        return ask

    def _conclude(self, t: Topic) -> Ask:
        last = t.rounds[-1]
        meeting = self.oracle.meetings[last.meeting]
        outcome = self.pick(("consensus", "consensus", "consensus", "again", "divided", "escalate"))
        ask = self._ask(t, "conclude", meeting=last.meeting, outcome=outcome)
        if self._maybe():
            ask.data["agreed"] = "先清淤，再砌边。"
        ask.on = meeting.day if meeting.state == "held" else meeting.begun or t.last
        return ask

    def _record_resolution(self, t: Topic) -> Ask:
        fit = [VILLAGE_SUBJECTS[s] for s in t.touches]
        body = self.pick(sorted(set.intersection(*fit))) if fit else "representatives"
        present = self.pick((39, 40, 41, 60))
        ask = self._ask(t, "record_resolution", body=body, total=60, present=present,
                        votes_for=self.pick((20, 21, 39, 40)), paper="决议〔2026〕2号", authorised_by="授权1号",
                        retry=self._maybe())  # fmt: skip
        ask.data["votes_for"] = min(ask.data["votes_for"], present)
        ask.data["against"] = self.pick((0, present - ask.data["votes_for"]))
        ask.data["notice_on"] = (ask.on - timedelta(days=self.pick((9, 10, 10, 12)))).isoformat()
        ask.data["party_study_on"] = (ask.on - timedelta(days=11)).isoformat()
        if self._maybe(4):
            ask.data["special_reason"] = "防汛抢修。"
        if self._maybe(4):
            ask.data["basis"] = "households"
        return ask

    def _report_up(self, t: Topic) -> Ask:
        to = {"to_unit": self.pick(("hekou", "shuili", "donghe", "yangshu"))} if self._maybe(3) else {}
        return self._ask(t, "report_up", to="上级", note="请答复。", **to)

    def _record_return(self, t: Topic) -> Ask:
        result = self.pick(("settled", "settled", "discuss_again"))
        unit = t.asked if t.asked and not self._maybe(6) else "hekou"
        body = "department" if unit == "shuili" else "party"
        return self._ask(t, "record_return", {"body": body, "unit": unit}, result=result, note="同意。")

    def _draft_notice(self, t: Topic) -> Ask:
        text = "先清淤，再砌边。" + ("有事打13912345678。" if self._maybe(6) else "")
        return self._ask(t, "draft_notice", {"role": "clerk"}, text=text)

    def _exempt_notice(self, t: Topic) -> Ask:
        return self._ask(
            t, "exempt_notice", {"body": "party"}, ground="商业秘密", approver="镇党委", note="合同价。"
        )

    def _post_notice(self, t: Topic) -> Ask:
        poster = next(
            (p.id for p in self.oracle.posts.values() if p.unit == t.unit and p.role == "clerk"), None
        )
        ask = self._ask(
            t,
            "post_notice",
            {"role": "clerk"},
            board=not self._maybe(6),
            online=not self._maybe(6),
            poster=poster,
        )
        if self._maybe(4):
            ask.reasons = {"PB2": "公开栏在修。"}
        return ask

    def _object(self, t: Topic) -> Ask:
        return replace(self._ask(t, "object", words="不能按户摊工。"), by="public")

    def _answer_objection(self, t: Topic) -> Ask:
        left = [k for k, s in t.objections.items() if s == "open"] or [*t.objections, "none.1.0"]
        decided = {"role": "clerk"} if self._maybe() else self._convener(t)
        return self._ask(
            t,
            "answer_objection",
            decided,
            objection=self.pick(left),
            sustained=self._maybe(4),
            reason="核过了。",
        )

    def _take_down(self, t: Topic) -> Ask:
        ask = self._ask(t, "take_down", {"role": "clerk"})
        start = t.notices[-1].start
        if start:  # on the first day that is enough, the last that is not, or today
            full = start + timedelta(days=15)
            ask.on = self.pick((full, full, full, start + timedelta(days=14), self.today))
            ask.on = max(ask.on, t.last)
        return ask

    def _set_tasks(self, t: Topic) -> Ask:
        owners = ("水利站", "柳树村")
        tasks = [
            {"text": "清淤", "owner": self.pick(owners), "due": "2026-12-01"}
            for _ in range(self.pick((1, 2)))
        ]
        if self._maybe(6):
            del tasks[0]["due"]
        return self._ask(t, "set_tasks", self._convener(t), tasks=tasks)

    def _report_progress(self, t: Topic) -> Ask:
        left = [k for k, (s, _) in t.tasks.items() if s not in ("done", "not_done")] or list(t.tasks)
        state = self.pick(("done", "done", "doing", "not_done"))
        ask = self._ask(
            t, "report_progress", {"role": "clerk"}, task=self.pick(left), state=state, note="办了。"
        )
        if self._maybe(4):
            ask.by, ask.decided = "p-meng", None
        return ask

    def _finish_work(self, t: Topic) -> Ask:
        return self._ask(t, "finish_work", {"role": "clerk"})

    def _check_work(self, t: Topic) -> Ask:
        return self._ask(t, "check_work", {"role": "supervision_head"}, satisfied=not self._maybe(3))

    def _close(self, t: Topic) -> Ask:
        data = {"result": self.pick(("solved", "solved", "partly")), "note": "通水了。"}
        return replace(self._ask(t, "close", self._convener(t)), data=data)

    def _accept_archive(self, t: Topic) -> Ask:
        return replace(self._ask(t, "accept_archive", {"role": "archivist"}), by="p-cheng")

    def _return_file(self, t: Topic) -> Ask:
        return self._ask(t, "return_file", {"role": "archivist"}, missing="缺签到表。")

    def _reply(self, t: Topic) -> Ask:
        return self._ask(t, "reply", self._convener(t), text="看过了。", redirect="村人民调解委员会")

    def _told(self, t: Topic) -> Ask:
        return self._ask(t, "told", opinion=self.pick([*sorted(t.opinions), "none.1.0"]))

    def _confirm(self, t: Topic) -> Ask:
        return replace(self._ask(t, "confirm", solved=self._maybe()), by="public")

    def _keep_paper(self, t: Topic) -> Ask:
        kinds = [
            k for k in ("sign_in", "minutes", "meeting_notice", "reply", "resolution") if k not in t.papers
        ]
        kind = self.pick([*kinds, "other"])
        return self._ask(t, "keep_paper", kind=kind, place="2号柜", pages=3)

    # ── at any time ─────────────────────────────────────────────────────────────────────────────────────────────────

    def aside(self, t: Topic) -> Ask:
        """An act that belongs to no stage."""
        name = self.pick(("reply", "told", "confirm", "withdraw", "erase", "keep_paper", "correct", "acknowledge",
                                "override", "name_parties"))  # fmt: skip
        made: Ask = getattr(self, f"_{name}")(t)
        return made

    def voice(self, t: Topic) -> Ask:
        """People are asked, or chosen; as a rule in the order in which that can be done."""
        v = t.voices
        if v.boxes and self._maybe(8):
            return self._correct(t, v.boxes[-1].entry)
        name = self.pick(voices_made.fitting(self.rng, t))
        decided = self._convener(t) if name in voices.CONVENER else None
        ask = self._ask(t, name, decided)
        ask.data = voices_made.made(self.rng, name, v, ask.on, sorted(self.oracle.posts))
        if name == "propose_statement" and self._maybe():
            ask.by = self.pick(("public", "p-zhang"))
        if name == "close_gathering" and v.running is not None and not self._maybe(4):
            ask.on = max(ask.on, v.running.until)
        return ask

    def _withdraw(self, t: Topic) -> Ask:
        return replace(self._ask(t, "withdraw"), by=self.pick(("public", "p-wang")))

    def _erase(self, t: Topic) -> Ask:
        known = self.texts(t.unit)[-4:]
        return self._ask(t, "erase", texts=[self.pick([*known, "no-such-text"])], ground="request")

    def _correct(self, t: Topic, entry: str = "") -> Ask:
        about = {t.id, *(r.meeting for r in t.rounds)}
        own = [i for i, (_, subject, _) in self.oracle.entries.items() if subject in about]
        ident = entry or self.pick(own)
        act = self.oracle.entries[ident][0]
        field, value, text = self.pick(
            {"put_forward": [("title", "", "村西路灯"), ("title", "", "字" * 61), ("title", "村西", None)],
             "screen": [("dispute", "large", None), ("dispute", "small", None), ("dispute", "huge", None),
                        ("department", "水利站", None), ("touches", "subsidy", None)],
             "post_notice": [("happened_on", (self.today - timedelta(days=2)).isoformat(), None), ("happened_on", "neulich", None),
                             ("happened_on", t.last.isoformat(), None), ("board", "True", None)],
             "open_gathering": [("until", (self.today + timedelta(days=n)).isoformat(), None) for n in (-2, 0, 0, 1, 2)],
             "close": [("result", "unsolved", None), ("result", "perfect", None)], "convene": [("place", "村部", None)],
             "hold_meeting": [("others", "7", None), ("others", "-1", None)],
             "keep_paper": [("pages", "4", None), ("pages", "40000", None)]}.get(act, [("words", "", "别的话"), ("stage", "D-7", None)])
        )  # fmt: skip
        data = {"entry": int(ident.split(".")[1]), "field": field, "value": value, "reason": "看错了。"}
        return self._ask(t, "correct", **data, **({"text": text} if text else {}))

    def _acknowledge(self, t: Topic) -> Ask:
        return self._ask(t, "acknowledge", self._convener(t), flag=self.pick([*sorted(t.flags), "none.1.0"]))

    def _override(self, t: Topic) -> Ask:
        decided = TOWN_PARTY if t.unit != "hekou" else {**TOWN_PARTY, "unit": "donghe"}
        gate = self.pick(GATES)
        if t.stage in ("door", "meeting", "archiving") and self._maybe():
            gate = {"door": "D-G3", "meeting": "D-G8", "archiving": "AR1"}[t.stage]
        return self._ask(
            t, "override", decided, gate=gate, paper="河口镇党委〔2026〕3号", reason="情况紧急。"
        )

    # ── meetings and posts ──────────────────────────────────────────────────────────────────────────────────────────

    def intake(self) -> Ask:
        unit = self.pick(("liushu", "liushu", "liushu", "hekou"))
        by = self.pick(("public", "public", "p-wang", "p-zhang"))
        data = {"words": "路灯坏了。", "answer_by": self.pick(("number", "face"))}
        return Ask("intake", self.today - timedelta(days=self.pick((0, 1))), by, data, unit=unit)

    def convene(self, unit: str) -> Ask:
        right = [i for role in CONVENERS[LEVEL[unit]] for i in self._holders(unit, role)]
        post = self.pick((*right * 3, self.pick([*self.oracle.posts]), None))
        held = self.today + timedelta(days=self.pick((0, 0, 1, 3)))
        guests: list[dict[str, Any]] = [{"kind": "member", "name": "马秀英"}]
        if self._maybe():
            guests.append({"kind": "department", "department": "水利站"})
        data = {"held_on": held.isoformat(), "place": "村议事室", "guests": guests}
        data |= {"convener": post} if post else {}
        return Ask("convene", self.today, CLERKS.get(unit, "p-su"), data, unit=unit)

    def at_meeting(self) -> Ask:
        meetings = list(self.oracle.meetings.values())
        waiting = [m for m in meetings if m.state == "called"] or meetings
        if not waiting:
            return self.convene("liushu")
        m = self.pick(waiting)
        name = self.pick(("give_notice", "hold_meeting", "hold_meeting", "register_reply", "call_off"))
        by = CLERKS.get(m.unit, "p-su")
        on = self.today if name != "hold_meeting" else m.begun or max(m.called, min(m.day, self.today))
        data: dict[str, Any] = {
            "give_notice": {"by": "phone"}, "call_off": {"reason": "大雪。"},
            "hold_meeting": {"others": 2} | ({"summary": "逐项商量。"} if self._maybe() else {}),
            "register_reply": {"invitation": self.pick([*m.invited, "none.1.0"]), "reply": "coming"},
        }[name]  # fmt: skip
        if name == "hold_meeting" and self._maybe(6):
            data["absent"] = [self.pick([*m.invited, "none.1.0"])]
        return Ask(name, on, by, data, subject=m.id)

    def posts(self) -> Ask:
        """Somebody takes up or gives up a post."""
        unit = self.pick(("liushu", "liushu", "hekou"))
        by = self.pick(("p-wang", "p-su", "system", "p-ma", "p-wu"))
        if self._maybe(3):
            held = [p.id for p in self.oracle.posts.values() if p.unit == unit and p.until is None]
            return Ask("release", self.today, by, {"post": self.pick(held)}, unit=unit)
        role = self.pick(ROLES)
        person = self.pick(("p-neu", "p-ma", "p-alt"))
        data = {
            "role": role,
            "person": person,
            "since": (self.today - timedelta(days=self.pick((0, 30)))).isoformat(),
        }
        if self._maybe():
            data["name"] = "某人"
        return Ask("appoint", self.today, by, data, unit=unit)

    # ── what can be wrong ───────────────────────────────────────────────────────────────────────────────────────────

    def spoil(self, ask: Ask) -> Ask:
        """The same act with one thing changed, as a rule for the worse."""
        spoiled = replace(ask, data=dict(ask.data), reasons=dict(ask.reasons))
        way = self.pick(
            (
                "by",
                "by",
                "decided",
                "decided",
                "on",
                "on",
                "lacking",
                "reference",
                "subject",
                "reasons",
                "value",
            )
        )
        getattr(self, f"_spoil_{way}")(spoiled)
        return spoiled

    def _spoil_by(self, ask: Ask) -> None:
        ask.by = self.pick(PERSONS)

    def _spoil_decided(self, ask: Ask) -> None:
        posts = [{"post": p.id} for p in self.oracle.posts.values()]
        roles = [{"role": r} for r in ROLES]
        bodies: list[dict[str, Any]] = [
            {"body": b} for b in ("party", "council", "assembly", "representatives", "town_party")
        ]
        bodies += [{"body": "party", "unit": "hekou", "paper": "x"}, {"body": "party", "unit": "yangshu", "paper": "x"},
                   {"body": "town_party", "unit": "hekou", "paper": "x"}, {"body": "party", "paper": "x"}]  # fmt: skip
        ask.decided = self.pick([None, self.pick(posts), self.pick(roles), self.pick(bodies)])

    def _spoil_on(self, ask: Ask) -> None:
        ask.on += timedelta(days=self.pick((-20, -2, -1, 1, 2, 30)))

    def _spoil_lacking(self, ask: Ask) -> None:
        if ask.data:
            del ask.data[self.pick(sorted(ask.data))]

    def _spoil_reference(self, ask: Ask) -> None:
        pools: dict[str, list[str]] = {
            "meeting": list(self.oracle.meetings), "into": list(self.oracle.topics),
            "party": [s for t in self.oracle.topics.values() for s in t.sides],
            "task": [s for t in self.oracle.topics.values() for s in t.tasks],
            "objection": [s for t in self.oracle.topics.values() for s in t.objections],
            "opinion": [s for t in self.oracle.topics.values() for s in t.opinions],
            "poster": list(self.oracle.posts), "witness": list(self.oracle.posts), "convener": list(self.oracle.posts),
        }  # fmt: skip
        if names := [n for n in pools if n in ask.data]:
            name = self.pick(names)
            ask.data[name] = self.pick([*pools[name], "none.1.0"])
        elif ask.name == "post_notice":
            ask.data["witness"] = self.pick(list(self.oracle.posts))

    def _spoil_subject(self, ask: Ask) -> None:
        if ask.unit:
            ask.unit = self.pick(("liushu", "hekou", "donghe", "shuili", "nowhere"))
        else:
            ask.subject = self.pick([*self.oracle.topics, *self.oracle.meetings, "ZZZZZZ"])

    def _spoil_reasons(self, ask: Ask) -> None:
        ask.reasons = (
            {}
            if ask.reasons and self._maybe()
            else {self.pick(("D-G1", "D-G6", "PB2", "TK1", "D-G12", "PB3")): "因为。"}
        )

    def _spoil_value(self, ask: Ask) -> None:
        values = {
            "present": 1, "votes_for": 61, "sustained": True, "satisfied": False, "approved": False, "board": False,
            "online": False, "dispute": "large", "deep_division": True, "convener_is_party": True, "result": "failed",
            "outcome": "again", "body": "assembly", "held_on": "2026-01-05", "department": "水利站",
        }  # fmt: skip
        fitting = [k for k in values if k in ask.data and not (k == "result" and ask.name != "settle_door")]
        if fitting:
            name = self.pick(fitting)
            ask.data[name] = values[name]

    def anything(self, t: Topic) -> Ask:
        """Any act of the way, wherever the matter stands."""
        name = self.pick((
            "merge", "put_forward", "screen", "visit", "settle_door", "study", "approve", "table", "take_up", "conclude",
            "record_resolution", "report_up", "record_return", "draft_notice", "exempt_notice", "post_notice", "object",
            "answer_objection", "take_down", "set_tasks", "report_progress", "finish_work", "check_work", "close",
            "accept_archive", "return_file",
        ))  # fmt: skip
        try:
            made: Ask = getattr(self, f"_{name}")(t)
        except LookupError:  # there is nothing yet that it could point at
            point = {"visit": {"party": "none.1.0", "agreed": True}, "report_progress": {"task": "none.1.0", "note": "办了。"},
                     "take_up": {"meeting": "none.1"}, "conclude": {"meeting": "none.1", "outcome": "again"}}  # fmt: skip
            made = replace(self._ask(t, name, self._convener(t)), data=point.get(name, {}))
        return made
