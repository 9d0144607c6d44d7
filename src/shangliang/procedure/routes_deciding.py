"""Routes of the systems that propose, discuss and resolve step by step."""

from __future__ import annotations

from shangliang.procedure.facts import Facts
from shangliang.procedure.say import Say
from shangliang.procedure.vocabulary import Choice, Go, Unknown, route


@route(
    "scope_answer",
    outcomes={"in_scope": Say("属于决策范围", "in scope"), "out": Say("不属于", "not in scope")},
)
def scope_answer(facts: Facts) -> Choice:
    """Whether the matter is one that must be decided in this way."""
    answer = facts.value("in_scope")
    return Unknown(("in_scope",)) if answer is None else Go("in_scope" if answer else "out")


@route(
    "body_result",
    outcomes={"agreed": Say("同意", "agreed"), "back": Say("退回", "sent back")},
)
def body_result(facts: Facts) -> Choice:
    """What a body that proposes, discusses or reviews concluded: agreed, or back to the step before."""
    result = facts.value("result")
    return Go(result) if result in ("agreed", "back") else Unknown(("result",))


@route(
    "proposal_result",
    outcomes={
        "agreed": Say("同意", "agreed"),
        "merged": Say("合并商议，同意", "agreed, both at one meeting"),
        "back": Say("退回", "sent back"),
    },
)
def proposal_result(facts: Facts) -> Choice:
    """What came of proposing; where secretary and director are one person, proposing and discussing may be one meeting."""
    result = facts.value("result")
    if result not in ("agreed", "back"):
        return Unknown(("result",))
    return Go("merged" if result == "agreed" and facts.value("merged") else result)


@route(
    "deliberation_result",
    outcomes={
        "agreed": Say("商议一致", "agreed"),
        "again": Say("再商议", "deliberate again"),
        "rewrite": Say("退回改方案", "back to the plan"),
        "stuck": Say("报上级研究", "put to the level above"),
    },
)
def deliberation_result(facts: Facts) -> Choice:
    """What came of deliberating a plan: agreed, once more, back to the plan, or up to the level above.

    The meeting's result is given in the words of every meeting: consensus, again, divided, escalate.
    """
    names = {"consensus": "agreed", "again": "again", "divided": "rewrite", "escalate": "stuck"}
    outcome = facts.value("outcome")
    return Go(names[outcome]) if outcome in names else Unknown(("outcome",))
