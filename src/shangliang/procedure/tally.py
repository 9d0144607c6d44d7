"""Counting a statutory meeting: quorum and majority in whole numbers, and the sentence that says both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shangliang.procedure.law import BodyRule, Share
from shangliang.procedure.model import Clause
from shangliang.procedure.say import Say


@dataclass(frozen=True, slots=True)
class Tally:
    """Whether a meeting could decide and did. None: a count that the rule needs is missing."""

    quorum_held: bool | None
    majority_held: bool | None
    present_needed: int
    votes_needed: int
    quorum: Say
    majority: Say
    clause: Clause

    @property
    def sentence(self) -> Say:
        return self.quorum + self.majority


def tally(
    rule: BodyRule,
    total: int,
    present: int,
    for_: int,
    *,
    basis: str | None = None,
    more: Mapping[str, tuple[int, int, int]] | None = None,
) -> Tally:
    """Count one meeting under its body's rule.

    Args:
        total: those entitled, counted as ``basis`` says; without a basis as the rule's first alternative.
        present: those who came, in the same count.
        for_: votes in favour.
        basis: "adults", "households" or "members"; chooses among the quorum's alternatives.
        more: further counts by name as (total, present, for), for instance the area of owners' votes.
    """
    counts = dict(more or {})
    choice = _choice(rule, basis)
    main = next(s for s in choice if s.of not in counts)
    counts[main.of] = (total, present, for_)
    needed = main.least(total)
    votes_needed = _votes_needed(rule.majority[0], total, present)
    return Tally(
        quorum_held=_all(_came(s, counts) for s in choice),
        majority_held=_all(_carried(s, counts, total, present, for_) for s in rule.majority),
        present_needed=needed,
        votes_needed=votes_needed,
        quorum=_quorum_sentence(main, total, present, needed),
        majority=_majority_sentence(rule.majority[0], total, for_, votes_needed),
        clause=rule.cite,
    )


def _choice(rule: BodyRule, basis: str | None) -> tuple[Share, ...]:
    fitting = [q for q in rule.quorum if any(s.of == basis for s in q)]
    return fitting[0] if fitting else rule.quorum[0]


def _all(answers: object) -> bool | None:
    seen = list(answers)  # type: ignore[call-overload]
    if False in seen:
        return False
    return None if None in seen else True


def _came(share: Share, counts: Mapping[str, tuple[int, int, int]]) -> bool | None:
    if share.of not in counts:
        return None
    total, present, _ = counts[share.of]
    return present >= share.least(total)


def _carried(
    share: Share, counts: Mapping[str, tuple[int, int, int]], total: int, present: int, for_: int
) -> bool | None:
    if share.of.endswith("_present"):
        more = counts.get(share.of.removesuffix("_present"))
        return None if more is None else more[2] >= share.least(more[1])
    return for_ >= _votes_needed(share, total, present)


def _votes_needed(share: Share, total: int, present: int) -> int:
    return share.least(present if share.of == "present" else total)


def _fraction(share: Share) -> Say:
    if (share.over, share.under) == (1, 2) and share.strictly:
        return Say("过半数", "more than half")
    names = {
        (1, 2): ("半数", "half"),
        (2, 3): ("三分之二", "two thirds"),
        (3, 4): ("四分之三", "three quarters"),
    }
    zh, en = names.get(
        (share.over, share.under), (f"{share.under}分之{share.over}", f"{share.over}/{share.under}")
    )
    return Say(f"超过{zh}", f"more than {en}") if share.strictly else Say(zh, en)


def _quorum_sentence(share: Share, total: int, present: int, needed: int) -> Say:
    unit = Say("户", "households") if share.of == "households" else Say("人", "people")
    part = _fraction(share)
    held = present >= needed
    return Say(
        f"应到{total}{unit.zh}，实到{present}{unit.zh}，{'达到' if held else '未达'}{part.zh}（须{needed}{unit.zh}）。",
        f"{present} of {total} {unit.en} present; {part.en} needed ({needed}): {'held' if held else 'not held'}.",
    )


def _majority_sentence(share: Share, total: int, for_: int, needed: int) -> Say:
    part = _fraction(share)
    of = Say("到会人员", "those present") if share.of == "present" else Say("全体", "all")
    held = for_ >= needed
    return Say(
        f"赞成{for_}票，{'达到' if held else '未达'}{of.zh}的{part.zh}（须{needed}票）。",
        f"{for_} in favour; {part.en} of {of.en} needed ({needed}): {'carried' if held else 'not carried'}.",
    )
