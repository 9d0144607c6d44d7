"""Meetings: what is put on the agenda, taken up, concluded."""

from tests.acts.test_every_act import resolution
from tests.acts.world import SECRETARY, TOWN_PARTY, World

from shangliang.acts.replay import replay
from shangliang.cases.models import Invitation, Meeting, Round
from shangliang.errors import Refused


def test_one_meeting_takes_up_several_matters_and_goes_ahead_without_one_that_is_refused(
    world: World,
) -> None:
    world.tabled()
    first, meeting = world.matter, world.meeting
    world.matter = ""
    world.approved()
    second = world.matter
    world.do("table", {"meeting": meeting}, decided=SECRETARY, on="04-10")
    world.matter = ""
    third = world.screened().matter
    assert "not_here" in world.refused("table", {"meeting": meeting}, decided=SECRETARY)
    world.do("hold_meeting", {"others": 3}, on="04-20", subject=meeting)
    for number in (first, second):
        world.do("take_up", {"meeting": meeting}, subject=number, on="04-20")
        world.do("conclude", {"meeting": meeting, "outcome": "consensus"}, subject=number, on="04-20")
    assert "not_tabled" in world.refused("take_up", {"meeting": meeting}, subject=third, on="04-20")
    assert Round.objects.filter(meeting=meeting, outcome="consensus").count() == 2


def test_everybody_invited_is_present_unless_named_as_missing(world: World) -> None:
    world.called()
    missing = f"{world.meeting}.1"
    world.do("hold_meeting", {"absent": [missing], "others": 4, "summary": "商量。"}, on="04-20")
    assert set(
        Invitation.objects.filter(meeting=world.meeting, present=False).values_list("pk", flat=True)
    ) == {missing}
    assert Meeting.objects.get(pk=world.meeting).present == 2 + 4


def test_an_invitation_to_another_meeting_is_nobody_missing_here(world: World) -> None:
    other = f"{world.called().meeting}.0"
    world.called()
    assert world.refused("hold_meeting", {"absent": [other]}, on="04-20") == ["no_such"]
    assert world.refused("register_reply", {"invitation": other, "reply": "coming"}, on="04-20") == [
        "no_such"
    ]


def test_a_meeting_is_held_once_and_not_called_off_afterwards(world: World) -> None:
    world.called().do("hold_meeting", {}, on="04-20")
    assert world.refused("hold_meeting", {}) == ["not_called"]
    assert world.refused("call_off", {"reason": "大雪。"}) == ["not_called"]
    assert world.refused("give_notice", {}) == ["not_called"]


def test_a_meeting_that_did_not_take_place_is_called_off_and_not_held(world: World) -> None:
    world.called()
    assert world.refused("hold_meeting", {"held": False}, on="04-20") == ["not_held"]
    world.do("call_off", {"reason": "大雪封路。"}, on="04-20")
    assert Meeting.objects.get(pk=world.meeting).state == "called_off"


def test_when_a_meeting_is_called_off_its_matters_wait_for_the_next(world: World) -> None:
    world.tabled()
    world.do("call_off", {"reason": "大雪封路。"}, on="04-19")
    first = world.meeting
    assert "called_off" in world.refused("take_up", {"meeting": first}, on="04-20")
    world.called(held="04-27", on="04-20")
    assert "not_tabled" in world.refused("take_up", {"meeting": world.meeting}, on="04-27")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-21")
    world.met(on="04-27")
    assert world.stage == "D-7"


def test_a_meeting_at_which_a_matter_was_taken_up_is_not_called_off(world: World) -> None:
    world.tabled().do("take_up", {"meeting": world.meeting}, on="04-20")
    assert world.refused("call_off", {"reason": "大雪。"}, on="04-20") == ["begun"]


def test_the_day_of_a_meeting_is_the_day_on_which_its_matters_were_taken_up(world: World) -> None:
    world.tabled().do("take_up", {"meeting": world.meeting}, on="04-20")
    assert world.refused("hold_meeting", {}, on="04-21") == ["other_day"]
    world.do("hold_meeting", {}, on="04-20", typed="04-22")
    assert world.refused("conclude", {"meeting": world.meeting, "outcome": "again"}, on="04-21") == [
        "other_day"
    ]
    world.do("conclude", {"meeting": world.meeting, "outcome": "again"}, on="04-20")


