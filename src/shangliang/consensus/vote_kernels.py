"""The inner loops of building the matrix of votes. They take ids as narrow as they come, so that nothing is copied."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shangliang.consensus.arrays import Bools, Ints

Small = NDArray[np.int8]
Columns = NDArray[np.uint16]
Ids = NDArray[Any]


@njit(cache=True, nogil=True)
def mark(ids: Ids, low: int, seen: Bools) -> None:
    for i in range(len(ids)):
        seen[ids[i] - low] = True


@njit(cache=True, nogil=True)
def count(ids: Ids, low: int, table: Ints, start: Ints) -> None:
    """start[number + 1] += 1 for every id."""
    for i in range(len(ids)):
        start[table[ids[i] - low] + 1] += 1


@njit(cache=True, nogil=True)
def fill(
    who: Ids, who_low: int, who_table: Ints, what: Ids, what_low: int, what_table: Ints,
    vote: Small, cursor: Ints, column: Columns, value: Small, first: int, end: int,
) -> None:  # fmt: skip
    """Puts the votes of people first … end−1 into their rows."""
    for i in range(len(vote)):
        p = who_table[who[i] - who_low]
        if first <= p < end:
            at = cursor[p]
            column[at] = what_table[what[i] - what_low]
            value[at] = vote[i]
            cursor[p] = at + 1


@njit(cache=True, nogil=True)
def tidy(start: Ints, column: Columns, value: Small, width: int, first: int, end: int, kept: Ints) -> None:
    """Sorts each of these rows by statement and keeps the last answer of each; ``kept``: how many, at its beginning."""
    words = np.zeros(width // 64 + 1, np.uint64)
    held = np.zeros(width, np.int8)
    for p in range(first, end):
        sorted_ = True
        for i in range(start[p] + 1, start[p + 1]):
            sorted_ &= column[i - 1] < column[i]
        kept[p] = (
            start[p + 1] - start[p] if sorted_ else _row(start[p], start[p + 1], column, value, words, held)
        )


@njit(cache=True, nogil=True)
def _row(first: int, end: int, column: Columns, value: Small, words: NDArray[np.uint64], held: Small) -> int:
    """One row through a set of bits: sorted without comparing, the last answer of each stays."""
    one = np.uint64(1)
    for i in range(first, end):
        c = column[i]
        held[c] = value[i]
        words[c >> 6] |= one << np.uint64(c & 63)
    at = first
    for w in range(len(words)):
        bits = words[w]
        words[w] = 0
        while bits:
            low = bits & (~bits + one)
            c = (w << 6) + math.frexp(float(low))[1] - 1
            column[at] = c
            value[at] = held[c]
            at += 1
            bits ^= low
    return at - first
