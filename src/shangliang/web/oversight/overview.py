"""The page of a unit and everything below it: coverage, windows, solved beside confirmed, what is overdue, unit by unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from shangliang.cases.oversight.models import Reminder
from shangliang.statistics.reading import (
    CLOCKS,
    Figures,
    OwedWindow,
    all_figures,
    children_of,
    figures,
    overdue,
    overdue_below,
    percent,
)
from shangliang.statistics.years import Years
from shangliang.units.models import Unit
from shangliang.units.queries import span
from shangliang.web.access import staff
from shangliang.web.frame import desk
from shangliang.web.oversight import place
from shangliang.web.oversight.place import Asked, link, paged, told


@staff()
@require_GET
def overview(request: HttpRequest, unit: str | None = None) -> HttpResponse:
    """Everything at one glance, each number leading to what it counts; ``?wall`` shows one thing at a time."""
    a = place.asked(request, unit)
    found = all_figures(a.unit, a.today)
    if "wall" in request.GET:
        return _wall(request, a, found)
    page = paged(request, children_of(a.unit))
    return desk(
        request, "oversight/overview.html", a.unit, asked=a, found=found, coverage=_coverage(a, found),
        now=_now(found), windows=window_rows(a, found), clock=found.clock(*a.years.months),
        solved=_solved(a, found), whole=_whole(a, found), late=_late(a, found), reminders=_reminders(a.unit),
        below=_below(a, list(page.object_list)), page=page,
        choose=place.year_links(a, found.first_year, "progress_of", several=True), over=place.named(a.years),
        urls=_urls(a), up=_above(a), may_draw=_may_draw(a),
        defs={"coverage": told("venues", "units", "coverage", "complete"), "clock": told("due", "held", "gap", "quiet"),
              "solved": told("solved", "confirmed"), "late": told("tasks_overdue", "letters_overdue")},
    )  # fmt: skip


def _urls(a: Asked) -> dict[str, str]:
    lists = {
        m: link("counted", a.unit, a.years, m) for m in ("meetings", "solved", "confirmed", "call_backs")
    }
    pages = {n: reverse(n, args=[a.unit.pk]) for n in ("late", "reminders", "samples", "month")}
    return lists | pages | {
        "missing": link("coverage", a.unit, a.today.year), "clocks": link("clocks", a.unit, a.years),
        "wall": link("progress_of", a.unit) + "?wall",
    }  # fmt: skip


def _may_draw(a: Asked) -> bool:
    return a.unit.level != "village" and any(
        p.unit_id == a.unit.pk and p.role in place.SENDERS for p in a.actor.posts
    )


def _above(a: Asked) -> dict[str, str] | None:
    """The unit above, where the actor's posts reach it."""
    parent = a.unit.parent
    if parent is None or not a.actor.reaches(parent):
        return None
    return {"name": parent.name, "url": link("progress_of", parent, a.years)}


def _coverage(a: Asked, found: Figures) -> list[dict[str, Any]]:
    """A bar a year: places with a venue at its end, and how many places there are."""
    return [
        {"label": str(y), "value": found.of_year("venues", y), "of": found.of_year("units", y),
         "url": link("coverage", a.unit, y), "percent": found.of_year("coverage", y)}
        for y in found.years
    ]  # fmt: skip


def _now(found: Figures) -> dict[str, int]:
    units, venues = found.value("units"), found.value("venues")
    return {"units": units, "venues": venues, "missing": units - venues, "percent": percent(venues, units),
            "complete": found.value("complete")}  # fmt: skip


def window_rows(a: Asked, found: Figures) -> list[dict[str, Any]]:
    """A bar a window: meetings held, and how many the rule asks for. Of several years a bar each, over windows that ended."""
    if a.year is None:
        return [_year_row(a, found, y) for y in a.years.among(found.years)]
    return [
        {"label": window_name(w), "value": w.held, "of": w.due, "gap": w.gap if w.ended else None, "quiet": w.quiet,
         "ended": w.ended, "url": link("clocks", a.unit, a.years)}
        for w in found.windows(*a.years.months)
    ]  # fmt: skip


def _year_row(a: Asked, found: Figures, year: int) -> dict[str, Any]:
    clock = found.clock(*Years.of(year).months)
    return {"label": place.named(Years.of(year)), "value": clock.held, "of": clock.due, "gap": clock.gap,
            "quiet": clock.quiet, "ended": True, "url": link("clocks", a.unit, year)}  # fmt: skip


def window_name(w: OwedWindow) -> str:
    """January–February; a whole year says so."""
    if w.months == 12:
        return _("whole year")
    if w.months == 1:
        return _("month %(a)d") % {"a": w.first.month}
    return _("months %(a)d–%(b)d") % {"a": w.first.month, "b": w.last.month}


