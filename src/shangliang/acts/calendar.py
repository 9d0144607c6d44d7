"""The State Council's calendar of holidays and make-up working days, for the pure rooms."""

from __future__ import annotations

from functools import cache

import chinese_calendar

from shangliang.procedure.calendar import WorkCalendar


@cache
def work_calendar() -> WorkCalendar:
    """Days off and make-up working days as published. Beyond the last published year only weekends are known."""
    return WorkCalendar(
        holidays=frozenset(chinese_calendar.holidays), makeup=frozenset(chinese_calendar.workdays)
    )
