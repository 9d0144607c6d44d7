"""The language of the tables: stages, rows, rules, and where a matter stands.

What may be done under the other five ways is said a second time, in plain tables written from the rules' texts. They share no
code with the gates. A table has a stage for each stage of the rule and in it a row for each act: who decides, what has to hold
(with the clause that asks it), where the matter goes. The random walks compare them with ``perform``, both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.acts.dongning.known import Ask, Decided, Topic

if TYPE_CHECKING:
    from tests.acts.systems.oracle import Systems

Holds = Callable[["Seen"], bool]
Way = Callable[["Seen"], str | None]


@dataclass(frozen=True)
class Rule:
    """One thing that has to hold. ``gate`` is the name under which a reason or an exception is written, ``clause`` the
    words it stands on ("" where no rule asks for it and the record itself would not make sense)."""

    gate: str
    clause: str
    holds: Holds
    soft: bool = False


def hard(gate: str, clause: str, holds: Holds) -> Rule:
    return Rule(gate, clause, holds)


def soft(gate: str, clause: str, holds: Holds) -> Rule:
    """A written reason passes it."""
    return Rule(gate, clause, holds, soft=True)


@dataclass(frozen=True)
class Row:
    """One act at one stage. ``who``: roles of the system, none where the meeting is judged. ``to``: a stage, "." or an end,
    or one of these for each outcome that ``way`` gives (None: a field is missing)."""

    who: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    to: str | Mapping[str, str] = "."
    way: Way | None = None
    marks: Mapping[str, Set[str]] = field(default_factory=dict)
    revokes: Mapping[str, Set[str]] = field(default_factory=dict)
    starts: str = ""
    when: Holds | None = None

    def target(self, outcome: str) -> str:
        return self.to if isinstance(self.to, str) else self.to[outcome]


@dataclass(frozen=True)
class Call:
    flow: str
    mode: str  # "wait", "beside", "optional"
    next: Mapping[str, str] = field(default_factory=dict)
    when: Holds | None = None


@dataclass(frozen=True)
class Stage:
    rows: Mapping[str, Row] = field(default_factory=dict)
    leave: tuple[Rule, ...] = ()
    enter: tuple[Rule, ...] = ()
    calls: tuple[Call, ...] = ()
    next: str = ""


@dataclass(frozen=True)
class Role:
    """Posts by level, or bodies; ``own``: the post is one of the matter's own level."""

    village: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    own: bool = False
    anyone: bool = False


@dataclass(frozen=True)
class System:
    """One way of consulting: its table and its lists. ``exceptions``: gate → bodies, and whether the unit's own may allow it."""

    id: str
    unit: str
    start: str
    roles: Mapping[str, Role]
    stages: Mapping[str, Stage]
    lists: Mapping[str, tuple[str, ...]]
    exceptions: Mapping[str, tuple[tuple[str, ...], bool]]
    archive: Callable[[Matter], set[str]]
    before_decided: tuple[Rule, ...] = ()
    everywhere: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    aside: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # who decides what may be done at any stage


@dataclass
class Person:
    """Somebody who takes part."""

    kind: str
    side: str = ""
    group: str = ""
    told: bool = False
    reply: str = ""
    spoke: bool = False


@dataclass
class Heard:
    opened: date
    closed: date | None = None
    count: int = 0
    groups: set[str] = field(default_factory=set)


@dataclass
class Matter(Topic):
    """A matter, as the tables know it. ``at``: the stage of the root ("") and of every flow that runs."""

    at: dict[str, str] = field(default_factory=dict)
    over: dict[str, str] = field(default_factory=dict)
    title: bool = False
    topic: dict[str, Any] = field(default_factory=dict)
    needs: bool = False  # a meeting of the law must decide it
    people: dict[str, Person] = field(default_factory=dict)
    sent: list[tuple[str, date, tuple[str, ...], str]] = field(default_factory=list)  # kind, day, to whom, id
    suggestions: dict[str, tuple[str, bool]] = field(default_factory=dict)  # state, whether it says why
    collecting: Heard | None = None
    proposed: bool = False
    forums: list[dict[str, Any]] = field(default_factory=list)
    asked_above: str = ""

    @property
    def ended(self) -> bool:
        return self.at.get("", "").startswith("@")

    def forum(self, kind: str) -> dict[str, Any]:
        return next((f for f in reversed(self.forums) if f["kind"] == kind), {})

    def dispatched(self, kind: str) -> date | None:
        return next((d for k, d, *_ in reversed(self.sent) if k == kind), None)

    @property
    def open_round(self) -> bool:
        taken = [r for r in self.rounds if r.taken_up is not None]
        return bool(taken) and taken[-1].outcome is None


@dataclass(frozen=True)
class Seen:
    """What a rule looks at: the oracle, the act, the matter, who decided."""

    o: Systems
    a: Ask
    m: Matter
    d: Decided | None

    def of(self, name: str, default: Any = None) -> Any:
        return self.a.data.get(name, default)

    def filled(self, *names: str) -> bool:
        return all(bool(v.strip()) if isinstance(v := self.of(n), str) else v is not None for n in names)

    @property
    def meeting(self) -> Any:
        return self.o.meetings.get(self.of("meeting") or "")

    @property
    def on(self) -> date:
        return self.a.on


def reasons(rules: Iterator[Rule] | tuple[Rule, ...], seen: Seen) -> Iterator[tuple[Rule, str]]:
    """The rules that do not hold and that no reason and no exception passes."""
    for rule in rules:
        if rule.holds(seen):
            continue
        if rule.soft and seen.a.reasons.get(rule.gate, "").strip():
            continue
        if not rule.soft and rule.gate in seen.m.overrides and rule.gate in seen.o.system.exceptions:
            continue
        yield rule, f"{rule.gate} {rule.clause}"
