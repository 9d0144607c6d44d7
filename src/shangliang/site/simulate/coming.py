"""What is to happen in the simulated county: matters, meetings, and what never came to one."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from shangliang.site.simulate.topics import Topic


@dataclass(slots=True)
class Topical:
    """A matter to come: what is said of it, when, and how it ends. ``result`` is solved, partly or unsolved; ``end`` the
    day on which it is to be closed, None where it takes its time."""

    unit: str
    topic: Topic
    said: date
    channel: str
    behalf: bool
    face: bool
    result: str = "solved"
    end: date | None = None
    stalls: bool = False  # nobody reports on its tasks: they are overdue
    heard: bool | None = None  # what a resident says of the result
    objection: bool = False
    number: str = ""  # given when it happens
    opinion: str = ""


@dataclass(slots=True)
class Session:
    """One meeting: its day and the matters on its agenda, each with what comes of it there."""

    unit: str
    day: date
    called: date
    form: str = "meeting"
    urgent: bool = False
    late: int = 0  # days after which it is entered
    items: list[tuple[Topical, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Noted:
    """A meeting out of a paper ledger: when it was, what it was about with what result, when it was entered."""

    unit: str
    day: date
    entered: date
    topics: tuple[tuple[Topic, str], ...]
    present: int


@dataclass(frozen=True, slots=True)
class Short:
    """A matter that never came to a meeting: not discussed here, joined to another, or not approved."""

    unit: str
    kind: str  # "refused" | "rejected"
    topic: Topic
    said: date


@dataclass(slots=True)
class Plan:
    ready: dict[str, date] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    shorts: list[Short] = field(default_factory=list)
    quiets: list[tuple[str, date, date]] = field(
        default_factory=list
    )  # unit, first day of the window, entered on
    successions: list[tuple[str, str, date]] = field(default_factory=list)  # unit, role, day

    @property
    def matters(self) -> list[Topical]:
        seen = {id(m): m for s in self.sessions for m, _ in s.items}
        return list(seen.values())


def some_day(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange(max(1, (last - first).days + 1)))
