"""Confidence intervals of shares among a known number of people."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from shangliang.consensus.arrays import Floats

SURE = 0.95


def quantile(sides: int) -> float:
    """z for ``sides`` one-sided bounds that hold together with 95 % (Bonferroni)."""
    return NormalDist().inv_cdf(1 - (1 - SURE) / max(sides, 1))


def interval(counted: ArrayLike, answered: ArrayLike, people: ArrayLike, z: float) -> tuple[Floats, Floats]:
    """Lower and upper bound of the share among ``people``, of whom ``answered`` answered and ``counted`` said so.

    Wilson's score interval with the correction for a finite population, z² · (N − n) / (N − 1): nothing is uncertain
    once everybody has answered. Nobody asked: 0 to 1. (Wilson 1927; Cochran, Sampling Techniques, 3rd ed., §3.)
    """
    a, n, all_ = np.broadcast_arrays(*(np.asarray(x, np.float64) for x in (counted, answered, people)))
    some = np.maximum(n, 1)
    z2 = z * z * np.maximum(all_ - n, 0) / np.maximum(all_ - 1, 1)
    p = a / some
    middle = (p + z2 / (2 * some)) / (1 + z2 / some)
    half = np.sqrt(z2 * (p * (1 - p) / some + z2 / (4 * some * some))) / (1 + z2 / some)
    return np.where(n > 0, np.maximum(middle - half, 0), 0.0), np.where(
        n > 0, np.minimum(middle + half, 1), 1.0
    )
