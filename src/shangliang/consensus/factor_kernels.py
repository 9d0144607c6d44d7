"""The inner loops of the factor map: one pass over all answers gathers what a round of EM needs.

Products of vectors are packed (lower triangle, row by row), so that an answer adds one short row of numbers to another:
straight-line work that a processor does many at a time.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shangliang.consensus.results import Floats, Ints
from shangliang.consensus.vote_kernels import Columns, Small

Singles = NDArray[np.float32]

RANK = 8  # axes at most; those that explain nothing vanish
PACKED = RANK * (RANK + 1) // 2
WIDE = RANK + 1  # a constant and the position
WIDE_PACKED = WIDE * (WIDE + 1) // 2
ADDED = PACKED + RANK
LOWER = np.tril_indices(RANK)


@njit(cache=True, nogil=True)
def _inverse(a: Floats, out: Floats, n: int) -> None:
    """Inverse of a positive definite matrix through Cholesky; a is overwritten, its lower triangle is read."""
    for j in range(n):
        for k in range(j):
            a[j, j] -= a[j, k] * a[j, k]
        a[j, j] = np.sqrt(a[j, j])
        for i in range(j + 1, n):
            for k in range(j):
                a[i, j] -= a[i, k] * a[j, k]
            a[i, j] /= a[j, j]
    for j in range(n):
        a[j, j] = 1 / a[j, j]
        for i in range(j + 1, n):
            t = 0.0
            for k in range(j, i):
                t -= a[i, k] * a[k, j]
            a[i, j] = t / a[i, i]
    for i in range(n):
        for j in range(i + 1):
            t = 0.0
            for k in range(i, n):
                t += a[k, i] * a[k, j]
            out[i, j] = t
            out[j, i] = t


@njit(cache=True, nogil=True, fastmath=True)
def _posterior(
    start: Ints, column: Columns, value: Small, table: Singles, prior: Floats, p: int,
    told: Singles, pull: Singles, a: Floats, variance: Floats, z: Floats,
) -> None:  # fmt: skip
    """Posterior of person p into ``variance`` and ``z``; the other arrays are scratch."""
    told[:] = 0
    pull[:] = 0
    first, end = start[p], start[p + 1]
    fours = first + (end - first) // 4 * 4
    for i in range(first, fours, 4):  # four at a time: the sums wait for each other less
        c0, c1, c2, c3 = column[i], column[i + 1], column[i + 2], column[i + 3]
        for r in range(PACKED):
            told[r] += (table[c0, r] + table[c1, r]) + (table[c2, r] + table[c3, r])
        v0, v1 = np.float32(value[i]), np.float32(value[i + 1])
        v2, v3 = np.float32(value[i + 2]), np.float32(value[i + 3])
        for r in range(RANK):
            pull[r] += (v0 * table[c0, PACKED + r] - table[c0, ADDED + r]) + (
                v1 * table[c1, PACKED + r] - table[c1, ADDED + r]
            )
            pull[r] += (v2 * table[c2, PACKED + r] - table[c2, ADDED + r]) + (
                v3 * table[c3, PACKED + r] - table[c3, ADDED + r]
            )
    for i in range(fours, end):
        c = column[i]
        v = np.float32(value[i])
        for r in range(PACKED):
            told[r] += table[c, r]
        for r in range(RANK):
            pull[r] += v * table[c, PACKED + r] - table[c, ADDED + r]
    k = 0
    for i in range(RANK):
        for j in range(i + 1):
            a[i, j] = told[k]
            k += 1
        a[i, i] += prior[i]
    _inverse(a, variance, RANK)
    for i in range(RANK):
        t = 0.0
        for j in range(RANK):
            t += variance[i, j] * pull[j]
        z[i] = t


@njit(cache=True, nogil=True, fastmath=True)
def gather(
    start: Ints, column: Columns, value: Small, table: Singles, first: int, end: int
) -> tuple[Singles, Singles, Floats]:
    """Over these people: products (M, WIDE_PACKED) of (1, z) by statement, sums (M, WIDE) of answer · (1, z), and the
    scatter (RANK, RANK) of positions; each with its uncertainty."""
    width = len(table)
    products = np.zeros((width, WIDE_PACKED), np.float32)
    sums = np.zeros((width, WIDE), np.float32)
    scatter = np.zeros((RANK, RANK))
    told, pull = np.empty(PACKED, np.float32), np.empty(RANK, np.float32)
    a, variance, z, prior = np.empty((RANK, RANK)), np.empty((RANK, RANK)), np.empty(RANK), np.ones(RANK)
    own, plain = np.empty(WIDE_PACKED, np.float32), np.empty(WIDE, np.float32)
    for p in range(first, end):
        _posterior(start, column, value, table, prior, p, told, pull, a, variance, z)
        own[0] = 1
        plain[0] = 1
        k = 1
        for i in range(RANK):
            plain[i + 1] = z[i]
            own[k] = z[i]
            k += 1
            for j in range(i + 1):
                t = z[i] * z[j] + variance[i, j]
                own[k] = t
                k += 1
                scatter[i, j] += t
                if i != j:
                    scatter[j, i] += t
        for i in range(start[p], start[p + 1]):
            c = column[i]
            v = np.float32(value[i])
            for r in range(WIDE_PACKED):
                products[c, r] += own[r]
            for r in range(WIDE):
                sums[c, r] += v * plain[r]
    return products, sums, scatter


@njit(cache=True, nogil=True)
def solve(
    products: Floats,
    sums: Floats,
    squares: Floats,
    noise: Floats,
    relevance: Floats,
    centre: float,
    firm: float,
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Mean and loadings of every statement by ridge regression: (mean, loadings, squared error left, uncertainty of
    each column summed over statements, answers)."""
    width = len(products)
    mean, loadings, left = np.empty(width), np.empty((width, RANK)), np.empty(width)
    uncertain, answers = np.zeros(WIDE), np.empty(width)
    a, full, inverse = np.empty((WIDE, WIDE)), np.empty((WIDE, WIDE)), np.empty((WIDE, WIDE))
    found = np.empty(WIDE)
    for c in range(width):
        k = 0
        for i in range(WIDE):
            for j in range(i + 1):
                full[i, j] = products[c, k]
                full[j, i] = products[c, k]
                a[i, j] = products[c, k] / noise[c]
                k += 1
            a[i, i] += firm if i == 0 else relevance[i - 1]
        _inverse(a, inverse, WIDE)
        for i in range(WIDE):
            t = inverse[i, 0] * firm * centre
            for j in range(WIDE):
                t += inverse[i, j] * sums[c, j] / noise[c]
            found[i] = t
            uncertain[i] += inverse[i, i]
        e = squares[c]
        for i in range(WIDE):
            e -= 2 * found[i] * sums[c, i]
            for j in range(WIDE):
                e += (found[i] * found[j] + inverse[i, j]) * full[i, j]
        left[c] = max(e, 0.0)
        answers[c] = full[0, 0]
        mean[c] = found[0]
        loadings[c] = found[1:]
    return mean, loadings, left, uncertain, answers


@njit(cache=True, nogil=True)
def place(
    start: Ints, column: Columns, value: Small, table: Singles, prior: Floats, first: int, end: int
) -> Singles:
    """(people, 2 · RANK): position and variance along each axis."""
    out = np.empty((end - first, 2 * RANK), np.float32)
    told, pull = np.empty(PACKED, np.float32), np.empty(RANK, np.float32)
    a, variance, z = np.empty((RANK, RANK)), np.empty((RANK, RANK)), np.empty(RANK)
    for p in range(first, end):
        _posterior(start, column, value, table, prior, p, told, pull, a, variance, z)
        for r in range(RANK):
            out[p - first, r] = z[r]
            out[p - first, RANK + r] = variance[r, r]
    return out
