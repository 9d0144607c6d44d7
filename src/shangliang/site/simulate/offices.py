"""What happens in a place beside its matters: a period without a topic, a post that changes hands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shangliang.site.simulate.stage import Story

if TYPE_CHECKING:
    from shangliang.site.simulate.telling import Teller


def quiet(tell: Teller, unit: str, window: date, on: date) -> Story:
    yield on
    reason = tell.rng.choice(
        (
            "正值农忙，没有收到需要商量的事。",
            "上次议定的事都在办，没有新的议题。",
            "收到的意见都当面答复了，不用开会。",
        )
    )
    tell.act("no_topic", unit, unit, {"window": window.isoformat(), "reason": reason})


def succession(tell: Teller, unit: str, role: str, on: date, person: str, name: str) -> Story:
    """Somebody else takes over a post (D47)."""
    following = on + timedelta(days=1)
    yield following
    old = tell.roster.one(unit, role)
    tell.act("release", unit, unit, {"post": old.post, "paper": "换届"}, by="system", on=on)
    old.until = on
    data = {
        "role": role,
        "person": person,
        "name": name,
        "title": "",
        "since": following.isoformat(),
        "paper": "换届",
    }
    done = tell.act("appoint", unit, unit, data, by="system")
    tell.roster.add(unit, role, person, f"{done.entry}.0", following)
