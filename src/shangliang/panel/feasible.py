"""Whether the quotas leave any panel at all; if not, the smallest set of changes that would."""

from __future__ import annotations

import numpy as np

from shangliang.panel.lp import INF, Programme
from shangliang.panel.problem import Change, Infeasible, Problem
from shangliang.panel.shape import Shape

FEW = 1e-3  # among changes of equally many seats, those that touch fewer quotas are preferred


def explain(problem: Problem, shape: Shape, seconds: float) -> Infeasible:
    """Why there is no panel: the changes that give way by the fewest seats in all, found by an integer programme in
    which every quota may give way at a price of one a seat."""
    changes = _changes(problem, shape, seconds)
    if changes is None:
        return Infeasible(
            f"坐不满 {problem.size} 个名额：同一地址只能来一人，去掉回避的人以后人数不够",
            f"{problem.size} seats cannot be filled: only one from each address may sit, and too few are left",
        )
    if not changes:
        return Infeasible(
            "这些名额一起满足不了，规定时间内没有找到最少的改法，请放宽几项再试",
            "the quotas cannot be met together; no smallest set of changes was found in time: widen some and try again",
        )
    zh, en = "；".join(c.zh for c in changes), "; ".join(c.en for c in changes)
    return Infeasible(
        f"这些名额一起满足不了。最少要改 {sum(c.by for c in changes)} 个名额，比如：{zh}",
        f"The quotas cannot be met together. At least {sum(c.by for c in changes)} must give way, for instance: {en}",
        changes,
    )


def _changes(problem: Problem, shape: Shape, seconds: float) -> tuple[Change, ...] | None:
    quotas = len(problem.quotas)
    lp = Programme(maximise=False)
    lp.columns(np.zeros(shape.types), 0.0, shape.cap)
    lp.columns(np.ones(2 * quotas), 0.0, problem.size)  # fewer than the minimum, more than the maximum
    lp.columns(np.full(2 * quotas, FEW), 0.0, 1.0)  # whether the quota is touched at all
    wide = np.zeros((shape.rows, 4 * quotas))
    wide[np.arange(quotas), np.arange(quotas)] = 1.0
    wide[np.arange(quotas), quotas + np.arange(quotas)] = -1.0
    body = np.hstack([shape.matrix, wide])
    low = shape.low.astype(float)
    high = np.minimum(shape.high, problem.size).astype(float)
    give = np.zeros(shape.rows)
    give[:quotas] = 1.0
    lp.rows(low, np.full(shape.rows, INF), body * 1.0 + 0.0)
    lp.rows(np.full(shape.rows, -INF), high, body)
    lp.rows([shape.seats], [shape.seats], np.append(np.ones(shape.types), np.zeros(4 * quotas))[None, :])
    touch = np.hstack(
        [np.zeros((2 * quotas, shape.types)), np.eye(2 * quotas), -float(problem.size) * np.eye(2 * quotas)]
    )
    lp.rows(np.full(2 * quotas, -INF), np.zeros(2 * quotas), touch)
    lp.whole(shape.types + 4 * quotas)
    if not lp.run(seconds):
        return None if lp.infeasible else ()
    moved = np.rint(lp.point[shape.types : shape.types + 2 * quotas]).astype(int)
    found = [
        Change(q, "low", q.low - int(n)) for q, n in zip(problem.quotas, moved[:quotas], strict=True) if n
    ]
    found += [
        Change(q, "high", q.high + int(n)) for q, n in zip(problem.quotas, moved[quotas:], strict=True) if n
    ]
    return tuple(found)
