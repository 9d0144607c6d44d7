"""What all groups agree on, what divides them, and who is not heard: with intervals, so that nothing is claimed of a
handful of answers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.counts import Counts
from shangliang.consensus.intervals import interval, quantile
from shangliang.consensus.results import Point, Unheard
from shangliang.consensus.statistics import share

AGREED = 0.5  # a point of agreement: surely more than half of every group
APART = 0.2  # a point of division: two groups surely at least this far apart
TORN = 0.5  # without groups: surely at least a quarter on either side
FEW = 7  # answers below which nothing is said of a statement
HARDLY = 0.25  # a group that answers less than this part of what the others do is hardly present


class Across(NamedTuple):
    """A share in the group where it is least, with its interval; each (M,)."""

    value: Floats
    low: Floats
    high: Floats


def among(counted: Ints, answered: Ints, sizes: Ints) -> Floats:
    """(G, M) share expected among all people of each group: those who answered as they did, the others by the smoothed
    share (C+1)/(S+2)."""
    people = np.maximum(sizes[:, None], np.maximum(answered, 1))
    return np.asarray((counted + (people - answered) * share(counted, answered)) / people)


def across(counted: Ints, answered: Ints, sizes: Ints) -> Across:
    """The least of the groups' shares, with bounds that hold for all groups together (95 %)."""
    low, high = interval(counted, answered, sizes[:, None], quantile(len(sizes)))
    lowest, highest = low.min(axis=0), high.min(axis=0)
    return Across(np.clip(among(counted, answered, sizes).min(axis=0), lowest, highest), lowest, highest)


def division(counts: Counts, sizes: Ints) -> Across:
    """How far groups stand apart: the widest gap between two groups' shares of agreeing (or of rejecting), with the
    gap that is sure and the gap that is possible. Of one group: twice the smaller of the two camps."""
    a, d, s = counts
    if len(sizes) > 1:
        gaps = [_gap(x, s, sizes) for x in (a, d)]
        return Across(*(np.maximum(x, y) for x, y in zip(*gaps, strict=True)))
    one, other = across(a, s, sizes), across(d, s, sizes)
    return Across(*(np.minimum(1.0, 2 * np.minimum(x, y)) for x, y in zip(one, other, strict=True)))


def _gap(counted: Ints, answered: Ints, sizes: Ints) -> Across:
    low, high = interval(counted, answered, sizes[:, None], quantile(len(sizes)))
    sure = np.maximum(0.0, low.max(axis=0) - high.min(axis=0))
    possible = np.maximum(0.0, high.max(axis=0) - low.min(axis=0))
    return Across(np.clip(np.ptp(among(counted, answered, sizes), axis=0), sure, possible), sure, possible)


def agreed(
    counts: Counts, sizes: Ints, ids: Ints, agree: Across, reject: Across, groups: int
) -> tuple[Point, ...]:
    """Statements that surely more than half of every group agree with, or reject; the surest first. The first
    ``groups`` rows of the counts are told."""
    told = []
    for both, counted, yes in ((agree, counts.agree, True), (reject, counts.disagree, False)):
        p = among(counted, counts.answered, sizes)[:groups]
        told += [_point(both, p, ids, int(c), yes) for c in np.flatnonzero(both.low > AGREED)]
    return tuple(sorted(told, key=lambda point: (-point.low, point.statement)))


def divided(counts: Counts, sizes: Ints, ids: Ints, apart: Across) -> tuple[Point, ...]:
    """Statements on which groups surely stand apart (or everybody, without groups); the widest sure gap first."""
    a, d, s = counts
    least = APART if len(a) > 1 else TORN
    found = []
    more, agree, reject = a.sum(axis=0) >= d.sum(axis=0), among(a, s, sizes), among(d, s, sizes)
    for c in np.flatnonzero(apart.low >= least):
        yes = bool(more[c])
        found.append(_point(apart, agree if yes else reject, ids, int(c), yes))
    return tuple(sorted(found, key=lambda point: (-point.low, point.statement)))


def _point(found: Across, shares: Floats, ids: Ints, c: int, yes: bool) -> Point:
    value, low, high = (float(x[c]) for x in found)
    return Point(int(ids[c]), yes, value, low, high, tuple(float(x) for x in shares[:, c]))


def unheard(all_: Counts, by_group: Counts, sizes: Ints, ids: Ints, unplaced: int) -> Unheard:
    """Statements hardly answered, by anybody or by a group, and groups that answer far less than the others."""
    total = all_.answered[0]
    enough = np.minimum(FEW, np.maximum(sizes, 1))
    few = np.flatnonzero(total < min(FEW, int(sizes.sum()) or 1))
    few = few[np.argsort(total[few], kind="stable")]
    pairs: list[tuple[int, int]] = []
    quiet: list[int] = []
    if len(sizes) > 1:
        lacking = (by_group.answered < enough[:, None]) & (total >= FEW)
        pairs = [(int(g), int(ids[c])) for g, c in np.argwhere(lacking)]
        each = by_group.answered.sum(axis=1) / np.maximum(sizes, 1)
        quiet = [int(g) for g in np.flatnonzero(each < HARDLY * np.median(each))]
    return Unheard(tuple(int(ids[c]) for c in few), tuple(pairs), tuple(quiet), unplaced)
