"""How many groups, and how surely: by what the number explains, and by what comes again when answers are left out.

Two things are asked of a number of groups. (1) Is it natural? The information criterion falls while real groups are
taken apart and rises afterwards; where opinion is a continuum it falls on and on, ever less: then groups are only taken
apart while each brings a fair part of what the best one brought. (2) Is it stable? A tenth of the answers is left out
and everything done again from the start; the median adjusted Rand index (Hubert and Arabie 1985) says whether the same
people come together again. Below 0.6 no groups are shown.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shangliang.consensus import factors as factoring
from shangliang.consensus import mixture as mixing
from shangliang.consensus import votes as table
from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.measures import adjusted_rand
from shangliang.consensus.mixture import Cloud, Mixture
from shangliang.consensus.votes import Votes
from shangliang.consensus.work import each

STABLE = 0.6
TIMES = 10  # how often answers are left out
MOST = 10  # groups tried: eight, and two more to see that they bring nothing
FAIR = 0.3  # part of the best gain that a further group must bring where opinion is a continuum
SURE = 0.6  # probability from which a person is counted to a group
FEW = 400  # people below which a second thread costs more than it gives
LEAST = 5  # people in a group
LEFT_OUT = 0.1  # part of the answers
TELLING = 1.645  # standard errors by which positions must tell more than means: 95 % from one side
SLACK = 0.1  # a natural number may be this much less stable than the stablest


class Tried(NamedTuple):
    """Mixtures of 1, 2, … groups, and which of them the information criterion speaks for."""

    mixtures: list[Mixture]
    gains: Floats  # what each further group brings; gains[0] is that of the second
    natural: int  # number at which the criterion turns; 0: it does not
    fair: int  # number up to which each group brings a fair part


def attempt(points: Cloud, seed: int, most: int = MOST) -> Tried:
    """Mixtures of ever more groups, until two in a row have brought nothing."""
    mixtures: list[Mixture] = []
    costs: list[float] = []
    while len(mixtures) < most and (len(costs) < 3 or min(costs[-2:]) < min(costs[:-2])):
        # Two at a time, one a thread; what came too many is thrown away, so that the result does not depend on it.
        pair = [(len(mixtures) + i, 0) for i in (1, 2)]
        found = each(lambda k, _: mixing.search(points, k, seed), pair, _threads(points))
        for mixture in found:
            if len(costs) < 3 or min(costs[-2:]) < min(costs[:-2]):
                mixtures.append(mixture)
                costs.append(mixing.cost(mixture))
    gains = -np.diff(costs)
    best = int(np.argmin(costs)) + 1
    natural = best if best <= len(costs) - 2 else 0
    fair = 1
    while fair <= len(gains) and gains[fair - 1] > max(0.0, FAIR * gains[:3].max()):
        fair += 1
    return Tried(mixtures, gains, natural, fair)


def settle(points: Cloud, tried: Tried, ks: list[int]) -> None:
    """Goes on with the mixtures of these numbers of groups until hardly anything changes."""
    longest_first = [(k, 0) for k in reversed(ks)]
    found = each(lambda k, _: mixing.settled(points, tried.mixtures[k - 1]), longest_first, _threads(points))
    for (k, _), mixture in zip(longest_first, found, strict=True):
        tried.mixtures[k - 1] = mixture


def _threads(points: Cloud) -> int | None:
    return 1 if len(points.z) < FEW else None


def label(belongs: Floats, sure: float = SURE) -> Ints:
    """The group of each person, −1 for those who stand between groups."""
    top = belongs.argmax(axis=1)
    return np.where(belongs[np.arange(len(top)), top] >= sure, top, -1)


class Again(NamedTuple):
    """What came out when a tenth of the answers was left out."""

    labels: dict[int, Ints]  # by number of groups
    missed: Floats  # squared error on each answer left out
    missed_by_means: Floats  # the same, answering with each statement's mean


def again(votes: Votes, rows: Ints, ks: list[int], times: int, seed: int) -> list[Again]:
    """``times`` times: a tenth of the answers left out and all done again from the start; labels are of ``rows``."""
    people, columns, values = table.entries(votes)

    def once(a: int, _b: int) -> Again:
        keep = np.random.default_rng((seed, a)).random(len(values)) >= LEFT_OUT
        fewer = table.some(votes, keep)
        found = factoring.fit(fewer, seed)
        places = factoring.place(fewer, found)
        points = mixing.some(mixing.cloud(places, found), rows)
        out = ~keep
        mean = found.mean[columns[out]]
        told = np.clip(mean + (places.z[people[out]] * found.axes[columns[out]]).sum(axis=1), -1, 1)
        missed, plain = ((values[out] - x) ** 2 for x in (told, mean))
        return Again({k: label(mixing.fit(points, k, seed).belongs) for k in ks}, missed, plain)

    return each(once, [(i, i + 1) for i in range(times)])


def structured(repeats: list[Again]) -> bool:
    """Whether people's positions tell more of hidden answers than each statement's mean does: else there is nothing to
    group by, for any cloud of chance can be cut in two. By three standard errors of the paired differences."""
    better = np.concatenate([again.missed_by_means - again.missed for again in repeats])
    if len(better) < 2:
        return False
    return bool(better.mean() > TELLING * better.std() / np.sqrt(len(better)))


def errors(repeats: list[Again]) -> tuple[float, float]:
    """Root mean square error on hidden answers, of the map and of the means; NaN when nothing was hidden."""
    pooled = [np.concatenate(x) for x in zip(*((a.missed, a.missed_by_means) for a in repeats), strict=True)]
    found = [float(np.sqrt(x.mean())) if len(x) else float("nan") for x in pooled]
    return (found[0], found[1]) if found else (float("nan"), float("nan"))


def agreement(one: Ints, other: Ints) -> float:
    """Adjusted Rand index over those who belong somewhere both times; 1 is the same, 0 as good as chance."""
    both = (one >= 0) & (other >= 0)
    if not both.any():
        return 0.0
    return adjusted_rand(one[both], other[both])


def comes_again(one: Ints, g: int, other: Ints) -> float:
    """Of one group: the adjusted Rand index of being in it, against the group of the other time that fits best."""
    both = (one >= 0) & (other >= 0)
    inside = one[both] == g
    if not inside.any():
        return 0.0
    return max(
        agreement(inside.astype(np.int64), (other[both] == h).astype(np.int64))
        for h in np.unique(other[both])
    )


def steadiness(one: Ints, k: int, others: list[Ints]) -> Floats:
    """(k,) of each group, the median over what came out the other times."""
    return np.array([float(np.median([comes_again(one, g, other) for other in others])) for g in range(k)])


def candidates(tried: Tried) -> list[int]:
    """Numbers of groups worth resampling."""
    if tried.natural < 2 and tried.fair < 2:
        return []
    ks = {k for k in (2, tried.fair, tried.natural) if 2 <= k <= len(tried.mixtures)}
    return sorted(k for k in ks if admitted(tried.mixtures[k - 1]))


def admitted(mixture: Mixture) -> bool:
    """Whether every group has people enough to speak of."""
    found = label(mixture.belongs)
    sizes = np.bincount(found[found >= 0], minlength=len(mixture.share))
    return bool(sizes.min() >= LEAST)


def choose(tried: Tried, stability: dict[int, float]) -> int:
    """The number of groups, 1 when none is stable: the natural one if it is nearly as stable as the stablest, else the
    greatest that brings a fair part, else the stablest."""
    good = {k: s for k, s in stability.items() if s >= STABLE}
    if not good:
        return 1
    floor = max(good.values()) - SLACK
    for k in (tried.natural, tried.fair):
        if good.get(k, 0.0) >= floor:
            return k
    lower = [k for k in good if k <= max(tried.natural, tried.fair) and good[k] >= floor]
    return max(lower) if lower else max(good, key=lambda k: (good[k], -k))
