"""Unit by unit: which have no venue yet, and which window each has met, missed or explained."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shangliang.statistics import lists
from shangliang.statistics.reading import OwedWindow, all_figures, children_of, figures, windows_of
from shangliang.units.models import Unit, Venue
from shangliang.units.queries import span
from shangliang.web.access import staff
from shangliang.web.frame import desk
from shangliang.web.oversight import place
from shangliang.web.oversight.overview import window_name, window_rows
from shangliang.web.oversight.place import Asked, link, told

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
    period = lists.of_year(a.year, a.today)
    many = found.of_year("units", a.year) > MOST
    context: dict[str, Any] = {"below": _below(a)} if many else {
        "missing": _missing(a, period), "there": _there(a, period),
    }  # fmt: skip
    return desk(
        request, "oversight/coverage.html", a.unit, asked=a, many=many, percent=found.of_year("coverage", a.year),
        venues=found.of_year("venues", a.year), units=found.of_year("units", a.year), **context,
        choose=place.year_links(a, found.first_year, "coverage"), defs=told("coverage", "venues", "units", "complete"),
        remind_url=reverse("remind", args=[a.unit.pk]) + "?about=venue", back_url=link("progress_of", a.unit, a.year),
    )  # fmt: skip


def _below(a: Asked) -> list[dict[str, Any]]:
    found = figures(children_of(a.unit), a.today, ("units", "venues"))
    return [
        {"label": f.unit.name, "value": f.of_year("venues", a.year), "of": f.of_year("units", a.year),
         "url": link("coverage", f.unit, a.year)}
        for f in found.values()
    ]  # fmt: skip


def _missing(a: Asked, period: lists.Period) -> list[dict[str, Any]]:
    rows = lists.missing_venues(a.unit, period).select_related("parent")
    return [{"title": u.name, "sub": u.parent.name if u.parent else "", "url": link("progress_of", u, a.year),
             "state": "stop", "word": _("no venue yet")} for u in rows]  # fmt: skip


def _there(a: Asked, period: lists.Period) -> list[list[Any]]:
    start, end = span(a.unit.path)
    venues = {v.pk: v for v in Venue.objects.filter(unit__path__gte=start, unit__path__lt=end)}
    (part,) = lists.counted("venues", a.unit, period)
    return [_venue_row(u, venues.get(u.pk), a) for u in part.rows.select_related("parent")]


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
        {"text": unit.name, "url": link("progress_of", unit, a.year)}, unit.parent.name if unit.parent else "",
        venue.ready_on if venue and venue.ready_on else "", complete, pgettext("between names", ", ").join(s for s in sort if s),
    ]  # fmt: skip


@staff()
@require_GET
def clocks(request: HttpRequest, unit: str) -> HttpResponse:
    """Every window of a year: over all places as bars, then place by place as words."""
    a = place.asked(request, unit)
    found = all_figures(a.unit, a.today)
    year = a.year or a.today.year
    a = Asked(a.actor, a.unit, year, a.today, a.late)
    many = found.of_year("units", year) > MOST
    shown = {"below": _clock_below(a)} if many else {"groups": _groups(a, year, every="all" in request.GET)}
    return desk(
        request, "oversight/clocks.html", a.unit, asked=a, windows=[w | {"url": ""} for w in window_rows(a, found)], many=many, **shown,
        clock=found.clock(year * 12, year * 12 + 11), every="all" in request.GET,
        choose=place.year_links(a, found.first_year, "clocks"), defs=told("due", "held", "gap", "quiet"),
        remind_url=reverse("remind", args=[a.unit.pk]) + "?about=meeting", back_url=link("progress_of", a.unit, year),
        all_url=f"{link('clocks', a.unit, year)}&all",
    )  # fmt: skip


def _clock_below(a: Asked) -> list[list[Any]]:
    found = figures(children_of(a.unit), a.today, ("clock.", "met.", "quiet."))
    rows = []
    for f in found.values():
        c = f.clock((a.year or 0) * 12, (a.year or 0) * 12 + 11)
        rows.append(
            [{"text": f.unit.name, "url": link("clocks", f.unit, a.year)}, c.due, c.held, c.gap, c.quiet]
        )
    return rows


def _groups(a: Asked, year: int, every: bool) -> list[dict[str, Any]]:
    """The places by the kind of their clock and by their parent: one table each, a column a window."""
    windows = windows_of(a.unit, year, a.today)
    units = Unit.objects.filter(pk__in=windows).select_related("parent").order_by("path")
    tables: dict[tuple[int, str], dict[str, Any]] = {}
    for unit in units:
        mine = windows[unit.pk]
        if not every and not any(w.ended and w.gap for w in mine):
            continue
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
