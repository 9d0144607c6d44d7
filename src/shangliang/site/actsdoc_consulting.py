"""One example line for each act of consultation under a CPPCC room and of standing bodies, for ``docs/acts.md``."""

from __future__ import annotations

from typing import Any

ROOMS = {
    "topic": "Setting a topic under a CPPCC room",
    "consulting": "Preparing a consultation and holding it",
    "results": "What becomes of a consultation",
    "survey": "Surveys",
    "standing": "Standing bodies, rosters, pilots",
}

_PARTY = {"body": "party", "paper": "街道党委会议纪要8号", "present": 9}
_ONE = {"text": "先修漏雨和管网", "kind": "consensus"}


def _line(data: dict[str, Any], decided: Any = "room_director") -> dict[str, Any]:
    return {"matter": "@renewal", "entered_by": "p-ji", "decided_by": decided, "data": data}


def _beside(data: dict[str, Any]) -> dict[str, Any]:
    return {"matter": "@renewal", "entered_by": "p-ji", "data": data}


def _of_unit(data: dict[str, Any], unit: str = "weitang") -> dict[str, Any]:
    return {"unit": unit, "entered_by": "p-ji", "data": data}


_VOTE = {
    "mode": "hands", "question": "先修漏雨和管网", "electorate": "到会委员", "entitled": 9, "present": 8, "quorum": "half",
    "threshold": "half_present", "votes_for": 6, "against": 1, "abstained": 1,
}  # fmt: skip
_PROPOSED = {
    "category": "project", "item": "construction", "title": "老旧小区改造三年安排", "amount": 36_000_000, "off_budget": True,
    "funds": "fiscal",
}  # fmt: skip
_QUESTION = {"text": "投放点离家多远合适？", "options": ["五十米内", "一百米内"]}

EXAMPLES: dict[str, dict[str, Any]] = {
    "propose": {
        "as": "renewal",
        "unit": "weitang",
        "entered_by": "p-ji",
        "decided_by": "office_director",
        "data": _PROPOSED,
    },
    "set_topic": _line(
        {"category": "rural", "reach": "village", "complexity": "plain", "touches": []}, "cppcc_member"
    ),
    "decline_topic": _line({"reason": "已经起诉到法院。"}, "cppcc_member"),
    "link_petition": _beside({"number": "信〔2026〕8号", "cause": "delay"}),
    "link_matter": _beside({"other": "3F7K29"}),
    "log_contact": _beside({"to": "县住建局", "note": "今年专项资金六月下达。"}),
    "issue_notice": _line(
        {"number": "1号", "focus": "改造次序", "materials": [{"name": "方案", "pages": 12}]},
        "office_director",
    ),
    "release_information": _line(
        {"where": "both", "materials": [{"name": "方案", "pages": 4}]}, "party_secretary"
    ),
    "fix_participants": _line(
        {
            "participants": [
                {"kind": "member", "name": "阮委员"},
                {"kind": "department", "department": "县住建局"},
            ]
        }
    ),
    "notify_participants": _line({"by": "phone"}),
    "register_receipt": _beside({"participant": "weitang.31.0", "reply": "coming"}),
    "set_form": _line({"way": "special", "where": "front"}),
    "report_study": _line({"note": "走访四个小区六十户，漏雨和管网最急。"}, "cppcc_member"),
    "enter_statement": _line({"participant": "weitang.31.0", "words": "先修漏雨。"}),
    "record_vote": _line(_VOTE),
    "compile_opinion": _line({"suggestions": [_ONE]}),
    "check_policy": _line({"passed": True}, "cppcc_member"),
    "plan_next": _line({"differences": [{"text": "谁来出钱"}], "then": "meet"}, "cppcc_member"),
    "send_bulletin": _line({"number": "2026年第3期", "to": ["party", "government"]}),
    "submit_reference": _line({"to": ["party"], "text": "三轮协商，有三种意见。"}, "cppcc_member"),
    "register_delivery": _beside({"dispatch": "weitang.44.0", "by": "党政办公室"}),
    "record_decision": _line({"decision": "yes", "on": "2026-03-20", "note": "采纳前两条。"}, _PARTY),
    "feed_back": _line({"to": ["room"], "decision": "采纳两条。", "execution": "六月开工。"}, _PARTY),
    "exempt_feedback": _line(
        {"ground": "工作秘密", "approver": "街道党委", "approved_on": "2026-03-20"}, _PARTY
    ),
    "publish_within": _line({"scope": ["members", "public"], "text": "先修漏雨和管网。"}, "office_director"),
    "follow_up": _beside({"suggestion": "weitang.43.0", "state": "not_adopted", "why": "资金明年安排。"}),
    "supervise": _line({"note": "账目当天公布。"}, "supervision_head"),
    "inspect": _line(
        {"organisation": "部署到位。", "policy": "先协商后决策。", "effect": "群众满意。"}, "inspector"
    ),
    "open_survey": _beside({"title": "投放点放在哪里好", "questions": [_QUESTION]}),
    "enter_paper_totals": _beside(
        {"question": "weitang.50.1", "counts": [61, 40], "teller": "丁玉兰", "second": "葛建平"}
    ),
    "close_survey": _beside({"survey": "weitang.50.0"}),
    "form_body": _of_unit(
        {"kind": "leading_group", "name": "协商民主工作领导小组", "paper": "街道党委〔2026〕12号"}
    ),
    "seat_member": _of_unit(
        {"body": "weitang.9.0", "post": "weitang.4.0", "position": "head", "sector": "教育界"}
    ),
    "leave_seat": _of_unit({"seat": "weitang.12.0"}),
    "record_selection": _of_unit({"body": "weitang.9.0", "method": "elected", "pool": 120, "chosen": 11}),
    "name_pilots": _of_unit({"pilots": [{"unit": "chengguan", "seat": True}, {"unit": "shiqiao"}]}, "qinghe"),
    "note_visit": _of_unit({"grid": "第二网格", "tag": "two_goings", "words": "学校门口过街太险。"}),
}
