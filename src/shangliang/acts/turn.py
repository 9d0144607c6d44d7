"""Waiting for one's turn to write: one process at a time on SQLite, about as many as there are processors on PostgreSQL.

SQLite's own waiting sleeps longer and longer, up to a tenth of a second, while the database lies idle: with many writers
most of the time is slept away. PostgreSQL lets all of them in, and where it works on the same machine they and its own
processes push each other off the few processors, statement by statement. A lock on a file is asked for every few milliseconds
instead: seldom enough that who has just written can often write again, with everything still at hand, and often enough that
nobody waits long who waits for a turn. It is only a courtesy: the transaction's own locks still decide, and the kernel gives a
dead writer's turn to the next.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from typing import Any

from django.conf import settings

from shangliang.record.direct import engine

try:
    import fcntl
except ImportError:  # pragma: no cover
    fcntl = None  # type: ignore[assignment]  # not a Unix: the engine's own waiting will do

PAUSE = {"sqlite": 0.006, "postgresql": 0.012}  # seconds; some six acts of each
PATIENCE = 0.5
"""Seconds after which a writer to PostgreSQL goes on without a place: those who have one may be waiting themselves, for a long
import that holds their book."""


def turn() -> AbstractContextManager[None]:
    """Holds a turn to write while the block runs, its commit included; nothing at all inside another transaction, or where
    PostgreSQL works on another machine."""
    db = engine()
    if db.in_atomic_block:
        return nullcontext()
    if db.vendor == "sqlite":
        timeout = db.settings_dict.get("OPTIONS", {}).get("timeout", 5)
        return _held([f"{db.settings_dict['NAME']}-turn"], PAUSE[db.vendor], float(timeout))
    return _held(_places(), PAUSE[db.vendor], PATIENCE) if _beside_us(db) else nullcontext()


def _beside_us(db: Any) -> bool:
    host = db.settings_dict.get("HOST") or ""
    return host.startswith("/") or host in ("", "localhost", "127.0.0.1", "::1")


@cache
def _places() -> list[str]:
    """A file for each processor that we may use, and never one alone: one may work while another's commit waits for the disk."""
    usable = getattr(os, "sched_getaffinity", None)
    number = len(usable(0)) if usable else os.cpu_count() or 1
    return [str(settings.DATA_DIR / f"turn-{n}") for n in range(max(2, number))]


class _File:
    """An open file of one thread in one process: a lock that two had open together would keep neither out."""

    def __init__(self, name: str, number: int) -> None:
        self.name, self.number, self.process = name, number, os.getpid()

    def __del__(self) -> None:
        with suppress(OSError):
            os.close(self.number)


class _Thread(threading.local):
    """A thread's files, the one it last held first: there it is soonest to get it again."""

    def __init__(self) -> None:
        self.files: list[_File] = []


_thread = _Thread()


@contextmanager
def _held(names: Sequence[str], pause: float, patience: float) -> Iterator[None]:
    """Holds one of these files while the block runs, or none where they cannot be had in so many seconds."""
    files = _opened(names)
    held = _wait(files, pause, patience) if files else None
    try:
        yield
    finally:
        if held is not None:
            fcntl.flock(held.number, fcntl.LOCK_UN)


def _opened(names: Sequence[str]) -> list[_File]:
    """Those of the files that can be opened, kept open; none for a database in memory."""
    files = _thread.files
    process = os.getpid()
    if len(files) != len(names) or any(f.process != process or f.name not in names for f in files):
        files[:] = [_File(name, number) for name in names if (number := _open(name)) is not None]
    return files


def _open(name: str) -> int | None:
    if fcntl is None or ":" in name or not os.path.isdir(os.path.dirname(name)):
        return None
    with suppress(OSError):
        return os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return None


def _wait(files: list[_File], pause: float, patience: float) -> _File | None:
    """Returns with one of them held, or with none when it is time to let the engine say who is next."""
    until = None
    while True:
        for file in files:
            try:
                fcntl.flock(file.number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            except OSError:  # a file system without locks
                return None
            if file is not files[0]:
                files.remove(file)
                files.insert(0, file)
            return file
        if until is None:
            until = time.monotonic() + patience
        elif time.monotonic() > until:
            return None
        time.sleep(pause)
