"""What the hand-written table knows of posts, meetings and matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.acts.dongning.tables import ENDS
from tests.acts.voices import Voices


@dataclass
class Ask:
    """One act as the walk asks for it."""

    name: str
    on: date
    by: str
    data: dict[str, Any] = field(default_factory=dict)
    decided: dict[str, Any] | None = None
    subject: str | None = None
    unit: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass
class Post:
    id: str
    person: str
    unit: str
    role: str
    since: date
    until: date | None = None

    def held(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass
class Session:
    """A meeting: called, held or called off."""

    id: str
    unit: str
    called: date
    day: date
    convener: str | None
    departments: set[str]
    invited: list[str]
    state: str = "called"
    notice: bool = False
    summary: bool = False
    begun: date | None = None
    form: str = ""
    recorder: bool = False
    kinds: set[str] = field(default_factory=set)  # as what those are invited who were invited


@dataclass
class Round:
    meeting: str
    taken_up: date | None = None
    outcome: str | None = None
    agreed: bool = False
    form: str = ""
    during: bool = False  # while the decision was being carried out


@dataclass
class Side:
    visited: bool = False
    agreed: bool = False
    before: bool = False  # visited before the last divided result


@dataclass
class Notice:
    start: date | None = None
    posted_by_entry: str | None = None


@dataclass
class Topic:
    """A matter."""

    id: str
    unit: str
    last: date
    opinions: set[str]
    stage: str = "collected"
    notice: str | None = None
    work: str | None = None
    marks: set[str] = field(default_factory=set)
    large: bool = False
    deep: bool = False
    touches: tuple[str, ...] = ()
    department: str = ""
    involved: bool = False  # the first convener is a side in it
    sides: dict[str, Side] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    objections: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, tuple[str, str]] = field(default_factory=dict)  # state, owner
    result: str = ""
    overrides: list[str] = field(default_factory=list)
    papers: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    resolved: bool = False
    shown: bool = False  # it was screened and stands on the board
    voices: Voices = field(default_factory=Voices)
    asked: str = ""  # the unit that a report was sent to and that has not answered yet

    @property
    def unfinished(self) -> bool:
        return any(state not in ("done", "not_done") for state, _ in self.tasks.values())

    @property
    def ended(self) -> bool:
        return self.stage in ENDS


@dataclass
class Decided:
    post: str | None = None
    role: str | None = None
    body: str | None = None
    unit: str = ""
    paper: str | None = None
