"""Lotteries for the tests of acts: twelve people, three seats."""

from __future__ import annotations

from typing import Any

from shangliang.panel import Person, Problem, Quota, publish, solve
from shangliang.panel.replace import after, replacement
from shangliang.panel.shangliang_panel_verify import examine

PEOPLE = tuple(Person(f"{n:02}", ("女" if n % 2 else "男",)) for n in range(1, 13))
NAMES = [{"number": p.id, "name": f"某{p.id}"} for p in PEOPLE]
SEED = "3516241533"


def lottery(**change: Any) -> str:
    quotas = (Quota("性别", "女", 1, 2), Quota("性别", "男", 1, 2))
    asked: dict[str, Any] = {"size": 3, "categories": ("性别",), "quotas": quotas, "people": PEOPLE} | change
    return publish(solve(Problem(**asked)), count=20).text


def put_up(**more: Any) -> dict[str, Any]:
    """The data of the act."""
    return {"text": lottery(), "people": NAMES} | more


def followed(lots: Any, gone: str) -> str:
    """The lottery that replaces one of those a draw has chosen."""
    import json

    written = json.loads(lots.text)
    problem = replacement(written, lots.drawn, [gone])
    return publish(solve(problem), count=20, after=after(lots.digest, lots.drawn, [gone], "外出")).text


def chosen(lots: Any) -> list[str]:
    found: list[str] = examine(lots.text.encode(), lots.digest, lots.seed)["panel"]
    return found
