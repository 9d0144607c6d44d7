"""Reminders that were sent: the list, one with its answer, and the same as a letter on paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.cases.oversight.models import Reminder
from shangliang.documents import render
from shangliang.documents.queries import place_of
from shangliang.documents.sheet import Proof, Sheet
from shangliang.documents.sheets.above import Urged, urging_of
from shangliang.procedure.say import Say
from shangliang.record.models import Entry
from shangliang.units.queries import span
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk import asking
from shangliang.web.frame import desk, say_next
from shangliang.web.labels import CHOICES
from shangliang.web.oversight import place
from shangliang.web.oversight.counted import reminder_rows
from shangliang.web.oversight.place import link
from shangliang.web.saying import day, day_left

ANSWERERS = ("party_secretary", "deputy_party_secretary", "director", "clerk")


@staff()
@require_GET
def reminders(request: HttpRequest, unit: str) -> HttpResponse:
    """Every reminder to these units, those without an answer first."""
    a = place.asked(request, unit)
    start, end = span(a.unit.path)
    found = Reminder.objects.filter(unit__path__gte=start, unit__path__lt=end).select_related("unit")
    waiting = list(found.filter(answered_on=None).order_by("answer_by", "id")[:200])
    answered = place.paged(request, found.exclude(answered_on=None).order_by("-answered_on", "id"))
    return desk(
        request, "oversight/reminders.html", a.unit, asked=a, waiting=_waiting(waiting, a), answered=reminder_rows(list(answered), a),
        shown=answered, back_url=link("progress_of", a.unit), remind_url=place.remind_url(a),
    )  # fmt: skip


def _waiting(rows: list[Any], a: place.Asked) -> list[dict[str, Any]]:
    found = reminder_rows(rows, a)
    for row, made in zip(rows, found, strict=True):
        if row.answer_by:
            made |= {
                "word": day_left(row.answer_by, a.today),
                "state": "stop" if row.answer_by < a.today else "wait",
            }
    return found


@staff()
@require_http_methods(["GET", "POST"])
def reminder(request: HttpRequest, pk: str) -> HttpResponse:
    """One reminder: what was asked, and the answer or the form for it."""
    actor = actor_at(request)
    found = _access(pk, actor)
    may = found.answered_on is None and (actor.may_enter_for(found.unit) or _may_register(actor, found))
    form = asking.made(request, "answer_reminder", {"reminder": found.pk}, hidden=("reminder",))
    form.fields["note"].label = _("Remarks")
    refused: asking.Findings = ()
    if request.method == "POST" and may and form.is_valid():
        decided = asking.as_post(actor, *ANSWERERS, unit=found.unit)
        done, refused = asking.tried(form, "answer_reminder", actor, found.unit_id, decided=decided)
        if done:
            say_next(request, _("The answer is recorded."), _("The gap itself closes only with a meeting."))
            return redirect("reminder", found.pk)
    return desk(
        request, "oversight/reminder.html", found.unit, one=found, facts=_facts(found), form=form if may else None,
        refused=refused, back_url=reverse("reminders", args=[_back(actor, found)]), letter_url=reverse("urging", args=[found.pk]),
        about=CHOICES["remind.about"][found.about],
    )  # fmt: skip


def _access(pk: str, actor: Actor) -> Reminder:
    found = (
        Reminder.objects.select_related("unit", "by", "text", "answer_note", "matter").filter(pk=pk).first()
    )
    if found is None or not actor.reaches(found.unit):
        raise Http404
    return found


def _may_register(actor: Actor, found: Reminder) -> bool:
    """The unit's own secretaries answer; a director above registers what was said on the telephone."""
    return any(
        p.role in ANSWERERS if p.unit_id == found.unit_id else p.role == "director" for p in actor.posts
    )


def _back(actor: Actor, found: Reminder) -> str:
    """The sender's list for whoever is above, else the unit's own."""
    above = actor.reaches(found.by)
    return found.by_id if above else found.unit_id


def _facts(r: Reminder) -> list[tuple[Any, Any]]:
    answer = CHOICES["answer_reminder.answer"].get(r.answer)
    return [
        (_("From"), r.by.name), (_("To"), r.unit.name), (_("Sent on"), day(r.on)), (_("Number of the letter"), r.letter),
        (_("Answer by"), day(r.answer_by) if r.answer_by else ""), (_("Answer"), answer), (_("Planned for"), r.planned_on),
        (_("Answered on"), r.answered_on), (_("Remarks"), r.answer_note.text if r.answer_note else ""),
    ]  # fmt: skip


@staff()
@require_GET
def urging(request: HttpRequest, pk: str) -> HttpResponse:
    """The reminder as a letter, to look at."""
    found = _access(pk, actor_at(request))
    sheet = _sheet(found)
    return desk(
        request, "papers/paper.html", found.unit, name=Say("催办函", "Letter of reminder"), sheet=sheet, shown=render.fragment(sheet),
        pdf_url=reverse("urging_pdf", args=[found.pk]), back_url=reverse("reminder", args=[found.pk]),
    )  # fmt: skip


@staff()
@require_GET
def urging_pdf(request: HttpRequest, pk: str) -> HttpResponse:
    """The letter as PDF."""
    sheet = _sheet(_access(pk, actor_at(request)))
    answer = HttpResponse(render.pdf(sheet), content_type="application/pdf")
    name = quote(render.filename(sheet))
    answer["Content-Disposition"] = f"inline; filename=\"letter.pdf\"; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _sheet(r: Reminder) -> Sheet:
    return urging_of(Urged(
        place_of(r.by), r.unit.name, r.about, r.text.text if r.text else "", r.letter, r.on, r.answer_by, proof_of(r.pk),
    ))  # fmt: skip


def proof_of(row: str) -> Proof | None:
    """The entry that made a row: rows are called after it."""
    book, seq, _n = row.rsplit(".", 2)
    entry = Entry.objects.filter(book=book, seq=int(seq)).first()
    return (
        Proof(entry.digest, f"记录簿{book}第{entry.seq}号（{entry.happened_on:%Y-%m-%d}）") if entry else None
    )
