"""Groups on the factor map: round clouds of one width, each person known only as surely as they answered.

    z(p) ~ Σ_g share(g) · N(centre(g), width² · 1),    seen through N(z(p), uncertainty(p))

Distances on the map are differences of expected answers, so one width for all groups and axes says: people of a group
answer alike, whatever the question. Who has answered little lies between the groups and belongs to each a little. EM
with uncertain points: Bovy, Hogg, Roweis, Annals of Applied Statistics 5 (2011).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from shangliang.consensus.factor_kernels import RANK
from shangliang.consensus.factors import Factors, Positions
from shangliang.consensus.kmeans import kmeans
from shangliang.consensus.results import Floats, Ints

STARTS = 4
ROUNDS = 40
TOLERANCE = 1e-5
NARROWEST = 1e-5
NOTHING = 1e-9  # chances below it move nothing


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
    drawn = np.random.default_rng(seed)
    starts = [_start(points, k, drawn) for _ in range(STARTS if k > 1 else 1)]
    starts.sort(key=lambda start: start[0])
    found = [go_on(points, centres, share) for _, centres, share in starts[:2]]
    return max(found, key=lambda mixture: mixture.likelihood)


def belonging(points: Cloud, mixture: Mixture) -> Floats:
    """(P, K): the probability that each belongs to each group."""
    out = np.empty((len(points.z), len(mixture.share)))
    _em(
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
    at = [int(drawn.choice(len(weight), p=weight / weight.sum()))]
    far = np.full(len(weight), np.inf)
    for _ in range(k - 1):
        far = np.minimum(far, ((points.z - points.z[at[-1]]) ** 2).sum(axis=1))
        odds = far * weight + 1e-300
        at.append(int(drawn.choice(len(weight), p=odds / odds.sum())))
    label, centres = kmeans(points.z, weight, points.z[at], 15)
    left = float((((points.z - centres[label]) ** 2).sum(axis=1) * weight).sum())
    share = np.bincount(label, minlength=k) / len(label) + 0.01
    return left, centres / max(0.3, float(points.sure.mean())), share / share.sum()


def go_on(points: Cloud, centres: Floats, share: Floats) -> Mixture:
    """EM from these centres on."""
    belongs = np.empty((len(points.z), len(share)))
    width2 = 0.4 * float((points.z**2).mean()) / max(0.3, float(points.sure.mean())) + NARROWEST
    centres, share = centres.copy(), share.copy()
    likelihood, width2 = _em(
        points.pull, points.precision, centres, share, width2, ROUNDS, TOLERANCE, belongs
    )
    return Mixture(centres, share, width2, likelihood, belongs)


@njit(cache=True, nogil=True, fastmath=True)
def _em(
    pull: Floats, precision: Floats, centres: Floats, share: Floats, width2: float,
    rounds: int, tolerance: float, belongs: Floats,
) -> tuple[float, float]:  # fmt: skip
    """Rounds of EM in place, at least the first half of one: (log likelihood, width²)."""
    people, k = len(pull), len(share)
    total, moved, weight = np.empty(k), np.empty((k, RANK)), np.empty(k)
    drawn, prior, narrow = np.empty((k, RANK)), np.empty(k), np.empty(RANK)
    last, likelihood = -np.inf, 0.0
    for step in range(max(rounds, 1)):
        total[:] = 0
        moved[:] = 0
        squares, likelihood = 0.0, 0.0
        inner = 1 / width2
        for g in range(k):
            e = 0.0
            for r in range(RANK):
                drawn[g, r] = centres[g, r] * inner
                e += drawn[g, r] * centres[g, r]
            prior[g] = np.log(share[g] + 1e-300) - 0.5 * e
        for p in range(people):
            volume, loose = 1.0, 0.0
            for r in range(RANK):
                volume *= 1 + precision[p, r] * width2
                narrow[r] = 1 / (precision[p, r] + inner)
                loose += narrow[r]
            z, most = _weigh(pull[p], narrow, drawn, prior, k, weight)
            likelihood += most + np.log(z) - 0.5 * np.log(volume)
            squares += loose
            for g in range(k):
                w = weight[g] / z
                belongs[p, g] = w
                if w > NOTHING:
                    total[g] += w
                    e = 0.0
                    for r in range(RANK):
                        x = (pull[p, r] + drawn[g, r]) * narrow[r]
                        moved[g, r] += w * x
                        e += x * x
                    squares += w * e
        if rounds == 0:
            break
        for g in range(k):
            share[g] = total[g] / people
            for r in range(RANK):
                centres[g, r] = moved[g, r] / max(total[g], 1e-9)
                squares -= total[g] * centres[g, r] ** 2
        width2 = max(squares / (people * RANK), NARROWEST)
        if step and abs(likelihood - last) < tolerance * people:
            break
        last = likelihood
    return likelihood, width2


@njit(cache=True, nogil=True, fastmath=True)
def _weigh(
    pull: Floats, narrow: Floats, drawn: Floats, prior: Floats, k: int, weight: Floats
) -> tuple[float, float]:
    """How well each group fits one person, into ``weight``, relative to the best: (their sum, log of the best)."""
    most = -np.inf
    for g in range(k):
        e = 0.0
        for r in range(RANK):
            h = pull[r] + drawn[g, r]
            e += h * h * narrow[r]
        weight[g] = prior[g] + 0.5 * e
        most = max(most, weight[g])
    z = 0.0
    for g in range(k):
        weight[g] = np.exp(weight[g] - most) if weight[g] > most - 30 else 0.0
        z += weight[g]
    return z, most
