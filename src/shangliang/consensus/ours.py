"""The default method: the factor map, groups of round clouds on it, their number by what it explains and how stable
it is. `factors`, `mixture` and `choosing` say how and why."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shangliang.consensus import choosing, factors, mixture
from shangliang.consensus import votes as table
from shangliang.consensus.factor_kernels import RANK
from shangliang.consensus.factors import Factors, Positions
from shangliang.consensus.measures import rank_correlation
from shangliang.consensus.mixture import Mixture
from shangliang.consensus.placing import NAN, Phases, Placing
from shangliang.consensus.reference import by_size
from shangliang.consensus.results import Bools, Floats, Ints, Model, Sureness
from shangliang.consensus.votes import Votes
from shangliang.consensus.work import each

ENOUGH = 7  # answers to be placed on the map
SAMPLE = 20_000  # people the map is fitted with, when there are more; everybody is placed on it
RESAMPLED = 5_000  # people that resampling looks at
CHUNK = 50_000  # people assigned at a time
FEWEST = 10  # people below which no groups are looked for


class Found(NamedTuple):
    """Groups, before anybody is assigned."""

    mixture: Mixture | None  # None: no groups
    stability: Floats  # (G,)
    sureness: Sureness


def place(votes: Votes, seed: int, resamples: int, phases: Phases) -> Placing:
    """Everybody on the factor map; groups if they are stable."""
    sampled = _sample(votes, SAMPLE, seed)
    fitted = factors.fit(sampled, seed)
    phases.done("axes")
    positions = factors.place(votes, fitted)
    placed = np.asarray(votes.answers >= min(ENOUGH, votes.width))
    phases.done("positions")
    found = _groups(sampled, fitted, seed, resamples, phases)
    return _placing(votes, fitted, positions, placed, found)


def _sample(votes: Votes, most: int, seed: int) -> Votes:
    if votes.people <= most:
        return votes
    rows = np.random.default_rng(seed).choice(votes.people, most, replace=False)
    return table.rows_of(votes, np.sort(rows))


def _groups(votes: Votes, fitted: Factors, seed: int, resamples: int, phases: Phases) -> Found:
    rows = np.flatnonzero(votes.answers >= min(ENOUGH, votes.width))
    if len(rows) < FEWEST or not fitted.spread.any():
        return _none("few_people" if len(rows) < FEWEST else "no_structure", fitted)
    points = mixture.some(mixture.cloud(factors.place(votes, fitted), fitted), rows)
    tried = choosing.attempt(points, seed)
    phases.done("groups")
    ks = [k for k in sorted({2, tried.fair, tried.natural}) if 2 <= k <= len(tried.mixtures)]
    ks = (
        [k for k in ks if choosing.admitted(tried.mixtures[k - 1])]
        if tried.gains[0] > 0 or tried.natural > 1
        else []
    )
    smaller = _sample(votes, RESAMPLED, seed)
    inside = np.flatnonzero(smaller.answers >= min(ENOUGH, votes.width))
    at = np.searchsorted(votes.participants[rows], smaller.participants[inside])
    repeats = choosing.again(smaller, inside, ks, resamples, seed) if resamples else []
    shown = {k: choosing.label(tried.mixtures[k - 1].belongs)[at] for k in ks}
    medians = {
        k: float(np.median([choosing.agreement(shown[k], again.labels[k]) for again in repeats])) for k in ks
    } if repeats else {}  # fmt: skip
    k = choosing.choose(tried, medians)
    phases.done("resampling")
    error, plain = _root([a.error for a in repeats]), _root([a.error_of_means for a in repeats])
    sureness = Sureness(
        medians.get(k, NAN),
        k > 1,
        "" if k > 1 else ("unstable" if ks else "no_structure"),
        error,
        plain,
        _alive(fitted),
    )
    if k == 1:
        return Found(None, np.zeros(0), sureness)
    each_again = [
        float(np.median([choosing.comes_again(shown[k], g, again.labels[k]) for again in repeats]))
        for g in range(k)
    ]
    return Found(tried.mixtures[k - 1], np.array(each_again), sureness)


def _root(squares: list[float]) -> float:
    return float(np.sqrt(np.mean(squares))) if squares else NAN


def _none(reason: str, fitted: Factors) -> Found:
    return Found(None, np.zeros(0), Sureness(NAN, False, reason, NAN, NAN, _alive(fitted)))


def _alive(fitted: Factors) -> int:
    return int((fitted.spread > 0).sum())


def _placing(votes: Votes, fitted: Factors, positions: Positions, placed: Bools, found: Found) -> Placing:
    group, belongs = _assign(positions, fitted, placed, found)
    steady = np.flatnonzero(found.stability >= choosing.STABLE)
    group = np.where(np.isin(group, steady), group, -1)
    sureness = found.sureness
    if found.mixture is not None and len(np.unique(group[group >= 0])) < 2:
        group = np.full(votes.people, -1)
        sureness = sureness._replace(groups_shown=False, reason="unstable")
    order = np.unique(group[group >= 0])
    compact = np.where(group >= 0, np.searchsorted(order, group), -1)
    named = by_size(compact)
    old = np.empty(len(order), np.int64)
    old[[named[np.argmax(compact == before)] for before in range(len(order))]] = order
    shown, sure = _shown(positions, fitted, votes.answers)
    mixed = found.mixture
    model = Model(
        fitted.mean, fitted.axes, positions.z.astype(np.float64), fitted.spread, fitted.noise,
        mixed.centres[old] if mixed is not None else np.zeros((0, RANK)),
        mixed.share[old] if mixed is not None else np.zeros(0), mixed.width2 if mixed is not None else NAN,
    )  # fmt: skip
    return Placing(
        shown, placed, sure, named, np.where(named >= 0, belongs, 0.0), found.stability[old],
        fitted.axes[:, :2] * np.sqrt(fitted.spread[:2]), model, sureness,
    )  # fmt: skip


def _assign(positions: Positions, fitted: Factors, placed: Bools, found: Found) -> tuple[Ints, Floats]:
    """(P,) group and probability of everybody, in chunks: there may be millions."""
    group, belongs = np.full(len(placed), -1), np.zeros(len(placed))
    mixed = found.mixture
    if mixed is None:
        return group, belongs

    def some(a: int, b: int) -> None:
        points = mixture.cloud(Positions(positions.z[a:b], positions.variance[a:b]), fitted)
        chances = mixture.belonging(points, mixed)
        group[a:b] = np.where(placed[a:b], choosing.label(chances), -1)
        belongs[a:b] = chances.max(axis=1)

    each(some, [(a, min(a + CHUNK, len(placed))) for a in range(0, len(placed), CHUNK)])
    return group, belongs


def _shown(positions: Positions, fitted: Factors, answers: Ints) -> tuple[Floats, Floats]:
    """Positions on the plane, and how sure they are (0…1).

    Someone with few answers is drawn to the middle, someone with one loud answer would fly out if that were undone. In
    theory √sureness makes all radii alike; the exponent is found so that the radius says nothing of how much somebody
    answered (rank correlation 0).
    """
    spread = np.maximum(fitted.spread[:2], 1e-9)
    sure = np.clip(1 - (positions.variance[:, :2] / spread).mean(axis=1), 1e-3, 1.0).astype(np.float64)
    plane = positions.z[:, :2].astype(np.float64)
    rows = np.arange(0, len(answers), max(1, len(answers) // SAMPLE))
    radius, low, high = np.hypot(*plane[rows].T), 0.0, 1.0
    if len(rows) > 2:
        for _ in range(10):
            middle = (low + high) / 2
            rho = rank_correlation(answers[rows], radius / sure[rows] ** middle)
            low, high = (middle, high) if rho > 0 else (low, middle)
    return plane / sure[:, None] ** ((low + high) / 2), sure
