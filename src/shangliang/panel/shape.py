"""The pool as numbers: people who are alike become one type, a panel becomes how many of each type sit.

Two people are alike when all their categories are equal and their households are. A household's *class* is the
multiset of its members' categories. Of a class with H households at most H people sit, one from each; any choice of
counts within that limit can be seated, because every household of the class has a member of each of its types. So the
merging loses nothing: averaging a lottery over people who are alike keeps every quota and never lowers the smallest
chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shangliang.panel.problem import Person, Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = NDArray[np.int32]


@dataclass(frozen=True)
class Shape:
    """T types, R rows. A panel x (T counts) is right when low ≤ x ≤ high summed over each row, 0 ≤ x ≤ cap, Σx = seats.

    `row[t, c]` is the row that type t counts in for category c: every category is a partition of the types; the last
    one is the household's class. `members[t]` holds people by their place in the pool, `homes[t]` the household each
    of them belongs to (-1: alone).
    """

    seats: int
    row: Row  # T × C
    low: Row  # R
    high: Row  # R
    size: Row  # T: how many people
    cap: Row  # T: how many of them can sit
    members: tuple[tuple[int, ...], ...]
    homes: tuple[tuple[int, ...], ...]
    must: tuple[int, ...]  # people who sit anyway, by their place

    @property
    def types(self) -> int:
        return len(self.size)

    @property
    def rows(self) -> int:
        return len(self.low)

    @cached_property
    def matrix(self) -> Floats:
        """R × T: 1 where a type counts in a row."""
        made = np.zeros((self.rows, self.types))
        made[self.row.ravel(), np.repeat(np.arange(self.types), self.row.shape[1])] = 1.0
        return made

    def right(self, panels: NDArray[Any]) -> bool:
        """Whether every row of `panels` (J × T counts) meets every quota and bound."""
        counts = panels.astype(np.float64) @ self.matrix.T
        return bool(
            (panels >= 0).all()
            and (panels <= self.cap).all()
            and (panels.sum(axis=1) == self.seats).all()
            and (counts >= self.low - 0.5).all()
            and (counts <= self.high + 0.5).all()
        )


def shape_of(problem: Problem) -> Shape:
    """The problem in numbers. People who must sit take their seats and quotas away first, and so does their
    household."""
    place = {person.id: i for i, person in enumerate(problem.people)}
    must = sorted(place[one] for one in problem.must)
    taken = {problem.people[i].address for i in must} - {""}
    free = [
        i for i, p in enumerate(problem.people)
        if p.id not in problem.must and p.id not in problem.without and (not p.address or p.address not in taken)
    ]  # fmt: skip
    types, classes = _types(problem.people, free)
    number = {(q.category, q.value): n for n, q in enumerate(problem.quotas)}
    seated = Counter(
        number[pair] for i in must for pair in zip(problem.categories, problem.people[i].values, strict=True)
    )
    low = [max(0, q.low - seated[n]) for n, q in enumerate(problem.quotas)]
    high = [q.high - seated[n] for n, q in enumerate(problem.quotas)]
    seats = problem.size - len(must)
    keys = sorted(types)
    class_row = {key: len(low) + n for n, key in enumerate(sorted({household for _, household in keys}))}
    low += [0] * len(class_row)
    high += [classes[key] if key else max(seats, 0) for key in class_row]
    rows = [
        [number[pair] for pair in zip(problem.categories, values, strict=True)] + [class_row[household]]
        for values, household in keys
    ]
    members = tuple(tuple(i for i, _ in types[key]) for key in keys)
    size = [len(people) for people in members]
    cap = [
        min(n, classes[household]) if household else n for n, (_, household) in zip(size, keys, strict=True)
    ]
    return Shape(
        seats=seats,
        row=np.array(rows, np.int32).reshape(len(keys), len(problem.categories) + 1),
        low=np.array(low, np.int32),
        high=np.array(high, np.int32),
        size=np.array(size, np.int32),
        cap=np.array(cap, np.int32),
        members=members,
        homes=tuple(tuple(home for _, home in types[key]) for key in keys),
        must=tuple(must),
    )


Household = tuple[tuple[str, ...], ...]


def _types(
    people: tuple[Person, ...], free: list[int]
) -> tuple[dict[tuple[tuple[str, ...], Household], list[tuple[int, int]]], Counter[Household]]:
    """People by (their values, their household's class) with the number of their home; households by class."""
    homes: dict[str, list[int]] = defaultdict(list)
    for i in free:
        if people[i].address:
            homes[people[i].address].append(i)
    kind: dict[int, Household] = {}
    home: dict[int, int] = {}
    classes: Counter[Household] = Counter()
    for n, inhabitants in enumerate(homes.values()):
        if len(inhabitants) > 1:
            household = tuple(sorted(people[i].values for i in inhabitants))
            classes[household] += 1
            kind.update(dict.fromkeys(inhabitants, household))
            home.update(dict.fromkeys(inhabitants, n))
    types: dict[tuple[tuple[str, ...], Household], list[tuple[int, int]]] = defaultdict(list)
    for i in free:
        types[people[i].values, kind.get(i, ())].append((i, home.get(i, -1)))
    return types, classes
