"""The inner loops of the factor map: one pass over all answers gathers what a round of EM needs.

Products of vectors are packed (lower triangle, row by row) and rows filled up to whole lanes, so that an answer adds one
short row of numbers to another, eight at a time.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.lanes import LANE, add, add_times, load, nothing, store, subtract
from shangliang.consensus.vote_kernels import Columns, Small

Singles = NDArray[np.float32]

RANK = 8  # axes at most; those that explain nothing vanish
WIDE = RANK + 1  # a constant and the position
LOWER = np.tril_indices(RANK)
PACKED = len(LOWER[0])
FILLED = -(-PACKED // LANE) * LANE
PULL, SHIFT = FILLED, FILLED + LANE  # where these begin in a row of the table
TABLE = FILLED + 2 * LANE
ANSWER = FILLED + LANE  # where answer · z begins in a row of what is gathered
GATHERED = FILLED + 2 * LANE


@njit(cache=True, nogil=True)
def _inverse(a: Floats, out: Floats, n: int) -> None:
    """Inverse of a positive definite matrix through Cholesky; a is overwritten, its lower triangle is read."""
    for j in range(n):
        t = a[j, j]
        for k in range(j):
            t -= a[j, k] * a[j, k]
        one = 1 / np.sqrt(t)
        a[j, j] = one
        for i in range(j + 1, n):
            t = a[i, j]
            for k in range(j):
                t -= a[i, k] * a[j, k]
            a[i, j] = t * one
    for j in range(n):
        for i in range(j + 1, n):
            t = 0.0
            for k in range(j, i):
                t -= a[i, k] * a[k, j]
            a[i, j] = t * a[i, i]
    for i in range(n):
        for j in range(i + 1):
            t = 0.0
            for k in range(i, n):
                t += a[k, i] * a[k, j]
            out[i, j] = t
            out[j, i] = t


@njit(cache=True, nogil=True)
def _posterior(
    start: Ints, column: Columns, value: Small, table: Singles, prior: Floats, p: int,
    told: Singles, a: Floats, variance: Floats, z: Floats,
) -> None:  # fmt: skip
    """Posterior of person p into ``variance`` and ``z``; the other arrays are scratch."""
    t0, t1, t2, t3, t4 = nothing(table), nothing(table), nothing(table), nothing(table), nothing(table)
    pull, shift = nothing(table), nothing(table)
    for i in range(start[p], start[p + 1]):
        c = column[i]
        t0 = add(t0, load(table, c, 0))
        t1 = add(t1, load(table, c, LANE))
        t2 = add(t2, load(table, c, 2 * LANE))
        t3 = add(t3, load(table, c, 3 * LANE))
        t4 = add(t4, load(table, c, 4 * LANE))
        pull = add_times(pull, value[i], load(table, c, PULL))
        shift = add(shift, load(table, c, SHIFT))
    store(told, 0, 0, t0)
    store(told, 0, LANE, t1)
    store(told, 0, 2 * LANE, t2)
    store(told, 0, 3 * LANE, t3)
    store(told, 0, 4 * LANE, t4)
    store(told, 0, PULL, subtract(pull, shift))
    k = 0
    for i in range(RANK):
        for j in range(i + 1):
            a[i, j] = told[0, k]
            k += 1
        a[i, i] += prior[i]
    _inverse(a, variance, RANK)
    for i in range(RANK):
        t = 0.0
        for j in range(RANK):
            t += variance[i, j] * told[0, PULL + j]
        z[i] = t


@njit(cache=True, nogil=True)
def gather(
    start: Ints, column: Columns, value: Small, table: Singles, first: int, end: int
) -> tuple[Singles, Floats]:
    """Over these people, each with its uncertainty: by statement, sums of the packed products of positions, of the
    positions, and of answer · position, (M, GATHERED); and the scatter (RANK, RANK) of positions."""
    out = np.zeros((len(table), GATHERED), np.float32)
    scatter = np.zeros((RANK, RANK))
    told, own = np.empty((1, TABLE), np.float32), np.zeros((1, GATHERED), np.float32)
    a, variance, z, prior = np.empty((RANK, RANK)), np.empty((RANK, RANK)), np.empty(RANK), np.ones(RANK)
    for p in range(first, end):
        _posterior(start, column, value, table, prior, p, told, a, variance, z)
        k = 0
        for i in range(RANK):
            own[0, FILLED + i] = z[i]
            for j in range(i + 1):
                t = z[i] * z[j] + variance[i, j]
                own[0, k] = t
                k += 1
                scatter[i, j] += t
        _add_to_all(start[p], start[p + 1], column, value, own, out)
    for i in range(RANK):
        for j in range(i):
            scatter[j, i] = scatter[i, j]
    return out, scatter


@njit(cache=True, nogil=True)
def _add_to_all(first: int, end: int, column: Columns, value: Small, own: Singles, out: Singles) -> None:
    """Adds one person's row to those of all statements they answered."""
    o0, o1, o2 = load(own, 0, 0), load(own, 0, LANE), load(own, 0, 2 * LANE)
    o3, o4, z = load(own, 0, 3 * LANE), load(own, 0, 4 * LANE), load(own, 0, FILLED)
    for i in range(first, end):
        c = column[i]
        store(out, c, 0, add(load(out, c, 0), o0))
        store(out, c, LANE, add(load(out, c, LANE), o1))
        store(out, c, 2 * LANE, add(load(out, c, 2 * LANE), o2))
        store(out, c, 3 * LANE, add(load(out, c, 3 * LANE), o3))
        store(out, c, 4 * LANE, add(load(out, c, 4 * LANE), o4))
        store(out, c, FILLED, add(load(out, c, FILLED), z))
        store(out, c, ANSWER, add_times(load(out, c, ANSWER), value[i], z))


