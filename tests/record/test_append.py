"""The door: what goes in, what is refused, what a second attempt finds."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from shangliang.errors import Conflict, Malformed
from shangliang.record import append as door
from shangliang.record.digests import digest
from shangliang.record.models import Book, Entry, SealedText
from shangliang.record.queries import book_head, entries_of, entry_by_digest
from shangliang.record.verify import verify_book

NOON = datetime(2025, 3, 1, 4, 0, tzinfo=UTC)


def append(locked: door.Locked, key: str, **changes: Any) -> door.Appended:
    wanted: dict[str, Any] = {
        "act": "note",
        "subject": "matter:3F7K29",
        "happened_on": date(2025, 2, 28),
        "entered_at": NOON,
        "entered_by": "7Q2M",
        "request": "ab" * 32,
        "body": {},
    }
    return door.append(locked, key=key, **(wanted | changes))


def locked_book(unit: str, key: str = "k") -> door.Locked:
    locked = door.lock(unit, key)
    assert locked is not None
    return locked


def test_an_entry_says_everything_and_its_row_repeats_it(writer: Any) -> None:
    writer.open("u1")
    first = writer.add("u1", texts={"words": "路灯坏了"}, key="web-1")
    row = Entry.objects.get()
    assert (row.id, row.book_id, row.seq, row.digest, row.text) == (
        first.id,
        "u1",
        1,
        first.digest,
        first.text,
    )
    assert row.digest == digest("sha256", row.text)
    sealed = SealedText.objects.get()
    assert first.body == {
        "v": 1,
        "book": "u1",
        "seq": 1,
        "prev": "",
        "alg": "sha256",
        "clock": "server",
        "act": row.act,
        "on": row.subject,
        "happened": row.happened_on.isoformat(),
        "entered": "2025-03-01T04:00:00.000250Z",
        "by": row.entered_by,
        "key": "web-1",
        "request": row.request,
        "data": {"present": 23},
        "sealed": {"words": {"id": sealed.id, "is": sealed.commitment}},
    }
    assert row.entered_at == datetime(2025, 3, 1, 4, 0, 0, 250, tzinfo=UTC)
    assert (sealed.text, sealed.book, sealed.erased_on) == ("路灯坏了", "u1", None)
    assert "路灯" not in row.text


def test_the_second_entry_quotes_the_first(writer: Any) -> None:
    first, second = writer.book(entries=2)
    assert second.body["prev"] == first.digest
    assert "clock" not in second.body
    head = book_head("u1")
    assert head is not None and (head.length, head.head) == (2, second.digest)


def test_a_lock_finds_the_entry_that_carries_the_key(writer: Any) -> None:
    writer.open("u1")
    writer.open("u2")
    done = writer.add("u1", key="caf\u0065\u0301")
    with transaction.atomic():
        # In another book and in another spelling of the same text, it is still the same key.
        found = locked_book("u2", "café").earlier
        assert locked_book("u1", "other").earlier is None
    assert found == door.Earlier(done.id, "u1", 1, "ab" * 32, done.text, done.digest)


def test_a_key_is_used_once(writer: Any) -> None:
    writer.open("u1")
    writer.add("u1", key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        append(locked_book("u1"), "k")
    assert Book.objects.get().length == 1


def test_several_entries_in_one_transaction(writer: Any) -> None:
    writer.open("u1")
    with transaction.atomic():
        locked = locked_book("u1")
        made = [append(locked, f"k{n}") for n in range(3)]
    assert [each.seq for each in made] == [1, 2, 3]
    assert verify_book("u1").ok


def test_a_book_does_not_go_back_in_time(writer: Any) -> None:
    writer.open("u1")
    writer.add("u1", entered_at=NOON)
    earlier = writer.add("u1", entered_at=NOON - timedelta(hours=1))
    later = writer.add("u1", entered_at=NOON + timedelta(hours=1))
    assert earlier.body["entered"] == "2025-03-01T04:00:00.000000Z"
    assert later.body["entered"] == "2025-03-01T05:00:00.000000Z"
    assert Entry.objects.get(seq=2).entered_at == NOON
    assert verify_book("u1").ok


def test_a_book_that_moved_on_is_a_conflict(writer: Any) -> None:
    writer.open("u1")
    with transaction.atomic():
        stale = locked_book("u1")
        append(locked_book("u1"), "first")
        stale.length = 5
        with pytest.raises(Conflict), transaction.atomic():
            append(stale, "second")
    assert Book.objects.get().length == 1


def test_where_there_is_no_book_there_is_no_lock(db: None) -> None:
    with transaction.atomic():
        assert door.lock("nowhere", "k") is None


def test_a_lock_needs_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    # Every test runs in a transaction, so this one pretends.
    monkeypatch.setattr(door, "engine", lambda: SimpleNamespace(in_atomic_block=False))
    with pytest.raises(TransactionManagementError):
        door.lock("u1", "k")


def test_a_book_is_opened_once(writer: Any) -> None:
    writer.open("u1", "sm3", "simulated")
    with pytest.raises(Conflict):
        writer.open("u1")
    book = Book.objects.get()
    assert (book.algorithm, book.clock, book.length, book.head) == ("sm3", "simulated", 0, "")
    assert writer.add("u1").body["clock"] == "simulated"


@pytest.mark.parametrize(("algorithm", "clock"), [("md5", "server"), ("sha256", "sundial")])
def test_only_known_books_are_opened(db: None, algorithm: str, clock: str) -> None:
    with pytest.raises(Malformed):
        door.open_book("u1", algorithm, clock)
    assert not Book.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"act": "x" * 41}, "act"),
        ({"subject": "x" * 49}, "on"),
        ({"entered_by": "x" * 33}, "by"),
        ({"request": "x" * 65}, "request"),
        ({"body": {"seq": 7}}, "seq"),
        ({"body": {"clock": "server"}}, "clock"),
        ({"body": {"data": {"ratio": 0.5}}}, "data.ratio"),
    ],
)
def test_an_entry_that_cannot_be_recorded_is_refused(
    writer: Any, changes: dict[str, Any], field: str
) -> None:
    writer.open("u1")
    with pytest.raises(Malformed) as refused, transaction.atomic():
        append(locked_book("u1"), "k", **changes)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert not Entry.objects.exists()


def test_a_sealed_text_must_be_cited(writer: Any) -> None:
    writer.open("u1")
    with transaction.atomic():
        locked = locked_book("u1")
        seal = door.seal(locked, "name", "张三")
        with pytest.raises(Malformed):
            append(locked, "k", seals=[seal])
        append(locked, "k", seals=[seal], body={"sealed": {"name": seal.cited}})
    assert SealedText.objects.get().text == "张三"
    assert verify_book("u1").ok


def test_equal_texts_have_different_commitments(writer: Any) -> None:
    writer.open("u1")
    with transaction.atomic():
        locked = locked_book("u1")
        one, other = (door.seal(locked, "name", "e\u0301") for _ in range(2))
    assert one.text == other.text == "é"
    assert one.commitment != other.commitment and one.id != other.id
    with pytest.raises(Malformed):
        door.seal(locked, "name", "\0")


def test_reading_by_subject_and_by_digest(writer: Any) -> None:
    writer.open("u1")
    writer.add("u1", subject="matter:A")
    wanted = [writer.add("u1", subject="matter:B"), writer.add("u1", subject="matter:B")]
    assert [entry.digest for entry in entries_of("matter:B")] == [each.digest for each in wanted]
    found = entry_by_digest(wanted[1].digest)
    assert found is not None and found.seq == 3
    assert entry_by_digest("0" * 64) is None
    assert book_head("nowhere") is None
