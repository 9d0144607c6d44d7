"""kill −9 at a random moment under load: nothing acknowledged is lost, nothing is half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from tests.robust import village
from tests.robust.conftest import WORKER, Start

from shangliang.errors import Conflict
from shangliang.record.direct import engine

ROUNDS = 3


def read(process: subprocess.Popen[str]) -> list[str]:
    """The digests that the process acknowledged in whole lines."""
    assert process.stdout
    lines = process.stdout.read().splitlines(keepends=True)
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [mark for words in whole if words[0] != "conflict" for mark in words]


def wait_for_backends() -> None:
    """PostgreSQL notices only after a moment that a client is gone, and then undoes what it had begun."""
    if connection.vendor == "sqlite":
        return
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                           " AND pid <> pg_backend_pid() AND backend_type = 'client backend'")  # fmt: skip
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise AssertionError("backends without a client remain")


@pytest.mark.django_db(transaction=True)
def test_nothing_acknowledged_is_lost_when_the_processes_are_killed(start: Start) -> None:
    village.build(("v0", "v1"))
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        # Two in one village, one in another.
        running = [start("load", unit) for unit in ("v0", "v0", "v1")]
        first = [p.stdout.readline() for p in running if p.stdout]  # each has begun
        time.sleep(random.uniform(0.05, 0.6))
        for p in running:
            p.send_signal(signal.SIGKILL)
        for p, line in zip(running, first, strict=True):
            p.wait()
            acknowledged += line.split() + read(p)
        wait_for_backends()
        assert set(acknowledged) <= village.digests()
        village.check_whole()
        village.check_pairs()
    assert len(acknowledged) > 9 * ROUNDS
    # And work goes on.
    village.open_matter("v0")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_broke_while_it_was_made_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server restarts just when we come back to it: without anybody's request ending, the next act finds a whole one."""
    village.build(("v0",))
    db = engine()
    db.close()

    def break_off() -> None:
        again.undo()
        if db.vendor == "postgresql":
            db.connection.close()
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as again:
        again.setattr(db, "init_connection_state", break_off)
        with pytest.raises(Conflict, match="lost"):
            village.open_matter("v0")
    assert village.open_matter("v0")


@pytest.fixture
def own_server(place: Path) -> Any:
    """An embedded PostgreSQL of the test's own: killing one of its processes stops all its connections."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    from shangliang.site.embedded import start as start_server

    return start_server(place / "postgres")


def backends(address: str) -> list[int]:
    import psycopg

    with psycopg.connect(address) as db:
        found = db.execute(
            "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in found]


@pytest.mark.django_db
def test_nothing_acknowledged_is_lost_when_the_server_crashes(
    start: Start, own_server: str, tmp_path: Path
) -> None:
    here = {"SHANGLIANG_DATABASE": own_server, "SHANGLIANG_DATA_DIR": str(tmp_path)}
    built = start("build", **here)
    assert built.stdout and built.stdout.readline() == "built\n"
    running = [start("load", unit, **here) for unit in ("v0", "v0", "v1")]
    acknowledged = [mark for p in running if p.stdout for mark in p.stdout.readline().split()]
    time.sleep(random.uniform(0.1, 0.5))
    os.kill(random.choice(backends(own_server)), signal.SIGKILL)  # the postmaster then restarts them all
    for p in running:
        assert p.stdout
        while not (line := p.stdout.readline()).startswith("conflict"):
            acknowledged += line.split()
        assert "lost" in line
        said = [line]
        while (line := p.stdout.readline()).startswith("conflict"):
            said.append(line)  # until the server is back; then each goes on by itself
        assert line, (len(said), {*said})
        acknowledged += line.split()
    for p in running:
        p.kill()
        p.wait()
        acknowledged += read(p)
    checked = subprocess.run(
        [sys.executable, str(WORKER), "check"], env=os.environ | here, input=" ".join(acknowledged),
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert checked.stdout == "whole\n", checked.stdout + checked.stderr
    assert len(acknowledged) > 12
