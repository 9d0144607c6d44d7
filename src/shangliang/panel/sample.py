"""Many panels whose average stays on a target, found by swapping: the fast way to realise given chances.

Each new panel starts as a copy of the one before and is changed, one seat at a time, so that the sum of all panels so
far is as near to (their number × target) as swaps can make it; a swap is made only where every quota stays met. Whoever
was passed over gets more weight in the next panel, so that the average comes home (the idea of “herding”; Frank–Wolfe
with equal steps on the squared distance). No random numbers: the same input gives the same panels.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shangliang.panel.shape import Floats, Row, Shape

TRIES = 1000  # pairs of swaps looked at for one who is owed a seat
ALL_TRIES = 8000  # and for one panel
GW = 0.3
PARTNERS = 4
KICKS = 8
LIMIT = 2.5
STEPS = 16
PASSES = 1


@njit(cache=True)
def _fits(row: Any, a: int, b: int, held: Any, low: Any, high: Any) -> bool:
    """Whether one of type a may make room for one of type b."""
    for c in range(row.shape[1]):
        p, q = row[a, c], row[b, c]
        if p != q and (held[p] <= low[p] or held[q] >= high[q]):
            return False
    return True


@njit(cache=True)
def _move(row: Any, a: int, b: int, held: Any, x: Any, owed: Any) -> None:
    for c in range(row.shape[1]):
        held[row[a, c]] -= 1
        held[row[b, c]] += 1
    x[a] -= 1
    x[b] += 1
    owed[a] += 1.0
    owed[b] -= 1.0


@njit(cache=True)
def _leaves(row: Any, a: int, held: Any, low: Any, over: Any, under: Any) -> bool:
    """Whether it can help what is broken when one of type a goes."""
    for c in range(row.shape[1]):
        p = row[a, c]
        if (over[c] >= 0 and p != over[c]) or (under[c] >= 0 and p == under[c]):
            return False
    return True


@njit(cache=True)
def _broken(row: Any, a: int, b: int, held: Any, low: Any, high: Any, over: Any, under: Any) -> int:
    """After a → b was made: by category the row that holds too many and the one that holds too few; how many."""
    n = 0
    for c in range(row.shape[1]):
        over[c] = -1
        under[c] = -1
        p, q = row[a, c], row[b, c]
        if p != q:
            if held[p] < low[p]:
                under[c] = p
                n += 1
            if held[q] > high[q]:
                over[c] = q
                n += 1
    return n


@njit(cache=True)
def _repairs(row: Any, a: int, b: int, held: Any, low: Any, high: Any, over: Any, under: Any) -> bool:
    """Whether a → b mends what is broken and breaks nothing else."""
    for c in range(row.shape[1]):
        p, q = row[a, c], row[b, c]
        if over[c] >= 0 and p != over[c]:
            return False
        if under[c] >= 0 and q != under[c]:
            return False
        if p == q:
            if over[c] >= 0 or under[c] >= 0:
                return False
        elif held[p] <= low[p] or held[q] >= high[q]:
            return False
    return True


@njit(cache=True)
def _excess(held: Any, low: Any, high: Any, r: int, by: int) -> int:
    """How far row r is outside its limits with `by` more people."""
    n = held[r] + by
    return low[r] - n if n < low[r] else (n - high[r] if n > high[r] else 0)


@njit(cache=True)
def _repair(
    row: Any, low: Any, high: Any, least: Any, cap: Any, owed: Any, x: Any, held: Any, banned: Any, steps: Any
) -> int:
    """Swap until every row is within its limits, touching no banned type; -1 where that fails, else the number of
    swaps, which stand in `steps`."""
    types, width = row.shape
    weight = np.ones(len(low))
    for n in range(len(steps)):
        worst, r = 0, -1
        for i in range(len(low)):
            e = _excess(held, low, high, i, 0)
            if e > 0 and (r < 0 or e * weight[i] > worst):
                worst, r = e * weight[i], i
        if r < 0:
            return n
        weight[r] += 0.5
        over = held[r] > high[r]
        category = 0
        for c in range(width):
            for t in range(types):
                if row[t, c] == r:
                    category = c
                    break
        best, best_a, best_b = 1e18, -1, -1
        for a in range(types):
            if x[a] <= least[a] or banned[a] or (row[a, category] == r) != over:
                continue
            for b in range(types):
                if (
                    x[b] >= cap[b]
                    or banned[b]
                    or (not over and row[b, category] != r)
                    or (over and row[b, category] == r)
                ):
                    continue
                cost = GW * (owed[a] - owed[b])
                for c in range(width):
                    p, q = row[a, c], row[b, c]
                    if p != q:
                        cost += 2.0 * weight[p] * (
                            _excess(held, low, high, p, -1) - _excess(held, low, high, p, 0)
                        ) + 2.0 * weight[q] * (
                            _excess(held, low, high, q, 1) - _excess(held, low, high, q, 0)
                        )
                        if cost > best + 30.0:
                            break
                if cost < best:
                    best, best_a, best_b = cost, a, b
        if best_a < 0:
            return -1
        _move(row, best_a, best_b, held, x, owed)
        steps[n, 0], steps[n, 1] = best_a, best_b
        banned[best_a] = True
        banned[best_b] = True
    return -1


@njit(cache=True)
def _kick(
    row: Any,
    low: Any,
    high: Any,
    least: Any,
    cap: Any,
    owed: Any,
    x: Any,
    held: Any,
    a: int,
    b: int,
    steps: Any,
) -> bool:
    """Swap a → b whatever the quotas say, then mend them elsewhere. Undone where that fails or gains nothing."""
    banned = np.zeros(len(x), np.bool_)
    banned[a] = True
    banned[b] = True
    before = np.sum(owed * owed)
    _move(row, a, b, held, x, owed)
    n = _repair(row, low, high, least, cap, owed, x, held, banned, steps)
    if n >= 0 and np.sum(owed * owed) < before:
        return True
    for i in range(len(steps) - 1 if n < 0 else n - 1, -1, -1):
        if steps[i, 0] >= 0:
            _move(row, steps[i, 1], steps[i, 0], held, x, owed)
    _move(row, b, a, held, x, owed)
    return False


@njit(cache=True)
def _force(
    row: Any,
    low: Any,
    high: Any,
    least: Any,
    cap: Any,
    owed: Any,
    x: Any,
    held: Any,
    steps: Any,
    limit: float,
) -> int:
    """Bring in who is owed much and send out who had much, where simple swaps did not. How often it worked."""
    types = len(x)
    worked = 0
    tried = np.zeros(types, np.bool_)
    for _ in range(KICKS):
        a, b = -1, -1
        for t in range(types):
            if x[t] > least[t] and not tried[t] and (a < 0 or owed[t] < owed[a]):
                a = t
            if x[t] < cap[t] and not tried[t] and (b < 0 or owed[t] > owed[b]):
                b = t
        if a < 0 or b < 0 or (owed[b] < limit and owed[a] > -limit):
            break
        sends = -owed[a] > owed[b]
        tried[a if sends else b] = True
        skip = np.zeros(types, np.bool_)
        for _ in range(PARTNERS):
            best, cost = -1, 1e18
            for t in range(types):
                if skip[t]:
                    continue
                if (x[t] >= cap[t]) if sends else (x[t] <= least[t]):
                    continue
                one, other = (a, t) if sends else (t, b)
                if one == other:
                    continue
                here = GW * (owed[one] - owed[other])
                for c in range(row.shape[1]):
                    p, q = row[one, c], row[other, c]
                    if p != q:
                        here += 2.0 * (held[p] <= low[p]) + 2.0 * (held[q] >= high[q])
                if here < cost:
                    best, cost = t, here
            if best < 0:
                break
            skip[best] = True
            if sends:
                b = best
            else:
                a = best
            steps[:] = -1
            if _kick(row, low, high, least, cap, owed, x, held, a, b, steps):
                worked += 1
                break
    return worked


@njit(cache=True)
def herd(
    row: Any, low: Any, high: Any, least: Any, cap: Any, target: Any, owed: Any, x: Any, panels: Any
) -> None:
    """Fill `panels` (J × T). `x`: a right panel to start from, `owed`: what earlier panels left owing (both are
    changed); `least` ≤ x ≤ `cap`."""
    types, width = row.shape
    held = np.zeros(len(low), np.int64)
    over, under = np.empty(width, np.int64), np.empty(width, np.int64)
    steps = np.empty((STEPS, 2), np.int64)
    for t in range(types):
        for c in range(width):
            held[row[t, c]] += x[t]
        owed[t] -= x[t]
    for j in range(panels.shape[0]):
        for t in range(types):
            owed[t] += target[t] if j == 0 else target[t] - x[t]
        for _ in range(PASSES):
            if not _improve(row, low, high, least, cap, owed, x, held, over, under):
                break
        _force(row, low, high, least, cap, owed, x, held, steps, LIMIT)
        for t in range(types):
            panels[j, t] = x[t]


@njit(cache=True)
def _improve(
    row: Any, low: Any, high: Any, least: Any, cap: Any, owed: Any, x: Any, held: Any, over: Any, under: Any
) -> bool:
    """One pass: those owed most, in this order, take the seat of whoever is owed least. Whether anything moved."""
    types = row.shape[0]
    wanting = np.argsort(-owed)
    seated = np.empty(types, np.int64)
    n = 0
    for i in range(types - 1, -1, -1):  # owed least first
        if x[wanting[i]] > least[wanting[i]]:
            seated[n] = wanting[i]
            n += 1
    moved, tries = False, 0
    for i in range(types):
        b = wanting[i]
        if n == 0 or owed[b] - owed[seated[0]] <= 0.2:
            break
        if x[b] >= cap[b]:
            continue
        done, mine = False, 0
        for s in range(n):
            a = seated[s]
            if owed[b] - owed[a] <= 1.0:
                break
            if a != b and x[a] > least[a] and _fits(row, a, b, held, low, high):
                _move(row, a, b, held, x, owed)
                done = True
                break
        if done:
            moved = True
            continue
        for s in range(n):
            a = seated[s]
            if mine >= TRIES or tries >= ALL_TRIES or owed[b] - owed[a] <= 0.5:
                break
            if a == b or x[a] <= least[a]:
                continue
            _move(row, a, b, held, x, owed)
            if _broken(row, a, b, held, low, high, over, under) <= 3:
                for s2 in range(n):
                    d_out = seated[s2]
                    if x[d_out] <= least[d_out] or not _leaves(row, d_out, held, low, over, under):
                        continue
                    for i2 in range(types):
                        d_in = wanting[i2]
                        tries += 1
                        mine += 1
                        gain = owed[b] + 1.0 - (owed[a] - 1.0) + owed[d_in] - owed[d_out]
                        if gain <= 2.0 or mine >= TRIES:
                            break
                        if (
                            d_in != d_out
                            and x[d_in] < cap[d_in]
                            and _repairs(row, d_out, d_in, held, low, high, over, under)
                        ):
                            _move(row, d_out, d_in, held, x, owed)
                            done = True
                            break
                    if done:
                        break
            if done:
                moved = True
                break
            _move(row, b, a, held, x, owed)
    return moved


class Sampler:
    """Panels around a target, as many as are asked for; their average stays near the target for as long as swaps can
    keep it there."""

    def __init__(self, shape: Shape, least: Row, target: Floats, start: Row) -> None:
        self._shape, self._least, self._target = shape, least, target
        self._panel = start.astype(np.int64)
        self._owed = np.zeros(shape.types)

    def more(self, count: int) -> NDArray[np.int16]:
        """The next `count` panels (count × T)."""
        made = np.zeros((count, self._shape.types), np.int16)
        shape = self._shape
        herd(
            shape.row,
            shape.low,
            shape.high,
            self._least,
            shape.cap,
            self._target,
            self._owed,
            self._panel,
            made,
        )
        return made

    @property
    def drift(self) -> float:
        """How many seats the sum of all panels is off for the type that is off most."""
        return float(np.abs(self._owed).max())
