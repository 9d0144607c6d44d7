"""What of an earlier entry can be put right, what it says now, and the form that asks for the right value."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangliang.acts.act import new_key
from shangliang.acts.amend import corrections, field_of
from shangliang.acts.vocabulary import Spec
from shangliang.record.models import Entry, SealedText
from shangliang.web.actform import ActForm, form_class
from shangliang.web.labels import CHOICES


def label_of(spec: Spec, name: str) -> str:
    if name == "happened_on":
        return _("On which day?")
    return _(str(spec.data.model_fields[name].title or name))


def now_of(entry: Entry, name: str, spec: Spec) -> Any:
    """What the entry says; a later correction of the same field speaks in its place."""
    text, value = None, None
    for line in (entry, *corrections(entry.book_id, [entry.seq])):
        body = json.loads(line.text)
        if line.pk == entry.pk:
            text = body["sealed"].get(name, {}).get("id")
            value = entry.happened_on if name == "happened_on" else body["data"].get(name)
        elif body["data"]["field"] == name:
            text, value = body["sealed"].get("text", {}).get("id"), body["data"]["value"]
    if text:
        return SealedText.objects.filter(pk=text).values_list("text", flat=True).first()
    if isinstance(field_of(spec.name, name), models.DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    choices: dict[Any, Any] = CHOICES.get(f"{entry.act}.{name}", {})
    return choices.get(value, value)


def form_of(request: HttpRequest, spec: Spec, name: str) -> ActForm:
    """The right value in the shape of the field, and the reason. The correction itself is dated today."""
    cls = form_class("correct", only=("reason",), when=False)
    fields = {
        "value": _value_field(spec, name),
        "field": forms.CharField(widget=forms.HiddenInput, initial=name),
    }
    cls = type("CorrectionForm", (cls,), fields)
    form = cls(request.POST if request.method == "POST" else None, initial={"key": new_key(), "field": name})
    form.fields["reason"].help_text = _("For instance: the day was read wrong from the sign-in sheet.")
    form.fields["reason"].widget.attrs["rows"] = 2
    form.order_fields(["value", "reason"])
    made: ActForm = form
    return made


def _value_field(spec: Spec, name: str) -> forms.Field:
    field, label = field_of(spec.name, name), _("What it should say")
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


def data_of(entry: Entry, spec: Spec, name: str, form: ActForm) -> dict[str, Any]:
    value = form.cleaned_data["value"]
    written = {"text": value} if field_of(spec.name, name).is_relation else {"value": str(value)}
    return {"entry": entry.seq, "field": name, "reason": form.cleaned_data["reason"], **written}
