"""What the law asks of a deciding body, in one sentence with its numbers, before the meeting is called."""

from __future__ import annotations

from collections.abc import Mapping

from shangliang.procedure.law import BodyRule, Share
from shangliang.procedure.say import NOTHING, Say, plural

_COUNTS = {
    "adults": Say("成年村（居）民", "the adults"),
    "households": Say("户", "the households"),
    "members": Say("组成人员", "the members of the body"),
    "owners": Say("业主", "the owners"),
    "area": Say("专有部分面积", "the floor area"),
    "present": Say("到会人员", "those present"),
    "area_present": Say("参与表决的面积", "the area taking part"),
}


_NUMERALS = "零一二三四五六七八九"


def asked(rule: BodyRule, counts: Mapping[str, int]) -> Say:
    """Notice, quorum and majority of a body; ``counts`` holds how many belong to it, as far as they are known."""
    notice = _notice(rule)
    quorum = _either([_together([_share(s, counts.get(s.of)) for s in choice]) for choice in rule.quorum])
    majority = _together([_share(s, counts.get(s.of)) for s in rule.majority])
    leave = Say("须有授权。", "It needs an authorisation.") if rule.delegated else NOTHING
    came = Say(f"到会：{quorum.zh}。", f"Present: {quorum.en}.") if quorum else NOTHING
    return notice + came + Say(f"赞成：{majority.zh}。", f"In favour: {majority.en}.") + leave


def _notice(rule: BodyRule) -> Say:
    if rule.notice_days is None:
        return NOTHING
    unless = (
        Say("（特殊情况除外）", " (special circumstances excepted)") if rule.notice_exception else NOTHING
    )
    return Say(
        f"提前{rule.notice_days}日通知{unless.zh}。",
        f"Notice: {plural(rule.notice_days, 'day')} ahead{unless.en}.",
    )


def _share(share: Share, total: int | None) -> Say:
    """More than 1/2 of the adults (860: 431)."""
    part = f"{_NUMERALS[share.under]}分之{_NUMERALS[share.over]}"
    zh = f"{_COUNTS[share.of].zh}的{'过半数' if _half(share) else part + '以上'}"
    en = f"{'more than' if share.strictly else 'at least'} {share.over}/{share.under} of {_COUNTS[share.of].en}"
    if total is None:
        return Say(zh, en)
    needed = share.least(total)
    return Say(f"{zh}（{total}中须{needed}）", f"{en} ({needed} of {total})")


def _half(share: Share) -> bool:
    return (share.over, share.under, share.strictly) == (1, 2, True)


def _together(parts: list[Say]) -> Say:
    return Say("且".join(p.zh for p in parts), " and ".join(p.en for p in parts))


def _either(parts: list[Say]) -> Say:
    return Say("，或者".join(p.zh for p in parts), ", or ".join(p.en for p in parts))
