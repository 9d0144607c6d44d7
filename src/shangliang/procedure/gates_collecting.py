"""Gates on asking around before there is a plan (一征) and on the plan that comes of it.

Sources: Z33, Z34, Z43 and Z45 are clauses of the report on 一征三议两公开; the gates themselves name no place.
"""

from __future__ import annotations

from datetime import date

from shangliang.procedure.calendar import days
from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import CollectingFacts, Facts, RulingFacts
from shangliang.procedure.law import law_on
from shangliang.procedure.say import Say, count_zh, day, plural
from shangliang.procedure.vocabulary import (
    HELD,
    Answer,
    Params,
    Unknown,
    act_date,
    act_number,
    filled,
    gate,
    missing,
    refused,
)

_OPEN = CollectingFacts(date(2026, 4, 20), count=26, groups=frozenset({"residents", "party_units"}))
_CLOSED = CollectingFacts(
    date(2026, 4, 20), date(2026, 4, 28), 26, frozenset({"residents", "party_units"}), frozenset({"visit"})
)


@gate(
    "opinions_gathered",
    title=Say("征到了意见", "opinions were gathered"),
    needs=("collecting",),
    examples=(
        holds(case("close_collecting", collecting=_OPEN)),
        refuses(case("close_collecting", collecting=CollectingFacts(date(2026, 4, 20)))),
    ),
)
def opinions_gathered(facts: Facts, params: Params) -> Answer:
    """Somebody said something: a collection in which nobody spoke is not closed."""
    if facts.collecting and facts.collecting.count:
        return HELD
    return refused(
        "还没有登记征求到的意见。",
        "No opinion has been entered yet.",
        "先把走访、座谈、问卷里听到的意见登记进来。",
        "Enter what was heard on visits, in talks and in questionnaires.",
    )


@gate(
    "groups_heard",
    title=Say("听了不同群体的意见", "different groups were heard"),
    needs=("collecting",),
    params={"groups": int},
    examples=(
        holds(case("close_collecting", collecting=_OPEN), groups=2),
        refuses(
            case(
                "close_collecting",
                collecting=CollectingFacts(date(2026, 4, 20), None, 9, frozenset({"residents"})),
            ),
            groups=2,
        ),
    ),
)
def groups_heard(facts: Facts, params: Params) -> Answer:
    """At least ``groups`` different groups said something: party organisations of units, residents, shops …"""
    heard = len(facts.collecting.groups) if facts.collecting else 0
    least = params["groups"]
    if heard >= least:
        return HELD
    return refused(
        f"只听了{count_zh(heard)}类人的意见，要有{count_zh(least)}类。",
        f"{plural(heard, 'group')} heard; {least} are asked for.",
        "请再征求辖区单位党组织和其他利益群体的意见。",
        "Ask party organisations of local units and other groups as well.",
    )


@gate(
    "collected_long_enough",
    title=Say("征求意见的天数", "opinions were asked for long enough"),
    needs=("collecting",),
    params={"days": int},
    examples=(
        holds(case("close_collecting", on=date(2026, 4, 27), collecting=_OPEN), days=7),
        refuses(case("close_collecting", on=date(2026, 4, 26), collecting=_OPEN), days=7),
    ),
)
def collected_long_enough(facts: Facts, params: Params) -> Answer:
    """Between the first day of asking and the closing lie at least ``days`` days; the first day is not counted."""
    if facts.collecting is None or facts.act is None:
        return Unknown(("collecting",))
    start, least = facts.collecting.opened_on, params["days"]
    asked = days(start, facts.act.happened_on)
    if asked >= least:
        return HELD
    full = day(date.fromordinal(start.toordinal() + least), facts.today)
    return refused(
        f"征求意见才{asked}天，要满{least}天。",
        f"Opinions have been asked for {plural(asked, 'day')}; {least} are asked for.",
        f"{full.zh}起可以汇总。",
        f"They can be summed up from {full.en}.",
    )


@gate(
    "collecting_closed",
    title=Say("先征求意见", "opinions were asked for first"),
    needs=("collecting",),
    params={"after": str},
    examples=(
        holds(case("propose_plan", collecting=_CLOSED), after="Z-1"),
        refuses(case("propose_plan", collecting=_OPEN), after="Z-1"),
    ),
)
def collecting_closed(facts: Facts, params: Params) -> Answer:
    """Asking for opinions was closed before anybody proposes. ``after`` names the stage where it is done."""
    if facts.collecting and facts.collecting.closed_on and facts.collecting.count:
        return HELD
    return refused(
        "征求意见还没有结束，不能提议。",
        "Asking for opinions is not closed; nothing can be proposed yet.",
        "先汇总征求到的意见。",
        "Sum up the opinions first.",
    )


_STUDY = {"party_study_on": date(2026, 5, 2)}


