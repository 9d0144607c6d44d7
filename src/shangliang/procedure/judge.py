"""Whether an act may be done, and if not, everything that stands against it at once.

``judge`` is pure: position, facts and procedure in; findings and the new position out. It never reads a
clock; whether a day lies in the future is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from shangliang.procedure import findings as find
from shangliang.procedure.clocks import STARTS_NEED, Due, due
from shangliang.procedure.conditions import all_hold
from shangliang.procedure.facts import ActFacts, Facts
from shangliang.procedure.findings import Finding
from shangliang.procedure.model import GateUse, Procedure, Stage
from shangliang.procedure.moves import Move, Offer, Position, begin, offers
from shangliang.procedure.vocabulary import CONDITIONS, GATES, HELD, ROUTES, Answer, Choice, Go, Unknown

__all__ = ["Ask", "Finding", "Judgement", "Offer", "Position", "begin", "explain", "judge", "needs", "offers"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer to one act. ``position`` and ``marks`` are those after it when it is allowed, else unchanged."""

    findings: tuple[Finding, ...]
    flow: str | None  # the flow the act belongs to, "" for the root, None when it belongs nowhere here
    outcome: str | None  # what the act's route chose
    position: Position
    marks: frozenset[str]
    ended: str | None  # the kind of end the act brought: completed, refused, stopped, merged
    used_overrides: frozenset[str]
    dropped: tuple[str, ...] = ()  # flows the act leaves unfinished, with a written reason

    @property
    def allowed(self) -> bool:
        return all(f.verdict == "noted" for f in self.findings)


@dataclass(frozen=True, slots=True)
class Ask:
    """For the desk: one act offered now, whether it can be done, what it asks for, and what runs meanwhile.

    ``findings`` hold what stands in the way besides the act's own fields, which the form will ask (``fields``).
    """

    offer: Offer
    ready: bool
    findings: tuple[Finding, ...]
    fields: tuple[str, ...]
    clocks: tuple[Due, ...]


def explain(procedure: Procedure, position: Position, facts: Facts) -> list[Ask]:
    """What can be done now, and why not the rest; the decider is left open, for the form asks for it.

    ``facts`` should hold the collections that ``needs(procedure, position)`` names.
    """
    here: dict[str, Offer] = {}
    for offer in offers(procedure, position):
        if _applies(offer, facts):
            here.setdefault(offer.act.name, offer)  # as ``judge`` does
    return [_ask(procedure, position, facts, offer) for offer in here.values()]


def _ask(procedure: Procedure, position: Position, facts: Facts, offer: Offer) -> Ask:
    act = offer.act
    asked = replace(facts, act=ActFacts(act.name, facts.today))
    found = _judge_offer(procedure, position, offer, _Bench(asked, frozenset(), {}), desk=True).findings
    own = {*act.fields, "decider"}
    left = tuple(f for f in found if not (f.verdict == "unknown" and f.field in own))
    timers = (due(timer, facts) for timer in offer.stage.timers)
    ready = not any(f.level == "hard" and f.verdict != "noted" for f in left)
    return Ask(offer, ready, left, act.fields, tuple(t for t in timers if t))


@lru_cache(maxsize=4096)
def needs(procedure: Procedure, position: Position, act_name: str | None = None) -> frozenset[str]:
    """The collections of Facts that judging this act may look at, so that only those are read.

    Without a name: all that any act offered here, and the clocks of the stages, may look at.
    """
    if act_name is None:
        here = offers(procedure, position)
        asked = (needs(procedure, position, o.act.name) for o in here)
        timed = (STARTS_NEED.get(t.start) for o in here for t in o.stage.timers)
        return frozenset().union(*asked, (t for t in timed if t))
    found: set[str] = set()
    for gate in _possible_gates(procedure, position, act_name):
        found |= GATES[gate.gate].needs
        for name in gate.when:
            found |= CONDITIONS[name].needs
        for paper in gate.params.get("papers", ()):
            for name in paper.when:
                found |= CONDITIONS[name].needs
    for offer in _offered(procedure, position, act_name):
        found |= ROUTES[offer.act.route].needs if offer.act.route else frozenset()
        found |= {n for name in offer.act.when for n in CONDITIONS[name].needs}
    return frozenset(found)


