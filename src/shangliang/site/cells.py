"""What stands in a cell of somebody's table."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import NamedTuple


class Cell(NamedTuple):
    """Its text, and what is wrong with it, in both languages."""

    value: str
    wrong: tuple[str, str] | None = None


def cell_of(value: object, *, formula: bool = False) -> Cell:
    """A value as a workbook or a CSV file gives it, as one line of text: days as 2026-01-05, whole numbers without a point."""
    if value is None:
        return Cell("")
    if isinstance(value, datetime | date):
        return Cell(value.strftime("%Y-%m-%d"))
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(unicodedata.normalize("NFC", str(value)).split())
    if formula or text.startswith("="):
        return Cell(text, ("是公式，请改成数值", "is a formula; put its value"))
    if text.startswith("#") and text.rstrip("!?/0").isupper():
        return Cell(text, ("是出错的公式", "is a formula that failed"))
    return Cell(text)
