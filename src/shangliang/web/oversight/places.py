"""Unit by unit: which have no venue yet, and which window each has met, missed or explained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shangliang.statistics import lists
from shangliang.statistics.reading import Figures, OwedWindow, all_figures, children_of, figures, windows_of
from shangliang.statistics.years import Years
from shangliang.units.models import Unit, Venue
from shangliang.web.access import staff
from shangliang.web.frame import desk
from shangliang.web.oversight import place
from shangliang.web.oversight.overview import window_name, window_rows
from shangliang.web.oversight.place import Asked, link, paged, told

MOST = 400
"""Places listed one by one; above that the page goes through the units below."""
HAVES = {
    "organisation": lambda: _("organisation"), "place": lambda: _("place"), "rules": lambda: _("rules"),
    "facilities": lambda: _("facilities"), "sign": lambda: _("sign"),
}  # fmt: skip
"""The five haves (D18)."""


@staff()
@require_GET
def coverage(request: HttpRequest, unit: str) -> HttpResponse:
    """Places without a venue first, then those with one and what it has."""
    a = place.asked(request, unit)
    found = all_figures(a.unit, a.today)
    period = lists.over(a.years, a.today)
    many = found.over("units", a.years) > MOST
    if many:
        page = paged(request, children_of(a.unit))
        context: dict[str, Any] = {"page": page, "below": _below(a, list(page.object_list))}
    else:
        missing = paged(request, lists.missing_venues(a.unit, period).select_related("parent"))
        there = lists.counted("venues", a.unit, period)[0].rows.select_related("parent")
        pages = {"missing": missing, "there": paged(request, there, "there")}
        context = {"pages": pages, "missing": _missing(a, missing), "there": _there(a, list(pages["there"]))}
    return desk(
        request, "oversight/coverage.html", a.unit, asked=a, many=many, percent=found.over("coverage", a.years),
        venues=found.over("venues", a.years), units=found.over("units", a.years), **context,
        choose=place.year_links(a, found.first_year, "coverage"), over=place.named(a.years), defs=told("coverage", "venues", "units", "complete"),
        remind_url=place.remind_url(a, "venue"), back_url=link("progress_of", a.unit, a.years),
    )  # fmt: skip


def _below(a: Asked, units: list[Unit]) -> list[dict[str, Any]]:
    found = figures(units, a.today, ("units", "venues"))
    return [
        {"label": f.unit.name, "value": f.over("venues", a.years), "of": f.over("units", a.years),
         "url": link("coverage", f.unit, a.years)}
        for f in found.values()
    ]  # fmt: skip


def _missing(a: Asked, rows: Iterable[Unit]) -> list[dict[str, Any]]:
    return [{"title": u.name, "sub": u.parent.name if u.parent else "", "url": link("progress_of", u, a.years),
             "state": "stop", "word": _("no venue yet")} for u in rows]  # fmt: skip


def _there(a: Asked, units: list[Unit]) -> list[list[Any]]:
    venues = {v.pk: v for v in Venue.objects.filter(pk__in=[u.pk for u in units])}
    return [_venue_row(u, venues.get(u.pk), a) for u in units]


def _venue_row(unit: Unit, venue: Venue | None, a: Asked) -> list[Any]:
    haves = set(venue.haves.split(",")) if venue else set()
    lacking = [say() for have, say in HAVES.items() if have not in haves]
    sort = [
        _("demonstration site") if venue and venue.demonstration else "",
        _("pilot %(year)d") % {"year": venue.pilot_year} if venue and venue.pilot_year else "",
        _("one room, many uses") if venue and venue.shared else "",
        {"self": _("built by itself"), "assisted": _("built with help")}.get(
            venue.build if venue else "", ""
        ),
        _("theme: %(theme)s") % {"theme": venue.theme} if venue and venue.theme else "",
        venue.plan if venue else "",
        _("subsidy of %(n)s yuan") % {"n": f"{venue.subsidy:,}"} if venue and venue.subsidy else "",
    ]
    complete = {"text": _("all five"), "state": "ok"} if not lacking else {
        "text": _("lacks: %(what)s") % {"what": pgettext("between names", ", ").join(lacking)}, "state": "wait"}  # fmt: skip
    return [
        {"text": unit.name, "url": link("progress_of", unit, a.years)}, unit.parent.name if unit.parent else "",
        venue.ready_on if venue and venue.ready_on else "", complete, pgettext("between names", ", ").join(s for s in sort if s),
    ]  # fmt: skip


@staff()
@require_GET
def clocks(request: HttpRequest, unit: str) -> HttpResponse:
    """Every window of a year: over all places as bars, then place by place as words; of several years a line each."""
    a = place.asked(request, unit)
    found = all_figures(a.unit, a.today)
    every = "all" in request.GET
    return desk(
        request, "oversight/clocks.html", a.unit, asked=a, over=place.named(a.years), clock=found.clock(*a.years.months),
        windows=[w | ({"url": ""} if a.year else {}) for w in window_rows(a, found)], every=every,
        **_shown(request, a, found, every=every), choose=place.year_links(a, found.first_year, "clocks", several=True),
        defs=told("due", "held", "gap", "quiet"), remind_url=place.remind_url(a, "meeting"),
        back_url=link("progress_of", a.unit, a.years), all_url=f"{link('clocks', a.unit, a.years)}&all",
    )  # fmt: skip


def _shown(request: HttpRequest, a: Asked, found: Figures, *, every: bool) -> dict[str, Any]:
    """What stands under the bars of one year: a line for each unit below, or a table for the places of one parent."""
    if a.year is None:
        return {}
    if found.over("units", a.years) > MOST:
        page = paged(request, children_of(a.unit))
        below = figures(list(page.object_list), a.today, ("clock.", "met.", "quiet."))
        return {"below": [_clock_row(f, a.years) for f in below.values()], "page": page}
    windows = windows_of(a.unit, a.year, a.today)
    page = paged(request, _owing(windows, every))
    return {"groups": _groups(page, windows, a.year), "page": page}


def _clock_row(f: Figures, years: Years) -> list[Any]:
    c = f.clock(*years.months)
    return [{"text": f.unit.name, "url": link("clocks", f.unit, years)}, c.due, c.held, c.gap, c.quiet]


def _owing(windows: dict[str, list[OwedWindow]], every: bool) -> QuerySet[Unit]:
    """The places with a period not held, or every place that owes one, in the order of the tree."""
    asked = [pk for pk, mine in windows.items() if every or any(w.ended and w.gap for w in mine)]
    return Unit.objects.filter(pk__in=asked).select_related("parent").order_by("path")


def _groups(units: Iterable[Unit], windows: dict[str, list[OwedWindow]], year: int) -> list[dict[str, Any]]:
    """The places by the kind of their clock and by their parent: one table each, a column a window."""
    tables: dict[tuple[int, str], dict[str, Any]] = {}
    for unit in units:
        mine = windows[unit.pk]
        key = (-mine[0].months, unit.parent_id or "")
        table = tables.setdefault(
            key, {"name": unit.parent.name if unit.parent else "", "months": mine[0].months, "rows": []}
        )
        table["rows"].append((unit, mine))
    return [_table(t, year) for t in tables.values()]


def _table(table: dict[str, Any], year: int) -> dict[str, Any]:
    firsts = [year * 12 + m for m in range(0, 12, table["months"])]
    names = {w.first.month - 1: window_name(w) for _u, ws in table["rows"] for w in ws}
    columns = [_("Unit"), *(names.get(m % 12, "") for m in firsts)]
    rows = []
    for unit, windows in table["rows"]:
        by_month = {w.first.year * 12 + w.first.month - 1: w for w in windows}
        rows.append([{"text": unit.name, "url": link("counted", unit, year, "meetings")},
                     *(window_cell(by_month.get(m)) | {"label": names.get(m % 12, "")} for m in firsts)])  # fmt: skip
    return {"name": table["name"], "columns": columns, "rows": rows, "anchor": table["months"]}


def window_cell(w: OwedWindow | None) -> dict[str, Any]:
    """One window of one place, as a shape and a word."""
    if w is None:
        return {"text": _("not owed yet"), "soft": True}
    if w.held >= w.due:
        return {"text": _("held") if w.due == 1 else _("held %(n)d") % {"n": w.held}, "state": "ok"}
    if not w.ended:
        return {"text": _("still open"), "state": "wait"}
    if w.quiet:
        return {"text": _("no topic, reason given"), "state": "wait"}
    if w.held:
        return {"text": _("%(n)d of %(of)d") % {"n": w.held, "of": w.due}, "state": "stop"}
    return {"text": _("not held"), "state": "stop"}
