"""The only door through which anything is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction

from shangliang.acts import rows, trouble
from shangliang.acts.act import Act, Clock, Done, check_shape, new_key, server_clock
from shangliang.acts.projection import apply, line_from, line_of
from shangliang.acts.scene import Scene, look, understand
from shangliang.acts.sealing import seal_texts
from shangliang.acts.subjects import about, home_of
from shangliang.acts.telling import tell
from shangliang.acts.turn import turn
from shangliang.acts.vocabulary import Line
from shangliang.cases.models import Copy
from shangliang.errors import Conflict, NotFound, Refused
from shangliang.record import append
from shangliang.record.canonical import canonical
from shangliang.record.digests import digest
from shangliang.record.models import Entry


def perform(*acts: Act, clock: Clock = server_clock) -> list[Done]:
    """Does all the acts, or none, in one transaction.

    Each act: the same key with the same body gives the earlier entry back, with another body it is refused; the unit's
    book is locked, everything is judged at once, the entry appended, applied, and the messages queued.

    Raises Refused (with every reason), Malformed, NotFound, Conflict or Full; then nothing has been written.
    """
    acts = tuple(a if a.key else replace(a, key=new_key()) for a in acts)
    for last_try in (False, True):
        try:
            with turn(), transaction.atomic():
                labels: dict[str, str] = {}
                return [_one(a, labels, clock) for a in acts]
        except IntegrityError:  # somebody used the key, or a fresh number, between our look and our write
            if last_try:
                raise
        except Refused:  # perhaps only because it was sent twice
            if last_try or not _done_meanwhile(acts):
                raise
        except OperationalError as error:
            if last_try or not trouble.crossed(error):
                raise trouble.sentence(error) from error
    raise AssertionError("unreachable")


def _done_meanwhile(acts: Sequence[Act]) -> bool:
    """Whether one of them was done while we waited for the lock: a statement that waited does not see it, the next does."""
    waits = connection.features.has_select_for_update
    return waits and Entry.objects.filter(key__in=[a.key for a in acts]).exists()


def _one(act: Act, labels: dict[str, str], clock: Clock) -> Done:
    check_shape(act)
    request = digest("sha256", canonical(_asked(act)))
    act = _resolve(act, labels)
    spec, data = understand(act)
    # Where the transaction locks the whole database the subject is read first, and tells the book; elsewhere the book is
    # locked first, so that nothing read is older than the lock.
    found = None if connection.features.has_select_for_update else about(act, spec, data, None)
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
        parent = act.data.get("parent")  # its children get their places one after the other
        above = append.lock(parent, act.key) if parent else None
        if (
            earlier := above.earlier.book if above and above.earlier else _book_with(act.key, above)
        ) is not None:
            return _lock(
                replace(act, name=""), earlier, clock
            )  # the same key once more, without the id it was given
        locked = append.open_book(
            home, settings.DIGEST_ALGORITHM, "server" if clock is server_clock else "simulated"
        )
    if locked is None:
        raise NotFound("没有这个单位", "There is no such unit")
    return locked


def _book_with(key: str, looked: append.Locked | None) -> str | None:
    """The book that holds an entry with this key, where no lock has looked for it."""
    if looked is not None:
        return None
    return Entry.objects.filter(key=key).values_list("book_id", flat=True).first()


def _write(scene: Scene, request: str) -> Done:
    act, flow = scene.act, scene.judge()
    data, sealed, seals = seal_texts(partial(append.seal, scene.locked), scene.spec, scene.data, act.reasons)
    entry = append.append(
        scene.locked, act=act.name, subject=scene.subject, happened_on=act.happened_on, entered_at=scene.now,
        entered_by=act.entered_by, key=act.key, request=request, seals=seals,
        body={"who": scene.who, "data": data, "sealed": sealed, "flow": flow},
    )  # fmt: skip
    line = line_from(entry.body)
    apply(line)
    if scene.copied:
        rows.delete(Copy, "scope", scene.scopes)
    tell(scene)
    return _done(line, entry.digest)


def _done(line: Line, digest: str, repeated: bool = False) -> Done:
    return Done(line.id, line.unit, line.seq, digest, line.act, line.subject, repeated)


def _asked(act: Act) -> dict[str, Any]:
    return {
        "act": act.name, "subject": act.subject, "unit": act.unit, "happened": act.happened_on,
        "by": act.entered_by, "decided": act.decided_by or None,
        "handled": act.handled_by, "data": act.data,
        "reasons": act.reasons,
    }  # fmt: skip


_REFERENCES = frozenset(
    {"meeting", "into", "post", "party", "task", "objection", "invitation", "opinion", "flag", "parties", "guests", "absent",
     "convener", "recorder", "poster", "witness", "participant", "participants", "suggestion", "dispatch", "body", "seat",
     "selection", "survey", "question", "voters", "other"}
)  # fmt: skip
"""Fields that point at something an earlier act of the same call may have made."""


def _resolve(act: Act, labels: Mapping[str, str]) -> Act:
    """Puts the ids of earlier acts of the same call in the place of their labels ("@road")."""

    def put(value: Any) -> Any:
        if isinstance(value, str) and value.startswith("@") and len(value) <= 40:
            if value[1:] not in labels:
                raise NotFound(f"前面没有叫“{value}”的办理", f"No earlier act is labelled {value}")
            return labels[value[1:]]
        if isinstance(value, Mapping):
            return {k: put(v) for k, v in value.items()}
        if isinstance(value, list):
            return [put(v) for v in value]
        return value

    data = {k: put(v) if k in _REFERENCES else v for k, v in act.data.items()}
    return replace(act, subject=put(act.subject), unit=put(act.unit), data=data)
