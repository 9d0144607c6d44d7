"""What a figure counts, row by row. The number of rows is the figure: a test compares them for every measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from shangliang.cases import models as cases
from shangliang.cases.oversight import models as oversight
from shangliang.statistics.facts import FIVE, LETTER_DAYS, OPEN_TASK, PLACES
from shangliang.statistics.facts import letter_due as _letter_due
from shangliang.statistics.years import Years
from shangliang.units.models import Unit
from shangliang.units.queries import span

Kind = Literal["unit", "meeting", "matter", "topic", "task", "letter", "reminder", "call_back"]


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; None leaves that side open. ``today`` is the day of asking."""

    first: date | None
    last: date | None
    today: date

    def on(self, field: str) -> Q:
        """The rows whose day lies in the period."""
        found = Q(**{f"{field}__isnull": False})
        if self.first:
            found &= Q(**{f"{field}__gte": self.first})
        if self.last:
            found &= Q(**{f"{field}__lte": self.last})
        return found

    @property
    def end(self) -> date:
        return self.last or date.max


def over(years: Years, today: date) -> Period:
    """One year, several, or all of them."""
    return Period(*years.days, today)


def of_year(year: int | None, today: date) -> Period:
    """A year, or all of them."""
    return over(Years.of(year), today)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind, in their order."""

    kind: Kind
    rows: QuerySet[Any]


def counted(measure: str, unit: Unit, period: Period) -> list[Part]:
    """The rows that a measure counts in a unit and everything below it. Clocks have windows instead (``windows``)."""
    return _PARTS[measure](unit, period) if measure in _PARTS else []


def missing_venues(unit: Unit, period: Period) -> QuerySet[Unit]:
    """Places without a venue at the end of the period, in the order of the tree."""
    there = _standing_at(unit, period.end).values("unit")
    return _places(unit, period.end).exclude(pk__in=there)


def _inside(unit: Unit, prefix: str) -> Q:
    start, end = span(unit.path)
    return Q(**{f"{prefix}path__gte": start, f"{prefix}path__lt": end})


def _places(unit: Unit, on: date) -> QuerySet[Unit]:
    there = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    return Unit.objects.filter(_inside(unit, ""), there, kind__in=PLACES).order_by("path")


def _standing_at(unit: Unit, on: date) -> QuerySet[Any]:
    there = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    return oversight.Standing.objects.filter(_inside(unit, "unit__"), there, unit__kind__in=PLACES)


def _units(unit: Unit, period: Period) -> list[Part]:
    return [Part("unit", _places(unit, period.end))]


def _venues(unit: Unit, period: Period) -> list[Part]:
    there = _standing_at(unit, period.end).values("unit")
    return [Part("unit", _places(unit, period.end).filter(pk__in=there).select_related("venue"))]


def _complete(unit: Unit, period: Period) -> list[Part]:
    there = _standing_at(unit, period.end).filter(until=None).values("unit")
    found = _places(unit, period.end).filter(pk__in=there)
    for have in FIVE:
        found = found.filter(venue__haves__contains=have)
    return [Part("unit", found.select_related("venue"))]


def _meetings(more: Q) -> Callable[[Unit, Period], list[Part]]:
    def rows(unit: Unit, period: Period) -> list[Part]:
        found = cases.Meeting.objects.filter(
            _inside(unit, "unit__"), period.on("held_on"), more, state="held"
        )
        return [Part("meeting", found.select_related("unit", "ledger").order_by("-held_on", "id"))]

    return rows


def _matters(day: str, *more: Q, topics: Q | None = None) -> Callable[[Unit, Period], list[Part]]:
    """Matters by one of their days; with ``topics``, those of old ledgers that count as well."""

    def rows(unit: Unit, period: Period) -> list[Part]:
        found = cases.Matter.objects.filter(_inside(unit, "unit__"), period.on(day), *more)
        parts = [Part("matter", found.select_related("unit", "title").order_by(f"-{day}", "id"))]
        if topics is not None:
            parts.append(_topics(unit, period, topics))
        return parts

    return rows


def _topics(unit: Unit, period: Period, which: Q) -> Part:
    found = oversight.LedgerTopic.objects.filter(
        _inside(unit, "meeting__unit__"), period.on("meeting__held_on"), which
    )
    return Part("topic", found.select_related("meeting__unit", "title").order_by("-meeting__held_on", "id"))


def _through(model: Any, day: str, more: Q) -> Callable[[Unit, Period], list[Part]]:
    """Matters, once for each row of another table that belongs to them."""

    def rows(unit: Unit, period: Period) -> list[Part]:
        found = model.objects.filter(_inside(unit, "matter__unit__"), period.on(day), more)
        return [
            Part("matter", found.select_related("matter__unit", "matter__title").order_by(f"-{day}", "id"))
        ]

    return rows


def _published(unit: Unit, period: Period) -> list[Part]:
    from django.db.models.functions import Coalesce

    found = cases.Publication.objects.annotate(since=Coalesce("board_on", "online_on")).filter(
        _inside(unit, "matter__unit__"), period.on("since")
    )
    return [Part("matter", found.select_related("matter__unit", "matter__title").order_by("-since", "id"))]


def _tasks(unit: Unit, more: Q) -> QuerySet[Any]:
    found = cases.Task.objects.filter(_inside(unit, "matter__unit__"), more)
    return found.select_related("text", "matter__unit", "matter__title")


def _tasks_done(unit: Unit, period: Period) -> list[Part]:
    return [Part("task", _tasks(unit, period.on("done_on")).order_by("-done_on", "id"))]


def _tasks_overdue(unit: Unit, period: Period) -> list[Part]:
    late = Q(due__lt=period.today, state__in=OPEN_TASK, matter__ended="")
    return [Part("task", _tasks(unit, late).order_by("due", "id"))]


def _letters(unit: Unit, more: Q) -> QuerySet[Any]:
    from django.db.models.functions import Coalesce

    found = cases.Invitation.objects.filter(_inside(unit, "meeting__unit__"), kind="department")
    found = found.annotate(sent=Coalesce("meeting__notice_on", "meeting__called_on"))
    return found.exclude(meeting__state="called_off").filter(more).select_related("meeting__unit")


def _letters_sent(unit: Unit, period: Period) -> list[Part]:
    return [Part("letter", _letters(unit, period.on("sent")).order_by("-sent", "id"))]


def _letters_answered(unit: Unit, period: Period) -> list[Part]:
    return [Part("letter", _letters(unit, period.on("replied_on")).order_by("-replied_on", "id"))]


def _letters_overdue(unit: Unit, period: Period) -> list[Part]:
    sent_by = _latest_sent(period.today)
    late = Q(replied_on=None, meeting__state="called", sent__lte=sent_by)
    return [Part("letter", _letters(unit, late).order_by("sent", "id"))]


def _latest_sent(today: date) -> date:
    """The last day of sending whose answer was due before today."""
    on = date.fromordinal(today.toordinal() - LETTER_DAYS)
    while _letter_due(on) >= today:
        on = date.fromordinal(on.toordinal() - 1)
    return on


def _reminders(day: str) -> Callable[[Unit, Period], list[Part]]:
    def rows(unit: Unit, period: Period) -> list[Part]:
        found = oversight.Reminder.objects.filter(_inside(unit, "unit__"), period.on(day))
        return [
            Part(
                "reminder",
                found.select_related("unit", "by", "text", "answer_note").order_by(f"-{day}", "id"),
            )
        ]

    return rows


def _call_backs(more: Q) -> Callable[[Unit, Period], list[Part]]:
    def rows(unit: Unit, period: Period) -> list[Part]:
        found = oversight.CallBack.objects.filter(_inside(unit, "matter__unit__"), period.on("on"), more)
        return [
            Part(
                "call_back",
                found.select_related("matter__unit", "matter__title", "note").order_by("-on", "id"),
            )
        ]

    return rows


_ALL = Q()
_DOUBTED = Q(Exists(cases.Task.objects.filter(matter=OuterRef("pk"), state="verify")))
_LOOKED_INTO = Q(heard="unsolved", ended="") | _DOUBTED & (Q(ended="") | Q(result="solved"))
_SETTLED = ~_LOOKED_INTO
_SOLVED = Q(result="solved") & _SETTLED


def _result(result: str) -> Callable[[Unit, Period], list[Part]]:
    return _matters("result_on", Q(result=result) & _SETTLED, topics=Q(result=result))


def _subject(discuss: str) -> Callable[[Unit, Period], list[Part]]:
    return _matters("result_on", _SOLVED & Q(discuss=discuss), topics=Q(result="solved", discuss=discuss))


_PARTS: dict[str, Callable[[Unit, Period], list[Part]]] = {
    "units": _units,
    "venues": _venues,
    "coverage": _venues,
    "complete": _complete,
    "meetings": _meetings(~Q(form="door")),
    "ledger_meetings": _meetings(~Q(form="door") & Q(ledger__isnull=False)),
    "door_talks": _meetings(Q(form="door")),
    "opinions": _through(cases.Opinion, "received_on", _ALL),
    "matters": _matters("opened_on", Q(merged_into=None)),
    "refused": _matters("ended_on", Q(ended="refused")),
    "stopped": _matters("ended_on", Q(ended="stopped")),
    "deliberated": _through(cases.Round, "concluded_on", _ALL),
    "published": _published,
    "solved": _result("solved"),
    "partly": _result("partly"),
    "unsolved": _result("unsolved"),
    "confirmed": _matters("result_on", _SOLVED & Q(heard="solved")),
    "denied": _matters("result_on", _SOLVED & Q(heard="unsolved")),
    "verify": _matters("result_on", ~Q(result="") & _LOOKED_INTO),
    "ledger_topics": lambda unit, period: [_topics(unit, period, ~Q(result=""))],
    "solved_affairs": _subject("affairs"),
    "solved_livelihood": _subject("livelihood"),
    "solved_governance": _subject("governance"),
    "tasks_done": _tasks_done,
    "tasks_overdue": _tasks_overdue,
    "letters": _letters_sent,
    "letters_answered": _letters_answered,
    "letters_overdue": _letters_overdue,
    "reminders": _reminders("on"),
    "reminders_answered": _reminders("answered_on"),
    "call_backs": _call_backs(_ALL),
    "call_backs_reached": _call_backs(Q(reached=True)),
    "call_backs_solved": _call_backs(Q(solved=True)),
}