def test_a_meeting_has_one_day_for_all_its_matters(world: World) -> None:
    world.tabled(held="04-20")
    first, meeting = world.matter, world.meeting
    world.matter = ""
    world.approved().do("table", {"meeting": meeting}, decided=SECRETARY, on="04-10")
    second = world.matter
    world.do("take_up", {"meeting": meeting}, subject=first, on="04-21")
    assert world.refused("take_up", {"meeting": meeting}, subject=second, on="04-22") == ["other_day"]
    assert world.refused("conclude", {"meeting": meeting, "outcome": "again"}, subject=first, on="04-22") == [
        "other_day"
    ]
    world.do("take_up", {"meeting": meeting}, subject=second, on="04-21", typed="04-22")
    world.do("hold_meeting", {}, on="04-21", typed="04-22", subject=meeting)


def test_a_matter_is_not_put_on_the_agenda_of_a_meeting_that_is_over(world: World) -> None:
    world.approved().called().do("hold_meeting", {}, on="04-20")
    assert world.refused("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-21") == ["past"]
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-18", typed="04-21")
    world.do("take_up", {"meeting": world.meeting}, on="04-20")


def test_a_matter_is_taken_up_and_concluded_at_the_meeting_on_whose_agenda_it_stands(world: World) -> None:
    world.tabled().met("again")
    first = world.meeting
    world.called(held="04-20", on="04-20")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-20")
    assert "not_tabled" in world.refused("take_up", {"meeting": first}, on="04-20")
    world.do("take_up", {"meeting": world.meeting}, on="04-20")
    assert "not_tabled" in world.refused("conclude", {"meeting": first, "outcome": "consensus"}, on="04-20")


def test_a_meeting_of_another_unit_is_no_meeting_here(world: World) -> None:
    world.approved()
    world.unit, world.clerk = "yangshu", "p-wu"
    done = world.do(
        "convene", {"held_on": "2026-05-03", "place": "村部", "convener": world.posts["p-qian"]}, on="04-20"
    )
    world.unit, world.clerk = "liushu", "p-wang"
    found = world.refused("table", {"meeting": done.ident}, decided=SECRETARY)
    assert "no_such" in found


def test_a_matter_is_not_taken_up_before_the_day_of_the_meeting(world: World) -> None:
    world.tabled(held="04-20")
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-19") == ["D-E2"]


def test_a_result_belongs_to_a_round_that_was_taken_up_and_to_one_only(world: World) -> None:
    world.tabled()
    said = {"meeting": world.meeting, "outcome": "again"}
    assert world.refused("conclude", said, on="04-20") == ["D-E4"]
    world.do("take_up", {"meeting": world.meeting}, on="04-20")
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-20") == ["D-E3"]
    world.do("conclude", said, on="04-20")
    assert "not_here" in world.refused("conclude", said, on="04-20")


def test_the_department_concerned_is_invited_or_it_is_written_why_not(world: World) -> None:
    world.approved(department="水利站").called()
    assert world.refused("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10") == ["D-G6"]
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10", reasons={"D-G6": "来不了。"})
    world.matter = ""
    world.approved(department="水利站").called(guests=[{"kind": "department", "department": "水利站"}])
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10")


def test_each_result_leads_its_own_way(world: World) -> None:
    for outcome, stage, marks in (
        ("consensus", "D-7", {"consulted"}), ("again", "D-5", set()), ("divided", "D-3D", set()),
        ("escalate", "D-6E", {"consulted"}),
    ):  # fmt: skip
        world.matter = ""
        world.met(outcome)
        assert (world.stage, world.marks) == (stage, marks)


def test_rounds_are_counted_and_the_last_one_counts(world: World) -> None:
    world.met("again")
    world.called(held="04-25", on="04-21")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-21")
    world.met("consensus", on="04-25")
    rounds = Round.objects.filter(matter=world.matter).order_by("number")
    assert [(r.number, r.outcome) for r in rounds] == [(1, "again"), (2, "consensus")]


