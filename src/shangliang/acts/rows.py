"""The few statements that every act needs, built once from the models and then only run.

Building a query costs the ORM ten times what the database needs to answer it, and every act pays while it holds the
book's lock. What is built here is plain SQL of one table and one key, the same on every engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from shangliang.acts.making import Maker, converter
from shangliang.record.bulk import put
from shangliang.record.direct import engine, run


def read(
    model: Any,
    where: str,
    values: Sequence[Any],
    *,
    join: str = "",
    along: tuple[str, ...] = (),
    order: str = "",
    flag: str = "",
) -> list[Any]:
    """Rows of a model that meet a condition on its own table, written "t". ``join`` names one foreign key whose row
    is read along, whole or only the fields named in ``along``; ``flag`` is a condition whose answer becomes the row's
    ``flag``."""
    sql, own, other = _select(model, join, along, flag)
    found = []
    for row in run(f"{sql} WHERE {where}{' ORDER BY ' + order if order else ''}", values):
        made = own.make(row)
        if other is not None:
            made._state.fields_cache[join] = other.make(row)
        if flag:
            made.flag = bool(row[-1])
        found.append(made)
    return found


def values(
    model: Any, names: tuple[str, ...], where: str, given: Sequence[Any], *, order: str = ""
) -> list[tuple[Any, ...]]:
    """Fields of the rows that meet a condition on the model's table, written "t". "meeting.form" is the field of the row
    that a foreign key names; None where it names none."""
    sql, converters = _listed(model, names)
    found = run(f"{sql} WHERE {where}{' ORDER BY ' + order if order else ''}", given).fetchall()
    return [
        tuple(v if c is None or v is None else c(v) for v, c in zip(row, converters, strict=True))
        for row in found
    ]


def insert(model: Any, **values: Any) -> None:
    """One new row; fields left out take their defaults."""
    names = tuple(values)
    run(_insert(model, names), _in(model, _with_defaults(model, values)))


def insert_many(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """New rows that name the same fields in the same order."""
    listed = list(rows)
    if not listed:
        return
    names = tuple(listed[0])
    fixed, fresh = _left(model, names)
    own, tail = _writers(model, names), _in(model, {f.attname: f.get_default() for f in fixed})
    written = [
        [
            v if v is None or type(v) is plain else write(v)
            for v, (plain, write) in zip(row.values(), own, strict=True)
        ]
        + _in(model, {f.attname: f.get_default() for f in fresh})
        + tail
        for row in listed
    ]
    put(model._meta.db_table, _all_columns(model, names), written)


def _writers(model: Any, names: Iterable[str]) -> list[tuple[type | None, Callable[[Any], Any]]]:
    """For each field what the engine takes as it is, and what makes anything else fit. A value that comes again and again, as
    a day does, is made to fit once."""
    return [
        (_plain(model, n), cache(partial(_field(model, n).get_db_prep_save, connection=engine())))
        for n in names
    ]


CHUNK = 500
"""Values that one statement looks for: engines limit how many it may carry."""


def among(model: Any, column: str, wanted: Iterable[str], where: str = "TRUE") -> Iterator[Any]:
    """Rows whose column holds one of these values and that meet a condition on the table, written "t"."""
    for some in chunks(wanted):
        marks = ", ".join(["%s"] * len(some))
        yield from read(model, f"t.{_quoted(column)} IN ({marks}) AND {where}", some)


def chunks(wanted: Iterable[str]) -> Iterator[list[str]]:
    """Each value once, in an order that is always the same, as many together as one statement may carry."""
    listed = sorted(set(wanted))
    return (listed[n : n + CHUNK] for n in range(0, len(listed), CHUNK))


def change(model: Any, pk: str, **values: Any) -> None:
    """Changes fields of the row with this key."""
    if not values:
        return
    run(_update(model, tuple(values)), [*_in(model, values), pk])


def hold_back_others(model: Any) -> None:
    """Until the transaction ends, whoever asks for the same waits; those who read or write rows do not. Where the transaction
    locks the whole database they wait already."""
    if engine().vendor == "postgresql":
        run(f"LOCK TABLE {_table(model)} IN SHARE UPDATE EXCLUSIVE MODE")


def exists(model: Any, where: str, values: Sequence[Any]) -> bool:
    return run(f"SELECT 1 FROM {_table(model)} t WHERE {where} LIMIT 1", values).fetchone() is not None


def delete(model: Any, column: str, values: Sequence[Any]) -> None:
    marks = ", ".join(["%s"] * len(values))
    run(f"DELETE FROM {_table(model)} WHERE {_quoted(column)} IN ({marks})", values)


@cache
def _select(model: Any, join: str, along: tuple[str, ...], flag: str) -> tuple[str, Maker, Maker | None]:
    own, other = Maker(model, model._meta.concrete_fields, 0), None
    listed = [f"t.{_quoted(f.column)}" for f in own.fields]
    joined = ""
    if join:
        field = model._meta.get_field(join)
        there = field.related_model
        fields = [_field(there, n) for n in along] or there._meta.concrete_fields
        other = Maker(there, fields, len(listed))
        listed += [f"o.{_quoted(f.column)}" for f in other.fields]
        key = _quoted(there._meta.pk.column)
        joined = f" JOIN {_table(there)} o ON o.{key} = t.{_quoted(field.column)}"
    if flag:
        listed.append(flag)
    return f"SELECT {', '.join(listed)} FROM {_table(model)} t{joined}", own, other


@cache
def _listed(model: Any, names: tuple[str, ...]) -> tuple[str, list[Any]]:
    columns, joins, converters = [], {}, []
    for name in names:
        key, _, there = name.partition(".")
        field = _field(model, key)
        if not there:
            columns.append(f"t.{_quoted(field.column)}")
        else:
            other = field.related_model
            joins[key] = (
                f" LEFT JOIN {_table(other)} {key} ON {key}.{_quoted(other._meta.pk.column)} = t.{_quoted(field.column)}"
            )
            field = _field(other, there)
            columns.append(f"{key}.{_quoted(field.column)}")
        converters.append(converter(field))
    return f"SELECT {', '.join(columns)} FROM {_table(model)} t{''.join(joins.values())}", converters


@cache
def _insert(model: Any, names: tuple[str, ...]) -> str:
    columns = _all_columns(model, names)
    return f"INSERT INTO {_table(model)} ({', '.join(map(_quoted, columns))}) VALUES ({', '.join(['%s'] * len(columns))})"


@cache
def _update(model: Any, names: tuple[str, ...]) -> str:
    sets = ", ".join(f"{_quoted(_field(model, n).column)} = %s" for n in names)
    return f"UPDATE {_table(model)} SET {sets} WHERE {_quoted(model._meta.pk.column)} = %s"


def _with_defaults(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    fixed, fresh = _left(model, tuple(values))
    return values | {f.attname: f.get_default() for f in (*fresh, *fixed)}


def _all_columns(model: Any, names: tuple[str, ...]) -> list[str]:
    fixed, fresh = _left(model, names)
    return [_field(model, n).column for n in names] + [f.column for f in (*fresh, *fixed)]


@cache
def _left(model: Any, names: tuple[str, ...]) -> tuple[list[Any], list[Any]]:
    """Fields that are not named: those whose default is one value, and those that make a new one for each row."""
    left = [f for f in model._meta.concrete_fields if f.attname not in names]
    return [f for f in left if not callable(f.default)], [f for f in left if callable(f.default)]


def _in(model: Any, values: dict[str, Any]) -> list[Any]:
    """Values as the engine takes them. What it takes as it is goes past the field, which would only hand it back."""
    db = engine()
    return [
        v if v is None or type(v) is _plain(model, n) else _field(model, n).get_db_prep_save(v, db)
        for n, v in values.items()
    ]


@cache
def _plain(model: Any, name: str) -> type | None:
    """The type that every engine takes for this field as it is: text for text, a whole number for a number."""
    field = _field(model, name)
    while field.is_relation:
        field = field.target_field
    return {"CharField": str, "TextField": str, "IntegerField": int}.get(field.get_internal_type())


@cache
def _field(model: Any, name: str) -> Any:
    return next(f for f in model._meta.concrete_fields if name in (f.attname, f.name))


@cache
def _table(model: Any) -> str:
    return _quoted(model._meta.db_table)


@cache
def _quoted(name: str) -> str:
    return engine().ops.quote_name(name)
