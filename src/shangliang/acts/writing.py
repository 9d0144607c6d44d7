"""Values of a model's fields as the engine takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from typing import Any

from shangliang.record.direct import dialect

PLAIN = {"CharField": str, "TextField": str, "IntegerField": int}
"""What every engine takes as it is: text for text, a whole number for a number. The field would only hand it back."""


class Writer:
    """Makes the values of named fields, and of those left out their defaults, fit the engine. Which fields there are and
    how each is made to fit is asked once. ``whole``: for a new row, which has all fields."""

    __slots__ = ("columns", "fresh", "named", "rest")

    def __init__(self, model: Any, names: Iterable[str], *, whole: bool) -> None:
        named = [field_of(model, n) for n in names]
        left = [f for f in model._meta.concrete_fields if whole and f not in named]
        fresh = [f for f in left if callable(f.default)]
        rest = [f for f in left if not callable(f.default)]
        self.columns = [f.column for f in (*named, *fresh, *rest)]
        self.named = [(_plain(f), _fitting(f)) for f in named]
        self.fresh = [(f.get_default, _fitting(f)) for f in fresh]  # a new one for each row
        self.rest = [_fitting(f)(f.get_default()) for f in rest]

    def row(self, values: Iterable[Any]) -> list[Any]:
        """Values in the order of the names; then all others."""
        fit = [
            v if v is None or type(v) is plain else write(v)
            for v, (plain, write) in zip(values, self.named, strict=True)
        ]
        for make, write in self.fresh:
            fit.append(write(make()))
        return fit + self.rest


@cache
def writer(model: Any, names: tuple[str, ...], whole: bool) -> Writer:
    return Writer(model, names, whole=whole)


@cache
def field_of(model: Any, name: str) -> Any:
    """The field with this name; a foreign key also answers to the name of its column."""
    return next(f for f in model._meta.concrete_fields if name in (f.attname, f.name))


def _plain(field: Any) -> type | None:
    return PLAIN.get(_kind(field))


def _fitting(field: Any) -> Callable[[Any], Any]:
    fit = partial(field.get_db_prep_save, connection=dialect())
    # The same days come again and again.
    return lru_cache(maxsize=2048)(fit) if _kind(field) == "DateField" else fit


def _kind(field: Any) -> str:
    while field.is_relation:
        field = field.target_field
    kind: str = field.get_internal_type()
    return kind
