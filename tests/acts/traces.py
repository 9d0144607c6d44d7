"""Everything an act could leave behind, as text: rows of the present state, the record, messages, kept rulebooks."""

from functools import cache
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
    if connection.vendor == "sqlite":
        ask = connection.connection.execute  # hundreds of thousands of questions: past Django's wrappers
        return {
            name: ask(f"SELECT * FROM {table} ORDER BY {key}").fetchall() for name, table, key in _tables()
        }
    found: Traces = {name: [] for name, _, _ in _tables()}
    with connection.cursor() as cursor:  # one question for all tables
        cursor.execute(_at_once())
        for name, row in cursor.fetchall():
            found[name].append((row,))
    return found


@cache
def _tables() -> list[tuple[str, str, str]]:
    """Model, table, key."""
    quote = connection.ops.quote_name
    return [(m.__name__, quote(m._meta.db_table), quote(m._meta.pk.column)) for m in _MODELS]


@cache
def _at_once() -> str:
    each = (f"SELECT '{name}' AS name, t::text AS row FROM {table} t" for name, table, _ in _tables())
    return " UNION ALL ".join(each) + " ORDER BY name, row"
