"""On SQLite, where one writes after the other: waiting for one's turn without falling asleep over it.

SQLite's own waiting sleeps longer and longer, up to a tenth of a second, while the database lies idle: with many writers
most of the time is slept away. A lock on a file beside the database is asked for every few milliseconds instead: seldom enough
that who has just written can often write again, with everything still at hand, and often enough that nobody waits long who
waits for a turn. It is only a courtesy: the transaction's own lock still decides, and the kernel gives a dead writer's turn to
the next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

try:
    import fcntl
except ImportError:  # pragma: no cover
    fcntl = None  # type: ignore[assignment]  # not a Unix: SQLite's own waiting will do

PAUSE = 0.004  # seconds; two or three acts


@contextmanager
def turn() -> Iterator[None]:
    """Holds this process's turn to write while the block runs; nothing at all on other engines or inside a transaction."""
    if fcntl is None or connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    name = str(connection.settings_dict["NAME"])
    if ":" in name or not os.path.isfile(name):
        yield  # a database in memory
        return
    lock = os.open(f"{name}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait(lock)
        yield
    finally:
        os.close(lock)


def _wait(lock: int) -> None:
    """Returns with the lock, or without it when the time has come to let the database say that it is busy."""
    patience = float(connection.settings_dict.get("OPTIONS", {}).get("timeout", 5))
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if time.monotonic() > until:
                return
            time.sleep(PAUSE)
