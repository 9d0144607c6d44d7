"""What the checks of all sheets of a workbook share, and the plan they write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shangliang.acts.act import SYSTEM, Act, today
from shangliang.site.rosters.columns import Sheet
from shangliang.site.rosters.places import Places, day
from shangliang.site.rosters.sheets import Book, Problem, Row


@dataclass(frozen=True, slots=True)
class Step:
    """One act, and the line it comes from."""

    sheet: str
    line: int
    act: Act


@dataclass(slots=True)
class Plan:
    """Everything an import would do, in order, and everything that stands against it."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)

    @property
    def acts(self) -> Counter[str]:
        return Counter(s.act.name for s in self.steps)


@dataclass(slots=True)
class Desk:
    """What the checks of all sheets share: where problems go, the units, the acts so far."""

    book: Book
    places: Places
    plan: Plan
    today: date = field(default_factory=today)
    earliest: dict[str, date] = field(
        default_factory=dict
    )  # the first day on which something happened in a unit

    def wrong(self, sheet: Sheet, row: Row, column: str, zh: str, en: str) -> None:
        self.book.wrong(sheet, row.line, column, zh, en)

    def unit(self, sheet: Sheet, row: Row, column: str = "unit") -> str | None:
        """The unit that a cell names; says why not."""
        if not row[column]:
            return None  # said already
        ident, why = self.places.find(row[column])
        if why:
            self.wrong(sheet, row, column, *why)
        return ident

    def day(self, sheet: Sheet, row: Row, column: str, *, past: bool = True) -> date | None:
        """The day in a cell; None where it is empty or wrong, which is said."""
        if not row[column]:
            return None
        found = day(row[column])
        if found is None:
            self.wrong(sheet, row, column, "日期要写成2026-01-05", "must be a date such as 2026-01-05")
        elif past and found > self.today:
            self.wrong(sheet, row, column, "日期还没有到", "the day is still to come")
            return None
        return found

    def word(self, sheet: Sheet, row: Row, column: str, words: Mapping[str, Any], default: Any) -> Any:
        """What a word of a list stands for; says which there are."""
        said = row[column].strip().casefold()
        if said in words:
            return words[said]
        known = "、".join(w for w in words if w and not w.isascii())
        self.wrong(sheet, row, column, f"没有“{row[column][:20]}”这一项，只能填{known}",
                   f"unknown: {row[column][:20]!r}; one of {', '.join(sorted({str(v) for v in words.values() if v}))}")  # fmt: skip
        return default

    def width(self, sheet: Sheet, row: Row, **widths: int) -> None:
        """Says of each cell that is too long."""
        for column, most in widths.items():
            if len(row[column]) > most:
                zh, en = f"太长了，最多{most}个字", f"is too long: at most {most} characters"
                self.wrong(sheet, row, column, zh, en)

    def step(self, sheet: Sheet, row: Row, name: str, on: date, data: Mapping[str, Any], unit: str) -> None:
        self.plan.steps.append(Step(sheet.names[0], row.line, Act(name, on, SYSTEM, data, unit=unit)))

    def same(self, sheet: Sheet) -> None:
        """One line that says what stands already."""
        self.plan.unchanged[sheet.names[0]] += 1

    def seen(self, unit: str, on: date | None) -> None:
        """Something happened in a unit on this day: it was there by then, and so was what lies above it."""
        above: str | None = unit
        while on and above:
            self.earliest[above] = min(on, self.earliest.get(above, on))
            known = self.places.by_id.get(above)
            above = known.parent if known and known.parent != above else None