def judge(
    procedure: Procedure,
    position: Position,
    facts: Facts,
    *,
    overridden: frozenset[str] = frozenset(),
    reasons: Mapping[str, str] | None = None,
    anywhere: bool = False,
) -> Judgement:
    """Judge ``facts.act`` where the matter stands.

    Args:
        overridden: gate ids for which an unused override was recorded by the post the gate names.
        reasons: written reasons by gate id; a soft gate that is not held passes with one.
        anywhere: the act may be done at any stage (correct, attach, told …). It is judged by the gates that
        carry its
            name and leaves the position as it is; an act the stage itself offers is judged as the stage's.
    """
    act = facts.act
    if act is None:
        raise ValueError("there is no act to judge")
    bench = _Bench(facts, overridden, reasons or {})
    bench.add(find.too_early(facts, act))
    offer = next((o for o in _offered(procedure, position, act.name) if _applies(o, facts)), None)
    if offer is not None:
        return _judge_offer(procedure, position, offer, bench)
    if anywhere:
        return _judge_anywhere(procedure, position, act, bench)
    here = [o for o in offers(procedure, position) if _applies(o, facts)]
    bench.add(find.not_here(procedure, position, act, here))
    return bench.judgement(None, None, Move(procedure, position, facts.marks))


@lru_cache(maxsize=4096)
def _offered(procedure: Procedure, position: Position, name: str) -> tuple[Offer, ...]:
    """The offers of an act; two flows may offer the same, then the first that applies is meant."""
    return tuple(o for o in offers(procedure, position) if o.act.name == name)


def _applies(offer: Offer, facts: Facts) -> bool:
    """Whether the act's own conditions let it be thought of; what is not known yet keeps nobody from asking."""
    return all_hold(offer.act.when, facts) is not False


def _judge_offer(
    procedure: Procedure, position: Position, offer: Offer, bench: _Bench, *, desk: bool = False
) -> Judgement:
    facts, act = bench.facts, offer.act
    if act.judged_by is None and not desk:
        bench.add(find.wrong_decider(procedure, act.who, facts))
    bench.gates(_on(offer.stage, act.name), act.gates, _everywhere(procedure, act.name))
    choice = _choose(act.route, facts)
    move = Move(procedure, position, facts.marks)
    if not isinstance(choice, Go):
        bench.choice(choice)
        if act.moves:
            bench.gates(_on(offer.stage, "leave"))
        return bench.judgement(offer.flow, None, move)
    move.do(offer, choice.outcome)
    bench.move(procedure, move)
    return bench.judgement(offer.flow, choice.outcome or None, move)


def _judge_anywhere(procedure: Procedure, position: Position, act: ActFacts, bench: _Bench) -> Judgement:
    move = Move(procedure, position, bench.facts.marks)
    bench.gates(g for g in _possible_gates(procedure, position, act.name) if g.on == act.name)
    declared = procedure.anywhere.get(act.name)
    if declared is not None:
        if declared.who:
            bench.add(find.wrong_decider(procedure, declared.who, bench.facts))
        move.marks |= declared.marks
    return bench.judgement(None, None, move)


def _choose(route: str | None, facts: Facts) -> Choice:
    if route is None:
        return Go("")
    spec = ROUTES[route]
    unread = _unread(spec.needs, facts)
    return Unknown(unread) if unread else spec.choose(facts)


def _unread(names: frozenset[str], facts: Facts) -> tuple[str, ...]:
    return tuple(n for n in sorted(names) if getattr(facts, n) is None)


def _on(stage: Stage, event: str) -> Iterable[GateUse]:
    return (g for g in stage.gates if g.on == event)


def _everywhere(procedure: Procedure, event: str) -> Iterable[GateUse]:
    """Gates on an act wherever it is done: those of overlays, which know no stages."""
    return (g for g in procedure.gates if g.on == event)


