"""Which rulebook a place has adopted, and what came of its matters in numbers."""

from __future__ import annotations

from django.db.models import Sum

from shangliang.cases.models import Adoption, Effect
from shangliang.units.models import Unit
from shangliang.units.queries import ancestor_paths, span


def adoption_of(unit: Unit) -> Adoption | None:
    """The latest adoption by the unit itself, or by the nearest unit above it."""
    found = Adoption.objects.filter(unit__path__in=ancestor_paths(unit.path))
    return found.order_by("-unit__path", "-on", "-id").first()


def effects_below(unit: Unit) -> dict[str, int]:
    """What came of the work in a unit and below it: whole hundredths by unit of measure; money under 元."""
    start, end = span(unit.path)
    rows = Effect.objects.filter(matter__unit__path__gte=start, matter__unit__path__lt=end)
    return dict(rows.order_by("unit").values_list("unit").annotate(total=Sum("hundredths")))
