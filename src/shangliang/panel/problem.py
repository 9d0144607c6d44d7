"""What a panel is to be drawn from: the pool, the quotas, the seats; and everything that can be wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shangliang.errors import Malformed, ShangliangError

Fault = tuple[str, str, str]  # (field, zh, en)


class PanelError(Malformed):
    """The pool, the quotas or the size cannot be right; `problems` holds every fault as (field, zh, en)."""


class Infeasible(ShangliangError):
    """No panel meets all quotas. `changes` holds the smallest set of changes that would make one possible."""

    def __init__(self, zh: str, en: str, changes: Sequence[Change] = ()) -> None:
        super().__init__(zh, en)
        self.changes = tuple(changes)


@dataclass(frozen=True, slots=True)
class Quota:
    """At least `low` and at most `high` seats for people whose `category` has this `value`."""

    category: str
    value: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Change:
    """One proposed change: the quota, which of its ends ("low" or "high"), from how many to how many seats."""

    quota: Quota
    end: str
    to: int

    @property
    def by(self) -> int:
        """How many seats it gives way."""
        return abs(self.to - (self.quota.low if self.end == "low" else self.quota.high))

    @property
    def zh(self) -> str:
        q, end = self.quota, "至少" if self.end == "low" else "至多"
        return f"把“{q.category}：{q.value}”{end} {self._from} 人改为{end} {self.to} 人"

    @property
    def en(self) -> str:
        q, end = self.quota, "at least" if self.end == "low" else "at most"
        return f"change “{q.category}: {q.value}” from {end} {self._from} to {end} {self.to}"

    @property
    def _from(self) -> int:
        return self.quota.low if self.end == "low" else self.quota.high


@dataclass(frozen=True, slots=True)
class Person:
    """One who answered: a number without meaning, one value for each category in its order, perhaps an address."""

    id: str
    values: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """All that a draw depends on.

    `size` counts every seat, those of `must` included. `must` sit whatever the lot says (conveners, parties to the
    dispute); `without` are recused. Of people with the same non-empty address at most one sits, unless more of them
    must.
    """

    size: int
    categories: tuple[str, ...]
    quotas: tuple[Quota, ...]
    people: tuple[Person, ...]
    must: frozenset[str] = field(default=frozenset())
    without: frozenset[str] = field(default=frozenset())

    def of(self, category: str) -> tuple[Quota, ...]:
        return tuple(quota for quota in self.quotas if quota.category == category)


def check(problem: Problem) -> None:
    """Raises PanelError with every fault that can be told without searching."""
    faults = [*_people(problem), *_quotas(problem), *_seats(problem)]
    if not faults:
        faults = [*_sums(problem), *_supply(problem)]
    if faults:
        raise PanelError(faults)


def _people(problem: Problem) -> Iterator[Fault]:
    if not problem.people:
        yield "respondents", "名单是空的，没有人可抽", "the list is empty: there is nobody to draw"
    twice = [one for one, n in Counter(p.id for p in problem.people).items() if n > 1]
    for one in twice[:5]:
        yield "respondents", f"编号“{one}”出现了不止一次", f"the id “{one}” appears more than once"
    if any(not p.id for p in problem.people):
        yield "respondents", "有人没有编号", "somebody has no id"
    known = {(q.category, q.value) for q in problem.quotas}
    strange: Counter[tuple[str, str]] = Counter()
    for person in problem.people:
        strange.update(
            pair for pair in zip(problem.categories, person.values, strict=True) if pair not in known
        )
    for (category, value), n in list(strange.items())[:5]:
        if value:
            yield (
                "respondents",
                f"{n} 人的“{category}”写的是“{value}”，名额表里没有这一项",
                f"{n} people have “{value}” as {category}, which the quotas do not know",
            )
        else:
            yield "respondents", f"{n} 人没有填“{category}”", f"{n} people have nothing for {category}"


def _quotas(problem: Problem) -> Iterator[Fault]:
    for (category, value), n in Counter((q.category, q.value) for q in problem.quotas).items():
        if n > 1:
            yield (
                "categories",
                f"“{category}：{value}”写了 {n} 次",
                f"“{category}: {value}” stands {n} times",
            )
    for q in problem.quotas:
        if q.low < 0 or q.high < q.low:
            yield (
                "categories",
                f"“{q.category}：{q.value}”至少 {q.low} 人、至多 {q.high} 人，互相矛盾",
                f"“{q.category}: {q.value}”: at least {q.low} and at most {q.high} contradict each other",
            )


def _seats(problem: Problem) -> Iterator[Fault]:
    if problem.size < 1:
        yield (
            "size",
            f"要抽 {problem.size} 人，至少要抽 1 人",
            f"{problem.size} seats: at least one is needed",
        )
    known = {p.id for p in problem.people}
    for one in sorted((problem.must | problem.without) - known)[:5]:
        yield "respondents", f"名单里没有编号“{one}”", f"there is no “{one}” on the list"
    for one in sorted(problem.must & problem.without)[:5]:
        yield "must", f"“{one}”既要参加又要回避", f"“{one}” must sit and is recused"
    left = len(known - problem.without)
    if known and problem.size > left:
        yield (
            "size",
            f"要抽 {problem.size} 人，名单上只有 {left} 人可抽",
            f"{problem.size} seats, but only {left} people can be drawn",
        )
    if 0 < problem.size < len(problem.must):
        yield (
            "must",
            f"必须参加的有 {len(problem.must)} 人，名额只有 {problem.size} 个",
            f"{len(problem.must)} people must sit, but there are only {problem.size} seats",
        )


def _sums(problem: Problem) -> Iterator[Fault]:
    for category in problem.categories:
        quotas = problem.of(category)
        low, high = sum(q.low for q in quotas), sum(q.high for q in quotas)
        if low > problem.size:
            yield (
                "categories",
                f"“{category}”各项至少的人数加起来是 {low} 人，多于名额 {problem.size} 人",
                f"the minima of {category} add up to {low}, more than the {problem.size} seats",
            )
        if high < problem.size:
            yield (
                "categories",
                f"“{category}”各项至多的人数加起来是 {high} 人，坐不满 {problem.size} 个名额",
                f"the maxima of {category} add up to {high}, fewer than the {problem.size} seats",
            )


def _supply(problem: Problem) -> Iterator[Fault]:
    """Too few people of one sort, or too many who must sit."""
    there: Counter[tuple[str, str]] = Counter()
    seated: Counter[tuple[str, str]] = Counter()
    for person in problem.people:
        if person.id in problem.without:
            continue
        pairs = list(zip(problem.categories, person.values, strict=True))
        there.update(pairs)
        if person.id in problem.must:
            seated.update(pairs)
    for q in problem.quotas:
        have, sit = there[q.category, q.value], seated[q.category, q.value]
        if have < q.low:
            yield (
                "categories",
                f"“{q.category}：{q.value}”至少要 {q.low} 人，可抽的只有 {have} 人；请把至少改为 {have} 人以下，或再动员",
                f"“{q.category}: {q.value}” asks for at least {q.low}, but only {have} can be drawn; "
                f"lower it to {have} or invite more",
            )
        if sit > q.high:
            yield (
                "must",
                f"必须参加的人里“{q.category}：{q.value}”有 {sit} 人，名额至多 {q.high} 人",
                f"{sit} people who must sit are “{q.category}: {q.value}”, the quota allows {q.high}",
            )
