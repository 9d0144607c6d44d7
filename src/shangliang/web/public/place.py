"""What a place shows besides its board: the poster with its code, the local rule in plain words, what happens to data."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from shangliang.acts import rulebooks
from shangliang.cases.queries_rulebooks import adoption_of
from shangliang.errors import Refused
from shangliang.procedure.chart import chart
from shangliang.procedure.model import Procedure, Stage
from shangliang.procedure.say import Say, listed
from shangliang.units.models import Unit
from shangliang.web.access import anyone
from shangliang.web.copies import copied
from shangliang.web.frame import page
from shangliang.web.public import way
from shangliang.web.public.board import access_place, speaks
from shangliang.web.public.code import qr


@anyone
@require_safe
def poster(request: HttpRequest, ident: str) -> HttpResponse:
    """One sheet for the wall: scan and say it."""
    return copied(ident, lambda: _poster(request, ident))


def _poster(request: HttpRequest, ident: str) -> HttpResponse:
    unit = access_place(ident)
    address = settings.PUBLIC_URL + reverse("board", args=[unit.pk])
    return page(request, "public/poster.html", unit, code=qr("board", unit.pk, width=400), address=address,
                speaks=speaks(unit), back_url=reverse("board", args=[unit.pk]))  # fmt: skip


@anyone
@require_safe
def rules(request: HttpRequest, ident: str) -> HttpResponse:
    """How things are discussed here: the local rule in plain words, its own words beside each step, and the chart; ``?chart`` is the chart
    alone, to be drawn large."""
    if "chart" not in request.GET:
        return copied(ident, lambda: _rules(request, ident))
    procedure = _procedure(access_place(ident))
    if procedure is None:
        raise Http404
    return HttpResponse(_chart(procedure), content_type="image/svg+xml; charset=utf-8")


def _procedure(unit: Unit) -> Procedure | None:
    try:
        return rulebooks.of_unit(unit)
    except Refused:
        return None


def _chart(procedure: Procedure) -> str:
    return chart(procedure, get_language() or "zh")


def _rules(request: HttpRequest, ident: str) -> HttpResponse:
    unit = access_place(ident)
    procedure = _procedure(unit)
    found = {} if procedure is None else {
        "procedure": procedure, "steps": [_step(procedure, s) for s in way.main_line(procedure)],
        "clocks": [c for c in procedure.clocks if c.level == unit.level],
        "chart": mark_safe(_chart(procedure)), "adopted": adoption_of(unit),
    }  # fmt: skip
    return page(request, "public/rules.html", unit, back_url=reverse("board", args=[unit.pk]), **found)


def _step(procedure: Procedure, stage: Stage) -> dict[str, object]:
    return {"name": stage.name, "who": _who(procedure, stage), "clauses": stage.cites, "note": stage.note}


def _who(procedure: Procedure, stage: Stage) -> Say:
    names = {r: procedure.roles[r].name for a in stage.acts for r in a.who if not procedure.roles[r].anyone}
    return listed(list(names.values()))


@anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whoever writes here, for how long, and how to take it back."""
    return page(request, "public/privacy.html", back_url="/")
