"""Checks that need the whole procedure: every target, outcome, gate place, override and called flow exists."""

from __future__ import annotations

from shangliang.procedure.model import STAY, Call, Flow, GateUse, Procedure, Stage, StageAct
from shangliang.procedure.tables import Table


def check_links(procedure: Procedure, table: Table) -> None:
    """Refuse a procedure whose parts point nowhere.

    Raises:
        ProcedureError: naming the file, the line where the stage stands, and the reason.
    """
    for flow in procedure.flows.values():
        if flow.start not in flow.stages:
            table.fail(f'"start" names no stage: {flow.start}', r"start\s*=")
        for stage in flow.stages.values():
            _Links(procedure, flow, stage, table).check()
    _gate_ids(procedure, table)
    _posts(procedure, table)
    offered = {a.name for f in procedure.flows.values() for s in f.stages.values() for a in s.acts}
    for gate in procedure.gates:
        if gate.on and gate.on not in offered | procedure.anywhere.keys():
            table.fail(
                f'gate {gate.id} hangs on "{gate.on}", an act that no stage offers', f'id = "{gate.id}"'
            )


def _posts(procedure: Procedure, table: Table) -> None:
    """Every post a role names is declared, so that people can read what it is called."""
    for role in procedure.roles.values():
        for post in (p for posts in role.posts.values() for p in posts):
            if post not in procedure.posts:
                table.fail(
                    f'unknown post "{post}" of the role "{role.id}"', rf"role\.{role.id}\]", f'"{post}"'
                )


def _gate_ids(procedure: Procedure, table: Table) -> None:
    seen: set[str] = set()
    for gate in every_gate(procedure):
        if gate.id in seen:
            table.fail(
                f'two gates have the id "{gate.id}"', rf'id\s*=\s*"{gate.id}"', rf'id\s*=\s*"{gate.id}"'
            )
        seen.add(gate.id)


def every_gate(procedure: Procedure) -> list[GateUse]:
    """All gates of a procedure, in the order of its files."""
    found = [*procedure.gates, *procedure.site]
    for flow in procedure.flows.values():
        for stage in flow.stages.values():
            found += stage.gates
            found += [g for act in stage.acts for g in act.gates]
    return found + [g for a in procedure.anywhere.values() for g in a.gates]


class _Links:
    def __init__(self, procedure: Procedure, flow: Flow, stage: Stage, table: Table) -> None:
        self.procedure, self.flow, self.stage, self.table = procedure, flow, stage, table

    def check(self) -> None:
        for act in self.stage.acts:
            self._act(act)
        for gate in self.stage.gates:
            names = {"enter", "leave", *(a.name for a in self.stage.acts)}
            if gate.on not in names:
                self._fail(
                    f'gate {gate.id} hangs on "{gate.on}", which is neither enter, leave nor an act here',
                    gate.id,
                )
        for call in self.stage.calls:
            self._call(call)
        if self.stage.next is not None:
            self._target(self.stage.next, "next")
        if any(c.mode == "beside" for c in self.stage.calls) and self.stage.next is None:
            self._fail('flows run beside this stage, but it has no "next" for when they are done', "beside")

    def _act(self, act: StageAct) -> None:
        for target in act.next.values():
            self._target(target, act.name)
        if act.starts is not None and act.starts not in {c.flow for c in self.stage.calls}:
            self._fail(f'"{act.name}" starts "{act.starts}", which the stage does not call', act.name)

    def _target(self, target: str, word: str) -> None:
        known = target == STAY or target in self.flow.stages
        if not known and not (target.startswith("@") and target[1:] in self.flow.ends):
            self._fail(f'"{target}" is neither a stage nor an end of this flow', word, f'"{target}"')

    def _call(self, call: Call) -> None:
        if self.flow.id:
            self._fail("a shared flow does not call another", call.flow)
        child = self.procedure.flows[call.flow]
        for outcome, target in call.next.items():
            if outcome not in child.ends:
                self._fail(f'the flow "{call.flow}" has no outcome "{outcome}"', call.flow, outcome)
            self._target(target, call.flow)
        lacking = [e for e in child.ends if e not in call.next]
        if call.mode == "wait" and lacking:
            self._fail(
                f'the stage waits for "{call.flow}" but has no target for its outcome "{lacking[0]}"',
                call.flow,
            )

    def _fail(self, reason: str, *words: str) -> None:
        where = f' (in the shared flow "{self.flow.id}")' if self.flow.id else ""
        self.table.fail(f"stage {self.stage.id}: {reason}{where}", rf'id\s*=\s*"{self.stage.id}"', *words)
