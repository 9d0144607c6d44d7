"""Proving a procedure before anybody works by it: stages, marks and papers are searched, child flows first.

A failed proof carries the path that breaks it, stage by stage. Proved is: every stage is reached, an end is reached
from everywhere, nothing is decided before it was consulted, nothing ends unpublished or unanswered, every
paper the archive asks for comes from somewhere, and no floor of the law is undercut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations

from shangliang.procedure.law import law_on
from shangliang.procedure.linking import every_gate
from shangliang.procedure.model import Flow, Overlay, Procedure, Stage, StageAct
from shangliang.procedure.vocabulary import GATES, HELD
from shangliang.procedure.walk import State, Walk

_UNANSWERABLE = ("publication_period", "quorum_held", "majority_held")  # floors that nobody may override
_STATUTORY = ("publication_period", "notice_given", "quorum_held", "majority_held", "party_studied_first")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a proof found. ``failed`` forbids the procedure; a ``note`` is only reported."""

    proof: str
    level: str  # "failed" or "note"
    reason: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{'✗' if self.level == 'failed' else '·'} {self.reason}"
        return "\n".join([head, *(f"    {line}" for line in self.path)])


def check(procedure: Procedure, overlays: Sequence[Overlay] = ()) -> list[Problem]:
    """Every problem of the procedure, alone and under every combination of overlays.

    Overlays add gates, never edges: the paths are searched once, the floors for each combination.
    """
    walk = Walk(procedure)
    proofs = (_reached, _ending, _order, _ends, _papers, _examples, _marked, _implied)
    found = [problem for proof in proofs for problem in proof(procedure, walk)]
    laid = {g.id for o in overlays for g in o.gates}
    own = tuple(g for g in procedure.gates if g.id not in laid)
    for chosen in chain.from_iterable(combinations(overlays, n) for n in range(len(overlays) + 1)):
        gates = (*own, *(g for o in chosen for g in o.gates))
        found += [p for p in _floors(replace(procedure, gates=gates)) if p not in found]
    return found


def failures(problems: Sequence[Problem]) -> list[Problem]:
    """Those that forbid the procedure."""
    return [p for p in problems if p.level == "failed"]


def _failed(proof: str, reason: str, path: tuple[str, ...] = ()) -> Problem:
    return Problem(proof, "failed", reason, path)


