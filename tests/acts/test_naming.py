"""Naming who takes part: with method, pool and recusals; nobody sits and is recused at once; no name in the record."""

from __future__ import annotations

from typing import Any

import pytest
from tests.acts.world import SECRETARY, World

from shangliang.acts.replay import replay
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Naming, Recusal
from shangliang.record.models import Entry

EAST = {"kind": "stakeholder", "name": "路东赵家", "side": "people"}


def test_named_with_method_and_recusal(world: World) -> None:
    world.screened()
    council = {"kind": "member", "post": world.posts["p-ma"]}
    recused = [
        {"post": world.posts["p-lin"], "reason": "与施工方是兄弟。"},
        {"name": "路西钱家", "reason": "本人申请"},
    ]
    data = {"participants": [EAST, council], "method": "recommended", "pool": 30, "recused": recused}
    world.do("name_participants", data, decided=SECRETARY)
    naming = Naming.objects.get(matter=world.matter)
    assert (naming.method, naming.pool, naming.chosen) == ("recommended", 30, 2)
    assert {p.kind for p in Participant.objects.filter(matter=world.matter)} == {"stakeholder", "member"}
    assert sorted(r.reason.text for r in Recusal.objects.filter(matter=world.matter)) == [
        "与施工方是兄弟。",
        "本人申请",
    ]
    texts = list(Entry.objects.values_list("text", flat=True))
    assert not any(word in text for text in texts for word in ("赵家", "钱家", "兄弟"))
    assert replay()[1] == []


def test_the_convener_decides(world: World) -> None:
    world.screened()
    data = {"participants": [EAST]}
    assert world.refused("name_participants", data, decided={"role": "grid_worker"}) == ["not_convener"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda w: {}, "nobody"),
        (lambda w: {"participants": [{"kind": "resident"}]}, "nobody"),
        (lambda w: {"participants": [EAST], "recused": [{"reason": "亲属"}]}, "nobody"),
        (lambda w: {"participants": [EAST, EAST], "pool": 1}, "pool"),
        (lambda w: {"participants": [{**EAST, "group": "giants"}]}, "no_such"),
        (lambda w: {"participants": [{"post": "liushu.99.0"}]}, "no_such"),
        (lambda w: {"participants": [{"post": w.posts["p-ma"]}] * 2}, "twice"),
        (lambda w: {"participants": [EAST], "recused": [{"name": "路东赵家", "reason": "亲属"}]}, "recused"),
    ],
)
def test_what_cannot_be_is_refused(world: World, data: Any, code: str) -> None:
    world.screened()
    assert code in world.refused("name_participants", data(world), decided=SECRETARY)
    assert not Participant.objects.exists() and not Recusal.objects.exists()


def test_who_was_recused_is_not_named_later_and_nobody_twice(world: World) -> None:
    world.screened()
    recused = {"recused": [{"post": world.posts["p-lin"], "reason": "亲属"}]}
    world.do("name_participants", recused, decided=SECRETARY)
    assert not Naming.objects.exists()
    again = {"participants": [{"post": world.posts["p-lin"]}]}
    assert world.refused("name_participants", again, decided=SECRETARY) == ["recused"]
    ma = {"participants": [{"post": world.posts["p-ma"]}]}
    world.do("name_participants", ma, decided=SECRETARY)
    assert world.refused("name_participants", ma, decided=SECRETARY) == ["twice"]
