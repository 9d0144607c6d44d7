"""Named routes: where a matter goes after an act. Each chooses one of its declared outcomes."""

from __future__ import annotations

from shangliang.procedure.facts import Facts
from shangliang.procedure.gates import FOUR_QUESTIONS
from shangliang.procedure.gates_deciding import meeting_needed
from shangliang.procedure.gates_meeting import AREAS, count_of, resolution_passed
from shangliang.procedure.say import Say, count_zh, plural
from shangliang.procedure.vocabulary import Choice, Go, Unknown, missing, refused, route


@route(
    "four_questions",
    outcomes={
        "refused": Say("不议", "not discussed"),
        "door": Say("先上门", "to the door first"),
        "clear": Say("可以议", "to be discussed"),
    },
)
def four_questions(facts: Facts) -> Choice:
    """Three of the four reasons not to discuss refuse the matter; deep division or a large dispute goes to
    the door first.

    D35 read with D44: a contested topic is not refused outright, it is tabled once the sides agree.
    """
    if any(facts.value(q) is True for q in FOUR_QUESTIONS[:3]):
        return Go("refused")
    left = missing(facts, *FOUR_QUESTIONS, "dispute")
    if left:
        return Unknown(left)
    return Go("door" if facts.value("deep_division") or facts.value("dispute") == "large" else "clear")


@route(
    "door_result",
    outcomes={
        "agreed": Say("谈拢了", "agreed"),
        "failed": Say("谈不成", "failed"),
        "go_on": Say("接着谈", "go on talking"),
    },
    needs=("parties",),
)
def door_result(facts: Facts) -> Choice:
    """What came of the talks at the door; agreed only when every side that was visited agreed.

    Whether all were visited is for the gate ``parties_visited`` to say: what overrides it reaches no further.
    """
    result = facts.value("result")
    if result not in ("agreed", "failed", "go_on"):
        return Unknown(("result",))
    against = sum(p.visited_on is not None and p.agreed is not True for p in facts.parties or ())
    if result != "agreed" or not against:
        return Go(result)
    return refused(
        f"还有{count_zh(against)}方没有同意，不能登记为谈拢。",
        f"{plural(against, 'side')} not agreed; the talks cannot be entered as agreed.",
        "各方都同意了再登记；谈不拢的，选“接着谈”或“谈不成”。",
        "Enter it when all sides agree; otherwise choose to go on, or that the talks failed.",
    )


@route("approval", outcomes={"yes": Say("同意", "approved"), "no": Say("不同意", "not approved")})
def approval(facts: Facts) -> Choice:
    """Whether the party organisation approved the matter for discussion."""
    approved = facts.value("approved")
    return Unknown(("approved",)) if approved is None else Go("yes" if approved else "no")


@route(
    "meeting_outcome",
    outcomes={
        "consensus": Say("达成共识", "agreed"),
        "statutory": Say("须会议决定", "a meeting decides"),
        "again": Say("再议", "discuss again"),
        "divided": Say("分歧较大", "divided"),
        "escalate": Say("上报", "reported upward"),
    },
)
def meeting_outcome(facts: Facts) -> Choice:
    """The result of a deliberation. Consensus on what a statutory meeting must decide goes to that meeting first."""
    outcome = facts.value("outcome")
    if outcome in ("again", "divided", "escalate"):
        return Go(outcome)
    if outcome != "consensus":
        return Unknown(("outcome",))
    return _settled(facts, "consensus")


@route(
    "return_result",
    outcomes={
        "settled": Say("已答复", "settled"),
        "statutory": Say("须会议决定", "a meeting decides"),
        "discuss_again": Say("再议", "discuss again"),
    },
)
def return_result(facts: Facts) -> Choice:
    """What came back from above: settled, or to be discussed again. A statutory meeting still decides what it must."""
    result = facts.value("result")
    if result == "discuss_again":
        return Go(result)
    return _settled(facts, "settled") if result == "settled" else Unknown(("result",))


def _settled(facts: Facts, outcome: str) -> Choice:
    needed = meeting_needed(facts)
    if needed is None:
        return Unknown(("touches",))
    return Go("statutory" if needed and "decided" not in facts.marks else outcome)


@route(
    "resolution_result",
    outcomes={
        "passed": Say("通过", "passed"),
        "again": Say("再议", "discuss again"),
        "failed": Say("未通过", "not passed"),
    },
)
def resolution_result(facts: Facts) -> Choice:
    """Whether the statutory meeting passed it, as its numbers say; if not, whether it is to be discussed again."""
    passed = resolution_passed(facts)
    if passed is None:
        count = count_of(facts)
        return count if isinstance(count, Unknown) else Unknown(missing(facts, *AREAS))
    return Go("passed" if passed else "again" if facts.value("retry") else "failed")


@route(
    "objection_answer",
    outcomes={"answered": Say("已答复", "answered"), "sustained": Say("异议成立", "sustained")},
)
def objection_answer(facts: Facts) -> Choice:
    """Whether the objection holds. One that does leads back to deliberation."""
    sustained = facts.value("sustained")
    return Unknown(("sustained",)) if sustained is None else Go("sustained" if sustained else "answered")


@route(
    "after_period",
    outcomes={"clear": Say("无异议", "no objection"), "objected": Say("有异议", "objections open")},
    needs=("objections",),
)
def after_period(facts: Facts) -> Choice:
    """Whether an objection is still open when the notice comes down."""
    return Go("objected" if any(o.state == "open" for o in facts.objections or ()) else "clear")


@route(
    "objections_settled",
    outcomes={
        "open": Say("还有未答复", "more to answer"),
        "clear": Say("已全部答复", "all answered"),
        "sustained": Say("异议成立", "sustained"),
    },
    needs=("objections",),
)
def objections_settled(facts: Facts) -> Choice:
    """After the period: whether this answer was the last that was owed."""
    sustained = facts.value("sustained")
    if sustained is None:
        return Unknown(("sustained",))
    if sustained:
        return Go("sustained")
    answered = facts.value("objection")
    return Go(
        "open" if any(o.state == "open" and o.id != answered for o in facts.objections or ()) else "clear"
    )


@route("check_result", outcomes={"done": Say("满意", "satisfied"), "more": Say("还要整改", "more to do")})
def check_result(facts: Facts) -> Choice:
    """What those who checked the work found."""
    satisfied = facts.value("satisfied")
    return Unknown(("satisfied",)) if satisfied is None else Go("done" if satisfied else "more")


@route(
    "how_ended",
    outcomes={"refused": Say("不议", "not discussed"), "stopped": Say("终止", "stopped")},
    needs=("rounds",),
)
def how_ended(facts: Facts) -> Choice:
    """Not discussed at all, or stopped after it was discussed."""
    return Go("stopped" if facts.rounds else "refused")


@route(
    "coordination_result",
    outcomes={
        "agreed": Say("达成协议", "agreed"),
        "again": Say("再协调", "again"),
        "differed": Say("谈不拢，记下分歧", "differences written down"),
    },
)
def coordination_result(facts: Facts) -> Choice:
    """What came of bringing the sides together."""
    outcome = facts.value("outcome")
    return Go(outcome) if outcome in ("agreed", "again", "differed") else Unknown(("outcome",))
