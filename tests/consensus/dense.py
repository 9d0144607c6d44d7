"""The reference method written a second time, from its formulae, on a dense matrix with NaN for no answer: slow and plain."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shangliang.consensus.arrays import Floats, Ints


class Dense(NamedTuple):
    axes: Floats  # (M, 2)
    positions: Floats  # (P, 2)
    extremity: Floats  # (M,)


def matrix(p: Ints, s: Ints, v: Ints) -> Floats:
    people, rows = np.unique(p, return_inverse=True)
    statements, columns = np.unique(s, return_inverse=True)
    found = np.full((len(people), len(statements)), np.nan)
    found[rows, columns] = v
    return found


def places(v: Floats) -> Dense:
    """Means for what is missing, then the singular vectors of the whole matrix."""
    mean = np.nanmean(v, axis=0)
    centred = np.where(np.isnan(v), mean, v) - mean
    axes = np.linalg.svd(centred, full_matrices=False)[2][:2].T
    scale = np.sqrt(v.shape[1] / (~np.isnan(v)).sum(axis=1))
    alone = np.where(np.eye(v.shape[1], dtype=bool), 1.0, mean) - mean  # row c: agrees with c, else nothing
    return Dense(
        axes, scale[:, None] * (centred @ axes), np.linalg.norm(np.sqrt(v.shape[1]) * (alone @ axes), axis=1)
    )


def figures(v: Floats, group: Ints) -> dict[str, Floats]:
    """Per group and statement, one at a time."""
    k, m = int(group.max()) + 1, v.shape[1]
    names = ("pa", "pd", "pat", "pdt", "ra", "rd", "rat", "rdt")
    out = {name: np.zeros((k, m)) for name in names}
    for g in range(k):
        for c in range(m):
            inside, outside = v[group == g, c], v[(group >= 0) & (group != g), c]
            for mark, value in (("a", 1), ("d", -1)):
                n1, n2 = int((inside == value).sum()), int((outside == value).sum())
                s1, s2 = int((~np.isnan(inside)).sum()), int((~np.isnan(outside)).sum())
                out[f"p{mark}"][g, c] = (n1 + 1) / (s1 + 2)
                out[f"p{mark}t"][g, c] = 2 * np.sqrt(s1 + 1) * ((n1 + 1) / (s1 + 1) - 0.5)
                out[f"r{mark}"][g, c] = ((n1 + 1) / (s1 + 2)) / ((n2 + 1) / (s2 + 2))
                pooled = (n1 + 1 + n2 + 1) / (s1 + 1 + s2 + 1)
                spread = (
                    np.sqrt(pooled * (1 - pooled) * (1 / (s1 + 1) + 1 / (s2 + 1))) if pooled < 1 else np.inf
                )
                out[f"r{mark}t"][g, c] = ((n1 + 1) / (s1 + 1) - (n2 + 1) / (s2 + 1)) / spread
    return out


def weights(v: Floats, group: Ints, extremity: Floats) -> Floats:
    """[(1 − (P+1)/(S+2)) · (E+1) · (A+1)/(S+2) · (1 + 8 · 2^(−S/5))]² over the people who belong to a group."""
    found = []
    for c in range(v.shape[1]):
        answers = v[group >= 0, c]
        answers = answers[~np.isnan(answers)]
        agreed, passed, n = (answers == 1).sum(), (answers == 0).sum(), len(answers)
        told = (1 - (passed + 1) / (n + 2)) * (extremity[c] + 1) * (agreed + 1) / (n + 2)
        found.append((told * (1 + 8 * 2 ** (-n / 5))) ** 2)
    return np.array(found)
