"""Gates on statutory meetings: notice, study by the party organisation, quorum, majority and
authority.

The numbers come from the law of the meeting's day (``laws/``), never from a procedure file.
"""

from __future__ import annotations

from datetime import date

from shangliang.procedure.calendar import days
from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts
from shangliang.procedure.law import BodyRule, Law, law_on, rule_for
from shangliang.procedure.say import Say, day
from shangliang.procedure.tally import Tally, tally
from shangliang.procedure.vocabulary import (
    HELD,
    Answer,
    Params,
    Refused,
    Unknown,
    act_date,
    act_number,
    filled,
    gate,
    refused,
)

_DAY = date(2026, 5, 20)
_COUNTS = {"body": "representatives", "on": _DAY, "total": 60, "present": 40, "votes_for": 21}


def _resolution(**changes: object) -> Facts:
    return case(
        "record_resolution", {**_COUNTS, **changes}, on=_DAY, matter={"touches": frozenset({"subsidy"})}
    )


def _owners(**changes: object) -> Facts:
    """Owners of 120 flats with 10,000 m², of whom 90 with 7,000 m² take part."""
    counts = {"body": "owners", "on": _DAY, "total": 120, "present": 90, "votes_for": 60}
    areas = {"area": 1_000_000, "area_present": 700_000, "area_for": 400_000}
    return case("record_resolution", {**counts, **areas, **changes}, on=_DAY, kind="community",
                matter={"touches": frozenset({"property_company"})})  # fmt: skip


def law_of_meeting(facts: Facts) -> Law:
    """The law of the meeting's own day."""
    held = act_date(facts, "on")
    return law_on(held, facts.unit.kind) if held else facts.law


def _rule(facts: Facts) -> BodyRule | None:
    body = facts.value("body")
    touches = (facts.matter.touches if facts.matter else None) or frozenset()
    return rule_for(law_of_meeting(facts), body, touches) if isinstance(body, str) else None


def count_of(facts: Facts) -> Tally | Unknown:
    """The count of the meeting in the act, or the numbers that are missing."""
    rule = _rule(facts)
    total, present, votes = (act_number(facts, n) for n in ("total", "present", "votes_for"))
    numbers = {"body": rule, "total": total, "present": present, "votes_for": votes}
    if rule is None or total is None or present is None or votes is None:
        return Unknown(tuple(n for n, v in numbers.items() if v is None))
    more = {"area": area} if rule.asks("area") and (area := _area(facts)) else {}
    return tally(rule, total, present, votes, basis=facts.value("basis"), more=more)


AREAS = ("area", "area_present", "area_for")
"""Floor areas in hundredths of a square metre, whole numbers: those of all owners, taking part, in favour."""


def _no_area(facts: Facts) -> Unknown:
    return Unknown(tuple(n for n in AREAS if act_number(facts, n) is None))


def _area(facts: Facts) -> tuple[int, int, int] | None:
    total, present, votes = (act_number(facts, n) for n in ("area", "area_present", "area_for"))
    return (
        (total, present, votes) if total is not None and present is not None and votes is not None else None
    )


def resolution_passed(facts: Facts) -> bool | None:
    """Whether the meeting in the act decided in favour, as its numbers say; None while a number is missing."""
    count = count_of(facts)
    if isinstance(count, Unknown):
        return None
    if facts.value("passed") is False:
        return False
    if count.quorum_held is None or count.majority_held is None:
        return None
    return count.quorum_held and count.majority_held


@gate(
    "notice_given",
    title=Say("按法定天数通知", "notice as the law asks"),
    examples=(
        holds(_resolution(body="assembly", notice_on=date(2026, 5, 10))),
        holds(_resolution(body="assembly", notice_on=date(2026, 5, 11), special_reason="防汛抢修")),
        refuses(_resolution(body="assembly", notice_on=date(2026, 5, 11))),
    ),
)
def notice_given(facts: Facts, params: Params) -> Answer:
    """The notice went out as many days before the meeting as the law asks of this body
    (村民会议、居民会议、成员大会: ten).

    Where the law allows special circumstances, they are written as ``special_reason``. A body without a
    statutory notice holds.
    """
    rule = _rule(facts)
    if rule is None:
        return Unknown(("body",))
    if rule.notice_days is None or (rule.notice_exception and filled(facts.value("special_reason"))):
        return HELD
    return _noticed(facts, rule.notice_days, rule)


def _noticed(facts: Facts, least: int, rule: BodyRule) -> Answer:
    sent, held = act_date(facts, "notice_on"), act_date(facts, "on")
    if sent is None or held is None:
        return Unknown(tuple(n for n, v in (("notice_on", sent), ("on", held)) if v is None))
    ahead = days(sent, held)
    if ahead >= least:
        return HELD
    first = day(date.fromordinal(sent.toordinal() + least), held)
    way = (
        Say("；有特殊情况的，写明原因", ", or write the special reason")
        if rule.notice_exception
        else Say("", "")
    )
    return refused(
        f"{rule.name.zh}应提前{least}日通知，这次只提前了{ahead}日。",
        f"The {rule.name.en} needs {least} days' notice; this one had {ahead}.",
        f"{first.zh}起可以开{way.zh}。",
        f"It can be held from {first.en}{way.en}.",
        rule.notice_clause,
    )


