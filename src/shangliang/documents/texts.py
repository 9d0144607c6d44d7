"""Words about a meeting that travel without paper: for the WeChat group, and for the loudspeaker."""

from __future__ import annotations

from shangliang.cases.models import Meeting
from shangliang.documents import chinese, queries

LONGEST = 200
"""Characters; more nobody reads on a phone or hears to the end."""


def wechat_text(meeting: Meeting) -> str:
    """A notice for the village's group, under 200 characters. It names no person and carries only the office's telephone."""
    g = queries.gathering(meeting)
    tail = f"来不了的请提前说一声，也可以把想法写下来交来。电话：{g.unit.telephone}。" if g.unit.telephone else (
        "来不了的请提前说一声，也可以把想法写下来交来。"
    )  # fmt: skip
    start = f"【协商议事】{g.unit.name}定于{g.when}在{g.place}开会，商量："
    return _fit(start, [i.title for i in g.items if i.title], f"。欢迎来听、来说。{tail}")


def loudspeaker_text(meeting: Meeting) -> str:
    """A notice to be read aloud twice, under 200 characters: spoken hours, no digits that have to be written down, no
    names."""
    g = queries.gathering(meeting)
    when = f"{g.held_on.month}月{g.held_on.day}日" if g.held_on else ""
    start = f"各位乡亲请注意：{when}{chinese.clock(g.time)}，在{g.place}开协商议事会，商量"
    if g.unit.kind not in ("village",):
        start = start.replace("各位乡亲", "各位居民")
    tail = (
        "。请接到通知的按时到会，别的乡亲也欢迎来听。来不了的，跟经办人说一声，有想法可以托人捎来。再说一遍。"
    )
    if g.unit.kind not in ("village",):
        tail = tail.replace("别的乡亲", "其他居民")
    return _fit(start, [i.title for i in g.items if i.title], tail)


def _fit(start: str, titles: list[str], tail: str) -> str:
    """As many of the titles as there is room for; the rest become a number."""
    room = LONGEST - 1 - len(start) - len(tail)
    if not titles:
        return (start + "大家关心的事" + tail)[: LONGEST - 1]
    for n in range(len(titles), 0, -1):
        more = "" if n == len(titles) else f"等{len(titles)}件事"
        text = "、".join(titles[:n]) + more
        if len(text) <= room:
            return start + text + tail
    return start + titles[0][: max(0, room - 1)] + "…" + tail if room > 8 else (start + tail)[: LONGEST - 1]
