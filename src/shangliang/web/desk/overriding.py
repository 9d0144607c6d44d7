"""An exception from a gate, on paper, by the body the gate names: never by the place itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks
from shangliang.cases.models import Matter
from shangliang.procedure.model import Procedure
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm
from shangliang.web.desk import asking, showing
from shangliang.web.desk.filed import reached
from shangliang.web.desk.villages import open_gates, unit_above
from shangliang.web.frame import desk, say_next
from shangliang.web.saying import say


@staff()
@require_http_methods(["GET", "POST"])
def override(request: HttpRequest, number: str) -> HttpResponse:
    """Which gate, on which paper, why. Offered are only gates that stand in the way now and name who may allow it."""
    actor = actor_at(request)
    matter = reached(number, actor)
    above = unit_above(matter.unit)
    if above is None:
        raise Http404
    gates = open_gates(matter)
    unused = [o for o in matter.overrides.select_related("reason") if not o.used_by]
    free = [g for g in gates if g.gate not in {o.gate for o in unused}]
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    may = actor.may_enter_for(above)
    form = _form(request, free)
    refused: asking.Findings = ()
    if request.method == "POST" and may and form.is_valid():
        body = next(g.override for g in free if g.gate == form.cleaned_data["gate"])
        done, refused = asking.tried(
            form, "override", actor, matter.pk, decided=_decided(form, body, above.pk)
        )
        if done:
            then = _("%(unit)s can pass this one gate once. The reason is printed in the file.") % {
                "unit": matter.unit.name
            }
            say_next(request, _("The exception is recorded."), then)
            return redirect(reverse("matter", args=[matter.pk]))
    return desk(
        request, "desk/override.html", matter.unit, form=form, refused=refused, matter=matter, may=may, above=above,
        title=showing.title(matter), gates=free, unused=[_shown(o, matter, procedure) for o in unused],
        back_url=reverse("matter", args=[matter.pk]),
    )  # fmt: skip


def _form(request: HttpRequest, gates: list[Any]) -> ActForm:
    choices = [(g.gate, _label(g)) for g in gates]
    form = asking.made(
        request, "override", choices={"gate": choices or [("", "")]},
        initial={"gate": gates[0].gate if len(gates) == 1 else ""},
    )  # fmt: skip
    form.fields["gate"].label = _("Which gate may be passed?")
    form.fields["paper"].help_text = _("Number and date of the party committee's paper.")
    form.fields["reason"].help_text = _(
        "It is printed in the file and on the due-process sheet. No names, please."
    )
    form.fields["happened_on"].label = _("On which day was it allowed?")
    form.order_fields(["gate", "reason", "paper", "happened_on"])
    return form


def _label(gate: Any) -> str:
    """Why it stands in the way, and under it the clause."""
    clause = say(gate.clause.short) if gate.clause else ""
    return f"{say(gate.say)}\n{clause}" if clause else str(say(gate.say))


def _decided(form: forms.Form, body: str, unit: str) -> dict[str, Any]:
    cleaned = form.cleaned_data
    return {"body": body, "unit": unit, "on": cleaned["happened_on"].isoformat(), "paper": cleaned["paper"]}


def _shown(row: Any, matter: Matter, procedure: Procedure) -> dict[str, Any]:
    gate = rulebooks.gate(procedure, row.gate)
    clause = gate.cites[0].short if gate and gate.cites else row.gate
    return {
        "clause": clause,
        "on": row.on,
        "paper": row.paper,
        "reason": row.reason.text if row.reason else "",
    }
