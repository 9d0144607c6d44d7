"""The board of a town lists its villages: it is never an old copy when one comes, goes or takes another name."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.acts.world import FOUNDED, World

from shangliang.acts.act import SYSTEM, Act
from shangliang.cases.models import Copy


@pytest.fixture
def world(db: None) -> World:
    return World()


def listed(unit: str = "hekou") -> str:
    """The board as a reader gets it, from its copy from the second reader on."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.get(f"/u/{unit}/")
    assert Copy.objects.filter(scope=unit).exists()
    return client.get(f"/u/{unit}/").content.decode()


def new(ident: str, name: str) -> Act:
    data = {"name": name, "kind": "village", "parent": "hekou"}
    return Act("found_unit", FOUNDED, SYSTEM, data, unit=ident)


@pytest.mark.parametrize("names", [["松树村"], ["松树村", "桦树村", "槐树村"]])
def test_new_villages_are_on_the_board_of_their_town(world: World, names: list[str]) -> None:
    assert "松树村" not in listed()
    world.perform_all(*(new(f"n{n}", name) for n, name in enumerate(names)))
    page = listed()
    assert all(name in page for name in names)


def test_a_village_with_another_name_stands_under_it(world: World) -> None:
    assert "杨树村" in listed()
    world.do("amend_unit", {"name": "白杨村"}, unit="yangshu", by="p-su")
    assert "白杨村" in listed() and "杨树村" not in listed().replace("白杨村", "")


def test_a_village_that_was_joined_to_another_is_gone(world: World) -> None:
    assert "杨树村" in listed() and listed("liushu")
    world.perform_all(
        Act(
            "end_unit",
            world.clock().date(),
            SYSTEM,
            {"successor": "liushu", "paper": "镇政府文件"},
            unit="yangshu",
        )
    )
    assert not Copy.objects.filter(scope="liushu").exists()
    assert "杨树村" not in listed()
