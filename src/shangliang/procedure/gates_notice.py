"""Gates on telling people beforehand: the notice of consultation, its papers, information in advance, the recorder."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.calendar import days
from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts
from shangliang.procedure.facts_consulting import DispatchFacts
from shangliang.procedure.say import Say, plural
from shangliang.procedure.say import day as say_day
from shangliang.procedure.vocabulary import HELD, Answer, Params, Unknown, gate, missing, refused

_SENT = DispatchFacts("notice", date(2026, 3, 2), materials=1, text=True)
_KINDS = {
    "notice": Say("通知书", "the notice of consultation"),
    "prior": Say("议题和资料", "the topic and its papers"),
}


@gate(
    "notice_focus",
    title=Say("写明协商重点", "the focus of the consultation"),
    examples=(
        holds(case("issue_notice", {"focus": "老旧小区改造的次序"})),
        refuses(case("issue_notice", {"focus": ""})),
    ),
)
def notice_focus(facts: Facts, params: Params) -> Answer:
    """The notice says what the consultation is to concentrate on."""
    return Unknown(("focus",)) if missing(facts, "focus") else HELD


@gate(
    "materials_given",
    title=Say("附了资料", "papers come with it"),
    examples=(
        holds(case("issue_notice", {"materials": [{"name": "改造方案"}]})),
        refuses(case("issue_notice", {"materials": []})),
    ),
)
def materials_given(facts: Facts, params: Params) -> Answer:
    """At least one paper to read goes out with it."""
    if facts.value("materials"):
        return HELD
    return refused(
        "还没有附资料。",
        "No paper goes out with it.",
        "把方案、图纸、报表等列上：名称和页数，纸质的也行。",
        "List the plan, drawings or accounts: name and pages; paper ones count.",
    )


@gate(
    "sent_ahead",
    title=Say("提前发出", "sent ahead of the day"),
    needs=("dispatches", "meeting"),
    params={"days": int, "kind": str},
    examples=(
        holds(case("take_up", meeting={"held_on": date(2026, 3, 9)}, dispatches=(_SENT,)), days=7, kind="notice"),
        refuses(case("take_up", meeting={"held_on": date(2026, 3, 8)}, dispatches=(_SENT,)), days=7, kind="notice"),
        refuses(case("take_up", meeting={"held_on": date(2026, 3, 8)}, dispatches=()), days=1, kind="prior"),
    ),
)  # fmt: skip
def sent_ahead(facts: Facts, params: Params) -> Answer:
    """What had to go out (``kind`` notice or prior) went out at least ``days`` before the meeting; natural days, the day
    of sending not counted. For a written consultation the day of the meeting is the last day for replies."""
    name, least = _KINDS[params["kind"]], params["days"]
    sent = [d.on for d in facts.dispatches or () if d.kind == params["kind"]]
    if facts.meeting is None:
        return Unknown(("meeting",))
    if not sent:
        return refused(
            f"{name.zh}还没有发出。", f"{name.en.capitalize()} has not gone out.", "先发出，再协商。",
            "Send it first, then consult.",
        )  # fmt: skip
    ahead = days(sent[-1], facts.meeting.held_on)
    if ahead >= least:
        return HELD
    from_day = say_day(date.fromordinal(sent[-1].toordinal() + least))
    return refused(
        f"{name.zh}发出才{ahead}天，要提前{least}天。"
        if ahead > 0
        else f"{name.zh}要在协商之前{least}天发出。",
        f"{name.en.capitalize()} went out {plural(ahead, 'day')} before; {plural(least, 'day')} are asked.",
        f"{from_day.zh}起可以开。",
        f"The meeting can be from {from_day.en}.",
    )


@gate(
    "recorder_named",
    title=Say("指定了专人记录", "a recorder is named"),
    needs=("meeting",),
    examples=(
        holds(case("take_up", meeting={"recorder": True})),
        refuses(case("take_up", meeting={})),
    ),
)
def recorder_named(facts: Facts, params: Params) -> Answer:
    """Somebody is named who writes the record before the session begins."""
    if facts.meeting is None:
        return Unknown(("meeting",))
    if facts.meeting.recorder:
        return HELD
    return refused(
        "还没有指定专人记录。",
        "Nobody is named to write the record.",
        "约会时写明由谁记录。",
        "Name a recorder when the meeting is called.",
    )
