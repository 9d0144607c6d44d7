"""Choosing people by lot: put up, thrown, drawn; every lottery right, no name in the record, a way for who cannot come."""

from __future__ import annotations

from typing import Any

import pytest
from tests.acts.lots import NAMES, SEED, chosen, followed, lottery, put_up
from tests.acts.world import SECRETARY, World

from shangliang.acts.replay import replay
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import LotPerson, Lots
from shangliang.panel.shangliang_panel_verify import number
from shangliang.record.models import Entry


def up(world: World, **more: Any) -> Lots:
    world.do("announce_lots", put_up(**more), decided=SECRETARY)
    return Lots.objects.order_by("-number")[0]


def drawn(world: World, **more: Any) -> Lots:
    lots = up(world, **more)
    world.do("draw_lots", {"lots": lots.pk, "seed": SEED})
    lots.refresh_from_db()
    return lots


def test_put_up_thrown_and_drawn(world: World) -> None:
    world.screened()
    lots = drawn(world)
    assert (lots.size, lots.panels, lots.drawn) == (3, 20, number(lots.digest, SEED, 20))
    assert len(chosen(lots)) == 3
    assert LotPerson.objects.get(lots=lots, number="01").name.text == "某01"
    there = Participant.objects.filter(matter=world.matter).select_related("name")
    assert {(p.number, p.name.text, p.kind) for p in there} == {
        (n, f"某{n}", "resident") for n in chosen(lots)
    }
    assert not any("某01" in text for text in Entry.objects.values_list("text", flat=True))
    assert replay()[1] == []


def test_the_convener_decides(world: World) -> None:
    world.screened()
    assert world.refused("announce_lots", put_up(), decided={"role": "grid_worker"}) == ["not_convener"]


def test_nothing_is_drawn_for_a_matter_nobody_has_screened(world: World) -> None:
    world.put_forward()
    assert "not_screened" in world.refused("announce_lots", put_up(), decided=SECRETARY)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: put_up(text=lottery().replace('"03"', '"04"', 1)), "wrong_file"),
        (lambda: put_up(text="{}"), "wrong_file"),
        (lambda: put_up(people=[{"number": "99", "name": "某人"}]), "stranger"),
        (lambda: put_up(text=lottery(without=frozenset({"05"}))), "no_reason"),
        (lambda: put_up(people=[*NAMES, {"number": "01", "name": "性别"}]), "named"),
        (lambda: put_up(population=[{"category": "年龄", "value": "老人", "people": 90}]), "no_such"),
    ],
)
def test_a_lottery_that_is_not_right_is_refused(world: World, data: Any, code: str) -> None:
    world.screened()
    assert code in world.refused("announce_lots", data(), decided=SECRETARY)
    assert not Lots.objects.exists()


def test_who_is_recused_gets_a_written_reason(world: World) -> None:
    world.screened()
    people = [*NAMES[:4], {**NAMES[4], "recused": "与争议一方是兄弟。"}]
    lots = drawn(world, text=lottery(without=frozenset({"05"})), people=people)
    assert "05" not in chosen(lots)
    assert LotPerson.objects.get(lots=lots, number="05").recused.text == "与争议一方是兄弟。"
    assert not any("兄弟" in text for text in Entry.objects.values_list("text", flat=True))


def test_one_lottery_at_a_time_and_each_is_drawn_once(world: World) -> None:
    world.screened()
    lots = up(world)
    assert "running" in world.refused("announce_lots", put_up(), decided=SECRETARY)
    world.do("draw_lots", {"lots": lots.pk, "seed": SEED})
    assert "drawn" in world.refused("draw_lots", {"lots": lots.pk, "seed": "1111222233"})
    assert "drawn_before" in world.refused("announce_lots", put_up(), decided=SECRETARY)


@pytest.mark.parametrize("seed", ["351", "  , ，", "1 2 3 4 5 6 1 2 3"])
def test_too_few_throws_are_refused(world: World, seed: str) -> None:
    world.screened()
    assert "short" in world.refused("draw_lots", {"lots": up(world).pk, "seed": seed})


def test_another_matters_lottery_is_not_drawn_here(world: World) -> None:
    world.screened()
    assert "lots" in world.refused("draw_lots", {"lots": "liushu.99.0", "seed": SEED})[0] or world.refused(
        "draw_lots", {"lots": "liushu.99.0", "seed": SEED}
    )


def test_who_cannot_come_is_replaced_and_both_draws_stay(world: World) -> None:
    world.screened()
    lots = drawn(world)
    gone, *stay = chosen(lots)
    text = followed(lots, gone)
    assert "why" in world.refused("announce_lots", {"text": text, "after": lots.pk}, decided=SECRETARY)
    world.do("announce_lots", {"text": text, "after": lots.pk, "reason": "外出"}, decided=SECRETARY)
    second = Lots.objects.get(number=2)
    world.do("draw_lots", {"lots": second.pk, "seed": "6666555544"})
    second.refresh_from_db()
    assert set(stay) < set(chosen(second)) and gone not in chosen(second)
    there = Participant.objects.filter(matter=world.matter)
    assert {p.number for p in there.filter(reply="")} == set(chosen(second))
    assert [p.number for p in there.filter(reply="not_coming")] == [gone] and there.count() == 4
    assert second.after == lots and Lots.objects.get(number=1).drawn == lots.drawn
    assert replay()[1] == []
