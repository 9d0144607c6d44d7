"""Gates that overlays of the law bring: what has to be approved above, and who has to be there."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts, RulingFacts
from shangliang.procedure.say import Say, listed
from shangliang.procedure.vocabulary import HELD, Answer, Params, Unknown, gate, refused

_CLEARED = RulingFacts("clearance", "township", "u1", date(2026, 5, 1), True)


@gate(
    "cleared_above",
    title=Say("报上级批准", "approved above"),
    needs=("rulings",),
    params={"by": list},
    examples=(
        holds(case("set_tasks", rulings=(_CLEARED,)), by=["township"]),
        refuses(case("set_tasks", rulings=(_CLEARED,)), by=["township", "county"]),
        refuses(case("set_tasks", rulings=()), by=["township"]),
    ),
)
def cleared_above(facts: Facts, params: Params) -> Answer:
    """The authorities the law names (township, county) approved it before it is carried out."""
    given = {r.body: r.passed for r in facts.rulings or () if r.kind == "clearance"}
    names = {
        "township": Say("乡镇人民政府", "the township"),
        "county": Say("县级主管部门", "the county's department"),
    }
    lacking = [names.get(b, Say(b, b)) for b in params["by"] if not given.get(b)]
    if not lacking:
        return HELD
    said = listed(lacking)
    return refused(
        f"还没有经{said.zh}批准，不能实施。",
        f"It is not approved by {said.en}; it cannot be carried out.",
        "报批以后登记批准文号，再分派任务。",
        "Put it to them, register the number of the approval, then set the tasks.",
    )


@gate(
    "units_came",
    title=Say("驻区单位到会", "units stationed here came"),
    needs=("meeting",),
    examples=(
        holds(case("conclude", meeting={"unit_came": True})),
        refuses(case("conclude", meeting={"unit_came": False})),
        refuses(case("conclude", meeting={})),
    ),
)
def units_came(facts: Facts, params: Params) -> Answer:
    """Somebody of the units stationed in the village or community was there when what touches them was discussed."""
    came = facts.meeting.unit_came if facts.meeting else None
    if came is None:
        return Unknown(("groups",))
    if came:
        return HELD
    return refused(
        "涉及驻村（社区）单位，这次会没有他们的人。",
        "It touches units stationed here, and none of them was at the meeting.",
        "请他们派人参加再议；已经另行商量过的，写明情况。",
        "Ask them to send somebody; where it was talked over apart, write so.",
    )
