"""Conversations for the tests: four public ones, and planted ones whose groups are known."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from shangliang.consensus.arrays import Ints
from shangliang.site import consensus_reading

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "opinions"
NAMES = (
    "american-assembly.bowling-green",
    "brexit-consensus",
    "scoop-hivemind.biodiversity",
    "vtaiwan.uberx",
)

Votes = tuple[Ints, Ints, Ints]


@cache
def public(name: str) -> Votes:
    """Participants, statements and votes of a public Polis conversation, as its matrix has them."""
    path = FOLDER / name / "participants-votes.csv"
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is missing: in CI nothing may be left out")
        pytest.skip(f"the public conversations are not at {FOLDER}")
    found = consensus_reading.read([path])
    return found.participants, found.statements, found.votes


def planted(seed: int, groups: int, people: int = 500, statements: int = 60) -> tuple[Votes, Ints]:
    """Votes of unequal groups, 5 to 60 answers each, and who belongs to which."""
    rng = np.random.default_rng(seed)
    sizes = np.maximum(rng.dirichlet(np.full(groups, 4.0)), 0.05)
    group = rng.choice(groups, people, p=sizes / sizes.sum())
    agree = rng.beta(0.7, 0.7, (groups, statements))
    answers = np.minimum(np.exp(rng.uniform(np.log(5), np.log(60), people)).astype(int), statements)
    p = np.repeat(np.arange(people), answers)
    s = np.concatenate([rng.choice(statements, n, replace=False) for n in answers])
    v = np.where(rng.random(len(p)) < agree[group[p], s], 1, -1)
    v[rng.random(len(p)) < 0.12] = 0
    return (p, s, v), group


def meeting(people: int, statements: int, seed: int = 0, camps: int = 1) -> Votes:
    """Everybody present answers everything."""
    rng = np.random.default_rng(seed)
    camp = np.arange(people) % camps
    agree = rng.beta(0.7, 0.7, (camps, statements))
    v = np.where(rng.random((people, statements)) < agree[camp], 1, -1)
    v[rng.random(v.shape) < 0.1] = 0
    p, s = np.nonzero(np.ones_like(v))
    return p, s, v[p, s]
