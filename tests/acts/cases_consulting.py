"""Each act of consultation under a CPPCC room: how the unit comes to the point, and who may enter it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.acts import consulting as way
from tests.acts.consulting import COMMITTEE, CPPCC, MEMBER, NOTICE, OFFICE, ROOM, THREE
from tests.acts.world import SECRETARY, World

from shangliang.cases.models_consulting import Suggestion

How = dict[str, Any]
Case = Callable[..., Callable[[Callable[[World], How]], Callable[[World], How]]]
STREET = {"unit": "hekou", "by": "p-su"}


def add(case: Case) -> None:
    """Registers them with the table that holds every act."""
    _topics(case)
    _preparing(case)
    _consulting(case)
    _results(case)
    _beside(case)
    _surveys(case)
    _bodies(case)


def _topics(case: Case) -> None:
    @case("propose")
    def _(w: World) -> How:
        way.street(w)
        return {
            **STREET,
            "data": {"category": "decision", "item": "planning", "title": "五年规划"},
            "decided": OFFICE,
        }

    @case("set_topic", "p-sun")
    def _(w: World) -> How:
        way.raised(w)
        return {"data": {"category": "rural"}, "decided": MEMBER}

    @case("decline_topic", "p-sun")
    def _(w: World) -> How:
        way.raised(w)
        return {"data": {"reason": "已经起诉。"}, "decided": MEMBER}

    @case("link_petition", "p-sun")
    def _(w: World) -> How:
        way.raised(w)
        return {"data": {"number": "信〔2026〕8号", "cause": "delay"}}

    @case("link_matter", "p-sun")
    def _(w: World) -> How:
        first = way.raised(w).matter
        w.opened("04-03")
        return {"data": {"other": first}}

    @case("log_contact", "p-sun")
    def _(w: World) -> How:
        way.raised(w)
        return {"data": {"to": "县住建局", "note": "六月有专项资金。"}}


def _preparing(case: Case) -> None:
    @case("issue_notice")
    def _(w: World) -> How:
        way.passed(w)
        return {**STREET, "data": NOTICE, "decided": OFFICE}

    @case("release_information", "p-li")
    def _(w: World) -> How:
        way.told(w)
        return {"data": {"materials": [{"name": "方案"}]}, "decided": SECRETARY}

    @case("fix_participants", "p-sun")
    def _(w: World) -> How:
        way.approved(w)
        return {"data": {"participants": list(THREE)}, "decided": MEMBER}

    @case("notify_participants")
    def _(w: World) -> How:
        way.named(w)
        return {**STREET, "data": {"by": "phone"}, "decided": ROOM}

    @case("register_receipt", "p-sun")
    def _(w: World) -> How:
        way.fixed(w)
        return {"data": {"participant": way.participant(w), "reply": "coming"}}

    @case("set_form", "p-sun")
    def _(w: World) -> How:
        way.fixed(w)
        return {"data": {"way": "yard"}, "decided": MEMBER}

    @case("report_study", "p-sun")
    def _(w: World) -> How:
        way.formed(w)
        return {"data": {"note": "看了四公里。"}, "decided": CPPCC}


def _consulting(case: Case) -> None:
    @case("enter_statement", "p-sun")
    def _(w: World) -> How:
        way.begun(w)
        return {"data": {"participant": way.participant(w), "words": "先清主渠。"}, "decided": MEMBER}

    @case("record_vote", "p-sun")
    def _(w: World) -> How:
        way.begun(w)
        count = {
            "question": "先清主渠",
            "electorate": "到会人员",
            "entitled": 9,
            "present": 8,
            "votes_for": 6,
            "against": 2,
        }
        return {"data": count, "decided": MEMBER}

    @case("plan_next", "p-sun")
    def _(w: World) -> How:
        way.concluded(w, "again")
        return {"data": {"differences": [{"text": "谁出钱"}], "then": "meet"}, "decided": MEMBER}


def _results(case: Case) -> None:
    @case("compile_opinion", "p-sun")
    def _(w: World) -> How:
        way.concluded(w)
        return {"data": {"suggestions": [{"text": "先清主渠"}]}, "decided": MEMBER}

    @case("check_policy", "p-sun")
    def _(w: World) -> How:
        way.concluded(w)
        return {"data": {"passed": True}, "decided": MEMBER}

    @case("send_bulletin")
    def _(w: World) -> How:
        way.compiled(w)
        return {**STREET, "data": {"to": ["party", "government"]}, "decided": ROOM}

    @case("submit_reference", "p-sun")
    def _(w: World) -> How:
        way.concluded(w, "escalate")
        return {"data": {"to": ["party"], "text": "三种意见。"}, "decided": MEMBER}

    @case("record_decision")
    def _(w: World) -> How:
        way.sent(w)
        return {**STREET, "data": {"decision": "yes"}, "decided": COMMITTEE}

    @case("feed_back", "p-sun")
    def _(w: World) -> How:
        way.carried_out(w)
        return {
            "data": {"to": ["participants"], "decision": "采纳。", "execution": "通水了。"},
            "decided": MEMBER,
        }

    @case("exempt_feedback")
    def _(w: World) -> How:
        way.resolved(w)
        data = {"ground": "工作秘密", "approver": "街道党委", "approved_on": "2026-03-20"}
        return {**STREET, "data": data, "decided": COMMITTEE}

    @case("publish_within")
    def _(w: World) -> How:
        way.fed_back(w)
        return {**STREET, "data": {"scope": ["members"], "text": "先修漏雨。"}, "decided": OFFICE}


def _beside(case: Case) -> None:
    @case("register_delivery", "p-sun")
    def _(w: World) -> How:
        way.concluded(w, "escalate")
        done = w.do("submit_reference", {"to": ["party"], "text": "三种意见。"}, on="04-21", decided=MEMBER)
        return {"data": {"dispatch": f"{done.entry}.0", "by": "镇党委办公室"}}

    @case("follow_up", "p-sun")
    def _(w: World) -> How:
        way.checked(w)
        one = Suggestion.objects.filter(matter=w.matter).order_by("number")[0]
        return {"data": {"suggestion": one.pk, "state": "adopted"}}

    @case("supervise", "p-gao")
    def _(w: World) -> How:
        way.raised(w)
        return {"data": {"note": "账目当天公布。"}, "decided": {"role": "supervision_head"}}

    @case("inspect")
    def _(w: World) -> How:
        way.arranged(w)
        w.appoint("p-geng", "耿直", "donghe", "inspector")
        return {"data": {}, "decided": {"role": "inspector"}}


def _surveys(case: Case) -> None:
    @case("open_survey", "p-li", "p-sun")
    def _(w: World) -> How:
        w.opened("04-02")
        return {"data": {"title": "投放点", "questions": way.QUESTIONS}}

    @case("enter_paper_totals", "p-li", "p-sun")
    def _(w: World) -> How:
        survey = way.surveyed(w)
        return {
            "data": {"question": survey[:-1] + "1", "counts": [3, 4], "teller": "马秀英", "second": "林树生"}
        }

    @case("close_survey", "p-li", "p-sun")
    def _(w: World) -> How:
        return {"data": {"survey": way.surveyed(w)}}


def _bodies(case: Case) -> None:
    @case("form_body")
    def _(w: World) -> How:
        return {"data": {"kind": "council", "name": "议事会"}}

    @case("seat_member")
    def _(w: World) -> How:
        return {"data": {"body": way.council(w), "post": w.posts["p-ma"], "sector": "农业界"}}

    @case("leave_seat")
    def _(w: World) -> How:
        body = way.council(w)
        done = w.do("seat_member", {"body": body, "post": w.posts["p-ma"]}, unit="liushu", subject=None)
        return {"data": {"seat": f"{done.entry}.0"}}

    @case("record_selection")
    def _(w: World) -> How:
        return {"data": {"body": way.council(w), "method": "elected", "pool": 60, "chosen": 9}}

    @case("name_pilots")
    def _(w: World) -> How:
        return {"data": {"pilots": [{"unit": "yangshu"}]}, "unit": "hekou", "by": "p-su"}

    @case("note_visit", "p-sun", "p-zhang")
    def _(w: World) -> How:
        return {"data": {"words": "东渠又堵了。", "tag": "two_goings"}}
