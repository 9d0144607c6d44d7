"""The only door through which anything is done."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.transaction import TransactionManagementError

from shangliang.acts import rows, trouble
from shangliang.acts.act import Act, Clock, Done, new_key, server_clock
from shangliang.acts.asking import Asked, ask
from shangliang.acts.copies import forget_below
from shangliang.acts.projection import apply, apply_all, line_from, line_of
from shangliang.acts.runs import runs
from shangliang.acts.scene import Scene, look
from shangliang.acts.sealing import seal_texts
from shangliang.acts.subjects import about, founding, home_of
from shangliang.acts.telling import tell
from shangliang.acts.turn import turn
from shangliang.acts.vocabulary import Line
from shangliang.cases.models import Copy
from shangliang.errors import Conflict, Malformed, NotFound, Refused
from shangliang.record import append
from shangliang.record.direct import Whole, engine
from shangliang.record.models import Entry
from shangliang.units.models import Unit

AFTER_YOU = 0.05
"""Seconds before trying again what crossed with somebody else, who goes first: taking the same way at once would cross again."""


def perform(*acts: Act, clock: Clock = server_clock) -> list[Done]:
    """Does all the acts, or none, in one transaction.

    Each act: the same key with the same body gives the earlier entry back, with another body it is refused; the unit's
    book is locked, everything is judged at once, the entry appended, applied, and the messages queued.

    Raises Refused (with every reason), Malformed, NotFound, Conflict or Full; then nothing has been written.
    """
    acts = tuple(a if a.key else replace(a, key=new_key()) for a in acts)
    for last_try in (False, True):
        try:
            with turn(), Whole():
                labels: dict[str, str] = {}
                return [done for some in runs(acts) for done in _some(some, labels, clock)]
        except IntegrityError:  # somebody used the key, or a fresh number, between our look and our write
            if last_try:
                raise
        except Refused:  # perhaps only because it was sent twice
            if last_try or not _done_meanwhile(acts):
                raise
        except OperationalError as error:
            if not engine().in_atomic_block:
                engine().close_if_unusable_or_obsolete()  # else the next act would find the same broken connection
            if last_try or not trouble.crossed(error):
                raise trouble.sentence(error) from error
            time.sleep(AFTER_YOU)
    raise AssertionError("unreachable")


def carry(acts: Iterable[Act], clock: Clock = server_clock) -> Iterator[Done]:
    """Does acts as they come, for more of them than memory should hold, inside the caller's transaction: that is all of them
    or nothing. Whatever ``perform`` raises, or an IntegrityError where somebody else was faster, leaves the transaction
    good for nothing but being rolled back.

    A savepoint for each lot would make SQLite keep a copy of every page that the lot touches."""
    if not engine().in_atomic_block:
        raise TransactionManagementError("acts are carried inside a transaction")
    labels: dict[str, str] = {}
    try:
        for some in runs(a if a.key else replace(a, key=new_key()) for a in acts):
            yield from _some(some, labels, clock)
    except Exception:
        transaction.set_rollback(True)
        raise


def _done_meanwhile(acts: Sequence[Act]) -> bool:
    """Whether one of them was done while we waited for the lock: a statement that waited does not see it, the next does."""
    waits = engine().features.has_select_for_update
    return waits and Entry.objects.filter(key__in=[a.key for a in acts]).exists()


def _some(acts: Sequence[Act], labels: dict[str, str], clock: Clock) -> Iterator[Done]:
    """Acts that follow each other: at once where they can be, else one after the other, which gives an earlier entry back
    for what was sent before, and says of which act what is wrong: of the one after those that were given."""
    entries = None
    if len(acts) > 1:
        # Nothing is written before all are judged: with a savepoint instead, SQLite would copy each page it touches.
        with suppress(Refused, Malformed, NotFound, Conflict):
            entries = _first_entries([ask(a, labels) for a in acts], clock)
    if entries is None:
        yield from (_one(a, labels, clock) for a in acts)
        return
    append.append_first(entries)
    lines = [line_from(e.body) for e in entries]
    apply_all(lines)
    if above := {parent for line in lines if (parent := line.data.get("parent"))}:
        rows.delete(Copy, "scope", sorted(above))
    yield from (_done(line, e.digest) for line, e in zip(lines, entries, strict=True))


def _first_entries(asked: Sequence[Asked], clock: Clock) -> list[append.Composed] | None:
    """The first entries of the books of new units, each judged as in `_one`, with a few looks for all of them; None where a
    unit or a key is there already. Writes nothing. Raises Refused and what else is wrong with one of them."""
    homes = [home_of(a.act, a.spec) for a in asked]
    _one_founder([a.act for a in asked])
    if parents := {parent for a in asked if (parent := getattr(a.data, "parent", None))}:
        append.hold(sorted(parents))
    if len({*homes}) < len(homes) or append.known(homes, [a.act.key for a in asked]):
        return None
    found = founding([(home, a.data) for home, a in zip(homes, asked, strict=True)])
    entries = []
    for home, a, about_it in zip(homes, asked, found, strict=True):
        book = append.new_book(home, settings.DIGEST_ALGORITHM, _clock_of(clock))
        scene = look(a.act, a.spec, a.data, book, clock, about_it)
        entries.append(append.compose(book, **_entry(scene, a.request)))
    keys = {e.body["key"] for e in entries}  # as they will be written
    return entries if len(keys) == len(entries) else None


def _one_founder(acts: Sequence[Act]) -> None:
    """A code, and being the root, is looked for in the whole tree: whoever founds such a unit waits for others who do. Held
    before any book, so that two founders never wait for each other."""
    if any(a.data.get("code") or not a.data.get("parent") for a in acts):
        rows.hold_back_others(Unit)


def _one(act: Act, labels: dict[str, str], clock: Clock) -> Done:
    act, spec, data, request = ask(act, labels)
    # Where the transaction locks the whole database the subject is read first, and tells the book; elsewhere the book is
    # locked first, so that nothing read is older than the lock.
    found = None if engine().features.has_select_for_update else about(act, spec, data, None)
    home = (
        home_of(act, spec)
        if found is None or found.unit is None or spec.name == "found_unit"
        else found.unit.id
    )
    locked = _lock(act, home, clock)
    if locked.earlier is not None:
        if locked.earlier.request != request:
            raise Conflict("这个办理已经用别的内容提交过了", "This key was already used for something else")
        done = _done(line_of(locked.earlier.text), locked.earlier.digest, repeated=True)
    else:
        done = _write(look(act, spec, data, locked, clock, found or about(act, spec, data, home)), request)
    if act.label:
        labels[act.label] = done.ident
    return done


def _lock(act: Act, home: str, clock: Clock) -> append.Locked:
    locked = append.lock(home, act.key)
    if locked is None and act.name == "found_unit":
        _one_founder([act])
        parent = act.data.get("parent")  # its children get their places one after the other
        above = append.lock(parent, act.key) if parent else None
        if (
            earlier := above.earlier.book if above and above.earlier else _book_with(act.key, above)
        ) is not None:
            return _lock(
                replace(act, name=""), earlier, clock
            )  # the same key once more, without the id it was given
        locked = append.open_book(home, settings.DIGEST_ALGORITHM, _clock_of(clock))
    if locked is None:
        raise NotFound("没有这个单位", "There is no such unit")
    return locked


def _book_with(key: str, looked: append.Locked | None) -> str | None:
    """The book that holds an entry with this key, where no lock has looked for it."""
    if looked is not None:
        return None
    return Entry.objects.filter(key=key).values_list("book_id", flat=True).first()


def _write(scene: Scene, request: str) -> Done:
    entry = append.append(scene.locked, **_entry(scene, request))
    line = line_from(entry.body)
    apply(line)
    if scene.copied:
        rows.delete(Copy, "scope", scene.scopes)
    if scene.spec.below and scene.unit is not None:
        forget_below(scene.unit)
    tell(scene)
    return _done(line, entry.digest)


def _entry(scene: Scene, request: str) -> dict[str, Any]:
    """What the record needs of a judged act. Raises Refused."""
    act, flow = scene.act, scene.judge()
    data, sealed, seals = seal_texts(partial(append.seal, scene.locked), scene.spec, scene.data, act.reasons)
    return {
        "act": act.name, "subject": scene.subject, "happened_on": act.happened_on, "entered_at": scene.now,
        "entered_by": act.entered_by, "key": act.key, "request": request, "seals": seals,
        "body": {"who": scene.who, "data": data, "sealed": sealed, "flow": flow},
    }  # fmt: skip


def _done(line: Line, digest: str, repeated: bool = False) -> Done:
    return Done(line.id, line.unit, line.seq, digest, line.act, line.subject, repeated)


def _clock_of(clock: Clock) -> str:
    return "server" if clock is server_clock else "simulated"
