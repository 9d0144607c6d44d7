"""Site rules: what a room must have, and how many pilots a county names. Judged over facts of a unit."""

from __future__ import annotations

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts
from shangliang.procedure.facts_consulting import PilotFacts, SiteFacts
from shangliang.procedure.say import Say, count_zh, listed, plural
from shangliang.procedure.vocabulary import HELD, Answer, Params, gate, refused

_ALL = SiteFacts(True, True, True, True, True, 3)
_SIX = ["organisation", "place", "facilities", "plate", "rules", "activity"]
HAVES = {
    "organisation": Say("有组织", "an organisation"),
    "place": Say("有场所", "a place"),
    "facilities": Say("有设施", "equipment"),
    "plate": Say("有标识", "a plate"),
    "rules": Say("有制度", "rules"),
    "activity": Say("有活动", "activity"),
}


def have(site: SiteFacts, name: str) -> bool:
    """Whether a site has one of the haves. Activity is counted from sessions held, never ticked."""
    return site.sessions > 0 if name == "activity" else bool(getattr(site, name))


@gate(
    "site_complete",
    title=Say("议事室达标", "the room meets the standard"),
    needs=("site",),
    params={"haves": list},
    examples=(
        holds(case(site=_ALL), haves=_SIX),
        refuses(case(site=SiteFacts(True, True, True, True, True, 0)), haves=_SIX),
        refuses(case(site=SiteFacts(sessions=2)), haves=_SIX),
    ),
)
def site_complete(facts: Facts, params: Params) -> Answer:
    """The room has everything the standard names. 有活动 is computed: a session in the last twelve months."""
    lacking = listed([HAVES[n] for n in params["haves"] if not have(facts.site or SiteFacts(), n)])
    if not lacking:
        return HELD
    return refused(
        f"还没有做到：{lacking.zh}。",
        f"Not there yet: {lacking.en}.",
        "补齐后重新登记；“有活动”按近十二个月的协商自动计算。",
        "Complete it and register again; activity is counted from the sessions of twelve months.",
    )


@gate(
    "pilots_enough",
    title=Say("试点数够", "enough pilots"),
    needs=("site",),
    params={"number": int},
    examples=(
        holds(case(site=SiteFacts(pilots=(PilotFacts("a"), PilotFacts("b")))), number=2),
        refuses(case(site=SiteFacts(pilots=(PilotFacts("a"),))), number=2),
    ),
)
def pilots_enough(facts: Facts, params: Params) -> Answer:
    """The county names at least so many pilots."""
    there, least = len((facts.site or SiteFacts()).pilots), params["number"]
    if there >= least:
        return HELD
    return refused(
        f"现在有{count_zh(there)}个试点，不少于{count_zh(least)}个。",
        f"{plural(there, 'pilot')} named; at least {least} are asked.",
        "再确定试点：乡镇（街道）、村（社区）或企事业单位都可以。",
        "Name more: towns, villages, enterprises or institutions.",
    )


@gate(
    "pilot_at_seat",
    title=Say("有一个在县政府所在地街道", "one where the county's government sits"),
    needs=("site",),
    examples=(
        holds(case(site=SiteFacts(pilots=(PilotFacts("a", seat=True),)))),
        refuses(case(site=SiteFacts(pilots=(PilotFacts("a"), PilotFacts("b"))))),
    ),
)
def pilot_at_seat(facts: Facts, params: Params) -> Answer:
    """One of the pilots is the street in which the county's government sits."""
    if any(p.seat for p in (facts.site or SiteFacts()).pilots):
        return HELD
    return refused(
        "试点里没有县（市、区）政府所在地街道。",
        "None of the pilots is the street where the county's government sits.",
        "把它确定为试点之一。",
        "Make it one of them.",
    )
