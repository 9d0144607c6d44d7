"""What is overdue today, in working days: tasks by who is responsible, and letters without an answer."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.acts.calendar import work_calendar
from shangliang.statistics import lists
from shangliang.statistics.facts import letter_due
from shangliang.web.access import staff
from shangliang.web.desk import showing
from shangliang.web.desk.showing import not_public
from shangliang.web.frame import desk
from shangliang.web.oversight import place
from shangliang.web.oversight.place import Asked, link, told

MOST = 300
"""Rows shown of each kind; the rest is reached through the units below."""


@staff()
@require_GET
def late(request: HttpRequest, unit: str) -> HttpResponse:
    """Tasks past their day, the earliest day first under each who is responsible; letters past their answer."""
    a = place.asked(request, unit)
    period = lists.of_year(None, a.today)
    (tasks,), (letters,) = (lists.counted(m, a.unit, period) for m in ("tasks_overdue", "letters_overdue"))
    known, hidden = place.readable(tasks.rows, a.actor, "matter__")
    return desk(
        request, "oversight/late.html", a.unit, asked=a, owners=_owners(a, known[:MOST]), n_tasks=tasks.rows.count(),
        not_public=not_public(hidden),
        letters=_letters(a, letters.rows[:MOST]), n_letters=letters.rows.count(), most=MOST,
        defs=told("tasks_overdue", "letters_overdue"), back_url=link("progress_of", a.unit),
        remind_url=place.remind_url(a, "task" if tasks.rows.exists() else "letter"), letter_url=place.remind_url(a, "letter"),
    )  # fmt: skip


COLUMNS = (lambda: _("Task"), lambda: _("Unit"), lambda: _("Due"), lambda: _("Working days late"))


def columns() -> list[Any]:
    *words, last = (c() for c in COLUMNS)
    return [*words, {"label": last, "num": True}]


def _owners(a: Asked, tasks: Any) -> list[dict[str, Any]]:
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for t in tasks:
        found[t.owner].append([
            {"text": f"{t.text.text if t.text else '—'}（{showing.title(t.matter)}）", "url": reverse("matter", args=[t.matter_id])},
            t.matter.unit.name, t.due, work_calendar().workdays_between(t.due, a.today),
        ])  # fmt: skip
    return [{"name": owner, "rows": rows, "columns": columns()} for owner, rows in found.items()]


def _letters(a: Asked, letters: Any) -> list[list[Any]]:
    return [
        [{"text": i.department, "url": reverse("meeting", args=[i.meeting_id])}, i.meeting.unit.name, i.sent,
         work_calendar().workdays_between(letter_due(i.sent), a.today)]
        for i in letters
    ]  # fmt: skip
