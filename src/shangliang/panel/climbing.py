"""Panels worth more at given prices, found by swapping seats: what an integer programme then need not look for. Nothing is
proven here; that no panel is worth more, the integer programme alone says."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

LEAST = 1e-9  # a swap is worth at least this
FIRST = 16  # swaps that break a quota, of which it is tried whether a second one mends it


@njit(cache=True)
def climb(row: Any, low: Any, high: Any, cap: Any, price: Any, x: Any) -> None:
    """Makes the panel ``x`` (seats by type) worth more, in place, by single swaps and pairs of swaps, until none is left
    that keeps every quota. Arrays as in `swaps.py`; ``price``: what a seat of each type is worth."""
    held = np.zeros(len(low), np.int64)
    for t in range(len(x)):
        for c in range(row.shape[1]):
            held[row[t, c]] += x[t]
    first_a, first_b = np.empty(FIRST, np.int64), np.empty(FIRST, np.int64)
    gains = np.empty(FIRST)
    while True:
        gain, a, b = best(row, low, high, cap, price, x, held)
        if gain > LEAST:
            swap(row, a, b, held, x)
            continue
        count = tempting(price, cap, x, first_a, first_b, gains)
        found = False
        for i in range(count):
            a, b = first_a[i], first_b[i]
            swap(row, a, b, held, x)
            more, c, d = best(row, low, high, cap, price, x, held)
            if more + gains[i] > LEAST and c >= 0:
                swap(row, c, d, held, x)
                found = True
                break
            swap(row, b, a, held, x)
        if not found:
            return


@njit(cache=True)
def best(row: Any, low: Any, high: Any, cap: Any, price: Any, x: Any, held: Any) -> tuple[float, int, int]:
    """The swap worth most after which every quota holds: (what it brings, who goes, who comes); −1 where there is none."""
    gain, out, in_ = -1e300, -1, -1
    for a in range(len(x)):
        if x[a] == 0:
            continue
        for b in range(len(x)):
            if x[b] < cap[b] and a != b and price[b] - price[a] > gain and holds(row, low, high, held, a, b):
                gain, out, in_ = price[b] - price[a], a, b
    return gain, out, in_


@njit(cache=True)
def holds(row: Any, low: Any, high: Any, held: Any, a: int, b: int) -> bool:
    """Whether every quota holds after a → b; those that neither touches must hold already."""
    for r in range(len(low)):
        n = held[r]
        if n < low[r] or n > high[r]:
            touched = False
            for c in range(row.shape[1]):
                if row[a, c] != row[b, c] and (row[a, c] == r or row[b, c] == r):
                    touched = True
            if not touched:
                return False
    for c in range(row.shape[1]):
        p, q = row[a, c], row[b, c]
        if p != q:
            if held[p] - 1 < low[p] or held[p] - 1 > high[p]:
                return False
            if held[q] + 1 < low[q] or held[q] + 1 > high[q]:
                return False
    return True


@njit(cache=True)
def tempting(price: Any, cap: Any, x: Any, out: Any, in_: Any, gains: Any) -> int:
    """The swaps worth most, whatever the quotas say, the best first; how many there are."""
    count = 0
    for a in range(len(x)):
        if x[a] == 0:
            continue
        for b in range(len(x)):
            gain = price[b] - price[a]
            if a == b or x[b] >= cap[b] or gain <= LEAST or (count == len(out) and gain <= gains[count - 1]):
                continue
            if count < len(out):
                count += 1
            i = count - 1
            while i > 0 and gains[i - 1] < gain:
                out[i], in_[i], gains[i] = out[i - 1], in_[i - 1], gains[i - 1]
                i -= 1
            out[i], in_[i], gains[i] = a, b, gain
    return count


@njit(cache=True)
def swap(row: Any, a: int, b: int, held: Any, x: Any) -> None:
    for c in range(row.shape[1]):
        held[row[a, c]] -= 1
        held[row[b, c]] += 1
    x[a] -= 1
    x[b] += 1
