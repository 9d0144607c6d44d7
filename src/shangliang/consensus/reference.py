"""The reference method: groups as Polis finds them.

Two axes, positions, base k-means with k = 100, k-means of the base centres for k = 2 … 5, the best mean silhouette.
(Polis waits for four equal results in a row before it changes k; that concerns a conversation that goes on.)
"""

from __future__ import annotations

import numpy as np

from shangliang.consensus.arrays import Bools, Floats, Ints
from shangliang.consensus.kmeans import first_distinct, kmeans, nearest, silhouette
from shangliang.consensus.work import each

ENOUGH_ANSWERS = 7
ENOUGH_PEOPLE = 15
BASE = 100
MOST = 5
SAMPLE = 20_000  # people the base clusters are found with; all are assigned
BASE_ROUNDS = 20
ROUNDS = 100


def placed(answers: Ints, width: int) -> Bools:
    """Who is in: min(7, M) answers or more, topped up to 15 people by those who answered most."""
    inside = answers >= min(ENOUGH_ANSWERS, width)
    if inside.sum() < ENOUGH_PEOPLE:
        most = np.argsort(-answers, kind="stable")[:ENOUGH_PEOPLE]
        inside = inside.copy()
        inside[most] = answers[most] > 0
    return np.asarray(inside)


def groups(position: Floats, inside: Bools) -> Ints:
    """(P,) group of each, in descending order of size, −1 for those who are out; all in one group when no two points
    differ."""
    rows = np.flatnonzero(inside)
    x = position[rows]
    step = max(1, len(x) // SAMPLE)
    some = np.ascontiguousarray(x[::step])
    base, centres = kmeans(some, np.ones(len(some)), first_distinct(some, BASE), BASE_ROUNDS)
    size = np.bincount(base, minlength=len(centres))
    centres, size = centres[size > 0], size[size > 0]
    label = _of_base(centres, np.asarray(size, np.float64))
    found = np.full(len(position), -1)
    found[rows] = label[_nearest(x, centres)]
    return by_size(found)


def by_size(group: Ints) -> Ints:
    """The same groups, numbered from the largest; −1 stays."""
    count = np.bincount(group[group >= 0], minlength=1)
    rank = np.empty(len(count), np.int64)
    rank[np.argsort(-count, kind="stable")] = np.arange(len(count))
    return np.where(group >= 0, rank[group], -1)


def _of_base(centres: Floats, size: Floats) -> Ints:
    apart = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=2))
    best, chosen = -np.inf, np.zeros(len(centres), np.int64)
    for k in range(2, min(MOST, 2 + len(centres) // 12) + 1):
        label = kmeans(centres, size, first_distinct(centres, k), ROUNDS)[0]
        label = np.unique(label, return_inverse=True)[1]
        if label.max() < 1:
            continue
        good = silhouette(apart, label)
        if good > best:
            best, chosen = good, label
    return chosen


def _nearest(x: Floats, centres: Floats) -> Ints:
    cuts = [(a, min(a + SAMPLE, len(x))) for a in range(0, len(x), SAMPLE)]
    return np.concatenate(each(lambda a, b: nearest(x[a:b], centres), cuts))
