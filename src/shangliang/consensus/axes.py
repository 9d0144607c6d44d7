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
from shangliang.consensus.vote_kernels import Columns, Small
from shangliang.consensus.votes import Votes, rows_of
from shangliang.consensus.work import each, parts

BLOCK = 4  # vectors at a time; the kernel is written for four
MOST_STEPS = 40
LOOK = 4  # steps before it is worth looking whether it is enough
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

    # Room for all steps at once, one vector a row; `inner` grows with them.
    room = min(MOST_STEPS * BLOCK, width)
    basis, image, inner = np.zeros((room, width)), np.zeros((room, width)), np.zeros((room, room))
    block, used = np.ascontiguousarray(begin.T), 0
    values, mixing = np.zeros(0), np.zeros((0, 0))
    for step in range(MOST_STEPS):
        fresh = _orthogonal(block, basis[:used], room - used)
        if not len(fresh):
            break
        reached = through(_padded(fresh).T)[:, : len(fresh)].T
        old, used = used, used + len(fresh)
        basis[old:used], image[old:used] = fresh, reached
        inner[old:used, :used] = _products(image[old:used], basis[:used])
        inner[:used, old:used] = inner[old:used, :used].T
        block = reached
        if (step >= LOOK and step % 2) or used == room:
            values, mixing = _strongest(inner[:used, :used])
            off = (
                _combined(mixing[:, :2], image[:used])
                - _combined(mixing[:, :2], basis[:used]) * values[:2, None]
            )
            if np.sqrt((off * off).sum()) <= tolerance * max(float(values[0]), 1e-300):
                break
    if len(values) != used:
        values, mixing = _strongest(inner[:used, :used])
    best = _padded(_combined(mixing[:, :BLOCK], basis[:used])).T
    return np.ascontiguousarray(best), np.concatenate((values, np.zeros(BLOCK)))[:BLOCK]


def _strongest(inner: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues and eigenvectors, the greatest first."""
    values, mixing = np.linalg.eigh((inner + inner.T) / 2)
    return values[::-1], np.ascontiguousarray(mixing[:, ::-1])


def _orthogonal(block: Floats, basis: Floats, most: int) -> Floats:
    """At most ``most`` rows: what of the block is not in the basis yet, orthonormal; what vanishes is left out."""
    size = np.sqrt((block * block).sum(axis=1))
    block = block[size > 0] / size[size > 0, None]
    for _ in range(3):  # the last round only tidies up
        if len(basis):
            block = block - _combined(_products(basis, block), basis)
        values, mixing = (
            np.linalg.eigh(_products(block, block)) if len(block) else (np.zeros(0), np.zeros((0, 0)))
        )
        good = values > 1e-13
        block = _combined(mixing[:, good] / np.sqrt(values[good]), block)
    return block[:most]


def _padded(block: Floats) -> Floats:
    lacking = BLOCK - len(block)
    return np.vstack((block, np.zeros((lacking, block.shape[1])))) if lacking else block


def _signed(vectors: Floats) -> Floats:
    """Signs are arbitrary; the weightiest statement of each axis is made positive, so that results repeat."""
    top = np.abs(vectors).argmax(axis=0)
    return vectors * np.where(vectors[top, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)


# Small products by hand: a linear algebra library would wake threads of its own for them, and wait for them.


@njit(cache=True, nogil=True, fastmath=True)
def _products(a: Floats, b: Floats) -> Floats:
    """a bᵀ of two short stacks of long rows."""
    out = np.empty((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            t = 0.0
            for c in range(a.shape[1]):
                t += a[i, c] * b[j, c]
            out[i, j] = t
    return out


@njit(cache=True, nogil=True, fastmath=True)
def _combined(mixing: Floats, rows: Floats) -> Floats:
    """mixingᵀ · rows, of a short stack of long rows."""
    out = np.zeros((mixing.shape[1], rows.shape[1]))
    for i in range(mixing.shape[1]):
        for j in range(len(rows)):
            t = mixing[j, i]
            for c in range(rows.shape[1]):
                out[i, c] += t * rows[j, c]
    return out


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
