"""Every way a matter can go, as far as the graph alone decides: stages, marks and papers, without any facts.

Child flows are walked with the marks they begin with and then stand for their outcomes, so that flows running side by
side do not multiply the search.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shangliang.procedure.model import STAY, Call, End, Flow, Procedure, Stage, StageAct


@dataclass(frozen=True, slots=True)
class State:
    """Where a flow stands and what it has gathered. A stage that begins with "@" is an end."""

    stage: str
    marks: frozenset[str]
    papers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One transition, with the state it came from and the words for the printed path."""

    before: State | None
    words: str
    inside: tuple[str, ...] = ()  # the path through a child flow, where one brought the step


Seen = dict[State, Step]


class Walk:
    """The search of one procedure. ``seen`` has the root's states, ``children`` those of each child flow."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.children: dict[str, Seen] = {}
        self.decided_early: list[tuple[State, tuple[str, ...]]] = []
        self.edges: dict[tuple[str, State], set[State]] = {}
        self._walked: dict[tuple[str, frozenset[str], frozenset[str]], Seen] = {}
        self.seen = self._walk(procedure.root, frozenset(), frozenset())

    def path(self, state: State, seen: Seen | None = None) -> tuple[str, ...]:
        """How the state was first reached, stage by stage."""
        known = self.seen if seen is None else seen
        lines: list[str] = []
        at: State | None = state
        while at is not None:
            step = known[at]
            lines = [*step.inside, step.words, *lines]
            at = step.before
        return tuple(lines)

    def _walk(self, flow: Flow, marks: frozenset[str], papers: frozenset[str]) -> Seen:
        first = State(flow.start, marks, papers | set(flow.stages[flow.start].gives))
        seen: Seen = {first: Step(None, _at(flow, flow.start))}
        queue = deque([first])
        while queue:
            state = queue.popleft()
            if state.stage.startswith("@"):
                continue
            for after, step in self._steps(flow, state):
                self.edges.setdefault((flow.id, state), set()).add(after)
                if after not in seen:
                    seen[after] = step
                    queue.append(after)
        return seen

    def _steps(self, flow: Flow, state: State) -> Iterator[tuple[State, Step]]:
        stage = flow.stages[state.stage]
        started = {a.starts for a in stage.acts}
        waits = [c for c in stage.calls if c.mode == "wait" and c.flow not in started]
        if waits:
            yield from self._call(flow, state, waits[0], _at(flow, state.stage))
            return
        for act in stage.acts:
            yield from self._act(flow, state, stage, act)
        beside = [c for c in stage.calls if c.mode == "beside"]
        if beside:
            yield from self._beside(flow, state, stage, beside)
        for call in stage.calls:
            if call.mode == "optional" and call.flow not in started:
                yield from self._optional(flow, state, call)

    def _act(self, flow: Flow, state: State, stage: Stage, act: StageAct) -> Iterator[tuple[State, Step]]:
        for outcome, target in act.next.items():
            marks = (state.marks | act.marks.get(outcome, frozenset())) - act.revokes.get(
                outcome, frozenset()
            )
            papers = state.papers | set(act.gives)
            words = f"{act.title.zh}（{act.name}{' = ' + outcome if outcome else ''}）"
            base = State(state.stage, marks, papers)
            if act.starts is not None:
                call = next(c for c in stage.calls if c.flow == act.starts)
                yield from self._call(flow, base, call, words, before=state)
            elif target == STAY:
                if base != state:
                    yield base, Step(state, f"  {words}")
            else:
                yield self._arrive(flow, base, target, words, before=state)

    def _arrive(
        self,
        flow: Flow,
        state: State,
        target: str,
        words: str,
        *,
        before: State,
        inside: tuple[str, ...] = (),
    ) -> tuple[State, Step]:
        marks, papers = state.marks, state.papers
        if target.startswith("@"):
            end: End = flow.ends[target[1:]]
            marks = (marks | end.marks) - end.revokes
        else:
            papers = papers | set(flow.stages[target].gives)
        after = State(target, marks, papers)
        if not flow.id and "decided" in marks - before.marks and "consulted" not in before.marks:
            self.decided_early.append((before, (*inside, words)))
        return after, Step(before, f"{words} → {_at(flow, target)}", inside)

    def _call(
        self, flow: Flow, state: State, call: Call, words: str, before: State | None = None
    ) -> Iterator[tuple[State, Step]]:
        for name, ended, inside in self._ends(call, state):
            if name in call.next:
                base = State(state.stage, ended.marks, ended.papers)
                said = f"{words}：{self._outcome(call, name)}"
                yield self._arrive(flow, base, call.next[name], said, before=before or state, inside=inside)

    def _optional(self, flow: Flow, state: State, call: Call) -> Iterator[tuple[State, Step]]:
        """A flow that may be called if needed: an outcome without a target leaves the stage as it is."""
        for name, ended, inside in self._ends(call, state):
            base = State(state.stage, ended.marks, ended.papers)
            words = f"{_at(flow, state.stage)}：{self._outcome(call, name)}"
            if name in call.next:
                yield self._arrive(flow, base, call.next[name], words, before=state, inside=inside)
            elif base != state:
                yield base, Step(state, f"  {words}", inside)

    def _beside(
        self, flow: Flow, state: State, stage: Stage, calls: list[Call]
    ) -> Iterator[tuple[State, Step]]:
        """Flows side by side: one may lead away while another is under way or done; else all end, and they join."""
        joined: list[tuple[State, str, tuple[str, ...]]] = [(state, "", ())] if stage.next else []
        for call in calls:
            grown: list[tuple[State, str, tuple[str, ...]]] = []
            for at, said, way in joined:
                for name, ended, inside in self._ends(call, at):
                    base = State(state.stage, ended.marks, ended.papers)
                    words = f"{said}{'，' if said else ''}{self._outcome(call, name)}"
                    if name in call.next:
                        yield self._arrive(
                            flow, base, call.next[name], _at(flow, stage.id) + "：" + words, before=state,
                            inside=(*way, *inside),
                        )  # fmt: skip
                    else:
                        grown.append((base, words, (*way, *inside)))
            joined = grown
        for at, said, way in joined:
            assert stage.next is not None
            yield self._arrive(
                flow, at, stage.next, f"{_at(flow, stage.id)}：{said}", before=state, inside=way
            )

    def _ends(self, call: Call, state: State) -> Iterator[tuple[str, State, tuple[str, ...]]]:
        """The outcomes of a child flow begun with these marks and papers, each with the path through it."""
        key = (call.flow, state.marks, state.papers)
        if key not in self._walked:
            self._walked[key] = self._walk(self.procedure.flows[call.flow], state.marks, state.papers)
            self.children.setdefault(call.flow, {}).update(self._walked[key])
        seen = self._walked[key]
        for ended in [s for s in seen if s.stage.startswith("@")]:
            yield ended.stage[1:], ended, tuple(f"    {line}" for line in self.path(ended, seen))

    def _outcome(self, call: Call, name: str) -> str:
        child = self.procedure.flows[call.flow]
        return f"{child.name.zh}＝{child.ends[name].name.zh}"

    def dead(self, flow: str, seen: Iterable[State]) -> list[State]:
        """States from which no end can be reached."""
        known = list(seen)
        alive = {s for s in known if s.stage.startswith("@")}
        grew = True
        while grew:
            before = len(alive)
            alive |= {s for s in known if s not in alive and self.edges.get((flow, s), set()) & alive}
            grew = len(alive) > before
        return [s for s in known if s not in alive]


def _at(flow: Flow, stage: str) -> str:
    if stage.startswith("@"):
        return f"【{flow.ends[stage[1:]].name.zh}】"
    return f"{stage} {flow.stages[stage].name.zh}"
