"""Somebody who was drawn cannot come: another is drawn by the same rules, and the record keeps both draws."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from shangliang.panel.problem import PanelError, Person, Problem, Quota


def problem_of(lottery: Mapping[str, Any]) -> Problem:
    """The problem that a published file states; households are known by their number."""
    width = len(lottery["categories"])
    people = tuple(
        Person(row[0], tuple(row[1 : 1 + width]), str(row[1 + width]) if len(row) > 1 + width else "")
        for row in lottery["people"]
    )
    return Problem(
        int(lottery["size"]), tuple(lottery["categories"]), tuple(Quota(*row) for row in lottery["quotas"]), people,
        frozenset(lottery["must"]), frozenset(lottery["without"]),
    )  # fmt: skip


def replacement(lottery: Mapping[str, Any], number: int, gone: Collection[str]) -> Problem:
    """The problem of drawing for those of panel `number` (from 1) who cannot come: the others keep their seats, who is
    gone cannot be drawn again, quotas and size stay. Raises PanelError for people who were not drawn."""
    drawn = lottery["panels"][number - 1]
    strange = sorted(set(gone) - set(drawn))
    if strange or not gone:
        name = "、".join(strange)
        raise PanelError([
            ("gone", f"“{name}”不在抽中的人里" if strange else "没有说明谁来不了",
             f"“{name}” was not drawn" if strange else "nobody is named who cannot come")
        ])  # fmt: skip
    before = problem_of(lottery)
    return Problem(
        before.size, before.categories, before.quotas, before.people,
        frozenset(drawn) - frozenset(gone), before.without | frozenset(gone),
    )  # fmt: skip


def after(lottery_digest: str, number: int, gone: Collection[str], reason: str) -> dict[str, Any]:
    """What the new published file says of the earlier draw."""
    return {"sha256": lottery_digest, "number": number, "gone": sorted(gone), "reason": reason}
