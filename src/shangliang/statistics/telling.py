"""All measures of a unit as plain values, with their definitions: for the command, for machines, for exports."""

from __future__ import annotations

from datetime import date
from typing import Any

from shangliang.statistics.measures import MEASURES, Measure
from shangliang.statistics.reading import Figures, all_figures, overdue
from shangliang.statistics.years import ALL_YEARS, Years
from shangliang.units.models import Unit


def report(unit: Unit, today: date, years: Years = ALL_YEARS) -> dict[str, Any]:
    """Every measure of a unit and what lies below it, over one year, or over several or all with the years side by side."""
    found = all_figures(unit, today)
    return {
        "unit": {"id": unit.pk, "code": unit.code, "name": unit.name, "kind": unit.kind},
        "year": years.one,
        "from": years.first,
        "to": years.last,
        "as_of": today.isoformat(),
        "measures": [_one(m, unit, found, today, years) for m in MEASURES.values()],
    }


def _one(m: Measure, unit: Unit, found: Figures, today: date, years: Years) -> dict[str, Any]:
    late = m.kind == "overdue"
    told: dict[str, Any] = {
        "id": m.id,
        "name_zh": m.name.zh,
        "name_en": m.name.en,
        "counted_in_zh": m.counted_in.zh,
        "counted_in_en": m.counted_in.en,
        "definition_zh": m.definition.zh,
        "definition_en": m.definition.en,
        "n": overdue(unit, m.id, today, found) if late else found.over(m.id, years),
    }
    if m.kind == "share":
        part, whole = (found.over(f, years) for f in m.facts)
        told["of"] = {"part": part, "whole": whole}
    if not late and years.one is None:
        told["by_year"] = {str(y): found.of_year(m.id, y) for y in years.among(found.years)}
    return told
