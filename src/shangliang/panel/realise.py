"""From chances to a lottery: weights over panels whose average is the target.

The target lies on a face of all panels: where a quota's row is used to the full, every panel of the lottery must use
it to the full. Panels are sampled on that face around the target; then equal weights are corrected by the smallest
change that makes the average exact. Because the sample's average is already close, the change is small against the
weights and they stay positive. Where they do not, the sample grows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from shangliang.panel.lp import panels_of
from shangliang.panel.shape import Floats, Row, Shape
from shangliang.panel.watch import Watch

if TYPE_CHECKING:
    from shangliang.panel.sample import Sampler

NEAR = 1e-7
EXACT = 1e-9
LOST = 4.0  # seats: an average that drifts further than this does not come home
MANY = 600  # types: here a larger sample costs more than it brings
ROUNDS = 12
Panels = NDArray[np.int16]  # J × T


@dataclass(frozen=True)
class Lottery:
    """Panels (J × T counts of types) and their weights (J, positive, sum 1)."""

    panels: Panels
    weights: Floats

    def seats(self) -> Floats:
        """Expected seats of each type (T)."""
        return np.asarray(self.weights @ self.panels)


def face(shape: Shape, target: Floats) -> tuple[Shape, Row]:
    """The shape narrowed to where the target lies: rows used to the full become exact, types at a bound stay there.
    With it the least number of seats of each type."""
    used = shape.matrix @ target
    low = np.where(used > shape.high - NEAR, shape.high, shape.low)
    high = np.where(used < shape.low + NEAR, shape.low, shape.high)
    cap = np.where(target < NEAR, 0, shape.cap)
    least = np.where(target > shape.cap - NEAR, shape.cap, 0)
    return (
        replace(shape, low=low.astype(np.int32), high=high.astype(np.int32), cap=cap.astype(np.int32)),
        least.astype(np.int32),
    )


def start(shape: Shape, least: Row, target: Floats, seconds: float) -> Row | None:
    """One right panel on the face, None where none was found."""
    lp = panels_of(shape, whole=True, least=least)
    lp.costs(target / np.maximum(shape.size, 1))
    if not lp.run(seconds) and not lp.has_point:
        return None
    return np.rint(lp.point).astype(np.int32)


def sampler(shape: Shape, target: Floats, watch: Watch) -> Sampler | None:
    """Where sampling around the target can begin, None where no panel of its face was found."""
    from shangliang.panel.sample import (
        Sampler,
    )  # the compiler behind it takes a second to load: only where needed

    narrow, least = face(shape, target)
    first = start(narrow, least, target, max(watch.left, 0.1))
    return None if first is None else Sampler(narrow, least, target, first)


def realise(shape: Shape, target: Floats, watch: Watch) -> tuple[Lottery | None, Panels]:
    """A lottery whose expected seats are the target to 1e-9, or None where this does not lead there; with the panels
    that were looked at, which are right in any case."""
    source = sampler(shape, target, watch)
    none = np.zeros((0, shape.types), np.int16)
    if source is None:
        return None, none
    first = max(16, shape.types // 4)
    panels = source.more(first)
    for part in (1.5, 2.2, 4.0) if shape.types <= MANY else (1.5, 2.2):
        count = max(64, int(part * shape.types)) - len(panels)
        while count > 0 and source.drift <= LOST and not watch.over:
            panels = np.vstack([panels, source.more(min(first, count))])
            count -= first
        if source.drift > LOST or watch.over:
            break
        weights = weigh(panels, target, watch)
        if weights is not None:
            return Lottery(panels, weights), panels
    return None, panels


def weigh(panels: Panels, target: Floats, watch: Watch) -> Floats | None:
    """Positive weights whose average panel is the target, near the analytic centre of all such weights; None where
    none were found.

    Newton's method for the largest Σ log(weight), from equal weights that miss the target a little; the first full
    step that keeps every weight positive meets the target.
    """
    columns = panels.astype(np.float64)
    weights = np.full(len(columns), 1.0 / len(columns))
    for _ in range(ROUNDS):
        if watch.over:
            return None
        scaled = columns * weights[:, None]
        gram = scaled.T @ scaled
        gram[np.diag_indices_from(gram)] += 1e-12 * gram.trace() / len(gram) + 1e-300
        try:
            inverse = np.linalg.inv(gram)
        except np.linalg.LinAlgError:
            return None
        change = weights - weights * (scaled @ (inverse @ (2 * (weights @ columns) - target)))
        for _ in range(3):  # what rounding errors left
            change += weights * (scaled @ (inverse @ (target - (weights + change) @ columns)))
        shrink = -(change / weights).min()
        if shrink < 0.999:
            weights = (weights + change) / (weights + change).sum()
            return weights if np.abs(target - weights @ columns).max() < EXACT else None
        if shrink > 200:  # the sample lies beside the target
            return None
        weights = weights + change * (0.9 / shrink)
    return None
