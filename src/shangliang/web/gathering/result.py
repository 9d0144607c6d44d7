"""The published result of a gathering: what people said to each statement, and nothing about fewer than five of them. No
map is shown here: its dots are single people."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.cases import queries_gathering as read
from shangliang.cases.models_gathering import Gathering
from shangliang.web.access import anyone
from shangliang.web.copies import copied
from shangliang.web.frame import page
from shangliang.web.gathering.reading import in_order, read_box, said
from shangliang.web.gathering.taking_part import fate
from shangliang.web.public.board import title_of


@anyone
@require_safe
def gather_result(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """How a closed gathering came out."""
    g = read.numbered(number, n)
    if g is None or g.closed_on is None or not g.matter.shown or g.matter.secret:
        raise Http404
    return copied(g.matter.unit_id, lambda: _result(request, g))


def _result(request: HttpRequest, g: Gathering) -> HttpResponse:
    found = read_box(g)
    refused = [fate(s) for s in read.statements(g, "refused") if s.own]
    return page(
        request, "gathering/result.html", g.matter.unit, gathering=g, title=title_of(g.matter),
        rows=[said(found, s) for s in in_order(found)],
        groups=len(found.opinions.groups) if found.grouped and found.opinions else 0, enough=found.opinions is not None, refused=refused,
        back_url=reverse("public_matter", args=[g.matter_id]), back_label=_("The matter"),
    )  # fmt: skip
