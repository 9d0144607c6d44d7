"""From a problem to the fairest lottery with its certificate: the room's main function."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from shangliang.panel import exact, nash
from shangliang.panel.feasible import explain
from shangliang.panel.lp import panels_of
from shangliang.panel.problem import Problem, check
from shangliang.panel.realise import Lottery, Panels, realise
from shangliang.panel.relax import leximin, middle
from shangliang.panel.shape import Floats, Shape, shape_of
from shangliang.panel.watch import Watch

Objective = Literal["leximin", "maximin", "nash"]
OBJECTIVES: tuple[Objective, ...] = ("leximin", "maximin", "nash")
FEW = 24  # types: up to here column generation needs but a moment, and no sampling
LARGE = 600  # types: beyond this, column generation is not tried
TELL = 1e-9


@dataclass(frozen=True)
class Level:
    """So many people share one chance; `bound` is the best any lottery could give them once those below have theirs,
    None where nothing was proven."""

    people: int
    chance: float
    bound: float | None


@dataclass(frozen=True)
class Solution:
    """The lottery and what is proven of it.

    `achieved` and `bound`: the smallest chance and its proven upper bound (for nash: the geometric mean of the chances);
    `gap` their difference. `proven`: the whole vector of chances is the best in the objective's sense, to 1e-6.
    `levels`: from the smallest chance up. `chances`: by the person's place in the pool; recused people have 0.
    """

    problem: Problem
    shape: Shape
    objective: Objective
    lottery: Lottery
    achieved: float
    bound: float
    proven: bool
    levels: tuple[Level, ...]
    chances: Floats
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        return max(0.0, self.bound - self.achieved)

    @property
    def nowhere(self) -> tuple[str, ...]:
        """Ids of people who are not recused and yet can sit in no panel of this lottery."""
        return tuple(
            p.id for p, chance in zip(self.problem.people, self.chances, strict=True)
            if chance < TELL and p.id not in self.problem.without
        )  # fmt: skip


def solve(problem: Problem, objective: Objective = "leximin", watch: Watch | None = None) -> Solution:
    """The fairest lottery over all panels that meet the quotas.

    Raises PanelError for a problem that contradicts itself and Infeasible, with the smallest changes that would help,
    where no panel meets all quotas.
    """
    watch = watch or Watch()
    check(problem)
    shape = shape_of(problem)
    watch.lap("read")
    chance = _possible(problem, shape, watch)
    watch.lap("bound")
    if shape.seats == 0:
        return _only(problem, shape, objective, watch)
    found = {"leximin": _leximin, "maximin": _maximin, "nash": _nash}[objective](shape, chance, watch)
    watch.lap("realise")
    _verify(shape, found.lottery)
    return _told(problem, shape, objective, found, watch)


@dataclass(frozen=True)
class _Found:
    lottery: Lottery
    bound: Floats  # by type, NaN where nothing is proven
    proven: bool
    mean: float = 0.0  # nash: how far the mean logarithm may be from the best


def _possible(problem: Problem, shape: Shape, watch: Watch) -> Floats:
    """The relaxation's leximin chances; raises Infeasible where there is no panel."""
    chance = leximin(shape) if shape.types and shape.seats else np.zeros(shape.types)
    if chance is None or (shape.seats and not shape.types) or (shape.low > shape.high).any():
        raise explain(problem, shape, min(watch.left, 60.0))
    lp = panels_of(shape, whole=True)
    lp.costs(chance)
    if not lp.run(watch.left) and lp.infeasible:
        raise explain(problem, shape, min(watch.left, 60.0))
    return chance


def _only(problem: Problem, shape: Shape, objective: Objective, watch: Watch) -> Solution:
    """Those who must sit take every seat: one panel, nothing to draw."""
    lottery = Lottery(np.zeros((1, shape.types), np.int16), np.ones(1))
    if shape.low.any():
        raise explain(problem, shape, min(watch.left, 60.0))
    return _told(problem, shape, objective, _Found(lottery, np.zeros(shape.types), True), watch)


