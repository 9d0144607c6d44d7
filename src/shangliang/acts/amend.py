"""How a correction reaches the row that the corrected entry made."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import models

from shangliang.acts.facts import newest
from shangliang.acts.vocabulary import Catalogue, Line
from shangliang.cases import models as cases
from shangliang.record.models import Entry


def amend(line: Line) -> None:
    """Writes the corrected value into the row. The entry itself is never touched."""
    original = Entry.objects.get(book_id=line.unit, seq=line.data["entry"])
    target = Catalogue.acts[original.act].corrects[line.data["field"]]
    model_name, _, column = target.partition(".")
    model: type[models.Model] = getattr(cases, model_name)
    found = _row(model, original)
    field: Any = model._meta.get_field(column)
    value: Any = line.data["value"]
    if isinstance(field, models.ForeignKey):
        value = line.seal("text")
        if value is None:  # only tried, not entered
            return
    elif isinstance(field, models.DateField):
        value = date.fromisoformat(value)
    elif isinstance(field, models.IntegerField):
        value = int(value)
    if target == "Meeting.present":  # the field counts those besides the invited
        value += cases.Invitation.objects.filter(meeting=found, present=True).count()
    model._default_manager.filter(pk=found).update(**{field.attname: value})
    if target == "Publication.board_on":
        _posting(cases.Publication.objects.filter(pk=found), value, json.loads(original.text)["data"])


def _posting(publication: Any, on: date, posted: dict[str, Any]) -> None:
    """The day of a posting is that of the board and of the public page, as far as it was posted there."""
    publication.update(board_on=on if posted["board"] else None, online_on=on if posted["online"] else None)


def _row(model: type[models.Model], original: Entry) -> str | None:
    kind, _, ident = original.subject.partition(":")
    if model is cases.Matter:
        return ident
    if model is cases.Meeting:
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
