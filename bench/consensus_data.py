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


KINDS = ("apart", "mostly alike", "faint", "continuum")


def planted(seed: int) -> tuple[dict[str, NDArray[Any]], NDArray[np.int64], str]:
    """(votes, group of each person, kind): two to eight unequal groups, 5 to 100 answers each, told apart more or less.

    *apart*: each group has odds of its own for every statement; *mostly alike*: it departs from common odds on a third;
    *faint*: odds near one half; *continuum*: groups are clouds in three dimensions, with people between them.
    """
    rng = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    k = int(rng.integers(2, 9))
    people, statements = int(rng.choice([300, 600, 1200])), int(rng.choice([40, 80, 150]))
    sizes = np.maximum(rng.dirichlet(np.full(k, 4.0)), 0.04)
    group = rng.choice(k, people, p=sizes / sizes.sum())
    odds = _odds(rng, kind, group, k, statements)
    answers = np.minimum(np.exp(rng.uniform(np.log(5), np.log(100), people)).astype(int), statements)
    p = np.repeat(np.arange(people), answers)
    s = np.concatenate([rng.choice(statements, n, replace=False) for n in answers])
    v = np.where(rng.random(len(p)) < odds[p, s], 1, -1)
    v[rng.random(len(p)) < rng.beta(1.5, 8, statements)[s]] = 0
    return {"participants": p, "statements": s, "votes": v}, group, kind


def _odds(
    rng: np.random.Generator, kind: str, group: NDArray[np.int64], k: int, statements: int
) -> NDArray[Any]:
    """(people, statements) probability of agreeing."""
    if kind == "continuum":
        centres, axes = rng.normal(size=(k, 3)), 0.9 * rng.normal(size=(statements, 3))
        stands = centres[group] + 0.3 * rng.normal(size=(len(group), 3))
        return np.asarray(1 / (1 + np.exp(-(stands @ axes.T + 0.7 * rng.normal(size=statements) + 0.3))))
    if kind == "mostly alike":
        odds = np.tile(rng.beta(2, 1.2, statements), (k, 1))
        odds = np.where(rng.random(odds.shape) < 1 / 3, rng.beta(0.6, 0.6, odds.shape), odds)
    else:
        odds = rng.beta(0.7, 0.7, (k, statements)) if kind == "apart" else rng.beta(2, 2, (k, statements))
    return np.asarray(odds[group])
