"""Single seats changing hands inside the quotas, and pairs of such swaps. Compiled on first use.

Arrays everywhere: `row` T × C (the row that a type counts in, by category), `low`, `high` and `held` by row, `least`,
`cap`, `x` and `owed` by type; `owed` is how many seats a type should have had so far and has not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

TRIES = 1000  # pairs of swaps looked at for one type that is owed a seat
ALL_TRIES = 8000  # and for one panel


@njit(cache=True)
def fits(row: Any, a: int, b: int, held: Any, low: Any, high: Any) -> bool:
    """Whether one of type a may make room for one of type b."""
    for c in range(row.shape[1]):
        p, q = row[a, c], row[b, c]
        if p != q and (held[p] <= low[p] or held[q] >= high[q]):
            return False
    return True


@njit(cache=True)
def move(row: Any, a: int, b: int, held: Any, x: Any, owed: Any) -> None:
    for c in range(row.shape[1]):
        held[row[a, c]] -= 1
        held[row[b, c]] += 1
    x[a] -= 1
    x[b] += 1
    owed[a] += 1.0
    owed[b] -= 1.0


@njit(cache=True)
def leaves(row: Any, a: int, held: Any, low: Any, over: Any, under: Any) -> bool:
    """Whether it can help what is broken when one of type a goes."""
    for c in range(row.shape[1]):
        p = row[a, c]
        if (over[c] >= 0 and p != over[c]) or (under[c] >= 0 and p == under[c]):
            return False
    return True


@njit(cache=True)
def broken(row: Any, a: int, b: int, held: Any, low: Any, high: Any, over: Any, under: Any) -> int:
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
def repairs(row: Any, a: int, b: int, held: Any, low: Any, high: Any, over: Any, under: Any) -> bool:
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
def improve(
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
            if a != b and x[a] > least[a] and fits(row, a, b, held, low, high):
                move(row, a, b, held, x, owed)
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
            move(row, a, b, held, x, owed)
            if broken(row, a, b, held, low, high, over, under) <= 3:
                for s2 in range(n):
                    d_out = seated[s2]
                    if x[d_out] <= least[d_out] or not leaves(row, d_out, held, low, over, under):
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
                            and repairs(row, d_out, d_in, held, low, high, over, under)
                        ):
                            move(row, d_out, d_in, held, x, owed)
                            done = True
                            break
                    if done:
                        break
            if done:
                moved = True
                break
            move(row, b, a, held, x, owed)
    return moved
