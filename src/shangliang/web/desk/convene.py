"""Calling a meeting: which matters are ready, when and where, who is asked. One form, one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.act import Act
from shangliang.acts.position import position_of
from shangliang.cases import queries_meetings as read
from shangliang.cases.models import Matter
from shangliang.procedure.judge import offers
from shangliang.units.models import Unit
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk import chosen
from shangliang.web.desk.convene_form import ConveneForm, lines, title_of
from shangliang.web.desk.meeting_rights import handler, manages
from shangliang.web.desk.together import Answer, Part, carry_out, reasons, reasons_for, refused
from shangliang.web.frame import desk, say_next

MOST = 20
FIELDS = {"parties": None, "guests": None, "held_on": "held_on", "time": "time", "place": "place"}


@staff()
@require_http_methods(["GET", "POST"])
def convene(request: HttpRequest) -> HttpResponse:
    """Which matters first, where several are ready; then one screen for everything else."""
    actor = actor_at(request)
    asked = request.GET.getlist("matter")[:MOST]
    matters = _chosen(asked, actor)
    if not matters:
        ready = ready_matters(actor.units(), actor)
        if len(ready) != 1:
            return desk(request, "desk/convene_choose.html", ready=ready, back_url=reverse("meetings"))
        matters = read.matters_named([ready[0].pk])
    unit = matters[0].unit
    if any(m.unit_id != unit.pk for m in matters):
        return desk(request, "desk/convene_choose.html", ready=ready_matters(actor.units(), actor), mixed=True,
                    back_url=reverse("meetings"))  # fmt: skip
    form = ConveneForm(request.POST if request.method == "POST" else None, unit, matters, actor)
    refusals: Sequence[Any] = ()
    if request.method == "POST" and form.is_valid():
        answer = call(form, actor)
        if answer.ok:
            say_next(
                request,
                _("The meeting is called."),
                _("Print the notice or send the text, then say that all are told."),
            )
            return redirect(reverse("meeting", args=[answer.done[0].ident]))
        refusals = refused(form, answer, FIELDS)
    return desk(
        request, "desk/convene.html", unit, form=form, matters=[(m, title_of(m)) for m in matters], refusals=refusals,
        back_url=reverse("meetings"),
    )  # fmt: skip


def ready_matters(units: Q, actor: Actor) -> list[Matter]:
    """Matters the actor may put on an agenda now: their stage offers `table`."""
    stages = {
        stage.id
        for procedure, version in read.versions_open(units)
        for stage in rulebooks.pinned(procedure, version).root.stages.values()
        if stage.act("table")
    }
    may: dict[str, bool] = {}
    return [m for m in read.open_at(units, stages) if _offered(m) and _may(m.unit, actor, may)]


def _may(unit: Unit, actor: Actor, known: dict[str, bool]) -> bool:
    if unit.pk not in known:
        known[unit.pk] = manages(actor, unit)
    return known[unit.pk]


def _offered(matter: Matter) -> bool:
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    return any(o.act.name == "table" for o in offers(procedure, position_of(matter)))


def _chosen(numbers: Sequence[str], actor: Actor) -> list[Matter]:
    """The matters named in the address; 404 where one is not the actor's to call."""
    found = read.matters_named(numbers)
    if len(found) != len(set(numbers)) or not all(manages(actor, u) for u in {m.unit for m in found}):
        raise Http404
    return found


def call(form: ConveneForm, actor: Actor) -> Answer:
    """Names the sides, calls the meeting and puts every matter on its agenda, or does nothing."""
    with transaction.atomic():
        answer = carry_out([act for m in form.matters if (act := _name_sides(form, m, actor))])
        if answer.ok:
            sides = [f"{done.entry}.{n}" for done, m in zip(answer.done, _with_sides(form), strict=True)
                     for n in range(len(_sides(form, m)))]  # fmt: skip
            sides += [p.pk for m in form.matters for p in m.parties.all() if p.pk not in sides]
            answer = carry_out(*_meeting(form, actor, sorted(sides)))
        if not answer.ok:
            transaction.set_rollback(True)
    return answer


def _sides(form: ConveneForm, matter: Matter) -> list[str]:
    return lines(form.cleaned_data.get(f"sides-{matter.pk}", ""))


def _with_sides(form: ConveneForm) -> list[Matter]:
    return [m for m in form.matters if _sides(form, m)]


def _name_sides(form: ConveneForm, matter: Matter, actor: Actor) -> Act | None:
    if not (names := _sides(form, matter)):
        return None
    return _act(
        form,
        actor,
        "name_parties",
        f"p{matter.pk}",
        {"parties": [{"name": n} for n in names]},
        subject=matter.pk,
    )


def _meeting(form: ConveneForm, actor: Actor, sides: Sequence[str]) -> tuple[list[Act], list[Part]]:
    given = form.cleaned_data
    data = {
        "form": given["form"], "held_on": given["held_on"].isoformat(), "time": given["time"], "place": given["place"],
        "convener": given["convener"], "recorder": given["recorder"] or None, "urgent": given["urgent"],
        "guests": _guests(form, sides),
    }  # fmt: skip
    call = _act(form, actor, "convene", "c", data, unit=form.unit.pk, label="meeting")
    why = reasons(form)
    return [call], [
        Part(title_of(m), [_act(form, actor, "table", f"t{m.pk}", {"meeting": "@meeting"}, subject=m.pk, reasons=reasons_for(
            rulebooks.pinned(m.procedure, m.version), "table", why))])
        for m in form.matters
    ]  # fmt: skip


def _guests(form: ConveneForm, sides: Sequence[str]) -> list[dict[str, Any]]:
    """Everybody asked. Letters are numbered on from the unit's last of the year."""
    given = form.cleaned_data
    found: list[dict[str, Any]] = [{"kind": "member", "post": p} for p in given["guests"]]
    found += [{"kind": "party", "party": s} for s in sides]
    found += [
        {"kind": "department", "department": d, "letter": f"商请函〔{given['called_on'].year}〕{n}号"}
        for n, d in enumerate(lines(given["departments"]), given["letter"])
    ]
    found += chosen.guests(form.seated, given.get("chosen", ()))
    return found + [{"kind": "expert", "name": n} for n in lines(given["experts"])]


def _act(form: ConveneForm, actor: Actor, name: str, mark: str, data: dict[str, Any], **more: Any) -> Act:
    given = form.cleaned_data
    return Act(
        name=name, happened_on=given["called_on"], entered_by=actor.person, data=data, key=f"{given['key']}.{mark}",
        decided_by={"post": given["convener"]}, handled_by=handler(actor, form.unit), **more,
    )  # fmt: skip
