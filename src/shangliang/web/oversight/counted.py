"""What a number counts, row by row, with its definition above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shangliang.acts.calendar import work_calendar
from shangliang.cases.models import Matter
from shangliang.statistics import lists
from shangliang.statistics.facts import letter_due
from shangliang.statistics.measures import MEASURES
from shangliang.web.access import staff
from shangliang.web.desk import showing
from shangliang.web.desk.meeting_shown import title as meeting_title
from shangliang.web.desk.showing import not_public
from shangliang.web.frame import desk
from shangliang.web.labels import CHOICES
from shangliang.web.oversight import place
from shangliang.web.oversight.place import Asked, link
from shangliang.web.saying import day


@staff()
@require_GET
def counted(request: HttpRequest, unit: str, measure: str) -> HttpResponse:
    """The rows of one measure of one unit in one year or all of them."""
    if measure not in MEASURES or MEASURES[measure].kind == "clock":
        raise Http404
    a = place.asked(request, unit, year=None)
    period = _period(request, a)
    parts = lists.counted(measure, a.unit, period)
    shown = []
    for n, part in enumerate(parts):
        known, hidden = _readable(part, a)
        name = f"page{n}" if n else "page"
        page = place.paged(request, known, name)
        rows = ROWS[part.kind](list(page.object_list), a)
        if rows or hidden or not n:
            shown.append({"page": page, "name": name, "rows": rows, "kind": part.kind, "hidden": hidden,
                          "not_public": not_public(hidden)})  # fmt: skip
    total = sum(p["page"].paginator.count + p["hidden"] for p in shown)
    return desk(
        request, "oversight/counted.html", a.unit, asked=a, measure=MEASURES[measure], parts=shown,
        how_many=place.so_many(total, MEASURES[measure]), back_url=link("progress_of", a.unit, a.years), period=period,
    )  # fmt: skip


ABOUT_MATTERS = ("matter", "task", "call_back")
"""Kinds of rows that tell of one matter: those of a matter that is not for the reader are counted, not listed."""


def _readable(part: lists.Part, a: Asked) -> tuple[QuerySet[Any], int]:
    """The rows that are for the reader, and how many others there are."""
    if part.kind not in ABOUT_MATTERS:
        return part.rows, 0
    return place.readable(part.rows, a.actor, "" if part.rows.model is Matter else "matter__")


def _period(request: HttpRequest, a: Asked) -> lists.Period:
    """The days of ``?from=`` and ``?to=``, else the years."""
    first, last = (_day(request.GET.get(name, "")) for name in ("from", "to"))
    if last is None:
        return lists.over(a.years, a.today)
    return lists.Period(first, last, a.today)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


Rows = list[dict[str, Any]]


def _units(rows: list[Any], a: Asked) -> Rows:
    return [{"title": u.name, "url": link("progress_of", u, a.years), "sub": ""} for u in rows]


def _meetings(rows: list[Any], a: Asked) -> Rows:
    from django.db.models import prefetch_related_objects

    prefetch_related_objects(rows, "rounds__matter__title", "ledger_topics__title")
    return [
        {"title": _ledger_title(m) if hasattr(m, "ledger") else meeting_title(m, a.actor), "url": reverse("meeting", args=[m.pk]),
         "sub": f"{m.unit.name} · {day(m.held_on)}", **_late_mark(m)}
        for m in rows
    ]  # fmt: skip


def _ledger_title(meeting: Any) -> str:
    names = [t.title.text for t in meeting.ledger_topics.all() if t.title and t.title.text]
    return pgettext("between names", ", ").join(names) or _("A meeting without a topic")


def _late_mark(meeting: Any) -> dict[str, str]:
    return {"state": "wait", "word": _("from a ledger")} if hasattr(meeting, "ledger") else {}


def _matters(rows: list[Any], a: Asked) -> Rows:
    matters = [row if isinstance(row, Matter) else row.matter for row in rows]
    return showing.rows(matters)


def _topics(rows: list[Any], a: Asked) -> Rows:
    return [
        {"title": t.title.text if t.title else "—", "url": reverse("meeting", args=[t.meeting_id]),
         "sub": f"{t.meeting.unit.name} · {day(t.meeting.held_on)}", "state": "wait", "word": _("from a ledger")}
        for t in rows
    ]  # fmt: skip


def late_by(due: Any, today: Any) -> str:
    """How late something is, in working days."""
    return _("%(n)d working days late") % {"n": work_calendar().workdays_between(due, today)}


def _tasks(rows: list[Any], a: Asked) -> Rows:
    return [
        {"title": t.text.text if t.text else "—", "url": reverse("matter", args=[t.matter_id]),
         "sub": f"{t.owner} · {t.matter.unit.name} · {showing.title(t.matter)}", **_task_state(t, a)}
        for t in rows
    ]  # fmt: skip


def _task_state(task: Any, a: Asked) -> dict[str, str]:
    if task.done_on:
        return {"state": "ok", "word": _("done on %(day)s") % {"day": day(task.done_on)}}
    word = f"{day(task.due)} · {late_by(task.due, a.today)}"
    return {"state": "stop", "word": word}


def _letters(rows: list[Any], a: Asked) -> Rows:
    return [
        {"title": i.department, "url": reverse("meeting", args=[i.meeting_id]),
         "sub": f"{i.meeting.unit.name} · {i.letter} · {day(i.sent)}", **_letter_state(i, a)}
        for i in rows
    ]  # fmt: skip


def _letter_state(letter: Any, a: Asked) -> dict[str, str]:
    if letter.replied_on:
        return {"state": "ok", "word": str(CHOICES["register_reply.reply"].get(letter.reply, ""))}
    due = letter_due(letter.sent)
    if letter.meeting.state != "called" or due >= a.today:
        return {"state": "wait", "word": _("no answer yet")}
    return {"state": "stop", "word": late_by(due, a.today)}


def reminder_rows(rows: list[Any], a: Asked) -> Rows:
    """Reminders with what was answered."""
    found = []
    for r in rows:
        answer = CHOICES["answer_reminder.answer"].get(r.answer)
        word = str(answer) if answer else _("no answer yet")
        if r.planned_on:
            word = f"{word}：{day(r.planned_on)}"
        found.append(
            {"title": f"{r.unit.name}：{CHOICES['remind.about'][r.about]}", "url": reverse("reminder", args=[r.pk]),
             "sub": f"{day(r.on)} {r.letter}".strip(), "state": "ok" if answer else "wait", "word": word}
        )  # fmt: skip
    return found


def _call_backs(rows: list[Any], a: Asked) -> Rows:
    words = {True: _("says it is solved"), False: _("says it is not solved"), None: _("nobody was reached")}
    states = {True: "ok", False: "stop", None: "wait"}
    return [
        {"title": showing.title(c.matter), "url": reverse("matter", args=[c.matter_id]),
         "sub": f"{c.matter.unit.name} · {day(c.on)}", "state": states[c.solved], "word": words[c.solved]}
        for c in rows
    ]  # fmt: skip


ROWS: dict[str, Callable[[list[Any], Asked], Rows]] = {
    "unit": _units, "meeting": _meetings, "matter": _matters, "topic": _topics, "task": _tasks, "letter": _letters,
    "reminder": reminder_rows, "call_back": _call_backs,
}  # fmt: skip
