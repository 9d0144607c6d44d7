"""Leximin over the panels themselves, by column generation: where the relaxation promises more than panels can keep.

The master programme mixes the panels known so far; its duals price a panel that would help, which an integer programme
over all panels finds or proves absent (Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596, 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shangliang.panel.lp import INF, Programme, panels_of
from shangliang.panel.realise import Lottery, Panels
from shangliang.panel.relax import Stages
from shangliang.panel.shape import Floats, Ints, Shape
from shangliang.panel.watch import Watch

SAME = 1e-9
CLIMBS = 6  # known panels from which better ones are looked for by swapping
HELPS = 1e-7  # what a panel must be worth more than those known, to be added without proof
SLACK = 2e-10  # by how much a settled chance may be missed later, against rounding errors


@dataclass
class Outcome:
    """A lottery; by type the proven bound of its chance in leximin order; whether every stage was proven."""

    lottery: Lottery
    bound: Floats
    proven: bool


def prove(shape: Shape, panels: Panels, watch: Watch, only_first: bool = False) -> Outcome | None:
    """The exact leximin (or only its first stage, the maximin), starting from right panels (J × T, J ≥ 1). None when
    time ran out before the first stage had any lottery."""
    master = _Master(shape, np.unique(panels, axis=0))
    relaxed = Stages(shape)
    bound = np.ones(shape.types)
    best: Lottery | None = None
    proven = True
    while not relaxed.settled.all():
        stage = relaxed.next()
        promised, held = stage if stage is not None else (INF, np.zeros(0, int))
        z, held, sure = master.stage(promised, held, watch)
        if master.mixed is not None:
            best = master.mixed
        open_ = ~relaxed.settled
        bound[open_] = np.minimum(promised, 1.0) if not sure else z
        if not sure or only_first:
            proven = sure
            if only_first and sure:
                bound[:] = z
            break
        master.settle(held, z)
        relaxed.settle(held, z)
        watch.told("exact", promised, z)
    return None if best is None else Outcome(best, bound, proven)


class _Master:
    """max z: every open type has at least chance z, settled ones what they have, as a mixture of known panels."""

    def __init__(self, shape: Shape, panels: Panels) -> None:
        self.shape = shape
        self.panels = [np.asarray(panel, np.int16) for panel in panels]
        self.settled = np.zeros(shape.types, bool)
        self.mixed: Lottery | None = None
        self._known = {panel.tobytes() for panel in self.panels}
        self._pricing = panels_of(shape, whole=True)
        self._lp = Programme(maximise=True, grows=True)
        self._lp.columns([1.0], -1.0, 2.0)  # 1 is never exceeded; a bound there would hide who is held down
        self._lp.columns(np.zeros(len(self.panels)), 0.0, INF)
        size = shape.size.astype(float)
        known = np.array(self.panels, float).T / size[:, None]
        rows = np.hstack([np.full((shape.types, 1), -1.0), known])
        self._lp.rows(np.zeros(shape.types), np.full(shape.types, INF), rows)
        self._lp.rows([1.0], [1.0], np.append(0.0, np.ones(len(self.panels)))[None, :])

    def stage(self, promised: float, held: Ints, watch: Watch) -> tuple[float, Ints, bool]:
        """(z, who is settled at it, whether that is proven). `promised`: no lottery can do better; if it is reached,
        those the relaxation holds down (`held`) are settled without further proof."""
        z = 0.0
        while not watch.over:
            if not self._lp.run(max(watch.left, 0.1)):
                return z, held, False
            z = self._lp.value
            self._keep()
            if z >= promised - SAME and held.size:
                return min(z, promised), held, True
            row_prices = self._lp.prices
            prices, level = -row_prices[: self.shape.types], row_prices[self.shape.types]
            if self._climb(prices, level):
                continue
            worth, panel = self._price(prices, watch)
            if panel is None:
                return z, held, False
            watch.told("pricing", min(promised, z + max(0.0, worth - level)), z)
            if worth <= level + SAME or panel.tobytes() in self._known:  # a known panel: rounding errors
                pull = np.where(self.settled, 0.0, prices)
                return z, np.flatnonzero((pull >= 1e-6 * pull.max()) & ~self.settled), True
            self._add(panel)
        return z, held, False

    def settle(self, who: Ints, z: float) -> None:
        self.settled[who] = True
        for t in who:
            self._lp.highs.changeCoeff(int(t), 0, 0.0)
            self._lp.highs.changeRowBounds(int(t), z - SLACK * (1 + len(who) / self.shape.types), INF)

    def _price(self, prices: Floats, watch: Watch) -> tuple[float, NDArray[np.int16] | None]:
        """The panel worth most at these prices of a chance, and a bound of its worth."""
        self._pricing.costs(prices / self.shape.size)
        if not self._pricing.run(max(watch.left, 0.1)):
            return INF, None
        return self._pricing.value, np.rint(self._pricing.point).astype(np.int16)

    def _climb(self, prices: Floats, level: float) -> int:
        """Adds the panels that swaps make of the likeliest known ones and that help at these prices; how many."""
        from shangliang.panel.climbing import climb  # its compiler takes a second to load: only where needed

        shape, price, found = self.shape, prices / self.shape.size, 0
        weights = self._lp.point[1:]
        for n in np.argsort(-weights, kind="stable")[:CLIMBS]:
            panel = self.panels[n].astype(np.int64)
            climb(shape.row, shape.low, shape.high, shape.cap, price, panel)
            new = panel.astype(np.int16)
            if float(price @ panel) > level + HELPS and new.tobytes() not in self._known:
                self._add(new)
                found += 1
        return found

    def _add(self, panel: NDArray[np.int16]) -> None:
        self.panels.append(panel)
        self._known.add(panel.tobytes())
        places = np.flatnonzero(panel)
        self._lp.column(
            0.0, 0.0, INF, np.append(places, self.shape.types),
            np.append(panel[places] / self.shape.size[places], 1.0),
        )  # fmt: skip

    def _keep(self) -> None:
        weights = np.maximum(self._lp.point[1:], 0.0)
        used = np.flatnonzero(weights > 1e-12)
        chosen = weights[used] / weights[used].sum()
        self.mixed = Lottery(np.array([self.panels[i] for i in used], np.int16), chosen)
