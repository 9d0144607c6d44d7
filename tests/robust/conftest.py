"""Processes of their own beside the test, on the test's database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

WORKER = Path(__file__).with_name("worker.py")


def address() -> str:
    """The database of this test, for SHANGLIANG_DATABASE."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return "sqlite"
    return f"postgresql://{found['USER']}:{found['PASSWORD']}@/{found['NAME']}?host={found['HOST']}"


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """``start("load", "v0")`` runs worker.py; whatever still runs at the end of the test is killed."""
    running: list[subprocess.Popen[str]] = []

    def call(*words: str, **environment: str) -> subprocess.Popen[str]:
        if "SHANGLIANG_DATABASE" not in environment:
            environment |= {"SHANGLIANG_DATABASE": address(), "NAME": str(connection.settings_dict["NAME"])}
        process = subprocess.Popen(
            [sys.executable, str(WORKER), *words],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield call
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
