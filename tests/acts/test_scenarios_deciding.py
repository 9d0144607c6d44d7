"""The scenarios on 一征三议两公开, 四议两公开, the law of the day and versions, by their numbers (docs/scenarios.md).

``engine N`` are the tests an engine must pass from its first day, ``acceptance N`` those drawn from the sources' rows.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.acts import deciding as way
from tests.acts.world import CLEAR, PARTY, SECRETARY, World, day

from shangliang.acts.replay import replay
from shangliang.acts.rulebooks import of_unit, pinned
from shangliang.procedure.loader import load, procedure
from shangliang.units.models import Unit


@pytest.fixture
def w(db: None) -> World:
    return World()


def community(w: World) -> World:
    """The same place as a community: its law is that of communities."""
    data = {
        "name": "西街社区",
        "kind": "community",
        "parent": "hekou",
        "procedure": "yizheng",
        "representatives": 60,
    }
    w.do("found_unit", data, on="03-01", by="system", unit="xijie")
    for role in ("party_secretary", "clerk", "supervision_head"):
        w.appoint(f"p-x{role[:3]}", "某人", "xijie", role, on="2026-03-01")
    w.unit, w.clerk = "xijie", "p-xcle"
    return w


def admitted(w: World, **data: Any) -> World:
    w.opened("03-02")
    w.do("put_forward", {"title": "水管改造"}, on="03-02")
    w.do(
        "admit",
        {"in_scope": True, "category": "renewal", "touches": ["all_residents"], **data},
        on="03-02",
        decided=SECRETARY,
    )
    return w


def heard(w: World) -> World:
    w.do("open_collecting", {"topic": "怎么改？", "methods": ["visit"]}, on="03-03", decided=PARTY)
    for group in ("residents", "party_units"):
        w.do(
            "enter_heard", {"group": group, "method": "visit", "count": 20, "words": "先改西区。"}, on="03-04"
        )
    return w


# ── 一征三议两公开 ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_engine_15_acceptance_15_a_proposal_before_the_asking_is_closed_is_refused(w: World) -> None:
    way.raised(w, "yizheng")
    w.do("open_collecting", {"topic": "怎么改？", "methods": ["visit"]}, on="04-04", decided=PARTY)
    plan = {"plan": "西区先改。", "cited": 3, "form": "提议表1"}
    assert w.refused("propose_plan", plan, decided=way.COMMITTEES) == ["not_here"]
    assert w.refused("close_collecting", {"summary": "没有。", "party_study_on": "2026-04-04"}, decided=PARTY,
                     on="04-12") == ["Z-G2", "Z-G3"]  # fmt: skip


def test_acceptance_15_a_proposal_without_a_plan_is_refused(w: World) -> None:
    way.collected(w)
    assert w.refused("propose_plan", {"cited": 3, "form": "提议表1"}, decided=way.COMMITTEES) == ["Z-G6"]
    nothing = {"plan": "西区先改。", "cited": 0, "form": "提议表1"}
    assert w.refused("propose_plan", nothing, decided=way.COMMITTEES) == ["Z-G6"]
    assert w.refused(
        "propose_plan", {"plan": "西区先改。", "cited": 3, "form": "提议表1"}, decided=PARTY
    ) == ["wrong_decider"]
    way.proposed(w)
    assert w.stage == "Z-3"


def test_only_the_community_party_organisation_asks_for_opinions(w: World) -> None:
    way.raised(w, "yizheng")
    asked = {"topic": "怎么改？", "methods": ["visit"]}
    refused = w.refused("open_collecting", asked, decided={"body": "council", "paper": "记录"})
    assert set(refused) == {"wrong_decider", "Z-G1"}
    w.do("open_collecting", asked, decided=PARTY)
    assert w.refused("open_collecting", asked, decided=PARTY) == [
        "running", "not_here",
    ]  # fmt: skip


def test_too_few_days_of_asking_pass_with_a_written_reason(w: World) -> None:
    way.raised(w, "yizheng")
    w.do("open_collecting", {"topic": "怎么改？", "methods": ["visit"]}, on="04-04", decided=PARTY)
    for group in ("residents", "shops"):
        w.do(
            "enter_heard", {"group": group, "method": "visit", "count": 9, "words": "先改西区。"}, on="04-05"
        )
    said = {"summary": "先改西区。", "party_study_on": "2026-04-09"}
    assert w.refused("close_collecting", said, decided=PARTY, on="04-10") == ["Z-G4a"]
    w.do("close_collecting", said, decided=PARTY, on="04-10", reasons={"Z-G4a": "汛期前要开工。"})
    assert w.stage == "Z-2"


def test_engine_16_39_of_60_are_no_quorum_40_are(w: World) -> None:
    way.deliberated(w)
    few = way.resolution(present=39, votes_for=39, against=0, abstained=0)
    assert w.refused("record_resolution", few, on="04-28") == ["MT3"]
    w.do("record_resolution", way.resolution(), on="04-28")
    assert w.stage == "Z-5" and "decided" in w.marks


def test_engine_17_20_of_40_are_no_majority_21_are(w: World) -> None:
    way.deliberated(w)
    w.do("record_resolution", way.resolution(votes_for=20, retry=True), on="04-28")
    assert w.stage == "Z-3" and "decided" not in w.marks and not w.last("Ruling").passed


def test_engine_17_what_is_not_passed_and_not_retried_is_answered_and_stopped(w: World) -> None:
    way.deliberated(w)
    w.do("record_resolution", way.resolution(votes_for=20), on="04-28")
    assert w.stage == "Z-X"
    w.do(
        "reply", {"text": "代表会议没有通过，今年不办。", "redirect": "居委会"}, on="04-29", decided=SECRETARY
    )
    assert w.row.ended == "stopped" and "replied" in w.marks


def test_engine_18_a_notice_of_a_community_comes_down_after_fifteen_days(w: World) -> None:
    heard(admitted(community(w)))
    w.do(
        "close_collecting",
        {"summary": "先改西区。", "party_study_on": "2026-03-10"},
        on="03-12",
        decided=PARTY,
    )
    way.proposed(w, "03-13")
    post = w.posts["xijie.party_secretary"]
    guests = [{"kind": "member", "post": post}, {"kind": "unit", "department": "学校党支部"}]
    w.do(
        "convene", {"held_on": "2026-03-16", "place": "社区", "convener": post, "guests": guests}, on="03-13"
    )
    w.do("table", {"meeting": w.meeting}, on="03-13", decided=SECRETARY)
    w.do("give_notice", {"by": "all"}, on="03-13")
    w.do("hold_meeting", {"others": 3, "summary": "逐项商量。"}, on="03-16")
    w.do("take_up", {"meeting": w.meeting}, on="03-16")
    w.do("conclude", {"meeting": w.meeting, "outcome": "consensus", "agreed": "西区先改。"}, on="03-16")
    asked = way.resolution(notice_on="2026-03-16", party_study_on="2026-03-10")
    w.do("record_resolution", asked, on="03-20")
    w.do("draft_notice", {"text": "西区先改。"}, on="03-21")
    w.do("post_notice", {"poster": w.posts["xijie.clerk"]}, on="03-21")
    assert w.refused("take_down", {}, on="04-04") == ["PB3"]
    w.do("take_down", {}, on="04-05")
    assert w.last("Publication").outcome == "closed"


def test_acceptance_15_there_is_no_archive_without_the_second_publication(w: World) -> None:
    way.carried_out(w)
    assert w.stage == "Z-6"
    assert w.refused("close", {"result": "solved", "note": "好"}, decided=SECRETARY) == ["not_here"]
    w.do("record_effects", way.EFFECTS, on="05-20", decided=SECRETARY)
    assert w.refused("close", {"result": "solved", "note": "好"}, decided=SECRETARY) == ["not_here"]
    assert w.flows() == {"result_publication": "r1"}


def test_the_whole_way_of_一征三议两公开_to_the_archive_and_replay_makes_the_same(w: World) -> None:
    way.closed(w)
    w.do("accept_archive", {}, on="06-14", by="p-cheng", decided={"role": "archivist"})
    assert w.row.ended == "completed"
    assert w.marks == {"consulted", "decided", "published", "implemented"}
    assert [(p.about, p.outcome) for p in w.row.publications.order_by("drafted_on")] == [
        ("", "closed"),
        ("result", "closed"),
    ]
    assert sum(e.hundredths for e in w.row.effects.filter(unit="元")) == 11_800_000
    assert replay()[1] == []


def test_the_archive_names_what_is_missing(w: World) -> None:
    way.appraised(w)
    w.do("close", {"result": "solved", "note": "换完。"}, on="06-13", decided=SECRETARY)
    assert w.refused("accept_archive", {}, on="06-14", by="p-cheng", decided={"role": "archivist"}) == ["AR1"]


def test_a_sustained_objection_to_the_results_sends_back_the_numbers_not_the_decision(w: World) -> None:
    way.carried_out(w)
    w.do("record_effects", way.EFFECTS, on="05-20", decided=SECRETARY)
    way.posted(w, "05-21")
    w.do("object", {"words": "只换了三百米。"}, by="public", on="05-22")
    w.do("answer_objection", {"objection": w.last("Objection").pk, "sustained": True, "reason": "量错了。"}, on="05-23",
         decided=SECRETARY)  # fmt: skip
    assert w.stage == "Z-6" and {"consulted", "decided"} <= w.marks


def test_a_hearing_may_be_held_before_the_deliberation_and_too_few_days_need_a_reason(w: World) -> None:
    way.proposed(w)
    w.do(
        "announce_hearing",
        {"topic": "方案", "called_for": "2026-04-24", "place": "社区"},
        on="04-15",
        decided=SECRETARY,
    )
    assert w.flows() == {"hearing": "h2"}
    w.do("name_delegates", {"names": "老张", "count": 1}, on="04-15", decided=SECRETARY)
    w.do("send_papers", {"papers": "方案"}, on="04-16", decided=SECRETARY)
    said = {"present": 12, "words": "先改西区。"}
    assert w.refused("hold_hearing", said, on="04-24", decided=SECRETARY) == ["HR1"]
    w.do("hold_hearing", said, on="04-25", decided=SECRETARY)
    w.do("sign_record", {"signed": 12, "paper": "柜2"}, on="04-25", decided=SECRETARY)
    w.do("answer_hearing", {"answer": "都采纳。"}, on="04-26", decided=SECRETARY)
    assert w.stage == "Z-3" and w.flows() == {}


# ── 四议两公开 ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_四议_the_proposal_needs_the_day_of_the_party_organisations_study(w: World) -> None:
    way.raised(w, "siyi", "村道硬化")
    assert w.refused("propose_plan", {"plan": "先修三百米。", "cited": 2}, decided=PARTY) == ["S-G1"]


def test_四议_proposing_and_discussing_are_one_meeting_only_where_one_person_holds_both_posts(
    w: World,
) -> None:
    way.raised(w, "siyi", "村道硬化")
    plan = {"plan": "先修三百米。", "cited": 2, "party_study_on": "2026-04-04", "merged": True}
    assert w.refused("propose_plan", plan, on="04-05", decided=PARTY) == ["S-E1"]
    w.appoint("p-li", None, "liushu", "director")
    w.do("propose_plan", plan, on="04-05", decided=PARTY)
    assert w.stage == "S-3" and "consulted" in w.marks


def test_四议_fewer_than_two_thirds_of_the_party_members_need_a_reason(w: World) -> None:
    way.discussed(w)
    said = {"result": "agreed", "note": "同意。", "total": 30, "present": 19, "votes_for": 19}
    assert w.refused("review_proposal", said, on="04-08", decided=way.MEMBERS) == ["S-G3"]
    w.do("review_proposal", said, on="04-08", decided=way.MEMBERS, reasons={"S-G3": "十一位在外地务工。"})
    assert w.stage == "S-4"


def test_四议_a_review_that_sends_it_back_takes_the_mark_away(w: World) -> None:
    way.reviewed(w, result="back")
    assert w.stage == "S-2" and "consulted" not in w.marks


def test_the_whole_way_of_四议两公开_to_the_archive_and_replay_makes_the_same(w: World) -> None:
    way.reviewed(w)
    way.resolved(w, notice_on="2026-04-20", party_study_on="2026-04-04")
    way.carried_out(w)
    way.shown(w)
    assert w.stage == "S-8"
    way.closed(w)
    w.do("accept_archive", {}, on="06-14", by="p-cheng", decided={"role": "archivist"})
    assert w.row.ended == "completed" and replay()[1] == []


# ── the law of the day ───────────────────────────────────────────────────────────────────────────────────────────────


def test_engine_19_homesteads_are_for_the_collective_not_for_the_representatives(w: World) -> None:
    way.raised(w, "siyi", "宅基地使用方案", category="land", touches=["homestead"])
    way.reviewed(w)
    asked = {"notice_on": "2026-04-10", "party_study_on": "2026-04-04"}
    refused = w.refused("record_resolution", way.resolution(**asked), on="04-28")
    assert refused == ["MT6"]  # the law's overlay asks the same; people read it once
    w.do("record_resolution", way.resolution(**asked, body="collective_assembly", basis="members", total=300, present=201,
                                             votes_for=200, against=1, abstained=0), on="04-28")  # fmt: skip
    assert "decided" in w.marks


def test_engine_20_an_assembly_called_nine_days_ahead_needs_its_special_reason(w: World) -> None:
    way.reviewed(w)
    asked = way.resolution(body="assembly", basis="adults", total=860, present=431, votes_for=300, notice_on="2026-04-19",
                           party_study_on="2026-04-04")  # fmt: skip
    assert w.refused("record_resolution", asked, on="04-28") == ["MT1"]
    w.do("record_resolution", {**asked, "special_reason": "防汛抢修。"}, on="04-28")
    assert w.stage == "S-5"


@pytest.mark.parametrize(
    ("up", "down", "refused"), [("2025-12-21", "2025-12-28", []), ("2026-01-05", "2026-01-12", ["PB3"])]
)
def test_engine_21_a_notice_is_judged_by_the_law_of_the_day_it_went_up(
    w: World, up: str, down: str, refused: list[str]
) -> None:
    """A matter opened on 20 December 2025: seven days are enough for a notice of December, not for one of January."""
    w.today = day("2025-12-20")
    w.opened("2025-12-20")
    w.do("put_forward", {"title": "村东排水沟整修"})
    w.do("screen", {**CLEAR, "touches": []}, decided=SECRETARY)
    w.do("study", {"note": "淤了半米。", "present": 6})
    w.do("approve", {"approved": True, "present": 5}, decided=PARTY)
    w.called("2025-12-20", "2025-12-20")
    w.do("table", {"meeting": w.meeting}, decided=SECRETARY)
    w.do("take_up", {"meeting": w.meeting})
    w.do("conclude", {"meeting": w.meeting, "outcome": "consensus", "agreed": "先清淤。"})
    w.do("draft_notice", {"text": "先清淤。"}, on=up)
    w.do("post_notice", {"poster": w.posts["p-wang"], "witness": w.posts["p-gao"]}, on=up)
    if refused:
        assert w.refused("take_down", {}, on=down) == refused
    else:
        w.do("take_down", {}, on=down)
        assert w.last("Publication").outcome == "closed"


def test_land_leased_to_outsiders_waits_for_the_township(w: World) -> None:
    way.raised(w, "siyi", "河滩地对外发包", category="land", touches=["land_lease"])
    way.reviewed(w)
    w.do("record_resolution", way.resolution(body="collective_assembly", basis="members", total=300, present=201, votes_for=200,
                                             against=1, abstained=0, notice_on="2026-04-10", party_study_on="2026-04-04"), on="04-28")  # fmt: skip
    way.posted(w, "05-02")
    tasks = {"tasks": [{"text": "签合同", "owner": "柳树村", "due": "2026-06-01"}]}
    assert w.refused("set_tasks", tasks, on="05-02", decided=SECRETARY) == ["OL2"]
    w.do(
        "register_clearance",
        {"by": "township", "office": "河口镇政府", "approved": True, "paper": "〔2026〕8号"},
        on="05-06",
    )
    w.do("set_tasks", tasks, on="05-06", decided=SECRETARY)


# ── versions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

SETTINGS = """
overlay = "ours"
kind = "county"
on = "siyi"
name = "本县设置"
name_en = "ours"
brand = "本县四议"
brand_en = "Ours"
[flow.publication]
days = 20
"""


def test_a_new_version_is_for_new_matters_and_running_ones_keep_theirs(w: World) -> None:
    way.reviewed(w)
    first, version = w.matter, w.row.version
    ours = load(procedure("siyi").text, "siyi", [("ours.toml", SETTINGS)])
    data = {
        "procedure": "siyi",
        "version": ours.version,
        "text": ours.text,
        "body": "河口镇党委",
        "number": "〔2026〕9号",
    }
    w.do("adopt_rulebook", data, on="04-10")
    w.matter = ""
    w.opened("04-11")
    assert (w.row.version, w.row.procedure) == (ours.version, "siyi")
    w.matter = first
    assert w.row.version == version != ours.version
    assert of_unit(Unit.objects.get(pk="liushu")).name.zh == "本县四议"
    assert pinned("siyi", version).name.zh == "四议两公开"


def test_a_rulebook_that_is_not_what_it_says_or_not_proved_is_not_adopted(w: World) -> None:
    found = procedure("siyi")
    data = {"procedure": "siyi", "version": found.version, "text": found.text, "body": "河口镇党委"}
    assert w.refused("adopt_rulebook", {**data, "version": "0" * 16}) == ["other_version"]
    assert w.refused("adopt_rulebook", {**data, "text": "id = "}) == ["unreadable"]
    broken = found.text.replace('marks = ["replied"]\nfields', "fields", 1)
    assert "unproved" in w.refused(
        "adopt_rulebook", {**data, "text": broken, "version": load(broken, "x").version}
    )


def test_what_one_county_exports_another_adopts_and_works_by(w: World) -> None:
    ours = load(procedure("siyi").text, "siyi", [("ours.toml", SETTINGS)])
    data = {
        "procedure": "siyi",
        "version": ours.version,
        "text": ours.text,
        "body": "东河市委",
        "number": "〔2026〕1号",
    }
    w.do("adopt_rulebook", data, on="04-01", unit="donghe", by="p-zhao")
    adopted = Unit.objects.get(pk="donghe").adoptions.get()
    assert (adopted.version, adopted.body, adopted.number) == (ours.version, "东河市委", "〔2026〕1号")
    assert of_unit(Unit.objects.get(pk="yangshu")) == ours
    assert replay()[1] == []
