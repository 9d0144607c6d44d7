"""A town looks after its villages: what waits where, when each meets next, what was sent up and wants an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts.act import today
from shangliang.acts.asks import asks
from shangliang.acts.asks import may_come as may_come_next
from shangliang.cases import queries_places as read
from shangliang.cases.models import Matter
from shangliang.people.models import Post
from shangliang.people.queries import in_force
from shangliang.units.models import Unit
from shangliang.units.queries import ancestor_paths
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk import asking, showing
from shangliang.web.desk.filed import reached
from shangliang.web.desk.showing import not_public
from shangliang.web.desk.village_rows import by_day, told
from shangliang.web.frame import desk, say_next
from shangliang.web.saying import day, day_left

PAGE = 30
"""Places on one page."""
ANSWERS = 10
"""Matters sent up on one page."""


@staff()
@require_GET
def villages(request: HttpRequest) -> HttpResponse:
    """Every place below, the one whose meeting is due first at the top; above them what was sent up."""
    actor = actor_at(request)
    paths = above_paths(actor)
    sent = Paginator(waiting_above(actor), ANSWERS).get_page(request.GET.get("sent"))
    places = Paginator(by_day(list(read.places_below(paths).order_by("path"))), PAGE).get_page(
        request.GET.get("page")
    )
    return desk(
        request, "desk/villages.html", sent=sent, places=places, rows=told(list(places.object_list)),
    )  # fmt: skip


@staff()
@require_GET
def village(request: HttpRequest, unit: str) -> HttpResponse:
    """One place below: its matters, its overdue tasks, and what can be entered for it."""
    actor = actor_at(request)
    found = Unit.objects.filter(pk=unit, valid_to=None).first()
    if found is None or not any(_is_below(found, path) for path in above_paths(actor)):
        raise Http404
    open_ = read.open_in([found])
    known = [m for m in open_ if actor.may_read(m)]
    late = [t for t in read.overdue_tasks([found], today()) if actor.may_read(t.matter)]
    clerks = Post.objects.filter(in_force(today()), unit=found, role="clerk").select_related("person__name")
    return desk(
        request, "desk/villages_one.html", found, facts=_meeting_facts(found), matters=showing.rows(known),
        overdue=[_task_row(t) for t in late], hidden=not_public(len(open_) - len(known)),
        clerks=[str(p.person) for p in clerks], may_enter=actor.may_enter_for(found), one=found,
        back_url=reverse("villages"),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """What the unit above decided on a matter that was sent up: its body, the day, the paper, the answer. A clerk of
    the unit that asked may type it from the paper that came back."""
    actor = actor_at(request)
    matter = reached(number, actor)
    if not _awaits_answer(matter):
        raise Http404
    reports = [
        r for r in matter.rulings.select_related("note", "sent_to").order_by("on", "id") if r.kind == "report"
    ]
    above = reports[-1].sent_to or unit_above(matter.unit)
    if above is None:
        raise Http404
    form = asking.made(request, "record_return", required=("paper",))
    form.fields["happened_on"].label = _("On which day was it decided?")
    form.fields["paper"].help_text = _("For instance: minutes of the party committee, with their number.")
    refused: asking.Findings = ()
    may = actor.may_enter_for(matter.unit)
    if request.method == "POST" and may and form.is_valid():
        done, refused = asking.tried(
            form, "record_return", actor, matter.pk, decided=_body_above(form, above)
        )
        if done:
            then = _("%(unit)s sees the answer at once and goes on with the matter.") % {
                "unit": matter.unit.name
            }
            say_next(request, _("The answer is recorded."), then)
            at_town = any(above.path.startswith(p) for p in above_paths(actor))
            return redirect("villages") if at_town else redirect("matter", number)
    agreed, reserved = read.agreed_in(matter)
    return desk(
        request, "desk/villages_answer.html", matter.unit, form=form, refused=refused, matter=matter, may=may,
        title=showing.title(matter), report=reports[-1], agreed=agreed, reserved=reserved,
        above=above, department=above.kind == "bureau", back_url=reverse("villages") if above_paths(actor) else reverse("matter", args=[number]),
    )  # fmt: skip


def _body_above(form: forms.Form, above: Unit) -> dict[str, Any]:
    """The party organisation of the unit above decided, or the department itself, on this day and paper; the clerk only
    enters it."""
    cleaned = form.cleaned_data
    return {
        "body": "department" if above.kind == "bureau" else "party",
        "unit": above.pk,
        "on": cleaned["happened_on"].isoformat(),
        "paper": cleaned["paper"],
    }


def above_paths(actor: Actor) -> list[str]:
    """The paths of the actor's posts in a town or a county."""
    return sorted(
        {p.unit.path for p in actor.posts if p.unit.level in ("town", "county") and p.unit.kind != "bureau"}
    )


def unit_above(unit: Unit, actor: Actor | None = None) -> Unit | None:
    """The nearest town, or else the county, above a unit; with an actor, only if a post of the actor's reaches it."""
    higher = (
        Unit.objects.filter(path__in=ancestor_paths(unit.path)[:-1]).exclude(kind="bureau").order_by("-path")
    )
    if actor is not None:
        paths = above_paths(actor)
        return next((u for u in higher if any(u.path.startswith(p) for p in paths)), None)
    return higher.first()


def _is_below(unit: Unit, path: str) -> bool:
    return unit.path.startswith(path) and unit.path != path


def waiting_above(actor: Actor) -> list[dict[str, Any]]:
    """Matters sent up that have no answer yet, the one that has waited longest first."""
    found = []
    for matter in read.sent_up(above_paths(actor)):
        if not _awaits_answer(matter) or not actor.may_read(matter):
            continue
        report = next(r for r in reversed(matter.reports) if r.kind == "report")
        found.append(
            {
                "title": showing.title(matter), "unit": matter.unit.name, "number": matter.pk, "since": report.on,
                "days": (today() - report.on).days, "asked": report.note.text if report.note else "",
                "url": reverse("answer_up", args=[matter.pk]), "matter_url": reverse("matter", args=[matter.pk]),
            }
        )  # fmt: skip
    return found


def _awaits_answer(matter: Matter) -> bool:
    return may_come_next(matter, "record_return") and any(
        r.kind == "report" for r in getattr(matter, "reports", None) or matter.rulings.all()
    )


def _meeting_facts(unit: Unit) -> list[Any]:
    (row,) = told(by_day([unit]))
    due = day_left(row["due"], today()) if row["due"] else None
    return [
        (_("Last meeting"), day(row["last"]) if row["last"] else _("none yet")),
        {"label": _("Next meeting due"), "value": due, "state": row["state"]} if due else ("", None),
        (_("Called for"), day(row["called"]) if row["called"] else None),
        (_("No topic, as registered, in the period from"), day(row["quiet"]) if row["quiet"] else None),
        (_("Office telephone"), unit.telephone),
    ]


def _task_row(task: Any) -> dict[str, Any]:
    return {
        "title": task.text.text if task.text else "",
        "sub": f"{showing.title(task.matter)} · {task.owner}",
        "url": reverse("matter", args=[task.matter_id]),
        "state": "stop",
        "word": day_left(task.due, today()),
    }


def open_gates(matter: Matter) -> list[Any]:
    """What stands in the way of this matter now and could be allowed on paper: findings with the role that may."""
    found = {f.gate: f for ask in asks(matter) for f in ask.blocked if f.override and f.gate}
    return list(found.values())
