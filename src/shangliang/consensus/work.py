"""Sharing work among threads so that the result does not depend on how many there are.

The kernels release Python's lock. Work is cut into parts by the data alone, never by the number of threads, and partial
results are put together in the order of the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np

from shangliang.consensus.results import Ints

THREADS = 2
PARTS = 8
ENOUGH = 100_000  # votes below which a second thread costs more than it gives

T = TypeVar("T")


def parts(start: Ints, count: int = PARTS) -> list[tuple[int, int]]:
    """Cuts rows into at most ``count`` ranges with about as many votes each; one range when there are few votes."""
    rows = len(start) - 1
    if start[-1] < ENOUGH:
        return [(0, rows)]
    wanted = np.linspace(0, start[-1], count + 1)[1:-1]
    cuts = [0, *np.searchsorted(start, wanted).tolist(), rows]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def each(do: Callable[[int, int], T], ranges: Sequence[tuple[int, int]], threads: int = THREADS) -> list[T]:
    """What ``do(first, end)`` gives for each range, in their order."""
    if len(ranges) == 1 or threads == 1:
        return [do(a, b) for a, b in ranges]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda r: do(*r), ranges))