def test_what_was_sent_up_comes_back_settled_or_to_be_discussed_again(world: World) -> None:
    world.met("escalate")
    world.do("report_up", {"to": "河口镇党委", "note": "请答复。"})
    back = {"body": "party", "unit": "hekou", "paper": "复函1号"}
    world.do("record_return", {"result": "discuss_again", "note": "再商量。"}, decided=back)
    assert world.stage == "D-5"
    world.matter = ""
    world.met("escalate")
    world.do("report_up", {"to": "河口镇党委", "note": "请答复。"})
    world.do("record_return", {"result": "settled", "note": "同意。"}, decided=back)
    assert world.stage == "D-7"


def test_nothing_comes_back_that_was_not_sent_up(world: World) -> None:
    world.met("escalate")
    back, said = {"body": "party", "unit": "hekou"}, {"result": "discuss_again", "note": "再商量。"}
    assert world.refused("record_return", said, decided=back) == ["D-E6"]
    world.do("report_up", {"to": "河口镇党委", "note": "请答复。"})
    world.do("record_return", said, decided=back)
    world.called(held="05-02", on="05-01")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    world.met("escalate", on="05-02")
    assert world.refused("record_return", said, decided=back) == [
        "D-E6"
    ]  # the old answer answers no new report


def test_what_was_sent_up_is_answered_by_the_unit_it_was_sent_to(world: World) -> None:
    said = {"result": "settled", "note": "同意。"}
    world.met("escalate")
    world.do("report_up", {"to": "河口镇党委", "note": "请答复。"})
    for unit in ("liushu", "yangshu", "shuili", "donghe"):
        assert world.refused("record_return", said, decided={"body": "party", "unit": unit}) == ["D-E6"]
    assert "wrong_decider" in world.refused("record_return", said, decided=SECRETARY)
    assert "wrong_decider" in world.refused(
        "record_return", said, decided={"body": "council", "unit": "hekou"}
    )
    world.do("record_return", said, decided=TOWN_PARTY)
    world.matter = ""
    world.met("escalate")
    world.do("report_up", {"to": "水利站", "to_unit": "shuili", "note": "请答复。"})
    assert world.refused("record_return", said, decided=TOWN_PARTY) == ["D-E6"]
    world.do("record_return", said, decided={"body": "department", "unit": "shuili", "paper": "复函3号"})
    assert world.stage == "D-7"


def test_a_report_goes_up_and_not_sideways(world: World) -> None:
    world.met("escalate")
    for unit in ("yangshu", "liushu", "nowhere"):
        said = {"to": "别处", "to_unit": unit, "note": "请答复。"}
        assert world.refused("report_up", said) == ["no_such"]


def test_after_a_divided_result_every_side_is_visited_again(world: World) -> None:
    world.screened(dispute="large").do("name_parties", {"parties": [{"name": "路东"}, {"name": "路西"}]})
    sides = [p.pk for p in world.row.parties.order_by("id")]
    for side in sides:
        world.do("visit", {"party": side, "agreed": True}, decided=SECRETARY)
    world.do("settle_door", {"result": "agreed"}, decided=SECRETARY)
    world.approved(on="05-01").called(held="05-02", on="05-01")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    world.met("divided", on="05-02")
    assert world.stage == "D-3D"
    assert world.refused("settle_door", {"result": "agreed"}, decided=SECRETARY) == ["D-G3"]
    world.do("visit", {"party": sides[0], "agreed": True}, decided=SECRETARY)
    assert world.refused("settle_door", {"result": "agreed"}, decided=SECRETARY) == ["D-G3"]
    world.do("visit", {"party": sides[1], "agreed": True}, decided=SECRETARY)
    world.do("settle_door", {"result": "agreed"}, decided=SECRETARY)
    assert world.stage == "D-3"
    _, differences = replay()
    assert not differences


