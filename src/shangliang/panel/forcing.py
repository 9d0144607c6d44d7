"""What simple swaps cannot do: seat a type whatever the quotas say, then mend the quotas elsewhere (an ejection chain).

Arrays as in `swaps.py`. A move is kept only when the quotas hold again and the sum of squares of `owed` has fallen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from shangliang.panel.swaps import move

TYPES = 8  # that are forced in or out in one panel
PARTNERS = 4  # tried for each of them
LIMIT = 2.5  # seats: who is off by less is left to simple swaps
WORTH = 0.3  # of a seat owed, against 2 for a quota that breaks


@njit(cache=True)
def excess(held: Any, low: Any, high: Any, r: int, by: int) -> int:
    """How far row r is outside its limits with `by` more people."""
    n = held[r] + by
    return low[r] - n if n < low[r] else (n - high[r] if n > high[r] else 0)


@njit(cache=True)
def repair(
    row: Any, low: Any, high: Any, least: Any, cap: Any, owed: Any, x: Any, held: Any, banned: Any, steps: Any
) -> int:
    """Swap until every row is within its limits, touching no banned type; -1 where that fails, else the number of
    swaps, which stand in `steps`."""
    types, width = row.shape
    weight = np.ones(len(low))
    for n in range(len(steps)):
        worst, r = 0, -1
        for i in range(len(low)):
            e = excess(held, low, high, i, 0)
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
                cost = WORTH * (owed[a] - owed[b])
                for c in range(width):
                    p, q = row[a, c], row[b, c]
                    if p != q:
                        cost += 2.0 * weight[p] * (
                            excess(held, low, high, p, -1) - excess(held, low, high, p, 0)
                        ) + 2.0 * weight[q] * (excess(held, low, high, q, 1) - excess(held, low, high, q, 0))
                        if cost > best + 30.0:
                            break
                if cost < best:
                    best, best_a, best_b = cost, a, b
        if best_a < 0:
            return -1
        move(row, best_a, best_b, held, x, owed)
        steps[n, 0], steps[n, 1] = best_a, best_b
        banned[best_a] = True
        banned[best_b] = True
    return -1


@njit(cache=True)
def kick(
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
    move(row, a, b, held, x, owed)
    n = repair(row, low, high, least, cap, owed, x, held, banned, steps)
    if n >= 0 and np.sum(owed * owed) < before:
        return True
    for i in range(len(steps) - 1 if n < 0 else n - 1, -1, -1):
        if steps[i, 0] >= 0:
            move(row, steps[i, 1], steps[i, 0], held, x, owed)
    move(row, b, a, held, x, owed)
    return False


@njit(cache=True)
def force(
    row: Any,
    low: Any,
    high: Any,
    least: Any,
    cap: Any,
    owed: Any,
    x: Any,
    held: Any,
    steps: Any,
) -> int:
    """Bring in who is owed much and send out who had much, where simple swaps did not. How often it worked."""
    types = len(x)
    worked = 0
    tried = np.zeros(types, np.bool_)
    for _ in range(TYPES):
        a, b = -1, -1
        for t in range(types):
            if x[t] > least[t] and not tried[t] and (a < 0 or owed[t] < owed[a]):
                a = t
            if x[t] < cap[t] and not tried[t] and (b < 0 or owed[t] > owed[b]):
                b = t
        if a < 0 or b < 0 or (owed[b] < LIMIT and owed[a] > -LIMIT):
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
                here = WORTH * (owed[one] - owed[other])
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
            if kick(row, low, high, least, cap, owed, x, held, a, b, steps):
                worked += 1
                break
    return worked
