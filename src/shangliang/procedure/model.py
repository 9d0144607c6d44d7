"""What a procedure file says, once it is read: frozen, linked, and without any code in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from shangliang.procedure.calendar import Period
from shangliang.procedure.say import NOTHING, Say

Origin = Literal["local", "law", "default", "engine"]
Level = Literal["hard", "soft", "info"]
Mode = Literal["wait", "beside", "optional"]

STAY = "."  # the target of an act that leaves the matter where it is
MARKS = ("consulted", "decided", "published", "exempted", "replied", "implemented")
END_KINDS = ("completed", "refused", "stopped", "merged")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a rule or law: ``short`` for a chip, ``text`` quotes the source."""

    cite: str
    short: Say
    text: Say
    origin: Origin
    title: str = ""  # the document the words stand in
    kinds: frozenset[str] = frozenset()  # kinds of unit it speaks about; empty: all


@dataclass(frozen=True, slots=True)
class Role:
    """Who may decide: posts by level, or bodies. ``anyone`` stands for the public."""

    id: str
    name: Say
    posts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bodies: frozenset[str] = frozenset()
    anyone: bool = False
    same_level: bool = False  # the post must be held at the matter's own level
    yields: bool = False  # the first post steps back when it is a party to the dispute
    own_unit: bool = False  # as the role of an override: the body of the matter's own unit may allow it
    cites: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class GateUse:
    """One gate of the vocabulary, put at one place of a procedure."""

    id: str
    on: str  # "enter", "leave", or the name of an act
    gate: str
    level: Level
    origin: Origin
    params: Mapping[str, Any] = field(default_factory=dict)
    cites: tuple[Clause, ...] = ()
    override: str | None = None  # the role that may record an override, on paper
    say: Say = NOTHING  # local wording for the gate's own sentence
    when: tuple[str, ...] = ()
    before: str | None = None  # a mark: the gate is judged whenever an act would set it
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class StageAct:
    """An act that may be done at a stage. ``next`` maps each outcome to a target; without a route the key is ""."""

    name: str
    title: Say
    who: tuple[str, ...]
    route: str | None = None
    next: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    revokes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    starts: str | None = None  # the call this act starts
    judged_by: str | None = None  # "meeting": gates judge the meeting's convener instead of the decider
    gates: tuple[GateUse, ...] = ()
    when: tuple[str, ...] = ()  # conditions; where one of them does not hold, the act is not offered

    @property
    def moves(self) -> bool:
        """Whether some outcome leaves the stage."""
        return any(target != STAY for target in self.next.values())


@dataclass(frozen=True, slots=True)
class Call:
    """A stage runs a shared flow. ``next`` maps the child's outcomes; one that is missing simply is done."""

    flow: str
    mode: Mode
    next: Mapping[str, str] = field(default_factory=dict)
    when: tuple[str, ...] = ()  # conditions under which a flow that may be called if needed is offered


@dataclass(frozen=True, slots=True)
class Timer:
    """A period hanging on a stage: reply *within*, or keep *at_least*."""

    id: str
    kind: Literal["within", "at_least"]
    start: str
    length: Period
    origin: Origin
    name: Say
    cites: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    name: Say
    acts: tuple[StageAct, ...]
    gates: tuple[GateUse, ...] = ()
    calls: tuple[Call, ...] = ()
    timers: tuple[Timer, ...] = ()
    next: str | None = None  # where the matter goes when every flow beside this stage is done
    gives: tuple[str, ...] = ()
    origin: Origin = "local"
    cites: tuple[Clause, ...] = ()
    note: Say = NOTHING

    def act(self, name: str) -> StageAct | None:
        return next((a for a in self.acts if a.name == name), None)


@dataclass(frozen=True, slots=True)
class End:
    """How a flow ends; of a child flow it is also the outcome. Only root ends have a kind."""

    id: str
    name: Say
    kind: str | None = None
    marks: frozenset[str] = frozenset()
    revokes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Flow:
    """A path of stages. The root flow of a procedure has the id ""."""

    id: str
    name: Say
    start: str
    stages: Mapping[str, Stage]
    ends: Mapping[str, End]
    origin: Origin = "local"
    unfinished: str = ""  # "reason": a stage that is left while this flow is under way needs a written reason


@dataclass(frozen=True, slots=True)
class Clock:
    """How often a unit meets: ``times`` in every window of ``months``."""

    id: str
    level: str
    name: Say
    months: int
    times: int
    remind: Period
    origin: Origin
    cites: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper the archive asks for; ``when`` conditions say in which branch."""

    id: str
    name: Say
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of one of the procedure's lists, shown in forms."""

    id: str
    name: Say
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Anywhere:
    """An act that may be done at any stage; its gates, marks and papers."""

    name: str
    title: Say
    who: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    gives: tuple[str, ...] = ()
    gates: tuple[GateUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The document a procedure was taken from."""

    title: str
    publisher: str
    on: date | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Gates laid on a procedure: of the law, of a preset, or of a county's own settings."""

    id: str
    gates: tuple[GateUse, ...] = ()
    kind: str = "law"  # "law", "preset" or "county"
    name: Say = NOTHING


@dataclass(frozen=True, slots=True)
class Procedure:
    id: str
    name: Say
    version: str  # digest of the canonical content, the shared flows it calls included
    source: Source
    levels: tuple[str, ...]
    posts: Mapping[str, Say]
    roles: Mapping[str, Role]
    flows: Mapping[str, Flow]
    clauses: Mapping[str, Clause]
    clocks: tuple[Clock, ...]
    papers: Mapping[str, Paper]
    archive: tuple[Paper, ...]  # what the archive asks for, in the order of the file
    lists: Mapping[str, tuple[Item, ...]]
    anywhere: Mapping[str, Anywhere]
    gates: tuple[GateUse, ...]  # gates that hang on marks
    site: tuple[GateUse, ...]  # what a room must have, what pilots a county names
    overlays: tuple[str, ...]
    notes: Mapping[str, Say]
    laid: tuple[Overlay, ...] = ()  # the overlays it was read with, in their order
    text: str = field(
        default="", repr=False, compare=False
    )  # the file and the shared flows it was read with: enough to load this version again

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def root(self) -> Flow:
        return self.flows[""]

    def stage(self, flow: str, stage: str) -> Stage:
        return self.flows[flow].stages[stage]
