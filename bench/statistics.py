"""How long the database works for a page of figures, in a nation of 650,000 units: a county, a province, the nation; and again
with ten times the entries.

    python -m bench.statistics [--database postgres-embedded] [--json]
    python -m bench.statistics --import      # instead: how long it takes to import the nation from a table

What is timed is the driver's ``execute`` and ``fetchall`` of every statement that the page of a unit needs for its figures
(coverage, windows, solved, overdue, unit by unit): the statements are recorded while the page's own functions run, then run
again by themselves. The first run after the database was built is left out.

Ten times the entries: in the province that is measured each village has ten times as many days with meetings and solved
matters; and everywhere ten times as many tasks are due in this month, which is all that the nation's page reads day by day.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import common, nation

PLACES = {"county": "u231086", "province": "u23", "nation": "n"}
TARGETS = {"county": 5, "province": 25, "nation": 300}
MEASURED = "u23"


def main() -> None:
    parser = common.parser(__doc__, 15)
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgres-embedded"))
    parser.add_argument(
        "--import", dest="importing", action="store_true", help="import the nation and say how long it took"
    )
    parser.add_argument(
        "--villages",
        type=int,
        default=nation.VILLAGES,
        metavar="N",
        help="villages below each town (default: %(default)s)",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        common.set_up(folder, options.database)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if options.importing:
            common.tell(import_nation(folder, options.villages), options.json)
            return
        common.tell(read_nation(options.rounds, options.villages), options.json)


def import_nation(folder: str, villages: int) -> dict[str, Any]:
    """The command `units import` on the whole nation, in a process of its own."""
    import resource

    file = Path(folder) / "nation.csv"
    lines = nation.table(file, villages)
    start = time.perf_counter()
    command = [sys.executable, "-m", "shangliang", "units", "import", str(file), "--yes"]
    subprocess.run(command, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "units": lines, "seconds": round(time.perf_counter() - start, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1), "most_memory_mb": round(used.ru_maxrss / 1024),
    }  # fmt: skip


def read_nation(rounds: int, villages: int) -> dict[str, Any]:
    """The three pages before and after ten times the entries."""
    today = date.today()
    result: dict[str, Any] = {}
    start = time.perf_counter()
    result["units"] = nation.found(villages)
    result["facts"] = facts(today)
    result["built_seconds"] = round(time.perf_counter() - start, 1)
    result["added_up_seconds"] = add_up()
    pages(result, "", rounds, today)
    result["facts_of_ten_times"] = more_facts(today)
    add_up()
    pages(result, "_ten_times", rounds, today)
    for name in PLACES:
        result[f"{name}_growth"] = round(result[f"{name}_ms_ten_times"] / result[f"{name}_ms"], 2)
    return result


def pages(result: dict[str, Any], tail: str, rounds: int, today: date) -> None:
    for name, ident in PLACES.items():
        statements = recorded(ident, today)
        result[f"{name}_ms{tail}"] = database_ms(statements, rounds)
        result[f"{name}_statements"] = len(statements)


def recorded(ident: str, today: date) -> list[tuple[str, Any]]:
    """The statements that the figures of a unit's page need."""
    from django.db import connection

    found: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        read_page(ident, today)
    return found


def read_page(ident: str, today: date) -> None:
    """What the page of a unit reads of figures."""
    from shangliang.statistics.reading import all_figures, children_of, figures, overdue, overdue_below
    from shangliang.units.models import Unit
    from shangliang.web.oversight.overview import NEEDED

    unit = Unit.objects.get(pk=ident)
    found = all_figures(unit, today)
    below = figures(children_of(unit), today, NEEDED)
    for measure in ("tasks_overdue", "letters_overdue"):
        overdue(unit, measure, today, found)
    overdue_below(below, "tasks_overdue", today)
    assert found.of_year("coverage", today.year) > 0 and found.clock().due > 0 and len(below) > 1


def database_ms(statements: list[tuple[str, Any]], rounds: int) -> float:
    """The median over the rounds of what all statements together take in the driver."""
    from django.db import connection

    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        for sql, params in statements:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                cursor.fetchall()
        times.append(1000 * (time.perf_counter() - start))
    return common.median(times[1:], 2)


def add_up() -> float:
    from django.db import connection

    from shangliang.statistics.freshen import rebuild

    start = time.perf_counter()
    rebuild()
    with connection.cursor() as cursor:
        # PostgreSQL tidies new rows in the background while they are read for the first time; here it does so before.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return round(time.perf_counter() - start, 1)


_PUT = (
    "INSERT INTO statistics_dayfact (unit, path, day, month, measure, n)"
    " SELECT id, path, %s, %s, %s, 1 FROM units_unit WHERE kind = %s"
    " AND CAST(SUBSTR(path, %s, 4) AS INTEGER) %% %s < %s AND path >= %s AND path < %s"
)
Fact = tuple[str, str, date, int, int]  # kind, measure, day; of so many places so many have it


def put(rows: list[Fact], below: str = "n") -> int:
    """Writes facts of one day each for a part of all villages or towns below a unit."""
    from django.db import connection

    from shangliang.statistics.facts import month_of
    from shangliang.units.models import Unit
    from shangliang.units.queries import span

    ends = span(Unit.objects.get(pk=below).path)
    count = 0
    with connection.cursor() as cursor:
        for kind, measure, day, of, part in rows:
            place = 21 if kind == "village" else 17  # where the last four digits of the path begin
            on = connection.ops.adapt_datefield_value(day)
            cursor.execute(_PUT, [on, month_of(day), measure, kind, place, of, part, *ends])
            count += cursor.rowcount
    return count


def facts(today: date) -> int:
    """Facts of three years: every place has its venue by and by, meets in some windows, solves now and then."""
    rows: list[Fact] = []
    for kind, clock in (("village", "2.1"), ("town", "12.2")):
        rows += [(kind, "units", date(2021, 1, 1), 1, 1), (kind, "venues", date(2022, 6, 1), 1, 1),
                 (kind, f"clock.{clock}", date(2024, 1, 1), 1, 1)]  # fmt: skip
    for year in (2024, 2025):
        rows += [("village", "met.2.1", date(year, 3, 1), 2, 1), ("village", "meetings", date(year, 3, 20), 2, 1),
                 ("village", "solved", date(year, 5, 9), 3, 1), ("village", "matters", date(year, 2, 9), 3, 1)]  # fmt: skip
    rows.append(("village", "tasks_open", today.replace(day=1), 15, 1))
    return put(rows)


def more_facts(today: date) -> int:
    """Nine more days of everything in the measured province, and nine times more tasks due this month everywhere."""
    rows: list[Fact] = []
    for year in (2024, 2025):
        for n in range(1, 10):
            rows += [("village", "meetings", date(year, 3, 20) + timedelta(days=n), 2, 1),
                     ("village", "solved", date(year, 5, 9) + timedelta(days=n), 3, 1),
                     ("village", "matters", date(year, 2, 9) + timedelta(days=n), 3, 1)]  # fmt: skip
    return put(rows, MEASURED) + put([("village", "tasks_open", today.replace(day=2), 15, 9)])


if __name__ == "__main__":
    main()
