"""The default method: the factor map, groups of round clouds on it, their number by what it explains and how stable
it is. `factors`, `mixture` and `choosing` say how and why."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shangliang.consensus import choosing, factors, mixture
from shangliang.consensus import votes as table
from shangliang.consensus.arrays import Bools, Floats, Ints
from shangliang.consensus.choosing import Tried
from shangliang.consensus.factor_kernels import RANK
from shangliang.consensus.factors import Factors, Positions
from shangliang.consensus.measures import correlation, ranks
from shangliang.consensus.mixture import Cloud, Mixture
from shangliang.consensus.placing import NAN, Phases, Placing
from shangliang.consensus.results import Model, OpinionMap, Sureness
from shangliang.consensus.votes import Votes
from shangliang.consensus.work import each

ENOUGH = 7  # answers to be placed on the map
FEWEST = 10  # people below which no groups are looked for
SAMPLE = 20_000  # people the map is fitted with, when there are more; everybody is placed on it
CHOSEN = 3_000  # people with whom the number of groups is found, and resampled
CHUNK = 50_000  # people assigned at a time
GROWN = 1.2  # times the votes after which groups are looked for anew


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
    phases.done("positions")
    found = _groups(sampled, fitted, seed, resamples, phases)
    found = found._replace(sureness=found.sureness._replace(measured=len(votes.value)))
    group, belongs = _assign(positions, fitted, _enough(votes), found.mixture)
    placing = _placing(votes, fitted, positions, _by_size(found, group), group, belongs)
    phases.done("groups")
    return placing


def go_on(before: OpinionMap, votes: Votes, phases: Phases) -> Placing:
    """The map with further votes: it goes on from the map before, and groups from their members, so that they keep
    their letters. After a fifth more votes groups are looked for anew."""
    seed, counted = before.seed, before.sureness.measured
    if not before.sureness.groups_shown or len(votes.value) > GROWN * counted or before.sureness.reason:
        return place(votes, seed, choosing.TIMES, phases)
    fitted = factors.fit(_sample(votes, SAMPLE, seed), seed, 3, _carried(before, votes))
    phases.done("axes")
    positions = factors.place(votes, fitted)
    phases.done("positions")
    mixed = _moved(before, votes, positions, fitted)
    group, belongs = _assign(positions, fitted, _enough(votes), mixed)
    stability = np.array([g.stability for g in before.groups])
    placing = _placing(votes, fitted, positions, Found(mixed, stability, before.sureness), group, belongs)
    phases.done("groups")
    return placing


def _enough(votes: Votes) -> Bools:
    return np.asarray(votes.answers >= min(ENOUGH, votes.width))


def _sample(votes: Votes, most: int, seed: int) -> Votes:
    if votes.people <= most:
        return votes
    rows = np.random.default_rng(seed).choice(votes.people, most, replace=False)
    return table.rows_of(votes, np.sort(rows))


def _groups(votes: Votes, fitted: Factors, seed: int, resamples: int, phases: Phases) -> Found:
    """Groups of these people: their number from a part of them, resampled; then what all of them say."""
    few = _sample(votes, CHOSEN, seed)
    rows = np.flatnonzero(_enough(few))
    if len(rows) < FEWEST or not fitted.spread.any():
        return _none(few, fitted, "few_people" if len(rows) < FEWEST else "no_structure")
    points = _points(few, fitted, rows)
    tried = choosing.attempt(points, seed)
    ks = choosing.candidates(tried)
    choosing.settle(points, tried, ks)
    phases.done("groups")
    repeats = choosing.again(few, rows, ks, resamples, seed) if resamples else []
    shown = {k: choosing.label(tried.mixtures[k - 1].belongs) for k in ks}
    medians = {
        k: float(np.median([choosing.agreement(shown[k], again.labels[k]) for again in repeats]))
        for k in ks
        if repeats
    }
    structured = choosing.structured(repeats) if repeats else False
    k = choosing.choose(tried, medians) if structured else 1
    reason = "" if k > 1 else ("unstable" if ks and structured else "no_structure")
    sureness = Sureness(
        medians.get(k, NAN), k > 1, reason, *choosing.errors(repeats), _alive(fitted), len(votes.value)
    )
    steady = (
        choosing.steadiness(shown[k], k, [again.labels[k] for again in repeats]) if k > 1 else np.zeros(0)
    )
    phases.done("resampling")
    if k == 1:
        return Found(None, steady, sureness)
    return Found(_with_all(tried, k, votes, few, fitted), steady, sureness)


def _with_all(tried: Tried, k: int, votes: Votes, few: Votes, fitted: Factors) -> Mixture:
    found = tried.mixtures[k - 1]
    if few is votes:
        return found
    return mixture.go_on(
        _points(votes, fitted, np.flatnonzero(_enough(votes))), found.centres, found.share, found.width2
    )


def _points(votes: Votes, fitted: Factors, rows: Ints) -> Cloud:
    return mixture.some(mixture.cloud(factors.place(votes, fitted), fitted), rows)


def _none(votes: Votes, fitted: Factors, reason: str) -> Found:
    sureness = Sureness(NAN, False, reason, NAN, NAN, _alive(fitted), len(votes.value))
    return Found(None, np.zeros(0), sureness)


def _alive(fitted: Factors) -> int:
    return int((fitted.spread > 0).sum())


def _assign(
    positions: Positions, fitted: Factors, placed: Bools, mixed: Mixture | None
) -> tuple[Ints, Floats]:
    """(P,) group and probability of everybody, in chunks: there may be millions."""
    group, belongs = np.full(len(placed), -1), np.zeros(len(placed))
    if mixed is None:
        return group, belongs

    def some(a: int, b: int) -> None:
        points = mixture.cloud(Positions(positions.z[a:b], positions.variance[a:b]), fitted)
        chances = mixture.belonging(points, mixed)
        group[a:b] = np.where(placed[a:b], choosing.label(chances), -1)
        belongs[a:b] = chances.max(axis=1)

    each(some, [(a, min(a + CHUNK, len(placed))) for a in range(0, len(placed), CHUNK)])
    return group, belongs


def _by_size(found: Found, group: Ints) -> Found:
    """The stable groups of ``found``, the largest first; ``group`` is renumbered in place, others become −1."""
    if found.mixture is None:
        return found
    sizes = np.bincount(group[group >= 0], minlength=len(found.stability))
    kept = np.flatnonzero((found.stability >= choosing.STABLE) & (sizes >= choosing.LEAST))
    if len(kept) < 2:
        group[:] = -1
        reason = found.sureness._replace(groups_shown=False, reason="unstable")
        return Found(None, np.zeros(0), reason)
    order = kept[np.argsort(-sizes[kept], kind="stable")]
    names = np.full(len(sizes) + 1, -1)
    names[order] = np.arange(len(order))
    group[:] = names[group]
    mixed = found.mixture._replace(centres=found.mixture.centres[order], share=found.mixture.share[order])
    return Found(mixed, found.stability[order], found.sureness)


def _placing(
    votes: Votes, fitted: Factors, positions: Positions, found: Found, group: Ints, belongs: Floats
) -> Placing:
    shown, sure = _shown(positions, fitted, votes.answers)
    mixed = found.mixture
    model = Model(
        fitted.mean, fitted.axes, positions.z.astype(np.float64), fitted.spread, fitted.noise,
        np.zeros((0, RANK)) if mixed is None else mixed.centres,
        np.zeros(0) if mixed is None else mixed.share, NAN if mixed is None else mixed.width2,
    )  # fmt: skip
    arrows = fitted.axes[:, :2] * np.sqrt(fitted.spread[:2])
    belongs = np.where(group >= 0, belongs, 0.0)
    return Placing(
        shown, _enough(votes), sure, group, belongs, found.stability, arrows, model, found.sureness
    )


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
        many = ranks(answers[rows])
        for _ in range(8):
            middle = (low + high) / 2
            rho = correlation(many, ranks(radius / sure[rows] ** middle))
            low, high = (middle, high) if rho > 0 else (low, middle)
    return plane / sure[:, None] ** ((low + high) / 2), sure


def _carried(before: OpinionMap, votes: Votes) -> Factors:
    """The map before as a beginning; statements that are new begin in the middle."""
    model, at = before.model, np.searchsorted(votes.statements, before.statements.ids)
    mean = np.full(votes.width, float(model.mean.mean()))
    axes, noise = np.zeros((votes.width, RANK)), np.full(votes.width, float(model.noise.mean()))
    mean[at], axes[at], noise[at] = model.mean, model.axes, model.noise
    return Factors(mean, axes, model.spread, noise)


def _moved(before: OpinionMap, votes: Votes, positions: Positions, fitted: Factors) -> Mixture:
    """The groups where their members stand now, and a few rounds on."""
    rows = np.searchsorted(votes.participants, before.participants.ids)
    group, k = before.participants.group, len(before.groups)
    centres = np.array([positions.z[rows[group == g]].mean(axis=0) for g in range(k)], np.float64)
    some = np.flatnonzero(_enough(votes))[:: max(1, votes.people // CHOSEN)]
    points = mixture.some(mixture.cloud(positions, fitted), some)
    return mixture.go_on(points, centres, before.model.share / before.model.share.sum())