def test_another_meeting_invites_the_department_too(world: World) -> None:
    invited = {"guests": [{"kind": "department", "department": "水利站"}]}
    world.approved(department="水利站").called(held="04-20", on="04-10", **invited)
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10")
    world.do("call_off", {"reason": "大雪。"}, on="04-11")
    world.called(held="04-21", on="04-12")
    onto = {"meeting": world.meeting}
    assert world.refused("table", onto, decided=SECRETARY) == ["D-G6b"]
    world.do("table", onto, decided=SECRETARY, reasons={"D-G6b": "水利站来不了，已电话问过。"})
    assert world.stage == "D-6"


def test_what_came_back_settled_still_needs_the_meeting_that_the_law_names(world: World) -> None:
    world.met("escalate", touches=["subsidy"])
    world.do("report_up", {"to": "河口镇党委", "note": "请答复。"})
    world.do(
        "record_return", {"result": "settled", "note": "同意。"}, decided={"body": "party", "unit": "hekou"}
    )
    assert world.stage == "D-6M"


def test_a_reply_given_since_does_not_keep_a_meeting_from_its_result(world: World) -> None:
    """No day goes back; what was entered in between must not leave the matter at its meeting for good."""
    world.tabled("04-20")
    world.do("hold_meeting", {"others": 3, "summary": "逐项商量。"}, on="04-20")
    world.do("take_up", {"meeting": world.meeting}, on="04-20")
    said = {"meeting": world.meeting, "outcome": "consensus", "agreed": "先清淤。"}
    assert world.refused("conclude", said, on="04-22", typed="04-22") == ["other_day"]
    world.do("reply", {"text": "昨天会上议了，结果这两天登记。"}, on="04-22")
    assert world.refused("conclude", said, on="04-20", typed="04-22") == ["too_early"]
    world.do("conclude", said, on="04-22")
    assert world.stage == "D-7"


def test_a_reply_given_since_does_not_keep_a_late_evening_from_being_entered(world: World) -> None:
    """The evening is typed days later, and somebody was answered in between: the meeting keeps its day, what follows has its own."""
    world.tabled("04-20")
    said = {"meeting": world.meeting}
    world.do("reply", {"text": "20日开过会了，过两天登记。"}, on="04-22")
    assert world.refused("take_up", said, on="04-20", typed="04-23") == ["too_early"]
    world.do("hold_meeting", {"others": 3, "summary": "逐项商量。"}, on="04-20", typed="04-23")
    assert world.refused("take_up", said, on="04-20", typed="04-23") == ["too_early"]
    world.do("take_up", said, on="04-22", typed="04-23")
    world.do("conclude", said | {"outcome": "again"}, on="04-22", typed="04-23")
    assert Meeting.objects.get(pk=world.meeting).held_on.isoformat() == "2026-04-20"


# ── statutory meetings ───────────────────────────────────────────────────────────────────────────────────────────────


def test_consensus_is_not_resolution(world: World) -> None:
    world.met(touches=["subsidy"])
    assert (world.stage, world.marks) == ("D-6M", {"consulted"})
    assert "not_here" in world.refused(
        "set_tasks", {"tasks": [{"text": "x", "owner": "y"}]}, decided=SECRETARY
    )
    assert "not_here" in world.refused("draft_notice", {"text": "公示"}, decided=SECRETARY)


def test_16_of_sixty_representatives_thirty_nine_are_too_few(world: World) -> None:
    world.met(touches=["subsidy"])
    said = resolution(present=39, votes_for=39, against=0, abstained=0)
    assert world.refused("record_resolution", said) == ["MT3"]


def test_17_of_forty_present_twenty_votes_do_not_carry_and_twenty_one_do(world: World) -> None:
    world.met(touches=["subsidy"])
    world.do("record_resolution", resolution(votes_for=20, against=20, abstained=0, retry=True))
    assert (world.stage, world.last("Ruling").passed) == ("D-5", False)
    world.matter = ""
    world.met(touches=["subsidy"])
    world.do("record_resolution", resolution(votes_for=20, against=20, abstained=0))
    assert (world.stage, world.marks) == ("D-X", {"consulted"})
    world.matter = ""
    world.met(touches=["subsidy"])
    world.do("record_resolution", resolution(votes_for=21))
    assert (world.stage, world.marks, world.last("Ruling").passed) == ("D-7", {"consulted", "decided"}, True)


