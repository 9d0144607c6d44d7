"""Data of the acts from a result to the archive, and of hearings and appraisals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.acts.systems.choosing import Chooser
from tests.acts.systems.rows import Matter


class After(Chooser):
    # ── results ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _plan_next(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "differences": self.of([{"text": "谁出钱"}], []),
            "then": self.of("study", "meet", "reference", None),
        }

    def _compile_opinion(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "suggestions": self.of(
                [{"text": "先修主路"}], [{"text": "先修主路"}, {"text": "东段", "kind": "reserved"}], []
            )
        }

    def _check_policy(self, m: Matter, on: date) -> dict[str, Any]:
        return {"passed": self.of(True, True, True, False, None)}

    def _send_bulletin(self, m: Matter, on: date) -> dict[str, Any]:
        return {"to": self.of(["party", "government"], ["party"])}

    def _submit_reference(self, m: Matter, on: date) -> dict[str, Any]:
        return {"to": self.of(["party"], ["party_org", "government"], ["departments"], [])}

    def _record_decision(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "decision": self.of("yes", "yes", "back", "no", None),
            "on": self.of(None, (on - timedelta(days=self.of(0, 9))).isoformat()),
        }

    def _feed_back(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "to": self.of(["participants"], ["room"]),
            "decision": self.of("采纳。", "采纳。", None),
            "execution": self.of("开工。", "开工。", None),
        }

    def _exempt_feedback(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "ground": "工作秘密",
            "approver": self.of("街道党委", ""),
            "approved_on": self.of(on.isoformat(), None),
        }

    def _publish_within(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "scope": self.of(["members"], ["public"], []),
            "text": self.of("先修主路。", "先修主路。", "电话13900000000。"),
        }

    def _follow_up(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "suggestion": self.one(m.suggestions),
            "state": self.of("done", "adopted", "not_adopted"),
            "why": self.of(None, "没有资金。"),
        }

    def _register_delivery(self, m: Matter, on: date) -> dict[str, Any]:
        return {"dispatch": self.one(i for *_, i in m.sent), "by": "办公室"}

    def _inspect(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "organisation": self.of(None, "到位。"),
            "policy": self.of(None, "落实。"),
            "effect": self.of(None, "满意。"),
        }

    def _supervise(self, m: Matter, on: date) -> dict[str, Any]:
        return {"note": "账目当天公布。"}

    # ── publication, work, end ──────────────────────────────────────────────────────────────────────────────────────

    def _draft_notice(self, m: Matter, on: date) -> dict[str, Any]:
        return {"text": self.of("先修主路。", "先修主路。", "电话13900000000。")}

    def _exempt_notice(self, m: Matter, on: date) -> dict[str, Any]:
        return {"ground": "工作秘密", "approver": "街道党委", "note": "点位。"}

    def _post_notice(self, m: Matter, on: date) -> dict[str, Any]:
        clerk = next(p.id for p in self.o.posts.values() if p.unit == m.unit and p.role == "clerk")
        return {
            "poster": self.of(clerk, clerk, None),
            "board": not self.rarely(6),
            "online": not self.rarely(6),
        }

    def _object(self, m: Matter, on: date) -> dict[str, Any]:
        return {"words": "太窄了。"}

    def _answer_objection(self, m: Matter, on: date) -> dict[str, Any]:
        left = [i for i, state in m.objections.items() if state == "open"] or list(m.objections)
        return {"objection": self.one(left), "sustained": self.rarely(5), "reason": "已加宽。"}

    def _set_tasks(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "tasks": [{"text": "修主路", "owner": "水利站", "due": self.of("2027-06-30", "2027-06-30", None)}]
        }

    def _report_progress(self, m: Matter, on: date) -> dict[str, Any]:
        left = [i for i, (state, _) in m.tasks.items() if state not in ("done", "not_done")] or list(m.tasks)
        return {"task": self.one(left), "state": self.of("done", "done", "doing"), "note": "修了。"}

    def _check_work(self, m: Matter, on: date) -> dict[str, Any]:
        return {"satisfied": not self.rarely(4)}

    def _close(self, m: Matter, on: date) -> dict[str, Any]:
        return {"result": self.of("solved", "partly", None), "note": self.of("修好了。", "修好了。", None)}

    def _return_file(self, m: Matter, on: date) -> dict[str, Any]:
        return {"missing": "缺签到表。"}

    def _reply(self, m: Matter, on: date) -> dict[str, Any]:
        return {"text": "不议，请找法院。", "redirect": self.of("人民法院", "人民法院", "")}

    def _confirm(self, m: Matter, on: date) -> dict[str, Any]:
        return {"solved": self.of(True, False)}

    def _told(self, m: Matter, on: date) -> dict[str, Any]:
        return {"opinion": self.one(m.opinions)}

    def _keep_paper(self, m: Matter, on: date) -> dict[str, Any]:
        lacking = sorted(self.o.system.archive(m) - self.o.file_of(m)) or ["other"]
        return {"kind": self.chance.choice(lacking), "place": "2号柜", "pages": 3}

    def _override(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "gate": self.of(*self.o.system.exceptions, "MT3"),
            "paper": "〔2026〕3号",
            "reason": "情况紧急。",
        }

    # ── hearings and their like ─────────────────────────────────────────────────────────────────────────────────────

    def _announce_hearing(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "topic": "方案",
            "called_for": (on + timedelta(days=self.of(12, 12, -1))).isoformat(),
            "place": "村部",
        }

    _set_appraisal = _announce_hearing

    def _name_delegates(self, m: Matter, on: date) -> dict[str, Any]:
        return {"names": "老张", "count": 1}

    def _send_papers(self, m: Matter, on: date) -> dict[str, Any]:
        return {"papers": "方案和预算"}

    def _hold_hearing(self, m: Matter, on: date) -> dict[str, Any]:
        return {"present": 12, "words": "先改西区。"}

    def _sign_record(self, m: Matter, on: date) -> dict[str, Any]:
        return {"signed": self.of(12, 9), "paper": "柜2"}

    def _answer_hearing(self, m: Matter, on: date) -> dict[str, Any]:
        return {"answer": "采纳了十条。"}

    _answer_appraisal = _answer_hearing

    def _call_off_hearing(self, m: Matter, on: date) -> dict[str, Any]:
        return {"reason": "没有人报名。"}

    def _skip_appraisal(self, m: Matter, on: date) -> dict[str, Any]:
        return {"reason": self.of("工程很小。", None)}

    def _open_coordination(self, m: Matter, on: date) -> dict[str, Any]:
        return {"topic": "停车位", "sides": [{"name": "商户"}, {"name": "住户"}]}

    def _look_into(self, m: Matter, on: date) -> dict[str, Any]:
        return {"papers": "量了车位。"}

    def _hold_coordination(self, m: Matter, on: date) -> dict[str, Any]:
        return {
            "outcome": self.of("agreed", "again", "differed"),
            "present": 4,
            "place": "社区",
            "words": "错时停车。",
        }

    def _look_back(self, m: Matter, on: date) -> dict[str, Any]:
        return {"kept": True, "answer": "都照办。"}

    def _call_appraisal(self, m: Matter, on: date) -> dict[str, Any]:
        return {"count": 20}

    def _hold_appraisal(self, m: Matter, on: date) -> dict[str, Any]:
        return {"present": 9, "satisfied": 7, "mostly": 1, "unsatisfied": self.of(1, 5), "words": "好。"}

    def _show_appraisal(self, m: Matter, on: date) -> dict[str, Any]:
        return {"place": "公开栏"}
