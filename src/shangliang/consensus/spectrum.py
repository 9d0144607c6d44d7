"""Eigenvalues and eigenvectors of small symmetric matrices.

A linear algebra library wakes threads of its own for thirty rows already, and waits for them: on a busy machine that costs a
hundred times what the arithmetic does. Householder's reduction to three diagonals, then rotations with implicit shifts
(Martin, Reinsch and Wilkinson 1968; Golub and Van Loan, Matrix Computations, §8.3).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from shangliang.consensus.arrays import Floats

MOST_SHIFTS = 50  # for one value; two or three are usual


@njit(cache=True, nogil=True, fastmath={"contract", "reassoc"})
def spectrum(matrix: Floats) -> tuple[Floats, Floats]:
    """(values, the greatest first; vectors, one a row) of a symmetric matrix."""
    a, n = matrix.copy(), len(matrix)
    vectors, below = np.eye(n), np.zeros(n)
    for k in range(n - 2):
        _reflect(a, vectors, k)
    values = np.empty(n)
    for i in range(n):
        values[i] = a[i, i]
        if i + 1 < n:
            below[i] = a[i + 1, i]
    for i in range(n):
        for _ in range(MOST_SHIFTS):
            last = _split(values, below, i)
            if last == i:
                break
            _rotate(values, below, vectors, i, last)
    order = np.argsort(-values)
    return values[order], vectors[order]


@njit(cache=True, nogil=True, fastmath={"contract", "reassoc"})
def _reflect(a: Floats, vectors: Floats, k: int) -> None:
    """Clears column k below its second diagonal by a reflection of the rows and columns after it."""
    n = len(a)
    v, w = np.zeros(n), np.zeros(n)
    size = 0.0
    for i in range(k + 1, n):
        v[i] = a[k, i]
        size += v[i] * v[i]
    size = np.sqrt(size)
    if size == 0.0:
        return
    v[k + 1] += size if v[k + 1] > 0 else -size
    length = 0.0
    for i in range(k + 1, n):
        length += v[i] * v[i]
    twice, along = 2 / length, 0.0
    for i in range(k, n):
        t = 0.0
        for j in range(k + 1, n):
            t += a[i, j] * v[j]
        w[i] = twice * t
        along += w[i] * v[i]
    for i in range(k + 1, n):
        w[i] -= twice / 2 * along * v[i]
    for i in range(k, n):
        for j in range(k, n):
            a[i, j] -= v[i] * w[j] + w[i] * v[j]
    for j in range(n):
        w[j] = 0.0
    for i in range(k + 1, n):
        for j in range(n):
            w[j] += v[i] * vectors[i, j]
    for i in range(k + 1, n):
        for j in range(n):
            vectors[i, j] -= twice * v[i] * w[j]


@njit(cache=True, nogil=True)
def _split(values: Floats, below: Floats, first: int) -> int:
    """Where the part that begins at ``first`` ends: what stands below is nothing beside its neighbours."""
    for i in range(first, len(values) - 1):
        if abs(below[i]) <= 1e-16 * (abs(values[i]) + abs(values[i + 1])):
            return i
    return len(values) - 1


@njit(cache=True, nogil=True, fastmath={"contract"})
def _rotate(values: Floats, below: Floats, vectors: Floats, first: int, last: int) -> None:
    """One sweep of rotations from ``last`` up to ``first``, shifted towards a value of its first two rows."""
    g = (values[first + 1] - values[first]) / (2 * below[first])
    r = np.sqrt(g * g + 1)
    g = values[last] - values[first] + below[first] / (g + (r if g >= 0 else -r))
    s = c = 1.0
    p = 0.0
    for i in range(last - 1, first - 1, -1):
        f, b = s * below[i], c * below[i]
        r = np.sqrt(f * f + g * g)
        below[i + 1] = r
        if r == 0.0:
            values[i + 1] -= p
            below[last] = 0.0
            return
        s, c = f / r, g / r
        g = values[i + 1] - p
        r = (values[i] - g) * s + 2 * c * b
        p = s * r
        values[i + 1] = g + p
        g = c * r - b
        for j in range(vectors.shape[1]):
            one, other = vectors[i, j], vectors[i + 1, j]
            vectors[i, j] = c * one - s * other
            vectors[i + 1, j] = s * one + c * other
    values[first] -= p
    below[first] = g
    below[last] = 0.0
