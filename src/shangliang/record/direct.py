"""Statements given straight to the engine's driver.

Every act runs some ten statements while it holds its book's lock. The framework's cursor looks at each of them anew (how
its values are marked, who watches, which thread asks), which costs as much as the statement. These never change, so they
go past it inside a transaction. Outside one, where the framework first looks whether the connection still lives, and while
somebody watches (statements counted or wrapped), they take the way of all others.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.transaction import Atomic


class _Thread(threading.local):
    """Each thread has a connection of its own, for as long as it lives."""

    def __init__(self) -> None:
        self.connection: Any = connections[DEFAULT_DB_ALIAS]


_thread = _Thread()


def engine() -> Any:
    """This thread's connection. The framework's own way to it costs more than many a statement."""
    return _thread.connection


@cache
def dialect() -> Any:
    """What the engine takes and hands out, asked of a connection that nobody ever opens: what is remembered of it keeps no
    thread's own connection alive."""
    return connections.create_connection(DEFAULT_DB_ALIAS)


def run(sql: str, values: Sequence[object] = ()) -> Any:
    """Runs one statement, its values marked %s, as the engine takes them; returns a cursor to fetch its rows from. Raises
    the framework's database errors."""
    db = engine()
    raw = db.connection
    if raw is None or not db.in_atomic_block or db.needs_rollback or _watched(db):
        cursor = db.cursor()
        cursor.execute(sql, values)
        return cursor
    try:
        if db.vendor == "sqlite":
            return raw.execute(_marked(sql), values)
        return _cursor(raw).execute(sql, values, prepare=True)
    except Exception:
        with db.wrap_database_errors:
            raise


class Whole(Atomic):
    """A transaction of the framework's, all or nothing. Where none is open yet and SQLite is to begin one, the statement that
    begins it goes straight to the driver as well; it ends as any other."""

    def __init__(self) -> None:
        super().__init__(DEFAULT_DB_ALIAS, savepoint=True, durable=False)

    def __enter__(self) -> None:
        db = engine()
        if db.vendor != "sqlite" or db.connection is None or not db.autocommit or _watched(db):
            super().__enter__()
            return
        try:
            db.connection.execute(f"BEGIN {db.transaction_mode or ''}")
        except Exception:
            with db.wrap_database_errors:
                raise
        db.commit_on_exit, db.needs_rollback = True, False
        db.autocommit, db.in_atomic_block = False, True
        db.atomic_blocks.append(self)


def _watched(db: Any) -> bool:
    return bool(db.execute_wrappers) or db.force_debug_cursor


def _cursor(raw: Any) -> Any:
    """A cursor of PostgreSQL's driver that lets the server plan a statement once and not each time it comes: planning takes
    several times as long as these statements themselves."""
    from psycopg import Cursor

    return Cursor(raw)


@lru_cache(maxsize=1024)
def _marked(sql: str) -> str:
    """The statement with its values marked as SQLite's driver wants them."""
    return sql.replace("%s", "?").replace("%%", "%")
