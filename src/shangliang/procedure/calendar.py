"""Days, working days and months, as the rules count them.

Natural days unless a rule says 工作日; the first day is not counted; a period ends with the end of its last
day. A reply deadline on a day off moves to the next working day, an "at least" period stays where it is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_PERIOD = re.compile(r"P(\d+)(D|WD|M)")


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The State Council's yearly notice: days off on weekdays, and weekends worked in exchange (调休)."""

    holidays: frozenset[date] = frozenset()
    makeup: frozenset[date] = frozenset()

    def is_workday(self, when: date) -> bool:
        if when in self.makeup:
            return True
        return when.weekday() < 5 and when not in self.holidays

    def add_workdays(self, start: date, n: int) -> date:
        """The ``n``-th working day after ``start``, which is not counted."""
        if n < 0:
            raise ValueError("working days are counted forward")
        when = start
        while n:
            when += timedelta(days=1)
            n -= self.is_workday(when)
        return when

    def workdays_between(self, a: date, b: date) -> int:
        """Working days after ``a`` up to and with ``b``; negative when ``b`` is earlier."""
        if b < a:
            return -self.workdays_between(b, a)
        return sum(self.is_workday(a + timedelta(days=i)) for i in range(1, (b - a).days + 1))

    def next_workday(self, when: date) -> date:
        """``when`` itself if it is worked, else the first working day after it."""
        while not self.is_workday(when):
            when += timedelta(days=1)
        return when


def days(a: date, b: date) -> int:
    """Whole natural days from ``a`` to ``b``, the first day not counted: 1 March to 16 March is 15."""
    return (b - a).days


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a month that is too short."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: natural days (D), working days (WD) or months (M)."""

    number: int
    unit: str

    def after(self, start: date, calendar: WorkCalendar) -> date:
        """The last day of the period that begins with ``start``."""
        if self.unit == "WD":
            return calendar.add_workdays(start, self.number)
        if self.unit == "M":
            return add_months(start, self.number)
        return start + timedelta(days=self.number)

    def due(self, start: date, calendar: WorkCalendar) -> date:
        """A deadline of this length for something to be done *within*: it rolls forward off days off."""
        return calendar.next_workday(self.after(start, calendar))

    @property
    def zh(self) -> str:
        return f"{self.number}{ {'D': '日', 'WD': '个工作日', 'M': '个月'}[self.unit] }"

    @property
    def en(self) -> str:
        name = {"D": "day", "WD": "working day", "M": "month"}[self.unit]
        return f"{self.number} {name}{'s' if self.number != 1 else ''}"


def parse_period(text: str) -> Period:
    """``P15D``, ``P5WD`` or ``P2M``.

    Raises:
        ValueError: for any other text.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period such as P15D, P5WD or P2M: {text!r}")
    return Period(int(match[1]), match[2])