def _solved(a: Asked, found: Figures) -> list[dict[str, Any]]:
    """A row a year; of several years that were chosen only these, and their sum."""
    return [_counts(a, found, Years.of(y)) for y in (found.years if a.year else a.years.among(found.years))]


def _whole(a: Asked, found: Figures) -> dict[str, Any] | None:
    return None if a.year else _counts(a, found, a.years)


def _counts(a: Asked, found: Figures, years: Years) -> dict[str, Any]:
    counts = {m: {"n": found.over(m, years), "url": link("counted", a.unit, years, m)}
              for m in ("meetings", "matters", "solved", "confirmed")}  # fmt: skip
    return {"year": place.named(years), **counts}


def _late(a: Asked, found: Figures) -> list[dict[str, Any]]:
    rows = []
    for m in told("tasks_overdue", "letters_overdue"):
        n = overdue(a.unit, m.id, a.today, found)
        rows.append(
            {
                "measure": m,
                "n": n,
                "word": place.so_many(n, m),
                "url": reverse("late", args=[a.unit.pk]),
            }
        )
    return rows


def _reminders(unit: Unit) -> dict[str, int]:
    start, end = span(unit.path)
    inside = Reminder.objects.filter(unit__path__gte=start, unit__path__lt=end)
    return {"sent": inside.count(), "waiting": inside.filter(answered_on=None).count()}


NEEDED = ("units", "venues", "meetings", "solved", "confirmed", "tasks_open", *CLOCKS)


def _below(a: Asked, units: list[Unit]) -> list[dict[str, Any]]:
    """The units directly below, in the order of the tree."""
    found = figures(units, a.today, NEEDED)
    late = overdue_below(found, "tasks_overdue", a.today)
    return [_row(a, u, found[u.pk], late[u.pk]) for u in units]


def _row(a: Asked, unit: Unit, f: Figures, late: int) -> dict[str, Any]:
    clock, years = f.clock(*a.years.months), a.years
    return {
        "name": unit.name, "url": link("progress_of", unit, years), "venues": f.over("venues", years),
        "units": f.over("units", years), "due": clock.due, "held": clock.held, "gap": clock.gap, "quiet": clock.quiet,
        "clocks": link("clocks", unit, years), "meetings": f.over("meetings", years),
        "solved": f.over("solved", years), "solved_url": link("counted", unit, years, "solved"),
        "meetings_url": link("counted", unit, years, "meetings"), "confirmed": f.over("confirmed", years),
        "confirmed_url": link("counted", unit, years, "confirmed"), "late": late,
        "late_url": reverse("late", args=[unit.pk]), "missing_url": link("coverage", unit, years),
    }  # fmt: skip


def _wall(request: HttpRequest, a: Asked, found: Figures) -> HttpResponse:
    """For the meeting room's screen: one thing at a time, and a link to the next."""
    screens = _screens(a, found)
    words = request.GET.get("wall", "")
    n = int(words) if words.isdigit() and 1 <= int(words) <= len(screens) else 1
    base = link("progress_of", a.unit)
    return desk(
        request, "oversight/wall.html", a.unit, screen=screens[n - 1], n=n, total=len(screens),
        next_url=f"{base}?wall={n % len(screens) + 1}", end_url=base,
    )  # fmt: skip


def _screens(a: Asked, found: Figures) -> list[dict[str, Any]]:
    now, clock = _now(found), found.clock(*Years.of(a.today.year).months)
    year = {"year": a.today.year}
    return [
        {"title": _("Venues"), "big": f"{now['venues']} / {now['units']}", "say": _("%(n)d%% of the places have their venue") % {"n": now["percent"]},
         "rows": _coverage(a, found)},
        {"title": _("Meetings due and held, %(year)d") % year, "big": f"{clock.held} / {clock.due}",
         "say": _("%(gap)d were not held, for %(quiet)d of them the reason is registered") % {"gap": clock.gap, "quiet": clock.quiet},
         "rows": window_rows(replace(a, years=Years.of(a.today.year)), found)},
        {"title": _("Solved, %(year)d") % year, "big": str(found.of_year("solved", a.today.year)),
         "say": _("as registered; %(n)d are confirmed by residents") % {"n": found.of_year("confirmed", a.today.year)},
         "rows": [{"label": str(y), "value": found.of_year("solved", y)} for y in found.years]},
        {"title": _("Overdue today"), "big": str(overdue(a.unit, "tasks_overdue", a.today, found)),
         "say": _past_their_day(overdue(a.unit, "letters_overdue", a.today, found)),
         "rows": []},
    ]  # fmt: skip


def _past_their_day(letters: int) -> str:
    return ngettext(
        "tasks past their day; %(n)d letter without an answer", "tasks past their day; %(n)d letters without an answer", letters
    ) % {"n": letters}  # fmt: skip
