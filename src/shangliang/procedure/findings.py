"""What a judgement says: each finding with its sentence, what would satisfy it, and the clause it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shangliang.procedure.facts import ActFacts, Decider, Facts
from shangliang.procedure.field_names import field_name
from shangliang.procedure.model import Clause, Flow, GateUse, Level, Procedure, Role, Stage
from shangliang.procedure.moves import Offer, Position
from shangliang.procedure.say import NOTHING, Say, day, listed
from shangliang.procedure.vocabulary import Answer, Choice, Go, Refused, Unknown


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found about an act. ``noted`` findings do not stand in its way."""

    code: str  # not_here, ended, too_early, decider_missing, wrong_decider, yields, route, gate, unknown,
    # reason_needed, reason_given, overridden, noted
    gate: str | None
    level: Level
    verdict: str  # "refused", "unknown" or "noted"
    say: Say
    satisfy: Say
    clause: Clause | None = None
    override: str | None = None  # the role that may record an override
    field: str | None = None  # what is missing


def too_early(facts: Facts, act: ActFacts) -> Iterator[Finding]:
    """Within a matter the days of what happened never go back, except by a correction."""
    matter = facts.matter
    if matter is None or act.name == "correct" or act.happened_on >= matter.last_happened_on:
        return
    last, this = day(matter.last_happened_on), day(act.happened_on)
    yield Finding(
        "too_early",
        None,
        "hard",
        "refused",
        Say(
            f"上一步是{last.zh}的事，这一步写成了{this.zh}。",
            f"The last step is of {last.en}; this one says {this.en}.",
        ),
        Say(
            "请核对日期；前面记错了的，先更正。",
            "Check the day; if the earlier one is wrong, correct it first.",
        ),
        field="happened_on",
    )


def not_here(
    procedure: Procedure, position: Position, act: ActFacts, now: Sequence[Offer]
) -> Iterator[Finding]:
    """The act does not belong to where the matter stands."""
    if position.ended:
        name = procedure.root.ends[position.root[1:]].name
        yield Finding(
            "ended",
            None,
            "hard",
            "refused",
            Say(f"这件事已经结束：{name.zh}。", f"The matter has ended: {name.en}."),
            Say(
                "有新情况的，另登记一件，注明和这件有关。",
                "If something is new, enter another matter and link it to this one.",
            ),
        )
        return
    here = listed([procedure.flows[f].stages[s].name for f, s in position.stages.items()])
    can = listed(list({o.act.name: o.act.title for o in now}.values()))
    yield Finding(
        "not_here",
        None,
        "hard",
        "refused",
        Say(
            f"这件事现在在“{here.zh}”，还不到这一步。", f"The matter is at: {here.en}; this step is not due."
        ),
        Say(f"现在可以办：{can.zh}。", f"What can be done now: {can.en}."),
    )


def wrong_decider(procedure: Procedure, who: tuple[str, ...], facts: Facts) -> Iterator[Finding]:
    """Gates judge the decider: the post or body that decided must be one the stage names (D23 to D25, D30)."""
    roles = [procedure.roles[name] for name in who]
    if any(r.anyone for r in roles):
        return
    decider = facts.act.decider if facts.act else None
    if decider is None:
        yield _missing("decider", code="decider_missing")
        return
    level = facts.matter.level if facts.matter else facts.unit.level
    fitting = [r for r in roles if _fits(r, decider, level)]
    clause = next((c for r in roles for c in r.cites), None)
    if not fitting:
        yield _not_fit(procedure, roles, level, clause)
    elif all(_yields(r, decider, level, facts) for r in fitting):
        yield _steps_back(procedure, fitting[0].posts[level][1], clause)


def _fits(role: Role, decider: Decider, level: str) -> bool:
    if decider.body is not None or role.bodies:
        return decider.body in role.bodies
    if role.same_level and decider.level != level:
        return False
    return decider.post in role.posts.get(decider.level, ())


def _yields(role: Role, decider: Decider, level: str, facts: Facts) -> bool:
    """The first of several conveners is a party to the dispute; a level with one convener has nobody to yield to."""
    posts = role.posts.get(level, ())
    asked = facts.value("convener_is_party") or (facts.matter is not None and facts.matter.convener_is_party)
    return role.yields and bool(asked) and len(posts) > 1 and decider.post == posts[0]


def _not_fit(procedure: Procedure, roles: list[Role], level: str, clause: Clause | None) -> Finding:
    names = listed([_who(procedure, r, level) for r in roles])
    return Finding(
        "wrong_decider",
        None,
        "hard",
        "refused",
        Say(f"这一步由{names.zh}决定。", f"This step is decided by: {names.en}."),
        Say(
            "请填实际作决定的人或组织；经办人只是代为登记。",
            "Enter who really decided; a clerk only types it in.",
        ),
        clause,
        field="decider",
    )


def _who(procedure: Procedure, role: Role, level: str) -> Say:
    posts = [procedure.posts[p] for p in role.posts.get(level, ())]
    if not posts or (len(posts) == 1 and posts[0].zh == role.name.zh):
        return role.name
    inside = listed(posts)
    return Say(f"{role.name.zh}（{inside.zh}）", f"{role.name.en} ({inside.en})")


