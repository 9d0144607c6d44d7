"""Two opinion gatherings of the demonstration: one that is open, one whose box has been closed and counted. What is asked and
the closing go through ``perform``; the answers are invented, and lie in the box as everybody's would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from shangliang.acts import answers
from shangliang.acts.act import PUBLIC, Act, Done
from shangliang.acts.perform import perform
from shangliang.cases.models import Gathering, Matter, Statement
from shangliang.site.telling import CLERK, CONVENER, LIUHE, SHUANGQIAO

FITNESS = (
    "先换坏了的四件，好的留着接着用。", "广场南边给孩子留一块空地。", "器材换到树荫下，夏天也能用。", "晚上九点以后不放音响。",
    "换器材的钱，村集体出一半。", "每家出一个工，自己动手装。", "老人用的器材要多一些。", "广场要装两盏灯。",
    "坏了找谁修，要写在牌子上。",
)  # fmt: skip
TAPS = (
    "先改后街主管，入户管明年再说。", "管子埋深一米六以下。", "入户的钱各家自己出。", "入户的钱村集体补一半。",
    "施工放在秋收以后。", "挖开的路面要恢复原样。", "老人户、困难户由村里先垫钱。", "顺便把消防栓装上。", "每户装水表，按表收费。",
    "水费收支每年公开一次。",
)  # fmt: skip
CAMPS = ("+++-++-+++", "++-++++--+", "-+-+-++0-+")
"""What three sorts of households think of the water pipe, a sign a statement."""
SIGNS = {"+": answers.AGREE, "-": answers.DISAGREE, "0": answers.PASS}


def build(today: date) -> None:
    """Both gatherings, on matters that the demonstration tells already."""
    fitness = _open(
        LIUHE, "文化广场健身器材更换", FITNESS, today - timedelta(days=2), today + timedelta(days=5),
        "镇里今年有更换名额，钱不够全换。开会以前，先听听大家怎么想。",
    )  # fmt: skip
    _answer(fitness, [Random(n).choices("++0-", k=len(FITNESS)) for n in range(23)])
    _do(fitness.matter, "propose_statement", {"text": "能不能搭一个遮阳的棚子。"}, by=PUBLIC, on=today)
    taps = _open(
        SHUANGQIAO,
        "后街自来水管线改造",
        TAPS,
        today - timedelta(days=4),
        today,
        "管子怎么改、钱怎么出，先听听各家的想法。",
    )
    _answer(taps, [_household(n) for n in range(44)])
    _do(taps.matter, "close_gathering", {}, on=today, decided=CONVENER)


def _household(n: int) -> Sequence[str]:
    """Mostly what its sort thinks, now and then something else or nothing."""
    chance = Random(n)
    own = CAMPS[0 if n < 20 else 1 if n < 36 else 2]
    return [c if chance.random() < 0.85 else chance.choice("+-0  ") for c in own]


def _open(unit: str, title: str, views: Sequence[str], on: date, until: date, intro: str) -> Gathering:
    matter = Matter.objects.get(unit=unit, title__text=title)
    data = {"intro": intro, "statements": [{"text": v} for v in views], "until": until.isoformat()}
    _do(matter, "open_gathering", data, on=on, decided=CONVENER)
    return Gathering.objects.select_related("matter").get(matter=matter, closed_on=None)


def _answer(gathering: Gathering, people: Sequence[Sequence[str]]) -> None:
    """Every sixth of them on paper."""
    asked = list(
        Statement.objects.filter(gathering=gathering).order_by("number").values_list("pk", flat=True)
    )
    for n, signs in enumerate(people):
        given = [(s, SIGNS[c]) for s, c in zip(asked, signs, strict=True) if c in SIGNS]
        answers.put(gathering.pk, f"demonstration-{n}", given, paper=n % 6 == 0)


def _do(
    matter: Matter, name: str, data: dict[str, Any], *, on: date, by: str = "", decided: Any = None
) -> Done:
    return perform(Act(name, on, by or CLERK[matter.unit_id], data, matter.pk, decided_by=decided))[0]
