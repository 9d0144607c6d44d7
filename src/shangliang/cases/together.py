"""Several small reads about one matter in one statement: a file has a dozen kinds of rows, and few of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

Row = tuple[str | None, ...]
Asked = dict[str, tuple[QuerySet[Any], list[str]]]
Seen = dict[str, list[Row]]


def together(**wanted: tuple[QuerySet[Any], Sequence[str]]) -> Seen:
    """Reads columns of several tables at once: ``together(tasks=(m.tasks, ["id"]), …)["tasks"]``.

    Every value comes as text, a day as ``2026-11-22``, nothing as None; the first column is the row's id, and rows come
    in the order in which their entries were made. Yes and no are written differently by each engine: ask for them in
    the queryset's own conditions instead.
    """
    width = max(len(columns) for _, columns in wanted.values())
    first, *rest = (_texts(tag, found, columns, width) for tag, (found, columns) in wanted.items())
    rows: dict[str, list[Row]] = {tag: [] for tag in wanted}
    for tag, *values in first.union(*rest, all=True) if rest else first:
        rows[tag].append(tuple(values[: len(wanted[tag][1])]))
    for found in rows.values():
        found.sort(key=_age)
    return rows


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
