"""The chances with the largest product (Nash welfare): of divided people, and of mixtures of known panels.

Both are the end of a weighted central path: minimise −Σ wᵢ log yᵢ over B y = b, y ≥ 0 has the optimality conditions
y∘s = w, s = Bᵀν; a primal–dual Newton method follows y∘s = w + μ to μ → 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shangliang.panel.lp import Programme, panels_of
from shangliang.panel.realise import EXACT, Lottery, Panels
from shangliang.panel.shape import Floats, Shape
from shangliang.panel.watch import Watch

ROUNDS = 120
LEAST = 1e-200
POLISH = 300


def central(matrix: Floats, right: Floats, weight: Floats, guess: Floats) -> Floats:
    """The y ≥ 0 with matrix·y = right and the largest Σ weight·log y; `guess` > 0 need not meet the equations."""
    y, s = guess.copy(), (weight + weight.max()) / guess
    nu = np.zeros(len(right))
    mu = float(weight.max())
    for _ in range(ROUNDS):
        dual = matrix.T @ nu + s  # → 0: s = −Bᵀν
        primal = right - matrix @ y
        scaled = y / s
        gram = (matrix * scaled) @ matrix.T
        gram[np.diag_indices_from(gram)] += 1e-13 * gram.trace() / len(gram)
        if not np.isfinite(gram).all():
            break
        # dy = (goal − y·ds)/s, ds = −dual − Bᵀdν, B dy = primal
        goal = weight + mu - y * s
        d_nu = _solve(gram, primal - matrix @ ((goal + y * dual) / s))
        d_s = -dual - matrix.T @ d_nu
        d_y = (goal - y * d_s) / s
        step_y, step_s = _step(y, d_y), _step(s, d_s)
        y, s, nu = (
            np.maximum(y + step_y * d_y, LEAST),
            np.maximum(s + step_s * d_s, LEAST),
            nu + step_s * d_nu,
        )
        if mu < 1e-11 and np.abs(primal).max() < 1e-9:
            break
        mu = max(
            1e-13, min(mu, float(np.abs(y * s - weight).max())) * (0.2 if min(step_y, step_s) > 0.5 else 0.7)
        )
    return y


def _solve(gram: Floats, right: Floats) -> Floats:
    """gram·x = right, gram being nearly singular where constraints repeat each other."""
    try:
        found = np.asarray(np.linalg.solve(gram, right))
        found = found + np.linalg.solve(gram, right - gram @ found)
        if np.isfinite(found).all():
            return found
    except np.linalg.LinAlgError:
        pass
    values, vectors = np.linalg.eigh(gram)
    good = values > 1e-14 * values.max()
    return np.asarray((vectors[:, good] / values[good]) @ (vectors[:, good].T @ right))


def _step(value: Floats, change: Floats) -> float:
    falling = change < 0
    return min(1.0, 0.99 * float((-value[falling] / change[falling]).min())) if falling.any() else 1.0


def divided(shape: Shape) -> Floats:
    """The seats of each type (T) with the largest product of chances, people being divisible."""
    rows = [row for row in range(shape.rows) if shape.matrix[row].any()]
    count, width = len(rows), shape.types
    # y = seats, free caps, what rows have above their low, what they have below their high
    high = np.minimum(shape.high[rows], shape.seats)
    total = width * 2 + count * 2
    matrix = np.zeros((width + 2 * count + 1, total))
    matrix[:width, :width] = matrix[:width, width : 2 * width] = np.eye(width)
    part = shape.matrix[rows]
    matrix[width : width + count, :width] = part
    matrix[width : width + count, 2 * width : 2 * width + count] = -np.eye(count)
    matrix[width + count : -1, :width] = part
    matrix[width + count : -1, 2 * width + count :] = np.eye(count)
    matrix[-1, :width] = 1.0
    right = np.concatenate([shape.cap, shape.low[rows], high, [shape.seats]]).astype(float)
    weight = np.zeros(total)
    weight[:width] = shape.size
    share = shape.seats / shape.size.sum()
    guess = np.concatenate(
        [shape.size * share, np.maximum(shape.cap - shape.size * share, 0.5), np.ones(2 * count)]
    )
    return central(matrix, right, weight, guess)[:width]


def excess(shape: Shape, seats: Floats) -> float:
    """A certificate: no lottery's mean logarithm of chances is above that of `seats` by more than this.

    log is concave, so for any lottery Σ n log(q/p) ≤ Σ n (q/p − 1), whose largest value over the relaxation one linear
    programme tells.
    """
    if (seats <= 0).any():
        return float("inf")
    lp = panels_of(shape)
    lp.costs(shape.size / seats)
    people = float(shape.size.sum())
    return max(0.0, lp.value / people - 1.0) if lp.run() else float("inf")


def prove(shape: Shape, panels: Panels, watch: Watch, enough: float = 1e-7) -> tuple[Lottery, float]:
    """The lottery over panels with the largest product of chances, and how far its mean logarithm can be from the
    best one. Types that fit no panel have to be left out of the shape before."""
    known = [np.asarray(panel, np.int16) for panel in np.unique(panels, axis=0)]
    pricing = panels_of(shape, whole=True)
    _cover(shape, known, pricing)
    people = float(shape.size.sum())
    while True:
        lottery = _mixture(shape, np.array(known))
        prices = shape.size / lottery.seats()
        gap, panel = _better(pricing, prices, people, watch)
        watch.told("nash", gap, 0.0)
        if gap <= enough or panel is None or any((panel == one).all() for one in known):
            return lottery, max(gap, 0.0)
        known.append(panel)


def _better(pricing: Programme, prices: Floats, people: float, watch: Watch) -> tuple[float, Any]:
    if watch.over:
        return float("inf"), None
    pricing.costs(prices)
    if not pricing.run(max(watch.left, 0.1)):
        return float("inf"), None
    return pricing.value / people - 1.0, np.rint(pricing.point).astype(np.int16)


def _cover(shape: Shape, known: list[Any], pricing: Programme) -> None:
    """A panel for every type that sits in none of the known ones."""
    for t in range(shape.types):
        if not any(panel[t] for panel in known):
            costs = np.zeros(shape.types)
            costs[t] = 1.0
            pricing.costs(costs)
            if pricing.run():
                known.append(np.rint(pricing.point).astype(np.int16))


def _mixture(shape: Shape, panels: Panels) -> Lottery:
    """The best weights of these panels."""
    count, width = panels.shape
    matrix = np.zeros((width + 1, count + width))
    matrix[:width, :count] = panels.T
    matrix[:width, count:] = -np.eye(width)
    matrix[width, :count] = 1.0
    weight = np.concatenate([np.zeros(count), shape.size.astype(float)])
    mean = panels.mean(axis=0)
    guess = np.concatenate([np.full(count, 1.0 / count), np.maximum(mean, 1e-3)])
    found = np.maximum(central(matrix, np.append(np.zeros(width), 1.0), weight, guess)[:count], 0.0)
    found = np.maximum(found / found.sum(), 1e-15) if found.sum() > 0 else np.full(count, 1.0 / count)
    columns, people = panels.astype(np.float64), float(shape.size.sum())
    for _ in range(POLISH):  # multiplicative steps, which never lose ground
        found *= columns @ (shape.size / (found @ columns)) / people
    used = np.flatnonzero(found > EXACT)
    return Lottery(panels[used], found[used] / found[used].sum())


def reachable(shape: Shape, panels: Panels) -> Any:
    """Which types (T) sit in some panel at all: known ones, or one an integer programme finds."""
    there = np.asarray((panels > 0).any(axis=0))
    pricing = panels_of(shape, whole=True)
    for t in np.flatnonzero(~there):
        costs = np.zeros(shape.types)
        costs[t] = 1.0
        pricing.costs(costs)
        there[t] = pricing.run() and pricing.value > 0.5
    return there
