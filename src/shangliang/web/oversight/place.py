"""Which unit and which year a page of oversight is about, and whether the reader may see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.acts.act import today
from shangliang.procedure.say import Say
from shangliang.statistics.freshen import freshen
from shangliang.statistics.measures import MEASURES, Measure
from shangliang.statistics.years import ALL_YEARS, Years
from shangliang.units.models import Unit
from shangliang.web.access import actor as actor_at
from shangliang.web.actor import Actor
from shangliang.web.saying import say

PAGE = 40
"""Rows on one page."""


SENDERS = ("director", "clerk", "deputy_party_secretary")
"""Who asks the units below: reminds them of what is missing, draws matters and calls residents back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for. ``late`` says that some figures are a little behind."""

    actor: Actor
    unit: Unit
    years: Years
    today: date
    late: bool

    @property
    def year(self) -> int | None:
        """The year, where only one was asked for."""
        return self.years.one


def asked(request: HttpRequest, unit: str | None = None, *, year: int | None = 0) -> Asked:
    """The unit of the address, or the actor's own; the years of ``?year=`` or ``?from=`` and ``?to=``, else this one (0) or
    all (None).

    Raises Http404 for a unit that no post of the actor's reaches."""
    actor = actor_at(request)
    found = highest(actor) if unit is None else Unit.objects.filter(pk=unit).first()
    if found is None or not actor.reaches(found):
        raise Http404
    now = today()
    default = Years.of(now.year if year == 0 else year)
    return Asked(actor, found, _years(request, default, now), now, not freshen())


def highest(actor: Actor) -> Unit:
    """The highest place among the actor's own."""
    return min((p.unit for p in actor.posts), key=lambda u: (len(u.path), u.path))


def _years(request: HttpRequest, default: Years, now: date) -> Years:
    if request.GET.get("year") == "all":
        return ALL_YEARS
    year, *ends = (_year(request.GET.get(name, ""), now) for name in ("year", "from", "to"))
    if year is not None:
        return Years.of(year)
    if ends == [None, None]:
        return default
    first, last = ends
    return Years(last, first) if first and last and first > last else Years(first, last)


def _year(words: str, now: date) -> int | None:
    return int(words) if _FOUR.fullmatch(words) and 1980 <= int(words) <= now.year else None


_FOUR = re.compile(r"\d{4}", re.ASCII)


def readable(rows: QuerySet[Any], actor: Actor, matter: str = "") -> tuple[QuerySet[Any], int]:
    """The rows of matters that are for the reader, and how many others there are: they count, but are not listed. ``matter``
    is the way from a row to its matter, like "matter__"."""
    known = rows.filter(actor.readable(matter))
    return known, rows.count() - known.count()


def paged(request: HttpRequest, rows: Any, name: str = "page") -> Page[Any]:
    """The page of a long list that ``?page=`` asks for; ``name`` where a screen holds several."""
    return Paginator(rows, PAGE).get_page(request.GET.get(name))


def link(name: str, unit: Unit, years: Years | int | None = None, *more: str) -> str:
    """The address of a page of oversight."""
    over = years if isinstance(years, Years) else Years.of(years)
    query = f"?{_query(over)}" if not over.every else "?year=all" if more else ""
    return reverse(name, args=[unit.pk, *more]) + query


def _query(years: Years) -> str:
    if years.one:
        return f"year={years.one}"
    return "&".join(f"{n}={y}" for n, y in (("from", years.first), ("to", years.last)) if y)


def may_remind(a: Asked) -> bool:
    """Whether one of the reader's posts sends reminders to this unit or to those below it; nobody reminds a village from
    within."""
    return any(
        p.role in SENDERS
        and a.unit.path.startswith(p.unit.path)
        and (p.unit_id != a.unit.pk or a.unit.level != "village")
        for p in a.actor.posts
    )


def remind_url(a: Asked, about: str = "") -> str:
    """Where the reader reminds of this; empty for who may not."""
    if not may_remind(a):
        return ""
    return reverse("remind", args=[a.unit.pk]) + (f"?about={about}" if about else "")


def named(years: Years) -> str:
    """The years in words: 2023, 2021–2023, all years."""
    if years.one:
        return _("%(year)d") % {"year": years.one}
    if years.every:
        return _("all years")
    if years.first and years.last:
        return _("%(first)d–%(last)d") % {"first": years.first, "last": years.last}
    if years.first:
        return _("since %(year)d") % {"year": years.first}
    return _("until the end of %(year)d") % {"year": years.last}


def so_many(n: int, measure: Measure) -> str:
    """A figure with what it counts: 8件, 8 letters, 1 letter. What measures count are regular plurals."""
    word = measure.counted_in
    return f"{n} {say(Say(word.zh, word.en.removesuffix('s') if n == 1 else word.en))}"


def told(*ids: str) -> list[Measure]:
    """Measures whose definition a page has to state."""
    return [MEASURES[i] for i in ids]


def years(first: int, now: date) -> list[int]:
    """The years a reader can choose, the latest first."""
    return list(range(now.year, first - 1, -1))


def year_links(asked: Asked, first: int, name: str, *more: str, several: bool = False) -> dict[str, Any]:
    """One link a year, the chosen one marked; with ``several`` the way to choose from one year to another as well."""
    shown = years(first, asked.today)
    found: dict[str, Any] = {
        "years": [
            {"label": str(y), "url": link(name, asked.unit, y, *more), "now": y == asked.year} for y in shown
        ],
    }
    if several and len(shown) > 1:
        found |= {
            "action": reverse(name, args=[asked.unit.pk, *more]), "all": shown[::-1], "open": asked.year is None,
            "first": asked.years.first or shown[-1], "last": asked.years.last or shown[0],
        }  # fmt: skip
    return found
