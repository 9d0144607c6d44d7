"""Where a matter stands and how it moves: stages of the root flow and of the flows that run beside or inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from shangliang.procedure.model import STAY, Call, Flow, Procedure, Stage, StageAct


@dataclass(frozen=True, slots=True)
class Position:
    """``stages`` holds the stage of every running flow, the root under ""; an ended matter has "@…" there.

    ``done`` holds the flows that have ended, with their outcomes; a flow that starts again leaves it.
    """

    stages: Mapping[str, str]
    done: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((frozenset(self.stages.items()), frozenset(self.done.items())))

    @property
    def root(self) -> str:
        return self.stages[""]

    @property
    def ended(self) -> bool:
        return self.root.startswith("@")


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that belongs to where the matter stands. ``role`` is the first of those who may decide it."""

    flow: str
    stage: Stage
    act: StageAct

    @property
    def role(self) -> str:
        return self.act.who[0]


def begin(procedure: Procedure) -> Position:
    """Where a matter stands before its first act, which is judged there. It has no marks yet."""
    move = Move(procedure, Position({"": procedure.root.start}), frozenset())
    move.enter("", procedure.root.start)
    return move.position


@lru_cache(maxsize=4096)
def offers(procedure: Procedure, position: Position) -> tuple[Offer, ...]:
    """The acts that can be thought of now, whatever the gates say.

    While the root's stage waits for a flow, its own acts are not offered. A flow that the stage may call if needed
    (mode "optional") is offered by its first acts; doing one begins it.
    """
    if position.ended:
        return ()
    found = []
    for flow, name in position.stages.items():
        stage = procedure.flows[flow].stages[name]
        if not (flow == "" and _waiting(stage, position)):
            found += [Offer(flow, stage, act) for act in stage.acts]
            found += [o for c in stage.calls if flow == "" for o in _openings(procedure, position, stage, c)]
    return tuple(found)


def _openings(procedure: Procedure, position: Position, stage: Stage, call: Call) -> list[Offer]:
    """The acts that begin an optional flow, where none of the stage's own acts starts it."""
    if call.mode != "optional" or call.flow in position.stages or call.flow in {a.starts for a in stage.acts}:
        return []
    flow = procedure.flows[call.flow]
    first = flow.stages[flow.start]
    return [
        Offer(call.flow, first, replace(a, when=(*call.when, *a.when)) if call.when else a)
        for a in first.acts
    ]


def _waiting(stage: Stage, position: Position) -> bool:
    return any(c.mode == "wait" and c.flow in position.stages for c in stage.calls)


class Move:
    """One step of a matter: what it leaves, what it enters, which marks it sets and revokes."""

    __slots__ = ("done", "dropped", "ended", "entered", "left", "marks", "origin", "procedure", "stages")

    def __init__(self, procedure: Procedure, position: Position, marks: frozenset[str]) -> None:
        self.procedure = procedure
        self.origin = position
        self.stages = dict(position.stages)
        self.done = dict(position.done)
        self.marks = set(marks)
        self.left: list[Stage] = []
        self.entered: list[Stage] = []
        self.dropped: list[tuple[Flow, Stage]] = []  # what was begun if needed and is left unfinished
        self.ended: str | None = None

    @property
    def position(self) -> Position:
        return Position(self.stages, self.done)

    def do(self, offer: Offer, outcome: str) -> None:
        """Carry out an act with the outcome its route chose ("" without a route)."""
        act = offer.act
        if offer.flow not in self.stages:
            self._start(offer.flow)
        self.marks |= act.marks.get(outcome, frozenset())
        self.marks -= act.revokes.get(outcome, frozenset())
        self.go(offer.flow, act.next[outcome])
        if act.starts is not None:
            self._start(act.starts)

    def go(self, flow: str, target: str) -> None:
        """Move a flow to a stage or an end of its own."""
        if target == STAY:
            return
        self.left.append(self.procedure.flows[flow].stages[self.stages[flow]])
        if flow == "":
            # A loop back drops what runs for the stage that is left: its publication, its tracking.
            going_on = self._going_on(target)
            flows = ((self.procedure.flows[f], s) for f, s in self.stages.items() if f and f not in going_on)
            self.dropped += [(f, f.stages[s]) for f, s in flows if f.unfinished == "reason"]
            self.stages = {"": self.stages[""], **going_on}
        if target.startswith("@"):
            self._end(flow, target[1:])
        else:
            self.enter(flow, target)

    def _going_on(self, target: str) -> dict[str, str]:
        """The running flows that both this stage and the next may call if needed: people are asked what they think beside
        the study and the approval, and neither waits for the other."""
        stages = self.procedure.root.stages
        if target not in stages or target == self.stages[""]:
            return {}
        here, there = (
            {c.flow for c in stages[s].calls if c.mode == "optional"} for s in (self.stages[""], target)
        )
        return {f: s for f, s in self.stages.items() if f in here & there}

    def enter(self, flow: str, name: str) -> None:
        stage = self.procedure.flows[flow].stages[name]
        self.stages[flow] = name
        self.entered.append(stage)
        by_act = {a.starts for a in stage.acts}
        for call in stage.calls:
            if call.mode != "optional" and call.flow not in by_act:
                self._start(call.flow)

    def _start(self, flow: str) -> None:
        self.done.pop(flow, None)
        self.enter(flow, self.procedure.flows[flow].start)

    def _end(self, flow: str, name: str) -> None:
        end = self.procedure.flows[flow].ends[name]
        self.marks |= end.marks
        self.marks -= end.revokes
        if flow == "":
            self.stages = {"": f"@{name}"}
            self.ended = end.kind
            return
        del self.stages[flow]
        self.done[flow] = name
        self._return(flow, name)

    def _return(self, flow: str, outcome: str) -> None:
        """A called flow has ended: its caller goes on, at once or when everything beside it is done."""
        stage = self.procedure.root.stages[self.stages[""]]
        call = next(c for c in stage.calls if c.flow == flow)
        if outcome in call.next:
            self.go("", call.next[outcome])
        elif stage.next is not None and all(self._finished(c) for c in stage.calls):
            self.go("", stage.next)

    def _finished(self, call: Call) -> bool:
        return call.mode == "optional" or (call.flow in self.done and call.flow not in self.stages)
