"""Who decided, who handled it, who entered it: gates judge the first, and the post held on the day of the event."""

import json

import pytest
from tests.acts.test_every_act import resolution
from tests.acts.world import CLEAR, MEMBER, PARTY, SECRETARY, TOWN_PARTY, World

from shangliang.acts.act import SYSTEM, Act
from shangliang.errors import Malformed, NotFound, Refused

NOBODY = ["nobody_decided", "decider_missing:decider"]
"""Nobody held the named post here on that day."""


def asked(**changes: object) -> dict[str, object]:
    return {**CLEAR, "touches": [], **changes}


# ── who enters ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clerk_types_what_the_secretary_decided_and_the_entry_names_both(world: World) -> None:
    world.put_forward()
    done = world.do("screen", asked(), decided=SECRETARY, handled_by=world.posts["p-wang"])
    said = json.loads(world.entry(done).text)
    assert said["by"] == "p-wang"
    assert said["who"] == {
        "decided": {
            "post": world.posts["p-li"],
            "role": "party_secretary",
            "unit": "liushu",
            "person": "p-li",
        },
        "handled": world.posts["p-wang"],
    }


def test_the_clerk_of_the_town_may_type_for_the_village_and_the_clerk_next_door_may_not(world: World) -> None:
    world.put_forward()
    assert world.refused("screen", asked(), decided=SECRETARY, by="p-wu") == ["may_not_enter"]
    world.do("screen", asked(), decided=SECRETARY, by="p-su")


def test_a_village_clerk_may_not_type_for_the_town(world: World) -> None:
    world.unit = "hekou"
    world.clerk = "p-su"
    world.do("intake", {"words": "河道要清。"}, by="public")
    assert world.refused("put_forward", {"title": "清河"}, by="p-wang", decided={"role": "clerk"}) == [
        "may_not_enter"
    ]
    world.do("put_forward", {"title": "清河"}, by="p-su")


def test_somebody_without_a_post_may_enter_nothing(world: World) -> None:
    world.put_forward()
    assert "may_not_enter" in world.refused("screen", asked(), decided=SECRETARY, by="p-nobody")


def test_the_public_does_the_public_acts_and_no_other(world: World) -> None:
    world.opened()
    assert "may_not_enter" in world.refused("put_forward", {"title": "排水沟"}, by="public")
    assert "may_not_enter" in world.refused("reply", {"text": "知道了。"}, by="public")
    assert "may_not_enter" in world.refused("told", {"opinion": world.last("Opinion").pk}, by="public")
    world.do("withdraw", by="public")


def test_the_operator_founds_places_and_appoints_and_does_nothing_else(world: World) -> None:
    world.opened()
    assert "may_not_enter" in world.refused("put_forward", {"title": "排水沟"}, by=SYSTEM)
    assert world.refused("convene", {"held_on": "2026-05-20", "place": "村议事室"}, by=SYSTEM) == [
        "may_not_enter"
    ]
    world.do("amend_unit", {"adults": 861}, by=SYSTEM)


def test_nobody_gives_himself_a_post(world: World) -> None:
    for person in ("p-ma", "p-gao", "p-sun", "p-li", "p-meng"):
        data = {"role": "clerk", "person": person}
        assert world.refused("appoint", data, by=person) == ["may_not_enter"]


def test_who_was_released_may_enter_no_more_from_the_next_day(world: World) -> None:
    world.opened(on="05-01")
    world.do("release", {"post": world.posts["p-wang"]}, by="p-su", on="05-02")
    world.do("put_forward", {"title": "排水沟"}, by="p-wang", on="05-02", typed="05-02")
    found = world.refused("screen", asked(), decided=SECRETARY, on="05-02", typed="05-03")
    assert found == ["may_not_enter"]


def test_who_takes_up_a_post_today_may_enter_what_happened_before(world: World) -> None:
    world.put_forward("04-02")
    world.appoint("p-neu", "新经办", "liushu", "clerk", on="2026-05-05")
    world.do("screen", asked(), decided=SECRETARY, by="p-neu", on="04-03", typed="05-06")


def test_a_department_enters_the_progress_of_its_own_task_and_no_other(world: World) -> None:
    world.met()
    tasks = [{"text": "清淤", "owner": "水利站", "due": "2026-06-30"}]
    world.do("set_tasks", {"tasks": tasks}, decided=SECRETARY)
    said = {"task": world.task().pk, "state": "doing", "note": "进场了。"}
    world.do("report_progress", said, by="p-jin", decided={"post": world.posts["p-meng"]})
    world.do("report_progress", said, by="p-meng")
    world.unit, world.matter, world.clerk = "liushu", "", "p-wang"
    world.opened().screened().met()
    world.do(
        "set_tasks", {"tasks": [{"text": "修路", "owner": "柳树村", "due": "2026-06-30"}]}, decided=SECRETARY
    )
    other = {"task": world.task().pk, "state": "doing", "note": "进场了。"}
    assert world.refused("report_progress", other, by="p-meng") == [
        "may_not_enter",
        "decider_missing:decider",
    ]