def test_19_homesteads_are_decided_by_the_members_of_the_collective(world: World) -> None:
    world.met(touches=["homestead"])
    assert set(world.refused("record_resolution", resolution())) == {"MT6"}
    said = resolution(body="collective_assembly", notice_on="2026-04-21", total=300, present=200, votes_for=199, against=1,
                      abstained=0)  # fmt: skip
    world.do("record_resolution", {**said, "retry": True})
    assert world.last("Ruling").passed is False  # two thirds of all members, not of those present
    world.called(held="05-01", on="05-01")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    world.met(on="05-01")
    world.do("record_resolution", {**said, "votes_for": 200, "against": 0})
    assert world.stage == "D-7"


def test_20_nine_days_of_notice_are_too_few_for_an_assembly_unless_the_special_reason_is_written(
    world: World,
) -> None:
    world.met(touches=["subsidy"])
    said = resolution(
        body="assembly", total=860, present=431, votes_for=216, against=0, abstained=0, notice_on="2026-04-22"
    )
    assert world.refused("record_resolution", said) == ["MT1"]
    world.do("record_resolution", {**said, "special_reason": "防汛抢修。"})
    assert world.stage == "D-7"


def test_the_numbers_of_a_resolution_fit_together(world: World) -> None:
    world.met(touches=["subsidy"])
    assert world.refused("record_resolution", resolution(present=61)) == ["too_many"]
    assert world.refused("record_resolution", resolution(votes_for=41, against=0, abstained=0)) == [
        "too_many"
    ]
    assert world.refused("record_resolution", resolution(votes_for=21, against=15, abstained=5)) == [
        "too_many"
    ]


def test_a_resolution_needs_its_notice_its_study_and_its_authority(world: World) -> None:
    world.met(touches=["subsidy"])
    said = resolution(notice_on=None, party_study_on=None, authorised_by="")
    assert set(world.refused("record_resolution", said)) == {"MT1b", "MT2", "MT5"}
    assert set(world.refused("record_resolution", resolution(party_study_on="2026-05-02"))) == {"MT2"}
    assert world.refused("record_resolution", resolution(notice_on="2026-04-29")) == ["MT1b"]


def test_owners_decide_by_heads_and_by_floor_area(world: World) -> None:
    world.met(touches=["property_company"])
    votes = {"body": "owners", "total": 120, "present": 90, "votes_for": 60, "notice_on": "2026-04-20"}
    assert world.refused("record_resolution", votes)
    areas = {"area": 1_000_000, "area_present": 700_000, "area_for": 400_000}
    assert world.refused("record_resolution", {**votes, **areas, "area_present": 600_000}) == ["MT3"]
    assert world.refused("record_resolution", {**votes, **areas, "area_present": 300_000}) == [
        "too_many",
        "MT3",
    ]
    world.do("record_resolution", {**votes, **areas})
    assert (world.stage, "decided" in world.marks) == ("D-7", True)
    row = world.last("Ruling")
    assert (row.area, row.area_present, row.area_for) == (1_000_000, 700_000, 400_000)
    _, differences = replay()
    assert not differences


def test_owners_with_too_little_area_in_favour_have_not_decided(world: World) -> None:
    world.met(touches=["property_company"])
    votes = {"body": "owners", "total": 120, "present": 90, "votes_for": 60, "notice_on": "2026-04-20"}
    areas = {"area": 1_000_000, "area_present": 700_000, "area_for": 350_000}
    world.do("record_resolution", {**votes, **areas, "retry": True})
    assert (world.stage, world.last("Ruling").passed) == ("D-5", False)


def test_an_area_that_is_missing_is_named(world: World) -> None:
    world.met(touches=["property_company"])
    votes = {
        "body": "owners",
        "total": 120,
        "present": 90,
        "votes_for": 60,
        "area": 1_000_000,
        "area_present": 700_000,
    }
    try:
        world.do("record_resolution", {**votes, "notice_on": "2026-04-20"})
    except Refused as error:
        assert {f.field for f in error.findings if f.verdict == "unknown"} == {"area_for"}
        assert any("同意的面积" in f.say.zh for f in error.findings)
    else:
        raise AssertionError("it was not refused")
