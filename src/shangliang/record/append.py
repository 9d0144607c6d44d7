"""The only door into a book. `acts.perform` alone may import this; everybody else reads.

Plain SQL rather than the ORM: every act passes here while it holds the book's lock.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.transaction import TransactionManagementError

from shangliang.errors import Conflict, Malformed

from .bulk import put
from .canonical import again, canonical, clean_text, instant
from .digests import ALGORITHMS, commitment, digest
from .direct import engine, run

VERSION = 1
CLOCKS = ("server", "simulated")
# Keys of an entry that `append` writes; a body may not bring its own.
RESERVED = frozenset(
    ("v", "book", "seq", "prev", "alg", "act", "on", "happened", "entered", "by", "key", "request", "clock")
)
# Longest values of the columns; SQLite would not mind, PostgreSQL would.
_WIDTHS = {"act": 40, "on": 48, "by": 32, "key": 80, "request": 64}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The entry that already carries an idempotency key; it may be in another book."""

    id: int
    book: str
    seq: int
    request: str
    text: str
    digest: str


@dataclass(slots=True)
class Locked:
    """A book held until the transaction ends; each append moves it on."""

    unit: str
    algorithm: str
    clock: str
    length: int
    head: str
    last_entered: str
    earlier: Earlier | None


@dataclass(frozen=True, slots=True)
class Seal:
    """A text about to be sealed. The entry holds `cited` in its `sealed` map, the row holds the rest."""

    id: str
    kind: str
    salt: str
    text: str
    commitment: str
    algorithm: str

    @property
    def cited(self) -> dict[str, str]:
        return {"id": self.id, "is": self.commitment}


@dataclass(frozen=True, slots=True)
class Composed:
    """The next entry of a locked book, not yet written: its row, its seals, and what moves the book on."""

    locked: Locked
    seq: int
    entered: str
    digest: str
    text: str
    body: dict[str, Any]
    row: tuple[object, ...]
    seals: Sequence[Seal]

    @property
    def sealed(self) -> list[tuple[str, ...]]:
        return [
            (s.id, self.locked.unit, s.kind, s.salt, s.text, s.commitment, s.algorithm) for s in self.seals
        ]

    @property
    def advance(self) -> tuple[object, ...]:
        return self.seq, self.digest, self.entered, self.locked.unit, self.locked.length


@dataclass(frozen=True, slots=True)
class Appended:
    """A new entry. `body` is what a reader of `text` gets: replaying it needs nothing else."""

    id: int
    book: str
    seq: int
    digest: str
    text: str
    body: dict[str, Any]


_LOCK = (
    "SELECT b.algorithm, b.clock, b.length, b.head, b.last_entered,"
    " e.id, e.book_id, e.seq, e.request, e.text, e.digest"
    " FROM record_book b LEFT JOIN record_entry e ON e.key = %s WHERE b.unit = %s"
)
_BOOK_COLUMNS = ("unit", "algorithm", "clock", "length", "head", "last_entered")
_SEAL_COLUMNS = ("id", "book", "kind", "salt", "text", "commitment", "algorithm")
_SEAL = f"INSERT INTO record_sealedtext ({', '.join(_SEAL_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_SEAL_COLUMNS))})"
_ENTRY_COLUMNS = (
    "book_id", "seq", "act", "subject", "happened_on", "entered_at", "entered_by", "key", "request", "text", "digest",
)  # fmt: skip
_ENTRY = f"INSERT INTO record_entry ({', '.join(_ENTRY_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_ENTRY_COLUMNS))})"
_OPEN = (
    # NOT EXISTS for SQLite, whose trigger fires before the conflict clause; ON CONFLICT for a race.
    "INSERT INTO record_book (unit, algorithm, clock, length, head, last_entered)"
    " SELECT %s, %s, %s, 0, '', ''"
    " WHERE NOT EXISTS (SELECT 1 FROM record_book WHERE unit = %s) ON CONFLICT (unit) DO NOTHING"
)
_ADVANCE = "UPDATE record_book SET length = %s, head = %s, last_entered = %s WHERE unit = %s AND length = %s"


def open_book(unit: str, algorithm: str, clock: str = "server") -> Locked:
    """Open the empty book of a unit and hold it: nobody else sees it before the transaction ends.

    Raises Malformed for an unknown algorithm or clock and Conflict if the unit has its book already.
    """
    locked = new_book(unit, algorithm, clock)
    if run(_OPEN, [unit, algorithm, clock, unit]).rowcount != 1:
        raise Conflict(f"单位 {unit} 已经有记录簿。", f"Unit {unit} already has its record book.")
    return locked


def new_book(unit: str, algorithm: str, clock: str = "server") -> Locked:
    """A book as it is before its first entry; writes nothing. `append_first` opens it. Raises Malformed as `open_book`."""
    if algorithm not in ALGORITHMS or clock not in CLOCKS:
        said = f"不能开这样的账本：{algorithm}、{clock}。", f"No such kind of book: {algorithm}, {clock}."
        raise Malformed([("", *said)])
    return Locked(unit, algorithm, clock, 0, "", "", None)


def lock(unit: str, key: str) -> Locked | None:
    """Hold the book of `unit` until the caller's transaction ends; None if it has none.

    `earlier` is the entry that already carries `key`. On PostgreSQL a statement that waited for the lock
    may miss an entry appended meanwhile; the unique key then raises IntegrityError at `append`, and trying
    once more finds it. On SQLite the transaction itself is the lock and must be IMMEDIATE.
    """
    db = engine()
    if not db.in_atomic_block:
        raise TransactionManagementError("a book is locked inside a transaction")
    query = _LOCK + " FOR UPDATE OF b" if db.features.has_select_for_update else _LOCK
    row = run(query, [clean_text("key", key), unit]).fetchone()
    if row is None:
        return None
    algorithm, clock, length, head, last_entered, *earlier = row
    found = Earlier(*earlier) if earlier[0] is not None else None
    return Locked(unit, algorithm, clock, length, head, last_entered, found)


