"""Units that have done nothing yet are counted together, and as if one by one."""

from __future__ import annotations

from typing import Any

import pytest
from tests.acts.test_oversight import FIVE
from tests.acts.world import World

from shangliang.acts.act import SYSTEM, Act
from shangliang.statistics import freshen
from shangliang.statistics.models import DayFact, DayTotal, MonthTotal, Seen
from shangliang.statistics.newborn import count_newborn
from shangliang.units.models import Unit


def found(world: World, ident: str, parent: str, kind: str = "village", since: str = "2024-02-29") -> None:
    data = {"name": ident, "kind": kind, "parent": parent, "valid_from": since}
    world.perform_all(Act("found_unit", world.clock().date(), SYSTEM, data, unit=ident))


def counted() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that figures are read from."""
    columns = {
        DayFact: ("unit", "path", "day", "month", "measure", "n"), MonthTotal: ("unit", "measure", "month", "n"),
        DayTotal: ("unit", "measure", "day", "n"), Seen: ("unit", "path", "length"),
    }  # fmt: skip
    return {
        model.__name__: sorted(model._default_manager.values_list(*names)) for model, names in columns.items()
    }


def one_by_one() -> None:
    for unit in Unit.objects.order_by("path").values_list("pk", flat=True):
        freshen._make([unit])


def test_together_they_give_what_one_by_one_gives(world: World) -> None:
    found(world, "new-town", "donghe", "town", "2023-12-31")
    found(world, "office", "donghe", "bureau")
    for n in range(5):
        found(world, f"v{n}", "new-town" if n % 2 else "hekou", since=f"202{n}-01-01")
    one_by_one()
    expected = counted()
    freshen.forget()
    assert freshen.freshen_all() == Unit.objects.count()
    assert counted() == expected and freshen.totals_differ() == []
    assert count_newborn() == 0 and counted() == expected


def test_those_founded_later_are_added_to_what_is_there(world: World) -> None:
    freshen.freshen_all()
    found(world, "v1", "hekou")
    found(world, "v2", "hekou")
    assert count_newborn() == 2
    (total,) = MonthTotal.objects.filter(unit="donghe", measure="units", month=2024 * 12 + 1)
    assert total.n == 2 and freshen.totals_differ() == []


def test_a_unit_that_has_done_something_is_left_to_be_looked_at(world: World) -> None:
    found(world, "v1", "hekou")
    world.do("equip_venue", {"name": "议事室", "haves": FIVE}, unit="v1", by="p-su", on="2024-05-05",
             typed="2026-05-01")  # fmt: skip
    count_newborn()
    assert not Seen.objects.filter(unit="v1").exists()
    freshen.freshen_all()
    assert DayFact.objects.get(unit="v1", measure="venues").n == 1 and freshen.totals_differ() == []


@pytest.mark.parametrize("others", [0, 3])
def test_a_unit_that_moves_takes_everything_below_along(world: World, others: int) -> None:
    """No act moves a unit yet. A tree that was put right by hand is found by the worker, wholly or not at all."""
    found(world, "new-town", "donghe", "town")
    world.do("equip_venue", {"name": "议事室", "haves": FIVE}, unit="liushu", by="p-su", on="2024-05-05",
             typed="2026-05-01")  # fmt: skip
    freshen.freshen_all()
    top = Unit.objects.get(pk="new-town").path
    for unit, path in (("hekou", "0001"), ("liushu", "00010001"), ("yangshu", "00010002")):
        Unit.objects.filter(pk=unit).update(path=top + path)
    Unit.objects.filter(pk="hekou").update(parent="new-town")
    for n in range(others):
        found(world, f"v{n}", "hekou")
    world.do("amend_unit", {"adults": 5}, unit="hekou", by="p-su", on="2026-05-01", typed="2026-05-01")
    assert freshen.freshen() is False
    totals = list(MonthTotal.objects.filter(unit="new-town").values_list("measure", "n"))
    assert totals == [("units", 1 + others)]  # nothing half moved
    freshen.freshen_all()
    assert freshen.totals_differ() == [] and freshen.freshen() is True
    paths = dict(Unit.objects.values_list("pk", "path"))
    assert all(f.path == paths[f.unit] for f in DayFact.objects.all())
    assert all(s.path == paths[s.unit] for s in Seen.objects.all())
    assert MonthTotal.objects.get(unit="new-town", measure="venues").n == 1
