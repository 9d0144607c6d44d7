"""What is due when: the timers of a stage, and how often a unit meets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shangliang.procedure.calendar import add_months, days
from shangliang.procedure.facts import Facts
from shangliang.procedure.law import law_on
from shangliang.procedure.model import Clock, Timer
from shangliang.procedure.say import Say, day, plural


def _opened(facts: Facts) -> date | None:
    return facts.matter.opened_on if facts.matter else None


def _posting_start(facts: Facts) -> date | None:
    return facts.publication.start if facts.publication else None


def _objection_received(facts: Facts) -> date | None:
    open_since = [o.received_on for o in facts.objections or () if o.state == "open"]
    return min(open_since) if open_since else None


def _sent(kind: str) -> Callable[[Facts], date | None]:
    def last(facts: Facts) -> date | None:
        return max((d.on for d in facts.dispatches or () if d.kind == kind), default=None)

    return last


def _told(facts: Facts) -> date | None:
    return max((p.notified_on for p in facts.participants or () if p.notified_on), default=None)


def _decided(facts: Facts) -> date | None:
    return max((r.on for r in facts.rulings or () if r.kind == "decision"), default=None)


def _called(facts: Facts) -> date | None:
    return facts.meeting.notice_on if facts.meeting else None


def _collecting_opened(facts: Facts) -> date | None:
    return facts.collecting.opened_on if facts.collecting else None


# The events a timer may count from.
STARTS: Mapping[str, Callable[[Facts], date | None]] = {
    "opened": _opened,
    "posting_start": _posting_start,
    "objection_received": _objection_received,
    "notice_issued": _sent("notice"),
    "information_released": _sent("prior"),
    "participants_told": _told,
    "meeting_notice": _called,
    "decided": _decided,
    "collecting_opened": _collecting_opened,
}

# The collection of Facts each of them reads, where it reads one.
STARTS_NEED: Mapping[str, str] = {
    "posting_start": "publication",
    "objection_received": "objections",
    "notice_issued": "dispatches",
    "information_released": "dispatches",
    "participants_told": "participants",
    "meeting_notice": "meeting",
    "decided": "rulings",
    "collecting_opened": "collecting",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A running timer: the day it ends, how many days are left (negative: overdue), and the sentence."""

    timer: Timer
    on: date
    left: int
    say: Say


def due(timer: Timer, facts: Facts) -> Due | None:
    """Where a timer stands, or None while its event has not happened.

    The overall reply falls on a working day; a keep-at-least period that the law does not ask of this unit
    on the day it began is left out.
    """
    start = STARTS[timer.start](facts)
    if start is None or (
        timer.origin == "law" and law_on(start, facts.unit.kind).publication_min_days is None
    ):
        return None
    period = timer.length
    end = period.due(start, facts.calendar) if timer.kind == "within" else period.after(start, facts.calendar)
    return Due(timer, end, days(facts.today, end), _sentence(timer, end, facts.today))


def _sentence(timer: Timer, end: date, today: date) -> Say:
    left, name, on = days(today, end), timer.name, day(end, today)
    if timer.kind == "at_least":
        if left > 0:
            return Say(
                f"{name.zh}到{on.zh}期满，还有{left}天。",
                f"{name.en}: full on {on.en}, {plural(left, 'day')} to go.",
            )
        return Say(f"{name.zh}{on.zh}已期满。", f"{name.en}: full since {on.en}.")
    if left < 0:
        return Say(
            f"{name.zh}应在{on.zh}前，已过{-left}天。",
            f"{name.en}: was due {on.en}, {plural(-left, 'day')} ago.",
        )
    return Say(f"{name.zh}：{on.zh}前，还剩{left}天。", f"{name.en}: by {on.en}, {plural(left, 'day')} left.")


@dataclass(frozen=True, slots=True)
class Window:
    """One window of a clock: first and last day, how many meetings it asks for and how many were held in it."""

    first: date
    last: date
    times: int
    held: int
    ended: bool
    no_topic: bool  # "no matter this period", registered with a reason; it stands beside the gap and does not close it

    @property
    def gap(self) -> int:
        return max(0, self.times - self.held) if self.ended else 0


@dataclass(frozen=True, slots=True)
class Frequency:
    """Due, held and gap of a unit in a year. Shown to the unit and its supervisor, sorted by date, never as a score."""

    windows: tuple[Window, ...]

    @property
    def due(self) -> int:
        return sum(w.times for w in self.windows if w.ended)

    @property
    def held(self) -> int:
        """Meetings in windows that have ended, each window counted up to what it asks."""
        return sum(min(w.held, w.times) for w in self.windows if w.ended)

    @property
    def meetings(self) -> int:
        return sum(w.held for w in self.windows)

    @property
    def gap(self) -> int:
        return sum(w.gap for w in self.windows)

    @property
    def explained(self) -> int:
        """How much of the gap stands beside a registered "no matter this period"."""
        return sum(w.gap for w in self.windows if w.no_topic)

    @property
    def current(self) -> Window | None:
        return next((w for w in self.windows if not w.ended), None)


def counts(form: str) -> bool:
    """Whether a meeting of this form counts for the clock: urgent and written ones do, a door visit does not."""
    return form != "door"


def frequency(
    clock: Clock, year: int, held: Sequence[date], today: date, no_topic: Sequence[date] = ()
) -> Frequency:
    """The windows of a calendar year: for P2M January–February, March–April and so on.

    Args:
        held: days of meetings that count.
        no_topic: days on which "no matter this period" was registered.
    """
    return Frequency(
        tuple(_window(clock, date(year, m, 1), held, today, no_topic) for m in range(1, 13, clock.months))
    )


def _window(clock: Clock, first: date, held: Sequence[date], today: date, no_topic: Sequence[date]) -> Window:
    last = add_months(first, clock.months) - timedelta(days=1)
    inside = sum(first <= d <= last for d in held)
    return Window(first, last, clock.times, inside, last < today, any(first <= d <= last for d in no_topic))


def next_due(clock: Clock, last_meeting: date | None, today: date) -> date:
    """The day the desk reminds of: the last meeting plus the clock's months; without one, the end of this
    window.

    A clock that asks for several meetings a window ("twice a year") is due at the end of the window.
    """
    if last_meeting is not None and clock.times == 1:
        return add_months(last_meeting, clock.months)
    first = date(today.year, (today.month - 1) // clock.months * clock.months + 1, 1)
    return add_months(first, clock.months) - timedelta(days=1)


def reminder(clock: Clock, last_meeting: date | None, today: date) -> Say | None:
    """The desk's sentence once the reminding days have begun; None before."""
    on = next_due(clock, last_meeting, today)
    left = days(today, on)
    if left > clock.remind.number:
        return None
    when = day(on, today)
    if left < 0:
        late = plural(-left, "day")
        said = Say(
            f"这次会应在{when.zh}前开，已过{-left}天。", f"The next meeting was due {when.en}, {late} ago."
        )
    else:
        said = Say(
            f"下次会最迟{when.zh}前开，还剩{left}天。",
            f"The next meeting is due by {when.en}, {plural(left, 'day')} left.",
        )
    return said + Say(
        "没有议题就如实登记，不用凑次数。", "If there is no matter, enter that; no need to make one up."
    )