def _leximin(shape: Shape, chance: Floats, watch: Watch) -> _Found:
    """All levels of the relaxation at once; else as many as panels can keep, then stage by stage over the panels."""
    if shape.types <= FEW:
        outcome = exact.prove(shape, _any(shape, None).panels, watch)
        if outcome is not None:
            return _Found(outcome.lottery, outcome.bound, outcome.proven)
    lottery, panels = realise(shape, shape.size * chance, watch)
    if lottery is not None:
        return _Found(lottery, chance, True)
    best, level, known = _levels(shape, chance, watch)
    panels = np.vstack([panels, known])
    bound = np.where(chance <= _next(chance, level) + TELL, chance, np.nan)
    if shape.types <= LARGE and not watch.over:
        outcome = exact.prove(shape, _some(shape, panels), watch)
        if outcome is not None and (best is None or _not_below(shape, outcome.lottery, best)):
            return _Found(outcome.lottery, outcome.bound, outcome.proven)
    if best is None:
        return _Found(_any(shape, panels), np.where(chance <= chance.min() + TELL, chance, np.nan), False)
    return _Found(_towards(shape, chance, level, best, watch), bound, False)


def _maximin(shape: Shape, chance: Floats, watch: Watch) -> _Found:
    if shape.types <= FEW:
        return _leximin(shape, chance, watch)
    best, _, panels = _levels(shape, chance, watch, only_first=True)
    least = np.full(shape.types, chance.min())
    if best is not None:
        return _Found(best, least, True)
    outcome = exact.prove(shape, _some(shape, panels), watch, only_first=True)
    if outcome is None:
        return _Found(_any(shape, panels), least, False)
    return _Found(outcome.lottery, outcome.bound, outcome.proven)


def _nash(shape: Shape, chance: Floats, watch: Watch) -> _Found:
    none = np.full(shape.types, np.nan)
    if shape.types <= FEW:
        return _product(shape, _any(shape, None).panels, watch)
    target = np.clip(nash.divided(shape), 0.0, shape.cap)
    target *= shape.seats / target.sum()
    lottery, panels = realise(shape, target, watch)
    if lottery is not None:
        over = nash.excess(shape, lottery.seats())
        return _Found(lottery, none, over <= 1e-6, over)
    best, _, known = _levels(shape, chance, watch, only_first=True)
    panels = _some(shape, np.vstack([panels, known]))
    if shape.types <= LARGE or best is None:
        return _product(shape, panels, watch)
    return _Found(best, none, False, nash.excess(shape, best.seats()))


def _product(shape: Shape, panels: Panels, watch: Watch) -> _Found:
    """The largest product over the panels themselves; types that fit no panel are left out."""
    there = nash.reachable(shape, panels)
    lottery, over = nash.prove(_without(shape, there), panels[:, there], watch)
    wide = np.zeros((len(lottery.panels), shape.types), np.int16)
    wide[:, there] = lottery.panels
    return _Found(Lottery(wide, lottery.weights), np.full(shape.types, np.nan), over <= 1e-6, over)


def _levels(
    shape: Shape, chance: Floats, watch: Watch, only_first: bool = False
) -> tuple[Lottery | None, float, Panels]:
    """A lottery that keeps the relaxation's chances up to the highest level that sampling realises, by halving."""
    values = np.unique(chance)
    keep = np.append(np.diff(values) > TELL, True)
    values = values[keep]
    best: Lottery | None = None
    level, known = -1.0, np.zeros((0, shape.types), np.int16)
    low, high = 0, 1 if only_first else max(1, len(values) - 1)
    step = 0
    while low < high and not watch.over:
        target = middle(shape, chance, float(values[step]))
        lottery, panels = realise(shape, target, watch) if target is not None else (None, known[:0])
        known = np.vstack([known, panels])
        watch.told("level", float(values[step]), float(values[step]) if lottery else max(level, 0.0))
        if lottery is not None:
            best, level, low = lottery, float(values[step]), step + 1
        else:
            high = step
        step = (low + high) // 2
    return best, level, known


