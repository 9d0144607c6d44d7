"""The chances the quotas would allow if people could be divided: the exact leximin of the relaxation.

No lottery can do better in leximin order, so this is the bound that certifies a lottery which reaches it.
"""

from __future__ import annotations

import numpy as np

from shangliang.panel.lp import INF, Programme
from shangliang.panel.shape import Floats, Ints, Shape

TINY = 1e-8


class Stages:
    """The leximin of the relaxation, stage by stage.

    A stage raises the smallest chance z of those not settled; whoever cannot rise with the others (their dual is not
    zero) is settled at z. A type's seats are size·z + more, so a stage has a row for each quota only; limits of a type
    become rows when they are exceeded.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.settled = np.zeros(shape.types, bool)
        self.chance = np.zeros(shape.types)
        self.seats = np.zeros(shape.types)
        whole = np.vstack([shape.matrix, np.ones((1, shape.types))])
        self._low = np.append(shape.low, shape.seats).astype(float)
        self._high = np.append(shape.high, shape.seats).astype(float)
        self._weight = whole @ shape.size  # what z counts in each row
        self._limits: dict[int, int] = {}  # type → its row
        self._lp = Programme(maximise=True)
        self._lp.columns([1.0], 0.0, 1.0)
        self._lp.columns(np.zeros(shape.types), 0.0, INF)
        self._lp.rows(self._low, self._high, np.hstack([self._weight[:, None], whole]))

    def next(self) -> tuple[float, Ints] | None:
        """(z, who is settled at it) of the next stage; None where no division of people meets the quotas."""
        lp, size = self._lp, self.shape.size
        while lp.run():
            z, more = float(lp.point[0]), lp.point[1:]
            seats = np.where(self.settled, size * self.chance, size * z + more)
            over = np.flatnonzero((seats > self.shape.cap + TINY) & ~self.settled)
            over = np.array([t for t in over if int(t) not in self._limits], int)
            if over.size:
                self._limit(over)
                continue
            self.seats = seats
            return z, self._held_down()
        return None

    def settle(self, who: Ints, z: float) -> None:
        """Take types out of the following stages: their seats go to the right-hand side."""
        size = self.shape.size[who].astype(float)
        self.settled[who], self.chance[who] = True, z
        taken = np.zeros(len(self._low))
        np.add.at(taken, self.shape.row[who].ravel(), np.repeat(size, self.shape.row.shape[1]))
        taken[-1] = size.sum()
        for row in np.flatnonzero(taken):
            self._low[row] -= taken[row] * z
            self._high[row] -= taken[row] * z
            self._weight[row] -= taken[row]
            self._lp.highs.changeRowBounds(int(row), self._low[row], self._high[row])
            self._lp.highs.changeCoeff(int(row), 0, self._weight[row])
        for t in who:
            self._lp.highs.changeColBounds(1 + int(t), 0.0, 0.0)
            if int(t) in self._limits:
                self._lp.highs.changeRowBounds(self._limits[int(t)], -INF, INF)

    def _limit(self, over: Ints) -> None:
        rows = np.zeros((over.size, 1 + self.shape.types))
        rows[:, 0], rows[np.arange(over.size), 1 + over] = self.shape.size[over], 1.0
        self._limits.update({int(t): self._lp.highs.getNumRow() + i for i, t in enumerate(over)})
        self._lp.rows(np.full(over.size, -INF), self.shape.cap[over], rows)

    def _held_down(self) -> Ints:
        """Who cannot rise above z in any optimum: those whose dual is not zero. There is always one."""
        pull = np.where(self.settled, 0.0, -self._lp.reduced[1:])
        for t, at in self._limits.items():
            if not self.settled[t]:
                pull[t] = max(pull[t], self._lp.prices[at])
        pull *= self.shape.size
        found = np.flatnonzero((pull > 1e-7) & ~self.settled)
        return found if found.size else np.array([int(np.argmax(np.where(self.settled, -1.0, pull)))])


def leximin(shape: Shape) -> Floats | None:
    """The leximin-best chances of the types (T), None where even divided people cannot meet the quotas."""
    stages = Stages(shape)
    while not stages.settled.all():
        found = stages.next()
        if found is None:
            if not stages.settled.any():
                return None
            # Rounding errors of the earlier stages: the last one's solution is right for everybody else.
            return np.where(stages.settled, stages.chance, stages.seats / shape.size)
        stages.settle(found[1], found[0])
    return np.clip(stages.chance, 0.0, 1.0)


def middle(shape: Shape, chance: Floats, level: float) -> Floats | None:
    """Seats (T) where everybody up to `level` has their chance of the leximin, the others at least `level`, and every
    quota is used as evenly as can be: the average of the ends of each row. None where rounding errors forbid it."""
    settled = chance <= level + TINY
    low = shape.size * np.minimum(chance, level)
    lp = Programme(maximise=True)
    lp.columns(np.zeros(shape.types), low, np.where(settled, low, shape.cap))
    lp.rows(shape.low - TINY, shape.high + TINY, shape.matrix)
    lp.rows([shape.seats], [shape.seats], np.ones((1, shape.types)))
    points = []
    for row in shape.matrix:
        if row[~settled].any():
            for sign in (1.0, -1.0):
                lp.costs(sign * row)
                if not lp.run():
                    return None
                points.append(lp.point)
    return np.mean(points, axis=0) if points else shape.size * chance