@gate(
    "notice_advised",
    title=Say("提前通知", "notice ahead"),
    params={"days": int},
    examples=(
        holds(_resolution(notice_on=date(2026, 5, 17)), days=3),
        refuses(_resolution(notice_on=date(2026, 5, 18)), days=3),
    ),
)
def notice_advised(facts: Facts, params: Params) -> Answer:
    """For bodies without a statutory notice, such as representatives' meetings: ``days`` ahead, as some provinces ask."""
    rule = _rule(facts)
    if rule is None:
        return Unknown(("body",))
    return HELD if rule.notice_days is not None else _noticed(facts, params["days"], rule)


@gate(
    "party_studied_first",
    title=Say("先经党组织研究", "first studied by the party organisation"),
    examples=(
        holds(_resolution(party_study_on=date(2026, 5, 18))),
        holds(_owners()),
        refuses(_resolution(party_study_on=date(2026, 5, 21))),
        refuses(_resolution()),
    ),
)
def party_studied_first(facts: Facts, params: Params) -> Answer:
    """An important matter was studied by the party organisation before the meeting, where the law of the day asks it
    of this body: the collective's assembly since 2025-05-01, assemblies and representatives' meetings since 2026-01-01.
    """
    rule = _rule(facts)
    if rule is None:
        return Unknown(("body",))
    if rule.party_first is None:
        return HELD
    studied, held = act_date(facts, "party_study_on"), act_date(facts, "on")
    if studied is None or held is None:
        return Unknown(tuple(n for n, v in (("party_study_on", studied), ("on", held)) if v is None))
    if studied <= held:
        return HELD
    return refused(
        f"党组织{day(studied, held).zh}才研究，会议{day(held, held).zh}就开了。",
        f"The party organisation studied the matter on {day(studied).en}, after the meeting of {day(held).en}.",
        "先经党组织研究讨论，再提交会议决定。",
        "Have it studied first, then put it to the meeting.",
        rule.party_first,
    )


@gate(
    "quorum_held",
    title=Say("到会人数够法定", "a quorum came"),
    examples=(
        holds(_resolution()),
        holds(_owners()),
        refuses(_resolution(present=39, votes_for=39)),
        refuses(_owners(area_present=666_666)),
        refuses(_owners(area_present=None)),
    ),
)
def quorum_held(facts: Facts, params: Params) -> Answer:
    """Enough came for the body to decide, by the law of the day and in whole numbers."""
    count = count_of(facts)
    if isinstance(count, Unknown):
        return count
    if count.quorum_held is None:
        return _no_area(facts)
    if count.quorum_held:
        return HELD
    return Refused(
        Say("到会人数不够，不能表决：", "Too few came to decide: ") + count.quorum,
        Say("另行召集，够了人数再表决。", "Call it again and decide when enough are there."),
        count.clause,
    )


@gate(
    "majority_held",
    title=Say("赞成票够法定", "a majority was in favour"),
    examples=(
        holds(_resolution(passed=True)),
        holds(_resolution(passed=False, votes_for=20)),
        holds(_owners(passed=True)),
        refuses(_resolution(passed=True, votes_for=20)),
        refuses(_owners(passed=True, area_for=350_000)),
    ),
)
def majority_held(facts: Facts, params: Params) -> Answer:
    """What is registered as passed had the votes. Without ``passed`` the numbers themselves say the result."""
    count = count_of(facts)
    if isinstance(count, Unknown):
        return count
    if facts.value("passed") is not True or count.majority_held:
        return HELD
    if count.majority_held is None:
        return _no_area(facts)
    return Refused(
        Say("不能登记为通过：", "It cannot be entered as passed: ") + count.majority,
        Say(
            "如实登记为未通过，可以再议后另行表决。",
            "Enter it as not passed; it may be discussed and put again.",
        ),
        count.clause,
    )


@gate(
    "authorised",
    title=Say("代表会议有授权", "the representatives were authorised"),
    examples=(
        holds(_resolution(authorised_by="2026年村民会议第1号授权")),
        refuses(_resolution(authorised_by="")),
    ),
)
def authorised(facts: Facts, params: Params) -> Answer:
    """A representatives' meeting decides only what the larger meeting has authorised, on paper."""
    rule = _rule(facts)
    if rule is None:
        return Unknown(("body",))
    return (
        Unknown(("authorised_by",)) if rule.delegated and not filled(facts.value("authorised_by")) else HELD
    )
