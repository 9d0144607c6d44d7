"""How a correction reaches the row that the corrected entry made."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from shangliang.acts.facts import newest
from shangliang.acts.vocabulary import Catalogue, Line
from shangliang.cases.models import Invitation, Matter, Meeting, Publication
from shangliang.record.models import Entry


def amend(line: Line) -> None:
    """Writes the corrected value into the row. The entry itself is never touched."""
    original = Entry.objects.get(book_id=line.unit, seq=line.data["entry"])
    name = line.data["field"]
    field = field_of(original.act, name)
    model: type[models.Model] = field.model
    found = _row(model, original)
    value: Any = line.seal("text") if field.is_relation else as_held(original.act, name, line.data["value"])
    if value is None:  # only tried, not entered
        return
    if model is Meeting and name == "others":  # those besides the invited
        value += Invitation.objects.filter(meeting=found, present=True).count()
    model._default_manager.filter(pk=found).update(**{field.attname: value})
    if model is Meeting and name == "happened_on":  # from a ledger: called on the day it was held
        Meeting.objects.filter(pk=found).update(called_on=value)
    if model is Publication and name == "happened_on":
        _posting(Publication.objects.filter(pk=found), value, json.loads(original.text)["data"])


CORRECTIONS = ("correct", "correct_register")


def corrections(book: str, seqs: Collection[int], acts: Collection[str] = CORRECTIONS) -> list[Entry]:
    """The later entries that correct one of these, the first first, whatever they are about themselves."""
    later = Entry.objects.filter(book=book, act__in=acts, seq__gt=min(seqs, default=0)).order_by("seq")
    return [e for e in later if json.loads(e.text)["data"]["entry"] in seqs]


def field_of(act: str, name: str) -> Any:
    """The field of the row that a field of the act fills."""
    model, _, column = Catalogue.acts[act].corrects[name].partition(".")
    return apps.get_model("cases", model)._meta.get_field(column)


def as_held(act: str, name: str, value: str) -> Any:
    """What is written in a correction, as the row holds it."""
    field = field_of(act, name)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    return int(value) if isinstance(field, models.IntegerField) else value


def _posting(publication: Any, on: date, posted: dict[str, Any]) -> None:
    """The day of a posting is that of the board and of the public page, as far as it was posted there."""
    publication.update(board_on=on if posted["board"] else None, online_on=on if posted["online"] else None)


def _row(model: type[models.Model], original: Entry) -> str | None:
    kind, _, ident = original.subject.partition(":")
    if model is Matter or model._meta.pk.is_relation:  # what is one with its matter
        return ident
    if model is Meeting:
        return ident if kind == "meeting" else None
    made = f"{original.book_id}.{original.seq}.0"
    rows: Any = model._default_manager
    if rows.filter(pk=made).exists():
        return made
    last = newest(r for r in rows.filter(matter=ident) if int(r.pk.split(".")[-2]) < original.seq)
    return last.pk if last else None


def body_of(original: Entry) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(original.text)
    return body
