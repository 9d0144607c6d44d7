"""The few statements that every act needs, built once from the models and then only run.

Building a query costs the ORM ten times what the database needs to answer it, and every act pays while it holds the
book's lock. What is built here is plain SQL of one table and one key, the same on every engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any
from zlib import crc32

from shangliang.acts.making import Maker, converter
from shangliang.acts.writing import Writer, field_of, writer
from shangliang.record.bulk import put
from shangliang.record.direct import engine, run


def read(
    model: Any,
    where: str,
    values: Sequence[Any],
    *,
    without: tuple[str, ...] = (),
    join: str = "",
    along: tuple[str, ...] = (),
    order: str = "",
    flag: str = "",
) -> list[Any]:
    """Rows of a model that meet a condition on its own table, written "t". ``join`` names one foreign key whose row
    is read along, whole or only the fields named in ``along``; ``flag`` is a condition whose answer becomes the row's
    ``flag``. Fields left out, as those named in ``without``, are looked up when somebody asks for them."""
    sql, own, other = _select(model, without, join, along, flag)
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
    sql, new = _insert(model, tuple(values))
    run(sql, new.row(values.values()))


def insert_many(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """New rows that name the same fields in the same order."""
    listed = list(rows)
    if listed:
        new = writer(model, tuple(listed[0]), True)
        put(model._meta.db_table, new.columns, [new.row(row.values()) for row in listed])


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
    sql, changed = _update(model, tuple(values))
    run(sql, [*changed.row(values.values()), pk])


def age(pk: str) -> tuple[int, ...]:
    """What sorts rows by when they were made: their ids end in the number of the entry and the place within it, which text
    would sort wrongly."""
    return tuple(map(int, pk.split(".")[-2:]))


def hold_back_others(model: Any) -> None:
    """Until the transaction ends, whoever asks for the same waits; those who read or write rows do not. Where the transaction
    locks the whole database they wait already."""
    if engine().vendor == "postgresql":
        run(f"LOCK TABLE {_table(model)} IN SHARE UPDATE EXCLUSIVE MODE")


HANDLES = 64
"""Locks that all keys of a model share: PostgreSQL has room for some thousands, and an import names more people than that."""


def hold(model: Any, pk: str) -> None:
    """Until the transaction ends, whoever asks to hold the same key waits, whether its row is there or not yet: a row that
    is not there cannot be locked. Keys that share a handle wait for each other as well."""
    if engine().vendor == "postgresql":
        table, key = (crc32(text.encode()) for text in (model._meta.db_table, pk))
        run("SELECT pg_advisory_xact_lock(%s, %s)", [table >> 1, key % HANDLES])


def exists(model: Any, where: str, values: Sequence[Any]) -> bool:
    return run(f"SELECT 1 FROM {_table(model)} t WHERE {where} LIMIT 1", values).fetchone() is not None


def delete(model: Any, column: str, values: Sequence[Any]) -> None:
    marks = ", ".join(["%s"] * len(values))
    run(f"DELETE FROM {_table(model)} WHERE {_quoted(column)} IN ({marks})", values)


@cache
def _select(
    model: Any, without: tuple[str, ...], join: str, along: tuple[str, ...], flag: str
) -> tuple[str, Maker, Maker | None]:
    own = Maker(model, [f for f in model._meta.concrete_fields if f.name not in without], 0)
    other = None
    listed = [f"t.{_quoted(f.column)}" for f in own.fields]
    joined = ""
    if join:
        field = model._meta.get_field(join)
        there = field.related_model
        fields = [field_of(there, n) for n in along] or there._meta.concrete_fields
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
        field = field_of(model, key)
        if not there:
            columns.append(f"t.{_quoted(field.column)}")
        else:
            other = field.related_model
            joins[key] = (
                f" LEFT JOIN {_table(other)} {key} ON {key}.{_quoted(other._meta.pk.column)} = t.{_quoted(field.column)}"
            )
            field = field_of(other, there)
            columns.append(f"{key}.{_quoted(field.column)}")
        converters.append(converter(field))
    return f"SELECT {', '.join(columns)} FROM {_table(model)} t{''.join(joins.values())}", converters


@cache
def _insert(model: Any, names: tuple[str, ...]) -> tuple[str, Writer]:
    new = writer(model, names, True)
    marks = ", ".join(["%s"] * len(new.columns))
    return f"INSERT INTO {_table(model)} ({', '.join(map(_quoted, new.columns))}) VALUES ({marks})", new


@cache
def _update(model: Any, names: tuple[str, ...]) -> tuple[str, Writer]:
    changed = writer(model, names, False)
    sets = ", ".join(f"{_quoted(c)} = %s" for c in changed.columns)
    return f"UPDATE {_table(model)} SET {sets} WHERE {_quoted(model._meta.pk.column)} = %s", changed


@cache
def _table(model: Any) -> str:
    return _quoted(model._meta.db_table)


@cache
def _quoted(name: str) -> str:
    return engine().ops.quote_name(name)
