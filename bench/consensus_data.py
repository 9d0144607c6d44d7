"""Conversations to measure with: people in three camps of unequal size, who answer statements drawn without repetition."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHUNK = 50_000  # people made at a time
CAMPS = (0.5, 0.35, 0.15)


def conversation(people: int, statements: int, votes: int, seed: int = 0) -> dict[str, NDArray[Any]]:
    """{"participants", "statements", "votes"} as narrow as they go; about ``votes`` of them, in the order of people."""
    rng = np.random.default_rng(seed)
    agree = rng.beta(0.8, 0.8, (len(CAMPS), statements)).astype(np.float32)
    strides = np.array([k for k in range(1, statements) if np.gcd(k, statements) == 1])
    mean = votes / people
    found: list[tuple[NDArray[Any], ...]] = []
    for first in range(0, people, CHUNK):
        count = min(CHUNK, people - first)
        answers = np.minimum(rng.integers(round(0.2 * mean), round(1.8 * mean) + 1, count), statements)
        row = np.repeat(np.arange(count), answers)
        turn = np.arange(len(row)) - np.repeat(np.cumsum(answers) - answers, answers)
        start, stride = rng.integers(0, statements, count), rng.choice(strides, count)
        column = (start[row] + turn * stride[row]) % statements
        camp = rng.choice(len(CAMPS), count, p=CAMPS)
        value = np.where(rng.random(len(row), np.float32) < agree[camp[row], column], 1, -1).astype(np.int8)
        value[rng.random(len(row), np.float32) < 0.15] = 0
        found.append(((row + first).astype(np.int32), column.astype(np.uint16), value))
    names = ("participants", "statements", "votes")
    return {name: np.concatenate(parts) for name, parts in zip(names, zip(*found, strict=True), strict=True)}


def matrix(path: Path) -> dict[str, NDArray[Any]]:
    """The votes of a participants-votes.csv of Polis."""
    with path.open(encoding="utf-8") as stream:
        rows = csv.reader(stream)
        at = [(i, int(cell)) for i, cell in enumerate(next(rows)) if cell.isdigit()]
        found = [(int(row[0]), s, int(float(row[i]))) for row in rows for i, s in at if row[i]]
    people, statements, votes = (np.array(column) for column in zip(*found, strict=True))
    return {"participants": people.astype(np.int32), "statements": statements.astype(np.uint16), "votes": votes.astype(np.int8)}  # fmt: skip
