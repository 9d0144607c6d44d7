"""Gates on the order of consulting, deciding and carrying out: 先协商后决策、先协商后通过、先协商后实施、边实施边协商."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts, RoundFacts
from shangliang.procedure.facts_consulting import DispatchFacts, TopicFacts
from shangliang.procedure.say import Say, count_zh, plural
from shangliang.procedure.say import day as say_day
from shangliang.procedure.vocabulary import HELD, Answer, Params, act_date, gate, refused

_ROUND = RoundFacts(1, "g1", date(2026, 5, 2), "consensus")


@gate(
    "decided_after",
    title=Say("先报送意见，再决策", "decided after the opinions were sent"),
    needs=("dispatches",),
    params={"kind": str},
    examples=(
        holds(
            case("record_decision", {"on": date(2026, 5, 3)}, dispatches=(DispatchFacts("bulletin", date(2026, 5, 1)),)),
            kind="bulletin",
        ),
        refuses(
            case("record_decision", {"on": date(2026, 4, 28)}, dispatches=(DispatchFacts("bulletin", date(2026, 5, 1)),)),
            kind="bulletin",
        ),
    ),
)  # fmt: skip
def decided_after(facts: Facts, params: Params) -> Answer:
    """The decision is not dated before what had to be sent first (``kind`` bulletin or reference) went out."""
    sent = [d.on for d in facts.dispatches or () if d.kind == params["kind"]]
    decided = _decided_on(facts)
    if not sent or decided >= sent[-1]:
        return HELD
    when = say_day(sent[-1])
    return refused(
        f"决策日期早于协商意见的报送日期（{when.zh}）。",
        f"The decision is dated before the opinions were sent ({when.en}).",
        "核对日期；确实先决策的，写明原因。",
        "Check the dates; if it was really decided before, write why.",
    )


def _decided_on(facts: Facts) -> date:
    """The day of the decision, where the act names one; else the day on which it was registered."""
    return act_date(facts, "on") or facts.today


@gate(
    "consulted_before",
    title=Say("先协商", "consulted first"),
    needs=("rounds",),
    params={"rounds": int},
    examples=(
        holds(case("record_decision", rounds=(_ROUND,)), rounds=1),
        refuses(case("record_decision", rounds=()), rounds=1),
        refuses(case("record_decision", rounds=(RoundFacts(1, "g1", date(2026, 5, 2)),)), rounds=1),
    ),
)
def consulted_before(facts: Facts, params: Params) -> Answer:
    """At least so many ``rounds`` were closed with a result before anybody decides (先协商后决策)."""
    closed = sum(r.outcome is not None and not r.during for r in facts.rounds or ())
    if closed >= params["rounds"]:
        return HELD
    return refused(
        "还没有协商出结果，不能决策、通过。",
        "The consultation has no result yet; nothing can be decided or adopted.",
        "先协商，登记结果，再决策。",
        "Consult first and register the result, then decide.",
    )


@gate(
    "decided_after_round",
    title=Say("决定在协商之后", "decided after the consultation"),
    needs=("rounds",),
    examples=(
        holds(case("record_decision", {"on": date(2026, 5, 3)}, rounds=(_ROUND,))),
        refuses(case("record_decision", {"on": date(2026, 5, 1)}, rounds=(_ROUND,))),
    ),
)
def decided_after_round(facts: Facts, params: Params) -> Answer:
    """The decision is not dated before the last round of consultation (先协商后通过)."""
    decided = _decided_on(facts)
    held = [r.on for r in facts.rounds or ()]
    if not held or decided >= held[-1]:
        return HELD
    when = say_day(held[-1])
    return refused(
        f"决定的日期早于最后一次协商（{when.zh}）。",
        f"The decision is dated before the last consultation ({when.en}).",
        "先协商后通过：核对日期；确实先定了的，回到协商。",
        "Consult before adopting: check the date, or go back to the table.",
    )


@gate(
    "decision_made",
    title=Say("有了决定才实施", "decided before it is carried out"),
    examples=(
        holds(case("set_tasks", marks=frozenset({"consulted", "decided"}))),
        refuses(case("set_tasks", marks=frozenset({"consulted"}))),
    ),
)
def decision_made(facts: Facts, params: Params) -> Answer:
    """A decision is registered before the work begins (先协商后实施)."""
    if {"consulted", "decided"} <= facts.marks:
        return HELD
    return refused(
        "还没有协商并决定，不能实施。",
        "It has not been consulted and decided; the work cannot begin.",
        "先登记决定。",
        "Register the decision first.",
    )


@gate(
    "consulted_during",
    title=Say("实施中也协商", "consulted while carrying out"),
    needs=("topic", "rounds"),
    params={"rounds": int},
    examples=(
        holds(case("check_work", topic=TopicFacts(), rounds=()), rounds=1),
        holds(
            case("check_work", topic=TopicFacts(major=True), rounds=(RoundFacts(2, "g2", date(2026, 6, 1), "consensus", during=True),)),
            rounds=1,
        ),
        refuses(case("check_work", topic=TopicFacts(major=True), rounds=(_ROUND,)), rounds=1),
    ),
)  # fmt: skip
def consulted_during(facts: Facts, params: Params) -> Answer:
    """A major public affair is consulted while it is carried out as well: at least so many ``rounds`` (边实施边协商)."""
    if not (facts.topic or TopicFacts()).major:
        return HELD
    if sum(r.during for r in facts.rounds or ()) >= params["rounds"]:
        return HELD
    return refused(
        "重大公共事务在实施中也要协商，还没有协商过。",
        "A major public affair is consulted while it is carried out; that has not happened.",
        "开一次实施中的协商；不开的，写明原因。",
        "Hold a round during the work, or write why not.",
    )


@gate(
    "rounds_left",
    title=Say("轮次不多", "not many rounds yet"),
    needs=("rounds",),
    params={"rounds": int},
    examples=(
        holds(case("conclude", rounds=(_ROUND,)), rounds=3),
        refuses(case("conclude", rounds=(_ROUND, _ROUND, _ROUND)), rounds=3),
    ),
)
def rounds_left(facts: Facts, params: Params) -> Answer:
    """After so many ``rounds`` without agreement it may be submitted for reference: a hint, never a bar."""
    held = len(facts.rounds or ())
    if held < params["rounds"]:
        return HELD
    return refused(
        f"已经议了{count_zh(held)}轮，还没有达成共识。",
        f"{plural(held, 'round')} held without agreement.",
        "可以接着议，也可以提交决策参考。",
        "It may be discussed again, or submitted for reference.",
    )
