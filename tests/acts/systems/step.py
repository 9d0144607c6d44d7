"""One step of a matter along its table: what it leaves, what it enters, what it begins and what it leaves unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acts.systems.rows import Matter, Row, Stage
from tests.acts.systems.shared import FLOWS, OVER

if TYPE_CHECKING:
    from tests.acts.systems.oracle import Systems


class Step:
    """One step of a matter along its table."""

    def __init__(self, o: Systems, m: Matter) -> None:
        self.o, self.m = o, m
        self.left: list[Stage] = []
        self.entered: list[Stage] = []
        self.dropped: list[str] = []

    def do(self, flow: str, row: Row, outcome: str) -> None:
        if flow not in self.m.at:
            self.start(flow)
        self.m.marks |= row.marks.get(outcome, set())
        self.m.marks -= row.revokes.get(outcome, set())
        self.go(flow, row.target(outcome))
        if row.starts:
            self.start(row.starts)

    def go(self, flow: str, target: str) -> None:
        if target == ".":
            return
        here = self.o.stage(flow, self.m.at[flow])
        self.left.append(here)
        if flow == "":
            there = self.o.system.stages.get(target)
            both = {c.flow for c in here.calls if c.mode == "optional"} & {
                c.flow
                for c in (there.calls if there and target != self.m.at[""] else ())
                if c.mode == "optional"
            }
            gone = [f for f in self.m.at if f and f not in both]
            self.dropped += [f for f in gone if f in ("hearing", "coordinate", "round")]
            self.m.at = {f: at for f, at in self.m.at.items() if f not in gone}
        if target.startswith("@"):
            self.end(flow, target[1:])
        else:
            self.enter(flow, target)

    def enter(self, flow: str, at: str) -> None:
        self.m.at[flow] = at
        stage = self.o.stage(flow, at)
        self.entered.append(stage)
        started = {row.starts for row in stage.rows.values()}
        for call in stage.calls:
            if call.mode != "optional" and call.flow not in started:
                self.start(call.flow)

    def start(self, flow: str) -> None:
        self.m.over.pop(flow, None)
        self.enter(flow, next(iter(FLOWS[flow])))

    def end(self, flow: str, name: str) -> None:
        if flow == "":
            self.m.at = {"": f"@{name}"}
            return
        sets, revokes = OVER.get(f"{flow}.{name}", (set(), set()))
        self.m.marks |= sets
        self.m.marks -= revokes
        del self.m.at[flow]
        self.m.over[flow] = name
        stage = self.o.system.stages[self.m.at[""]]
        call = next(c for c in stage.calls if c.flow == flow)
        if name in call.next:
            self.go("", call.next[name])
        elif stage.next and all(
            c.mode == "optional" or (c.flow in self.m.over and c.flow not in self.m.at) for c in stage.calls
        ):
            self.go("", stage.next)
