"""Several small reads about one matter in one statement: a file has a dozen kinds of rows, and few of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

Row = tuple[str | None, ...]
Asked = dict[str, tuple[QuerySet[Any], list[str]]]
Seen = dict[str, list[Row]]


def together(matter: str, asked: Callable[[Any], Asked]) -> Seen:
    """Reads columns of several tables at once, of one matter: ``together(number, asked)["tasks"]``, where ``asked`` gives
    ``{"tasks": (m.tasks.all(), ["id"]), …}`` and looks at nothing of the matter but its key.

    Every value comes as text, a day as ``2026-11-22``, nothing as None; the first column is the row's id, and rows come
    in the order in which their entries were made. Yes and no are written differently by each engine: ask for them in
    the queryset's own conditions instead.
    """
    sql, given, widths = _written(asked, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [matter if value == _ANY else value for value in given])
        found = cursor.fetchall()
    rows: dict[str, list[Row]] = {tag: [] for tag in widths}
    for tag, *values in found:
        rows[tag].append(tuple(values[: widths[tag]]))
    for each in rows.values():
        each.sort(key=_age)
    return rows


_ANY = "any matter"  # stands in the written statement where the matter's number goes


@cache
def _written(asked: Callable[[Any], Asked], vendor: str) -> tuple[str, tuple[Any, ...], dict[str, int]]:
    """(statement, values, how many columns each tag has); writing it takes the ORM ten times as long as answering it."""
    from shangliang.cases.models import Matter

    wanted = asked(Matter(pk=_ANY))
    sql, given = _union(wanted).query.sql_with_params()
    return sql, tuple(given), {tag: len(columns) for tag, (_, columns) in wanted.items()}


def _union(wanted: Mapping[str, tuple[QuerySet[Any], Sequence[str]]]) -> QuerySet[Any]:
    width = max(len(columns) for _, columns in wanted.values())
    first, *rest = (_texts(tag, found, columns, width) for tag, (found, columns) in wanted.items())
    return first.union(*rest, all=True) if rest else first


def _texts(tag: str, found: QuerySet[Any], columns: Sequence[str], width: int) -> QuerySet[Any]:
    names = [f"together_{n}" for n in range(width)]
    nothing = Cast(Value(None), TextField())
    asked = {n: Cast(F(c), TextField()) for n, c in zip(names, columns, strict=False)}
    asked |= dict.fromkeys(names[len(columns) :], nothing)
    plain = found.order_by().annotate(together=Value(tag, TextField()), **asked)
    return plain.values_list("together", *names)


def _age(row: Row) -> tuple[int, ...]:
    """Ids end in the number of the entry and the place within it, which text would sort wrongly."""
    return tuple(int(part) for part in (row[0] or "").split(".")[-2:] if part.isdigit())
