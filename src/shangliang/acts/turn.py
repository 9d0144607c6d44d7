"""On SQLite, where one writes after the other: waiting for one's turn without falling asleep over it.

SQLite's own waiting sleeps longer and longer, up to a tenth of a second, while the database lies idle: with many writers
most of the time is slept away. A lock on a file beside the database is asked for every few milliseconds instead: seldom enough
that who has just written can often write again, with everything still at hand, and often enough that nobody waits long who
waits for a turn. It is only a courtesy: the transaction's own lock still decides, and the kernel gives a dead writer's turn to
the next.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from shangliang.record.direct import engine

try:
    import fcntl
except ImportError:  # pragma: no cover
    fcntl = None  # type: ignore[assignment]  # not a Unix: SQLite's own waiting will do

PAUSE = 0.006  # seconds; some six acts


@contextmanager
def turn() -> Iterator[None]:
    """Holds this process's turn to write while the block runs; nothing at all on other engines or inside a transaction."""
    db = engine()
    lock = None if fcntl is None or db.vendor != "sqlite" or db.in_atomic_block else _opened(db)
    if lock is None:
        yield
        return
    try:
        _wait(lock, db)
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


class _File:
    """An open file of one thread in one process: a lock that two had open together would keep neither out."""

    def __init__(self, name: str, number: int) -> None:
        self.name, self.number, self.process = name, number, os.getpid()

    def __del__(self) -> None:
        with suppress(OSError):
            os.close(self.number)


class _Thread(threading.local):
    file: _File | None = None


_thread = _Thread()


def _opened(db: Any) -> int | None:
    """The file that is held; None for a database in memory."""
    name, file = f"{db.settings_dict['NAME']}-turn", _thread.file
    if file is None or file.name != name or file.process != os.getpid():
        number = _open(name)
        file = _thread.file = None if number is None else _File(name, number)
    return None if file is None else file.number


def _open(name: str) -> int | None:
    if ":" in name or not os.path.isfile(name.removesuffix("-turn")):
        return None
    return os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _wait(lock: int, db: Any) -> None:
    """Returns with the lock, or without it when the time has come to let the database say that it is busy."""
    until = None
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if until is None:
                until = time.monotonic() + float(db.settings_dict.get("OPTIONS", {}).get("timeout", 5))
            elif time.monotonic() > until:
                return
            time.sleep(PAUSE)
