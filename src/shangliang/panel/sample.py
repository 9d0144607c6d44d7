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

from shangliang.panel.forcing import force
from shangliang.panel.shape import Floats, Row, Shape
from shangliang.panel.swaps import improve

STEPS = 16  # swaps that may mend what forcing broke


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
        improve(row, low, high, least, cap, owed, x, held, over, under)
        force(row, low, high, least, cap, owed, x, held, steps)
        for t in range(types):
            panels[j, t] = x[t]


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
