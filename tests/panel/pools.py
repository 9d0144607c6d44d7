"""Pools for tests: the public ones, small random ones, and every panel of a small one by counting them all."""

from __future__ import annotations

import csv
import itertools
import os
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from shangliang.panel import Change, Person, Problem, Quota

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "panels"


def public(name: str) -> Problem:
    """One of the public pools; the number at the end of its name is the panel's size."""
    folder = DATA / name
    if not folder.is_dir():
        assert not os.environ.get("CI"), f"{folder} is missing"
        pytest.skip("the public pools are not beside the project: ../shared/data/panels")
    with (folder / "categories.csv").open(encoding="utf-8") as stream:
        quotas = tuple(
            Quota(r["category"], r["feature"], int(r["min"]), int(r["max"])) for r in csv.DictReader(stream)
        )
    categories = tuple(dict.fromkeys(q.category for q in quotas))
    with (folder / "respondents.csv").open(encoding="utf-8") as stream:
        people = tuple(Person(r["id"], tuple(r[c] for c in categories)) for r in csv.DictReader(stream))
    return Problem(int(name.rpartition("_")[2]), categories, quotas, people)


def small(seed: int) -> Problem:
    """A random problem with at most ten people; many cannot be met."""
    dice = random.Random(seed)
    categories = tuple(f"c{n}" for n in range(dice.randint(1, 3)))
    values = {category: "abc"[: dice.randint(2, 3)] for category in categories}
    people = tuple(
        Person(f"p{n}", tuple(dice.choice(values[c]) for c in categories), dice.choice(["", "", "", "h1", "h2", "h3"]))
        for n in range(dice.randint(3, 10))
    )  # fmt: skip
    size = dice.randint(1, min(5, len(people)))
    quotas = []
    for category, value in ((c, v) for c in categories for v in values[c]):
        low = dice.randint(0, 2) if dice.random() < 0.4 else 0
        high = dice.randint(max(low, 1), size + 1) if dice.random() < 0.6 else size
        quotas.append(Quota(category, value, low, max(low, high)))
    must = frozenset({dice.choice(people).id}) if dice.random() < 0.2 else frozenset[str]()
    without = frozenset(p.id for p in people if dice.random() < 0.05 and p.id not in must)
    return Problem(size, categories, tuple(quotas), people, must, without)


def every_panel(problem: Problem) -> list[tuple[int, ...]]:
    """All panels that keep every rule, as places in the pool."""
    places = range(len(problem.people))
    return [panel for panel in itertools.combinations(places, problem.size) if keeps(problem, panel)]


def keeps(problem: Problem, panel: tuple[int, ...]) -> bool:
    people = [problem.people[i] for i in panel]
    ids = {p.id for p in people}
    fixed = {p.address for p in people if p.id in problem.must and p.address}
    homes = [p.address for p in people if p.address and p.id not in problem.must]
    if not problem.must <= ids or ids & problem.without or len(set(homes)) < len(homes) or fixed & set(homes):
        return False
    for q in problem.quotas:
        place = problem.categories.index(q.category)
        if not q.low <= sum(p.values[place] == q.value for p in people) <= q.high:
            return False
    return True


def changed(problem: Problem, changes: tuple[Change, ...]) -> Problem:
    """The problem with the changes made."""
    quotas: Mapping[tuple[str, str], Quota] = {(q.category, q.value): q for q in problem.quotas}
    quotas = dict(quotas)
    for change in changes:
        key = change.quota.category, change.quota.value
        end = {"low": change.to} if change.end == "low" else {"high": change.to}
        quotas[key] = replace(quotas[key], **end)
    return replace(problem, quotas=tuple(quotas.values()))
