"""Votes as a sparse matrix: one row a participant, its statements ascending, the last answer only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from shangliang.consensus.results import Bools, Ints
from shangliang.errors import Malformed

Small = NDArray[np.int8]
Columns = NDArray[np.uint16]
BLOCK = 1 << 20  # votes converted at a time, so that no second copy of all of them is made
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
    person, people = _numbering(p)
    known = None if all_statements is None else np.unique(np.asarray(all_statements, np.int64))
    place, names = _numbering(s, known)
    if len(names) > MOST_STATEMENTS:
        raise Malformed([("statements", f"最多{MOST_STATEMENTS}条", f"at most {MOST_STATEMENTS} statements")])
    start = np.zeros(len(people) + 1, np.int64)
    for a in range(0, len(p), BLOCK):
        _count(person(p[a : a + BLOCK]), start)
    np.cumsum(start, out=start)
    column, value = np.empty(len(p), np.uint16), np.empty(len(p), np.int8)
    cursor = start[:-1].copy()
    for a in range(0, len(p), BLOCK):
        b = a + BLOCK
        _fill(person(p[a:b]), place(s[a:b]), v[a:b], cursor, column, value)
    kept = _tidy(start, column, value, len(names))
    repeated = len(p) - kept
    if repeated:
        column, value = column[:kept].copy(), value[:kept].copy()
    return Votes(people, names, start, column, value, repeated)


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


def _numbering(ids: NDArray[Any], known: Ints | None = None) -> tuple[Any, Ints]:
    """How to turn ids into 0, 1, 2 … in ascending order, and the ids."""
    low, high = int(ids.min()), int(ids.max())
    if high - low > max(4 * len(ids), BLOCK):  # far apart: no table, search
        names = np.unique(ids).astype(np.int64)
        _known(names, known)
        names = names if known is None else known
        return lambda part: np.searchsorted(names, part.astype(np.int64)), names
    seen = np.zeros(high - low + 1, np.bool_)
    for a in range(0, len(ids), BLOCK):
        _mark(ids[a : a + BLOCK].astype(np.int64), low, seen)
    names = np.flatnonzero(seen) + low
    _known(names, known)
    names = names if known is None else known
    table = np.zeros(high - low + 1, np.int64)
    inside = (names >= low) & (names <= high)
    table[names[inside] - low] = np.flatnonzero(inside)
    return lambda part: table[part.astype(np.int64) - low], names


def _known(names: Ints, known: Ints | None) -> None:
    strange = [] if known is None else np.setdiff1d(names, known).tolist()
    if strange:
        listed = ", ".join(map(str, strange[:5]))
        raise Malformed([("statements", f"没有这样的看法：{listed}", f"no such statement: {listed}")])


@njit(cache=True, nogil=True)
def _mark(ids: Ints, low: int, seen: Bools) -> None:
    for i in range(len(ids)):
        seen[ids[i] - low] = True


@njit(cache=True, nogil=True)
def _count(person: Ints, start: Ints) -> None:
    for i in range(len(person)):
        start[person[i] + 1] += 1


@njit(cache=True, nogil=True)
def _fill(person: Ints, place: Ints, vote: Small, cursor: Ints, column: Columns, value: Small) -> None:
    for i in range(len(person)):
        at = cursor[person[i]]
        column[at] = place[i]
        value[at] = vote[i]
        cursor[person[i]] = at + 1


@njit(cache=True, nogil=True)
def _tidy(start: Ints, column: Columns, value: Small, width: int) -> int:
    """Sorts every row by statement, keeps the last answer of each and moves rows together; the number kept."""
    words = np.zeros(width // 64 + 1, np.uint64)
    held = np.zeros(width, np.int8)
    kept, first = 0, start[0]
    for p in range(len(start) - 1):
        end = start[p + 1]
        sorted_ = True
        for i in range(first + 1, end):
            sorted_ &= column[i - 1] < column[i]
        if sorted_:
            if kept != first:
                for i in range(first, end):
                    column[kept + i - first] = column[i]
                    value[kept + i - first] = value[i]
            kept += end - first
        else:
            kept = _row(first, end, column, value, words, held, kept)
        first = end
        start[p + 1] = kept
    return kept


@njit(cache=True, nogil=True)
def _row(
    first: int, end: int, column: Columns, value: Small, words: NDArray[np.uint64], held: Small, kept: int
) -> int:
    """One row through a set of bits: sorted without comparing, the last answer of each stays."""
    one = np.uint64(1)
    for i in range(first, end):
        c = column[i]
        held[c] = value[i]
        words[c >> 6] |= one << np.uint64(c & 63)
    for w in range(len(words)):
        bits = words[w]
        words[w] = 0
        while bits:
            low = bits & (~bits + one)
            c = (w << 6) + math.frexp(float(low))[1] - 1
            column[kept] = c
            value[kept] = held[c]
            kept += 1
            bits ^= low
    return kept
