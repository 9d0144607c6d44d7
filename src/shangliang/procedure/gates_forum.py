"""Gates on hearings, coordination and appraisal (三会), and on bodies that discuss or review before a resolution.

The numbers of days are parameters: no statute sets them, so a procedure marks them as defaults until a county confirms.
"""

from __future__ import annotations

from datetime import date

from shangliang.procedure.calendar import days
from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts, ForumFacts, PublicationFacts
from shangliang.procedure.say import Say, day, plural
from shangliang.procedure.vocabulary import (
    HELD,
    Answer,
    Params,
    Unknown,
    act_number,
    filled,
    gate,
    missing,
    refused,
)

_HEARING = ForumFacts("hearing", announced_on=date(2026, 4, 20), papers_on=date(2026, 4, 25))


def forum(facts: Facts, kind: str) -> ForumFacts | None:
    """The latest hearing, coordination or appraisal of the matter."""
    return next((f for f in reversed(facts.forums or ()) if f.kind == kind), None)


@gate(
    "hearing_announced",
    title=Say("提前公告听证", "the hearing was announced ahead"),
    needs=("forums",),
    params={"days": int},
    examples=(
        holds(case("hold_hearing", forums=(_HEARING,)), days=10),
        refuses(case("hold_hearing", on=date(2026, 4, 29), forums=(_HEARING,)), days=10),
    ),
)
def hearing_announced(facts: Facts, params: Params) -> Answer:
    """The hearing was announced ``days`` days before; the day of the announcement is not counted."""
    found = forum(facts, "hearing")
    sent = found.announced_on if found else None
    return _ahead(facts, sent, params["days"], Say("公告", "the announcement"), "announced_on")


@gate(
    "papers_sent_ahead",
    title=Say("提前送达材料", "papers sent ahead"),
    needs=("forums",),
    params={"days": int},
    examples=(
        holds(case("hold_hearing", forums=(_HEARING,)), days=7),
        refuses(case("hold_hearing", on=date(2026, 4, 29), forums=(_HEARING,)), days=7),
    ),
)
def papers_sent_ahead(facts: Facts, params: Params) -> Answer:
    """Those who are heard had the papers ``days`` days before."""
    found = forum(facts, "hearing")
    sent = found.papers_on if found else None
    return _ahead(facts, sent, params["days"], Say("送材料", "sending the papers"), "papers_on")


def _ahead(facts: Facts, sent: date | None, least: int, what: Say, field: str) -> Answer:
    if sent is None or facts.act is None:
        return Unknown((field,))
    ahead = days(sent, facts.act.happened_on)
    if ahead >= least:
        return HELD
    first = day(date.fromordinal(sent.toordinal() + least), facts.today)
    return refused(
        f"{what.zh}才{ahead}天，应提前{least}天。",
        f"It was {plural(ahead, 'day')} since {what.en}; {least} are asked for.",
        f"{first.zh}起可以开。",
        f"It can be held from {first.en}.",
    )


@gate(
    "record_signed",
    title=Say("笔录有人签字", "the record is signed"),
    needs=("forums",),
    examples=(
        holds(case("sign_record", {"signed": 12}, forums=(ForumFacts("hearing", present=12),))),
        refuses(case("sign_record", {"signed": 9}, forums=(ForumFacts("hearing", present=12),))),
    ),
)
def record_signed(facts: Facts, params: Params) -> Answer:
    """Everybody who was heard signed the record; a refusal to sign is written as the reason."""
    found, signed = forum(facts, "hearing"), act_number(facts, "signed")
    if found is None or found.present is None or signed is None:
        return Unknown(("signed",))
    left = found.present - signed
    if left <= 0:
        return HELD
    return refused(
        f"还有{left}人没有在笔录上签字。",
        f"{plural(left, 'person', 'people')} have not signed the record.",
        "请补签；不愿签的，写明情况。",
        "Have them sign; where somebody will not, write so.",
    )


@gate(
    "appraised_or_said_why",
    title=Say("群众检查评议", "appraised by the people"),
    needs=("forums",),
    examples=(
        holds(case("skip_appraisal", {"reason": "工程很小"}, forums=())),
        holds(case("answer_appraisal", forums=(ForumFacts("appraisal", held_on=date(2026, 5, 1)),))),
        refuses(case("skip_appraisal", {"reason": ""}, forums=())),
    ),
)
def appraised_or_said_why(facts: Facts, params: Params) -> Answer:
    """The people looked at the effect and said what they think, or it is written why there was no such meeting."""
    found = forum(facts, "appraisal")
    if (found and found.held_on) or filled(facts.value("reason")):
        return HELD
    return Unknown(("reason",))


