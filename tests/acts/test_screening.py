"""From the first words to the party organisation's approval."""

from tests.acts.world import CLEAR, SECRETARY, World

from shangliang.cases.models import Matter


def test_a_matter_gets_a_number_that_nobody_confuses(world: World) -> None:
    number = world.opened().matter
    assert len(number) == 6 and not set(number) & set("01OI")
    assert (world.stage, world.row.procedure, world.flows()) == ("D-1", "dongning", {"screening": "s2"})


def test_a_county_takes_in_nothing_for_itself(world: World) -> None:
    found = world.refused("intake", {"words": "全县的路灯。"}, by="public", unit="donghe")
    assert found == ["other_level"]


def test_merging_keeps_every_origin_with_its_words_its_day_and_its_number(world: World) -> None:
    first = world.opened("04-01", "路灯坏了三盏。").matter
    world.matter = ""
    second = world.opened("04-03", "东头路灯灭了。").matter
    world.do("merge", {"into": first}, on="04-04")
    third = world.opened("04-05", "晚上没有灯。").matter
    world.do("merge", {"into": first}, on="04-06")
    origins = Matter.objects.get(pk=first).opinions.order_by("received_on")
    assert [(o.first_matter, o.words.text, o.received_on.day) for o in origins] == [
        (first, "路灯坏了三盏。", 1), (second, "东头路灯灭了。", 3), (third, "晚上没有灯。", 5),
    ]  # fmt: skip
    for number in (second, third):
        row = Matter.objects.get(pk=number)
        assert (row.stage, row.ended, row.merged_into_id) == ("@merged", "merged", first)
    assert {m.pk for m in Matter.objects.get(pk=first).origins.all()} == {second, third}


def test_a_matter_joins_only_a_living_matter_of_its_own_unit(world: World) -> None:
    mine = world.opened().matter
    ended = world.opened().screened(private_dispute=True).matter
    world.do("reply", {"text": "不议。", "redirect": "村调委会"}, decided=SECRETARY)
    world.unit, world.clerk = "yangshu", "p-wu"
    other = world.opened("05-01").matter
    world.unit, world.clerk, world.matter = "liushu", "p-wang", mine
    assert world.refused("merge", {"into": other}) == ["no_such"]
    assert world.refused("merge", {"into": mine}) == ["itself"]
    assert world.refused("merge", {"into": ended}) == ["ended"]
    assert world.refused("merge", {"into": "ZZZZZZ"}) == ["no_such"]


def test_11_a_private_dispute_is_not_discussed_and_ends_with_an_answer(world: World) -> None:
    world.screened(private_dispute=True)
    assert (world.stage, world.row.shown, world.row.ended) == ("D-X", False, "")
    assert "not_here" in world.refused("study", {"note": "看过。"})
    assert world.refused("reply", {"text": "这是两家之间的事。"}, decided=SECRETARY) == ["D-G13"]
    world.do("reply", {"text": "这是两家之间的事。", "redirect": "村人民调解委员会"}, decided=SECRETARY)
    assert (world.stage, world.row.ended, world.marks) == ("@refused", "refused", {"replied"})


def test_each_of_the_three_reasons_refuses_and_deep_division_goes_to_the_door(world: World) -> None:
    for question in ("against_policy", "private_dispute", "unfair"):
        world.matter = ""
        world.screened(**{question: True})
        assert world.stage == "D-X"
    world.matter = ""
    assert world.screened(deep_division=True).stage == "D-3D"
    world.matter = ""
    assert world.screened(dispute="large").stage == "D-3D"
    world.matter = ""
    assert world.screened().stage == "D-3"


def test_the_four_questions_are_answered_one_by_one(world: World) -> None:
    world.put_forward()
    for question in ("against_policy", "private_dispute", "unfair", "deep_division"):
        said = {k: v for k, v in CLEAR.items() if k != question}
        found = world.refused("screen", said, decided=SECRETARY)
        assert found == ["D-G2"] or found == [f"unknown:{question}"]


