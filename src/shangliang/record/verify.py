"""Verifying the record where it lies: chains, columns, ends of books, sealed texts, attachments, triggers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection

from shangliang.errors import NotFound

from . import content, triggers
from .chain import Chain, Report
from .digests import commitment, digest
from .models import Book, Content

CHUNK = 2000  # rows a query: PostgreSQL wants many, and SQLite takes 32,766 parameters at most

# Dates come as the text the entries write, so that no driver spends time on turning them into objects and
# back.
_DATES = {
    "sqlite": (
        "CAST(happened_on AS TEXT)",
        "replace(entered_at, ' ', 'T') || CASE length(entered_at) WHEN 19 THEN '.000000Z' ELSE 'Z' END",
    ),
    "postgresql": (
        "to_char(happened_on, 'YYYY-MM-DD')",
        "to_char(entered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
    ),
}
_SEALED = "SELECT id, book, salt, text, commitment, algorithm, erased_on FROM record_sealedtext WHERE id IN "


def verify_book(unit: str) -> Report:
    """Verify one book with its sealed texts, without holding up those who write to it. Raises NotFound."""
    book = Book.objects.filter(unit=unit).first()
    if book is None:
        raise NotFound(f"单位 {unit} 没有记录簿。", f"Unit {unit} has no record book.")
    chain = Chain(unit, _algorithm(book), book.clock)
    if chain.algorithm != book.algorithm:
        chain.report.say(
            1,
            "algorithm",
            f"账本登记的摘要算法是 {book.algorithm}，第 1 条写的是 {chain.algorithm}。",
            f"The book's digest algorithm is {book.algorithm}, entry 1 says {chain.algorithm}.",
        )
    asked_again = False
    while True:
        for rows in _entries(unit, chain.last):
            asked_again = False
            for seq, stored, text, *columns in rows:
                chain.follow(stored, text, seq, tuple(columns))
            _check_sealed(chain)
        # Only now read the end: whatever it counts was committed before, and a writer may have gone on
        # meanwhile.
        book.refresh_from_db()
        if book.length <= chain.last or asked_again:
            break
        asked_again = True
    report = chain.finish(book.length, book.head)
    if book.length == chain.last and book.last_entered != chain.entered:
        report.say(
            chain.last,
            "last_entered",
            f"账本的末条录入时间是 {book.last_entered}，条目写的是 {chain.entered}。",
            f"The book says its last entry was entered at {book.last_entered}, the entry says"
            f" {chain.entered}.",
        )
    return report


def verify_all(progress: Callable[[Report], None] = lambda report: None) -> list[Report]:
    """Verify every book, then, as a report on book "", the triggers and the attachments.

    `progress` is called with each report as it is made.
    """
    reports = []
    for unit in _units():
        reports.append(verify_book(unit))
        progress(reports[-1])
    reports.append(_verify_surroundings())
    progress(reports[-1])
    return reports


def _units() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit FROM record_book ORDER BY unit")
        return [unit for (unit,) in cursor.fetchall()]


def _verify_surroundings() -> Report:
    report = Report("")
    for name in triggers.missing(connection):
        report.say(0, name, "缺少防改触发器。", "This append-only trigger is missing.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT book_id FROM record_entry WHERE NOT EXISTS"
            " (SELECT 1 FROM record_book WHERE unit = book_id) ORDER BY book_id"
        )
        for (unit,) in cursor.fetchall():
            report.say(
                0,
                "book",
                f"有 {unit} 的条目，没有它的账本。",
                f"There are entries of {unit} but no such book.",
            )
    for row in Content.objects.iterator():
        path = content.path(row.digest)
        if row.erased_on is not None:
            if path.exists():
                report.say(
                    0,
                    row.digest,
                    "附件已删除，文件还在。",
                    "The attachment was erased, its file is still there.",
                )
        elif not path.exists():
            report.say(0, row.digest, "附件的文件不见了。", "The attachment's file is gone.")
        elif digest(row.algorithm, path.read_bytes()) != row.digest:
            report.say(0, row.digest, "附件的文件被改过。", "The attachment's file was changed.")
    return report


def _algorithm(book: Book) -> str:
    """The algorithm the first entry names: the book's own column may be the thing that was changed."""
    first = book.entries.filter(seq=1).values_list("text", flat=True).first() or ""
    for name in ("sha256", "sm3"):
        if f'"alg":"{name}"' in first:
            return name
    return book.algorithm


def _entries(unit: str, after: int) -> Iterator[list[tuple[Any, ...]]]:
    """Chunks of (seq, digest, text, *columns of `chain.COLUMNS`) in order, from behind number `after`."""
    happened, entered = _DATES[connection.vendor]
    query = (
        f"SELECT seq, digest, text, act, subject, {happened}, {entered}, entered_by, key, request"
        f" FROM record_entry WHERE book_id = %s AND seq > %s ORDER BY seq LIMIT {CHUNK}"
    )
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [unit, after])
            rows = cursor.fetchall()
            if not rows:
                return
            yield rows
            after = rows[-1][0]


def _check_sealed(chain: Chain) -> None:
    """Compare the sealed texts cited so far with their commitments; erased ones are tombstones."""
    cited, chain.cited = chain.cited, {}
    report = chain.report
    for ids in _slices(list(cited), CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(f"{_SEALED}({', '.join(['%s'] * len(ids))})", ids)
            rows = {row[0]: row[1:] for row in cursor.fetchall()}
        for each in ids:
            seq, mark = cited[each]
            row = rows.get(each)
            # Nearly all end here: as cited, not erased, and of the words that were committed to.
            if (
                row
                and (row[0], row[3:]) == (report.book, (mark, chain.algorithm, None))
                and commitment(chain.algorithm, row[1], row[2]) == mark
            ):
                continue
            if row is None:
                report.say(seq, "sealed", f"封存文字 {each} 不见了。", f"Sealed text {each} is gone.")
                continue
            book, salt, text, kept, algorithm, erased_on = row
            for column, told, right in (
                ("book", book, report.book),
                ("commitment", kept, mark),
                ("algorithm", algorithm, chain.algorithm),
            ):
                if told != right:
                    report.say(
                        seq,
                        f"sealed.{column}",
                        f"封存文字 {each} 的 {column} 被改过。",
                        f"Column {column} of sealed text {each} was changed.",
                    )
            if erased_on is not None:
                if salt or text:
                    report.say(
                        seq,
                        "sealed.erased_on",
                        f"封存文字 {each} 标为已删除，文字却还在。",
                        f"Sealed text {each} is marked erased, but its text is still there.",
                    )
            elif commitment(chain.algorithm, salt, text) != mark:
                report.say(
                    seq,
                    "sealed.text",
                    f"封存文字 {each} 与条目里的承诺值不符。",
                    f"Sealed text {each} does not have the commitment the entry holds.",
                )


def _slices(items: list[str], size: int) -> Iterable[list[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
