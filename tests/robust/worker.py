"""Runs beside a test, in a process of its own: ``worker.py load UNIT``, ``worker.py build`` or ``worker.py check``."""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "shangliang.site.settings"

import django

django.setup()

from django.db import connection  # noqa: E402

if name := os.environ.get("NAME"):
    connection.settings_dict["NAME"] = name

from tests.robust import village  # noqa: E402

from shangliang.acts.perform import perform  # noqa: E402
from shangliang.errors import Conflict  # noqa: E402


def load(unit: str) -> None:
    """Two acts in one transaction, then one more, over and over; each acknowledged entry's digest on a line."""
    end, n = time.monotonic() + 120, 0
    while time.monotonic() < end:
        n += 1
        try:
            done = perform(village.intake(unit, label="m"), village.put_forward(unit, "@m"))
            print(*(d.digest for d in done), flush=True)
            done = perform(village.keep_paper(unit, done[0].ident, n))
            print(*(d.digest for d in done), flush=True)
        except Conflict as said:
            print("conflict", said, flush=True)
            time.sleep(0.05)


def build() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    village.build()
    print("built", flush=True)


def check() -> None:
    """Everything is whole, and everything acknowledged is there: digests come on standard input."""
    village.check_whole()
    village.check_pairs()
    lost = set(sys.stdin.read().split()) - village.digests()
    print("lost" if lost else "whole", *lost, flush=True)


if __name__ == "__main__":
    {"load": load, "build": build, "check": check}[sys.argv[1]](*sys.argv[2:])
