"""Random walks over 魏塘, 协商在基层 and 溧阳: whatever the desk would offer is tried with good and bad data, on good and bad days, by the
right and the wrong people. A refused act leaves no trace at all; at the end of a walk the rows are those that the entries
make, and every book verifies.

What may be done is taken from the procedure's own offers; the data of each act comes from a small hand that fills fields at
random from what is there. ``WALKS=many`` takes longer and other walks."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from tests.acts import consulting as way
from tests.acts.traces import traces
from tests.acts.world import World, day

from shangliang.acts import rulebooks
from shangliang.acts.act import Act
from shangliang.acts.replay import replay
from shangliang.acts.scene import position_of
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Matter, Meeting, Objection, Task
from shangliang.cases.models_consulting import Dispatch, Participant, Suggestion
from shangliang.errors import Conflict, Malformed, NotFound, Refused
from shangliang.people.models import Post
from shangliang.procedure.judge import offers
from shangliang.record.verify import verify_all

MANY = os.environ.get("WALKS", "").startswith("many")
SEEDS = range(60 if MANY else 2)
STEPS = 160 if MANY else 70
TEXTS = ("先修主路。", "资金明年安排。", "走访了三十户。", "")
LISTS: Mapping[str, str] = {
    "category": "category", "item": "item", "reach": "reach", "complexity": "complexity", "way": "form", "carrier": "carrier",
}  # fmt: skip


class Hand:
    """Fills the fields of an act at random."""

    def __init__(self, chance: Random, w: World) -> None:
        self.chance, self.w = chance, w

    def of(self, *found: Any) -> Any:
        return self.chance.choice(found)

    def data(self, name: str, m: Matter) -> dict[str, Any]:
        make: Callable[[Matter], dict[str, Any]] | None = getattr(self, name, None)
        return make(m) if make else {}

    def _one(self, rows: Any) -> str:
        found = list(rows.values_list("pk", flat=True))
        return str(self.chance.choice(found)) if found else "liushu.999.0"

    def set_topic(self, m: Matter) -> dict[str, Any]:
        lists = rulebooks.pinned(m.procedure, m.version).lists
        found: dict[str, Any] = {
            k: self.of(*(i.id for i in lists[v]))
            for k, v in LISTS.items()
            if k in Catalogue.acts["set_topic"].data.model_fields and lists.get(v)
        }
        if lists.get("scope") and m.procedure == "liyang":
            found["scope"] = [self.of("affairs", "property")]
        found |= {"major": self.of(True, False), "layer": self.of(1, 1, 2, 3), "title": "东渠清淤"}
        return found | {"touches": self.of([], [], ["collective_income"])}

    def approve(self, m: Matter) -> dict[str, Any]:
        return {"approved": self.chance.randrange(12) > 0, "present": 5}

    def decline_topic(self, m: Matter) -> dict[str, Any]:
        return {"reason": "已经起诉。"}

    def issue_notice(self, m: Matter) -> dict[str, Any]:
        return {
            "focus": self.of("次序", "次序", None),
            "materials": self.of([{"name": "方案", "pages": 3}], [{"name": "方案"}], []),
        }

    def release_information(self, m: Matter) -> dict[str, Any]:
        return {"materials": self.of([{"name": "方案"}], [{"name": "图纸", "pages": 2}], [])}

    def fix_participants(self, m: Matter) -> dict[str, Any]:
        return {
            "participants": self.of(list(way.THREE), [{"kind": "member", "name": "老马", "side": "people"}])
        }

    def notify_participants(self, m: Matter) -> dict[str, Any]:
        return {"participants": self.of([], [], [self._one(Participant.objects.filter(matter=m))])}

    def set_form(self, m: Matter) -> dict[str, Any]:
        lists = rulebooks.pinned(m.procedure, m.version).lists
        found = {"way": self.of(*(i.id for i in lists["form"]), ""), "method": self.of("推选", "")}
        return found | (
            {"carrier": self.of("council", "council", "representatives")} if lists.get("carrier") else {}
        )

    def report_study(self, m: Matter) -> dict[str, Any]:
        return {"note": self.of(*TEXTS[:3], None)}

    def enter_statement(self, m: Matter) -> dict[str, Any]:
        said = self.of({"words": "先修主路。"}, {"silent": True}, {})
        return {"participant": self._one(Participant.objects.filter(matter=m)), **said}

    def record_vote(self, m: Matter) -> dict[str, Any]:
        voters = self.of([], [], [self._one(Participant.objects.filter(matter=m))])
        return {"mode": self.of("hands", "ballot"), "question": "先修主路", "electorate": "到会", "entitled": 9, "voters": voters,
                "present": self.of(8, 10), "votes_for": self.of(5, 9), "teller": "甲", "second": self.of("乙", "甲")}  # fmt: skip

    def conclude(self, m: Matter) -> dict[str, Any]:
        return self.at(m) | {
            "outcome": self.of("consensus", "consensus", "again", "escalate", "divided"),
            "agreed": "先修主路。",
        }

    def at(self, m: Matter) -> dict[str, Any]:
        last = m.rounds.order_by("-number").values_list("meeting_id", flat=True).first()
        return {"meeting": last or self._one(Meeting.objects.filter(unit=m.unit))}

    def take_up(self, m: Matter) -> dict[str, Any]:
        return self.at(m)

    def table(self, m: Matter) -> dict[str, Any]:
        return {"meeting": self._one(Meeting.objects.filter(unit=m.unit, state="called"))}

    def plan_next(self, m: Matter) -> dict[str, Any]:
        return {
            "differences": self.of([{"text": "谁出钱"}], []),
            "then": self.of("study", "meet", "reference", None),
        }

    def compile_opinion(self, m: Matter) -> dict[str, Any]:
        return {
            "suggestions": self.of(
                [{"text": "先修主路"}], [{"text": "先修主路"}, {"text": "东段", "kind": "reserved"}], []
            )
        }

    def check_policy(self, m: Matter) -> dict[str, Any]:
        return {"passed": self.of(True, True, True, False, None)}

    def send_bulletin(self, m: Matter) -> dict[str, Any]:
        return {"to": self.of(["party", "government"], ["party"])}

    def submit_reference(self, m: Matter) -> dict[str, Any]:
        return {"to": self.of(["party"], ["departments"], [])}

    def record_decision(self, m: Matter) -> dict[str, Any]:
        on = self.w.today + timedelta(days=self.of(0, 0, -9))
        return {"decision": self.of("yes", "yes", "back", "no", None), "on": self.of(None, on.isoformat())}

    def feed_back(self, m: Matter) -> dict[str, Any]:
        return {
            "to": ["participants"],
            "decision": self.of("采纳。", None),
            "execution": self.of("开工。", "开工。", None),
        }

    def exempt_feedback(self, m: Matter) -> dict[str, Any]:
        return {
            "ground": "工作秘密",
            "approver": self.of("街道党委", ""),
            "approved_on": self.of(self.w.today.isoformat(), None),
        }

    def publish_within(self, m: Matter) -> dict[str, Any]:
        return {
            "scope": self.of(["members"], ["public"], []),
            "text": self.of("先修主路。", "电话13900000000。"),
        }

    def exempt_notice(self, m: Matter) -> dict[str, Any]:
        return {"ground": "工作秘密", "approver": "街道党委", "note": "点位。"}

    def reply(self, m: Matter) -> dict[str, Any]:
        return {"text": "不议，请找法院。", "redirect": self.of("人民法院", "")}

    def report_up(self, m: Matter) -> dict[str, Any]:
        return {"to": "河口镇党委", "note": "请定。"}

    def record_resolution(self, m: Matter) -> dict[str, Any]:
        return {"body": "representatives", "notice_on": (self.w.today - timedelta(days=5)).isoformat(), "authorised_by": "授权1号",
                "party_study_on": (self.w.today - timedelta(days=5)).isoformat(), "total": 60, "present": self.of(40, 39),
                "votes_for": self.of(30, 20), "retry": self.of(True, False)}  # fmt: skip

    def draft_notice(self, m: Matter) -> dict[str, Any]:
        return {"text": self.of("先修主路。", "电话13900000000。")}

    def post_notice(self, m: Matter) -> dict[str, Any]:
        return {"poster": self.w.posts["p-wang"], "witness": self.w.posts["p-gao"]}

    def object(self, m: Matter) -> dict[str, Any]:
        return {"words": "太窄了。"}

    def answer_objection(self, m: Matter) -> dict[str, Any]:
        return {
            "objection": self._one(Objection.objects.filter(matter=m)),
            "sustained": self.of(False, False, True),
            "reason": "已加宽。",
        }

    def set_tasks(self, m: Matter) -> dict[str, Any]:
        return {"tasks": [{"text": "修主路", "owner": "水利站", "due": "2027-06-30"}]}

    def report_progress(self, m: Matter) -> dict[str, Any]:
        return {
            "task": self._one(Task.objects.filter(matter=m)),
            "state": self.of("done", "done", "doing"),
            "note": "修了。",
        }

    def check_work(self, m: Matter) -> dict[str, Any]:
        return {"satisfied": self.of(True, True, False)}

    def close(self, m: Matter) -> dict[str, Any]:
        return {"result": self.of("solved", "partly", None), "note": self.of("修好了。", None)}

    def return_file(self, m: Matter) -> dict[str, Any]:
        return {"missing": "缺签到表。"}

    def follow_up(self, m: Matter) -> dict[str, Any]:
        state = self.of("done", "adopted", "not_adopted")
        return {
            "suggestion": self._one(Suggestion.objects.filter(matter=m)),
            "state": state,
            "why": self.of(None, "没有资金。"),
        }

    def register_delivery(self, m: Matter) -> dict[str, Any]:
        return {"dispatch": self._one(Dispatch.objects.filter(matter=m)), "by": "办公室"}

    def register_receipt(self, m: Matter) -> dict[str, Any]:
        return {"participant": self._one(Participant.objects.filter(matter=m)), "reply": "coming"}

    def skip_appraisal(self, m: Matter) -> dict[str, Any]:
        return {"reason": "人都在外。"}

    def set_appraisal(self, m: Matter) -> dict[str, Any]:
        return {"topic": "满不满意", "called_for": self.w.today.isoformat(), "place": "村部"}

    def call_appraisal(self, m: Matter) -> dict[str, Any]:
        return {"count": 20}

    def hold_appraisal(self, m: Matter) -> dict[str, Any]:
        return {"present": 9, "satisfied": 7, "mostly": 1, "unsatisfied": 1, "words": "好。"}

    def show_appraisal(self, m: Matter) -> dict[str, Any]:
        return {"place": "公开栏"}

    def answer_appraisal(self, m: Matter) -> dict[str, Any]:
        return {"answer": "改好了。"}


ASIDE = ("follow_up", "register_delivery", "register_receipt")
LATE = ("merge", "decline_topic", "return_file", "object", "exempt_notice")


class Walk:
    """One matter on its way, pushed on and tripped up."""

    def __init__(self, w: World, procedure: str, seed: int) -> None:
        self.w, self.chance = w, Random(f"{procedure}.{seed}")
        self.hand = Hand(self.chance, w)
        self.seen: Counter[tuple[str, bool]] = Counter()
        self.procedure = procedure
        if procedure == "weitang":
            way.proposed(w)
        else:
            way.adopt(w, procedure)
            self.begin("2026-04-02")
        w.today = day("04-03")

    def begin(self, on: str) -> None:
        """Another matter, said and gathered."""
        self.w.opened(on, words="东渠堵了。")
        if self.procedure != "weitang":
            self.w.do("put_forward", {"title": "东渠清淤"}, on=on)

    def go(self, steps: int) -> None:
        for _ in range(steps):
            if self.w.row.ended:
                self.w.clock.turn(self.w.today)
                self.begin(self.w.today.isoformat())
            if self.chance.randrange(4) == 0:
                self.w.today = min(self.w.today + timedelta(days=self.hand.of(1, 7, 16)), day("2027-06-01"))
            self.step()

    def step(self) -> None:
        m = self.w.row
        position = position_of(m)
        procedure = rulebooks.pinned(m.procedure, m.version)
        offered = [o for o in offers(procedure, position) if not Catalogue.acts[o.act.name].opens]
        if self.chance.randrange(3) == 0 and any(o.act.name in ("table", "take_up") for o in offered):
            self.meeting(m)
            return
        done = {"fix_participants"} if m.participants.exists() else set()
        usual = [o for o in offered if o.act.name not in {*LATE, *done}] or offered
        offer = self.chance.choice(usual if self.chance.randrange(8) else offered)
        name = (
            offer.act.name
            if self.chance.randrange(9)
            else self.hand.of(*ASIDE, "take_up", "close", "send_bulletin")
        )
        roles = [procedure.roles[r] for r in offer.act.who]
        on = self.w.today + timedelta(days=self.hand.of(*[0] * 20, -3, 40))
        if name in ("take_up", "conclude"):
            on = self.day_of_meeting(m) or on
        reasons = {g.id: "如实说明。" for s in procedure.root.stages.values() for g in (*s.gates, *(g for a in s.acts for g in a.gates))
                   if g.level == "soft"} if self.chance.randrange(6) else {}  # fmt: skip
        self.attempt(name, self.hand.data(name, m), on, self.decider(roles), reasons)

    def day_of_meeting(self, m: Matter) -> Any:
        last = m.rounds.order_by("-number").select_related("meeting").first()
        return max(last.meeting.held_on, m.last_on) if last else None

    def decider(self, roles: list[Any]) -> dict[str, Any] | None:
        bodies = [b for r in roles for b in sorted(r.bodies)]
        posts = [p for r in roles for level in r.posts.values() for p in level]
        held = list(Post.objects.filter(role__in=posts).values_list("role", flat=True))
        if self.chance.randrange(12) == 0:
            return self.hand.of({"role": "grid_worker"}, {"body": "council"}, None)
        if bodies and (not held or self.chance.randrange(2)):
            return {"body": self.chance.choice(bodies), "paper": "会议记录", "present": 5}
        return {"role": self.chance.choice(held)} if held else None

    def meeting(self, m: Matter) -> None:
        w = self.w
        convener = {"weitang": "p-room", "xieshang": "p-sun", "liyang": "p-li"}[self.procedure]
        held = w.today + timedelta(days=self.hand.of(0, 4, 8))
        form = self.hand.of("meeting", "written" if self.procedure == "weitang" else "yard")
        data = {"form": form, "held_on": held.isoformat(), "place": "议事室", "convener": w.posts[convener],
                "recorder": self.hand.of(w.posts[w.clerk], None)}  # fmt: skip
        w.do("convene", data, on=w.today, typed=max(w.today, w.clock.now.date()))
        w.do("give_notice", {"by": "all"}, on=w.today, typed=w.clock.now.date())
        self.attempt("table", {"meeting": w.meeting}, w.today, {"post": w.posts[convener]}, {})
        w.today = held
        w.clock.turn(held)
        w.do("hold_meeting", {"summary": "逐项商量。"}, on=held, typed=max(held, w.clock.now.date()))
        for name in ("take_up", "conclude"):
            if self.chance.randrange(6):
                why = {"W-G11": "都点了头。", "X-G8": "前年调研过。"}
                self.attempt(name, self.hand.data(name, w.row), held, {"post": w.posts[convener]}, why)

    def attempt(
        self, name: str, data: dict[str, Any], on: Any, decided: Any, reasons: dict[str, str]
    ) -> None:
        before = traces()
        self.w.clock.turn(self.w.today)
        people = (
            self.w.clerk,
            self.w.clerk,
            self.w.clerk,
            self.w.clerk,
            "p-cheng",
            "p-fu",
            "p-gao",
            "p-nobody",
        )
        by = "p-cheng" if name in ("accept_archive", "return_file") else self.hand.of(*people)
        act = Act(name, on, by, data, subject=self.w.matter, decided_by=decided, reasons=reasons)
        try:
            self.w.perform_all(act, turn=False)
            self.seen[name, True] += 1
            self.w.today = max(self.w.today, on)
            assert len(traces()["Entry"]) == len(before["Entry"]) + 1
        except (Refused, Malformed, NotFound, Conflict):
            self.seen[name, False] += 1
            assert traces() == before, name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("procedure", ["weitang", "xieshang", "liyang"])
def test_whatever_is_tried_nothing_refused_leaves_a_trace_and_the_entries_make_the_rows(
    world: World, procedure: str, seed: int
) -> None:
    walk = Walk(world, procedure, seed)
    walk.go(STEPS)
    _, differences = replay()
    assert not differences
    assert not [p for report in verify_all() for p in report.problems]
    assert sum(n for (_, allowed), n in walk.seen.items() if allowed) >= 3
    assert sum(n for (_, allowed), n in walk.seen.items() if not allowed) >= 3
    if os.environ.get("WALKS_SHOW"):
        print(
            procedure, seed, world.row.stage, sum(walk.seen.values()), sorted({n for n, a in walk.seen if a})
        )