@gate(
    "party_study_dated",
    title=Say("党组织研究过", "studied by the party organisation"),
    examples=(
        holds(case("close_collecting", _STUDY)),
        holds(case("close_collecting", on=date(2025, 11, 3))),
        refuses(case("close_collecting")),
        refuses(case("close_collecting", {"party_study_on": date(2026, 5, 4)})),
    ),
)
def party_study_dated(facts: Facts, params: Params) -> Answer:
    """The party organisation studied the matter, on a day that is written (from 2026-01-01, as the law of the day
    asks)."""
    if facts.act is None or law_on(facts.act.happened_on, facts.unit.kind).party_first is None:
        return HELD
    studied = act_date(facts, "party_study_on")
    if studied is None:
        return Unknown(("party_study_on",))
    if studied <= facts.act.happened_on:
        return HELD
    return refused(
        f"党组织研究的日期{day(studied).zh}还没有到。",
        f"The day of the study, {day(studied).en}, is still to come.",
        "请填党组织会议真正研究的那一天。",
        "Give the day on which the party organisation really studied it.",
    )


@gate(
    "plan_cites_opinions",
    title=Say("有方案，说明意见采纳", "a plan that says what it took up"),
    examples=(
        holds(case("propose_plan", {"plan": "西区先改水管", "cited": 12})),
        refuses(case("propose_plan", {"plan": "", "cited": 12})),
        refuses(case("propose_plan", {"plan": "西区先改水管", "cited": 0})),
        holds(case("propose_plan", {"result": "back"})),
    ),
)
def plan_cites_opinions(facts: Facts, params: Params) -> Answer:
    """There is a plan, and it says how many of the opinions it took up: at least one. A plan that is sent back needs
    neither."""
    if facts.value("result") == "back":
        return HELD
    left = missing(facts, "plan", "cited")
    if left:
        return Unknown(left)
    if act_number(facts, "cited"):
        return HELD
    return refused(
        "方案没有说明采纳了哪些意见。",
        "The plan does not say which opinions it took up.",
        "请写明采纳了几条，没有采纳的为什么。",
        "Say how many were taken up, and why the others were not.",
    )


@gate(
    "proposal_form",
    title=Say("用统一的提议表", "the common proposal form is used"),
    examples=(
        holds(case("propose_plan", {"form": "提议表2026-4"})),
        refuses(case("propose_plan", {"form": ""})),
    ),
)
def proposal_form(facts: Facts, params: Params) -> Answer:
    """The proposal stands on the common form (提议表), named by its number; one that is sent back needs none."""
    return HELD if filled(facts.value("form")) or facts.value("result") == "back" else Unknown(("form",))


_AGREED = RulingFacts("proposal", "two_committees", "u1", date(2026, 5, 1), True)


@gate(
    "proposed_first",
    title=Say("已经提议", "proposed first"),
    needs=("rulings",),
    params={"after": str},
    examples=(
        holds(case("table", rulings=(_AGREED,)), after="Z-2"),
        refuses(case("table", rulings=()), after="Z-2"),
    ),
)
def proposed_first(facts: Facts, params: Params) -> Answer:
    """The latest proposal was adopted before it is deliberated. ``after`` names the stage where it is made."""
    made = [r for r in facts.rulings or () if r.kind == "proposal"]
    if made and made[-1].passed:
        return HELD
    return refused(
        "还没有提议，不能商议。",
        "Nothing has been proposed that could be deliberated.",
        "先登记提议的会议结论。",
        "Register the conclusion of the proposing meeting first.",
    )


@gate(
    "consulted_first",
    title=Say("先协商后决策", "consulted before deciding"),
    params={"after": str},
    examples=(
        holds(case("record_resolution", marks=frozenset({"consulted"})), after="Z-3"),
        refuses(case("record_resolution"), after="Z-3"),
    ),
)
def consulted_first(facts: Facts, params: Params) -> Answer:
    """The matter was deliberated with a result before a meeting decides it. ``after`` names the stage."""
    if "consulted" in facts.marks:
        return HELD
    return refused(
        "还没有商议出结果，不能提交表决。",
        "It has not been deliberated with a result; it cannot be put to the vote.",
        "先商议，记下结果，再提交会议决定。",
        "Deliberate and record the result, then put it to the meeting.",
    )


@gate(
    "groups_present",
    title=Say("不同利益群体到会", "different groups came"),
    needs=("meeting",),
    params={"groups": int},
    examples=(
        holds(case("conclude", meeting={"groups": 3}), groups=2),
        refuses(case("conclude", meeting={"groups": 1}), groups=2),
        refuses(case("conclude", meeting={"groups": None}), groups=2),
    ),
)
def groups_present(facts: Facts, params: Params) -> Answer:
    """At least ``groups`` different groups came: members, sides of the matter (each counts), departments, units,
    experts."""
    came = facts.meeting.groups if facts.meeting else None
    if came is None:
        return Unknown(("groups",))
    if came >= params["groups"]:
        return HELD
    return refused(
        f"到会的只有{count_zh(came)}类人，应有{count_zh(params['groups'])}类以上。",
        f"Those who came are of {plural(came, 'group')}; {params['groups']} or more are asked for.",
        "下次请把不同利益群体都请来，或者写明为什么。",
        "Invite the different groups next time, or write why not.",
    )
