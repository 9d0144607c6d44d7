"""Counting answers by group and statement."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from shangliang.consensus.arrays import Ints
from shangliang.consensus.vote_kernels import Columns, Small
from shangliang.consensus.votes import Votes
from shangliang.consensus.work import each, parts


class Counts(NamedTuple):
    """What groups (or all, one row) answered; each array has shape (G, M)."""

    agree: Ints
    disagree: Ints
    answered: Ints

    @property
    def total(self) -> Counts:
        """Of all groups together, as one row."""
        return Counts(*(part.sum(axis=0, keepdims=True) for part in self))


def count_all(votes: Votes, group: Ints, groups: int) -> tuple[Counts, Counts]:
    """Answers of each group, and of everybody, those without a group included; in one pass."""
    found = count(votes, np.where(group < 0, groups, group), groups + 1)
    return Counts(*(part[:groups] for part in found)), found.total


def count(votes: Votes, group: Ints | None = None, groups: int = 1) -> Counts:
    """Answers of each group; people of group −1 are left out. Without groups, of everybody."""
    of = np.zeros(votes.people, np.int64) if group is None else group.astype(np.int64)

    def some(a: int, b: int) -> Ints:
        return np.asarray(_count(votes.start, votes.column, votes.value, of, a, b, groups, votes.width))

    found = sum(each(some, parts(votes.start)))
    assert not isinstance(found, int)
    return Counts(found[2], found[0], found[0] + found[1] + found[2])


@njit(cache=True, nogil=True)
def _count(
    start: Ints, column: Columns, value: Small, group: Ints, first: int, end: int, groups: int, width: int
) -> Ints:
    found = np.zeros((3, groups, width), np.int64)
    for p in range(first, end):
        g = group[p]
        if g < 0:
            continue
        for i in range(start[p], start[p + 1]):
            found[value[i] + 1, g, column[i]] += 1
    return found
