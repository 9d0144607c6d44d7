"""k-means with weights, and the silhouette."""

from __future__ import annotations

import numpy as np
from numba import njit

from shangliang.consensus.arrays import Floats, Ints


def first_distinct(x: Floats, k: int) -> Floats:
    """The first k different points, as Polis begins; fewer when there are not so many."""
    found: dict[bytes, int] = {}
    for i in range(len(x)):
        found.setdefault(x[i].tobytes(), i)
        if len(found) == k:
            break
    return x[list(found.values())].copy()


def kmeans(x: Floats, weights: Floats, centres: Floats, rounds: int) -> tuple[Ints, Floats]:
    """(nearest centre of each point, centres) from these centres on; a centre without points stays where it is."""
    nearest = np.full(len(x), -1)
    centres = np.ascontiguousarray(centres, np.float64).copy()
    _rounds(np.ascontiguousarray(x), weights, centres, nearest, rounds)
    return nearest, centres


def nearest(x: Floats, centres: Floats) -> Ints:
    found = np.full(len(x), -1)
    _rounds(np.ascontiguousarray(x), np.ones(1), np.ascontiguousarray(centres).copy(), found, 0)
    return found


def silhouette(distances: Floats, label: Ints) -> float:
    """Mean silhouette of points with these mutual distances; a point alone in its cluster counts 0 (Rousseeuw 1987)."""
    k = int(label.max()) + 1
    member = np.eye(k)[label]
    size = member.sum(axis=0)
    to = distances @ member
    own = size[label]
    inside = to[np.arange(len(label)), label] / np.maximum(own - 1, 1)
    others = np.where(member > 0, np.inf, to / np.maximum(size, 1e-300))
    outside = np.where(size > 0, others, np.inf).min(axis=1)
    widest = np.maximum(np.maximum(inside, outside), 1e-300)
    return float(np.where(own > 1, (outside - inside) / widest, 0.0).mean())


@njit(cache=True, nogil=True)
def _rounds(x: Floats, weights: Floats, centres: Floats, nearest: Ints, rounds: int) -> None:
    """Lloyd's rounds in place; with 0 rounds the points are only assigned."""
    k, width = centres.shape
    far = np.empty(k)
    across = np.empty((width, k))
    for _ in range(max(rounds, 1)):
        changed = False
        for c in range(k):
            for r in range(width):
                across[r, c] = centres[c, r]
        for p in range(len(x)):
            far[:] = 0
            for r in range(width):
                at = x[p, r]
                for c in range(k):
                    far[c] += (at - across[r, c]) ** 2
            best = 0
            for c in range(1, k):
                if far[c] < far[best]:
                    best = c
            changed |= nearest[p] != best
            nearest[p] = best
        if rounds == 0 or not changed:
            return
        total = np.zeros((k, width))
        heavy = np.zeros(k)
        for p in range(len(x)):
            heavy[nearest[p]] += weights[p]
            for r in range(width):
                total[nearest[p], r] += weights[p] * x[p, r]
        for c in range(k):
            if heavy[c] > 0:
                for r in range(width):
                    centres[c, r] = total[c, r] / heavy[c]
