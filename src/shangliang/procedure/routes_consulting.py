"""Routes and conditions of consultation under a CPPCC room."""

from __future__ import annotations

from shangliang.procedure.facts import Facts
from shangliang.procedure.gates_deciding import meeting_needed
from shangliang.procedure.say import Say
from shangliang.procedure.vocabulary import Choice, Go, Unknown, condition, refused, route

_CONSENSUS = Say("达成共识", "agreed")
_AGAIN = Say("未达成共识，接着议", "not agreed yet")
_HARD = Say("难以达成共识", "hard to agree")
_STATUTORY = Say("须会议决定", "a meeting decides")


def _outcome(facts: Facts) -> Choice:
    outcome = facts.value("outcome")
    if outcome in ("consensus", "again", "escalate"):
        return Go(outcome)
    if not outcome:
        return Unknown(("outcome",))
    return refused(
        "这个规程没有这种协商结果。",
        "This procedure knows no such result.",
        "从达成、未达成、难以达成共识里选。",
        "Choose agreed, not agreed yet, or hard to agree.",
    )


@route("round_result", outcomes={"consensus": _CONSENSUS, "again": _AGAIN, "escalate": _HARD})
def round_result(facts: Facts) -> Choice:
    """The result of a round that advises: agreed, to be discussed again, or hard to agree and passed on."""
    return _outcome(facts)


@route(
    "round_or_meeting",
    outcomes={"consensus": _CONSENSUS, "statutory": _STATUTORY, "again": _AGAIN, "escalate": _HARD},
    needs=("topic",),
)
def round_or_meeting(facts: Facts) -> Choice:
    """The result of a round. Agreement on what a statutory meeting must decide, or on what was to be discussed by the
    representatives' meeting itself, goes to that meeting."""
    choice = _outcome(facts)
    if not (isinstance(choice, Go) and choice.outcome == "consensus"):
        return choice
    needed = _meeting(facts)
    if needed is None:
        return Unknown(("touches",))
    return Go("statutory" if needed else "consensus")


def _meeting(facts: Facts) -> bool | None:
    if "decided" in facts.marks:
        return False
    carried = facts.topic is not None and facts.topic.carrier == "representatives"
    return True if carried else meeting_needed(facts)


@route(
    "decision_way",
    outcomes={"plain": Say("由承办方决策", "decided here"), "statutory": _STATUTORY},
    needs=("topic",),
)
def decision_way(facts: Facts) -> Choice:
    """Who decides what could not be agreed: the meeting the law names, or the carrier of the consultation."""
    needed = _meeting(facts)
    return Unknown(("touches",)) if needed is None else Go("statutory" if needed else "plain")


@route(
    "next_round",
    outcomes={
        "study": Say("再调研", "study again"),
        "meet": Say("再协商", "meet again"),
        "reference": Say("提交决策参考", "submit for reference"),
    },
)
def next_round(facts: Facts) -> Choice:
    """How it goes on after a round without agreement."""
    then = facts.value("then")
    return Go(then) if then in ("study", "meet", "reference") else Unknown(("then",))


@route("policy_result", outcomes={"passed": Say("一致", "agrees"), "failed": Say("不一致", "does not agree")})
def policy_result(facts: Facts) -> Choice:
    """Whether the result agrees with policy and law."""
    passed = facts.value("passed")
    return Unknown(("passed",)) if passed is None else Go("passed" if passed else "failed")


@route(
    "meeting_form",
    outcomes={"session": Say("开会协商", "in session"), "written": Say("书面协商", "in writing")},
    needs=("meeting",),
)
def meeting_form(facts: Facts) -> Choice:
    """Whether people meet, or answer in writing by a day."""
    if facts.meeting is None:
        return Unknown(("meeting",))
    return Go("written" if facts.meeting.form == "written" else "session")


@route(
    "decision_result",
    outcomes={
        "yes": Say("同意", "yes"),
        "back": Say("退回再议", "back to the table"),
        "no": Say("不同意", "no"),
    },
)
def decision_result(facts: Facts) -> Choice:
    """What was decided."""
    decision = facts.value("decision")
    return Go(decision) if decision in ("yes", "back", "no") else Unknown(("decision",))


@condition("met_in_session", needs=("rounds",), fields=("rounds",))
def met_in_session(facts: Facts) -> bool | None:
    """Some round was held in session, not in writing."""
    return None if facts.rounds is None else any(r.form != "written" for r in facts.rounds)


@condition("replied_in_writing", needs=("rounds",), fields=("rounds",))
def replied_in_writing(facts: Facts) -> bool | None:
    """Some round was a written consultation."""
    return None if facts.rounds is None else any(r.form == "written" for r in facts.rounds)


def _sent(facts: Facts, kind: str) -> bool | None:
    return None if facts.dispatches is None else any(d.kind == kind for d in facts.dispatches)


@condition("reference_sent", needs=("dispatches",), fields=("dispatches",))
def reference_sent(facts: Facts) -> bool | None:
    """The matter was submitted for reference."""
    return _sent(facts, "reference")


@condition("feedback_given", needs=("dispatches",), fields=("dispatches",))
def feedback_given(facts: Facts) -> bool | None:
    """Feedback was given, not exempted."""
    return _sent(facts, "feedback")


@condition("feedback_exempted", needs=("dispatches",), fields=("dispatches",))
def feedback_exempted(facts: Facts) -> bool | None:
    """Feedback was exempted, with ground and approver."""
    return _sent(facts, "exemption")


@condition("implemented")
def implemented(facts: Facts) -> bool | None:
    """It was carried out."""
    return "implemented" in facts.marks


@condition("personnel", needs=("topic",), fields=("topic",))
def personnel(facts: Facts) -> bool | None:
    """The matter is about persons: number and date only, the papers are kept elsewhere."""
    return None if facts.topic is None else facts.topic.personnel


@condition("not_personnel", needs=("topic",), fields=("topic",))
def not_personnel(facts: Facts) -> bool | None:
    """The matter is not about persons."""
    return None if facts.topic is None else not facts.topic.personnel


@condition("study_written", needs=("rulings",), fields=("rulings",))
def study_written(facts: Facts) -> bool | None:
    """A report of a special study was handed in."""
    return None if facts.rulings is None else any(r.kind == "field_study" for r in facts.rulings)


@condition("statutory_needed", needs=("rulings",), fields=("rulings",))
def statutory_needed(facts: Facts) -> bool | None:
    """A statutory meeting has resolved on the matter."""
    return None if facts.rulings is None else any(r.kind == "resolution" for r in facts.rulings)


@condition("decided_here", needs=("rulings",), fields=("rulings",))
def decided_here(facts: Facts) -> bool | None:
    """A decision of the carrier, of party or government is registered."""
    return None if facts.rulings is None else any(r.kind == "decision" for r in facts.rulings)


@condition("inspected", needs=("topic",), fields=("topic",))
def inspected(facts: Facts) -> bool | None:
    """The matter was picked for inspection."""
    return None if facts.topic is None else facts.topic.picked
