"""Figures are read as fast after ten times the entries: what changes again and again takes no more room."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from tests.acts.world import World

from shangliang.statistics import freshen
from shangliang.statistics.models import DayFact, MonthTotal


def pages(index: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s) / 8192", [index])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_total_that_changes_a_thousand_times_lets_no_index_grow() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: SQLite changes a row in its place")
    units = {(f"u{n}", "meetings", 24_000 + month): 1 for n in range(60) for month in range(40)}
    freshen._add(Counter(units), Counter())
    before = pages("one_total_a_month")
    for _ in range(1_000):
        freshen._add(Counter({("u7", "meetings", 24_007): 1, ("u8", "meetings", 24_008): 1}), Counter())
    assert MonthTotal.objects.get(unit="u7", month=24_007).n == 1_001
    assert pages("one_total_a_month") == before


def test_only_facts_that_differ_are_written(world: World) -> None:
    past = {"ledger": "台账第1页", "place": "村议事室"}
    world.do("import_meeting", past, on="2025-02-05", typed="2026-05-01")
    freshen.freshen_all()
    first = dict(DayFact.objects.filter(unit="liushu").values_list("pk", "day"))
    assert date(2025, 2, 5) in first.values()
    world.do("import_meeting", past, on="2025-03-05", typed="2026-05-01")
    freshen.freshen_all()
    now = dict(DayFact.objects.filter(unit="liushu").values_list("pk", "day"))
    assert first.items() < now.items() and date(2025, 3, 5) in now.values()
    assert freshen.totals_differ() == []
