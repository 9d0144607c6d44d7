"""The reference method against the formulae written a second time, on four public conversations."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.consensus import dense
from tests.consensus.conversations import NAMES, meeting, planted, public

from shangliang.consensus import OpinionMap, map_opinions
from shangliang.consensus.arrays import Floats
from shangliang.consensus.counts import Counts
from shangliang.consensus.measures import adjusted_rand
from shangliang.consensus.statistics import SIGNIFICANT, majority


@cache
def mapped(name: str) -> tuple[OpinionMap, Floats, dense.Dense]:
    p, s, v = public(name)
    held = dense.matrix(p, s, v)
    return map_opinions(p, s, v, method="polis"), held, dense.places(held)


@pytest.mark.parametrize("name", NAMES)
def test_axes_are_those_of_the_dense_matrix(name: str) -> None:
    opinions, _, places = mapped(name)
    for axis in range(2):
        cosine = abs(opinions.model.axes[:, axis] @ places.axes[:, axis])
        assert cosine >= 0.99999


@pytest.mark.parametrize("name", NAMES)
def test_positions_are_the_scaled_projection(name: str) -> None:
    opinions, _, places = mapped(name)
    found = np.column_stack((opinions.participants.x, opinions.participants.y))
    sign = np.sign((opinions.model.axes * places.axes).sum(axis=0))
    assert np.abs(found - places.positions * sign).max() < 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_figures_of_the_groups(name: str) -> None:
    opinions, held, _ = mapped(name)
    told = dense.figures(held, opinions.participants.group)
    f = opinions.figures
    pairs = {"pa": f.p_agree, "pd": f.p_disagree, "pat": f.z_agree, "pdt": f.z_disagree,
             "ra": f.r_agree, "rd": f.r_disagree, "rat": f.rz_agree, "rdt": f.rz_disagree}  # fmt: skip
    for mark, found in pairs.items():
        assert np.abs(found - told[mark]).max() < 1e-6, mark
    assert np.abs(opinions.statements.consensus - told["pa"].prod(axis=0)).max() < 1e-6
    assert np.abs(opinions.statements.rejection - told["pd"].prod(axis=0)).max() < 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_routing_weight(name: str) -> None:
    opinions, held, places = mapped(name)
    told = dense.weights(held, opinions.participants.group, places.extremity)
    assert np.abs(opinions.statements.weight - told).max() < 1e-6 * max(1.0, told.max())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_with_groups_from_elsewhere(name: str) -> None:
    p, s, v = public(name)
    held = dense.matrix(p, s, v)
    given = np.random.default_rng(1).integers(-1, 3, len(held))
    opinions = map_opinions(p, s, v, method="polis", groups=given)
    told = dense.figures(held, given)
    assert np.abs(opinions.figures.rz_agree - told["rat"]).max() < 1e-6
    assert np.abs(opinions.statements.consensus - told["pa"].prod(axis=0)).max() < 1e-6
    assert [g.size for g in opinions.groups] == [int((given == g).sum()) for g in range(3)]


@pytest.mark.parametrize("name", NAMES)
def test_representative_statements_are_significant_and_agreed_ones_come_first(name: str) -> None:
    opinions, _, _ = mapped(name)
    for group in opinions.groups:
        told = group.representative
        assert 1 <= len(told) <= 5
        assert [r.agrees for r in told] == sorted((r.agrees for r in told), reverse=True)
        tested = [r for r in told if r.z_share > SIGNIFICANT and r.z_ratio > SIGNIFICANT]
        assert len(tested) >= len(told) - 1  # the best agreed one is named whatever the tests say


def test_a_majority_is_more_than_half_and_significant() -> None:
    p, s = np.nonzero(np.ones((20, 3)))
    v = np.where(s == 0, 1, np.where(s == 1, -1, np.where(p % 2, 1, -1)))
    opinions = map_opinions(p, s, v, method="polis")
    f = opinions.figures
    assert majority(Counts(f.agree, f.disagree, f.answered), opinions.statements.ids) == ([0], [1])


def test_who_is_in() -> None:
    """Seven answers or more; fewer when there are fewer statements; the most active when hardly anybody is."""
    p = np.array([0] * 8 + [1] * 7 + [2] * 6)
    s = np.concatenate([np.arange(8), np.arange(7), np.arange(6)])
    many = np.repeat(np.arange(10, 30), 8), np.tile(np.arange(8), 20)
    v = np.ones(len(p) + 160, int)
    v[::3] = -1
    opinions = map_opinions(np.concatenate((p, many[0])), np.concatenate((s, many[1])), v, method="polis")
    assert opinions.participants.placed.tolist() == [True, True, False] + [True] * 20
    alone = map_opinions(p, s, v[: len(p)], method="polis")
    assert alone.participants.placed.all()  # topped up to fifteen


def test_two_camps_are_found() -> None:
    p, s, v = meeting(60, 30, camps=2)
    opinions = map_opinions(p, s, v, method="polis")
    assert len(opinions.groups) == 2
    assert adjusted_rand(opinions.participants.group, np.arange(60) % 2) > 0.7


def test_never_more_than_five_groups() -> None:
    (p, s, v), _ = planted(3, 8)
    assert 2 <= len(map_opinions(p, s, v, method="polis").groups) <= 5
