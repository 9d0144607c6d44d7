"""The engine's tests of 魏塘 (P1), 协商在基层 (P2) and 溧阳 (P3), each named after its number and sentence, and the acceptance
scenarios of the same three. All of them go through ``perform``."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.acts import consulting as way
from tests.acts.consulting import COMMITTEE, COUNCIL, MEMBER, OFFICE, ROOM
from tests.acts.deciding import adopt
from tests.acts.world import PARTY, SECRETARY, World

from shangliang.acts.facts_consulting import site_facts
from shangliang.cases.models import Override, Ruling
from shangliang.cases.models_consulting import Suggestion, Vote
from shangliang.errors import Malformed
from shangliang.procedure.casebook import case
from shangliang.procedure.facts import Facts
from shangliang.procedure.judge import ask
from shangliang.procedure.loader import procedure
from shangliang.procedure.model import GateUse
from shangliang.procedure.vocabulary import HELD, Refused
from shangliang.record.models import SealedText
from shangliang.units.models import Unit

TOLD = {"W-G11": "到会的都在会上点了头。"}


def gate(ident: str, of: str) -> GateUse:
    """A gate of a shipped procedure, wherever it hangs."""
    from shangliang.procedure.linking import every_gate

    return next(g for g in every_gate(procedure(of)) if g.id == ident)


# ── 魏塘 ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_01_a_session_six_days_after_the_notice_is_refused_and_cites_w41(world: World) -> None:
    way.session(world, "03-08")
    assert world.refused("take_up", {"meeting": world.meeting}, on="03-08", decided=ROOM) == ["W-G9"]
    assert [c.cite for c in gate("W-G9", "weitang").cites] == ["W41"]


def test_02_a_session_seven_days_after_the_notice_passes(world: World) -> None:
    way.session(world, "03-09")
    world.do("take_up", {"meeting": world.meeting}, on="03-09", decided=ROOM)
    assert world.stage == "W-6"


def test_04_feedback_left_out_without_an_exemption_is_refused(world: World) -> None:
    way.resolved(world)
    nothing = {"to": ["room"], "decision": None, "execution": None}
    assert world.refused("feed_back", nothing, decided=COMMITTEE) == ["W-G17"]
    half = {"to": ["room"], "decision": "采纳。"}
    assert world.refused("feed_back", half, decided=COMMITTEE) == ["W-G17"]
    no_approver = {"ground": "工作秘密", "approver": "", "approved_on": None}
    assert world.refused("exempt_feedback", no_approver, decided=COMMITTEE) == ["W-E17", "W-E17"]
    world.do(
        "exempt_feedback",
        {"ground": "工作秘密", "approver": "街道党委", "approved_on": "2026-03-20"},
        decided=COMMITTEE,
    )
    assert world.stage == "W-11"


def test_05_a_secret_ballot_that_would_store_a_voter_is_refused(world: World) -> None:
    way.session(world)
    world.do("take_up", {"meeting": world.meeting}, on="03-09", decided=ROOM)
    count = {"mode": "ballot", "question": "先修漏雨", "electorate": "到会委员", "entitled": 9, "present": 8, "votes_for": 6,
             "teller": "马秀英", "second": "林树生"}  # fmt: skip
    voters = [way.participant(world)]
    assert world.refused("record_vote", {**count, "voters": voters}, decided=ROOM) == ["W-G12"]
    with pytest.raises(Malformed):
        world.do("record_vote", {**count, "votes": [{"voter": "马秀英", "choice": "for"}]}, decided=ROOM)
    world.do("record_vote", count, decided=ROOM)
    vote = Vote.objects.get(matter=world.matter)
    assert (vote.votes_for, vote.quorate, vote.passed) == (6, True, True)
    entry = world.entry(world.do("log_contact", {"to": "县住建局", "note": "问了。"}))
    assert "马秀英" not in entry.text


def test_a_ballot_on_paper_needs_the_names_of_two_tellers(world: World) -> None:
    way.session(world)
    world.do("take_up", {"meeting": world.meeting}, on="03-09", decided=ROOM)
    count: dict[str, Any] = {"mode": "ballot", "question": "先修漏雨", "electorate": "到会委员", "entitled": 9, "present": 8,
                             "votes_for": 6}  # fmt: skip
    assert world.refused("record_vote", count, decided=ROOM) == ["two_tellers"]
    one = {**count, "teller": "马秀英", "second": "马秀英"}
    assert world.refused("record_vote", one, decided=ROOM) == ["two_tellers"]


@pytest.mark.parametrize(
    ("quorum", "threshold", "present", "votes", "quorate", "passed"),
    [
        ("half", "half_present", 5, 3, True, True), ("half", "half_present", 4, 4, False, False),
        ("two_thirds", "half_present", 6, 3, True, False), ("two_thirds", "half_present", 5, 5, False, False),
        ("none", "two_thirds_present", 3, 2, True, True), ("half", "half_entitled", 7, 4, True, False),
        ("half", "two_thirds_entitled", 7, 6, True, True),
    ],
)  # fmt: skip
def test_a_vote_is_counted_by_the_quorum_and_threshold_declared_before(
    world: World, quorum: str, threshold: str, present: int, votes: int, quorate: bool, passed: bool
) -> None:
    way.begun(world)
    count = {"question": "先清主渠", "electorate": "到会人员", "entitled": 8 if quorum == "half" else 9, "present": present,
             "votes_for": votes, "quorum": quorum, "threshold": threshold}  # fmt: skip
    world.do("record_vote", count, decided=MEMBER)
    vote = Vote.objects.get(matter=world.matter)
    assert (vote.quorate, vote.passed) == (quorate, passed)


def test_24_with_the_committees_override_and_reason_the_session_passes_and_the_reason_is_kept(
    world: World,
) -> None:
    way.session(world, "03-08")
    allowed = {"gate": "W-G9", "paper": "街道党委〔2026〕5号", "reason": "汛期将至，提前一天开。"}
    world.do("override", allowed, on="03-08", decided={**COMMITTEE, "unit": "hekou"})
    world.do("take_up", {"meeting": world.meeting}, on="03-08", decided=ROOM)
    row = Override.objects.get(matter=world.matter)
    assert row.used_by and row.reason.text == "汛期将至，提前一天开。" and row.paper == "街道党委〔2026〕5号"


def test_scenario_2_a_notice_without_papers_is_refused_and_cites_w42(world: World) -> None:
    way.passed(world)
    bare = {"number": "1号", "focus": "改造次序", "materials": []}
    assert world.refused("issue_notice", bare, decided=OFFICE) == ["W-G6"]
    assert [c.cite for c in gate("W-G6", "weitang").cites] == ["W42"]
    no_focus = {"number": "1号", "materials": [{"name": "方案"}]}
    assert world.refused("issue_notice", no_focus, decided=OFFICE) == ["W-G5"]


def test_scenario_3_a_session_without_a_recorder_is_refused(world: World) -> None:
    way.session(world, recorder=False)
    assert world.refused("take_up", {"meeting": world.meeting}, on="03-09", decided=ROOM) == ["W-G10"]


def test_scenario_5_a_decision_dated_before_the_bulletin_is_flagged_and_needs_its_reason(
    world: World,
) -> None:
    way.sent(world)
    early = {"decision": "yes", "on": "2026-03-11", "note": "采纳。"}
    assert world.refused("record_decision", early, decided=COMMITTEE) == ["W-G16"]
    world.do("record_decision", early, decided=COMMITTEE, reasons={"W-G16": "防汛急办，先定后补。"})
    assert Ruling.objects.get(matter=world.matter, kind="decision").on == date(2026, 3, 11)


def test_only_the_room_fixes_who_takes_part(world: World) -> None:
    way.noticed(world)
    people = {"participants": [{"kind": "invited", "name": "濮阳春"}]}
    assert world.refused("fix_participants", people, decided=OFFICE) == ["wrong_decider"]


def test_nobody_studies_before_everyone_was_told(world: World) -> None:
    way.named(world)
    assert world.refused("set_form", {"way": "special"}, decided=ROOM) == ["W-G7"]


def test_the_bulletin_goes_to_committee_and_office(world: World) -> None:
    way.compiled(world)
    assert world.refused("send_bulletin", {"to": ["party", "departments"]}, decided=ROOM) == ["W-G15"]


def test_the_room_registers_a_decision_but_makes_none(world: World) -> None:
    way.sent(world)
    assert world.refused("record_decision", {"decision": "yes"}, decided=ROOM) == ["wrong_decider"]
    assert world.refused("record_decision", {"decision": "yes"}, decided={"body": "cppcc"}) == [
        "wrong_decider"
    ]


def test_a_matter_of_none_of_the_four_classes_is_refused(world: World) -> None:
    way.street(world)
    none = {"category": "", "item": "", "title": "买一盆花"}
    found = world.refused("propose", none, decided=OFFICE, reasons={"W-G2": "没有子项"})
    assert "W-G1" in found or "unknown:category" in found


def test_a_large_sum_without_its_amount_needs_a_reason(world: World) -> None:
    way.street(world)
    funds = {"category": "funds", "item": "outlay", "title": "环卫经费"}
    assert world.refused("propose", funds, decided=OFFICE) == ["W-G3"]
    world.do("propose", funds, decided=OFFICE, reasons={"W-G3": "数额待财政核定。"})


def test_of_a_personnel_matter_only_number_and_date_are_kept(world: World) -> None:
    way.street(world)
    person = {"category": "personnel", "item": "reserve"}
    told = {**person, "ref": "组〔2026〕7号", "title": "某人拟任", "explanation": "经研究……"}
    assert world.refused("propose", told, decided=OFFICE) == ["personnel"]
    assert world.refused("propose", person, decided=OFFICE) == ["ref_needed"]
    before = SealedText.objects.count()
    world.matter = world.do("propose", {**person, "ref": "组〔2026〕7号"}, decided=OFFICE).ident
    assert SealedText.objects.count() == before
    assert world.row.secret and world.row.title is None and world.row.topic.ref == "组〔2026〕7号"


def test_a_recruitment_plan_is_an_ordinary_matter(world: World) -> None:
    way.proposed(world, category="personnel", item="recruitment", title="网格员招聘计划")
    assert not world.row.secret and world.row.title.text == "网格员招聘计划"


def test_a_written_consultation_has_replies_and_a_last_day_instead_of_a_session(world: World) -> None:
    way.consulted(world, form="written", on="03-09")
    assert world.stage == "W-7"
    assert {"written_replies"} <= papers(world)


def test_a_text_with_a_telephone_number_is_not_made_public(world: World) -> None:
    way.fed_back(world)
    text = {"scope": ["public"], "text": "有事打13900000000。"}
    assert world.refused("publish_within", text, decided=OFFICE) == ["W-E31"]
    assert world.refused("publish_within", {"scope": [], "text": "先修漏雨。"}, decided=OFFICE) == ["W-G18"]


def papers(w: World) -> frozenset[str]:
    from shangliang.cases.papers import present

    return present(w.row)


# ── 协商在基层 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_06_a_session_is_not_closed_without_its_outcome(world: World) -> None:
    way.begun(world)
    with pytest.raises(Malformed) as error:
        world.do("conclude", {"meeting": world.meeting, "agreed": "会开过了。"}, decided=MEMBER)
    assert [p.field for p in error.value.problems] == ["outcome"]
    assert ask(gate("X-G9", "xieshang"), case("conclude", {"outcome": None})) is not HELD
    assert world.stage == "X-4"


def test_07_after_the_third_round_it_goes_on_with_a_hint_that_it_may_be_submitted(world: World) -> None:
    way.concluded(world, "again", "04-20")
    for on in ("04-24", "04-28"):
        then = {"differences": [{"text": "谁出钱"}], "then": "meet"}
        world.do("plan_next", then, on=on, decided=MEMBER)
        world.called(on, on, convener="p-sun")
        world.do("table", {"meeting": world.meeting}, on=on, decided=MEMBER)
        world.do("hold_meeting", {}, on=on)
        world.do("take_up", {"meeting": world.meeting}, on=on)
        world.do("conclude", {"meeting": world.meeting, "outcome": "again"}, on=on, decided=MEMBER)
    assert world.stage == "X-4N"
    hint = gate("X-G11", "xieshang")
    answer = ask(hint, rounds_of(world))
    assert hint.level == "info" and isinstance(answer, Refused)
    assert answer.satisfy.zh == "可以接着议，也可以提交决策参考。"
    world.do(
        "plan_next", {"differences": [{"text": "谁出钱"}], "then": "reference"}, on="04-29", decided=MEMBER
    )
    assert world.stage == "X-4E"


def rounds_of(w: World) -> Facts:
    from shangliang.acts.facts import gather

    return gather(w.row, w.row.unit, w.today, None, frozenset({"rounds"}))


def test_08_activity_that_is_ticked_without_a_session_in_twelve_months_fails_the_site_check(
    world: World,
) -> None:
    adopt(world, "xieshang")
    six = ["organisation", "place", "rules", "facilities", "sign", "activity"]
    world.do("equip_venue", {"name": "协商议事室", "haves": six}, on="04-02")
    unit = Unit.objects.get(pk="liushu")
    complete = gate("X-S1", "xieshang")

    def judged(on: date) -> Any:
        from dataclasses import replace

        return ask(complete, replace(case(on=on), site=site_facts(unit, on)))

    answer = judged(date(2026, 4, 3))
    assert isinstance(answer, Refused) and answer.say.zh == "还没有做到：有活动。"
    world.matter = ""
    world.called("04-20", "04-10", convener="p-sun")
    world.do("hold_meeting", {}, on="04-20")
    assert judged(date(2026, 4, 21)) is HELD
    assert judged(date(2027, 4, 21)) is not HELD


def test_scenario_6_council_members_alone_need_a_reason_that_names_the_two_missing_kinds(
    world: World,
) -> None:
    way.fixed(world, {"kind": "member", "name": "老马"})
    assert world.refused("set_form", {"way": "meeting"}, decided=MEMBER) == ["X-G4"]
    from shangliang.acts.facts import gather

    answer = ask(
        gate("X-G4", "xieshang"),
        gather(world.row, world.row.unit, world.today, None, frozenset({"participants"})),
    )
    assert isinstance(answer, Refused) and answer.say.zh == "参加人员里没有利益相关方、职能部门人员。"
    world.do("set_form", {"way": "meeting"}, decided=MEMBER, reasons={"X-G4": "只议议事会自己的规则。"})
    assert world.stage == "X-3"


def test_scenario_8_what_is_hard_to_agree_on_is_submitted_to_the_party_committee_for_reference(
    world: World,
) -> None:
    way.concluded(world, "escalate")
    assert world.stage == "X-4E"
    wrong = {"to": ["departments"], "text": "三种意见。"}
    assert world.refused("submit_reference", wrong, decided=MEMBER) == ["X-G12"]
    world.do("submit_reference", {"to": ["party"], "text": "三种意见。"}, decided=MEMBER)
    assert "reference" in papers(world)


def test_a_reference_passes_through_publication_before_it_ends(world: World) -> None:
    way.concluded(world, "escalate")
    world.do("submit_reference", {"to": ["party"], "text": "三种意见。"}, on="04-21", decided=MEMBER)
    assert world.stage == "X-4P" and world.flows() == {"publication": "p1"}
    assert world.refused("close", {"result": "partly", "note": "已提交。"}, decided=MEMBER) == ["not_here"]


def test_scenario_9_two_pilots_without_the_street_of_the_county_government_fail(world: World) -> None:
    adopt_in(world, "donghe", "xieshang")
    two = {"pilots": [{"unit": "liushu"}, {"unit": "yangshu"}]}
    assert world.refused("name_pilots", two, unit="donghe", by="p-zhao") == ["X-P2"]
    one = {"pilots": [{"unit": "hekou", "seat": True}]}
    assert world.refused("name_pilots", one, unit="donghe", by="p-zhao") == ["X-P1"]
    both = {"pilots": [{"unit": "hekou", "seat": True}, {"unit": "liushu"}]}
    world.do("name_pilots", both, unit="donghe", by="p-zhao")
    facts = site_facts(Unit.objects.get(pk="donghe"), world.today)
    assert [(p.unit, p.seat) for p in facts.pilots] == [("hekou", True), ("liushu", False)]


def adopt_in(w: World, unit: str, ident: str) -> None:
    found = procedure(ident)
    data = {"procedure": ident, "version": found.version, "text": found.text, "body": "县政协"}
    w.do("adopt_rulebook", data, unit=unit, by="p-zhao")


def test_approval_by_another_body_needs_a_reason(world: World) -> None:
    way.topic(world)
    by_council = {"approved": True, "present": 5}
    assert world.refused("approve", by_council, decided=COUNCIL) == ["X-G2"]
    world.do("approve", by_council, decided=COUNCIL, reasons={"X-G2": "书记外出，已电话报告。"})
    assert world.stage == "X-2"


def test_a_result_against_policy_goes_back_to_the_table(world: World) -> None:
    way.concluded(world)
    world.do("check_policy", {"passed": False, "note": "筹资超过限额。"}, decided=MEMBER)
    assert world.stage == "X-4N"


def test_a_statutory_matter_goes_to_the_meeting_the_law_names_with_what_was_agreed(world: World) -> None:
    way.concluded(world, touches=["collective_income"])
    assert world.stage == "X-4M" and world.flows() == {"statutory_meeting": "m1"}
    assert world.row.rounds.get().agreed.text == "先清主渠。"


def test_it_is_not_closed_before_every_suggestion_is_followed_up(world: World) -> None:
    way.carried_out(world)
    done = {"result": "solved", "note": "通水了。"}
    found = world.refused("close", done, decided=MEMBER)
    assert found == ["X-G15", "X-G16"]
    first, second = Suggestion.objects.filter(matter=world.matter).order_by("number")
    assert (first.number, second.number, second.kind) == (1, 2, "reserved")
    world.do("follow_up", {"suggestion": first.pk, "state": "done"})
    bare = {"suggestion": second.pk, "state": "not_adopted"}
    assert world.refused("follow_up", bare) == ["why_needed"]
    world.do("follow_up", {**bare, "why": "资金明年安排。"})
    world.do(
        "feed_back",
        {"to": ["participants"], "decision": "采纳一条。", "execution": "通水了。"},
        decided=MEMBER,
    )
    world.do("close", done, decided=MEMBER)
    assert world.stage == "X-8" and world.flows() == {"archive": "a1"}
    world.do("accept_archive", {}, by="p-cheng")
    assert world.row.ended == "completed"


# ── 溧阳 ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_09_a_decision_dated_before_the_last_round_is_refused(world: World) -> None:
    way.agreed(world)
    early = {"decision": "yes", "on": "2026-04-19"}
    assert world.refused("record_decision", early, on="04-22", decided=COUNCIL) == ["L-G10"]
    world.do("record_decision", {"decision": "yes", "on": "2026-04-20"}, decided=COUNCIL)
    assert "decided" in world.marks


def test_10_in_the_second_layer_tenants_who_are_not_represented_bring_a_warning(world: World) -> None:
    way.chosen(world, layer=2, affected=["tenants"])
    form = {"carrier": "council", "way": "civic", "method": "推选"}
    assert world.refused("set_form", form, decided=SECRETARY) == ["L-G4"]
    one = {"kind": "stakeholder", "name": "租户代表", "group": "tenants"}
    world.do("fix_participants", {"participants": [one]}, decided=SECRETARY)
    world.do("set_form", form, decided=SECRETARY)
    assert world.stage == "L-3"


def test_in_the_first_layer_nobody_is_warned(world: World) -> None:
    way.told(world, affected=["tenants"])
    assert world.stage == "L-3"


def test_scenario_10_nothing_is_resolved_or_begun_before_the_consultation_is_closed(world: World) -> None:
    way.released(world)
    assert world.refused("record_decision", {"decision": "yes"}, decided=COUNCIL) == ["not_here"]
    tasks = {"tasks": [{"text": "一期", "owner": "水利站", "due": "2026-06-30"}]}
    assert world.refused("set_tasks", tasks, decided=SECRETARY) == ["not_here"]
    for ident in ("L-G9", "L-G11"):  # and were the way open, the gates would still stand in it
        assert ask(gate(ident, "liyang"), case("record_decision", rounds=())) is not HELD


def test_scenario_10_a_major_affair_without_a_round_during_the_work_needs_a_reason(world: World) -> None:
    way.decided(world, major=True)
    task = {"text": "一期", "owner": "水利站", "due": "2026-06-30"}
    world.do("set_tasks", {"tasks": [task]}, on="05-01", decided=SECRETARY)
    world.do("report_progress", {"task": world.task().pk, "state": "done", "note": "完工。"}, on="05-05")
    world.do("finish_work")
    check = {"satisfied": True}
    watcher = {"role": "supervision_head"}
    assert world.refused("check_work", check, decided=watcher) == ["L-G12"]
    world.do("check_work", check, decided=watcher, reasons={"L-G12": "工期五天，会前已说定。"})
    assert world.stage == "L-7"


def test_a_round_during_the_work_is_held_beside_it_and_counts(world: World) -> None:
    way.decided(world, major=True)
    world.called("05-10", "05-01", convener="p-li")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    assert world.flows() == {"tracking": "k1", "round": "L-6R"}
    world.do("hold_meeting", {}, on="05-10")
    world.do("take_up", {"meeting": world.meeting}, on="05-10")
    world.do("conclude", {"meeting": world.meeting, "outcome": "consensus"}, on="05-10", decided=SECRETARY)
    assert [r.during for r in world.row.rounds.order_by("number")] == [False, True]
    task = {"text": "一期", "owner": "水利站", "due": "2026-06-30"}
    world.do("set_tasks", {"tasks": [task]}, decided=SECRETARY)
    world.do("report_progress", {"task": world.task().pk, "state": "done", "note": "完工。"}, on="05-12")
    world.do("finish_work")
    world.do("check_work", {"satisfied": True}, decided={"role": "supervision_head"})
    assert world.stage == "L-7"


def test_scenario_11_relocation_without_anybody_of_the_relocated_brings_a_warning(world: World) -> None:
    way.chosen(world, layer=2, subject=["relocation"], affected=["relocated"])
    form = {"carrier": "council", "way": "hearing", "method": "推选"}
    assert world.refused("set_form", form, decided=SECRETARY) == ["L-G4"]


def test_several_layers_ask_for_several_sides(world: World) -> None:
    way.chosen(world, layer=3)
    form = {"carrier": "examine", "way": "civic", "method": "推选"}
    assert world.refused("set_form", form, decided=SECRETARY) == ["L-G5"]


def test_only_the_party_organisation_arranges_a_consultation(world: World) -> None:
    way.adopt(world, "liyang").opened("04-02", words="菜市场又挤又滑。")
    world.do("put_forward", {"title": "菜市场改造"}, on="04-02")
    topic = {"category": "interest", "scope": ["affairs"]}
    assert "wrong_decider" in world.refused("set_topic", topic, decided=SECRETARY)
    assert world.refused("set_topic", {"category": "interest"}, decided=PARTY) == ["L-G1"]


def test_nothing_is_discussed_on_the_day_of_its_publication(world: World) -> None:
    way.released(world, on="04-08")
    world.called("04-08", "04-08")
    world.do("table", {"meeting": world.meeting}, on="04-08", decided=SECRETARY)
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-08") == ["L-G7"]


def test_information_beforehand_needs_its_papers(world: World) -> None:
    way.told(world)
    assert world.refused("release_information", {"materials": []}, decided=SECRETARY) == ["L-G6"]


def test_on_the_representatives_platform_agreement_goes_to_their_meeting(world: World) -> None:
    way.chosen(world)
    world.do(
        "set_form",
        {"carrier": "representatives", "way": "civic", "method": "推选"},
        on="04-06",
        decided=SECRETARY,
    )
    world.do("release_information", {"materials": [{"name": "方案"}]}, on="04-08", decided=SECRETARY)
    world.called("04-20", "04-10")
    world.do("table", {"meeting": world.meeting}, on="04-10", decided=SECRETARY)
    world.do("hold_meeting", {}, on="04-20")
    world.do("take_up", {"meeting": world.meeting}, on="04-20")
    world.do("conclude", {"meeting": world.meeting, "outcome": "consensus"}, on="04-20", decided=SECRETARY)
    assert world.stage == "L-5M"


def test_a_matter_picked_for_inspection_is_not_closed_without_its_sheet(world: World) -> None:
    way.worked(world)
    world.appoint("p-geng", "耿直", "donghe", "inspector")
    inspector = {"role": "inspector"}
    world.do("inspect", {}, decided=inspector)
    world.do("skip_appraisal", {"reason": "人都在外。"}, decided={"role": "supervision_head"})
    world.do("draft_notice", {"text": "分两期改完。"}, decided=SECRETARY)
    world.do(
        "post_notice", {"poster": world.posts["p-wang"], "witness": world.posts["p-gao"]}, decided=SECRETARY
    )
    world.do("take_down", on="05-25", decided=SECRETARY)
    done = {"result": "solved", "note": "改完了。"}
    assert world.refused("close", done, decided=SECRETARY) == ["L-G14"]
    world.do("inspect", {"organisation": "好。", "policy": "落实。", "effect": "满意。"}, decided=inspector)
    world.do("close", done, decided=SECRETARY)
    assert "inspection_sheet" in papers(world)


def test_a_decision_against_it_is_published_before_the_matter_ends(world: World) -> None:
    way.agreed(world)
    world.do("record_decision", {"decision": "no", "note": "不同意出资。"}, on="04-22", decided=COUNCIL)
    assert world.stage == "L-5N" and world.flows() == {"publication": "p1"}
