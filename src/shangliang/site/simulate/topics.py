"""What places talk over: the invented topics of ``topics.toml``, filled in for a place."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from shangliang.site.simulate.tree import OFFICES, Place

SPOTS = {
    "village": ("村东头", "村西头", "南街", "北街", "后街", "东胡同", "西胡同", "老井边", "学校门前", "南河沿", "北沟口", "大桥头"),
    "community": ("一号院", "二号院", "三号院", "临街一侧", "锅炉房旁", "东门口", "西门口", "南楼", "北楼", "小广场"),
    "town": ("主街", "东街", "车站前", "粮库旁", "中学门前", "河堤"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic as a place talks it over. ``tasks`` are (what, owner, days); an empty owner is the place itself."""

    title: str
    discuss: str
    words: str
    study: str
    agreed: str
    tasks: tuple[tuple[str, str, int], ...]
    note: str
    department: str = ""
    dispute: str = "small"
    sides: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    escalate: bool = False


@cache
def raw() -> tuple[Mapping[str, Any], ...]:
    text = resources.files("shangliang.site.simulate").joinpath("topics.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["topic"])


def level(place: Place) -> str:
    return place.kind if place.village else "town"


def fitting(place: Place) -> list[int]:
    """The topics that can come up here, those of its own trade among them."""
    kinds = {"community" if place.kind == "street" else level(place), place.trade} - {""}
    return [n for n, t in enumerate(raw()) if kinds & set(t["places"])]


def fill(number: int, place: Place, rng: random.Random) -> Topic:
    """A topic with its spot and its figures."""
    t = raw()[number]
    spots = SPOTS["community" if place.kind == "street" else level(place)]
    given = {
        "spot": rng.choice(spots),
        "n": rng.randrange(6, 48),
        "m": rng.randrange(120, 900, 10),
    }
    say = {k: t[k].format(**given) for k in ("title", "words", "study", "agreed", "note")}
    department = _office(t.get("department", ""))
    tasks = tuple(_task(text.format(**given), department) for text in t["tasks"])
    return Topic(
        **say, discuss=t.get("discuss", "livelihood"), tasks=tasks, department=department,
        dispute=t.get("dispute", "small"), sides=tuple(s.format(**given) for s in t.get("sides", ())),
        touches=tuple(t.get("touches", ())), escalate=t.get("escalate", False),
    )  # fmt: skip


def _task(text: str, department: str) -> tuple[str, str, int]:
    what, owner, days = (part.strip() for part in text.split("|"))
    return what, department if owner == "department" else "", int(days)


def _office(name: str) -> str:
    return f"{name}（演示）" if name in dict(OFFICES).values() else name
