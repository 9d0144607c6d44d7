"""Keys, several acts in one call, and everything that stands against an act said at once."""

import pytest
from tests.acts.traces import traces
from tests.acts.world import CLEAR, PARTY, SECRETARY, World, row, why

from shangliang.acts.act import SYSTEM, Act
from shangliang.cases.models import Task
from shangliang.errors import Conflict, Malformed, NotFound, Refused
from shangliang.record.models import Book, Entry


def test_the_same_key_with_the_same_body_gives_the_earlier_entry_back(world: World) -> None:
    said = {"words": "路灯坏了。", "name": "老于"}
    first = world.do("intake", said, by="public", key="form-1")
    before = traces()
    again = world.do("intake", said, by="public", key="form-1")
    assert again.repeated and not first.repeated
    assert (again.entry, again.digest, again.ident) == (first.entry, first.digest, first.ident)
    assert traces() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"data": {"words": "路灯又坏了。"}}, {"on": "04-30"}, {"by": "p-wang"}, {"unit": "yangshu"},
        {"handled_by": "liushu.4.0"}, {"decided": {"role": "clerk"}}, {"reasons": {"D-G1": "因为"}},
    ],
    ids=str,
)  # fmt: skip
def test_the_same_key_with_another_body_is_a_conflict(world: World, changes: dict[str, object]) -> None:
    how = {"data": {"words": "路灯坏了。"}, "by": "public", "key": "form-1", "on": "05-01"}
    world.do("intake", **how)
    before = traces()
    with pytest.raises(Conflict):
        world.do("intake", **{**how, **changes})
    assert traces() == before


def test_the_same_key_for_another_act_is_a_conflict(world: World) -> None:
    world.opened()
    world.do("reply", {"text": "看过了。"}, key="k")
    with pytest.raises(Conflict):
        world.do("told", {"opinion": world.last("Opinion").pk}, key="k")


def test_a_repeated_act_is_not_judged_again(world: World) -> None:
    world.put_forward()
    how = {"data": {**CLEAR, "touches": []}, "decided": SECRETARY, "key": "s", "on": "04-03"}
    world.do("screen", **how)
    world.approved()
    assert world.do("screen", **how).repeated
    assert world.stage == "D-5"


def test_without_a_key_the_same_act_is_another_act(world: World) -> None:
    first = world.do("intake", {"words": "路灯坏了。"}, by="public")
    second = world.do("intake", {"words": "路灯坏了。"}, by="public")
    assert first.ident != second.ident and not second.repeated


def test_a_refused_act_leaves_its_key_free(world: World) -> None:
    world.opened()
    world.refused("put_forward", {"title": "排水沟"}, by="p-wu", key="k")
    assert not world.do("put_forward", {"title": "排水沟"}, key="k").repeated


def test_founding_a_unit_without_an_id_twice_leaves_no_second_book(world: World) -> None:
    how = {
        "data": {"name": "杏花村", "kind": "village", "parent": "hekou"},
        "by": "p-su",
        "key": "found",
        "unit": None,
        "on": "05-01",
    }
    first = world.do("found_unit", **how)
    books = set(Book.objects.values_list("pk", flat=True))
    again = world.do("found_unit", **how)
    assert again.repeated and again.ident == first.ident
    assert set(Book.objects.values_list("pk", flat=True)) == books


def evening(world: World, **changes: object) -> list[Act]:
    """A whole evening typed afterwards: one form, several acts, each with its own key."""
    at = {"on": "04-20"}
    done = [
        world.act("hold_meeting", {"others": 3}, key="e.1", **at),
        world.act("take_up", {"meeting": world.meeting}, key="e.2", **at),
        world.act("conclude", {"meeting": world.meeting, "outcome": "consensus", **changes}, key="e.3", **at),
        world.act("set_tasks", {"tasks": [{"text": "清淤", "owner": "水利站", "due": "2026-06-30"}]}, key="e.4",
                  decided=SECRETARY, **at),
    ]  # fmt: skip
    world.clock.turn(world.today)
    return done


