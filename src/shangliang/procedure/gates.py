"""Gates on screening, door talks, study, approval and meetings.

Sources: D30 to D44 are clauses of the Dongning text; the gates themselves name no place.
"""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Decider, Facts, PartyFacts, RoundFacts, RulingFacts
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
_SECRETARY = Decider("u1", "village", post="party_secretary")
_PARTY = Decider("u1", "village", body="party", paper="支委会记录2026-3", present=5)


@gate(
    "focus_named",
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


@gate("answered_all", examples=(holds(case(data=_CLEAR)), refuses(case(data={**_CLEAR, "unfair": None}))))
def answered_all(facts: Facts, params: Params) -> Answer:
    """Each of the four reasons not to discuss (四不议) was judged, yes or no; nothing is passed over in silence."""
    open_questions = missing(facts, *FOUR_QUESTIONS)
    return Unknown(open_questions) if open_questions else HELD


@gate(
    "touches_answered",
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


@gate(
    "department_invited",
    needs=("meeting",),
    examples=(
        holds(case("table", matter={"department": "水务站"}, meeting={"invited": frozenset({"水务站"})})),
        holds(case("table", matter={"department": None}, meeting={})),
        refuses(case("table", matter={"department": "水务站"}, meeting={})),
    ),
)
def department_invited(facts: Facts, params: Params) -> Answer:
    """The department the matter concerns is among those invited."""
    department = facts.matter.department if facts.matter else None
    if not department or (facts.meeting and department in facts.meeting.invited):
        return HELD
    return refused(
        f"涉事部门“{department}”还不在邀请名单里。",
        f"The department concerned, {department}, is not among those invited.",
        "把它加进邀请名单，或者写一句为什么不请。",
        "Add it to the invitations, or write why it is not asked.",
    )


@gate(
    "convener_post",
    needs=("meeting",),
    params={"level": str, "posts": list},
    examples=(
        holds(case("take_up", meeting={"convener": _SECRETARY}), level="village", posts=["party_secretary"]),
        refuses(
            case("take_up", kind="town", meeting={"convener": _SECRETARY}),
            level="town",
            posts=["deputy_party_secretary"],
        ),
        refuses(
            case("take_up", matter={"convener_is_party": True}, meeting={"convener": _SECRETARY}),
            level="village",
            posts=["party_secretary", "cppcc_member"],
        ),
    ),
)
def convener_post(facts: Facts, params: Params) -> Answer:
    """The meeting was convened by a post the rule names, at the rule's level; ``posts`` in their order.

    Acting posts count. The first convener yields to the second when he is a party to the dispute.
    """
    meeting, matter, posts = facts.meeting, facts.matter, params["posts"]
    if matter is None or matter.level != params["level"]:
        return HELD
    if meeting is None or meeting.convener is None:
        return Unknown(("convener",))
    if meeting.convener.post not in posts or meeting.convener.level != params["level"]:
        return refused(
            "召集人的职务不对。",
            "The meeting was convened by the wrong post.",
            "请由规程写明的召集人召集；已经开过的，如实登记是谁召集的。",
            "Let the convener named by the rule call the meeting; if it was held, enter who really called it.",
        )
    if matter.convener_is_party and meeting.convener.post == posts[0] and len(posts) > 1:
        return refused(
            "第一召集人是当事一方，这件事要回避。",
            "The first convener is a party to the dispute and steps back.",
            "请由第二召集人召集。",
            "Let the second convener call the meeting.",
        )
    return HELD


@gate(
    "approved",
    needs=("rulings",),
    params={"after": str},
    examples=(
        holds(
            case("take_up", rulings=(RulingFacts("approval", "party", "u1", date(2026, 4, 20), True),)),
            after="D-4",
        ),
        refuses(case("take_up", rulings=()), after="D-4"),
        refuses(
            case("take_up", rulings=(RulingFacts("approval", "party", "u1", date(2026, 4, 20), False),)),
            after="D-4",
        ),
    ),
)
def approved(facts: Facts, params: Params) -> Answer:
    """The latest approval of the matter says yes. ``after`` names the stage where approval is given."""
    approvals = [r for r in facts.rulings or () if r.kind == "approval"]
    if approvals and approvals[-1].passed:
        return HELD
    return refused(
        "议题还没有经过党组织审定。",
        "The party organisation has not approved the matter.",
        "先登记审定结论，再上会。",
        "Register the approval first, then take the matter up.",
    )


@gate(
    "meeting_stands",
    needs=("meeting",),
    examples=(
        holds(case("take_up", meeting={})),
        refuses(case("take_up", meeting={"state": "called_off"})),
        refuses(case("take_up", meeting={"held_on": date(2026, 5, 20)})),
    ),
)
def meeting_stands(facts: Facts, params: Params) -> Answer:
    """The meeting was not called off, and its day is not later than what is said to have happened there."""
    meeting = facts.meeting
    if meeting is None or facts.act is None:
        return Unknown(("meeting",))
    if meeting.state == "called_off":
        return refused(
            "这次会已经取消了。", "This meeting was called off.", "换一次会。", "Choose another meeting."
        )
    if meeting.held_on > facts.act.happened_on:
        day = Say(f"{meeting.held_on.month}月{meeting.held_on.day}日", meeting.held_on.isoformat())
        return refused(
            f"这次会定在{day.zh}，还没有开。",
            f"The meeting is on {day.en} and has not been held.",
            f"{day.zh}开过以后再登记。",
            "Enter it when the meeting has been held.",
        )
    return HELD


@gate(
    "no_round_open",
    needs=("rounds",),
    examples=(
        holds(case("take_up", rounds=(RoundFacts(1, "g0", date(2026, 4, 20), "again"),))),
        refuses(case("take_up", rounds=(RoundFacts(1, "g0", date(2026, 4, 20)),))),
    ),
)
def no_round_open(facts: Facts, params: Params) -> Answer:
    """The last deliberation has its result before the next begins."""
    if not facts.rounds or facts.rounds[-1].outcome is not None:
        return HELD
    return refused(
        "上一轮还没有记下结果。",
        "The last deliberation has no result yet.",
        "先记下上一轮的结果。",
        "Enter the result of the last deliberation first.",
    )


@gate(
    "round_open",
    needs=("rounds",),
    examples=(
        holds(case("conclude", rounds=(RoundFacts(1, "g1", date(2026, 5, 3)),))),
        refuses(case("conclude", rounds=())),
        refuses(case("conclude", rounds=(RoundFacts(1, "g1", date(2026, 5, 3), "again"),))),
    ),
)
def round_open(facts: Facts, params: Params) -> Answer:
    """A result is recorded only for a deliberation that was taken up: a meeting without one counts for nothing."""
    if facts.rounds and facts.rounds[-1].outcome is None:
        return HELD
    return refused(
        "这件事还没有在会上议起来。",
        "The matter has not been taken up at a meeting.",
        "先登记会上议了这件事，再记结果。",
        "First enter that the meeting took it up, then the result.",
    )


@gate(
    "result_registered",
    examples=(
        holds(case("close", {"result": "solved", "note": "沟渠已修通"})),
        refuses(case("close", {"result": "solved", "note": ""})),
        refuses(case("close", {"result": None, "note": "沟渠已修通"})),
    ),
)
def result_registered(facts: Facts, params: Params) -> Answer:
    """How the matter ended is written down: solved, partly or unsolved, with a sentence."""
    left = missing(facts, "result", "note")
    return Unknown(left) if left else HELD


@gate(
    "reply_complete",
    examples=(
        holds(case("reply", {"text": "这是两家之间的事", "redirect": "村调解委员会"})),
        refuses(case("reply", {"text": "不议", "redirect": ""})),
    ),
)
def reply_complete(facts: Facts, params: Params) -> Answer:
    """A matter that is not discussed is answered with the reason and with where it can go."""
    left = missing(facts, "text", "redirect")
    return Unknown(left) if left else HELD
