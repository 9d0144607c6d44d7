"""Putting an earlier entry right. The old entry stays, the new one points at it, and both are printed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.act import new_key
from shangliang.acts.vocabulary import Catalogue, Spec
from shangliang.cases import models as cases
from shangliang.cases.models import Matter
from shangliang.record.models import Entry, SealedText
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm, form_class
from shangliang.web.desk import asking, showing
from shangliang.web.desk.filed import reached
from shangliang.web.frame import desk, say_next
from shangliang.web.labels import CHOICES
from shangliang.web.lines import record_lines


@staff()
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """One field of one entry. An entry with several fields that can be corrected asks first which one (?field=)."""
    actor = actor_at(request)
    matter = reached(number, actor)
    entry, spec = _entry(matter, seq)
    if not actor.may_enter_for(matter.unit):
        raise Http404
    fields = {name: _label(spec, name) for name in spec.corrects}
    asked = (
        request.POST.get("field")
        or request.GET.get("field")
        or (next(iter(fields)) if len(fields) == 1 else "")
    )
    line = record_lines([entry])[0]
    around = {
        "matter": matter,
        "title": showing.title(matter),
        "line": line,
        "back_url": reverse("matter", args=[number]),
    }
    if asked not in fields:
        links = [
            {"title": label, "url": f"?field={name}", "sub": _now(entry, name, spec)}
            for name, label in fields.items()
        ]
        return desk(request, "desk/correct.html", matter.unit, fields=links, **around)
    form = _form(request, entry, spec, asked)
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        done, refused = asking.tried(form, "correct", actor, matter.pk, data=_data(entry, spec, asked, form))
        if done:
            say_next(
                request,
                _("The correction is recorded."),
                _("The old entry stays; both are printed in the file."),
            )
            return redirect(reverse("matter", args=[number]))
    around["back_url"] = reverse("correct", args=[number, seq]) if len(fields) > 1 else around["back_url"]
    return desk(
        request, "desk/correct.html", matter.unit, form=form, refused=refused, label=fields[asked],
        now=_now(entry, asked, spec), **around,
    )  # fmt: skip


TAKE_NOTE = ("party_secretary", "deputy_party_secretary", "clerk")


@staff(*TAKE_NOTE)
@require_http_methods(["GET", "POST"])
def flags(request: HttpRequest, number: str) -> HttpResponse:
    """Gates that no longer hold after a correction, until a named post has taken note of each."""
    actor = actor_at(request)
    matter = reached(number, actor)
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    form = form_class("acknowledge", when=False)(request.POST or None, initial={"key": new_key()})
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        decided = asking.as_post(actor, "party_secretary", "deputy_party_secretary", unit=matter.unit)
        done, refused = asking.tried(form, "acknowledge", actor, matter.pk, decided=decided)
        if done:
            say_next(request, _("It is recorded that you have taken note."))
            return redirect(reverse("flags", args=[number]))
    shown = []
    for flag in matter.flags.filter(acknowledged_on=None).order_by("on", "id"):
        gate = rulebooks.gate(procedure, flag.gate)
        shown.append(
            {"id": flag.pk, "on": flag.on, "clause": gate.cites[0] if gate and gate.cites else flag.gate}
        )
    return desk(
        request, "desk/correct_flags.html", matter.unit, matter=matter, title=showing.title(matter), flags=shown,
        key=new_key(), refused=refused, back_url=reverse("matter", args=[number]),
    )  # fmt: skip


def _entry(matter: Matter, seq: int) -> tuple[Entry, Spec]:
    found = Entry.objects.filter(book=matter.unit_id, seq=seq, subject=f"matter:{matter.pk}").first()
    spec = Catalogue.acts.get(found.act) if found else None
    if found is None or spec is None or not spec.corrects:
        raise Http404
    return found, spec


def _label(spec: Spec, name: str) -> str:
    if name == "happened_on":
        return _("On which day?")
    return _(str(spec.data.model_fields[name].title or name))


def _target(spec: Spec, name: str) -> Any:
    model, _dot, column = spec.corrects[name].partition(".")
    return getattr(cases, model)._meta.get_field(column)


def _now(entry: Entry, name: str, spec: Spec) -> Any:
    """What the entry says; a later correction of the same field speaks in its place."""
    text, value = None, None
    for line in Entry.objects.filter(subject=entry.subject, id__gte=entry.id).order_by("id"):
        body = json.loads(line.text)
        if line.pk == entry.pk:
            text = body["sealed"].get(name, {}).get("id")
            value = entry.happened_on if name == "happened_on" else body["data"].get(name)
        elif line.act == "correct" and body["data"]["entry"] == entry.seq and body["data"]["field"] == name:
            text, value = body["sealed"].get("text", {}).get("id"), body["data"]["value"]
    if text:
        return SealedText.objects.filter(pk=text).values_list("text", flat=True).first()
    if isinstance(_target(spec, name), models.DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    choices: dict[Any, Any] = CHOICES.get(f"{entry.act}.{name}", {})
    return choices.get(value, value)


def _form(request: HttpRequest, entry: Entry, spec: Spec, name: str) -> ActForm:
    """The right value in the shape of the field, and the reason. The correction itself is dated today."""
    cls = form_class("correct", only=("reason",), when=False)
    fields = {
        "value": _value_field(entry, spec, name),
        "field": forms.CharField(widget=forms.HiddenInput, initial=name),
    }
    cls = type("CorrectionForm", (cls,), fields)
    form = cls(request.POST if request.method == "POST" else None, initial={"key": new_key(), "field": name})
    form.fields["reason"].help_text = _("For instance: the day was read wrong from the sign-in sheet.")
    form.fields["reason"].widget.attrs["rows"] = 2
    form.order_fields(["value", "reason"])
    made: ActForm = form
    return made


def _value_field(entry: Entry, spec: Spec, name: str) -> forms.Field:
    field, label = _target(spec, name), _("What it should say")
    choices: dict[Any, Any] = CHOICES.get(f"{spec.name}.{name}", {})
    if field.is_relation:
        return forms.CharField(label=label, max_length=4000 if name != "title" else 60)
    if choices:
        return forms.ChoiceField(label=label, choices=list(choices.items()), widget=forms.RadioSelect)
    if isinstance(field, models.DateField):
        return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    if isinstance(field, models.IntegerField):
        return forms.IntegerField(label=label, min_value=0, max_value=10_000_000)
    return forms.CharField(label=label, max_length=field.max_length, required=not field.blank)


def _data(entry: Entry, spec: Spec, name: str, form: ActForm) -> dict[str, Any]:
    value = form.cleaned_data["value"]
    written = {"text": value} if _target(spec, name).is_relation else {"value": str(value)}
    return {"entry": entry.seq, "field": name, "reason": form.cleaned_data["reason"], **written}