def test_a_form_of_several_acts_is_done_whole(world: World) -> None:
    world.tabled()
    done = world.perform_all(*evening(world))
    assert [d.act for d in done] == ["hold_meeting", "take_up", "conclude", "set_tasks"]
    assert (world.stage, Task.objects.filter(matter=world.matter).count()) == ("D-7", 1)


def test_a_form_of_several_acts_is_done_whole_or_not_at_all(world: World) -> None:
    world.tabled()
    before = traces()
    with pytest.raises(Refused):
        world.perform_all(*evening(world), world.act("close", {}, decided=SECRETARY))
    with pytest.raises(Malformed):
        world.perform_all(*evening(world), world.act("reply", {}))
    with pytest.raises(NotFound):
        world.perform_all(*evening(world), world.act("reply", {"text": "x"}, subject="ZZZZZZ"))
    assert traces() == before


def test_a_form_sent_twice_is_done_once(world: World) -> None:
    world.tabled()
    first = world.perform_all(*evening(world))
    before = traces()
    again = world.perform_all(*evening(world))
    assert [d.repeated for d in again] == [True] * 4
    assert [d.entry for d in again] == [d.entry for d in first]
    assert traces() == before


def test_a_form_sent_twice_with_one_act_changed_is_a_conflict_and_leaves_nothing(world: World) -> None:
    world.tabled()
    world.perform_all(*evening(world))
    before = traces()
    with pytest.raises(Conflict):
        world.perform_all(*evening(world, reserved="还有一户不同意。"))
    assert traces() == before


def test_later_acts_of_a_call_name_earlier_ones_by_their_label(world: World) -> None:
    done = world.perform_all(
        Act("intake", world.today, "public", {"words": "路灯坏了。"}, unit="liushu", label="lamp"),
        Act("intake", world.today, "public", {"words": "东头路灯灭了。"}, unit="liushu", label="again"),
        Act("merge", world.today, "p-wang", {"into": "@lamp"}, subject="@again"),
        Act("put_forward", world.today, "p-wang", {"title": "@lamp"}, subject="@lamp"),
    )
    world.matter = done[0].ident
    assert (world.stage, world.row.title.text) == ("D-2", "@lamp")
    assert {o.first_matter for o in world.row.opinions.all()} == {done[0].ident, done[1].ident}


def test_a_label_nobody_has_is_not_found_and_nothing_is_done(world: World) -> None:
    before = traces()
    with pytest.raises(NotFound):
        world.perform_all(
            Act("intake", world.today, "public", {"words": "路灯坏了。"}, unit="liushu", label="lamp"),
            Act("put_forward", world.today, "p-wang", {"title": "路灯"}, subject="@lamb"),
        )
    assert traces() == before


def test_acts_for_several_books_in_one_call_are_one_transaction_too(world: World) -> None:
    before = traces()
    with pytest.raises(Refused):
        world.perform_all(
            Act("amend_unit", world.today, SYSTEM, {"adults": 1}, unit="liushu"),
            Act("amend_unit", world.today, SYSTEM, {"adults": 2}, unit="yangshu"),
            Act("amend_unit", world.today, "p-wang", {"adults": 3}, unit="yangshu"),
        )
    assert traces() == before


def test_every_reason_is_said_at_once(world: World) -> None:
    world.put_forward("04-05")
    found = world.refused(
        "screen", {"discuss": "affairs"}, by="p-wu", decided={"role": "clerk"}, on="04-01", typed="03-20"
    )
    assert found == [
        "may_not_enter", "in_the_future", "too_early", "wrong_decider", "unknown:against_policy",
        "unknown:private_dispute", "unknown:unfair", "unknown:deep_division",
    ]  # fmt: skip