def _reached(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """Every stage and every end is reached on some path."""
    for flow in procedure.flows.values():
        seen = {s.stage for s in (walk.children.get(flow.id, {}) if flow.id else walk.seen)}
        where = f"{flow.name.zh}：" if flow.id else ""
        for stage in flow.stages.values():
            if stage.id not in seen:
                yield _failed("reached", f"{where}没有路通到{stage.id} {stage.name.zh} (never reached)")
        for end in flow.ends.values():
            if f"@{end.id}" not in seen:
                yield _failed("reached", f"{where}没有路通到结束“{end.name.zh}” (end never reached)")


def _ending(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """From every state some end can be reached."""
    for flow in procedure.flows.values():
        seen = walk.children.get(flow.id, {}) if flow.id else walk.seen
        told: set[str] = set()
        for state in walk.dead(flow.id, seen):
            if state.stage not in told:
                told.add(state.stage)
                name = flow.stages[state.stage].name.zh
                yield _failed(
                    "ending", f"走到{state.stage} {name}就出不来 (dead end)", walk.path(state, seen)
                )


def _order(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """Nothing is decided before it was consulted: consultation comes first, and does not replace the decision."""
    for before, words in walk.decided_early:
        yield _failed("order", "没有协商就决定了 (decided before consulted)", (*walk.path(before), *words))
        return


def _ends(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """Completed needs consulted, and published or exempted; refused and stopped need replied."""
    told: set[tuple[str, str]] = set()
    for state in walk.seen:
        if not state.stage.startswith("@"):
            continue
        end = procedure.root.ends[state.stage[1:]]
        for lack, words in _lacks(end.kind, state.marks):
            if (end.id, lack) not in told:
                told.add((end.id, lack))
                yield _failed("ends", f"结束“{end.name.zh}”时{words}", walk.path(state))


def _lacks(kind: str | None, marks: frozenset[str]) -> Iterator[tuple[str, str]]:
    if kind == "completed" and "consulted" not in marks:
        yield "consulted", "没有协商过 (completed without consulted)"
    if kind == "completed" and not marks & {"published", "exempted"}:
        yield "published", "没有公示，也没有登记不公示 (completed without published or exempted)"
    if kind in ("refused", "stopped") and "replied" not in marks:
        yield "replied", "没有答复 (ended without replied)"


def _papers(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """Papers asked for on every path come on every path to completion; those of a branch come from somewhere."""
    freely = {p for a in procedure.anywhere.values() for p in a.gives}
    somewhere = freely.union(*(s.papers for s in walk.seen))
    completed = [s for s in walk.seen if _kind(procedure, s) == "completed"]
    for paper in procedure.archive:
        if paper.id not in somewhere:
            yield _failed("papers", f"归档要“{paper.name.zh}”，没有一步产生它 (no step gives it)")
        elif not paper.when:
            lacking = next((s for s in completed if paper.id not in s.papers | freely), None)
            if lacking is not None:
                reason = f"这样走到归档，没有“{paper.name.zh}” (this path never gives it)"
                yield _failed("papers", reason, walk.path(lacking))


def _kind(procedure: Procedure, state: State) -> str | None:
    return procedure.root.ends[state.stage[1:]].kind if state.stage.startswith("@") else None


def _examples(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """Every gate that is used passes what its passing examples show, and refuses the others."""
    for name in dict.fromkeys(g.gate for g in every_gate(procedure)):
        for number, example in enumerate(GATES[name].examples, 1):
            if (GATES[name].answer(example.facts, example.params) is HELD) != example.held:
                yield _failed(
                    "examples", f"关口{name}的第{number}个例子不成立 (an example of the gate fails)"
                )


_COUNTED = frozenset({"quorum_held", "majority_held", "right_body"})


def _marked(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """Where only meetings of the law may decide, their body, quorum and majority are asked for."""
    bodies = {b.id for kind in ("village", "community") for b in law_on(date.max, kind).bodies}
    for flow in procedure.flows.values():
        for stage in flow.stages.values():
            for act in stage.acts:
                deciders = frozenset().union(*(procedure.roles[r].bodies for r in act.who))
                by_meeting = bool(deciders) and deciders <= bodies
                if by_meeting and _decides(flow, act) and _COUNTED - _hard_gates(stage, act):
                    reason = (
                        f"{stage.id} {act.title.zh}：没有数到会人数和票数就算决定了 (decided without a count)"
                    )
                    yield _failed("floors", reason)


def _decides(flow: Flow, act: StageAct) -> bool:
    ends = [flow.ends[t[1:]] for t in act.next.values() if t.startswith("@")]
    return any("decided" in marks for marks in (*act.marks.values(), *(e.marks for e in ends)))


def _hard_gates(stage: Stage, act: StageAct) -> set[str]:
    gates = (*act.gates, *(g for g in stage.gates if g.on in (act.name, "leave")))
    return {g.gate for g in gates if g.level == "hard"}


def _implied(procedure: Procedure, walk: Walk) -> Iterator[Problem]:
    """Order gates that the graph already implies: reported, for they cost nothing and say the rule's words."""
    for stage in procedure.root.stages.values():
        for gate in stage.gates:
            before = gate.params.get("after")
            if before is not None and stage.id not in _without(procedure, before):
                yield Problem(
                    "implied", "note", f"{gate.id}：不经过{before}到不了{stage.id}，流程图已经保证 (implied)"
                )


def _without(procedure: Procedure, stage: str) -> set[str]:
    """The root's stages that can be reached without passing through ``stage``."""
    flow, seen = procedure.root, {procedure.root.start} - {stage}
    grew = True
    while grew:
        targets = {t for s in seen for t in _targets(procedure, s)}
        new = {t for t in targets if t in flow.stages and t != stage} - seen
        seen |= new
        grew = bool(new)
    return seen


def _targets(procedure: Procedure, name: str) -> set[str]:
    stage = procedure.root.stages[name]
    found = {t for a in stage.acts for t in a.next.values()} | {
        t for c in stage.calls for t in c.next.values()
    }
    return found | ({stage.next} if stage.next else set())


def _floors(procedure: Procedure) -> Iterator[Problem]:
    """No gate asks for less than the law, and a statutory gate is hard and cannot be overridden."""
    law = law_on(date.max, "village")
    for gate in every_gate(procedure):
        days, floor = gate.params.get("days"), law.publication_min_days
        if gate.gate == "publication_period" and days and floor and days < floor:
            yield _failed(
                "floors", f"{gate.id}只要求公示{days}日，法律要求{floor}日 (below the statutory floor)"
            )
        if gate.gate in _STATUTORY and gate.level != "hard":
            yield _failed("floors", f"{gate.id}是法定的，不能只作提醒 (a statutory gate must be hard)")
        if gate.gate in _UNANSWERABLE and gate.override is not None:
            yield _failed("floors", f"{gate.id}是法定底线，谁也不能越过 (a floor has no override)")
