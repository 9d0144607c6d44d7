"""The public pools: the bound is met, every panel keeps every quota, the published file loses little."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest
from tests.panel.pools import public

from shangliang.panel import OBJECTIVES, Objective, Watch, publish, solve
from shangliang.panel.shangliang_panel_verify import examine

# The smallest chance any lottery can give, as measured independently with another method.
BOUND = {
    "example_small_20": 0.1, "example_large_200": 0.1, "mass_24": 0.3171, "hd_30": 0.0986, "sf_b_20": 0.0748,
    "sf_a_35": 0.1006, "obf_30": 0.0622, "nexus_170": 0.48, "cca_75": 0.0690,
}  # fmt: skip
QUICK = [name for name in BOUND if name != "hd_30"]  # whose leximin needs proof by column generation


@pytest.mark.parametrize("name", BOUND)
def test_the_smallest_chance_is_the_bound(name: str) -> None:
    solution = solve(public(name), "maximin")
    assert solution.proven and solution.gap < 1e-6
    assert solution.achieved == pytest.approx(BOUND[name], abs=5e-5)
    assert solution.shape.right(solution.lottery.panels)


@pytest.mark.parametrize("name", QUICK)
def test_leximin_reaches_every_level_of_the_relaxation(name: str) -> None:
    solution = solve(public(name))
    assert solution.proven and solution.achieved == pytest.approx(BOUND[name], abs=5e-5)
    assert all(level.bound is not None and level.bound - level.chance < 1e-6 for level in solution.levels)
    assert solution.chances.sum() == pytest.approx(solution.problem.size)


def test_leximin_says_what_it_could_not_prove_in_time() -> None:
    looks = count()  # a clock on which a second passes with every look at it: no machine is too fast for it
    solution = solve(public("hd_30"), watch=Watch(now=lambda: float(next(looks)), limit=60))
    assert solution.gap < 1e-6 and not solution.proven
    assert any(level.bound is None or level.bound > level.chance + 1e-6 for level in solution.levels)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_same_every_time(objective: Objective) -> None:
    problem = public("mass_24")
    one, two = publish(solve(problem, objective)), publish(solve(problem, objective))
    assert one.text == two.text and one.digest == two.digest


def test_nash_is_never_below_leximin_in_the_product() -> None:
    problem = public("mass_24")
    nash, leximin = solve(problem, "nash"), solve(problem)
    assert nash.proven
    assert np.log(nash.chances).sum() >= np.log(leximin.chances).sum() - 1e-6
    assert nash.chances.min() <= leximin.chances.min() + 1e-9


@pytest.mark.parametrize("name", ["mass_24", "sf_b_20"])
def test_a_thousand_panels_lose_less_than_two_in_a_thousand(name: str) -> None:
    solution = solve(public(name))
    published = publish(solution)
    assert len(published.panels) == 1000
    assert solution.achieved - published.least / 1000 < 0.002
    assert not examine(published.text.encode(), published.digest)["problems"]
