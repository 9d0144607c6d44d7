"""Turns to write: how many at once, who gets the next, and that nobody waits for ever."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from shangliang.acts import turn as turns
from shangliang.acts.turn import turn

LONG = 20.0  # seconds that no test waits


class Others:
    """Writers in threads of their own, each with files of its own, as processes have."""

    def __init__(self) -> None:
        self.lock, self.at_once, self.most, self.done = threading.Lock(), 0, 0, 0

    def work(self, take: Callable[[], Any], times: int) -> None:
        for _ in range(times):
            with take():
                with self.lock:
                    self.at_once += 1
                    self.most = max(self.most, self.at_once)
                time.sleep(0.001)
                with self.lock:
                    self.at_once -= 1
                    self.done += 1


def run_together(take: Callable[[], Any], writers: int = 6, times: int = 10) -> Others:
    others = Others()
    running = [threading.Thread(target=others.work, args=(take, times)) for _ in range(writers)]
    for each in running:
        each.start()
    for each in running:
        each.join(LONG)
    assert others.done == writers * times
    return others


@pytest.mark.parametrize("places", [1, 2, 3])
def test_as_many_work_at_once_as_there_are_places(tmp_path: Path, places: int) -> None:
    names = [str(tmp_path / f"turn-{n}") for n in range(places)]
    assert run_together(lambda: turns._held(names, 0.001, LONG)).most == places


@contextmanager
def held_elsewhere(names: list[str]) -> Iterator[None]:
    """Somebody else holds all of these and does not give them back while the block runs."""
    taken, enough = threading.Event(), threading.Event()

    def hold() -> None:
        for name in names:
            number = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
            turns.fcntl.flock(number, turns.fcntl.LOCK_EX)
            numbers.append(number)
        taken.set()
        enough.wait(LONG)

    numbers: list[int] = []
    other = threading.Thread(target=hold)
    other.start()
    assert taken.wait(LONG)
    try:
        yield
    finally:
        enough.set()
        other.join(LONG)
        for number in numbers:
            os.close(number)


def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    names = [str(tmp_path / "turn-0"), str(tmp_path / "turn-1")]
    with held_elsewhere(names):
        started = time.monotonic()
        with turns._held(names, 0.001, 0.05):
            assert 0.05 <= time.monotonic() - started < LONG


def test_a_writer_that_died_gives_its_turn_to_the_next(tmp_path: Path) -> None:
    name = str(tmp_path / "turn-0")
    code = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], 66), 2); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", code, name]).returncode == -signal.SIGKILL
    started = time.monotonic()
    with turns._held([name], 0.001, LONG):
        assert time.monotonic() - started < LONG


def test_where_no_file_can_be_made_everybody_goes_on(tmp_path: Path) -> None:
    with turns._held([str(tmp_path / "nowhere" / "turn-0")], 0.001, LONG):
        assert turns._thread.files == []


def test_where_files_cannot_be_locked_everybody_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(number: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(turns.fcntl, "flock", unable)
    started = time.monotonic()
    with turns._held([str(tmp_path / "turn-0")], 0.001, LONG):
        assert time.monotonic() - started < LONG


@pytest.mark.parametrize(
    ("host", "beside"),
    [("", True), ("/run/postgresql", True), ("127.0.0.1", True), ("localhost", True), ("::1", True),
     ("db.example.cn", False), ("10.0.0.7", False)],
)  # fmt: skip
def test_only_an_engine_on_this_machine_shares_its_processors(host: str, beside: bool) -> None:
    assert turns._beside_us(type("Database", (), {"settings_dict": {"HOST": host}})) is beside


def test_there_are_as_many_turns_as_processors_and_never_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for processors, turns_there in ((1, 2), (2, 2), (8, 8)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, n=processors: set(range(n)), raising=False)
        assert len(turns._places.__wrapped__()) == turns_there


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_held_outside_a_transaction_alone() -> None:
    from django.db import transaction

    turns._thread.files.clear()
    with transaction.atomic(), turn():
        assert turns._thread.files == []  # whose transaction it is has the turn
    if connection.vendor == "postgresql":
        with turn():
            held = turns._thread.files
            assert len(held) == len(turns._places())


@pytest.mark.django_db
def test_many_at_once_are_let_in_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through `turn` itself, on whichever engine this is: each thread has a connection of its own, none of them open."""
    names = [str(tmp_path / f"turn-{n}") for n in range(2)]
    monkeypatch.setattr(turns, "_places", lambda: names)
    database = tmp_path / "database"
    settings = connection.settings_dict | ({"NAME": str(database)} if connection.vendor == "sqlite" else {})
    seen = type(
        "Database", (), {"vendor": connection.vendor, "settings_dict": settings, "in_atomic_block": False}
    )
    monkeypatch.setattr(turns, "engine", lambda: seen)
    assert run_together(turn).most == (1 if connection.vendor == "sqlite" else 2)
