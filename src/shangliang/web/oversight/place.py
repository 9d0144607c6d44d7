"""Which unit and which year a page of oversight is about, and whether the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.acts.act import today
from shangliang.cases.models import Matter
from shangliang.statistics.freshen import freshen
from shangliang.statistics.measures import MEASURES, Measure
from shangliang.units.models import Unit
from shangliang.web.access import actor as actor_at
from shangliang.web.actor import Actor
from shangliang.web.desk import showing


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for. ``late`` says that some figures are a little behind."""

    actor: Actor
    unit: Unit
    year: int | None
    today: date
    late: bool


def asked(request: HttpRequest, unit: str | None = None, *, year: int | None = 0) -> Asked:
    """The unit of the address, or the actor's own; the year of ``?year=``, else this one (0) or all (None).

    Raises Http404 for a unit that no post of the actor's reaches."""
    actor = actor_at(request)
    found = highest(actor) if unit is None else Unit.objects.filter(pk=unit).first()
    if found is None or not actor.reaches(found):
        raise Http404
    now = today()
    default = now.year if year == 0 else year
    return Asked(actor, found, _year(request, default, now), now, not freshen())


def highest(actor: Actor) -> Unit:
    """The highest place among the actor's own."""
    return min((p.unit for p in actor.posts), key=lambda u: (len(u.path), u.path))


def _year(request: HttpRequest, default: int | None, now: date) -> int | None:
    words = request.GET.get("year", "")
    if words == "all":
        return None
    if words.isascii() and words.isdigit() and 1980 <= int(words[:5]) <= now.year:
        return int(words)
    return default


def title_for(actor: Actor, matter: Matter) -> str:
    """A matter's title in a list; of one that does not concern the reader only that it is there, since it is counted."""
    return showing.title(matter) if actor.may_read(matter) else _("A matter that is not public")


def link(name: str, unit: Unit, year: int | None = None, *more: str) -> str:
    """The address of a page of oversight."""
    query = f"?year={year}" if year else "?year=all" if more else ""
    return reverse(name, args=[unit.pk, *more]) + query


def told(*ids: str) -> list[Measure]:
    """Measures whose definition a page has to state."""
    return [MEASURES[i] for i in ids]


def years(first: int, now: date) -> list[int]:
    """The years a reader can choose, the latest first."""
    return list(range(now.year, first - 1, -1))


def year_links(asked: Asked, first: int, name: str, *more: str) -> list[dict[str, Any]]:
    """One link a year, the chosen one marked."""
    return [
        {"label": str(y), "url": link(name, asked.unit, y, *more), "now": y == asked.year}
        for y in years(first, asked.today)
    ]
