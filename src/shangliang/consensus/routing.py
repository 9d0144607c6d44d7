"""Which statement to show a participant next, so that everyone answers few and all statements get answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.results import Model, OpinionMap


def next_statements(
    opinions: OpinionMap | None,
    answered: ArrayLike = (),
    *,
    among: ArrayLike | None = None,
    count: int = 1,
    seed: int = 0,
) -> Ints:
    """Ids of up to ``count`` statements for somebody who has answered ``answered``, the most useful first.

    ``among``: ids of the statements that are open now (default: those of the map); what the map does not know yet comes
    first, for nobody has answered it. Without a map (nobody has answered anything) the order is drawn by ``seed``. Give
    each person another seed, so that statements of like weight are not all shown in one order.
    """
    if opinions is None and among is None:
        return np.zeros(0, np.int64)
    ids = opinions.statements.ids if among is None and opinions else np.unique(np.asarray(among, np.int64))
    ids = np.setdiff1d(ids, np.asarray(answered, np.int64))
    weight = _weights(opinions, ids)
    # Weighted drawing without replacement (Efraimidis and Spirakis, 2006): the greatest of u^(1/w), in logarithms.
    draw = np.random.default_rng(seed).random(len(ids))
    key = np.log(draw) / np.maximum(weight, 1e-12)
    return ids[np.argsort(-key, kind="stable")][:count]


def telling(answered: Ints, model: Model) -> Floats:
    """(M,) weight of showing each statement: how few have answered it, times how much an answer tells of where
    somebody stands.

    The first is ((n̄ + 1) / (n + 1))², so that what hardly anybody has seen goes far before the rest even when many ask
    at once; the second 1 + (axes² · spread) / noise, by its mean.
    """
    information = (model.axes**2 * model.spread).sum(axis=1) / model.noise
    needed = ((answered.mean() + 1) / (answered + 1)) ** 2
    return np.asarray(needed * (1 + information / max(float(information.mean()), 1e-12)))


def _weights(opinions: OpinionMap | None, ids: Ints) -> Floats:
    if opinions is None:
        return np.ones(len(ids))
    known, weight, answered = (getattr(opinions.statements, name) for name in ("ids", "weight", "answered"))
    at = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    unseen = max(2 * float(weight.max()), 2 * (float(answered.mean()) + 1) ** 2)
    return np.where(known[at] == ids, weight[at], unseen)
