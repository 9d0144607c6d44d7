"""Each act of the systems that decide step by step: how the village comes to the point, and who may enter it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.acts import deciding as way
from tests.acts.world import PARTY, SECRETARY, World

from shangliang.procedure.loader import procedure

How = dict[str, Any]
Case = Callable[..., Callable[[Callable[[World], How]], Callable[[World], How]]]


def add(case: Case) -> None:
    """Registers them with the table that holds every act."""
    _asking(case)
    _proposing(case)
    _hearing(case)
    _coordinating(case)
    _appraising(case)

    @case("adopt_rulebook")
    def _(w: World) -> How:
        found = procedure("siyi")
        return {
            "data": {"procedure": "siyi", "version": found.version, "text": found.text, "body": "河口镇党委"}
        }

    @case("register_clearance", "p-li", "p-sun")
    def _(w: World) -> How:
        w.screened()
        return {"data": {"by": "township", "office": "河口镇政府", "approved": True, "paper": "〔2026〕8号"}}


def _asking(case: Case) -> None:
    @case("admit", "p-li")
    def _(w: World) -> How:
        way.adopt(w, "yizheng").opened("04-02")
        w.do("put_forward", {"title": "水管改造"}, on="04-02")
        return {"data": {"in_scope": True, "category": "renewal", "touches": []}, "decided": SECRETARY}

    @case("open_collecting")
    def _(w: World) -> How:
        way.raised(w, "yizheng")
        return {"data": {"topic": "怎么改？", "methods": ["visit"]}, "decided": PARTY}

    @case("enter_heard", "p-li", "p-zhang", "p-sun")
    def _(w: World) -> How:
        way.raised(w, "yizheng")
        w.do("open_collecting", {"topic": "怎么改？", "methods": ["visit"]}, decided=PARTY)
        said = {"group": "residents", "method": "visit", "count": 9, "words": "先改西区。"}
        return {"data": said, "decided": SECRETARY}

    @case("close_collecting")
    def _(w: World) -> How:
        way.raised(w, "yizheng")
        w.do("open_collecting", {"topic": "怎么改？", "methods": ["visit"]}, on="04-04", decided=PARTY)
        for group in ("residents", "shops"):
            w.do("enter_heard", {"group": group, "method": "visit", "count": 9, "words": "先改西区。"})
        return {"data": {"summary": "先改西区。", "party_study_on": "2026-04-10"}, "decided": PARTY}


def _proposing(case: Case) -> None:
    @case("propose_plan")
    def _(w: World) -> How:
        way.collected(w)
        return {"data": {"plan": "西区先改。", "cited": 9, "form": "提议表1"}, "decided": way.COMMITTEES}

    @case("discuss_proposal")
    def _(w: World) -> How:
        way.raised(w, "siyi")
        w.do(
            "propose_plan",
            {"plan": "先修三百米。", "cited": 4, "party_study_on": "2026-04-04"},
            on="04-05",
            decided=PARTY,
        )
        said = {"result": "agreed", "note": "同意。", "vote": "hands", "votes_for": 6}
        return {"data": said, "decided": way.COMMITTEES}

    @case("review_proposal")
    def _(w: World) -> How:
        way.discussed(w)
        said = {"result": "agreed", "note": "同意。", "total": 30, "present": 20, "votes_for": 19}
        return {"data": said, "decided": way.MEMBERS}

    @case("stop_matter")
    def _(w: World) -> How:
        way.raised(w, "siyi")
        return {"data": {"reason": "今年没有钱。", "paper": "支部会议记录"}, "decided": PARTY}

    @case("record_effects", "p-li")
    def _(w: World) -> How:
        way.carried_out(w)
        return {"data": way.EFFECTS, "decided": SECRETARY}


NOTICE = {"topic": "水管改造方案", "called_for": "2026-06-01", "place": "村议事室"}


def _announced(w: World) -> None:
    way.proposed(w)
    w.do("announce_hearing", NOTICE, on="05-02", decided=SECRETARY)


def _hearing(case: Case) -> None:
    @case("announce_hearing", "p-li")
    def _(w: World) -> How:
        way.proposed(w)
        return {"data": NOTICE, "decided": SECRETARY}

    @case("name_delegates", "p-li")
    def _(w: World) -> How:
        _announced(w)
        return {"data": {"names": "老张，西区", "count": 1}, "decided": SECRETARY}

    @case("call_off_hearing", "p-li")
    def _(w: World) -> How:
        _announced(w)
        return {"data": {"reason": "没有人报名。"}, "decided": SECRETARY}

    @case("send_papers", "p-li")
    def _(w: World) -> How:
        _announced(w)
        w.do("name_delegates", {"names": "老张，西区", "count": 1}, decided=SECRETARY)
        return {"data": {"papers": "方案和预算"}, "decided": SECRETARY}

    @case("hold_hearing", "p-li")
    def _(w: World) -> How:
        _sent(w)
        return {"data": {"present": 12, "words": "先改西区。"}, "decided": SECRETARY, "on": "05-20"}

    @case("sign_record", "p-li")
    def _(w: World) -> How:
        _heard(w)
        return {"data": {"signed": 12, "paper": "柜2"}, "decided": SECRETARY}

    @case("answer_hearing", "p-li")
    def _(w: World) -> How:
        _heard(w)
        w.do("sign_record", {"signed": 12, "paper": "柜2"}, decided=SECRETARY)
        return {"data": {"answer": "采纳了十条。"}, "decided": SECRETARY}


def _sent(w: World) -> None:
    _announced(w)
    w.do("name_delegates", {"names": "老张，西区", "count": 1}, decided=SECRETARY)
    w.do("send_papers", {"papers": "方案和预算"}, on="05-03", decided=SECRETARY)


def _heard(w: World) -> None:
    _sent(w)
    w.do("hold_hearing", {"present": 12, "words": "先改西区。"}, on="05-20", decided=SECRETARY)


SIDES = {"topic": "停车位", "sides": [{"name": "一层商户"}, {"name": "楼上住户"}]}


def _met(w: World) -> None:
    way.proposed(w)
    w.do("open_coordination", SIDES, decided=SECRETARY)
    w.do("look_into", {"papers": "量了车位。"}, decided=SECRETARY)


def _coordinating(case: Case) -> None:
    @case("open_coordination", "p-li")
    def _(w: World) -> How:
        way.proposed(w)
        return {"data": SIDES, "decided": SECRETARY}

    @case("look_into", "p-li")
    def _(w: World) -> How:
        way.proposed(w)
        w.do("open_coordination", SIDES, decided=SECRETARY)
        return {"data": {"papers": "量了车位。"}, "decided": SECRETARY}

    @case("hold_coordination", "p-li")
    def _(w: World) -> How:
        _met(w)
        return {
            "data": {"outcome": "agreed", "present": 4, "place": "社区", "words": "错时停车。"},
            "decided": SECRETARY,
        }

    @case("look_back", "p-li", "p-gao")
    def _(w: World) -> How:
        _met(w)
        w.do(
            "hold_coordination",
            {"outcome": "agreed", "present": 4, "place": "社区", "words": "错时停车。"},
            decided=SECRETARY,
        )
        return {"data": {"kept": True, "answer": "都照办。"}, "decided": SECRETARY}


WHAT = {"topic": "换管工程", "called_for": "2026-06-10", "place": "村议事室"}


def _appraising(case: Case) -> None:
    @case("set_appraisal", "p-gao")
    def _(w: World) -> How:
        way.shown(w)
        return {"data": WHAT, "decided": way.SUPERVISOR}

    @case("skip_appraisal", "p-gao")
    def _(w: World) -> How:
        way.shown(w)
        return {"data": {"reason": "工程很小。"}, "decided": way.SUPERVISOR}

    @case("call_appraisal", "p-gao")
    def _(w: World) -> How:
        way.shown(w)
        w.do("set_appraisal", WHAT, decided=way.SUPERVISOR)
        return {"data": {"count": 30}, "decided": way.SUPERVISOR}

    @case("hold_appraisal", "p-gao")
    def _(w: World) -> How:
        _called(w)
        return {"data": {"present": 26, "satisfied": 22, "words": "好。"}, "decided": way.SUPERVISOR}

    @case("show_appraisal", "p-gao")
    def _(w: World) -> How:
        _held(w)
        return {"data": {"place": "公开栏"}, "decided": way.SUPERVISOR}

    @case("answer_appraisal", "p-li")
    def _(w: World) -> How:
        _held(w)
        w.do("show_appraisal", {"place": "公开栏"}, decided=way.SUPERVISOR)
        return {"data": {"answer": "本月补平。"}, "decided": SECRETARY}


def _called(w: World) -> None:
    way.shown(w)
    w.do("set_appraisal", WHAT, decided=way.SUPERVISOR)
    w.do("call_appraisal", {"count": 30}, decided=way.SUPERVISOR)


def _held(w: World) -> None:
    _called(w)
    w.do("hold_appraisal", {"present": 26, "satisfied": 22, "words": "好。"}, decided=way.SUPERVISOR)
