"""Gates on publication: personal information, the board, the fifteen days, objections, exemptions."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.calendar import days
from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts, ObjectionFacts, PublicationFacts
from shangliang.procedure.law import law_on
from shangliang.procedure.personal import looks_personal
from shangliang.procedure.say import Say, day, listed
from shangliang.procedure.vocabulary import (
    HELD,
    Answer,
    Params,
    Unknown,
    act_date,
    filled,
    gate,
    missing,
    refused,
)

_KINDS = {
    "id_number": Say("身份证号", "an identity number"),
    "phone": Say("电话号码", "a telephone number"),
    "bank_card": Say("银行卡号", "a bank card number"),
    "door": Say("门牌号", "a door number"),
}


def _posted(start: date) -> PublicationFacts:
    return PublicationFacts("p1", drafted=True, has_text=True, board_on=start, posted_by=True)


def _down(start: date, end: date, kind: str = "village") -> Facts:
    return case("take_down", {"taken_down_on": end}, on=end, kind=kind, publication=_posted(start))


@gate(
    "no_personal_information",
    title=Say("公示稿不含个人信息", "no personal information in the notice"),
    examples=(
        holds(case("draft_notice", {"text": "村东排水沟整修方案"})),
        holds(case("draft_notice", {"text": "联系人13912345678", "consent": True})),
        refuses(case("draft_notice", {"text": "联系人身份证110101199003071234"})),
    ),
)
def no_personal_information(facts: Facts, params: Params) -> Answer:
    """A public notice holds no personal information, or there is separate consent or a legal ground in writing."""
    text, draft = facts.value("text"), facts.publication
    found = looks_personal(text) if isinstance(text, str) else draft.personal if draft else ()
    if not filled(text) and not (draft and draft.has_text):
        return Unknown(("text",))
    excused = (
        facts.value("consent")
        or facts.value("legal_basis")
        or (draft and (draft.consent or draft.legal_basis))
    )
    if not found or excused:
        return HELD
    names = listed([_KINDS.get(kind, Say(kind, kind)) for kind in found])
    return refused(
        f"公示稿里像是有{names.zh}。",
        f"The draft seems to hold {names.en}.",
        "请删去；确要公开的，取得本人单独同意，或写明法定公开依据。",
        "Take it out; or have the person's separate consent, or write the legal ground.",
    )


@gate(
    "posted_on_board",
    title=Say("在公开栏张贴", "posted on the board"),
    examples=(
        holds(case("post_notice", {"board_on": date(2026, 5, 3), "posted_by": "经办人"})),
        refuses(case("post_notice", {"board_on": None, "online": True})),
    ),
)
def posted_on_board(facts: Facts, params: Params) -> Answer:
    """The notice hangs on the board, and who put it up is written; online alone needs a reason."""
    left = missing(facts, "board_on", "posted_by")
    return Unknown(left) if left else HELD


@gate(
    "publication_period",
    title=Say("公示满期", "the notice was up long enough"),
    needs=("publication",),
    params={"days": int},
    examples=(
        holds(_down(date(2026, 3, 1), date(2026, 3, 16), "community")),
        refuses(_down(date(2026, 3, 1), date(2026, 3, 15), "community")),
        holds(_down(date(2025, 12, 21), date(2025, 12, 28))),
        refuses(_down(date(2026, 1, 5), date(2026, 1, 12))),
        holds(_down(date(2026, 1, 5), date(2026, 1, 25)), days=20),
        refuses(_down(date(2026, 1, 5), date(2026, 1, 20)), days=20),
    ),
)
def publication_period(facts: Facts, params: Params) -> Answer:
    """The notice was up as long as the law of the day it went up asks (fifteen days from 2026-01-01, none
    before).

    The day of posting is not counted. ``days`` may ask for more, never for less.
    """
    publication = facts.publication
    start = publication.start if publication else None
    end = act_date(facts, "taken_down_on") or (facts.act.happened_on if facts.act else None)
    if start is None or end is None:
        return Unknown(("board_on",))
    law = law_on(start, facts.unit.kind)
    least = max(law.publication_min_days or 0, params.get("days", 0))
    if days(start, end) >= least:
        return HELD
    full = date.fromordinal(start.toordinal() + least)
    return refused(
        f"公示到{day(full, facts.today).zh}满{least}日，{day(end, facts.today).zh}才{days(start, end)}日。",
        f"The notice has been up {days(start, end)} of {least} days; they are full on {day(full, facts.today).en}.",
        "活可以先干，办结要等期满。",
        "The work may go on; only closing waits.",
        law.publication_clause if least == law.publication_min_days else None,
    )


_OPEN = (ObjectionFacts("o1", date(2026, 4, 20), "open"),)
_ANSWER = {"objection": "o1", "sustained": False, "reason": "已到现场核对"}


@gate(
    "objection_answered",
    title=Say("异议有答复、有理由", "the objection is answered with a reason"),
    needs=("objections",),
    examples=(
        holds(case("answer_objection", _ANSWER, objections=_OPEN)),
        refuses(case("answer_objection", {**_ANSWER, "reason": ""}, objections=_OPEN)),
        refuses(case("answer_objection", _ANSWER, objections=())),
    ),
)
def objection_answered(facts: Facts, params: Params) -> Answer:
    """An objection that is still open is answered with a yes or no and the reason."""
    if not any(o.state == "open" for o in facts.objections or ()):
        return refused(
            "没有待答复的异议。",
            "No objection is waiting for an answer.",
            "有人提出异议时再答复。",
            "Answer when somebody objects.",
        )
    left = missing(facts, "sustained", "reason")
    return Unknown(left) if left else HELD


@gate(
    "exemption_grounded",
    title=Say("不公示有依据、有批准", "a ground and an approver for not publishing"),
    examples=(
        holds(case("exempt_notice", {"ground": "涉及商业秘密", "approver": "镇党委"})),
        refuses(case("exempt_notice", {"ground": "", "approver": "镇党委"})),
    ),
)
def exemption_grounded(facts: Facts, params: Params) -> Answer:
    """What is not published names the ground and who approved it."""
    left = missing(facts, "ground", "approver")
    return Unknown(left) if left else HELD