def _steps_back(procedure: Procedure, second: str, clause: Clause | None) -> Finding:
    name = procedure.posts[second]
    return Finding(
        "yields",
        None,
        "hard",
        "refused",
        Say(
            "第一召集人是当事一方，这件事要回避。",
            "The first convener is a party to the dispute and steps back.",
        ),
        Say(f"请由第二召集人（{name.zh}）来定。", f"Let the second convener ({name.en}) decide."),
        clause,
        field="decider",
    )


def of_route(choice: Choice) -> Iterator[Finding]:
    """Why a route could not choose."""
    if isinstance(choice, Unknown):
        yield from (_missing(name) for name in choice.fields)
    elif isinstance(choice, Refused):
        yield Finding("route", None, "hard", "refused", choice.say, choice.satisfy, choice.clause)
    else:
        assert isinstance(choice, Go)


def of_gate(gate: GateUse, answer: Answer, facts: Facts, reason: str) -> Iterator[Finding]:
    """A gate that is not held: refused, a reason asked for or given, or only shown."""
    if gate.level == "soft" and reason.strip():
        yield _noted(
            gate, "reason_given", facts, _words(gate, answer), Say("已写明理由。", "A reason is written.")
        )
    elif gate.level == "info":
        yield _noted(gate, "noted", facts, _words(gate, answer), NOTHING)
    elif gate.level == "soft":
        yield _reason_needed(gate, answer, facts)
    elif isinstance(answer, Unknown):
        yield from (_missing(name, gate=gate, clause=clause_for(gate, facts)) for name in answer.fields)
    elif isinstance(answer, Refused):
        clause = answer.clause or clause_for(gate, facts)
        yield Finding(
            "gate", gate.id, "hard", "refused", gate.say or answer.say, answer.satisfy, clause, gate.override
        )


def overridden(gate: GateUse, facts: Facts) -> Iterator[Finding]:
    words = Say("已由有权的组织书面同意越过这一关。", "Passed by an override on paper.")
    yield _noted(gate, "overridden", facts, words, NOTHING)


def unfinished(flow: Flow, stage: Stage, reason: str) -> Iterator[Finding]:
    """A hearing, a coordination or a round was begun and is left before it is over: it ends here, with a reason."""
    name, at = flow.name, stage.name
    say = Say(f"“{name.zh}”还没有办完，现在在“{at.zh}”。", f"Not finished: {name.en}, now at: {at.en}.")
    if reason.strip():
        yield Finding(
            "reason_given", flow.id, "soft", "noted", say, Say("已写明理由。", "A reason is written.")
        )
        return
    satisfy = Say(
        "先把它办完；不再办的，写一句为什么，记录里写明没有办完。",
        "Finish it first; or write why it is given up, and the record will say that it was not finished.",
    )
    yield Finding("reason_needed", flow.id, "soft", "refused", say, satisfy)


def clause_for(gate: GateUse, facts: Facts) -> Clause | None:
    """The first of the gate's clauses that speaks about this kind of unit."""
    return next((c for c in gate.cites if not c.kinds or facts.unit.kind in c.kinds), None)


def _words(gate: GateUse, answer: Answer) -> Say:
    if isinstance(answer, Refused):
        return gate.say or answer.say
    assert isinstance(answer, Unknown)
    names = listed([field_name(n) for n in answer.fields])
    return Say(f"还没有填：{names.zh}。", f"Not filled yet: {names.en}.")


def _noted(gate: GateUse, code: str, facts: Facts, say: Say, satisfy: Say) -> Finding:
    return Finding(code, gate.id, gate.level, "noted", say, satisfy, clause_for(gate, facts), gate.override)


def _reason_needed(gate: GateUse, answer: Answer, facts: Facts) -> Finding:
    unknown = isinstance(answer, Unknown)
    satisfy = Say("补上，或者写一句理由。", "Fill it in, or write a reason.")
    if isinstance(answer, Refused):
        satisfy = answer.satisfy + Say("也可以写明理由照办。", "Or go on with a written reason.")
    return Finding(
        "reason_needed",
        gate.id,
        "soft",
        "unknown" if unknown else "refused",
        _words(gate, answer),
        satisfy,
        (answer.clause if isinstance(answer, Refused) else None) or clause_for(gate, facts),
        gate.override,
        answer.fields[0] if isinstance(answer, Unknown) else None,
    )


def _missing(
    name: str, *, code: str = "unknown", gate: GateUse | None = None, clause: Clause | None = None
) -> Finding:
    asked = field_name(name)
    return Finding(
        code,
        gate.id if gate else None,
        "hard",
        "unknown",
        Say(f"还没有填：{asked.zh}。", f"Not filled yet: {asked.en}."),
        Say(f"请填上{asked.zh}。", f"Fill in {asked.en}."),
        clause,
        gate.override if gate else None,
        name,
    )