@njit(cache=True, nogil=True)
def solve(
    gathered: Floats, answers: Floats, sums: Floats, squares: Floats, noise: Floats, relevance: Floats,
    centre: float, firm: float, first: int, end: int,
    mean: Floats, loadings: Floats, left: Floats, uncertain: Floats,
) -> None:  # fmt: skip
    """Mean and loadings of statements first … end−1 by ridge regression, in place; ``left``: squared error left,
    ``uncertain``: (M, WIDE) uncertainty of each. ``answers``, ``sums``, ``squares``: number of answers, their sum, and
    the sum of their squares."""
    a, full, inverse = np.empty((WIDE, WIDE)), np.empty((WIDE, WIDE)), np.empty((WIDE, WIDE))
    found, pull = np.empty(WIDE), np.empty(WIDE)
    for c in range(first, end):
        full[0, 0], pull[0], k = answers[c], sums[c], 0
        for i in range(RANK):
            full[i + 1, 0] = gathered[c, FILLED + i]
            pull[i + 1] = gathered[c, ANSWER + i]
            for j in range(i + 1):
                full[i + 1, j + 1] = gathered[c, k]
                k += 1
        one = 1 / noise[c]
        for i in range(WIDE):
            for j in range(i + 1):
                a[i, j] = full[i, j] * one
            a[i, i] += firm if i == 0 else relevance[i - 1]
        _inverse(a, inverse, WIDE)
        for i in range(WIDE):
            t = inverse[i, 0] * firm * centre
            for j in range(WIDE):
                t += inverse[i, j] * pull[j] * one
            found[i] = t
            uncertain[c, i] = inverse[i, i]
        e = squares[c]
        for i in range(WIDE):
            e += (found[i] * found[i] + inverse[i, i]) * full[i, i] - 2 * found[i] * pull[i]
            for j in range(i):
                e += 2 * (found[i] * found[j] + inverse[i, j]) * full[i, j]
        left[c] = max(e, 0.0)
        mean[c] = found[0]
        for i in range(RANK):
            loadings[c, i] = found[i + 1]


@njit(cache=True, nogil=True)
def place(
    start: Ints, column: Columns, value: Small, table: Singles, prior: Floats, first: int, end: int
) -> Singles:
    """(people, 2 · RANK): position and variance along each axis."""
    out = np.empty((end - first, 2 * RANK), np.float32)
    told = np.empty((1, TABLE), np.float32)
    a, variance, z = np.empty((RANK, RANK)), np.empty((RANK, RANK)), np.empty(RANK)
    for p in range(first, end):
        _posterior(start, column, value, table, prior, p, told, a, variance, z)
        for r in range(RANK):
            out[p - first, r] = z[r]
            out[p - first, RANK + r] = variance[r, r]
    return out
