"""Somebody with the keys of the database edits a row behind our backs: verifying or replaying names it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from tests.robust import village

from shangliang.acts.perform import perform
from shangliang.acts.replay import replay
from shangliang.record import triggers
from shangliang.record.digests import digest
from shangliang.record.verify import verify_all

Sql = Callable[..., None]


@pytest.fixture
def matter(db: None) -> str:
    village.build(("v0",))
    matter = village.open_matter("v0")
    perform(village.put_forward("v0", matter))
    perform(village.keep_paper("v0", matter, 1))
    return matter


@pytest.fixture
def edit(matter: str) -> Iterator[Sql]:
    """One statement of the database's owner, who has lifted the triggers."""
    connection.check_constraints()
    triggers.remove(connection)

    def run(statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount == 1

    yield run


def named() -> set[tuple[str, int, str]]:
    """(book, entry, column); the lifted triggers, which are in no book, are another test's."""
    return {(r.book, p.seq, p.column) for r in verify_all() if r.book for p in r.problems}


def differences() -> set[tuple[str, str, str]]:
    return {(d.model, d.pk, d.what) for d in replay()[1]}


def last() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, text FROM record_entry WHERE book_id = 'v0' ORDER BY seq DESC LIMIT 1")
        seq, text = cursor.fetchone()
    return int(seq), str(text)


@pytest.mark.parametrize(("column", "value"), [
    ("act", "close"), ("entered_by", "p-other"), ("happened_on", "2024-12-31"), ("digest", "ab" * 32), ("subject", "matter:XXXXXX"),
])  # fmt: skip
def test_an_edited_entry_row_is_named(edit: Sql, column: str, value: str) -> None:
    edit(f"UPDATE record_entry SET {column} = %s WHERE book_id = 'v0' AND seq = 4", value)
    assert named() == {("v0", 4, column)}


def test_an_edited_text_is_named_and_replay_sees_what_it_would_make(edit: Sql, matter: str) -> None:
    seq, text = last()
    body = json.loads(text)
    body["data"]["pages"] = 200
    forged = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    edit("UPDATE record_entry SET text = %s WHERE book_id = 'v0' AND seq = %s", forged, seq)
    assert named() == {("v0", seq, "text")}
    assert differences() == {("Paper", f"v0.{seq}.0", "pages")}
    # With a digest to match it is the book's head that does not fit.
    edit(
        "UPDATE record_entry SET digest = %s WHERE book_id = 'v0' AND seq = %s", digest("sha256", forged), seq
    )
    assert named() == {("v0", seq, "head")}


def test_an_edited_sealed_text_is_named(edit: Sql, matter: str) -> None:
    edit("UPDATE record_sealedtext SET text = '老赵' WHERE text = '老于'")
    assert named() == {("v0", 4, "sealed.text")}
    assert differences() == set()


@pytest.mark.parametrize(("statement", "difference"), [
    ("UPDATE cases_matter SET stage = 'D-7'", ("Matter", "stage")),
    ("UPDATE cases_matter SET ended = 'completed'", ("Matter", "ended")),
    ("UPDATE cases_opinion SET kind = 'wish'", ("Opinion", "kind")),
    ("UPDATE cases_paper SET pages = 200", ("Paper", "pages")),
    ("DELETE FROM cases_paper", ("Paper", "missing")),
    ("UPDATE people_post SET role = 'archivist' WHERE role = 'clerk'", ("Post", "role")),
    ("UPDATE units_unit SET adults = 9 WHERE id = 'v0'", ("Unit", "adults")),
])  # fmt: skip
def test_an_edited_row_is_named_by_replay_and_the_record_still_verifies(
    edit: Sql, statement: str, difference: tuple[str, str]
) -> None:
    edit(statement)
    assert {(model, what) for model, _, what in differences()} == {difference}
    assert named() == set()


def test_a_row_slipped_in_is_named(edit: Sql, matter: str) -> None:
    edit("INSERT INTO cases_paper (id, matter_id, kind, place, pages, \"on\", content) VALUES"
         " ('v0.99.0', %s, 'record', '—', 1, '2025-03-03', '')", matter)  # fmt: skip
    assert differences() == {("Paper", "v0.99.0", "extra")}
