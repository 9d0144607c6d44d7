"""A regularised factor map of answers that are mostly missing.

    answer(p, c) = mean(c) + axes(c) · z(p) + noise(c),    z(p) ~ N(0, spread)

Factor analysis with a noise of its own for each statement (an answer to what nearly all agree on tells little about a
person), a normal prior on every loading whose width is learnt for each axis (automatic relevance determination: axes
that explain nothing vanish, so the number of dimensions need not be chosen), and missing answers simply left out. It is
fitted by variational EM; everybody's position comes with its uncertainty, so that people with few answers are drawn to
the middle. Nothing is tuned by hand. Bishop, “Variational principal components”, ICANN 1999; Ilin and Raiko, JMLR 11
(2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shangliang.consensus import factor_kernels as kernels
from shangliang.consensus.arrays import Floats
from shangliang.consensus.axes import drawn, strongest
from shangliang.consensus.counts import count
from shangliang.consensus.factor_kernels import RANK, Singles
from shangliang.consensus.votes import Votes
from shangliang.consensus.work import each, parts

ROUNDS = 6
TOGETHER = 256  # statements that a thread solves at a time
PASSES = 4  # over the votes, for the directions to begin with
SMALL = 0.25  # part of their strength to begin with: axes grow faster than they vanish
OWN_NOISE = 10.0  # answers that a statement's own noise is mixed with at the noise of all


class Factors(NamedTuple):
    mean: Floats  # (M,)
    axes: Floats  # (M, RANK), each column of root mean square 1, or 0 where the axis has vanished
    spread: Floats  # (RANK,) variance of positions along each axis, in answers²; descending
    noise: Floats  # (M,) variance


class Positions(NamedTuple):
    """Posterior of each person along each axis, taken one axis at a time."""

    z: Singles  # (P, RANK)
    variance: Singles  # (P, RANK)


def fit(votes: Votes, seed: int = 0, rounds: int = ROUNDS, begin: Factors | None = None) -> Factors:
    """The map that these answers tell of; the more answers the less is smoothed away. ``begin``: a map to go on from,
    when votes have come since."""
    state = _begin(votes, seed)
    if begin is not None:
        state = state._replace(
            mean=begin.mean, loadings=begin.axes * np.sqrt(begin.spread), noise=begin.noise
        )
    return _scaled(_rounds(votes, state, rounds))


def _rounds(votes: Votes, state: _State, rounds: int) -> _State:
    """Rounds of EM over these votes."""
    ranges = parts(votes.start)
    for _ in range(rounds):
        table = _table(state)

        def some(a: int, b: int, table: Singles = table) -> tuple[Singles, Floats]:
            return kernels.gather(votes.start, votes.column, votes.value, table, a, b)

        gathered, scatter = (_sum(each_part) for each_part in zip(*each(some, ranges), strict=True))
        state = _improved(state, gathered, scatter, votes.people)
    return state


def _sum(found: Sequence[NDArray[Any]]) -> Floats:
    """The sum of arrays of one shape, in double precision."""
    total = found[0].astype(np.float64)
    for one in found[1:]:
        total += one
    return total


class _State(NamedTuple):
    mean: Floats
    loadings: Floats  # (M, RANK) of positions ~ N(0, 1)
    noise: Floats
    centre: float  # prior of the means
    firm: float  # its precision
    relevance: Floats  # (RANK,) precision of the loadings
    answers: Floats  # (M,) their number, sum, and sum of squares
    sums: Floats
    squares: Floats


def _begin(votes: Votes, seed: int) -> _State:
    (a,), (d,), (s,) = (x.astype(np.float64) for x in count(votes))
    centre = float((a - d).sum() / max(s.sum(), 1))
    mean = (a - d + 2 * centre) / (s + 2)
    firm = 1 / max(float(mean.var()), 1e-3)
    return _State(
        mean, _loadings(votes, mean, s, seed), np.full(votes.width, 0.4), centre, firm, np.full(RANK, 10.0), s, a - d, a + d
    )  # fmt: skip


def _loadings(votes: Votes, mean: Floats, answered: Floats, seed: int) -> Floats:
    """Where EM begins: the strongest directions of the answers, missing ones at the mean, after a few passes. Of people
    who see a part q of the statements, products of two columns are q² of what they would be."""
    weight = np.sqrt(votes.people / (answered + 10))
    vectors, values = strongest(votes, mean, weight, drawn(votes.width, seed), steps=PASSES)
    size = SMALL * np.sqrt(np.maximum(values, 0) / max(votes.people, 1))
    return np.ascontiguousarray((vectors * weight * size[:, None]).T)


def _table(state: _State) -> Singles:
    """What one answer adds to a person's information: the packed products of loadings by noise, the loadings by noise,
    and these times the mean. (M, TABLE), single precision."""
    table = np.zeros((len(state.mean), kernels.TABLE), np.float32)
    weighed = state.loadings / state.noise[:, None]
    rows, columns = kernels.LOWER
    table[:, : kernels.PACKED] = weighed[:, rows] * state.loadings[:, columns]
    table[:, kernels.PULL : kernels.SHIFT] = weighed
    table[:, kernels.SHIFT :] = weighed * state.mean[:, None]
    return table


def _improved(state: _State, gathered: Floats, scatter: Floats, people: int) -> _State:
    width = len(state.mean)
    mean, loadings, noise = np.empty(width), np.empty((width, RANK)), np.empty(width)
    uncertainties = np.empty((width, kernels.WIDE))

    def some(a: int, b: int) -> None:
        kernels.solve(
            gathered, state.answers, state.sums, state.squares, state.noise, state.relevance,
            state.centre, state.firm, a, b, mean, loadings, noise, uncertainties,
        )  # fmt: skip

    each(some, [(a, min(a + TOGETHER, width)) for a in range(0, width, TOGETHER)])
    uncertain, answers = uncertainties.sum(axis=0), state.answers
    total = noise.sum() / max(answers.sum(), 1)
    noise = np.maximum((noise + OWN_NOISE * total) / (answers + OWN_NOISE), 1e-3)
    relevance = len(mean) / np.maximum((loadings**2).sum(axis=0) + uncertain[1:], 1e-9)
    centre = float(mean.mean())
    firm = len(mean) / max(float(((mean - centre) ** 2).sum() + uncertain[0]), 1e-9)
    # Positions are made N(0, 1) again and the axes orthogonal, the strongest first: else EM creeps.
    root = np.linalg.cholesky(scatter / people + 1e-9 * np.eye(RANK))
    turned = loadings @ root
    turn = np.linalg.eigh(turned.T @ turned)[1][:, ::-1]
    return _State(
        mean, turned @ turn, noise, centre, firm, relevance, state.answers, state.sums, state.squares
    )


def _scaled(state: _State) -> Factors:
    size = np.sqrt((state.loadings**2).mean(axis=0))
    alive = size > 1e-3
    axes = np.where(alive, state.loadings / np.where(alive, size, 1.0), 0.0)
    top = np.abs(axes).argmax(axis=0)
    axes = axes * np.where(axes[top, np.arange(RANK)] < 0, -1.0, 1.0)
    return Factors(state.mean, axes, np.where(alive, size**2, 0.0), state.noise)


def place(votes: Votes, factors: Factors) -> Positions:
    """Where everybody stands and how surely."""
    table = _table(
        _State(factors.mean, factors.axes, factors.noise, 0.0, 0.0, factors.spread, *[factors.mean] * 3)
    )
    prior = 1 / np.maximum(factors.spread, 1e-9)

    def some(a: int, b: int) -> Singles:
        return kernels.place(votes.start, votes.column, votes.value, table, prior, a, b)

    found = np.concatenate(each(some, parts(votes.start)))
    return Positions(found[:, :RANK], found[:, RANK:])
