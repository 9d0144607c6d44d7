"""Counting a statutory meeting: quorum and majority in whole numbers, and the sentence that says both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from shangliang.procedure.law import BodyRule, Share
from shangliang.procedure.model import Clause
from shangliang.procedure.say import NOTHING, Say

Counts = Mapping[str, tuple[int, int, int]]
"""By the name of what is counted: (total, present, in favour)."""


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
    more: Counts | None = None,
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
    main = next((s for s in choice if s.of not in counts), None)
    counted = main.of if main else basis or "members"
    counts[counted] = (total, present, for_)
    return Tally(
        quorum_held=_all(_came(s, counts) for s in choice),
        majority_held=_all(_carried(s, counts, total, present, for_) for s in rule.majority),
        present_needed=main.least(total) if main else 0,
        votes_needed=_votes_needed(rule.majority[0], total, present),
        quorum=_together(_quorum_sentence(s, counts) for s in choice),
        majority=_together(
            _majority_sentence(s, counts, total, present, for_, counted) for s in rule.majority
        ),
        clause=rule.cite,
    )


def _together(sentences: Iterable[Say]) -> Say:
    return reduce(Say.__add__, sentences, NOTHING)


def _choice(rule: BodyRule, basis: str | None) -> tuple[Share, ...]:
    fitting = [q for q in rule.quorum if any(s.of == basis for s in q)]
    return (fitting or [*rule.quorum, ()])[0]


def _all(answers: object) -> bool | None:
    seen = list(answers)  # type: ignore[call-overload]
    if False in seen:
        return False
    return None if None in seen else True


def _came(share: Share, counts: Counts) -> bool | None:
    if share.of not in counts:
        return None
    total, present, _ = counts[share.of]
    return present >= share.least(total)


def _carried(share: Share, counts: Counts, total: int, present: int, for_: int) -> bool | None:
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


def square_metres(hundredths: int) -> str:
    """An area kept in hundredths of a square metre, as it is written: 1284560 is 12845.60."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _quorum_sentence(share: Share, counts: Counts) -> Say:
    if share.of not in counts:
        return NOTHING
    total, present, _ = counts[share.of]
    needed, part, held = share.least(total), _fraction(share), _came(share, counts)
    if share.of == "area":
        whole, came, least = map(square_metres, (total, present, needed))
        return Say(
            f"专有部分面积共{whole}平方米，参与表决{came}平方米，{'达到' if held else '未达'}{part.zh}（须{least}平方米）。",
            f"{came} of {whole} m² of floor area take part; {part.en} needed ({least}): {'held' if held else 'not held'}.",
        )
    unit = Say("户", "households") if share.of == "households" else Say("人", "people")
    return Say(
        f"应到{total}{unit.zh}，实到{present}{unit.zh}，{'达到' if held else '未达'}{part.zh}（须{needed}{unit.zh}）。",
        f"{present} of {total} {unit.en} present; {part.en} needed ({needed}): {'held' if held else 'not held'}.",
    )


def _majority_sentence(share: Share, counts: Counts, total: int, present: int, for_: int, basis: str) -> Say:
    part = _fraction(share)
    if share.of.endswith("_present"):
        return _majority_of_area(share, counts.get(share.of.removesuffix("_present")), part)
    came = Say("参与表决人数", "those taking part") if basis == "owners" else Say("到会人员", "those present")
    of = came if share.of == "present" else Say("全体", "all")
    needed = _votes_needed(share, total, present)
    held = for_ >= needed
    return Say(
        f"赞成{for_}票，{'达到' if held else '未达'}{of.zh}的{part.zh}（须{needed}票）。",
        f"{for_} in favour; {part.en} of {of.en} needed ({needed}): {'carried' if held else 'not carried'}.",
    )


def _majority_of_area(share: Share, count: tuple[int, int, int] | None, part: Say) -> Say:
    if count is None:
        return NOTHING
    _, present, for_ = count
    needed = share.least(present)
    yes, least = square_metres(for_), square_metres(needed)
    return Say(
        f"同意的面积{yes}平方米，{'达到' if for_ >= needed else '未达'}参与表决面积的{part.zh}（须{least}平方米）。",
        f"{yes} m² in favour; {part.en} of the area taking part needed ({least}): {'carried' if for_ >= needed else 'not carried'}.",
    )
