"""Figures of units that were founded and have done nothing else yet: a nation of them by a few statements.

Every fact of a unit comes from an entry of its own book, and the first entry of a book founds its unit. So a unit whose book
has one entry has one fact: that it is there from a day on. What ``freshen`` makes of each unit one by one is here made of
all of them at once; ``tests/statistics/test_newborn.py`` compares both ways.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from shangliang.statistics.facts import PLACES
from shangliang.units.queries import STEP

_MONTH = {
    "postgresql": "CAST(EXTRACT(YEAR FROM u.valid_from) * 12 + EXTRACT(MONTH FROM u.valid_from) - 1 AS INTEGER)",
    "sqlite": "CAST(SUBSTR(u.valid_from, 1, 4) AS INTEGER) * 12 + CAST(SUBSTR(u.valid_from, 6, 2) AS INTEGER) - 1",
}
"""A day's month since the year 0, as ``facts.month_of`` counts it."""
_FIND = (
    "CREATE TEMPORARY TABLE newborn AS"
    " SELECT u.id AS unit, u.path AS path, u.kind AS kind, u.valid_from AS day, {month} AS month"
    " FROM record_book b JOIN units_unit u ON u.id = b.unit LEFT JOIN statistics_seen s ON s.unit = b.unit"
    " WHERE b.length = 1 AND s.unit IS NULL AND u.valid_to IS NULL"
)
_SEE = "INSERT INTO statistics_seen (unit, path, length) SELECT unit, path, 1 FROM newborn ORDER BY unit"
_COUNT = (
    "INSERT INTO statistics_dayfact (unit, path, day, month, measure, n)"
    " SELECT unit, path, day, month, 'units', 1 FROM newborn WHERE kind IN ({places}) ORDER BY unit"
)
_ADD = (
    "INSERT INTO statistics_monthtotal (unit, measure, month, n)"
    " SELECT u.id, 'units', t.month, t.n FROM"
    " (SELECT SUBSTR(path, 1, %s) AS above, month, COUNT(*) AS n FROM newborn"
    " WHERE kind IN ({places}) AND LENGTH(path) >= %s GROUP BY 1, 2) t"
    " JOIN units_unit u ON u.path = t.above WHERE u.kind NOT IN ('village', 'community', 'enterprise')"
    " ON CONFLICT (unit, measure, month) DO UPDATE SET n = statistics_monthtotal.n + excluded.n"
)


def count_newborn() -> int:
    """Makes the facts and totals of all units that nobody has counted yet and whose book has one entry; how many they are."""
    places = ", ".join(f"'{kind}'" for kind in PLACES)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Whoever counts a unit first writes its row here: so nobody counts one of them meanwhile.
            cursor.execute("LOCK TABLE statistics_seen IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_FIND.format(month=_MONTH[connection.vendor]))
        found = _number(cursor, "SELECT COUNT(*) FROM newborn")
        if found:
            cursor.execute(_SEE)
            cursor.execute(_COUNT.format(places=places))
            deepest = _number(cursor, "SELECT MAX(LENGTH(path)) FROM newborn")
            for digits in range(STEP, deepest + 1, STEP):
                cursor.execute(_ADD.format(places=places), [digits, digits])
        cursor.execute("DROP TABLE newborn")
    return found


def _number(cursor: Any, query: str) -> int:
    cursor.execute(query)
    return int(cursor.fetchone()[0] or 0)
