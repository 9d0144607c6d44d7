"""Groups on the factor map: round clouds of one width, each person known only as surely as they answered.

    z(p) ~ Σ_g share(g) · N(centre(g), width² · 1),    seen through N(z(p), uncertainty(p))

Distances on the map are differences of expected answers, so one width for all groups and axes says: people of a group
answer alike, whatever the question. Who has answered little lies between the groups and belongs to each a little. EM
with uncertain points: Bovy, Hogg, Roweis, Annals of Applied Statistics 5 (2011).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.factors import Factors, Positions
from shangliang.consensus.mixture_kernels import NARROWEST, em, settle, sow

STARTS = 4
SETTLING = 6  # rounds of k-means at a start
TRIAL = 3  # rounds of EM after which the better of two goes on
SEARCH = 8  # rounds that are enough to compare numbers of groups
NEARLY = 1e-3  # gain of log likelihood a person at which they may end earlier
ROUNDS, TOLERANCE = 40, 1e-5  # the same for the groups that are told


class Cloud(NamedTuple):
    """People as points with uncertainty: precision of what their answers tell, and precision · position."""

    z: Floats  # (P, R)
    pull: Floats  # (P, R)
    precision: Floats  # (P, R)
    sure: Floats  # (P,) 0…1


class Mixture(NamedTuple):
    centres: Floats  # (K, R)
    share: Floats  # (K,)
    width2: float
    likelihood: float  # logarithm
    belongs: Floats  # (P, K) probability


def cloud(positions: Positions, factors: Factors) -> Cloud:
    """What the answers alone tell: the posterior without its prior."""
    spread = np.maximum(factors.spread, 1e-9)
    variance = np.clip(positions.variance.astype(np.float64), 1e-9, spread * (1 - 1e-6))
    z = positions.z.astype(np.float64)
    sure = 1 - variance.sum(axis=1) / spread.sum()
    return Cloud(z, z / variance, 1 / variance - 1 / spread, np.maximum(sure, 0.0))


def some(points: Cloud, rows: Ints) -> Cloud:
    return Cloud(*(np.ascontiguousarray(part[rows]) for part in points))


def fit(points: Cloud, k: int, seed: int = 0) -> Mixture:
    """The likeliest mixture of k groups that a few starts find."""
    return settled(points, search(points, k, seed))


def settled(points: Cloud, found: Mixture) -> Mixture:
    """The same groups when hardly anything changes any more."""
    return go_on(points, found.centres, found.share, found.width2)


def search(points: Cloud, k: int, seed: int = 0) -> Mixture:
    """The same, good enough to compare numbers of groups."""
    if k == 1:
        return go_on(points, points.z.mean(axis=0)[None], np.ones(1))
    drawn = np.random.default_rng(seed)
    starts = sorted((_start(points, k, drawn) for _ in range(STARTS)), key=lambda start: start[0])
    tried = [_em(points, centres, share, _width2(points), TRIAL, NEARLY) for _, centres, share in starts[:2]]
    best = max(tried, key=lambda mixture: mixture.likelihood)
    return _em(points, best.centres, best.share, best.width2, SEARCH, NEARLY)


def belonging(points: Cloud, mixture: Mixture) -> Floats:
    """(P, K): the probability that each belongs to each group."""
    out = np.empty((len(points.z), len(mixture.share)))
    em(
        points.pull,
        points.precision,
        mixture.centres.copy(),
        mixture.share.copy(),
        mixture.width2,
        0,
        0.0,
        out,
    )
    return out


def cost(mixture: Mixture) -> float:
    """Bayesian information criterion; less is better."""
    k, axes = mixture.centres.shape
    return float(-2 * mixture.likelihood + (k * axes + k) * np.log(max(len(mixture.belongs), 1)))


def _start(points: Cloud, k: int, drawn: np.random.Generator) -> tuple[float, Floats, Floats]:
    """k-means++ and a few rounds, sure people counting more: (spread left, centres, shares)."""
    weight = points.sure**2 + 1e-9
    centres, nearest = np.empty((k, points.z.shape[1])), np.full(len(weight), -1)
    sow(points.z, weight, drawn.random(k), centres)
    left = settle(points.z, weight, centres, nearest, SETTLING)
    share = np.bincount(nearest, minlength=k) / len(nearest) + 0.01
    return left, centres / max(0.3, float(points.sure.mean())), share / share.sum()


def go_on(points: Cloud, centres: Floats, share: Floats, width2: float = 0.0) -> Mixture:
    """EM from these centres on, and from this width if it is known, until hardly anything changes."""
    return _em(points, centres, share, width2 or _width2(points), ROUNDS, TOLERANCE)


def _width2(points: Cloud) -> float:
    return 0.4 * float((points.z**2).mean()) / max(0.3, float(points.sure.mean())) + NARROWEST


def _em(
    points: Cloud, centres: Floats, share: Floats, width2: float, rounds: int, tolerance: float
) -> Mixture:
    belongs = np.empty((len(points.z), len(share)))
    centres, share = centres.copy(), share.copy()
    likelihood, width2 = em(points.pull, points.precision, centres, share, width2, rounds, tolerance, belongs)
    return Mixture(centres, share, width2, likelihood, belongs)
