"""A place is joined to another: who may say so, what is refused afterwards, and that its matters stay where they were."""

import pytest
from tests.acts.world import TOWN_PARTY, World

from shangliang.acts.replay import replay
from shangliang.record.verify import verify_all
from shangliang.units.models import Unit

SAID = {"successor": "yangshu", "paper": "河口镇党委〔2026〕3号"}
HOW = {"decided": TOWN_PARTY}


def test_a_joined_village_keeps_its_matters_and_its_book(world: World) -> None:
    world.screened()
    number = world.matter
    world.do("end_unit", SAID, **HOW)
    gone = Unit.objects.get(pk="liushu")
    assert gone.valid_to == world.today and gone.successor_id == "yangshu"
    world.do("study", {"note": "看了三处。", "present": 5}, subject=number)  # what was begun can be finished
    assert replay()[1] == []
    assert [r for r in verify_all() if r.problems] == []


def test_nothing_new_is_taken_in_and_people_are_shown_where_to_go(world: World) -> None:
    world.do("end_unit", SAID, **HOW)
    assert world.refused("intake", {"words": "路灯坏了。"}, by="public") == ["ended_unit"]
    child = {"name": "新村", "kind": "village", "parent": "liushu"}
    assert "ended_unit" in world.refused("found_unit", child, unit="new", by="system")


@pytest.mark.parametrize(
    ("unit", "data", "how", "expected"),
    [
        ("liushu", SAID, {}, "own_unit"),
        ("liushu", {**SAID, "successor": "liushu"}, HOW, "itself"),
        ("liushu", {**SAID, "successor": "nowhere"}, HOW, "no_such"),
        ("hekou", {"paper": "文件"}, {"by": "system"}, "still_below"),
        ("donghe", {"paper": "文件"}, {"by": "system"}, "root"),
        ("liushu", SAID, {**HOW, "on": "2020-01-01"}, "before_start"),
    ],
)
def test_what_cannot_be(world: World, unit: str, data: dict, how: dict, expected: str) -> None:  # type: ignore[type-arg]
    assert expected in world.refused("end_unit", data, unit=unit, **how)


def test_it_ends_once(world: World) -> None:
    world.do("end_unit", SAID, **HOW)
    assert "ended_unit" in world.refused("end_unit", {**SAID, "paper": "别的文件"}, **HOW)
    assert "ended_unit" in world.refused(
        "end_unit", {"successor": "liushu", "paper": "文件"}, unit="yangshu", **HOW
    )
