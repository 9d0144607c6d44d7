"""Who is still missing among those who take part: what the procedure's own gates on participants say of it, group by group,
and for procedures without such gates what nearly always belongs at the table. Nothing of it stands in the way of anything."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.acts.facts import gather
from shangliang.cases.models import Matter
from shangliang.procedure.facts import Facts
from shangliang.procedure.facts_consulting import TopicFacts
from shangliang.procedure.findings import Finding, clause_for
from shangliang.procedure.judge import ask
from shangliang.procedure.model import Clause, GateUse, Procedure
from shangliang.procedure.say import NOTHING, Say
from shangliang.procedure.vocabulary import Refused

_GATES = ("kinds_present", "sides_present")
_GROUPS = "groups_represented"
_DEFAULT = Clause(
    "", Say("谁受影响，谁到场", "who is concerned is there"),
    Say("事情关系到谁，就请谁来，或者请能替他们说话的人来；请不到的，写明怎么听他们的意见。",
        "Whom a matter concerns is asked to the table, or somebody who can speak for them; where nobody can come, it is written"
        " how they are heard."),
    "default",
)  # fmt: skip


def lacking(matter: Matter) -> list[Finding]:
    """One soft finding for each kind, side or group that has no seat yet, with the clause that asks for it."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    facts = gather(matter, matter.unit, today(), None, frozenset({"participants", "topic", "parties"}))
    gates = {g.gate: g for g in _gates(procedure) if g.gate in (*_GATES, _GROUPS)}
    found = list(_groups(procedure, facts, gates.get(_GROUPS)))
    for name in _GATES:
        if name in gates and isinstance(answer := ask(gates[name], facts), Refused):
            gate = gates[name]
            found.append(_soft(gate.say or answer.say, answer.satisfy, clause_for(gate, facts)))
    if "kinds_present" not in gates:
        found += _usual(matter, facts)
    return found


def _gates(procedure: Procedure) -> Iterator[GateUse]:
    for stage in (s for flow in procedure.flows.values() for s in flow.stages.values()):
        yield from stage.gates
        yield from (g for act in stage.acts for g in act.gates)


def _groups(procedure: Procedure, facts: Facts, gate: GateUse | None) -> Iterator[Finding]:
    names = {i.id: i.name for i in procedure.lists.get("group", ())}
    there = {p.group for p in facts.participants or ()}
    for group in sorted((facts.topic or TopicFacts()).affected - there):
        name = names.get(group, Say(group, group))
        yield _soft(
            Say(f"受影响的{name.zh}还没有人参加。", f"Nobody takes part yet for a group it touches: {name.en}."),
            Say("请一位代表；来不了的，写明怎么听他们的意见。", "Ask one of them; where nobody can come, write how they are heard."),
            clause_for(gate, facts) if gate else _DEFAULT,
        )  # fmt: skip


def _usual(matter: Matter, facts: Facts) -> Iterator[Finding]:
    there = {p.kind for p in facts.participants or ()}
    if "stakeholder" not in there and not facts.parties:
        yield _soft(
            Say("还没有写利益相关方由谁来。", "Nobody concerned by the matter is named yet."),
            Say("请每一方来一位说得上话的人。", "Ask somebody who can speak for each side."),
        )
    if matter.department and "department" not in there:
        yield _soft(
            Say(f"涉及{matter.department}，还没有请他们来。", f"It concerns {matter.department}; they are not asked yet."),
            Say("请他们来人，发商请函就行；不请的，写一句为什么。", "Ask them by letter, or write why not."),
        )  # fmt: skip


def _soft(say: Say, satisfy: Say = NOTHING, clause: Clause | None = _DEFAULT) -> Finding:
    return Finding("lacking", None, "soft", "refused", say, satisfy, clause)
