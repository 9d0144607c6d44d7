"""What was begun is not left silently: a hearing, a coordination, a round during the work; and each reason is said once."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.acts import consulting, deciding
from tests.acts.deciding import COMMITTEES, adopt
from tests.acts.world import PARTY, SECRETARY, World

from shangliang.acts.copies import ends, keep
from shangliang.acts.replay import replay
from shangliang.cases.models import Copy, Forum

NOTICE = {"topic": "水管改造方案", "called_for": "2026-05-12", "place": "村议事室"}
SIDES = {"topic": "停车位", "sides": [{"name": "一层商户"}, {"name": "楼上住户"}]}


@pytest.fixture
def w(world: World) -> World:
    return world


def _called(w: World) -> dict[str, str]:
    w.called(held="05-12", on="05-02")
    return {"meeting": w.meeting}


def test_a_hearing_that_was_announced_is_not_left_without_a_word(w: World) -> None:
    deciding.proposed(w)
    w.do("announce_hearing", NOTICE, on="05-01", decided=SECRETARY)
    onto = _called(w)
    assert w.refused("table", onto, decided=SECRETARY) == ["hearing"]
    assert w.stage == "Z-3" and w.flows()["hearing"] == "h2"
    done = w.do("table", onto, decided=SECRETARY, reasons={"hearing": "街道统一听证，社区不再另开。"})
    assert w.stage == "Z-3M" and "hearing" not in w.flows()
    given_up = Forum.objects.get(matter=w.matter)
    assert given_up.outcome == "given_up" and given_up.answer.text == "街道统一听证，社区不再另开。"
    assert "街道统一听证" not in w.entry(done).text  # the reason is sealed
    assert replay()[1] == []


def test_a_hearing_that_is_over_or_called_off_needs_no_reason(w: World) -> None:
    deciding.proposed(w)
    w.do("announce_hearing", NOTICE, on="05-01", decided=SECRETARY)
    w.do("call_off_hearing", {"reason": "没有人报名。"}, on="05-02", decided=SECRETARY)
    w.do("table", _called(w), decided=SECRETARY)
    assert w.stage == "Z-3M"


def test_sides_that_were_brought_together_are_not_left_silently_either(w: World) -> None:
    deciding.proposed(w)
    w.do("open_coordination", SIDES, on="05-01", decided=SECRETARY)
    onto = _called(w)
    assert w.refused("table", onto, decided=SECRETARY) == ["coordinate"]
    w.do("table", onto, decided=SECRETARY, reasons={"coordinate": "双方愿意直接上会商议。"})
    assert Forum.objects.get(matter=w.matter).outcome == "given_up"


def test_a_round_during_the_work_has_its_result_before_the_work_is_checked(w: World) -> None:
    consulting.decided(w)
    task = {"text": "一期", "owner": "水利站", "due": "2026-06-30"}
    w.do("set_tasks", {"tasks": [task]}, on="05-01", decided=SECRETARY)
    w.called(held="05-04", on="05-02")
    w.do("table", {"meeting": w.meeting}, on="05-02", decided=SECRETARY)
    w.do("report_progress", {"task": w.task().pk, "state": "done", "note": "完工。"}, on="05-03")
    w.do("finish_work", on="05-03")
    check = ({"satisfied": True},)
    by = {"decided": {"role": "supervision_head"}, "on": "05-04"}
    assert w.refused("check_work", *check, **by) == ["round"]
    w.do("hold_meeting", {"others": 3}, on="05-04")
    w.do("take_up", {"meeting": w.meeting}, on="05-04")
    assert w.refused("check_work", *check, **by, reasons={"round": "不开了。"}) == ["L-E11"]
    w.do("conclude", {"meeting": w.meeting, "outcome": "consensus"}, on="05-04", decided=SECRETARY)
    w.do("check_work", *check, **by)
    assert w.stage == "L-7"


def test_each_reason_is_said_once(w: World) -> None:
    deciding.raised(w, "siyi", "村道硬化", touches=["subsidy"])
    deciding.reviewed(w)
    late = deciding.resolution(party_study_on="2026-04-29")
    assert w.refused("record_resolution", late, on="04-28") == ["MT2"]


# ── what a meeting decides is counted (溧阳 L-5, 协商在基层 X-7) ───────────────────────────────────────────────────────────


def test_representatives_decide_with_their_quorum_whatever_the_carrier_was(w: World) -> None:
    consulting.agreed(w)
    by = {"body": "representatives", "paper": "代表会议记录"}
    assert set(w.refused("record_decision", {"decision": "yes"}, on="04-22", decided=by)) == {
        "wrong_decider",
        "OD2",
    }
    few = deciding.resolution(notice_on="2026-04-10", present=39, abstained=0)
    assert w.refused("record_resolution", few, on="04-22") == ["MT3"]
    w.do("record_resolution", deciding.resolution(notice_on="2026-04-10"), on="04-22")
    assert w.stage == "L-6" and "decided" in w.marks


def test_what_was_submitted_for_reference_is_not_decided_by_the_party_in_the_meetings_place(w: World) -> None:
    consulting.concluded(w, "escalate", touches=["subsidy"])
    w.do("submit_reference", {"to": ["party"], "text": "两种意见。"}, on="04-21", decided=consulting.MEMBER)
    w.do("exempt_notice", {"ground": "工作秘密", "approver": "镇党委", "note": "合同价。"}, on="04-21")
    assert w.stage == "X-7"
    assert w.refused("record_decision", {"decision": "yes"}, on="04-22", decided=PARTY) == ["OD2"]
    w.do("record_decision", {"decision": "no"}, on="04-22", decided=PARTY)
    w.do("record_resolution", deciding.resolution(notice_on="2026-04-10"), on="04-22")
    assert w.stage == "X-5" and "decided" in w.marks


def test_what_touches_only_units_stationed_here_needs_no_meeting(w: World) -> None:
    w.screened(touches=["resident_units"])
    assert w.row.needs_meeting is False


# ── the day of the event ─────────────────────────────────────────────────────────────────────────────────────────────


def test_one_person_in_both_posts_is_asked_of_the_day_of_the_meeting(w: World) -> None:
    w.appoint("p-li", None, "liushu", "director", on="2026-01-10")
    deciding.raised(w, "siyi", "村道硬化")
    plan = {"plan": "先修三百米。", "cited": 4, "party_study_on": "2026-04-04", "merged": True}
    w.do("release", {"post": w.posts["liushu.director"]}, on="04-20", subject=None, unit="liushu", by="p-su")
    w.do("propose_plan", plan, on="04-05", decided=PARTY)
    assert w.stage == "S-3"


def test_who_takes_both_posts_later_was_not_in_both_on_the_day(w: World) -> None:
    deciding.raised(w, "siyi", "村道硬化")
    w.appoint("p-li", None, "liushu", "director", on="2026-04-20")
    plan = {"plan": "先修三百米。", "cited": 4, "party_study_on": "2026-04-04", "merged": True}
    assert w.refused("propose_plan", plan, on="04-05", decided=COMMITTEES) == ["wrong_decider", "S-E1"]


# ── a rulebook adopted above ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_rulebook_adopted_above_throws_away_the_pages_of_every_place_below(w: World) -> None:
    assert kept(ends("liushu"))
    w.unit, w.clerk = "donghe", "p-zhao"
    adopt(w, "xieshang", on="05-01")
    assert not Copy.objects.filter(scope="liushu").exists()


def kept(read: dict[str, str]) -> bool:
    return keep("2026-05-01|/u/liushu/", "liushu", read, "etag", b"page", b"packed", timezone.now())


def test_a_page_rendered_while_a_rulebook_is_adopted_above_is_not_kept(w: World) -> None:
    """The page was read before the adoption and is offered after it: the adoption has thrown away what was there by then."""
    read = ends("liushu")
    assert set(read) == {"donghe", "hekou", "liushu"}
    w.unit, w.clerk = "donghe", "p-zhao"
    adopt(w, "xieshang", on="05-01")
    assert not kept(read) and not Copy.objects.filter(scope="liushu").exists()
    assert kept(ends("liushu")), "what is read from now on tells of the new rulebook"


def test_an_act_in_the_place_itself_keeps_its_page_from_being_kept_and_a_neighbours_does_not(
    w: World,
) -> None:
    read = ends("liushu")
    w.do("amend_unit", {"adults": 600}, subject=None, unit="yangshu", by="p-su")
    assert kept(read)
    w.do("amend_unit", {"adults": 861}, subject=None, unit="liushu", by="p-wang")
    assert not kept(read)


def test_a_page_of_no_place_is_never_kept(w: World) -> None:
    assert ends("nowhere") == {} and not kept({})