def test_the_post_that_handled_it_must_be_a_post(world: World) -> None:
    world.put_forward()
    assert world.refused("screen", asked(), decided=SECRETARY, handled_by="李长河") == ["no_such"]
    assert world.refused("intake", {"words": "路灯。"}, by="public", handled_by="李长河") == ["no_such"]


# ── who decides ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_one_who_decided_must_hold_the_post_on_the_day_of_the_event(world: World) -> None:
    world.put_forward("04-02")
    world.do("release", {"post": world.posts["p-li"]}, by="p-su", on="04-10")
    assert world.refused("screen", asked(), decided=SECRETARY, on="04-11") == NOBODY
    by_post = {"post": world.posts["p-li"]}
    assert world.refused("screen", asked(), decided=by_post, on="04-11") == NOBODY
    world.do("screen", asked(), decided=SECRETARY, on="04-10", typed="04-20")


def test_a_post_taken_up_later_decides_nothing_before(world: World) -> None:
    world.opened("04-01")
    world.do("put_forward", {"title": "排水沟"}, on="04-02")
    world.do("release", {"post": world.posts["p-li"]}, by="p-su", on="04-02")
    post = world.appoint("p-new", "新书记", "liushu", "party_secretary", on="2026-04-20")
    assert world.refused("screen", asked(), decided={"post": post}, on="04-05") == NOBODY
    world.do("screen", asked(), decided={"post": post}, on="04-20")


def test_an_acting_post_counts(world: World) -> None:
    world.put_forward("04-02")
    world.do("release", {"post": world.posts["p-li"]}, by="p-su", on="04-05")
    paper = "河口镇党委〔2026〕8号"
    world.appoint("p-dai", "代书记", "liushu", "party_secretary", acting=True, paper=paper, on="2026-04-06")
    world.do("screen", asked(), decided=SECRETARY, on="04-07")
    assert world.stage == "D-3"


def test_the_secretary_of_another_village_decides_nothing_here(world: World) -> None:
    world.put_forward()
    found = world.refused("screen", asked(), decided={"post": world.posts["p-qian"]})
    assert found == NOBODY


def test_the_deputy_secretary_of_the_town_does_not_decide_for_a_village(world: World) -> None:
    world.put_forward()
    found = world.refused("screen", asked(), decided={"post": world.posts["p-han"]})
    assert found == ["wrong_decider"]


def test_the_clerk_does_not_decide_what_the_convener_decides(world: World) -> None:
    world.put_forward()
    assert world.refused("screen", asked()) == ["wrong_decider"]


def test_the_second_convener_may_decide_too(world: World) -> None:
    world.put_forward().do("screen", asked(), decided=MEMBER)
    assert world.stage == "D-3"


def test_a_convener_who_is_a_party_yields_to_the_second(world: World) -> None:
    world.put_forward()
    said = asked(convener_is_party=True)
    assert world.refused("screen", said, decided=SECRETARY, on="04-03") == ["yields"]
    world.do("screen", said, decided=MEMBER, on="04-03")
    world.approved().called()
    assert world.refused("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10") == ["yields"]
    world.do("table", {"meeting": world.meeting}, decided=MEMBER, on="04-10")
    world.do("hold_meeting", {}, on="04-20")
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-20") == ["D-G8"]


def test_a_convener_who_is_a_party_lets_the_second_call_the_meeting(world: World) -> None:
    world.screened(by=MEMBER, convener_is_party=True).approved().called(convener="p-sun")
    world.do("table", {"meeting": world.meeting}, decided=MEMBER, on="04-10")
    world.do("take_up", {"meeting": world.meeting}, on="04-20")


def test_a_convener_who_is_a_party_asks_nobody_and_chooses_nobody(world: World) -> None:
    world.screened(by=MEMBER, convener_is_party=True).approved().called(convener="p-sun")
    world.do("table", {"meeting": world.meeting}, decided=MEMBER, on="04-10")
    views = {"statements": [{"text": "先清淤。"}], "until": "2026-04-18"}
    seats = {"participants": [{"name": "林树生"}]}
    for act, data in (("open_gathering", views), ("name_participants", seats)):
        assert world.refused(act, data, decided=SECRETARY, on="04-11") == ["yields"]
        world.do(act, data, decided=MEMBER, on="04-11")


def test_in_a_town_the_only_convener_has_nobody_to_yield_to(world: World) -> None:
    world.unit, world.clerk = "hekou", "p-su"
    world.put_forward()
    world.do("screen", asked(convener_is_party=True), decided={"role": "deputy_party_secretary"})


def test_14_a_village_secretary_does_not_convene_a_town_session(world: World) -> None:
    world.unit, world.clerk = "hekou", "p-su"
    world.put_forward()
    deputy = {"role": "deputy_party_secretary"}
    world.do("screen", asked(), decided=deputy)
    world.do("study", {"note": "看过了。"})
    world.do("approve", {"approved": True}, decided=PARTY)
    world.called(held="05-01", on="05-01", convener="p-li")
    world.do("table", {"meeting": world.meeting}, decided=deputy)
    found = world.refused("take_up", {"meeting": world.meeting})
    assert found == ["D-G7"]
    assert error_of(world, "take_up", {"meeting": world.meeting}).findings[0].clause.cite == "D23"
    world.called(held="05-01", on="05-01", convener="p-han")


