"""What groups answered, as Polis computes it: shares, tests, representative statements, common ground, routing weight.

Small et al., “Polis: Scaling deliberation by mapping high dimensional opinion spaces”, Recerca 26 (2021), and the
mathematics of the Polis server. A agrees, D disagrees, S answers, passes included.
"""

from __future__ import annotations

import numpy as np

from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.counts import Counts
from shangliang.consensus.intervals import interval, quantile
from shangliang.consensus.results import GroupFigures, Representative

SIGNIFICANT = 1.2815515655446004  # one-sided 90 %
MOST = 5  # representative statements of a group, and of each direction of the majority list


def share(counted: Ints, answered: Ints) -> Floats:
    return (counted + 1) / (answered + 2)


def against_half(counted: Ints, answered: Ints) -> Floats:
    """How surely the share is above one half, in standard errors."""
    n = answered + 1
    return np.asarray(2 * np.sqrt(n) * ((counted + 1) / n - 0.5))


def against_others(inside: Ints, n_inside: Ints, outside: Ints, n_outside: Ints) -> Floats:
    """How surely the share inside is above that outside, in standard errors; every count + 1."""
    a, b, n, m = inside + 1, outside + 1, n_inside + 1, n_outside + 1
    pooled = (a + b) / (n + m)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (a / n - b / m) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return np.where(pooled == 1, 0.0, z)


def figures(counts: Counts, sizes: Ints) -> GroupFigures:
    """Every figure of every group and statement; the others of a group are all other groups together.

    ``sizes``: (G,) people in each group, for the intervals.
    """
    a, d, s = counts
    others = Counts(*(total - part for total, part in zip(counts.total, counts, strict=True)))
    low, high = interval(a, s, sizes[:, None], quantile(2 * len(sizes)))
    return GroupFigures(
        a, d, s, share(a, s), share(d, s), against_half(a, s), against_half(d, s),
        share(a, s) / share(others.agree, others.answered), share(d, s) / share(others.disagree, others.answered),
        against_others(a, s, others.agree, others.answered), against_others(d, s, others.disagree, others.answered),
        low, high,
    )  # fmt: skip


def common_ground(f: GroupFigures) -> tuple[Floats, Floats]:
    """The group-informed consensus: Π over groups of the smoothed share, for agreeing and for disagreeing; each (M,)."""
    return f.p_agree.prod(axis=0), f.p_disagree.prod(axis=0)


def representative(f: GroupFigures, g: int, ids: Ints) -> tuple[Representative, ...]:
    """At most five statements that tell group g from the others, agreed ones first, the strongest first within."""
    agrees = (f.z_agree[g] > SIGNIFICANT) & (f.rz_agree[g] > SIGNIFICANT)
    disagrees = (f.z_disagree[g] > SIGNIFICANT) & (f.rz_disagree[g] > SIGNIFICANT)
    by_agreeing = f.rz_agree[g] > f.rz_disagree[g]
    strength = np.where(by_agreeing, _strength(f, g, True), _strength(f, g, False))
    found = [int(c) for c in np.argsort(-strength, kind="stable") if agrees[c] or disagrees[c]]
    best = _best_agreed(f, g)
    if best is None and not found:
        top = np.maximum(f.rz_agree[g], f.rz_disagree[g])
        found = [int(np.argmax(top))]
    if best is not None:
        found = [best, *(c for c in found if c != best)]
    told = [_tell(f, g, c, bool(by_agreeing[c]), int(ids[c])) for c in found[:MOST]]
    return tuple(sorted(told, key=lambda r: not r.agrees))


def majority(counts: Counts, ids: Ints) -> tuple[list[int], list[int]]:
    """Ids of what most people agree with, and reject: p > ½ and significant, by p · z, at most five each."""
    (a,), (d,), (s,) = counts.total
    return _majority(a, s, ids), _majority(d, s, ids)


def routing_weight(counts: Counts, extremity: Floats) -> Floats:
    """How much Polis wants a statement shown: (M,)."""
    (a,), (d,), (s,) = counts.total
    engaged = 1 - share(s - a - d, s)
    return np.asarray((engaged * (extremity + 1) * share(a, s) * (1 + 8 * 2.0 ** (-s / 5))) ** 2)


def _strength(f: GroupFigures, g: int, agree: bool) -> Floats:
    if agree:
        return f.r_agree[g] * f.rz_agree[g] * f.p_agree[g] * f.z_agree[g]
    return f.r_disagree[g] * f.rz_disagree[g] * f.p_disagree[g] * f.z_disagree[g]


def _best_agreed(f: GroupFigures, g: int) -> int | None:
    """The statement a group agrees with most tellingly, which leads its list whatever the tests say: the first that is
    good enough, until another is better by the leader's own measure, one after the other."""
    told = (f.agree[g] > 0) | (f.disagree[g] > 0)
    good = told & ((f.z_agree[g] > SIGNIFICANT) | ((f.r_agree[g] > 1) & (f.p_agree[g] > 0.5)))
    if not good.any():
        return None
    telling = np.where(told, _strength(f, g, True), -np.inf)
    probable = np.where(told, f.p_agree[g] * f.z_agree[g], -np.inf)
    best = int(good.argmax())
    while True:
        measure = telling if f.r_agree[g, best] > 1 else probable
        better = measure[best + 1 :] > measure[best]
        if not better.any():
            return best
        best += 1 + int(better.argmax())


def _tell(f: GroupFigures, g: int, c: int, agrees: bool, ident: int) -> Representative:
    p, r, z, rz = (
        (f.p_agree, f.r_agree, f.z_agree, f.rz_agree)
        if agrees
        else (f.p_disagree, f.r_disagree, f.z_disagree, f.rz_disagree)
    )
    return Representative(
        ident, agrees, float(p[g, c]), float(r[g, c]), float(z[g, c]), float(rz[g, c]),
        int(f.agree[g, c]), int(f.disagree[g, c]), int(f.answered[g, c]),
    )  # fmt: skip


def _majority(counted: Ints, answered: Ints, ids: Ints) -> list[int]:
    p, z = share(counted, answered), against_half(counted, answered)
    order = np.argsort(-p * z, kind="stable")
    return [int(ids[c]) for c in order if p[c] > 0.5 and z[c] > SIGNIFICANT][:MOST]