_REVIEW = {"total": 30, "present": 20, "votes_for": 16}


@gate(
    "share_came",
    title=Say("到会人数", "enough came"),
    params={"over": int, "under": int},
    examples=(
        holds(case("review_proposal", _REVIEW), over=2, under=3),
        refuses(case("review_proposal", {**_REVIEW, "present": 19}), over=2, under=3),
        refuses(case("review_proposal", {"present": 19}), over=2, under=3),
    ),
)
def share_came(facts: Facts, params: Params) -> Answer:
    """At least ``over``/``under`` of those who belong to the body came; in whole numbers."""
    left = missing(facts, "total", "present")
    if left:
        return Unknown(left)
    total, present = act_number(facts, "total") or 0, act_number(facts, "present") or 0
    needed = -(-total * params["over"] // params["under"])
    if present >= needed:
        return HELD
    return refused(
        f"应到{total}人，实到{present}人，未达{params['under']}分之{params['over']}（须{needed}人）。",
        f"{present} of {total} came; {params['over']}/{params['under']} are asked for ({needed}).",
        "另行召集，或者写明为什么照开。",
        "Call it again, or write why it was held all the same.",
    )


@gate(
    "vote_noted",
    title=Say("记下表决方式和结果", "the way and result of the vote are written"),
    examples=(
        holds(case("discuss_proposal", {"vote": "hands", "votes_for": 9})),
        refuses(case("discuss_proposal", {"vote": "hands"})),
    ),
)
def vote_noted(facts: Facts, params: Params) -> Answer:
    """How the body voted (voice, hands, ballot) and how many were in favour."""
    left = missing(facts, "vote", "votes_for")
    return Unknown(left) if left else HELD


@gate(
    "one_holder",
    title=Say("书记、主任一肩挑", "secretary and director are one person"),
    needs=("one_shoulder",),
    examples=(
        holds(case("propose_plan", {"merged": True}, one_shoulder=True)),
        holds(case("propose_plan", {"merged": False}, one_shoulder=False)),
        refuses(case("propose_plan", {"merged": True}, one_shoulder=False)),
    ),
)
def one_holder(facts: Facts, params: Params) -> Answer:
    """Proposing and discussing are done at one meeting only where secretary and director are one person."""
    if not facts.value("merged") or facts.one_shoulder:
        return HELD
    return refused(
        "书记和主任不是一个人，提议和商议不能合并。",
        "Secretary and director are two people; proposing and discussing cannot be done as one.",
        "先登记提议，再登记“两委”商议。",
        "Register the proposal first, then the discussion of the two committees.",
    )


@gate(
    "effect_counted",
    title=Say("公布金额和工程量", "amount and quantities are named"),
    examples=(
        holds(case("record_effects", {"amount": 126_000, "effects": [{"what": "铺路"}]})),
        holds(case("record_effects", {"amount": None, "effects": [], "note": "没有花钱"})),
        refuses(case("record_effects", {"amount": None, "effects": [], "note": ""})),
    ),
)
def effect_counted(facts: Facts, params: Params) -> Answer:
    """What the work came to is named: money and quantities, or a sentence where there is nothing to count."""
    if (filled(facts.value("amount")) and facts.value("effects")) or filled(facts.value("note")):
        return HELD
    return Unknown(("amount",))


_UP = PublicationFacts("p1", drafted=True, has_text=True, board_on=date(2026, 4, 30))


@gate(
    "notice_posted",
    title=Say("先张榜再实施", "posted before the work begins"),
    needs=("publication",),
    examples=(
        holds(case("set_tasks", publication=_UP)),
        refuses(case("set_tasks", publication=PublicationFacts("p1", drafted=True))),
    ),
)
def notice_posted(facts: Facts, params: Params) -> Answer:
    """What was decided hangs on the board, or online, before the work is given out."""
    if facts.publication and facts.publication.start:
        return HELD
    return refused(
        "决议还没有张榜公开。",
        "The resolution has not been posted yet.",
        "先张榜，再分派任务。",
        "Post it first, then set the tasks.",
    )


@gate(
    "notice_over",
    title=Say("公示期满再实施", "the notice has run out before the work begins"),
    needs=("publication",),
    params={"days": int},
    examples=(
        holds(case("set_tasks", on=date(2026, 5, 15), publication=_UP), days=15),
        refuses(case("set_tasks", on=date(2026, 5, 14), publication=_UP), days=15),
    ),
)
def notice_over(facts: Facts, params: Params) -> Answer:
    """What was decided has hung for ``days`` days before the work is given out: for places whose own rule asks it."""
    start = facts.publication.start if facts.publication else None
    return _ahead(facts, start, params["days"], Say("张榜", "the posting"), "board_on")
