"""Gates on screening, door talks, study and approval.

Sources: D30 to D44 are clauses of the Dongning text; the gates themselves name no place.
"""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Decider, Facts, PartyFacts
from shangliang.procedure.say import Say, count_zh, plural
from shangliang.procedure.vocabulary import (
    HELD,
    Answer,
    Params,
    Refused,
    Unknown,
    brings,
    filled,
    gate,
    missing,
    refused,
)

FOUR_QUESTIONS = ("against_policy", "private_dispute", "unfair", "deep_division")
_CLEAR = dict.fromkeys(FOUR_QUESTIONS, False)
_VISITED = PartyFacts("a", visited_on=date(2026, 4, 10), agreed=True)
_PARTY = Decider("u1", "village", body="party", paper="支委会记录2026-3", present=5)


@gate(
    "focus_named",
    title=Say("归入三议，或写明理由", "one of the three, or a reason"),
    examples=(
        holds(case(data={"discuss": "livelihood"})),
        holds(case(data={"discuss": None, "private_dispute": True})),
        refuses(case(data={"discuss": None, **_CLEAR})),
    ),
)
def focus_named(facts: Facts, params: Params) -> Answer:
    """The matter is one of the three things discussed first (三议), or the reason why it is taken up is
    written.

    The three mark a focus, not a closed list: a matter outside them may be discussed with a reason. A
    matter that is not to be discussed at all needs none.
    """
    if filled(facts.value("discuss")) or filled(facts.value("other_reason")):
        return HELD
    if any(facts.value(q) for q in FOUR_QUESTIONS):
        return HELD
    if not brings(facts, "discuss"):
        return Unknown(("discuss",))
    return refused(
        "这件事不在“三议”之列。",
        "The matter is none of the three things to be discussed first.",
        "选一类，或者写一句为什么也要议。",
        "Choose one of the three, or write why it is discussed all the same.",
    )


@gate(
    "answered_all",
    title=Say("四不议逐项判断", "each of the four questions judged"),
    examples=(holds(case(data=_CLEAR)), refuses(case(data={**_CLEAR, "unfair": None}))),
)
def answered_all(facts: Facts, params: Params) -> Answer:
    """Each of the four reasons not to discuss (四不议) was judged, yes or no; nothing is passed over in silence."""
    open_questions = missing(facts, *FOUR_QUESTIONS)
    return Unknown(open_questions) if open_questions else HELD


@gate(
    "touches_answered",
    title=Say("问明是否涉及法定会议决定的事项", "asked whether a statutory meeting must decide"),
    examples=(
        holds(case(data={**_CLEAR, "touches": []})),
        holds(case(data={"unfair": True})),
        refuses(case(data=_CLEAR)),
    ),
)
def touches_answered(facts: Facts, params: Params) -> Answer:
    """It was asked whether the matter touches what a statutory meeting must decide; "none of them" is an
    answer.

    A matter that is refused need not be asked.
    """
    if any(facts.value(q) for q in FOUR_QUESTIONS[:3]):
        return HELD
    return Unknown(missing(facts, "touches")) if missing(facts, "touches") else HELD


@gate(
    "parties_visited",
    title=Say("各利益方都上门谈过", "every side visited"),
    needs=("parties",),
    examples=(
        holds(case("settle_door", parties=(_VISITED, PartyFacts("b", visited_on=date(2026, 4, 11))))),
        refuses(case("settle_door", parties=(_VISITED, PartyFacts("b")))),
        refuses(case("settle_door", parties=())),
    ),
)
def parties_visited(facts: Facts, params: Params) -> Answer:
    """Every side of the dispute was visited, each on its own.

    A party is a side with a representative, not every household.
    """
    parties = facts.parties or ()
    if not parties:
        return refused(
            "还没有登记利益方。",
            "No side of the dispute is entered yet.",
            "先登记有哪几方、各由谁代表，再上门谈。",
            "Enter the sides and who speaks for each, then call on them.",
        )
    left = sum(p.visited_on is None for p in parties)
    return _not_visited(left) if left else HELD


def _not_visited(left: int) -> Refused:
    return refused(
        f"还差{count_zh(left)}方没有上门谈。",
        f"{plural(left, 'side')} not visited yet.",
        "记下上门日期和结果，就能接着办。",
        "Enter the date and result of the visit, and the matter goes on.",
    )


@gate(
    "parties_agreed",
    title=Say("各利益方都同意了", "every side agreed"),
    needs=("parties",),
    examples=(
        holds(case("take_up", parties=(_VISITED,))),
        refuses(
            case("take_up", parties=(_VISITED, PartyFacts("b", date(2026, 4, 11), True), PartyFacts("c")))
        ),
        refuses(case("take_up", parties=(_VISITED, PartyFacts("b", date(2026, 4, 11), False)))),
    ),
)
def parties_agreed(facts: Facts, params: Params) -> Answer:
    """All sides were visited and agreed before a large dispute comes to the table (先沟通，达成共识后再提交协商)."""
    seen = parties_visited(facts, params)
    if seen is not HELD:
        return seen
    against = sum(p.agreed is not True for p in facts.parties or ())
    if not against:
        return HELD
    return refused(
        f"还有{count_zh(against)}方没有谈拢（纠纷较大的，先沟通、达成共识后再提交协商）。",
        f"{plural(against, 'side')} not agreed yet; a large dispute is settled at the door before it is tabled.",
        "接着上门谈，各方都同意了再上会。",
        "Go on talking at the door; table the matter when all sides agree.",
    )


@gate(
    "study_noted",
    title=Say("有研究意见", "a study is written"),
    examples=(
        holds(case("study", {"note": "已到现场看过，排水沟堵塞"})),
        refuses(case("study", {"note": ""})),
    ),
)
def study_noted(facts: Facts, params: Params) -> Answer:
    """The council's study is written down before the matter goes to the party organisation."""
    return Unknown(("note",)) if missing(facts, "note") else HELD


@gate(
    "same_unit_party",
    title=Say("同级党组织开会审定", "approved by the unit's own party organisation"),
    examples=(
        holds(case("approve", decider=_PARTY)),
        refuses(case("approve", decider=Decider("u9", "town", body="party", paper="会议记录"))),
        refuses(case("approve", decider=Decider("u1", "village", body="party"))),
    ),
)
def same_unit_party(facts: Facts, params: Params) -> Answer:
    """The party organisation of the same unit approved the matter, at a meeting with a date and a paper.

    Approval is the registered conclusion of that meeting, not a click.
    """
    decider = facts.act.decider if facts.act else None
    if decider is None or facts.matter is None:
        return Unknown(("decider",))
    if decider.body != "party" or decider.unit != facts.matter.unit:
        return refused(
            "审定的不是本单位的党组织。",
            "The approval is not by the party organisation of this unit.",
            "请登记同级党组织会议的审定结论：哪天、几人到会、结论。",
            "Register the conclusion of the party organisation at the same level: date, number present, result.",
        )
    paper = decider.paper or facts.value("paper")
    return HELD if filled(paper) else Unknown(("paper",))
