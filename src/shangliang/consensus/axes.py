"""The axes of the reference method: the two strongest directions in which answers vary together.

A missing answer takes the statement's mean, so a centred missing entry is 0 and the principal components equal the
singular vectors of the sparse matrix mask ∘ (V − μ); nothing dense is made. They are found in a block Krylov space with
Rayleigh–Ritz (Halko, Martinsson, Tropp, SIAM Review 53, 2011; Musco and Musco, NeurIPS 2015), until the residual is as
small as the numbers allow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from shangliang.consensus.counts import count
from shangliang.consensus.results import Floats, Ints
from shangliang.consensus.votes import Columns, Small, Votes, rows_of
from shangliang.consensus.work import each, parts

BLOCK = 4  # vectors at a time; the kernel is written for four
MOST_STEPS = 40
MANY = 2_000_000  # votes above which a sample gives the start and six digits are enough
SAMPLE = 20_000  # people of that sample


class Axes(NamedTuple):
    mean: Floats  # (M,) of those who answered; 0 where nobody did
    vectors: Floats  # (M, 2), of length 1; sign: the statement with the greatest weight is positive
    values: Floats  # (2,) sums of squares along them


def find(votes: Votes) -> Axes:
    """Mean and the two axes; a conversation of less than two dimensions has axes of zeros."""
    (a,), (d,), (s,) = count(votes)
    mean = np.where(s > 0, (a - d) / np.maximum(s, 1), 0.0)
    if len(votes.value) > MANY:
        step = max(1, votes.people // SAMPLE)
        begin = _krylov(rows_of(votes, np.arange(0, votes.people, step)), mean, _begin(votes.width), 1e-3)[0]
        values = _krylov(votes, mean, begin, 1e-7)
    else:
        values = _krylov(votes, mean, _begin(votes.width), 1e-10)
    vectors, strength = values
    return Axes(mean, _signed(vectors[:, :2]), np.maximum(strength[:2], 0))


def project(votes: Votes, axes: Axes) -> Floats:
    """(P, 2) positions: √(M / n) · Σ over answered statements of (V − μ) · w."""
    w = np.ascontiguousarray(axes.vectors)

    def some(a: int, b: int) -> Floats:
        return np.asarray(_project(votes.start, votes.column, votes.value, axes.mean, w, a, b))

    return np.concatenate(each(some, parts(votes.start)))


def lone(axes: Axes) -> Floats:
    """(M, 2): where somebody would stand who agrees with this statement and has answered nothing else."""
    return np.asarray(np.sqrt(len(axes.mean)) * (1 - axes.mean)[:, None] * axes.vectors)


def _begin(width: int) -> Floats:
    return np.random.default_rng(0).standard_normal((width, BLOCK))


def _krylov(votes: Votes, mean: Floats, begin: Floats, tolerance: float) -> tuple[Floats, Floats]:
    """(vectors (M, 4), values (4,)) of YᵀY, the strongest first."""
    width = votes.width
    ranges = parts(votes.start)

    def through(block: Floats) -> Floats:
        given = np.ascontiguousarray(block)

        def some(a: int, b: int) -> Floats:
            return np.asarray(_through(votes.start, votes.column, votes.value, mean, given, a, b))

        return np.asarray(sum(each(some, ranges)))

    basis, image = np.zeros((width, 0)), np.zeros((width, 0))
    block = begin
    for step in range(MOST_STEPS):
        fresh = _orthogonal(block, basis)
        if fresh.shape[1] == 0:
            break
        reached = through(_padded(fresh))[:, : fresh.shape[1]]
        basis, image = np.hstack((basis, fresh)), np.hstack((image, reached))
        inner = basis.T @ image
        values, mixing = np.linalg.eigh((inner + inner.T) / 2)
        values, mixing = values[::-1], mixing[:, ::-1]
        off = image @ mixing[:, :2] - (basis @ mixing[:, :2]) * values[:2]
        if step and np.linalg.norm(off) <= tolerance * max(float(values[0]), 1e-300):
            break
        block = reached
    best = _padded((basis @ mixing)[:, :BLOCK])
    return best, np.concatenate((values, np.zeros(BLOCK)))[:BLOCK]


def _orthogonal(block: Floats, basis: Floats) -> Floats:
    """What of the block is not in the basis yet, orthonormal; directions that vanish are left out."""
    size = np.linalg.norm(block, axis=0)
    block = block[:, size > 0] / size[size > 0]
    for _ in range(3):  # the last round only tidies up
        block = block - basis @ (basis.T @ block)
        values, mixing = np.linalg.eigh(block.T @ block)
        good = values > 1e-13
        block = block @ (mixing[:, good] / np.sqrt(values[good]))
    return block[:, : max(0, len(basis) - basis.shape[1])]


def _padded(block: Floats) -> Floats:
    lacking = BLOCK - block.shape[1]
    return np.hstack((block, np.zeros((len(block), lacking)))) if lacking else block


def _signed(vectors: Floats) -> Floats:
    """Signs are arbitrary; the weightiest statement of each axis is made positive, so that results repeat."""
    top = np.abs(vectors).argmax(axis=0)
    return vectors * np.where(vectors[top, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)


@njit(cache=True, nogil=True, fastmath={"contract"})
def _through(
    start: Ints, column: Columns, value: Small, mean: Floats, block: Floats, first: int, end: int
) -> Floats:
    """YᵀY · block over these rows."""
    out = np.zeros_like(block)
    for p in range(first, end):
        t0 = t1 = t2 = t3 = 0.0
        for i in range(start[p], start[p + 1]):
            c = column[i]
            y = value[i] - mean[c]
            t0 += y * block[c, 0]
            t1 += y * block[c, 1]
            t2 += y * block[c, 2]
            t3 += y * block[c, 3]
        for i in range(start[p], start[p + 1]):
            c = column[i]
            y = value[i] - mean[c]
            out[c, 0] += y * t0
            out[c, 1] += y * t1
            out[c, 2] += y * t2
            out[c, 3] += y * t3
    return out


@njit(cache=True, nogil=True)
def _project(
    start: Ints, column: Columns, value: Small, mean: Floats, w: Floats, first: int, end: int
) -> Floats:
    out = np.zeros((end - first, 2))
    for p in range(first, end):
        x = y = 0.0
        n = start[p + 1] - start[p]
        for i in range(start[p], start[p + 1]):
            c = column[i]
            v = value[i] - mean[c]
            x += v * w[c, 0]
            y += v * w[c, 1]
        far = np.sqrt(len(mean) / n) if n else 0.0
        out[p - first, 0] = far * x
        out[p - first, 1] = far * y
    return out