def test_a_secretary_of_another_village_does_not_convene_here(world: World) -> None:
    world.approved().called(convener="p-qian")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10")
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-20") == ["D-G8"]


def test_a_secretary_released_before_the_meeting_did_not_convene_it(world: World) -> None:
    world.tabled()
    world.do("release", {"post": world.posts["p-li"]}, by="p-su", on="04-15")
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-20") == ["D-G8"]


def test_bodies_decide_what_belongs_to_them(world: World) -> None:
    world.screened()
    assert world.refused("study", {"note": "看过。"}, decided=PARTY) == ["wrong_decider"]
    assert world.refused("study", {"note": "看过。"}, decided=SECRETARY) == ["wrong_decider"]
    world.do("study", {"note": "看过。"})
    assert world.refused("approve", {"approved": True}, decided=SECRETARY) == ["wrong_decider", "D-G5"]
    assert world.refused("approve", {"approved": True}, decided={"body": "council"}) == [
        "wrong_decider",
        "D-G5",
    ]
    world.do("approve", {"approved": True}, decided=PARTY)


def test_the_party_organisation_of_another_unit_does_not_approve(world: World) -> None:
    world.screened().do("study", {"note": "看过。"})
    assert world.refused("approve", {"approved": True}, decided={**PARTY, "unit": "hekou"}) == ["D-G5"]
    assert world.refused("approve", {"approved": True}, decided={**PARTY, "unit": "yangshu"}) == ["D-G5"]


def test_an_approval_without_its_paper_is_refused_and_names_the_field(world: World) -> None:
    world.screened().do("study", {"note": "看过。"})
    assert world.refused("approve", {"approved": True}) == ["D-G5"]
    found = error_of(world, "approve", {"approved": True}).findings
    assert [(f.field, f.verdict, f.clause.cite) for f in found] == [("paper", "unknown", "D30")]


def test_a_body_of_a_place_that_does_not_exist_is_not_found(world: World) -> None:
    world.screened().do("study", {"note": "看过。"})
    with pytest.raises(NotFound):
        world.do("approve", {"approved": True}, decided={**PARTY, "unit": "nowhere"})


@pytest.mark.parametrize(
    "decided",
    [
        {"body": 5}, {"post": 7}, {"role": ["clerk"]}, {"body": "party", "paper": "x" * 121}, {"body": "party", "unit": 3},
        {"body": "party", "present": "五"}, {"body": "party", "on": "昨天"}, {"who": "李长河"}, {"body": "party", "paper": 3.5},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_written_under_decided_by_has_its_shape(world: World, decided: dict[str, object]) -> None:
    world.screened().do("study", {"note": "看过。"})
    with pytest.raises(Malformed) as error:
        world.do("approve", {"approved": True}, decided=decided)
    assert all(p.field.startswith("decided_by") for p in error.value.problems)


def test_the_resolution_is_decided_by_the_meeting_it_names(world: World) -> None:
    world.met(touches=["subsidy"])
    found = world.refused("record_resolution", resolution(), decided={"body": "assembly", "paper": "x"})
    assert found == ["MT6"]
    assert "wrong_decider" in world.refused("record_resolution", resolution(), decided=SECRETARY)
    world.do("record_resolution", resolution(), decided={"body": "representatives", "paper": "决议"})


def test_an_exception_belongs_to_the_town_on_paper_and_never_to_the_village_itself(world: World) -> None:
    world.screened(dispute="large")
    said = {"gate": "D-G3", "paper": "河口镇党委〔2026〕3号", "reason": "一方在外地。"}
    assert world.refused("override", said, decided=PARTY) == ["own_unit"]
    assert world.refused("override", said, decided={"body": "town_party", "paper": "x"}) == ["own_unit"]
    assert world.refused("override", said, decided={**TOWN_PARTY, "unit": "yangshu"}) == ["other_body"]
    assert world.refused("override", said, decided={**TOWN_PARTY, "unit": "shuili"}) == ["other_body"]
    assert world.refused("override", said, decided={**TOWN_PARTY, "unit": "donghe"}) == ["other_body"]
    assert world.refused("override", said, decided={**TOWN_PARTY, "body": "council"}) == ["other_body"]
    assert world.refused("override", said, decided=SECRETARY) == ["other_body"]
    world.do("override", said, decided=TOWN_PARTY)


def error_of(world: World, name: str, data: dict[str, object], **more: object) -> Refused:
    with pytest.raises(Refused) as error:
        world.do(name, data, **more)
    return error.value


def test_an_unknown_act_is_refused(world: World) -> None:
    with pytest.raises(Refused) as error:
        world.perform(Act("abolish", world.today, "p-wang", {}, subject="AAAAAA"))
    assert [f.code for f in error.value.findings] == ["unknown_act"]
