"""Villages whose books can be written side by side: each has a matter that is being carried out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CLEAR = {"against_policy": False, "private_dispute": False, "unfair": False, "deep_division": False}
CONVENER = {"role": "party_secretary"}
ROLES = ("clerk", "party_secretary", "supervision_head")


def villages(count: int) -> list[tuple[str, str, str]]:
    """(unit, matter, task) of each, below the demonstration's town; everything happens today."""
    from shangliang.units.models import Unit

    town = Unit.objects.filter(kind="town").order_by("path").first()
    assert town is not None
    return [village(f"bench{n}", town.pk) for n in range(count)]


def village(unit: str, town: str) -> tuple[str, str, str]:
    from shangliang.acts.act import SYSTEM, Act, Done, today
    from shangliang.acts.perform import perform

    clerk = f"p-{unit}-cler"

    def do(
        name: str, data: Mapping[str, Any], subject: str | None = None, by: str = clerk, **more: Any
    ) -> Done:
        act = Act(name, today(), by, data, subject=subject, unit=unit, **more)
        return perform(act)[0]

    place = {"name": f"{unit}村", "kind": "village", "parent": town, "adults": 900, "households": 400}
    do("found_unit", place, by=SYSTEM)
    posts = {}
    for role in ROLES:
        person = {"role": role, "person": f"p-{unit}-{role[:4]}", "name": "某人", "since": "2020-01-01"}
        posts[role] = do("appoint", person, by=SYSTEM).entry + ".0"
    convener, witness = posts["party_secretary"], posts["supervision_head"]
    words = {"words": "河堤塌了一段，再下大雨菜地就没了。", "kind": "demand", "channel": "visit"}
    matter = do("intake", words).ident
    do("put_forward", {"title": "河堤护坡修复"}, matter)
    do("screen", {"discuss": "livelihood", **CLEAR}, matter, decided_by=CONVENER)
    do("study", {"note": "塌方长约三十米。", "present": 5}, matter)
    do(
        "approve",
        {"approved": True, "present": 4},
        matter,
        decided_by={"body": "party", "paper": "支部会议记录"},
    )
    called = {
        "held_on": today().isoformat(), "time": "08:00", "place": "村议事室", "convener": convener, "recorder": posts["clerk"],
        "guests": [{"kind": "member", "post": convener}, {"kind": "member", "post": witness}],
    }  # fmt: skip
    meeting = do("convene", called).ident
    do("table", {"meeting": meeting}, matter, decided_by=CONVENER)
    do("give_notice", {"by": "all"}, meeting)
    do("hold_meeting", {"others": 3, "summary": "大家轮流说了想法。"}, meeting)
    do("take_up", {"meeting": meeting}, matter, decided_by=CONVENER)
    agreed = {
        "meeting": meeting,
        "outcome": "consensus",
        "agreed": "先修塌方的三十米。",
        "speech": "依次发言。",
    }
    do("conclude", agreed, matter, decided_by=CONVENER)
    do("draft_notice", {"text": "先修塌方三十米。"}, matter)
    do("post_notice", {"online": True, "poster": posts["clerk"], "witness": witness}, matter)
    tasks = {"tasks": [{"text": "备齐石料两百方", "owner": "镇水利站", "due": today().isoformat()}]}
    return unit, matter, do("set_tasks", tasks, matter, decided_by=CONVENER).entry + ".0"
