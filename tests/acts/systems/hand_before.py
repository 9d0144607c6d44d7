"""Data of the acts from a topic to its meeting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.acts.consulting import THREE
from tests.acts.systems.choosing import BODIES, TEXTS, TOUCHES, Chooser
from tests.acts.systems.rows import Matter


class Before(Chooser):
    # ── topics ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _put_forward(self, m: Matter, on: date) -> dict[str, Any]:
        return {"title": "东渠清淤"}

    def _merge(self, m: Matter, on: date) -> dict[str, Any]:
        return {"into": self.one(self.o.topics)}

    def _propose(self, m: Matter, on: date) -> dict[str, Any]:
        return {"category": self.of("decision", "project", "funds", ""), "item": self.of("planning", "outlay", "", "no_such"),
                "title": self.of("五年规划", "五年规划", "五年规划", None), "amount": self.of(None, 3_000_000)}  # fmt: skip

    def _set_topic(self, m: Matter, on: date) -> dict[str, Any]:
        lists = self.o.system.lists
        found: dict[str, Any] = {
            k: self.of(*lists[k], *lists[k], "") for k in ("category", "reach", "complexity") if k in lists
        }
        if self.o.system.id == "weitang":
            found["item"] = self.of(*lists["item"], "")
        if "scope" in lists:
            found |= {"scope": self.of(["affairs"], ["property"], []), "subject": self.of([], ["project"])}
        if "group" in lists:
            found |= {"affected": self.of([], [], ["tenants"])}
        found |= {"major": self.rarely(3), "layer": self.of(1, 1, 2, 3), "title": self.of("东渠清淤", None)}
        return found | {"touches": self.of(*TOUCHES) if self.o.system.unit == "liushu" else []}

    def _approve(self, m: Matter, on: date) -> dict[str, Any]:
        return {"approved": not self.rarely(12), "present": 5}

    def _decline_topic(self, m: Matter, on: date) -> dict[str, Any]:
        return {"reason": "已经起诉。"}

    def _admit(self, m: Matter, on: date) -> dict[str, Any]:
        kinds = self.o.system.lists["scope"]
        return {
            "in_scope": not self.rarely(10),
            "category": self.of(*kinds, *kinds, "weather"),
            "touches": self.of(*TOUCHES, None),
        }

    # ── asking and proposing ────────────────────────────────────────────────────────────────────────────────────────

    def _open_collecting(self, m: Matter, on: date) -> dict[str, Any]:
        return {"topic": "怎么改？", "methods": ["visit"]}

    def _enter_heard(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "group": self.of("residents", "party_units", "shops"),
            "method": "visit",
            "count": 9,
            "words": "先改西区。",
        }

    def _close_collecting(self, m: Matter, on: date) -> dict[str, Any]:
        return {"summary": "先改西区。", "party_study_on": self._studied(on)}

    def _propose_plan(self, m: Matter, on: date) -> dict[str, Any]:
        return {"result": "back" if self.rarely() else "agreed", "plan": self.of("先改西区。", "先改西区。", None), "cited": self.of(9, 9, 0, None),
                "form": self.of("提议表1", ""), "merged": self.rarely(4), "party_study_on": self._studied(on)}  # fmt: skip

    def _discuss_proposal(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "result": "back" if self.rarely(6) else "agreed",
            "note": "同意。",
            "vote": self.of("hands", ""),
            "votes_for": self.of(6, None),
        }

    def _review_proposal(self, m: Matter, on: date) -> dict[str, Any]:
        return {"result": "back" if self.rarely(6) else "agreed", "note": "同意。", "total": self.of(30, 30, None),
                "present": self.of(20, 20, 19, 31), "votes_for": self.of(19, 19, None)}  # fmt: skip

    def _stop_matter(self, m: Matter, on: date) -> dict[str, Any]:
        return {"reason": "今年没有钱。", "paper": "支部会议记录"}

    def _report_up(self, m: Matter, on: date) -> dict[str, Any]:
        return {"to": "上级", "note": "请定。", "to_unit": self.of(None, None, "donghe", "yangshu")}

    def _record_return(self, m: Matter, on: date) -> dict[str, Any]:
        return {"result": self.of("discuss_again", "settled"), "note": "请再商议一次。"}

    def _record_effects(self, m: Matter, on: date) -> dict[str, Any]:
        one = [{"what": "铺路", "hundredths": 4200, "unit": "米"}]
        return {
            "amount": self.of(None, 90_000),
            "effects": self.of([], one, one),
            "note": self.of(None, "没有花钱。"),
        }

    # ── before the meeting ──────────────────────────────────────────────────────────────────────────────────────────

    def _issue_notice(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "focus": self.of("次序", "次序", None),
            "materials": self.of([{"name": "方案", "pages": 3}], [{"name": "方案"}], []),
        }

    def _release_information(self, m: Matter, on: date) -> dict[str, Any]:
        return {"materials": self.of([{"name": "方案"}], [{"name": "图纸", "pages": 2}], [])}

    def _fix_participants(self, m: Matter, on: date) -> dict[str, Any]:
        three = list(THREE)
        sides = [
            {"kind": "member", "name": f"老{n}", "side": side}
            for n, side in enumerate(("party", "people", "society"))
        ]
        group = [{"kind": "stakeholder", "name": "老马", "group": self.of("tenants", "nobody")}]
        return {"participants": self.of(three, three, sides, group, [{"kind": "member"}])}

    def _notify_participants(self, m: Matter, on: date) -> dict[str, Any]:
        return {"participants": self.of([], [], [self.one(m.people)])}

    def _register_receipt(self, m: Matter, on: date) -> dict[str, Any]:
        return {"participant": self.one(m.people), "reply": self.of("coming", "not_coming")}

    def _set_form(self, m: Matter, on: date) -> dict[str, Any]:
        lists = self.o.system.lists
        return {"way": self.of(*lists["form"], "", "dance"), "method": self.of("推选", ""),
                "carrier": self.of("council", "council", "representatives") if "carrier" in lists else ""}  # fmt: skip

    def _report_study(self, m: Matter, on: date) -> dict[str, Any]:
        return {"note": self.of(*TEXTS[:3], None)}

    def _table(self, m: Matter, on: date) -> dict[str, Any]:
        waiting = [i for i, g in self.o.meetings.items() if g.state == "called"] or list(self.o.meetings)
        return {"meeting": self.one(waiting)}

    # ── at the meeting ──────────────────────────────────────────────────────────────────────────────────────────────

    def _at(self, m: Matter) -> str:
        return m.rounds[-1].meeting if m.rounds and not self.rarely() else self.one(self.o.meetings)

    def _take_up(self, m: Matter, on: date) -> dict[str, Any]:
        return {"meeting": self._at(m)}

    def _conclude(self, m: Matter, on: date) -> dict[str, Any]:
        return {"meeting": self._at(m), "outcome": self.of("consensus", "consensus", "again", "escalate", "divided"),
                "agreed": self.of("先修主路。", None)}  # fmt: skip

    def _enter_statement(self, m: Matter, on: date) -> dict[str, Any]:
        left = [i for i, p in m.people.items() if not p.spoke] or list(m.people)
        said = self.of(
            {"words": "先修主路。"}, {"silent": True}, {"words": "书面同意。", "written": True}, {}
        )
        return {"participant": self.one(left), **said}

    def _record_vote(self, m: Matter, on: date) -> dict[str, Any]:
        return {"mode": self.of("hands", "ballot"), "question": "先修主路", "electorate": "到会", "entitled": 9,
                "present": self.of(8, 10),
                "voters": self.of([], [], [self.one(m.people)]), "votes_for": self.of(5, 9), "teller": "甲",
                "second": self.of("乙", "甲")}  # fmt: skip

    def _record_resolution(self, m: Matter, on: date) -> dict[str, Any]:
        body = (
            "collective_assembly"
            if "homestead" in m.touches
            else self.of("representatives", "representatives", "assembly")
        )
        present = self.of(41, 60, 60, 39)
        return {"body": body if not self.rarely() else self.of(*BODIES[:4]), "notice_on": (on - timedelta(days=self.of(5, 12, 12))).isoformat(),
                "authorised_by": self.of("授权1号", "授权1号", ""), "party_study_on": self._studied(on), "total": 60, "present": present,
                "votes_for": min(present, self.of(41, 20, 45)), "retry": self.of(True, False)}  # fmt: skip
