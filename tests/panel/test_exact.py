"""Small random pools against all their panels: the optimum is exact, for every objective, and nothing else is said."""

from __future__ import annotations

import numpy as np
import pytest
from tests.panel.pools import changed, every_panel, small

from shangliang.panel import Infeasible, PanelError, Problem, Solution, Watch, check, publish, solve
from shangliang.panel.lp import INF, Programme
from shangliang.panel.realise import realise
from shangliang.panel.relax import leximin
from shangliang.panel.shangliang_panel_verify import examine
from shangliang.panel.shape import shape_of

SEEDS = range(120)


def solved(problem: Problem, panels: list[tuple[int, ...]]) -> Solution | None:
    try:
        return solve(problem)
    except (PanelError, Infeasible):
        assert not panels
        return None


def open_to_lot(solution: Solution) -> list[int]:
    return [i for members in solution.shape.members for i in members]


def best(panels: list[tuple[int, ...]], people: list[int]) -> np.ndarray:
    """The leximin of all mixtures of these panels, the plain way: raise everybody together, then ask of each alone
    whether they could rise further."""
    sits = np.array([[i in panel for panel in panels] for i in people], float)
    fixed: dict[int, float] = {}
    while len(fixed) < len(people):
        z = _raise(sits, fixed)
        stuck = [i for i in range(len(people)) if i not in fixed and _alone(sits, fixed, z, i) < z + 1e-6]
        assert stuck
        fixed.update(dict.fromkeys(stuck, z))
    return np.array([fixed[i] for i in range(len(people))])


def _raise(sits: np.ndarray, fixed: dict[int, float]) -> float:
    lp = Programme(maximise=True)
    lp.columns([1.0], -1.0, 1.0)
    lp.columns(np.zeros(sits.shape[1]), 0.0, INF)
    ahead = np.array([[0.0 if i in fixed else -1.0] for i in range(len(sits))])
    low = [fixed.get(i, 1e-9) - 1e-9 for i in range(len(sits))]
    lp.rows(low, [INF] * len(sits), np.hstack([ahead, sits]))
    lp.rows([1.0], [1.0], np.append(0.0, np.ones(sits.shape[1]))[None, :])
    assert lp.run()
    return lp.value


def _alone(sits: np.ndarray, fixed: dict[int, float], z: float, who: int) -> float:
    lp = Programme(maximise=True)
    lp.columns(sits[who], 0.0, INF)
    lp.rows([fixed.get(i, z) - 1e-9 for i in range(len(sits))], [INF] * len(sits), sits)
    lp.rows([1.0], [1.0], np.ones((1, sits.shape[1])))
    assert lp.run()
    return lp.value


@pytest.mark.parametrize("seed", SEEDS)
def test_leximin_and_maximin_are_those_of_all_panels(seed: int) -> None:
    problem = small(seed)
    panels = every_panel(problem)
    solution = solved(problem, panels)
    if solution is None or not (people := open_to_lot(solution)):
        return
    exact = best(panels, people)
    assert solution.proven and solution.gap < 1e-6
    assert np.allclose(solution.chances[people], exact, atol=1e-6)
    smallest = solve(problem, "maximin")
    assert smallest.proven and smallest.achieved == pytest.approx(exact.min(), abs=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_panel_improves_the_largest_product(seed: int) -> None:
    """For the largest product of chances p, every panel has Σ 1/p over its members ≤ the number of people (the condition
    of Kuhn and Tucker), people who fit no panel not counted."""
    problem = small(seed)
    panels = every_panel(problem)
    if solved(problem, panels) is None:
        return
    solution = solve(problem, "nash")
    people = [i for i in open_to_lot(solution) if any(i in panel for panel in panels)]
    chances = solution.chances
    assert solution.proven and all(chances[i] > 0 for i in people)
    worst = max((sum(1 / chances[i] for i in panel if i in people) for panel in panels), default=0)
    assert worst <= len(people) * (1 + 1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_proposed_changes_help_and_fewer_seats_would_not(seed: int) -> None:
    problem = small(seed)
    try:
        solve(problem)
    except Infeasible as refused:
        if not refused.changes:  # too few households: no quota can help
            return
        assert every_panel(changed(problem, refused.changes))
        assert all(change.zh in refused.zh and change.en in refused.en for change in refused.changes)
        for change in refused.changes:
            others = tuple(c for c in refused.changes if c is not change)
            assert not every_panel(changed(problem, others))
    except PanelError:
        return


@pytest.mark.parametrize("seed", SEEDS)
def test_every_published_panel_is_one_of_them(seed: int) -> None:
    problem = small(seed)
    panels = {frozenset(problem.people[i].id for i in panel) for panel in every_panel(problem)}
    try:
        published = publish(solve(problem), count=60)
    except (PanelError, Infeasible):
        assert not panels
        return
    assert {frozenset(panel) for panel in published.panels} <= panels
    told = examine(published.text.encode(), published.digest)
    assert not told["problems"] and told["least"] == published.least


@pytest.mark.parametrize("seed", SEEDS)
def test_sampling_realises_its_target_or_says_no(seed: int) -> None:
    """The fast way of large pools, on small ones: what it gives has exactly the chances asked for."""
    problem = small(seed)
    try:
        check(problem)
    except PanelError:
        return
    shape = shape_of(problem)
    chance = leximin(shape) if shape.types and shape.seats else None
    if chance is None:
        return
    target = shape.size * chance
    lottery, panels = realise(shape, target, Watch())
    assert shape.right(panels) or not len(panels)
    if lottery is not None:
        assert lottery.seats() == pytest.approx(target, abs=1e-8) and (lottery.weights > 0).all()
        assert best(every_panel(problem), open_to_lot(solve(problem))).min() == (
            pytest.approx(chance.min(), abs=1e-6)
        )
