"""The axes of the reference method: the two strongest directions in which answers vary together.

A missing answer takes the statement's mean, so a centred missing entry is 0 and the principal components equal the
singular vectors of the sparse matrix mask ∘ (V − μ); nothing dense is made. They are found by the block Lanczos method
with full orthogonalisation (Golub and Underwood 1977; Musco and Musco, NeurIPS 2015), each pass over the votes carrying
eight vectors. It stops when the theorem of Davis and Kahan (1970) bounds the angle of both axes: residual by gap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.counts import count
from shangliang.consensus.lanes import LANE, add, add_times, load, nothing, store
from shangliang.consensus.spectrum import spectrum
from shangliang.consensus.vote_kernels import Columns, Small
from shangliang.consensus.votes import Votes, rows_of
from shangliang.consensus.work import each, parts

BLOCK = LANE  # vectors at a time
MOST_STEPS = 30
LOOK = 3  # steps before it is worth looking whether it is enough
ANGLE = 1e-8  # radians by which an axis may be off
NEAR = 1e-10  # residual, by the greatest value, that is enough however near two axes are to each other
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
    begin, whole = drawn(votes.width), np.ones(votes.width)
    if len(votes.value) > MANY:
        step = max(1, votes.people // SAMPLE)
        few = rows_of(votes, np.arange(0, votes.people, step))
        begin = strongest(few, mean, whole, begin, 1e-3)[0]
        vectors, strength = strongest(votes, mean, whole, begin, 1e-6)
    else:
        vectors, strength = strongest(votes, mean, whole, begin)
    return Axes(mean, _signed(vectors[:2].T), np.maximum(strength[:2], 0))


def project(votes: Votes, axes: Axes) -> Floats:
    """(P, 2) positions: √(M / n) · Σ over answered statements of (V − μ) · w."""
    w = np.ascontiguousarray(axes.vectors)

    def some(a: int, b: int) -> Floats:
        return np.asarray(_project(votes.start, votes.column, votes.value, axes.mean, w, a, b))

    return np.concatenate(each(some, parts(votes.start)))


def lone(axes: Axes) -> Floats:
    """(M, 2): where somebody would stand who agrees with this statement and has answered nothing else."""
    return np.asarray(np.sqrt(len(axes.mean)) * (1 - axes.mean)[:, None] * axes.vectors)


def drawn(width: int, seed: int = 0) -> Floats:
    """(8, M): directions to begin with."""
    return np.random.default_rng(seed).standard_normal((BLOCK, width))


def strongest(
    votes: Votes, mean: Floats, weight: Floats, begin: Floats, angle: float = ANGLE, steps: int = MOST_STEPS
) -> tuple[Floats, Floats]:
    """(vectors (8, M), values (8,)) of ZᵀZ, Z = (V − μ) · diag(weight), the strongest first, missing ones 0.

    It stops after ``steps`` passes, or when the first two are known to ``angle``.
    """
    ranges = parts(votes.start)

    def through(block: Floats) -> Floats:
        given = np.ascontiguousarray((block * weight).T)

        def some(a: int, b: int) -> Floats:
            return np.asarray(_through(votes.start, votes.column, votes.value, mean, given, a, b))

        return np.ascontiguousarray(sum(each(some, ranges)).T) * weight  # type: ignore[union-attr]

    # Room for all steps at once, one vector a row; `inner` is what YᵀY is on them.
    room = min(steps * BLOCK, votes.width)
    basis, inner = np.zeros((room, votes.width)), np.zeros((room, room))
    fresh, used, look = _orthonormal(begin, basis[:0])[:room], 0, LOOK
    values, mixing = np.zeros(0), np.zeros((0, 0))
    step, before = 0, (0, 0.0)
    while len(fresh):
        step, old, used = step + 1, used, used + len(fresh)
        basis[old:used] = fresh
        reached = through(_padded(fresh))[: used - old]
        shares = _products(basis[:used], reached)
        inner[:used, old:used] = shares
        inner[old:used, :used] = shares.T
        rest = reached - _combined(np.ascontiguousarray(shares.T), basis[:used])
        last = step == steps or used == room
        if step >= look or last:
            values, mixing = spectrum(inner[:used, :used])
            if last:
                break
            off = _off(values, mixing[:2, old:used], _products(rest, rest))
            if off <= angle:
                break
            look, before = step + _wait(step, off, before, angle), (step, off)
        fresh = _orthonormal(rest, basis[:used])[: room - used]
    if len(values) != used:
        values, mixing = spectrum(inner[:used, :used])
    best = _padded(_combined(mixing[:BLOCK], basis[:used]))
    return best, np.concatenate((values, np.zeros(BLOCK)))[:BLOCK]


def _off(values: Floats, tail: Floats, left: Floats) -> float:
    """Radians by which the worse of the first two vectors may be off: length of its residual by its distance to the
    nearest other value. ``tail``: their parts along the newest vectors; ``left``: inner products of what these leave."""
    residual = np.sqrt(np.maximum([(t * (left * t).sum(axis=1)).sum() for t in tail], 0))
    ahead = -np.diff(values[:3]) if len(values) > 2 else np.full(2, np.inf)
    gap = np.minimum(ahead[: len(residual)], ahead[0])
    return float((residual / np.maximum(gap, NEAR / ANGLE * values[0] + 1e-300)).max())


def _wait(step: int, off: float, before: tuple[int, float], angle: float) -> int:
    """Passes until it is worth looking again, as the way so far goes on."""
    if not before[0] or off >= before[1]:
        return 2
    pace = np.log(before[1] / off) / (step - before[0])
    return max(1, round(float(np.log(off / angle) / pace)))


def _orthonormal(block: Floats, basis: Floats) -> Floats:
    """An orthonormal basis of these rows, which are orthogonal to ``basis`` but for rounding; what vanishes is left out."""
    scale = float((block * block).sum(axis=1).max(initial=0.0))
    for _ in range(3):
        values, mixing = spectrum(_products(block, block))
        good = values > 1e-22 * scale
        block = _combined(mixing[good] / np.sqrt(values[good])[:, None], block)
        if not len(block) or values[good][-1] > 1e-5 * scale:
            break
        scale = 1.0  # once more: what is small has lost digits
        if len(basis):
            block = block - _combined(_products(block, basis), basis)
    return block


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
    """mixing · rows, of a short stack of long rows."""
    out = np.zeros((len(mixing), rows.shape[1]))
    for i in range(len(mixing)):
        for j in range(len(rows)):
            t = mixing[i, j]
            for c in range(rows.shape[1]):
                out[i, c] += t * rows[j, c]
    return out


@njit(cache=True, nogil=True)
def _through(
    start: Ints, column: Columns, value: Small, mean: Floats, block: Floats, first: int, end: int
) -> Floats:
    """YᵀY · block over these rows; ``block`` and the result are (M, 8)."""
    out = np.zeros((len(mean), LANE))
    for p in range(first, end):
        one, other = nothing(block), nothing(block)
        begin, after = start[p], start[p + 1]
        for i in range(begin + 1, after, 2):  # two sums, so that one does not wait for the other
            c, d = column[i - 1], column[i]
            one = add_times(one, value[i - 1] - mean[c], load(block, c, 0))
            other = add_times(other, value[i] - mean[d], load(block, d, 0))
        if (after - begin) % 2:
            c = column[after - 1]
            one = add_times(one, value[after - 1] - mean[c], load(block, c, 0))
        one = add(one, other)
        for i in range(begin, after):
            c = column[i]
            store(out, c, 0, add_times(load(out, c, 0), value[i] - mean[c], one))
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