def test_every_field_at_fault_is_named_at_once(world: World) -> None:
    found = world.malformed(
        "convene", {"held_on": "morgen", "time": "25:00", "guests": [{"kind": "cat"}], "colour": "red"}
    )
    assert set(found) == {"held_on", "time", "place", "guests.0.kind", "colour"}


def test_a_refusal_says_why_under_which_clause_and_what_would_satisfy_it(world: World) -> None:
    world.screened(dispute="large")
    world.do("name_parties", {"parties": [{"name": "路东"}, {"name": "路西"}]})
    with pytest.raises(Refused) as error:
        world.do("settle_door", {"result": "failed"}, decided=SECRETARY)
    (finding,) = error.value.findings
    assert (finding.gate, finding.clause.cite, finding.clause.origin) == ("D-G3", "D44", "local")
    assert (
        finding.say.zh == "还差两方没有上门谈。" and finding.satisfy.zh and finding.override == "town_party"
    )
    assert why(error.value) == ["D-G3"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("intake", {"words": "   "}), ("intake", {"words": "字" * 4001}), ("intake", {"words": "好", "phone": "1" * 21}),
        ("put_forward", {"title": "字" * 61}), ("screen", {"dispute": "huge"}), ("name_parties", {"parties": []}),
        ("conclude", {"meeting": "x", "outcome": "won"}), ("record_resolution", {"body": "council", "total": 0}),
        ("set_tasks", {"tasks": []}), ("close", {"result": "great"}), ("keep_paper", {"kind": "x", "place": "y", "pages": 0}),
        ("erase", {"texts": [], "ground": "request"}), ("correct", {"entry": 0, "field": "title", "reason": "x"}),
        ("appoint", {"role": "king", "person": "p-x", "name": "x"}), ("appoint", {"role": "clerk", "person": "p" * 33}),
        ("record_resolution", {"notice_on": "2026-02-30"}), ("record_resolution", {"party_study_on": "2026-13-01"}),
    ],
    ids=str,
)  # fmt: skip
def test_what_has_the_wrong_shape_is_never_judged(world: World, name: str, data: dict[str, object]) -> None:
    world.opened()
    before = traces()
    assert world.malformed(name, data)
    assert traces() == before


def test_a_soft_gate_asks_for_a_reason_and_passes_with_one(world: World) -> None:
    world.put_forward()
    said = {**CLEAR, "discuss": None, "touches": []}
    assert world.refused("screen", said, decided=SECRETARY) == ["D-G1"]
    assert world.refused("screen", said, decided=SECRETARY, reasons={"D-G1": "  "}) == ["D-G1"]
    assert world.refused("screen", said, decided=SECRETARY, reasons={"D-G2": "因为"}) == ["D-G1"]
    done = world.do("screen", said, decided=SECRETARY, reasons={"D-G1": "村民要求议。"})
    assert "reason.D-G1" in world.entry(done).text and "村民要求议" not in world.entry(done).text


def test_a_reason_does_not_open_a_hard_gate(world: World) -> None:
    world.screened(dispute="large")
    assert world.refused(
        "settle_door", {"result": "failed"}, decided=SECRETARY, reasons={"D-G3": "忙。"}
    ) == ["D-G3"]


def test_a_matter_of_another_unit_is_not_found_under_this_one(world: World) -> None:
    world.opened()
    with pytest.raises(NotFound):
        world.do("reply", {"text": "看过。"}, unit="yangshu")
    assert Entry.objects.filter(act="reply").count() == 0


def test_the_rows_of_an_entry_carry_its_place_as_their_id(world: World) -> None:
    done = world.put_forward().do("name_parties", {"parties": [{"name": "甲"}, {"name": "乙"}]})
    assert [row(done, 0), row(done, 1)] == sorted(world.row.parties.values_list("pk", flat=True))


def test_the_approval_is_not_registered_by_a_click_of_the_secretary(world: World) -> None:
    world.screened().do("study", {"note": "看过。"})
    assert world.refused("approve", {"approved": True}, decided=PARTY, by="p-li") == ["may_not_enter"]