def test_what_the_law_gives_to_no_meeting_here_cannot_be_named_as_such(world: World) -> None:
    world.put_forward()
    assert world.refused("screen", {**CLEAR, "touches": ["张三的宅基地"]}, decided=SECRETARY) == ["no_such"]
    world.unit, world.clerk, world.matter = "hekou", "p-su", ""
    world.put_forward("05-01")
    deputy = {"role": "deputy_party_secretary"}
    # No law names a meeting of a town: a matter that asked for one would wait for ever.
    assert world.refused("screen", {**CLEAR, "touches": ["subsidy"]}, decided=deputy) == ["no_such"]


def test_12_with_two_of_three_visited_the_matter_stays_at_the_door_and_with_all_agreed_goes_on(
    world: World,
) -> None:
    world.screened(dispute="large")
    world.do("name_parties", {"parties": [{"name": "路东"}, {"name": "路西"}, {"name": "合作社"}]})
    east, west, firm = world.row.parties.order_by("id")
    for side in (east, west):
        world.do("visit", {"party": side.pk, "agreed": True, "note": "同意。"}, decided=SECRETARY)
    assert world.refused("settle_door", {"result": "agreed"}, decided=SECRETARY) == ["D-G3"]
    assert world.refused("settle_door", {"result": "failed"}, decided=SECRETARY) == ["D-G3"]
    world.do("settle_door", {"result": "go_on"}, decided=SECRETARY)
    world.do("visit", {"party": firm.pk, "agreed": False}, decided=SECRETARY)
    assert world.refused("settle_door", {"result": "agreed"}, decided=SECRETARY) == ["route"]
    world.do("visit", {"party": firm.pk, "agreed": True}, decided=SECRETARY)
    world.do("settle_door", {"result": "agreed"}, decided=SECRETARY)
    assert world.stage == "D-3"


def test_a_large_dispute_without_any_side_named_does_not_leave_the_door(world: World) -> None:
    world.screened(dispute="large")
    assert world.refused("settle_door", {"result": "agreed"}, decided=SECRETARY) == ["D-G3"]


def test_talks_that_fail_lead_to_an_answer(world: World) -> None:
    world.screened(dispute="large")
    world.do("name_parties", {"parties": [{"name": "路东"}]})
    world.do("visit", {"party": world.last("Party").pk, "agreed": False}, decided=SECRETARY)
    world.do("settle_door", {"result": "failed"}, decided=SECRETARY)
    assert world.stage == "D-X"


def test_a_side_of_another_matter_is_not_visited_here(world: World) -> None:
    world.screened(dispute="large").do("name_parties", {"parties": [{"name": "路东"}]})
    party = world.last("Party").pk
    world.matter = ""
    world.screened(dispute="large")
    assert world.refused("visit", {"party": party, "agreed": True}, decided=SECRETARY) == ["no_such"]


def test_a_no_of_the_party_organisation_leads_to_an_answer(world: World) -> None:
    world.screened().do("study", {"note": "看过。"})
    world.do("approve", {"approved": False}, decided={"body": "party", "paper": "会议记录"})
    assert (world.stage, world.row.shown) == ("D-X", False)


def test_study_cannot_be_skipped_and_approval_not_either(world: World) -> None:
    world.screened()
    assert world.refused("approve", {"approved": True}, decided={"body": "party", "paper": "x"}) == [
        "not_here"
    ]
    world.called()
    assert world.refused("table", {"meeting": world.meeting}, decided=SECRETARY) == ["not_here"]


def test_an_urgent_matter_may_be_studied_approved_and_discussed_on_one_day_and_no_step_is_left_out(
    world: World,
) -> None:
    world.opened("05-03").put_forward("05-03").screened("05-03", urgent=True)
    world.called(held="05-03", on="05-03", urgent=True)
    assert world.refused("table", {"meeting": world.meeting}, decided=SECRETARY) == ["not_here"]
    world.approved("05-03")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    world.met(on="05-03")
    assert (world.stage, world.row.urgent, world.row.last_on.isoformat()) == ("D-7", True, "2026-05-03")
