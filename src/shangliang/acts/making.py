"""Objects of a model from rows that a plain statement has read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState

from shangliang.record.direct import dialect


class Maker:
    """Makes objects as the ORM would, of a part of each row. What the model's fields are, and which of them the engine hands
    out in another form, is asked once. A field that was not read is looked up when somebody asks for it."""

    __slots__ = ("fields", "model", "names", "odd", "part")

    def __init__(self, model: Any, fields: Iterable[Any], start: int) -> None:
        if model.__init__ is not Model.__init__:
            raise TypeError(f"{model.__name__} wants to be made by itself")
        self.model, self.fields = model, list(fields)
        self.names = tuple(f.attname for f in self.fields)
        self.part = slice(start, start + len(self.fields))
        self.odd = [(f.attname, c) for f in self.fields if (c := converter(f)) is not None]

    def make(self, row: Sequence[Any]) -> Any:
        made = self.model.__new__(self.model)
        made._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        have: dict[str, Any] = made.__dict__
        have.update(zip(self.names, row[self.part], strict=True))
        for name, convert in self.odd:
            if (value := have[name]) is not None:
                have[name] = convert(value)
        return made


def converter(field: Any) -> Callable[[Any], Any] | None:
    """What makes the model's value of what the engine hands out: some have days as text and yes and no as numbers. None where
    they are the same."""
    db, expression = dialect(), field.get_col(field.model._meta.db_table)
    if field.get_internal_type() == "BooleanField":
        return None  # SQLite's driver has made it one already, by the column's type
    while field.is_relation:
        field = field.target_field
    steps = db.ops.get_db_converters(expression) + field.get_db_converters(db)
    if not steps:
        return None

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, expression, db)
        return value

    return convert
