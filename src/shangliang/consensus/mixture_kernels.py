"""The inner loops of the mixture: a person's eight axes are one lane."""

from __future__ import annotations

import numpy as np
from numba import njit

from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.factor_kernels import RANK
from shangliang.consensus.lanes import (
    add,
    add_times,
    eight,
    load,
    nothing,
    over,
    product,
    store,
    subtract,
    times,
    total,
)

NOTHING = 1e-9  # chances below it move nothing
NARROWEST = 1e-5
FAR = 30.0  # e^-30 is nothing
LOG2 = 0.6931471805599453
HALVES = 2.0 ** -np.arange(int(FAR / LOG2) + 3)


@njit(cache=True, nogil=True)
def em(
    pull: Floats, precision: Floats, centres: Floats, share: Floats, width2: float,
    rounds: int, tolerance: float, belongs: Floats,
) -> tuple[float, float]:  # fmt: skip
    """Rounds of EM in place, at least the first half of one: (log likelihood, width²)."""
    people, k = len(pull), len(share)
    sums, moved, weight = np.empty(k), np.empty((k, RANK)), np.empty(k)
    drawn, prior, out = np.empty((k, RANK)), np.empty(k), np.empty((1, RANK))
    last, likelihood = -np.inf, 0.0
    for step in range(max(rounds, 1)):
        sums[:] = 0
        moved[:] = 0
        likelihood = 0.0
        inner = 1 / width2
        for g in range(k):
            e = 0.0
            for r in range(RANK):
                drawn[g, r] = centres[g, r] * inner
                e += drawn[g, r] * centres[g, r]
            prior[g] = np.log(share[g] + 1e-300) - 0.5 * e
        squares, ones, wide = nothing(pull), eight(pull, 1.0), eight(pull, width2)
        for p in range(people):
            own = load(pull, p, 0)
            broad = add_times(ones, width2, load(precision, p, 0))
            narrow = over(wide, broad)
            most = -np.inf
            for g in range(k):
                h = add(own, load(drawn, g, 0))
                weight[g] = prior[g] + 0.5 * total(times(times(h, h), narrow))
                most = max(most, weight[g])
            z = 0.0
            for g in range(k):
                weight[g] = _less(most - weight[g])
                z += weight[g]
            likelihood += most + 0.5 * np.log(z * z / product(broad))
            squares = add(squares, narrow)
            for g in range(k):
                w = weight[g] / z
                belongs[p, g] = w
                if w > NOTHING:
                    sums[g] += w
                    x = times(add(own, load(drawn, g, 0)), narrow)
                    store(moved, g, 0, add_times(load(moved, g, 0), w, x))
                    squares = add_times(squares, w, times(x, x))
        if rounds == 0:
            break
        store(out, 0, 0, squares)
        left = out[0].sum()
        for g in range(k):
            share[g] = sums[g] / people
            for r in range(RANK):
                centres[g, r] = moved[g, r] / max(sums[g], 1e-9)
                left -= sums[g] * centres[g, r] ** 2
        width2 = max(left / (people * RANK), NARROWEST)
        if step and abs(likelihood - last) < tolerance * people:
            break
        last = likelihood
    return likelihood, width2


@njit(cache=True, nogil=True)
def _less(x: float) -> float:
    """e^−x for x ≥ 0, to eleven digits; nothing when x is above 30. A series, because a library's function takes longer
    than all else."""
    if x > FAR:
        return 0.0
    n = int(x / LOG2 + 0.5)
    r = n * LOG2 - x
    e = 1 + r * (
        1
        + r
        / 2
        * (1 + r / 3 * (1 + r / 4 * (1 + r / 5 * (1 + r / 6 * (1 + r / 7 * (1 + r / 8 * (1 + r / 9)))))))
    )
    return float(e * HALVES[n])


@njit(cache=True, nogil=True)
def settle(x: Floats, weight: Floats, centres: Floats, nearest: Ints, rounds: int) -> float:
    """Rounds of k-means in place; a centre without points stays where it is. The weighted squared distance left."""
    k = len(centres)
    moved, heavy = np.empty((k, RANK)), np.empty(k)
    left = 0.0
    for _ in range(rounds):
        moved[:] = 0
        heavy[:] = 0
        left, changed = 0.0, False
        for p in range(len(x)):
            own, best, least = load(x, p, 0), 0, np.inf
            for c in range(k):
                gap = subtract(own, load(centres, c, 0))
                far = total(times(gap, gap))
                if far < least:
                    best, least = c, far
            changed |= nearest[p] != best
            nearest[p] = best
            left += weight[p] * least
            heavy[best] += weight[p]
            store(moved, best, 0, add_times(load(moved, best, 0), weight[p], own))
        if not changed:
            break
        for c in range(k):
            if heavy[c] > 0:
                for r in range(RANK):
                    centres[c, r] = moved[c, r] / heavy[c]
    return left


@njit(cache=True, nogil=True)
def sow(x: Floats, weight: Floats, chance: Floats, centres: Floats) -> None:
    """Centres to begin with: each drawn by weight times the squared distance to those before (Arthur and Vassilvitskii
    2007); ``chance``: a number between 0 and 1 for each."""
    far = np.full(len(x), np.inf)
    odds = weight.copy()
    for c in range(len(centres)):
        wanted, at = chance[c] * odds.sum(), 0
        for p in range(len(x)):
            wanted -= odds[p]
            at = p
            if wanted < 0:
                break
        centres[c] = x[at]
        own = load(centres, c, 0)
        for p in range(len(x)):
            gap = subtract(load(x, p, 0), own)
            far[p] = min(far[p], total(times(gap, gap)))
            odds[p] = far[p] * weight[p] + 1e-300
