"""Votes as a sparse matrix: one row a participant, its statements ascending, the last answer only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shangliang.consensus import vote_kernels as kernels
from shangliang.consensus.arrays import Bools, Ints
from shangliang.consensus.vote_kernels import Columns, Small
from shangliang.consensus.work import THREADS, each, parts
from shangliang.errors import Malformed

SPARSE = 1 << 20  # ids may be this far apart whatever their number
MOST_STATEMENTS = 65_535


@dataclass(frozen=True, slots=True)
class Votes:
    """Row p holds ``column[start[p]:start[p+1]]``, indices into `statements`, and as many `value`s."""

    participants: Ints  # (P,) ids, ascending
    statements: Ints  # (M,) ids, ascending
    start: Ints  # (P+1,)
    column: Columns
    value: Small
    repeated: int  # answers that a later one replaced

    @property
    def people(self) -> int:
        return len(self.participants)

    @property
    def width(self) -> int:
        return len(self.statements)

    @property
    def answers(self) -> Ints:
        """(P,) number of statements each has answered."""
        return np.diff(self.start)


def build(
    participants: ArrayLike,
    statements: ArrayLike,
    votes: ArrayLike,
    all_statements: ArrayLike | None = None,
    times: ArrayLike | None = None,
) -> Votes:
    """The matrix of these votes: three arrays of one length, in the order in which the answers were given; of two
    answers of a person to a statement the later counts.

    ``all_statements``: ids of every statement, those without an answer included; a vote on another is an error.
    ``times``: when each answer was given; with it the order of the arrays does not matter.
    Raises Malformed with everything that is wrong.
    """
    p, s, v = _checked(participants, statements, votes)
    if times is not None:
        order = _order(p, s, v, times)
        p, s, v = p[order], s[order], v[order]
    who = _numbering(p)
    what = _numbering(s, None if all_statements is None else np.unique(np.asarray(all_statements, np.int64)))
    if len(what.names) > MOST_STATEMENTS:
        raise Malformed([("statements", f"最多{MOST_STATEMENTS}条", f"at most {MOST_STATEMENTS} statements")])
    start, column, value = _sorted_in(who, what, v)
    kept = np.zeros(len(who.names), np.int64)

    def tidy(first: int, end: int) -> None:
        kernels.tidy(start, column, value, len(what.names), first, end, kept)

    each(tidy, parts(start))
    repeated = len(v) - int(kept.sum())
    if repeated:
        at = (
            np.repeat(start[:-1], kept) + np.arange(int(kept.sum())) - np.repeat(np.cumsum(kept) - kept, kept)
        )
        column, value = column[at], value[at]
        start = np.concatenate(([0], np.cumsum(kept)))
    return Votes(who.names, what.names, start, column, value, repeated)


def _sorted_in(who: Numbering, what: Numbering, v: Small) -> tuple[Ints, Columns, Small]:
    """Counting sort by participant: (start, column, value), equal rows in the order given. Each thread looks at all
    votes and takes those of its own people."""
    start = np.zeros(len(who.names) + 1, np.int64)
    kernels.count(who.ids, who.low, who.table, start)
    np.cumsum(start, out=start)
    column, value = np.empty(len(v), np.uint16), np.empty(len(v), np.int8)
    cursor = start[:-1].copy()

    def fill(first: int, end: int) -> None:
        kernels.fill(
            who.ids, who.low, who.table, what.ids, what.low, what.table, v, cursor, column, value, first, end
        )

    each(fill, parts(start, THREADS))
    return start, column, value


def entries(votes: Votes) -> tuple[Ints, Ints, NDArray[np.int8]]:
    """(person's row, statement's column, value) of every answer."""
    rows = np.repeat(np.arange(votes.people), votes.answers)
    return rows, votes.column.astype(np.int64), votes.value


def some(votes: Votes, keep: Bools) -> Votes:
    """Only the answers that are marked; rows and columns stay, also empty ones."""
    totals = np.concatenate(([0], np.cumsum(keep)))
    return Votes(
        votes.participants, votes.statements, totals[votes.start], votes.column[keep], votes.value[keep], 0
    )


def rows_of(votes: Votes, rows: Ints) -> Votes:
    """Only these rows, in this order."""
    counts = votes.answers[rows]
    start = np.concatenate(([0], np.cumsum(counts)))
    take = np.repeat(votes.start[rows] - start[:-1], counts) + np.arange(start[-1])
    return Votes(votes.participants[rows], votes.statements, start, votes.column[take], votes.value[take], 0)


def add(votes: Votes, participants: ArrayLike, statements: ArrayLike, values: ArrayLike) -> Votes:
    """The matrix with further votes; they replace earlier answers."""
    rows, columns, old = entries(votes)
    p, s, v = _checked(participants, statements, values)
    return build(
        np.concatenate((votes.participants[rows], p)),
        np.concatenate((votes.statements[columns], s)),
        np.concatenate((old, v)),
        np.union1d(votes.statements, s),
    )


def _checked(participants: ArrayLike, statements: ArrayLike, votes: ArrayLike) -> tuple[Any, Any, Any]:
    arrays = {
        "participants": np.asarray(participants),
        "statements": np.asarray(statements),
        "votes": np.asarray(votes),
    }
    wrong: list[tuple[str, str, str]] = []
    for name, array in arrays.items():
        if array.ndim != 1:
            wrong.append((name, "要一列数", "needs one dimension"))
        elif len(array) and array.dtype.kind not in "iu":
            wrong.append((name, "要整数", f"needs whole numbers, not {array.dtype}"))
    p, s, v = arrays.values()
    if not wrong and len({len(p), len(s), len(v)}) > 1:
        wrong.append(("", "三列长短不一", f"differ in length: {len(p)}, {len(s)}, {len(v)}"))
    if not wrong and not len(p):
        wrong.append(("votes", "还没有人回答", "nobody has answered yet"))
    if not wrong and (int(v.min()) < -1 or int(v.max()) > 1):
        at = int(np.flatnonzero((v < -1) | (v > 1))[0])
        wrong.append(
            ("votes", f"第{at + 1}个是{v[at]}，只能是−1、0、1", f"number {at + 1} is {v[at]}, not −1, 0 or 1")
        )
    if wrong:
        raise Malformed(wrong)
    return p, s, v.astype(np.int8, copy=False)


def _order(p: Any, s: Any, v: Small, times: ArrayLike) -> Ints | slice:
    """An order in which the latest answer of each person to each statement comes last; at the same time the greater."""
    when = np.asarray(times)
    if when.shape != v.shape or when.dtype.kind not in "iu":
        raise Malformed([("times", "每个回答要一个整数时间", "needs a whole number for each answer")])
    if len(when) < 2 or bool((when[1:] > when[:-1]).all()):
        return slice(None)
    return np.lexsort((v, when))


class Numbering(NamedTuple):
    """Ids as 0, 1, 2 … in ascending order: number = table[id − low]."""

    ids: NDArray[Any]
    low: int
    table: Ints
    names: Ints  # the ids, ascending


def _numbering(ids: NDArray[Any], known: Ints | None = None) -> Numbering:
    low, high = int(ids.min()), int(ids.max())
    if high - low > max(4 * len(ids), SPARSE):  # far apart: no table, search
        names = np.unique(ids).astype(np.int64)
        _known(names, known)
        names = names if known is None else known
        return Numbering(np.searchsorted(names, ids.astype(np.int64)), 0, np.arange(len(names)), names)
    if ids.dtype.kind == "u" and ids.dtype.itemsize > 2:
        ids = ids.astype(np.int64)
    seen = np.zeros(high - low + 1, np.bool_)
    kernels.mark(ids, low, seen)
    names = np.flatnonzero(seen) + low
    _known(names, known)
    names = names if known is None else known
    table = np.zeros(high - low + 1, np.int64)
    inside = (names >= low) & (names <= high)
    table[names[inside] - low] = np.flatnonzero(inside)
    return Numbering(ids, low, table, names)


def _known(names: Ints, known: Ints | None) -> None:
    strange = [] if known is None else np.setdiff1d(names, known).tolist()
    if strange:
        listed = ", ".join(map(str, strange[:5]))
        raise Malformed([("statements", f"没有这样的看法：{listed}", f"no such statement: {listed}")])