def hold(units: Sequence[str]) -> None:
    """Hold the books of these units until the transaction ends, always in one order; those that have none are passed over.
    On SQLite the transaction itself is the lock."""
    if engine().features.has_select_for_update:
        _there("SELECT unit FROM record_book WHERE unit IN ({}) ORDER BY unit FOR UPDATE", sorted(units))


def known(units: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether one of these units has its book, or one of these keys its entry."""
    return _there("SELECT unit FROM record_book WHERE unit IN ({}) LIMIT 1", units) or _there(
        "SELECT key FROM record_entry WHERE key IN ({}) LIMIT 1", [clean_text("key", k) for k in keys]
    )


def _there(query: str, values: Sequence[str]) -> bool:
    return run(query.format(", ".join(["%s"] * len(values))), values).fetchone() is not None


def seal(locked: Locked, kind: str, text: str) -> Seal:
    """Commit to `text` under a fresh salt; writes nothing. Raises Malformed for a NUL or a lone surrogate."""
    salt = secrets.token_hex(32)
    text = clean_text(kind, text)
    return Seal(
        secrets.token_hex(12), kind, salt, text, commitment(locked.algorithm, salt, text), locked.algorithm
    )


def append(locked: Locked, **entry: Any) -> Appended:
    """Write the next entry of a locked book, with the texts it seals, and move the book on. Takes what `compose` takes and
    raises what it raises, and Conflict when the book moved on without us."""
    made = compose(locked, **entry)
    for sealed in made.sealed:
        run(_SEAL, sealed)
    (number,) = run(_ENTRY + " RETURNING id", made.row).fetchone()
    if run(_ADVANCE, made.advance).rowcount != 1:
        raise Conflict("记录簿刚被别处写过，请重试。", "The record book was written to meanwhile; try again.")
    locked.length, locked.head, locked.last_entered = made.seq, made.digest, made.entered
    return Appended(number, locked.unit, made.seq, made.digest, made.text, made.body)


def append_first(entries: Sequence[Composed]) -> None:
    """Open new books, each with its first entry, in this order. Raises IntegrityError where a book or a key is there
    already."""
    books = [(e.locked.unit, e.locked.algorithm, e.locked.clock, e.seq, e.digest, e.entered) for e in entries]
    put("record_book", _BOOK_COLUMNS, books)
    put("record_sealedtext", _SEAL_COLUMNS, [row for e in entries for row in e.sealed])
    put("record_entry", _ENTRY_COLUMNS, [e.row for e in entries])


def compose(
    locked: Locked,
    *,
    act: str,
    subject: str,
    happened_on: date,
    entered_at: datetime,
    entered_by: str,
    key: str,
    request: str,
    body: Mapping[str, object],
    seals: Sequence[Seal] = (),
) -> Composed:
    """The next entry of a locked book; writes nothing.

    `body` holds the rest of the entry (who, data, flow, sealed …). Its `sealed` maps a field to
    `Seal.cited` and must name every one of `seals`. If the server's clock went back, the entry takes the
    time of the one before it. Raises Malformed for a body that cannot be recorded.
    """
    entered = instant(entered_at)
    if entered < locked.last_entered:
        entered, entered_at = locked.last_entered, datetime.fromisoformat(locked.last_entered)
    seq = locked.length + 1
    whole: dict[str, object] = {
        **body, "v": VERSION, "book": locked.unit, "seq": seq, "prev": locked.head, "alg": locked.algorithm,
        "act": act, "on": subject, "happened": happened_on, "entered": entered, "by": entered_by, "key": key,
        "request": request,
    }  # fmt: skip
    if seq == 1:
        # So that nobody can later pass off a simulated book as a real one.
        whole["clock"] = locked.clock
    text = canonical(whole)
    # Read it back: the columns and `apply` get exactly what replay will get.
    entry: dict[str, Any] = again(text)
    _check(entry, body, seals)
    mark = digest(locked.algorithm, text)
    ops = engine().ops
    row = (
        locked.unit, seq, entry["act"], entry["on"], ops.adapt_datefield_value(happened_on),
        ops.adapt_datetimefield_value(entered_at), entry["by"], entry["key"], entry["request"], text, mark,
    )  # fmt: skip
    return Composed(locked, seq, entered, mark, text, entry, row, seals)


def _check(entry: Mapping[str, Any], body: Mapping[str, object], seals: Sequence[Seal]) -> None:
    problems = [
        (name, f"太长（最多 {width} 个字符）。", f"Too long (at most {width} characters).")
        for name, width in _WIDTHS.items()
        if len(entry[name]) > width
    ]
    if not RESERVED.isdisjoint(body):
        names = ", ".join(sorted(RESERVED.intersection(body)))
        problems.append((names, "这些键由记录簿填写。", "These keys are written by the record itself."))
    if seals:
        cited = {each["id"]: each["is"] for each in entry.get("sealed", {}).values()}
        problems += [
            (f"sealed.{each.kind}", "条目没有引用这段封存文字。", "The entry does not cite this sealed text.")
            for each in seals
            if cited.get(each.id) != each.commitment
        ]
    if problems:
        raise Malformed(problems)
