"""All measures of a unit as plain values, with their definitions: for the command, for machines, for exports."""

from __future__ import annotations

from datetime import date
from typing import Any

from shangliang.statistics.measures import MEASURES, Measure
from shangliang.statistics.reading import Figures, all_figures, overdue
from shangliang.units.models import Unit


def report(unit: Unit, today: date, year: int | None = None) -> dict[str, Any]:
    """Every measure of a unit and what lies below it, of one year or of all, with the years side by side."""
    found = all_figures(unit, today)
    return {
        "unit": {"id": unit.pk, "code": unit.code, "name": unit.name, "kind": unit.kind},
        "year": year,
        "as_of": today.isoformat(),
        "measures": [_one(m, unit, found, today, year) for m in MEASURES.values()],
    }


def _one(m: Measure, unit: Unit, found: Figures, today: date, year: int | None) -> dict[str, Any]:
    late = m.kind == "overdue"
    told: dict[str, Any] = {
        "id": m.id,
        "name_zh": m.name.zh,
        "name_en": m.name.en,
        "counted_in_zh": m.counted_in.zh,
        "counted_in_en": m.counted_in.en,
        "definition_zh": m.definition.zh,
        "definition_en": m.definition.en,
        "n": overdue(unit, m.id, today, found) if late else found.of_year(m.id, year),
    }
    if m.kind == "share":
        part, whole = (found.of_year(f, year) for f in m.facts)
        told["of"] = {"part": part, "whole": whole}
    if not late and year is None:
        told["by_year"] = {str(y): found.of_year(m.id, y) for y in found.years}
    return told