def _towards(shape: Shape, chance: Floats, level: float, best: Lottery, watch: Watch) -> Lottery:
    """From a lottery that is best up to `level` some way towards the best chances of the others."""
    inner = best.seats()
    for part in (0.6,):
        if watch.over:
            break
        lottery, _ = realise(shape, (1 - part) * inner + part * shape.size * chance, watch)
        if lottery is not None and _not_below(shape, lottery, best):
            return lottery
    return best


def _next(chance: Floats, level: float) -> float:
    above = chance[chance > level + TELL]
    return float(above.min()) if above.size else level


def _not_below(shape: Shape, one: Lottery, other: Lottery) -> bool:
    """Whether the chances of `one` are not below those of `other` in leximin order (to 1e-9)."""
    a, b = (np.sort(np.repeat(x.seats() / shape.size, shape.size)) for x in (one, other))
    off = np.flatnonzero(np.abs(a - b) > TELL)
    return not off.size or bool(a[off[0]] > b[off[0]])


def _some(shape: Shape, panels: Panels) -> Panels:
    """The panels, or one where there are none."""
    return panels if len(panels) else _any(shape, panels).panels


def _any(shape: Shape, panels: Panels | None) -> Lottery:
    """A lottery for want of a better one: all known panels alike, or the one an integer programme finds."""
    if panels is None or not len(panels):
        lp = panels_of(shape, whole=True)
        lp.run()
        panels = np.rint(lp.point).astype(np.int16)[None, :]
    return Lottery(panels, np.full(len(panels), 1.0 / len(panels)))


def _without(shape: Shape, there: np.ndarray) -> Shape:
    """The shape without types that can sit in no panel."""
    return replace(
        shape, row=shape.row[there], size=shape.size[there], cap=shape.cap[there],
        members=tuple(m for m, t in zip(shape.members, there, strict=True) if t),
        homes=tuple(h for h, t in zip(shape.homes, there, strict=True) if t),
    )  # fmt: skip


def _verify(shape: Shape, lottery: Lottery) -> None:
    """Every panel meets every quota, the weights are a lottery: asked of every result, whatever found it."""
    if not shape.right(lottery.panels):
        raise AssertionError("a panel that breaks a quota")
    if (lottery.weights <= 0).any() or abs(lottery.weights.sum() - 1.0) > 1e-9:
        raise AssertionError("weights that are no lottery")


def _told(problem: Problem, shape: Shape, objective: Objective, found: _Found, watch: Watch) -> Solution:
    by_type = found.lottery.seats() / np.maximum(shape.size, 1)
    chances = np.zeros(len(problem.people))
    chances[list(shape.must)] = 1.0
    for t, members in enumerate(shape.members):
        chances[list(members)] = by_type[t]
    least = float(by_type.min()) if shape.types else 1.0
    bound = float(np.nanmin(found.bound)) if not np.isnan(found.bound).all() and shape.types else least
    if objective == "nash":
        there = by_type > TELL
        least = (
            float(np.exp(np.average(np.log(by_type[there]), weights=shape.size[there])))
            if there.any()
            else 1.0
        )
        bound = least * float(np.exp(found.mean))
    return Solution(
        problem, shape, objective, found.lottery, least, max(bound, least), found.proven,
        _grouped(shape, by_type, found.bound), chances, dict(watch.spent),
    )  # fmt: skip


def _grouped(shape: Shape, by_type: Floats, bound: Floats) -> tuple[Level, ...]:
    order = np.argsort(by_type, kind="stable")
    levels: list[Level] = []
    for t in order:
        chance, n = float(by_type[t]), int(shape.size[t])
        top = None if np.isnan(bound[t]) else max(float(bound[t]), chance)
        if levels and chance - levels[-1].chance < 1e-7 and (levels[-1].bound is None) == (top is None):
            levels[-1] = Level(levels[-1].people + n, levels[-1].chance, levels[-1].bound)
        else:
            levels.append(Level(n, chance, top))
    return tuple(levels)
