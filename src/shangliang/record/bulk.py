"""Many new rows of one table at once, as each engine takes them fastest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

Row = Sequence[object]


def put(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Writes new rows; values as the engine takes them (text, whole numbers, days, None). Columns left out take the table's
    own defaults. Raises IntegrityError where a row stands in the way; then none is written."""
    if not rows:
        return
    quote = connection.ops.quote_name
    named = f"{quote(table)} ({', '.join(map(quote, columns))})"
    if connection.vendor == "postgresql":
        _copy(named, rows)
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {named} VALUES ({', '.join(['%s'] * len(columns))})", rows)


def _copy(named: str, rows: Sequence[Row]) -> None:
    """One COPY: the server reads one statement, not one a row."""
    text = "".join("\t".join(map(_cell, row)) + "\n" for row in rows)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {named} FROM STDIN") as copy,
    ):
        copy.write(text)


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _cell(value: object) -> str:
    """A value as COPY reads it."""
    if isinstance(value, str):
        odd = "\\" in value or "\t" in value or "\n" in value or "\r" in value
        return value.translate(_ESCAPES) if odd else value
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):  # an instant as well
        return value.isoformat()
    raise TypeError(f"no way to copy a {type(value).__name__}")
