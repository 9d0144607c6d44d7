"""Acts a second through ``perform``, against raw durable commits of a row of the same size, in the same run.

    python -m bench.perform [--acts N] [--rounds N] [--writers N]

The reference is the database's own driver: one INSERT of one row with as many bytes as an entry has, then COMMIT,
with the same durability (SQLite: WAL, synchronous=FULL; PostgreSQL: its defaults). Reported: acts a second, commits a
second, their ratio, SQL statements an act, and eight writers against one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

BODY = "x" * 900


def set_up(folder: str, database: str) -> None:
    os.environ.update(
        SHANGLIANG_DATA_DIR=folder, SHANGLIANG_DATABASE=database, SHANGLIANG_DEMO="1",
        DJANGO_SETTINGS_MODULE=os.environ.get("DJANGO_SETTINGS_MODULE", "shangliang.site.settings"),
    )  # fmt: skip
    import django

    django.setup()


def prepare(units: int = 1) -> list[str]:
    """A county with a village and one matter that takes progress reports; returns the task's matter numbers."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from shangliang.site import demo

    demo.build()
    from shangliang.cases.models import Task

    return list(Task.objects.exclude(state="done").filter(matter__ended="").values_list("matter_id", "pk"))


def act_of(matter: str, task: str, n: int) -> object:
    from shangliang.acts.act import Act

    return Act(
        "report_progress", date.today() - timedelta(days=0), "p-luo",
        {"task": task, "state": "doing", "note": f"第{n}次进展：石料继续进场，村里派人看着。"}, subject=matter,
        unit="shuangqiao",
    )  # fmt: skip


def acts_a_second(matter: str, task: str, count: int) -> float:
    from shangliang.acts.perform import perform

    started = time.perf_counter()
    for n in range(count):
        perform(act_of(matter, task, n))  # type: ignore[arg-type]
    return count / (time.perf_counter() - started)


def commits_a_second(count: int) -> float:
    """Raw durable single-row commits on the same engine."""
    from django.db import connection

    raw: Callable[[int], None]
    if connection.vendor == "sqlite":
        import sqlite3

        path = Path(str(connection.settings_dict["NAME"])).with_name("reference.sqlite3")
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE IF NOT EXISTS reference (id INTEGER PRIMARY KEY, body TEXT)")

        def raw(n: int) -> None:
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO reference (body) VALUES (?)", (BODY,))
            db.execute("COMMIT")
    else:
        connection.ensure_connection()
        db = connection.connection
        with db.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS reference (id BIGSERIAL PRIMARY KEY, body TEXT)")
        db.commit()

        def raw(n: int) -> None:
            with db.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("INSERT INTO reference (body) VALUES (%s)", (BODY,))
                cursor.execute("COMMIT")

    started = time.perf_counter()
    for n in range(count):
        raw(n)
    return count / (time.perf_counter() - started)


def statements(matter: str, task: str) -> int:
    """SQL statements of one act, BEGIN and COMMIT aside."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from shangliang.acts.perform import perform

    with CaptureQueriesContext(connection) as seen:
        perform(act_of(matter, task, 0))  # type: ignore[arg-type]
    return sum(
        not q["sql"].upper().startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
        for q in seen.captured_queries
    )


def writers(count: int, each: int, folder: str, database: str, pairs: list[tuple[str, str]]) -> float:
    """Acts a second of several processes writing at once."""
    code = (
        "import sys, json; from bench.perform import set_up, acts_a_second, act_of;"
        "set_up(sys.argv[1], sys.argv[2]); from shangliang.acts.perform import perform;"
        "m, t, n = sys.argv[3], sys.argv[4], int(sys.argv[5]); perform(act_of(m, t, 0));"
        "print('ready', flush=True); sys.stdin.readline(); acts_a_second(m, t, n); print('done', flush=True)"
    )
    running = []
    for n in range(count):
        matter, task = pairs[n % len(pairs)]
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", code, folder, database, matter, task, str(each)], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True,
            )
        )  # fmt: skip
    for p in running:
        assert p.stdout and p.stdout.readline().strip() == "ready"
    started = time.perf_counter()
    for p in running:
        assert p.stdin
        p.stdin.write("go\n")
        p.stdin.flush()
    for p in running:
        assert p.stdout and p.stdout.readline().strip() == "done"
        p.wait()
    return count * each / (time.perf_counter() - started)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgres-embedded"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder, options.database)
        pairs = prepare()
        matter, task = pairs[0]
        acts_a_second(matter, task, 100)
        commits_a_second(100)
        rows = []
        for _ in range(options.rounds):  # both in turn, so that a noisy machine treats them alike
            rows.append((acts_a_second(matter, task, options.acts), commits_a_second(options.acts)))
        each = max(50, options.acts // options.writers)
        many = [writers(options.writers, each, folder, options.database, pairs) for _ in range(3)]
        one = [writers(1, options.acts, folder, options.database, pairs) for _ in range(3)]
        result = {
            "database": options.database,
            "acts_per_second": round(statistics.median(a for a, _ in rows), 1),
            "raw_commits_per_second": round(statistics.median(c for _, c in rows), 1),
            "ratio": round(statistics.median(a / c for a, c in rows), 3),
            "statements_per_act": statements(matter, task),
            "writers": options.writers,
            "writers_ratio": round(statistics.median(many) / statistics.median(one), 2),
        }
    print(json.dumps(result) if options.json else "\n".join(f"{k:24} {v}" for k, v in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
