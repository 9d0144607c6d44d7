"""Votes from a CSV file, one a line, at the speed of the disk: whole numbers in known columns, read where they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

BLOCK = 1 << 24  # bytes read at a time

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

LINE, RETURN, COMMA, QUOTE, MINUS, ZERO = 10, 13, 44, 34, 45, 48
MOST_COLUMNS = 64
MOST_DIGITS = 18


class Columns(NamedTuple):
    """Where in a line the numbers stand, counted from 0; `time` is −1 where there is none."""

    participant: int
    statement: int
    vote: int
    time: int


class NotNumbers(Exception):
    """A line holds something else than a whole number where one is wanted."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line  # counted from 1, the heading included


def read(
    path: Path, columns: Columns, skip: int, told: Callable[[int], None]
) -> tuple[Ints, Ints, Ints, Ints]:
    """(participants, statements, votes, times) of every line after the first ``skip``; ``told`` is called with the
    bytes read. Raises NotNumbers."""
    found: list[NDArray[np.int64]] = []
    line = skip
    wanted = np.array(columns)
    for block in _blocks(path, skip, told):
        out = np.empty((4, block.count(b"\n") + 1), np.int64)
        rows, lines, wrong = _parse(np.frombuffer(block, np.uint8), wanted, out)
        if wrong:
            raise NotNumbers(line + lines)
        line += lines
        found.append(out[:, :rows])
    whole = np.concatenate(found, axis=1) if found else np.zeros((4, 0), np.int64)
    return whole[0], whole[1], whole[2], whole[3]


def _blocks(path: Path, skip: int, told: Callable[[int], None]) -> Iterator[bytes]:
    """The file in blocks that end with a line; the first ``skip`` lines left out."""
    read, rest = 0, b""
    with path.open("rb") as stream:
        for _ in range(skip):
            read += len(stream.readline())
        while data := stream.read(BLOCK):
            read += len(data)
            cut = data.rfind(b"\n") + 1
            if cut:
                yield rest + data[:cut]
                rest = data[cut:]
            else:
                rest += data
            told(read)
    if rest.strip():
        yield rest


@njit(cache=True, nogil=True)
def _parse(data: Bytes, wanted: Ints, out: Ints) -> tuple[int, int, bool]:
    """(rows written, lines seen, whether the last line seen was wrong)."""
    slots = np.full(MOST_COLUMNS, -1, np.int64)
    needed = 0
    for w in range(4):
        if wanted[w] >= 0:
            slots[wanted[w]] = w
            needed += 1
    row, lines, at, size = 0, 0, 0, len(data)
    while at < size:
        lines += 1
        if data[at] == LINE or data[at] == RETURN:
            while at < size and data[at] != LINE:
                at += 1
            at += 1
            continue
        at, seen = _line(data, at, slots, out, row)
        if seen != needed:
            return row, lines, True
        row += 1
    return row, lines, False


@njit(cache=True, nogil=True)
def _line(data: Bytes, at: int, slots: Ints, out: Ints, row: int) -> tuple[int, int]:
    """One line into column ``row`` of ``out``: (start of the next line, wanted numbers found, −1 for a wrong one)."""
    size = len(data)
    field, seen = 0, 0
    out[3, row] = 0
    while True:
        slot = slots[field] if field < MOST_COLUMNS else -1
        if slot >= 0:
            minus = at < size and data[at] == MINUS
            at += minus
            first, number = at, 0
            while at < size and ZERO <= data[at] <= ZERO + 9:
                number = number * 10 + (data[at] - ZERO)
                at += 1
            if at == first or at - first > MOST_DIGITS:
                seen = -10
            out[slot, row] = -number if minus else number
            seen += 1
            if at < size and data[at] != COMMA and data[at] != LINE and data[at] != RETURN:
                seen = -10
        quoted = False
        while at < size and data[at] != LINE and (quoted or data[at] != COMMA):
            quoted ^= data[at] == QUOTE
            at += 1
        if at >= size or data[at] == LINE:
            return at + 1, seen
        at += 1
        field += 1
