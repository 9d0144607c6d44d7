"""Gates on a session: whom it invites, who convenes it, what may be taken up and concluded there."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Decider, Facts, RoundFacts, RulingFacts
from shangliang.procedure.say import Say, day
from shangliang.procedure.vocabulary import HELD, Answer, Params, Unknown, gate, refused

_SECRETARY = Decider("u1", "village", post="party_secretary")


@gate(
    "department_invited",
    title=Say("邀请了涉事部门", "the department concerned is invited"),
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
    title=Say("由规定的召集人召集", "convened by the post the rule names"),
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
    title=Say("经党组织审定", "approved by the party organisation"),
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


_REPORT = RulingFacts("report", "party", "u1", date(2026, 4, 20), sent_to="t1")
_RETURN = RulingFacts("return", "party", "t1", date(2026, 4, 25), True)
_TOWN = Decider("t1", "town", body="party")


@gate(
    "answers_report",
    title=Say("上报过，由收到的单位答复", "it was sent up, and whoever received it answers"),
    needs=("rulings",),
    examples=(
        holds(case("record_return", decider=_TOWN, rulings=(_REPORT,))),
        refuses(case("record_return", decider=_TOWN, rulings=())),
        refuses(case("record_return", decider=_TOWN, rulings=(_REPORT, _RETURN))),
        refuses(
            case("record_return", decider=Decider("u1", "village", body="party"), rulings=(_REPORT,)),
        ),
    ),
)
def answers_report(facts: Facts, params: Params) -> Answer:
    """What comes back answers a report that was sent and has no answer yet; it is decided by the unit it was sent
    to, never by the unit that sent it.
    """
    letters = [r for r in facts.rulings or () if r.kind in ("report", "return")]
    if not letters or letters[-1].kind != "report":
        return refused(
            "还没有上报，谈不上答复。",
            "Nothing has been sent up that could be answered.",
            "先登记上报：报给谁、请上级答复什么。",
            "Enter the report first: to whom, and what is asked.",
        )
    decider = facts.act.decider if facts.act else None
    if decider is None:
        return Unknown(("decider",))
    if facts.matter and decider.unit != facts.matter.unit and letters[-1].sent_to in (None, decider.unit):
        return HELD
    return refused(
        "答复的不是收到上报的单位。",
        "The answer is not from the unit the report was sent to.",
        "请登记收到上报的单位作的决定：哪天、依据哪份文件。",
        "Register what the unit that received it decided: on which day, on which paper.",
    )


@gate(
    "meeting_stands",
    title=Say("会没有取消，已经开过", "the meeting was held"),
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
        on = day(meeting.held_on, facts.act.happened_on)
        return refused(
            f"这次会定在{on.zh}，还没有开。",
            f"The meeting is on {on.en} and has not been held.",
            f"{on.zh}开过以后再登记。",
            "Enter it when the meeting has been held.",
        )
    return HELD


@gate(
    "no_round_open",
    title=Say("上一轮有了结果", "the last deliberation has its result"),
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
    title=Say("会上议过这件事", "the meeting took the matter up"),
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