def _possible_gates(procedure: Procedure, position: Position, name: str) -> list[GateUse]:
    """Every gate that some outcome of the act may meet."""
    offered = _offered(procedure, position, name)
    declared = procedure.anywhere.get(name)
    if not offered:
        here = [procedure.flows[f].stages[s] for f, s in position.stages.items() if not s.startswith("@")]
        found = [g for s in here for g in _on(s, name)] + list(declared.gates if declared else ())
        return [*found, *_everywhere(procedure, name)]
    found = [g for o in offered for g in (*_on(o.stage, name), *o.act.gates)] + list(
        _everywhere(procedure, name)
    )
    for offer, outcome in ((o, outcome) for o in offered for outcome in o.act.next):
        move = Move(procedure, position, frozenset())
        move.do(offer, outcome)
        found += [g for s in move.left for g in _on(s, "leave")]
        found += [g for s in move.entered for g in _on(s, "enter")]
        found += [g for g in procedure.gates if g.before in move.marks]
    return found


class _Bench:
    """Collects the findings of one judgement."""

    __slots__ = ("facts", "findings", "overridden", "reasons", "said", "used")

    def __init__(self, facts: Facts, overridden: frozenset[str], reasons: Mapping[str, str]) -> None:
        self.facts, self.overridden, self.reasons = facts, overridden, reasons
        self.findings: list[Finding] = []
        self.used: set[str] = set()
        self.said: list[tuple[str, Mapping[str, object]]] = []

    def add(self, found: Iterable[Finding]) -> None:
        """Add findings, but ask for each missing field once."""
        if new := list(found):
            asked = {f.field for f in self.findings if f.field and f.verdict == "unknown"}
            self.findings += [f for f in new if f.verdict != "unknown" or f.field not in asked]

    def gates(self, *groups: Iterable[GateUse]) -> None:
        for group in groups:
            for gate in group:
                self._gate(gate, self.facts)

    def move(self, procedure: Procedure, move: Move) -> None:
        """The gates on what the act leaves, enters and marks; the latter two see the marks as they will be."""
        self.gates(g for s in move.left for g in _on(s, "leave"))
        for flow, stage in move.dropped:
            self.add(find.unfinished(flow, stage, self.reasons.get(flow.id, "")))
        marks = frozenset(move.marks)
        after = self.facts if marks == self.facts.marks else replace(self.facts, marks=marks)
        for gate in (g for s in move.entered for g in _on(s, "enter")):
            self._gate(gate, after)
        for gate in (g for g in procedure.gates if g.before in marks - self.facts.marks):
            self._gate(gate, after)

    def choice(self, choice: Choice) -> None:
        self.add(find.of_route(choice))

    def _gate(self, gate: GateUse, facts: Facts) -> None:
        answer = ask(gate, facts)
        if answer is HELD:
            return
        if gate.id in self.overridden and gate.override is not None and gate.level == "hard":
            self.used.add(gate.id)
            self.add(find.overridden(gate, facts))
            return
        if gate.level == "hard" and self._repeats(gate):
            return
        self.add(find.of_gate(gate, answer, facts, self.reasons.get(gate.id, "")))

    def _repeats(self, gate: GateUse) -> bool:
        """Whether the same question was refused here before: the law's overlay asks what the meeting itself asks, and
        people read each reason once."""
        asked = (gate.gate, gate.params)
        if asked in self.said:
            return True
        self.said.append(asked)
        return False

    def judgement(self, flow: str | None, outcome: str | None, move: Move) -> Judgement:
        found = tuple(self.findings)
        if any(f.verdict != "noted" for f in found):
            return Judgement(found, flow, outcome, move.origin, self.facts.marks, None, frozenset())
        used = frozenset(self.used)
        dropped = tuple(f.id for f, _ in move.dropped)
        return Judgement(
            found, flow, outcome, move.position, frozenset(move.marks), move.ended, used, dropped
        )


def ask(gate: GateUse, facts: Facts) -> Answer:
    """One gate's answer: held when its conditions do not apply, unknown while one of them or its facts are unread."""
    applies = all_hold(gate.when, facts) if gate.when else True
    if applies is False:
        return HELD
    if applies is None:
        open_conditions = (n for n in gate.when if CONDITIONS[n].holds(facts) is None)
        return Unknown(tuple(f for n in open_conditions for f in CONDITIONS[n].fields))
    spec = GATES[gate.gate]
    unread = _unread(spec.needs, facts) if spec.needs else ()
    return Unknown(unread) if unread else spec.answer(facts, gate.params)
