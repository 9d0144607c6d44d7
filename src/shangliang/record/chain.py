"""Following a chain: what the database's verifier and the export's verifier have in common. Pure.

An entry is hashed, parsed, written out again to see that it is in canonical form, and compared with everything
said about it elsewhere. While all of that agrees it costs one comparison;
only a disagreement is looked at closely, to say which row and which column was changed. Digest and text of
one entry accuse each other: its successor, which quotes the digest, is the witness.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from shangliang.errors import Malformed

from .canonical import canonical, parse, read
from .digests import hasher

# Columns of an entry and the keys of the text they repeat, in the order in which `Chain.follow` takes them.
COLUMNS = {
    "act": "act",
    "subject": "on",
    "happened_on": "happened",
    "entered_at": "entered",
    "entered_by": "by",
    "key": "key",
    "request": "request",
}
_stated = itemgetter("v", "book", "seq", "prev", "alg")
_repeated = itemgetter(*COLUMNS.values())
VERSION = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold: in which entry (0: in none of them), in which column, and what."""

    seq: int
    column: str
    zh: str
    en: str


@dataclass(slots=True)
class Report:
    """What verifying one book gave. `entries` counts what was read; book "" stands for what is in no book."""

    book: str
    entries: int = 0
    head: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def say(self, seq: int, column: str, zh: str, en: str) -> None:
        self.problems.append(Problem(seq, column, zh, en))


@dataclass(slots=True)
class _Doubt:
    """The last entry's digest is not that of its text; the next entry will tell which of them was changed."""

    actual: str
    columns: list[Problem]


