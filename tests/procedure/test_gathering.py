"""People can be asked what they think beside the study, the approval and the invitation, and nothing waits for it."""

from __future__ import annotations

import pytest

from shangliang.procedure import loader
from shangliang.procedure.model import Procedure
from shangliang.procedure.moves import Move, Position, offers

STAGES = ("D-3", "D-4", "D-5")


@pytest.fixture
def dongning() -> Procedure:
    return loader.shipped()["dongning"]


def names(procedure: Procedure, position: Position) -> list[str]:
    return [o.act.name for o in offers(procedure, position)]


def after(procedure: Procedure, position: Position, act: str, outcome: str = "") -> Position:
    move = Move(procedure, position, frozenset())
    move.do(next(o for o in offers(procedure, position) if o.act.name == act), outcome)
    return move.position


@pytest.mark.parametrize("stage", STAGES)
def test_it_may_be_called_at_each_of_these_stages_and_holds_none_of_them_up(
    dongning: Procedure, stage: str
) -> None:
    here = Position({"": stage})
    own = [a.name for a in dongning.root.stages[stage].acts]
    assert names(dongning, here) == [*own, "open_gathering"]
    running = after(dongning, here, "open_gathering")
    assert running.root == stage and names(dongning, running) == [*own, "close_gathering"]


def test_it_goes_on_while_the_matter_is_studied_and_approved(dongning: Procedure) -> None:
    running = after(dongning, Position({"": "D-3"}), "open_gathering")
    approved = after(dongning, after(dongning, running, "study"), "approve", "yes")
    assert (approved.root, approved.stages["gathering"]) == ("D-5", "o2")
    closed = after(dongning, approved, "close_gathering")
    assert closed.root == "D-5" and closed.done["gathering"] == "closed"
    assert "open_gathering" in names(dongning, closed)  # once more, if it is needed


def test_it_is_no_part_of_the_plain_path_and_of_no_other_stage(dongning: Procedure) -> None:
    calling = {s.id for s in dongning.root.stages.values() if any(c.flow == "gathering" for c in s.calls)}
    assert calling == set(STAGES)
    tabled = after(dongning, after(dongning, Position({"": "D-5"}), "open_gathering"), "table")
    assert tabled.stages == {"": "D-6"}


def test_a_matter_that_is_not_approved_takes_nothing_along(dongning: Procedure) -> None:
    running = after(dongning, Position({"": "D-4"}), "open_gathering")
    assert set(after(dongning, running, "approve", "no").stages) == {""}
