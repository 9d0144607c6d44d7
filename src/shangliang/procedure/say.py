"""Sentences in two languages, and the few ways of writing dates and numbers into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence or name, Chinese first."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """The text in ``lang``: everything that does not begin with "en" reads Chinese."""
        return self.en if lang.startswith("en") else self.zh

    def __add__(self, other: Say) -> Say:
        return Say(self.zh + other.zh, f"{self.en} {other.en}".strip())

    def __bool__(self) -> bool:
        return bool(self.zh)


NOTHING = Say("", "")


def day(when: date, today: date | None = None) -> Say:
    """``when`` in words; the year is left out when it is the year of ``today``."""
    short = today is not None and when.year == today.year
    zh = f"{when.month}月{when.day}日"
    en = f"{when.day} {_MONTHS[when.month - 1]}"
    return Say(zh, en) if short else Say(f"{when.year}年{zh}", f"{en} {when.year}")


def listed(items: list[Say]) -> Say:
    """A list in words: 甲、乙 / a, b."""
    return Say("、".join(i.zh for i in items), ", ".join(i.en for i in items))


_NUMERALS = "零一两三四五六七八九十"


def count_zh(number: int) -> str:
    """A small number as it is spoken: 一方, 两方, 十方; larger ones in figures."""
    return _NUMERALS[number] if 0 <= number <= 10 else str(number)


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 side`` or ``2 sides``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
