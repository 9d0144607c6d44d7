"""Figures by which maps and methods are measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shangliang.consensus.arrays import Bools, Floats, Ints


def adjusted_rand(one: Ints, other: Ints) -> float:
    """How far two ways of grouping the same people agree: 1 the same, 0 as good as chance (Hubert and Arabie 1985).
    Labels are whole numbers from 0."""
    if not len(one):
        return 1.0
    together = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(together, (one, other), 1)
    same, rows, columns = _pairs(together), _pairs(together.sum(axis=1)), _pairs(together.sum(axis=0))
    expected = rows * columns / max(_pairs(np.array([float(len(one))])), 1.0)
    best = (rows + columns) / 2
    return 1.0 if best == expected else (same - expected) / (best - expected)


def area_under_curve(yes: Bools, score: Floats) -> float:
    """Probability that a yes scores higher than a no; NaN when there is only one kind."""
    positive, negative = int(yes.sum()), int((~yes).sum())
    if not positive or not negative:
        return float("nan")
    return float((ranks(score)[yes].sum() - positive * (positive + 1) / 2) / (positive * negative))


def rank_correlation(x: NDArray[np.generic], y: NDArray[np.generic]) -> float:
    """Spearman's; 0 when one of them does not vary."""
    return correlation(ranks(x), ranks(y))


def correlation(x: Floats, y: Floats) -> float:
    """Pearson's; 0 when one of them does not vary."""
    a, b = x - x.mean(), y - y.mean()
    return float((a * b).sum() / max(float(np.sqrt((a * a).sum() * (b * b).sum())), 1e-300))


def ranks(x: NDArray[np.generic]) -> Floats:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, place, count = np.unique(x, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[place], np.float64)


def root_mean_square(x: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(x)))) if len(x) else float("nan")


def _pairs(n: Floats) -> float:
    return float((n * (n - 1) / 2).sum())
