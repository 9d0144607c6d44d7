"""Sharing work among threads so that the result does not depend on how many there are.

The kernels release Python's lock. Work is cut into parts by the data alone, never by the number of threads, and partial
results are put together in the order of the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from threading import Thread
from typing import TypeVar

import numpy as np

from shangliang.consensus.arrays import Ints

THREADS = 2
PARTS = 4
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


def each(
    do: Callable[[int, int], T], ranges: Sequence[tuple[int, int]], threads: int | None = None
) -> list[T]:
    """What ``do(first, end)`` gives for each range, in their order.

    Threads of its own, ended before it returns: a pool that is kept would be dead in a forked server process.
    """
    helpers = min(THREADS if threads is None else threads, len(ranges)) - 1
    if helpers <= 0:
        return [do(a, b) for a, b in ranges]
    found: dict[int, T] = {}
    failed: list[BaseException] = []
    left = iter(range(len(ranges)))  # taking the next is atomic

    def work() -> None:
        try:
            for i in left:
                found[i] = do(*ranges[i])
        except BaseException as error:  # handed to the caller below
            failed.append(error)

    others = [Thread(target=work) for _ in range(helpers)]
    for other in others:
        other.start()
    work()
    for other in others:
        other.join()
    if failed:
        raise failed[0]
    return [found[i] for i in range(len(ranges))]
