"""One example line for each act of the systems that decide step by step, for ``docs/acts.md``."""

from __future__ import annotations

from typing import Any

ROOMS = {
    "proposing": "From asking around to a proposal",
    "forums": "Hearings, coordination, appraisal",
    "rulebook": "Rulebooks",
}

_PARTY = {"body": "party", "paper": "支部会议记录2026-3", "present": 5}
_COMMITTEES = {"body": "two_committees", "paper": "“两委”会议记录2026-4", "present": 7}
_MEMBERS = {"body": "party_members", "paper": "党员大会记录2026-2", "present": 20}


def _line(data: dict[str, Any], decided: Any = "party_secretary") -> dict[str, Any]:
    return {"matter": "@road", "entered_by": "p-wang", "decided_by": decided, "data": data}


_EFFECTS = [{"what": "更换水管", "hundredths": 42_000, "unit": "米"}]
_APPRAISED = {"present": 26, "satisfied": 22, "mostly": 3, "unsatisfied": 1, "words": "路面还没有补平。"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "admit": _line({"in_scope": True, "category": "renewal", "touches": [], "amount": 120_000}),
    "open_collecting": _line({"topic": "水管怎么改？", "methods": ["visit", "talk"]}, _PARTY),
    "enter_heard": _line({"group": "residents", "method": "visit", "count": 40, "words": "先改西区。"}),
    "close_collecting": _line({"summary": "先改西区。", "party_study_on": "2026-04-12"}, _PARTY),
    "propose_plan": _line({"plan": "西区先改，六月完工。", "cited": 30, "form": "提议表2026-1"}, _COMMITTEES),
    "discuss_proposal": _line(
        {"result": "agreed", "note": "同意。", "vote": "hands", "votes_for": 6}, _COMMITTEES
    ),
    "review_proposal": _line(
        {"result": "agreed", "note": "同意。", "total": 30, "present": 20, "votes_for": 19}, _MEMBERS
    ),
    "stop_matter": _line({"reason": "今年没有资金。", "paper": "支部会议记录2026-5"}, _PARTY),
    "record_effects": _line({"amount": 118_000, "effects": _EFFECTS}),
    "register_clearance": _line(
        {"by": "township", "office": "河口镇政府", "approved": True, "paper": "〔2026〕8号"}
    ),
    "announce_hearing": _line(
        {"topic": "水管改造方案", "called_for": "2026-05-12", "place": "村议事室", "seats": 10}
    ),
    "name_delegates": _line({"names": "西区业主代表\n东区业主代表", "count": 2}),
    "send_papers": _line({"papers": "方案、预算"}),
    "hold_hearing": _line({"present": 12, "observers": 6, "words": "一、先改西区；二、夜里不停水。"}),
    "sign_record": _line({"signed": 12, "paper": "村档案柜2号"}),
    "answer_hearing": _line({"answer": "两条都采纳。"}),
    "call_off_hearing": _line({"reason": "没有人报名。"}),
    "open_coordination": _line({"topic": "停车位", "sides": [{"name": "一层商户"}, {"name": "楼上住户"}]}),
    "look_into": _line({"papers": "量了车位，晚上空十二个。"}),
    "hold_coordination": _line(
        {"outcome": "agreed", "present": 4, "place": "社区会议室", "words": "错时停车。"}
    ),
    "look_back": _line({"kept": True, "answer": "两个月来都照办。"}),
    "set_appraisal": _line({"topic": "换管工程，按约定", "called_for": "2026-06-10", "place": "村议事室"}),
    "skip_appraisal": _line({"reason": "工程很小，检查时已经问过。"}),
    "call_appraisal": _line({"count": 30}),
    "hold_appraisal": _line(_APPRAISED),
    "show_appraisal": _line({"place": "公开栏"}),
    "answer_appraisal": _line({"answer": "本月补平路面。"}),
    "adopt_rulebook": {
        "unit": "hekou",
        "entered_by": "p-su",
        "data": {
            "procedure": "siyi",
            "version": "0123456789abcdef",
            "text": 'id = "siyi"',
            "body": "河口镇党委",
            "number": "河口镇党委〔2026〕1号",
        },
    },
}
