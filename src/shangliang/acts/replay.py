"""Makes the present state again from the entries, and compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from shangliang.acts.projection import apply, line_of
from shangliang.cases.models import PROJECTED
from shangliang.cases.oversight.models import PROJECTED as OVERSIGHT
from shangliang.people.models import Person, Post
from shangliang.record.models import Entry
from shangliang.units.models import Unit, Venue

ROWS: tuple[type[models.Model], ...] = (*OVERSIGHT, *PROJECTED, Post, Person, Venue, Unit)
"""Every model that is made of entries, in an order in which they can be deleted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that the entries do not make: missing, left over, or other in one field."""

    model: str
    pk: str
    what: str
    zh: str
    en: str


class _Undo(Exception):
    pass


def replay(progress: Callable[[int], None] | None = None) -> tuple[int, list[Difference]]:
    """(number of entries, differences). Everything happens in one transaction that is rolled back: rows stay as they
    are."""
    found: list[Difference] = []
    count = 0
    try:
        with transaction.atomic():
            before = {m: dict(_rows(m)) for m in ROWS}
            clear()
            count = rebuild(progress)
            for model in ROWS:
                found += _compare(model, before[model], dict(_rows(model)))
            raise _Undo
    except _Undo:
        pass
    return count, found


def clear() -> None:
    """Takes away every row that entries make. Only for replay and restore, inside a transaction: the foreign keys are
    checked at its end, when the rows are back."""
    for model in ROWS:
        model._default_manager.all()._raw_delete(connection.alias)


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Applies all entries in the order in which they were entered."""
    count = 0
    for text in Entry.objects.order_by("id").values_list("text", flat=True).iterator(chunk_size=500):
        apply(line_of(text))
        count += 1
        if progress and count % 500 == 0:
            progress(count)
    return count


def _rows(model: type[models.Model]) -> Iterator[tuple[str, dict[str, Any]]]:
    names = [f.attname for f in model._meta.concrete_fields]
    for row in model._default_manager.values_list(*names).order_by("pk"):
        values = dict(zip(names, row, strict=True))
        yield str(values[model._meta.pk.attname]), values


def _compare(model: type[models.Model], old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    name = model.__name__
    for pk in sorted(old.keys() | new.keys()):
        if pk not in new:
            yield Difference(
                name, pk, "extra", "记录里没有，数据库里多出来", "is in the database but not in the record"
            )
        elif pk not in old:
            yield Difference(
                name, pk, "missing", "记录里有，数据库里缺少", "is in the record but not in the database"
            )
        elif old[pk] != new[pk]:
            fields = ", ".join(k for k in old[pk] if old[pk][k] != new[pk][k])
            yield Difference(
                name, pk, fields, f"和记录不一致：{fields}", f"differs from the record in: {fields}"
            )
