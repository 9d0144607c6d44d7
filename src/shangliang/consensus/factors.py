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

from typing import NamedTuple

import numpy as np

from shangliang.consensus import factor_kernels as kernels
from shangliang.consensus.counts import count
from shangliang.consensus.factor_kernels import RANK, Singles
from shangliang.consensus.results import Floats
from shangliang.consensus.votes import Votes, rows_of
from shangliang.consensus.work import each, parts

ROUNDS = 10
MANY = 100_000  # answers
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
    elif len(votes.value) > MANY:  # the way to the neighbourhood is short with a part of the people
        third = rows_of(votes, np.arange(0, votes.people, 3))
        few = count(third)
        state = _rounds(
            third, state._replace(squares=(few.agree + few.disagree)[0].astype(float)), rounds // 2
        )
        state, rounds = state._replace(squares=_begin(votes, seed).squares), rounds - rounds // 2
    return _scaled(_rounds(votes, state, rounds))


def _rounds(votes: Votes, state: _State, rounds: int) -> _State:
    """Rounds of EM over these votes."""
    ranges = parts(votes.start)
    for _ in range(rounds):
        table = _table(state)

        def some(a: int, b: int, table: Singles = table) -> tuple[Singles, Singles, Floats]:
            return kernels.gather(votes.start, votes.column, votes.value, table, a, b)

        gathered = each(some, ranges)
        products, sums, scatter = (
            np.asarray(np.sum([part[i] for part in gathered], axis=0, dtype=np.float64)) for i in range(3)
        )
        state = _improved(state, products, sums, scatter, votes.people)
    return state


class _State(NamedTuple):
    mean: Floats
    loadings: Floats  # (M, RANK) of positions ~ N(0, 1)
    noise: Floats
    centre: float  # prior of the means
    firm: float  # its precision
    relevance: Floats  # (RANK,) precision of the loadings
    squares: Floats  # (M,) sum of squared answers


def _begin(votes: Votes, seed: int) -> _State:
    (a,), (d,), (s,) = count(votes)
    centre = float((a - d).sum() / max(s.sum(), 1))
    mean = (a - d + 2 * centre) / (s + 2)
    loadings = 0.3 * np.random.default_rng(seed).standard_normal((votes.width, RANK))
    firm = 1 / max(float(mean.var()), 1e-3)
    return _State(
        mean, loadings, np.full(votes.width, 0.4), centre, firm, np.full(RANK, 10.0), (a + d).astype(float)
    )


def _table(state: _State) -> Singles:
    """What one answer adds to a person's information: the packed products of loadings by noise, the loadings by noise,
    and these times the mean. (M, PACKED + 2 · RANK), single precision."""
    weighed = state.loadings / state.noise[:, None]
    rows, columns = kernels.LOWER
    products = weighed[:, rows] * state.loadings[:, columns]
    return np.ascontiguousarray(
        np.hstack((products, weighed, weighed * state.mean[:, None])), dtype=np.float32
    )


def _improved(state: _State, products: Floats, sums: Floats, scatter: Floats, people: int) -> _State:
    mean, loadings, noise, uncertain, answers = kernels.solve(
        products, sums, state.squares, state.noise, state.relevance, state.centre, state.firm
    )
    total = noise.sum() / max(answers.sum(), 1)
    noise = np.maximum((noise + OWN_NOISE * total) / (answers + OWN_NOISE), 1e-3)
    relevance = len(mean) / np.maximum((loadings**2).sum(axis=0) + uncertain[1:], 1e-9)
    centre = float(mean.mean())
    firm = len(mean) / max(float(((mean - centre) ** 2).sum() + uncertain[0]), 1e-9)
    # Positions are made N(0, 1) again and the axes orthogonal, the strongest first: else EM creeps.
    root = np.linalg.cholesky(scatter / people + 1e-9 * np.eye(RANK))
    turned = loadings @ root
    turn = np.linalg.eigh(turned.T @ turned)[1][:, ::-1]
    return _State(mean, turned @ turn, noise, centre, firm, relevance, state.squares)


def _scaled(state: _State) -> Factors:
    size = np.sqrt((state.loadings**2).mean(axis=0))
    alive = size > 1e-3
    axes = np.where(alive, state.loadings / np.where(alive, size, 1.0), 0.0)
    top = np.abs(axes).argmax(axis=0)
    axes = axes * np.where(axes[top, np.arange(RANK)] < 0, -1.0, 1.0)
    return Factors(state.mean, axes, np.where(alive, size**2, 0.0), state.noise)


def place(votes: Votes, factors: Factors) -> Positions:
    """Where everybody stands and how surely."""
    table = _table(_State(factors.mean, factors.axes, factors.noise, 0.0, 0.0, factors.spread, factors.mean))
    prior = 1 / np.maximum(factors.spread, 1e-9)

    def some(a: int, b: int) -> Singles:
        return kernels.place(votes.start, votes.column, votes.value, table, prior, a, b)

    found = np.concatenate(each(some, parts(votes.start)))
    return Positions(found[:, :RANK], found[:, RANK:])