class Chain:
    """Follows the entries of one book in the order of their numbers and collects what is wrong in `report`.

    `cited` gathers the sealed texts quoted so far: id → (number of the entry, commitment); the caller
    empties it.
    """

    def __init__(self, book: str, algorithm: str, clock: str) -> None:
        self.report = Report(book)
        self.algorithm = algorithm
        self.cited: dict[str, tuple[int, str]] = {}
        self.entered = ""
        self._clock = clock
        self._hash = hasher(algorithm)
        self._book = book
        self._seq = 0
        self._stored = ""
        self._settled_on = ""
        self._linked = True
        self._doubt: _Doubt | None = None

    @property
    def last(self) -> int:
        """The number of the last entry followed."""
        return self._seq

    def follow(self, stored: str, text: str, seq: int = 0, columns: tuple[object, ...] | None = None) -> None:
        """Take the next entry: its digest and text as stored and, from a database, its number and columns."""
        self.report.entries += 1
        next_seq = self._seq + 1
        try:
            raw = text.encode()
            body = read(raw)
            sound = (
                self._hash(raw).hexdigest() == stored
                and self._doubt is None
                and self._linked
                and 1 < next_seq == (seq or next_seq)
                and _stated(body) == (VERSION, self._book, next_seq, self._stored, self.algorithm)
                and (_repeated(body) == columns or columns is None)
                and body["entered"] >= self.entered
                and "clock" not in body
                and unicodedata.is_normalized("NFC", text)
            )
            if sound:
                self.entered = body["entered"]
                if "sealed" in body:
                    self._cite(next_seq, body["sealed"])
                self._seq, self._stored = next_seq, stored
                return
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
            pass  # the close look below says what it was
        self._look_closely(stored, text, seq, columns)

    def finish(self, length: int, head: str) -> Report:
        """Compare the end of the chain with what the book says of itself, and give the report."""
        report = self.report
        if length > self._seq:
            report.say(
                self._seq + 1,
                "length",
                f"账本登记有 {length} 条，只找到 {self._seq} 条：末尾的条目被删，或长度被改。",
                f"The book says {length} entries, {self._seq} were found: the end was cut off, or the"
                " length was changed.",
            )
        elif length < self._seq:
            report.say(
                length + 1,
                "length",
                f"账本登记只有 {length} 条，却有第 {self._seq} 条：后面的条目不是经登记加入的，或长度被改。",
                f"The book says {length} entries, but there is entry {self._seq}: added past the book, or the"
                " length was changed.",
            )
        elif self._doubt is None and self._linked and head != self._stored:
            report.say(
                self._seq,
                "head",
                f"账本的末条摘要与第 {self._seq} 条不符：摘要被改，或最后一条被整条替换。",
                f"The book's head is not the digest of entry {self._seq}: the head was changed, or the last"
                " entry replaced.",
            )
        self._settle(head if length == self._seq else None)
        report.head = self._settled_on
        return report

    def _look_closely(self, stored: str, text: str, seq: int, columns: tuple[object, ...] | None) -> None:
        report, previous, linked = self.report, self._seq, self._linked
        try:
            actual = self._hash(text.encode()).hexdigest()
        except UnicodeEncodeError:
            actual = ""
        body = _read(text)
        if not seq:
            # A line of an export has its number only in its text, and a changed text is not to be believed.
            seq = body["seq"] if body is not None and actual == stored else previous + 1
        if seq > previous + 1:
            missing = f"{previous + 1}" if seq == previous + 2 else f"{previous + 1}–{seq - 1}"
            report.say(previous + 1, "seq", f"缺第 {missing} 条。", f"Entry {missing} is missing.")
            linked = False
        elif seq <= previous:
            report.say(
                seq, "seq", f"第 {seq} 条排在第 {previous} 条之后。", f"Entry {seq} follows entry {previous}."
            )
            linked = False
        found = Report(self._book)
        if body is None:
            found.say(
                seq, "text", "正文不是一条记录的规范文本。", "The text is not the canonical text of an entry."
            )
            link = None
        else:
            self._compare(seq, body, columns, found)
            # What a changed text says about its predecessor is worth nothing.
            link = body["prev"] if actual == stored and body["seq"] == seq and linked else None
        self._settle(link)
        if link and not previous:
            report.say(seq, "text", "第一条之前不应再有条目。", "Nothing comes before the first entry.")
        elif link is not None and self._settled_on != link:
            report.say(
                previous,
                "text",
                f"第 {previous} 条不是第 {seq} 条当初接上的那一条：正文和摘要一起被换过"
                f"（或第 {seq} 条被换过）。",
                f"Entry {previous} is not the one entry {seq} was chained to: its text and digest were"
                f" replaced together (or entry {seq} was).",
            )
        if actual == stored:
            report.problems += found.problems
        else:
            self._doubt = _Doubt(actual, found.problems)
        if body is not None:
            self.entered = max(self.entered, body["entered"])
            if actual == stored and "sealed" in body:
                self._cite(seq, body["sealed"])
        # An entry that sits in another's place must not be taken for the one its successor knows.
        self._linked = body is not None and body["seq"] == seq > previous
        self._seq, self._stored = max(seq, previous), stored

    def _settle(self, link: str | None) -> None:
        """Say whether text or digest of the doubtful entry was changed; `link` is what its successor quotes."""
        self._settled_on = self._stored
        doubt, self._doubt = self._doubt, None
        if doubt is None:
            return
        seq = self._seq
        if link is not None and link == doubt.actual:
            self._settled_on = doubt.actual
            self.report.say(
                seq,
                "digest",
                "存下的摘要被改过，正文没有变。",
                "The stored digest was changed; the text was not.",
            )
            self.report.problems += doubt.columns
        elif link is not None and link == self._stored:
            self.report.say(
                seq,
                "text",
                "正文被改过：与当初记下的摘要不符。",
                "The text was changed: it no longer has the digest recorded then.",
            )
        else:
            self._settled_on = link or self._stored
            self.report.say(
                seq,
                "text",
                "正文与摘要不符：两者至少有一个被改过。",
                "Text and digest do not agree: at least one of them was changed.",
            )

    def _compare(
        self, seq: int, body: dict[str, Any], columns: tuple[object, ...] | None, found: Report
    ) -> None:
        """Everything about a readable entry except its digest and its link."""

        def differ(column: str, told: object, written: object) -> None:
            found.say(
                seq,
                column,
                f"{column} 一栏是 {told!r}，正文写的是 {written!r}。",
                f"Column {column} says {told!r}, the text says {written!r}.",
            )

        if body["v"] != VERSION:
            found.say(
                seq, "text", f"不认识的格式版本 {body['v']!r}。", f"Unknown format version {body['v']!r}."
            )
        if body["book"] != self._book:
            differ("book", self._book, body["book"])
        if body["seq"] != seq:
            differ("seq", seq, body["seq"])
        if body["alg"] != self.algorithm:
            differ("algorithm", self.algorithm, body["alg"])
        if columns is not None:
            for name, told, written in zip(COLUMNS, columns, _repeated(body), strict=True):
                if told != written:
                    differ(name, told, written)
        if seq == 1 and body.get("clock") != self._clock:
            differ("clock", self._clock, body.get("clock"))
        if seq > 1 and "clock" in body:
            found.say(seq, "text", "只有第一条写明时钟。", "Only the first entry names the clock.")
        if body["entered"] < self.entered:
            found.say(seq, "entered_at", "录入时间早于前一条。", "It was entered before the entry before it.")

    def _cite(self, seq: int, sealed: dict[str, dict[str, str]]) -> None:
        for each in sealed.values():
            mark = each["is"]
            if self.cited.setdefault(each["id"], (seq, mark))[1] != mark:
                self.report.say(
                    seq,
                    "sealed",
                    f"封存文字 {each['id']} 两次被引用，承诺值却不同。",
                    f"Sealed text {each['id']} is cited with two different commitments.",
                )


def _read(text: str) -> dict[str, Any] | None:
    """An entry's text, or None when it is not one, or not in canonical form."""
    try:
        body = parse(text)
        if canonical(body) != text or type(body["seq"]) is not int or "v" not in body:
            return None
        if not all(
            type(value) is str for value in (body["book"], body["prev"], body["alg"], *_repeated(body))
        ):
            return None
        for each in body.get("sealed", {}).values():
            if type(each["id"]) is not str or type(each["is"]) is not str:
                return None
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, Malformed):
        return None
    return body
