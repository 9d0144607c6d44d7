"""Days, working days and months as the rules count them."""

from datetime import date

import pytest

from shangliang.procedure.calendar import WorkCalendar, add_months, days, parse_period

# The Labour Day week of 2026 and its worked Saturday, as an example of the yearly notice.
CALENDAR = WorkCalendar(
    holidays=frozenset({date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)}),
    makeup=frozenset({date(2026, 5, 9)}),
)


def test_the_first_day_is_not_counted():
    assert days(date(2026, 3, 1), date(2026, 3, 16)) == 15


def test_working_days_skip_holidays_and_count_worked_saturdays():
    assert not CALENDAR.is_workday(date(2026, 5, 1))
    assert CALENDAR.is_workday(date(2026, 5, 9))
    assert CALENDAR.add_workdays(date(2026, 4, 30), 1) == date(2026, 5, 6)
    assert CALENDAR.add_workdays(date(2026, 4, 30), 4) == date(2026, 5, 9)
    assert CALENDAR.workdays_between(date(2026, 4, 30), date(2026, 5, 9)) == 4
    assert CALENDAR.workdays_between(date(2026, 5, 9), date(2026, 4, 30)) == -4


def test_months_end_on_the_last_day_of_a_short_month():
    assert add_months(date(2026, 1, 10), 2) == date(2026, 3, 10)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


def test_a_deadline_on_a_day_off_rolls_forward_and_a_kept_period_stays():
    period = parse_period("P15D")
    assert period.after(date(2026, 4, 19), CALENDAR) == date(2026, 5, 4)
    assert period.due(date(2026, 4, 19), CALENDAR) == date(2026, 5, 6)


@pytest.mark.parametrize("text", ["P", "15D", "P1W", "P5wd", ""])
def test_other_periods_are_refused(text):
    with pytest.raises(ValueError, match="not a period"):
        parse_period(text)
