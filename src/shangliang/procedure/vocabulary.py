"""The three registries a procedure file draws on: gates, conditions and routes, each a small documented
function.

``gate(facts, params)`` answers *held*, *refused* with what would satisfy it, or *unknown* with the missing
fields. A condition answers yes, no, or None when a field is missing. A route chooses one of its declared
outcomes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shangliang.procedure.facts import Facts
from shangliang.procedure.model import Clause
from shangliang.procedure.say import Say


@dataclass(frozen=True, slots=True)
class Held:
    pass


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not, and what would satisfy the gate."""

    say: Say
    satisfy: Say
    clause: Clause | None = None  # the clause that speaks here, where it depends on the facts


@dataclass(frozen=True, slots=True)
class Unknown:
    """The names of the fields that are not filled yet."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Go:
    """The outcome a route chose."""

    outcome: str


Params = Mapping[str, Any]
Answer = Held | Refused | Unknown
Choice = Go | Refused | Unknown
GateFunction = Callable[[Facts, Params], Answer]
RouteFunction = Callable[[Facts], Choice]
Condition = Callable[[Facts], bool | None]

HELD = Held()


@dataclass(frozen=True, slots=True)
class Example:
    """Facts that a gate holds for, or refuses. They are tests and documentation at once."""

    held: bool
    facts: Facts
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GateSpec:
    name: str
    title: Say  # what the gate asks, in a few words
    answer: GateFunction
    doc: str
    needs: frozenset[str]
    params: Mapping[str, type]
    examples: tuple[Example, ...]
    papers: bool  # the loader hands it the procedure's archive list as params["papers"]


@dataclass(frozen=True, slots=True)
class RouteSpec:
    name: str
    choose: RouteFunction
    doc: str
    outcomes: Mapping[str, Say]  # with the words that charts and forms show
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class ConditionSpec:
    name: str
    holds: Condition
    doc: str
    needs: frozenset[str]
    fields: tuple[str, ...]  # what is missing when the answer is None


GATES: dict[str, GateSpec] = {}
ROUTES: dict[str, RouteSpec] = {}
CONDITIONS: dict[str, ConditionSpec] = {}

# Every collection of Facts that a caller may leave unread.
COLLECTIONS = frozenset(
    [
        "meeting",
        "parties",
        "rulings",
        "rounds",
        "publication",
        "objections",
        "tasks",
        "replies",
        "collecting",
        "forums",
        "one_shoulder",
        "papers",
        "chain_ok",
        "digests_ok",
        "topic",
        "dispatches",
        "participants",
        "suggestions",
        "appraised",
        "site",
    ]
)


def gate(
    name: str,
    *,
    title: Say,
    needs: tuple[str, ...] = (),
    params: Mapping[str, type] | None = None,
    papers: bool = False,
    examples: tuple[Example, ...],
) -> Callable[[GateFunction], GateFunction]:
    """Register a gate. ``needs`` are the collections it looks at, ``params`` the numbers a file may give it."""

    def register(function: GateFunction) -> GateFunction:
        doc, reads = _doc(function), _collections(needs)
        _add(GATES, GateSpec(name, title, function, doc, reads, params or {}, examples, papers))
        return function

    return register


def route(
    name: str, *, outcomes: Mapping[str, Say], needs: tuple[str, ...] = ()
) -> Callable[[RouteFunction], RouteFunction]:
    """Register a route with every outcome it may choose."""

    def register(function: RouteFunction) -> RouteFunction:
        _add(ROUTES, RouteSpec(name, function, _doc(function), outcomes, _collections(needs)))
        return function

    return register


def condition(
    name: str, *, needs: tuple[str, ...] = (), fields: tuple[str, ...] = ()
) -> Callable[[Condition], Condition]:
    """Register a named condition for ``when`` lists."""

    def register(function: Condition) -> Condition:
        _add(CONDITIONS, ConditionSpec(name, function, _doc(function), _collections(needs), fields))
        return function

    return register


def _add(registry: dict[str, Any], spec: Any) -> None:
    if spec.name in registry:
        raise ValueError(f"{spec.name} is registered twice")
    registry[spec.name] = spec


def _doc(function: Callable[..., Any]) -> str:
    doc = inspect.getdoc(function)
    if not doc:
        raise ValueError(f"{function.__name__} has no docstring; the documentation is made of them")
    return doc


def _collections(needs: tuple[str, ...]) -> frozenset[str]:
    unknown = frozenset(needs) - COLLECTIONS
    if unknown:
        raise ValueError(f"not collections of Facts: {sorted(unknown)}")
    return frozenset(needs)


def filled(value: object) -> bool:
    """Whether a field holds something: text that is not blank, a number, a date, a yes or no."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def act_date(facts: Facts, name: str) -> date | None:
    """A date among the act's own fields, given as a date or in ISO form."""
    value = facts.value(name)
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def act_number(facts: Facts, name: str) -> int | None:
    value = facts.value(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def refused(zh: str, en: str, do_zh: str, do_en: str, clause: Clause | None = None) -> Refused:
    return Refused(Say(zh, en), Say(do_zh, do_en), clause)


def brings(facts: Facts, name: str) -> bool:
    """Whether the act has the field at all, filled or not; a form that was not sent yet has none."""
    return facts.act is not None and name in facts.act.data


def missing(facts: Facts, *names: str) -> tuple[str, ...]:
    """Those of the act's own fields that are not filled."""
    return tuple(n for n in names if not filled(facts.value(n)))
