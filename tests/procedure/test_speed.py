"""How long judging takes: every act of every stage of every shipped procedure, with every collection of facts at hand."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from time import perf_counter

import pytest

from shangliang.procedure.casebook import case
from shangliang.procedure.judge import judge, offers
from shangliang.procedure.loader import procedure, shipped
from shangliang.procedure.moves import Move, Position

FACTS = case(
    "any", {"on": case().today}, parties=(), rulings=(), rounds=(), objections=(), tasks=(), replies=(), forums=(),
    papers=frozenset(), chain_ok=True, digests_ok=True, one_shoulder=False,
)  # fmt: skip


@pytest.mark.parametrize("id", shipped())
def test_an_act_is_judged_in_less_than_a_millisecond(id):
    found, took = procedure(id), []
    for stage in found.root.stages:
        move = Move(found, Position({"": stage}), frozenset())
        move.enter("", stage)
        for offer in offers(found, move.position):
            facts = replace(FACTS, act=replace(FACTS.act, name=offer.act.name))
            begun = perf_counter()
            judge(found, move.position, facts)
            took.append(perf_counter() - begun)
    assert len(took) > 10
    assert median(took) < 0.001
