"""The years that a figure is asked for: one, several in a row, or all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Years:
    """From one year to another, both included; None leaves that side open."""

    first: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, year: int | None) -> Years:
        """One year; all of them for None."""
        return cls(year, year)

    @property
    def one(self) -> int | None:
        """The year, where it is only one."""
        return self.first if self.first == self.last else None

    @property
    def every(self) -> bool:
        return self.first is None and self.last is None

    @property
    def months(self) -> tuple[int | None, int | None]:
        """First and last month, counted since the year 0."""
        first = None if self.first is None else self.first * 12
        return first, None if self.last is None else self.last * 12 + 11

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day."""
        first = None if self.first is None else date(self.first, 1, 1)
        return first, None if self.last is None else date(self.last, 12, 31)

    def among(self, years: list[int]) -> list[int]:
        """Those of these years that lie in it."""
        return [
            y
            for y in years
            if (self.first is None or y >= self.first) and (self.last is None or y <= self.last)
        ]


ALL_YEARS = Years()
