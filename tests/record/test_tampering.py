"""What the owner of the database changes by hand is found, and named: which book, which entry, which column."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from shangliang.errors import NotFound
from shangliang.record.digests import digest
from shangliang.record.models import Book, Entry, SealedText
from shangliang.record.verify import verify_all, verify_book

Sql = Callable[..., int]


@pytest.fixture
def book(writer: Any, lifted: Callable[[], None]) -> list[Any]:
    """A book of six entries, its guards lifted."""
    made = writer.book(entries=6)
    lifted()
    return list(made)


def found(unit: str = "u1") -> list[tuple[int, str]]:
    return [(problem.seq, problem.column) for problem in verify_book(unit).problems]


def rewritten(text: str, **changes: object) -> str:
    return json.dumps(json.loads(text) | changes, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_an_untouched_book_is_sound(writer: Any, algorithm: str) -> None:
    made = writer.book(entries=6, algorithm=algorithm)
    report = verify_book("u1")
    assert (report.ok, report.entries, report.head) == (True, 6, made[-1].digest)


def test_an_empty_book_is_sound_and_a_missing_one_is_not_found(writer: Any) -> None:
    writer.open("u1")
    assert verify_book("u1").ok
    with pytest.raises(NotFound):
        verify_book("u2")


def test_a_long_book_is_read_to_the_end(writer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shangliang.record.verify.CHUNK", 4)
    writer.book(entries=13)
    report = verify_book("u1")
    assert (report.ok, report.entries) == (True, 13)


@pytest.mark.parametrize("seq", [1, 3, 6])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "other"),
        ("subject", "matter:OTHER"),
        ("happened_on", "2024-01-01"),
        ("entered_at", "2025-03-01 04:00:00.000251+00:00"),
        ("entered_by", "other"),
        ("key", "other"),
        ("request", "cd" * 32),
        ("digest", "ef" * 32),
    ],
)
def test_a_changed_column_is_named(book: list[Any], sql: Sql, seq: int, column: str, value: str) -> None:
    sql(f"UPDATE record_entry SET {column} = %s WHERE seq = %s", value, seq)
    assert found() == [(seq, column)]


@pytest.mark.parametrize("seq", [1, 3, 6])
def test_a_changed_text_is_named(book: list[Any], sql: Sql, seq: int) -> None:
    text = rewritten(book[seq - 1].text, data={"present": 230})
    sql("UPDATE record_entry SET text = %s WHERE seq = %s", text, seq)
    assert found() == [(seq, "text")]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "not json", '{"seq":3}', "[" * 5000])
def test_a_text_that_is_no_entry_is_named(book: list[Any], sql: Sql, text: str) -> None:
    sql("UPDATE record_entry SET text = %s WHERE seq = 3", text)
    assert found() == [(3, "text")]


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_text_changed_with_its_digest_breaks_the_chain_there(book: list[Any], sql: Sql, seq: int) -> None:
    text = rewritten(book[seq - 1].text, data={"present": 230})
    sql("UPDATE record_entry SET text = %s, digest = %s WHERE seq = %s", text, digest("sha256", text), seq)
    assert found() == [(seq, "text")]


def test_the_last_text_changed_with_its_digest_does_not_fit_the_head(book: list[Any], sql: Sql) -> None:
    text = rewritten(book[5].text, data={"present": 230})
    sql("UPDATE record_entry SET text = %s, digest = %s WHERE seq = 6", text, digest("sha256", text))
    assert found() == [(6, "head")]


def test_text_and_digest_changed_apart_are_named(book: list[Any], sql: Sql) -> None:
    text = rewritten(book[2].text, data={"present": 230})
    sql("UPDATE record_entry SET text = %s, digest = %s WHERE seq = 3", text, "ef" * 32)
    assert found() == [(3, "text")]


def test_several_damages_are_each_named(book: list[Any], sql: Sql) -> None:
    sql("UPDATE record_entry SET act = 'other' WHERE seq = 2")
    sql("UPDATE record_entry SET entered_by = 'other', request = 'x' WHERE seq = 4")
    sql("UPDATE record_entry SET text = %s WHERE seq = 5", rewritten(book[4].text, data={}))
    assert found() == [(2, "act"), (4, "entered_by"), (4, "request"), (5, "text")]


@pytest.mark.parametrize("seq", [1, 2, 5])
def test_a_deleted_entry_leaves_a_gap(book: list[Any], sql: Sql, seq: int) -> None:
    sql("DELETE FROM record_entry WHERE seq = %s", seq)
    assert found() == [(seq, "seq")]


def test_two_deleted_entries_are_one_gap(book: list[Any], sql: Sql) -> None:
    sql("DELETE FROM record_entry WHERE seq IN (3, 4)")
    (problem,) = verify_book("u1").problems
    assert problem.seq == 3 and "3–4" in problem.en


@pytest.mark.parametrize("kept", [0, 1, 4, 5])
def test_a_book_cut_off_at_the_end_is_shorter_than_it_says(book: list[Any], sql: Sql, kept: int) -> None:
    sql("DELETE FROM record_entry WHERE seq > %s", kept)
    assert found() == [(kept + 1, "length")]


def test_two_exchanged_entries_are_both_named(book: list[Any], sql: Sql) -> None:
    sql("UPDATE record_entry SET seq = 99 WHERE seq = 3")
    sql("UPDATE record_entry SET seq = 3 WHERE seq = 4")
    sql("UPDATE record_entry SET seq = 4 WHERE seq = 99")
    assert found() == [(3, "seq"), (4, "seq")]


def test_an_entry_moved_to_another_book_is_missed_here_and_named_there(
    book: list[Any], writer: Any, sql: Sql
) -> None:
    writer.open("u2")
    sql("UPDATE record_entry SET book_id = 'u2', seq = 1 WHERE seq = 3")
    assert found("u1") == [(3, "seq")]
    assert {(1, "book"), (1, "seq"), (1, "length")} <= set(found("u2"))


def test_an_entry_added_past_the_book_is_named(book: list[Any], sql: Sql) -> None:
    text = rewritten(book[5].text, seq=7, prev=book[5].digest, key="forged")
    Entry.objects.create(
        **{**Entry.objects.filter(seq=6).values().get(), "id": 99999, "seq": 7, "key": "forged"}
        | {"text": text, "digest": digest("sha256", text)}
    )
    assert found() == [(7, "length")]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("length", 7, [(7, "length")]),
        ("length", 5, [(6, "length")]),
        ("head", "ef" * 32, [(6, "head")]),
        ("algorithm", "sm3", [(1, "algorithm")]),
        ("clock", "simulated", [(1, "clock")]),
        ("last_entered", "2025-03-01T00:00:00.000000Z", [(6, "last_entered")]),
    ],
)
def test_a_changed_book_is_named(
    book: list[Any], sql: Sql, column: str, value: object, expected: list[tuple[int, str]]
) -> None:
    sql(f"UPDATE record_book SET {column} = %s", value)
    assert found() == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "没有反映过。"),
        ("salt", "00" * 32),
        ("commitment", "ef" * 32),
        ("book", "u2"),
        ("algorithm", "sm3"),
    ],
)
def test_a_changed_sealed_text_is_named(book: list[Any], sql: Sql, column: str, value: str) -> None:
    sealed = book[3].body["sealed"]["words"]["id"]
    sql(f"UPDATE record_sealedtext SET {column} = %s WHERE id = %s", value, sealed)
    expected = "text" if column == "salt" else column
    assert found() == [(4, f"sealed.{expected}")]


def test_a_sealed_text_gone_or_only_seemingly_erased_is_named(book: list[Any], sql: Sql) -> None:
    ids = [each.body["sealed"]["words"]["id"] for each in book]
    sql("DELETE FROM record_sealedtext WHERE id = %s", ids[1])
    sql("UPDATE record_sealedtext SET erased_on = '2025-03-02' WHERE id = %s", ids[2])
    sql("UPDATE record_sealedtext SET text = '', salt = '' WHERE id = %s", ids[3])
    assert found() == [(2, "sealed"), (3, "sealed.erased_on"), (4, "sealed.text")]


def test_the_owner_who_rewrites_everything_is_not_found_by_the_chain_alone(book: list[Any]) -> None:
    """The limit that docs/record.md states, and the reason for anchors and printed digests."""
    previous = ""
    for row in Entry.objects.order_by("seq"):
        row.text = rewritten(row.text, prev=previous, data={"present": 230})
        row.digest = previous = digest("sha256", row.text)
        row.save()
    Book.objects.update(head=previous)
    assert verify_book("u1").ok


def test_a_text_not_in_canonical_form_is_found(book: list[Any], sql: Sql) -> None:
    text = book[5].text.replace(',"v":1', ', "v":1')
    sql("UPDATE record_entry SET text = %s, digest = %s WHERE seq = 6", text, digest("sha256", text))
    sql("UPDATE record_book SET head = %s", digest("sha256", text))
    assert found() == [(6, "text")]


def test_a_number_that_entries_do_not_hold_is_found(book: list[Any], sql: Sql) -> None:
    for number in ("1.5", "9007199254740993"):
        text = book[5].text.replace('"data":{', f'"data":{{"a":{number},', 1)
        sql("UPDATE record_entry SET text = %s, digest = %s WHERE seq = 6", text, digest("sha256", text))
        sql("UPDATE record_book SET head = %s", digest("sha256", text))
        assert found() == [(6, "text")]


def test_a_text_with_a_double_key_is_found(book: list[Any], sql: Sql) -> None:
    text = book[5].text.replace('{"act":"note"', '{"act":"void","act":"note"')
    sql("UPDATE record_entry SET text = %s, digest = %s WHERE seq = 6", text, digest("sha256", text))
    sql("UPDATE record_book SET head = %s", digest("sha256", text))
    assert found() == [(6, "text")]


def test_all_books_are_verified_with_progress(book: list[Any], writer: Any, sql: Sql) -> None:
    writer.book("u2", entries=2)
    sql("UPDATE record_entry SET act = 'other' WHERE book_id = 'u2' AND seq = 1")
    seen: list[str] = []
    reports = verify_all(lambda report: seen.append(report.book))
    assert seen == [report.book for report in reports] == ["u1", "u2", ""]
    assert [report.ok for report in reports[:2]] == [True, False]
    assert SealedText.objects.count() == 8
