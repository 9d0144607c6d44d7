"""The database itself refuses what would change the record, and allows what the law demands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from shangliang.record import triggers
from shangliang.record.models import Book, Content, Entry, SealedText
from shangliang.record.verify import verify_all

Sql = Callable[..., int]

REFUSED = [
    "UPDATE record_entry SET text = 'x' WHERE seq = 2",
    "UPDATE record_entry SET seq = seq",
    "DELETE FROM record_entry WHERE seq = 2",
    "DELETE FROM record_book",
    "UPDATE record_book SET length = length - 1",
    "UPDATE record_book SET head = 'x'",
    "UPDATE record_book SET algorithm = 'sm3'",
    "UPDATE record_book SET clock = 'simulated'",
    "UPDATE record_book SET unit = 'u2'",
    "UPDATE record_book SET last_entered = '2000'",
    "DELETE FROM record_sealedtext",
    "UPDATE record_sealedtext SET text = 'x'",
    "UPDATE record_sealedtext SET text = '', salt = ''",
    "UPDATE record_sealedtext SET erased_on = '2025-03-02'",
    "UPDATE record_sealedtext SET text = '', erased_on = '2025-03-02'",
    "UPDATE record_sealedtext SET text = '', salt = '', erased_on = '2025-03-02', kind = 'name'",
    "UPDATE record_sealedtext SET text = '', salt = '', erased_on = '2025-03-02', commitment = 'x'",
    "DELETE FROM record_content",
    "UPDATE record_content SET size = 1",
    "UPDATE record_content SET size = 1, erased_on = '2025-03-02'",
]
TRUNCATED = [f"TRUNCATE {table} CASCADE" for table in ("record_entry", "record_book", "record_sealedtext")]
REPLACED = [
    "INSERT OR REPLACE INTO record_entry (id, book_id, seq, act, subject, happened_on, entered_at, entered_by,"
    " key, request, text, digest) SELECT id, book_id, seq, 'x', subject, happened_on, entered_at, entered_by,"
    " key, request, text, digest FROM record_entry WHERE seq = 2",
    "INSERT OR REPLACE INTO record_entry (book_id, seq, act, subject, happened_on, entered_at, entered_by,"
    " key, request, text, digest) SELECT book_id, seq, 'x', subject, happened_on, entered_at, entered_by,"
    " 'other', request, text, digest FROM record_entry WHERE seq = 2",
    "INSERT OR REPLACE INTO record_sealedtext SELECT * FROM record_sealedtext",
    "INSERT OR REPLACE INTO record_book SELECT * FROM record_book",
]


@pytest.fixture
def filled(writer: Any) -> list[Any]:
    Content.objects.create(digest="c" * 64, algorithm="sha256", size=3, media_type="text/plain")
    return list(writer.book(entries=3))


def everything() -> list[list[Any]]:
    return [list(model.objects.order_by("pk").values()) for model in (Book, Entry, SealedText, Content)]


@pytest.mark.parametrize("statement", REFUSED)
def test_a_change_is_refused(filled: list[Any], sql: Sql, statement: str) -> None:
    before = everything()
    with pytest.raises(DatabaseError, match=r"record: "):
        sql(statement)
    assert everything() == before


@pytest.mark.parametrize("statement", TRUNCATED + REPLACED)
def test_what_one_engine_alone_knows_is_refused_there(filled: list[Any], sql: Sql, statement: str) -> None:
    before = everything()
    # The other engine does not understand the statement, which is a refusal too.
    with pytest.raises(DatabaseError):
        sql(statement)
    assert everything() == before


def test_a_book_grows_and_a_sealed_text_is_erased(filled: list[Any], sql: Sql) -> None:
    assert sql("UPDATE record_book SET length = length + 1, head = 'x'") == 1
    assert sql("UPDATE record_sealedtext SET text = '', salt = '', erased_on = '2025-03-02'") == 3
    assert sql("UPDATE record_content SET erased_on = '2025-03-02'") == 1


def test_what_is_erased_stays_erased(filled: list[Any], sql: Sql) -> None:
    sql("UPDATE record_sealedtext SET text = '', salt = '', erased_on = '2025-03-02'")
    for statement in (
        "UPDATE record_sealedtext SET erased_on = NULL",
        "UPDATE record_sealedtext SET erased_on = '2025-03-03'",
    ):
        with pytest.raises(DatabaseError, match=r"record: "):
            sql(statement)


def test_they_are_all_installed_and_their_absence_is_reported(
    filled: list[Any], lifted: Callable[[], None], sql: Sql
) -> None:
    assert triggers.missing(connection) == []
    lifted()
    gone = triggers.missing(connection)
    assert "record_entry_no_update" in gone and "record_sealedtext_no_delete" in gone
    assert {problem.column for problem in verify_all()[-1].problems} >= set(gone)
    assert sql("UPDATE record_entry SET act = 'x' WHERE seq = 2") == 1
    triggers.install(connection)
    assert triggers.missing(connection) == []
    with pytest.raises(DatabaseError, match=r"record: "):
        sql("UPDATE record_entry SET act = 'y' WHERE seq = 2")
