"""Acts a second through ``perform``, against raw durable commits of a row of the same size, in the same run.

    python -m bench.perform [--acts N] [--rounds N] [--writers N] [--database sqlite|postgres-embedded] [--json]

The reference is the database's own driver: one INSERT of one row with as many bytes as an entry has, then COMMIT,
with the same durability (SQLite: WAL, synchronous=FULL; PostgreSQL: its defaults). Reported: acts a second, commits a
second, their ratio, SQL statements an act, processor time an act, and several writing processes against one of them: each
in a book of its own, and all in one book; beside it, what several processes that only make raw commits do against one of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench.common import build_demo, median, parser, set_up, tell

BODY = "x" * 900
Place = tuple[str, str, str]


def act_of(place: Place, n: int) -> object:
    from shangliang.acts.act import Act, new_key

    unit, matter, task = place
    data = {"task": task, "state": "doing", "note": f"第{n}次进展：石料继续进场，村里派人看着。"}
    by = f"p-{unit}-cler"
    return Act("report_progress", date.today(), by, data, subject=matter, unit=unit, key=new_key())


def acts_a_second(place: Place, count: int) -> float:
    from shangliang.acts.perform import perform

    acts = [act_of(place, n) for n in range(count)]
    started = time.perf_counter()
    for act in acts:
        perform(act)  # type: ignore[arg-type]
    return count / (time.perf_counter() - started)


def processor_time(place: Place, count: int) -> float:
    """Seconds of this process's processor time for one act."""
    started = time.process_time()
    acts_a_second(place, count)
    return (time.process_time() - started) / count


def commits_a_second(count: int) -> float:
    """Raw durable single-row commits on the same engine."""
    from django.db import connection

    raw: Callable[[int], None]
    if connection.vendor == "sqlite":
        import sqlite3

        path = Path(str(connection.settings_dict["NAME"])).with_name("reference.sqlite3")
        db = sqlite3.connect(path, isolation_level=None, timeout=30)
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


def statements(place: Place) -> int:
    """SQL statements of one act, BEGIN and COMMIT aside."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from shangliang.acts.perform import perform

    with CaptureQueriesContext(connection) as seen:
        perform(act_of(place, 0))  # type: ignore[arg-type]
    return sum(
        not q["sql"].upper().startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
        for q in seen.captured_queries
    )


def write_when_told(folder: str, database: str) -> None:
    """A writing process: "UNIT MATTER TASK N" on a line, "done" when N acts are done; "N" alone makes raw commits."""
    set_up(folder, database)
    for line in sys.stdin:
        *place, count = line.split()
        if place:
            unit, matter, task = place
            acts_a_second((unit, matter, task), int(count))
        else:
            commits_a_second(int(count))
        print("done", flush=True)


class Writers:
    """Processes that stay, so that no round pays for their start."""

    def __init__(self, running: list[subprocess.Popen[str]]) -> None:
        self.running = running

    def acts_a_second(self, places: list[Place], each: int) -> float:
        """One process for each place, all at once."""
        return self._a_second([" ".join([*place, str(each)]) for place in places], each)

    def commits_a_second(self, processes: int, each: int) -> float:
        """Raw commits of so many processes at once."""
        return self._a_second([str(each)] * processes, each)

    def _a_second(self, told: list[str], each: int) -> float:
        running = self.running[: len(told)]
        started = time.perf_counter()
        for p, line in zip(running, told, strict=True):
            assert p.stdin
            p.stdin.write(line + "\n")
            p.stdin.flush()
        for p in running:
            assert p.stdout and p.stdout.readline() == "done\n"
        return len(told) * each / (time.perf_counter() - started)


@contextmanager
def writers(count: int, folder: str, database: str) -> Iterator[Writers]:
    code = "import sys; from bench.perform import write_when_told; write_when_told(*sys.argv[1:])"
    words = [sys.executable, "-c", code, folder, database]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) for _ in range(count)]
    try:
        yield Writers(running)
    finally:
        for p in running:
            assert p.stdin and p.stdout
            p.stdin.close()
            p.wait(30)
            p.stdout.close()


def main() -> int:
    made = parser(__doc__, 5)
    made.add_argument(
        "--acts",
        type=int,
        default=400,
        help="acts of each side in each round; three times as many where several write",
    )
    made.add_argument("--writers", type=int, default=8)
    made.add_argument("--database", default="sqlite", choices=("sqlite", "postgres-embedded"))
    options = made.parse_args()
    rounds = range(options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder, options.database)
        build_demo()
        from bench.books import villages

        places = villages(options.writers)
        # Long enough that it does not count how long the last of them waits for the end.
        first, each = places[0], max(10, 3 * options.acts // options.writers)
        acts_a_second(first, 50)
        commits_a_second(50)
        rows = [(acts_a_second(first, options.acts), commits_a_second(options.acts)) for _ in rounds]
        with writers(options.writers, folder, options.database) as told:
            told.acts_a_second(places, 5)
            told.commits_a_second(options.writers, 5)
            sides = [
                (
                    told.acts_a_second([first], each * options.writers),
                    told.acts_a_second(places, each),
                    told.acts_a_second([first] * options.writers, each),
                    told.commits_a_second(1, 4 * each * options.writers),
                    told.commits_a_second(options.writers, 4 * each),
                )
                for _ in rounds
            ]
        result = {
            "benchmark": "perform",
            "reference": "one durable INSERT and COMMIT by the driver",
            "database": options.database,
            "acts_per_second": median((a for a, _ in rows), 1),
            "raw_commits_per_second": median((c for _, c in rows), 1),
            "ratio": median((a / c for a, c in rows), 3),
            "processor_ms_per_act": median((processor_time(first, 100) * 1000 for _ in rounds), 2),
            "statements_per_act": statements(first),
            "writers": options.writers,
            "writers_ratio": median((many / one for one, many, *_ in sides), 2),
            "writers_one_book_ratio": median((same / one for one, _, same, *_ in sides), 2),
            "raw_writers_ratio": median((many / one for *_, one, many in sides), 2),
            "targets": {
                "ratio": 0.10 if options.database == "sqlite" else 0.08,
                "statements_per_act": 10,
                "writers_ratio": 0.8 if options.database == "sqlite" else 1.3,
            },
        }
    tell(result, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
