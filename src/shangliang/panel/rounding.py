"""A thousand equally likely panels instead of weights: what can be written on paper, published and drawn by hand.

Flanigan, Kehne, Procaccia, “Fair sortition made transparent” (2021) show that little is lost; how much is lost here is
in the result.
"""

from __future__ import annotations

import numpy as np

from shangliang.panel.realise import Lottery, Panels, sampler
from shangliang.panel.shape import Floats, Shape
from shangliang.panel.watch import Watch

COUNT = 1000


def rounded(shape: Shape, lottery: Lottery, watch: Watch, count: int = COUNT) -> Panels:
    """`count` right panels (count × T) whose average is as near to the lottery's as two ways of choosing bring it:
    sampling around its expected seats, or repeating its own panels."""
    target = lottery.seats()
    ways = [_repeated(lottery, target, count)]
    best = np.floor(count * (target / np.maximum(shape.size, 1)).min(initial=1.0) + 1e-9)
    source = None if least(shape, ways[0])[0] >= best else sampler(shape, target, watch)
    if source is not None:
        ways.append(source.more(count))
    return max(ways, key=lambda panels: least(shape, panels))


def least(shape: Shape, panels: Panels) -> tuple[float, float]:
    """The smallest number of panels anybody of the pool sits in when each type's seats are shared evenly, and how
    little its seats are off in sum: what makes one rounding better than another."""
    seats = panels.sum(axis=0)
    return float((seats // np.maximum(shape.size, 1)).min()) if shape.types else 0.0, -float(seats.std())


def _repeated(lottery: Lottery, target: Floats, count: int) -> Panels:
    """Each panel as often as its weight says, rounded down; then, one at a time, the panel that brings the sum nearest
    to the target."""
    copies = np.floor(lottery.weights * count + 1e-9).astype(int)
    columns = lottery.panels.astype(np.float64)
    owed = count * target - copies @ columns
    spread = np.maximum(target, 1e-9)
    scaled = columns / spread
    own = (columns * scaled).sum(axis=1)
    for _ in range(count - int(copies.sum())):
        best = int(np.argmax(2 * (scaled @ owed) - own))
        copies[best] += 1
        owed -= columns[best]
    return np.repeat(lottery.panels, copies, axis=0)
