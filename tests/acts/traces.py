"""Everything an act could leave behind, as text: rows of the present state, the record, messages, kept rulebooks."""

from typing import Any

from django.db import connection

from shangliang.acts.replay import ROWS
from shangliang.cases.models import Copy, MeToo, Rulebook
from shangliang.cases.models_gathering import Answer
from shangliang.notify.models import Message
from shangliang.record.models import Book, Entry, SealedText

Traces = dict[str, list[tuple[Any, ...]]]
_MODELS = (*ROWS, Book, Entry, SealedText, Message, Rulebook, Copy, MeToo, Answer)


def traces() -> Traces:
    """All rows of all tables that an act may write, as the database holds them."""
    with connection.cursor() as cursor:
        return {m.__name__: _rows(cursor, m) for m in _MODELS}


def _rows(cursor: Any, model: Any) -> list[tuple[Any, ...]]:
    table = connection.ops.quote_name(model._meta.db_table)
    key = connection.ops.quote_name(model._meta.pk.column)
    cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
    return [tuple(row) for row in cursor.fetchall()]
