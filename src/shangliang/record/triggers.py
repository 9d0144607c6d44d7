"""Append-only by the database itself, on SQLite and PostgreSQL.

They stop mistakes and anyone with less than the owner's rights; the owner of the database can lift them,
which is why heads are also anchored outside (docs/record.md). `install` is called by the migration; only
tests that flush tables, and restoring a backup, have a reason to call `remove`. A migration that rebuilds
one of these tables on SQLite drops its triggers with it and must call `install` again; `missing` finds that
out, and `verify_all` reports it.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from shangliang.errors import Broken


class Trigger(NamedTuple):
    """One refusal. `when` is SQL over OLD and NEW with {differs} for "is distinct from"; "" means always."""

    table: str
    event: str
    when: str
    message: str

    @property
    def name(self) -> str:
        return f"{self.table}_no_{self.event.lower()}"


_ENTRY, _BOOK, _SEALED, _CONTENT = "record_entry", "record_book", "record_sealedtext", "record_content"


def _only_erasure(fixed: tuple[str, ...], emptied: tuple[str, ...]) -> str:
    """Refuse every update but the one that erases: once, completely, and nothing else."""
    changed = [f"NEW.{column} {{differs}} OLD.{column}" for column in fixed]
    kept = [f"NEW.{column} <> ''" for column in emptied]
    return " OR ".join(["OLD.erased_on IS NOT NULL", "NEW.erased_on IS NULL", *changed, *kept])


TRIGGERS = (
    Trigger(_ENTRY, "UPDATE", "", "entries are never changed"),
    Trigger(_ENTRY, "DELETE", "", "entries are never deleted"),
    Trigger(_BOOK, "DELETE", "", "books are never deleted"),
    Trigger(
        _BOOK,
        "UPDATE",
        "NEW.unit {differs} OLD.unit OR NEW.algorithm {differs} OLD.algorithm"
        " OR NEW.clock {differs} OLD.clock OR NEW.length < OLD.length OR NEW.last_entered < OLD.last_entered"
        " OR (NEW.length = OLD.length AND NEW.head <> OLD.head)",
        "a book only grows",
    ),
    Trigger(_SEALED, "DELETE", "", "sealed texts are erased, never deleted"),
    Trigger(
        _SEALED,
        "UPDATE",
        _only_erasure(("id", "book", "kind", "commitment", "algorithm"), ("salt", "text")),
        "a sealed text is erased or left alone",
    ),
    Trigger(_CONTENT, "DELETE", "", "contents are erased, never deleted"),
    Trigger(
        _CONTENT,
        "UPDATE",
        _only_erasure(("digest", "algorithm", "size", "media_type"), ()),
        "a content is erased or left alone",
    ),
)

# SQLite's INSERT OR REPLACE deletes the row in its way without firing a DELETE trigger. PostgreSQL has no
# such insert.
_SQLITE_INSERTS = (
    Trigger(
        _ENTRY,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {_ENTRY} WHERE id = NEW.id)"
        f" OR EXISTS (SELECT 1 FROM {_ENTRY} WHERE key = NEW.key)"
        f" OR EXISTS (SELECT 1 FROM {_ENTRY} WHERE book_id = NEW.book_id AND seq = NEW.seq)",
        "entries are never replaced",
    ),
    *(
        Trigger(
            table,
            "INSERT",
            f"EXISTS (SELECT 1 FROM {table} WHERE {pk} = NEW.{pk})",
            f"{table} rows are never replaced",
        )
        for table, pk in ((_BOOK, "unit"), (_SEALED, "id"), (_CONTENT, "digest"))
    ),
)
# TRUNCATE fires no row trigger.
_POSTGRESQL_TRUNCATES = tuple(
    Trigger(table, "TRUNCATE", "", f"{table} is never emptied")
    for table in (_ENTRY, _BOOK, _SEALED, _CONTENT)
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, replacing older ones. Raises Broken on an engine other than the two."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
                " BEGIN RAISE EXCEPTION 'record: %', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$"
            )
        for trigger in _all(connection):
            cursor.execute(_create(connection, trigger))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: from here on nothing but the chain shows a change. Raises Broken as `install`."""
    with connection.cursor() as cursor:
        for trigger in _all(connection):
            where = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{where}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not (or, on PostgreSQL, are disabled)."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [trigger.name for trigger in _all(connection) if trigger.name not in present]


def _all(connection: BaseDatabaseWrapper) -> tuple[Trigger, ...]:
    if connection.vendor == "sqlite":
        return TRIGGERS + _SQLITE_INSERTS
    if connection.vendor == "postgresql":
        return TRIGGERS + _POSTGRESQL_TRUNCATES
    raise Broken(
        f"记录簿只能放在 SQLite 或 PostgreSQL 上，不能放在 {connection.vendor} 上。",
        f"The record needs SQLite or PostgreSQL, not {connection.vendor}.",
    )


def _create(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    head = f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}"
    if connection.vendor == "sqlite":
        when = f" WHEN {trigger.when}".format(differs="IS NOT") if trigger.when else ""
        return f"{head} FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, 'record: {trigger.message}'); END"
    rows = "STATEMENT" if trigger.event == "TRUNCATE" else "ROW"
    when = f" WHEN ({trigger.when})".format(differs="IS DISTINCT FROM") if trigger.when else ""
    # PROCEDURE, not FUNCTION: the older word is the one that PostgreSQL-compatible engines know too.
    return f"{head} FOR EACH {rows}{when} EXECUTE PROCEDURE record_refuse('{trigger.message}')"
