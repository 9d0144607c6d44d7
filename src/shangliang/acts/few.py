"""What may be said in public of few people: nothing about fewer than five."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FEW = 5
"""Fewer people than this are not spoken of: in a village everybody would know who they are."""
ENOUGH = 10
"""Of fewer than this, “four in five” and “more than half” would be exact numbers; they get the coarser word."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many agreed, disagreed, and passed."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def answered(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def open(self) -> bool:
        """Whether the three numbers may be shown: none of them speaks of one to four people."""
        return self.answered >= FEW and all(
            n == 0 or n >= FEW for n in (self.agree, self.disagree, self.passed)
        )

    @property
    def word(self) -> str:
        """few, agree_most (four in five or more), agree (more than half), disagree_most, disagree, unsure (more than half
        passed) or divided. A word always fits several numbers, so it tells of nobody."""
        n = self.answered
        if n < FEW:
            return "few"
        for side, name in ((self.agree, "agree"), (self.disagree, "disagree")):
            if n >= ENOUGH and side * 5 >= n * 4:
                return f"{name}_most"
            if side * 2 > n:
                return name
        return "unsure" if self.passed * 2 > n else "divided"


def told(count: Count) -> dict[str, Any]:
    """What may be written of a statement where anybody can read it: how many answered, a word, and the three numbers only
    where none of them speaks of few people."""
    if count.answered < FEW:
        return {"word": "few"}
    said: dict[str, Any] = {"word": count.word, "answered": count.answered}
    if count.open:
        said |= {"agree": count.agree, "disagree": count.disagree, "passed": count.passed}
    return said
