"""The draw as everybody sees it: what is put up, what was thrown, which panel it chose. On the wall with ``?wall``."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.cases import queries_lots as read
from shangliang.cases.models_lots import Lots
from shangliang.web.access import anyone
from shangliang.web.frame import page
from shangliang.web.public.board import title_of


@anyone
@require_safe
def lots_public(request: HttpRequest, number: str) -> HttpResponse:
    """The latest lottery of a matter; numbers only, no names."""
    lots = read.public(number)
    if lots is None:
        raise Http404
    numbers = read.panel_of(lots)
    return page(
        request, "lots/public.html", lots.matter.unit, lots=lots, title=title_of(lots.matter), numbers=numbers,
        line="　".join(numbers), facts=facts(lots), again=reverse("lots_public", args=[number]),
        back_url=reverse("public_matter", args=[number]), back_label=_("The matter"),
    )  # fmt: skip


@anyone
@require_safe
def file(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """The published file itself, to the byte."""
    lots = read.public(number, n)
    if lots is None:
        raise Http404
    answer = HttpResponse(lots.text.encode(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lots-{number}-{n}.json"'
    return answer


def facts(lots: Lots, digest: str = "") -> list[tuple[str, Any]]:
    """What is put up and what was drawn. Where somebody is replaced, hardly anybody fits the seat: there the least chance
    says nothing. ``digest``: what it is called."""
    least = None if lots.after_id else _("%(n)d of them") % {"n": lots.least}
    return [
        (_("Put up on"), lots.announced_on), (_("Seats"), lots.size), (_("Panels, all equally likely"), lots.panels),
        (_("The least favoured person sits in"), least),
        (_("Thrown"), " ".join(lots.seed) or None), (_("Drawn on"), lots.drawn_on),
        (_("Panel drawn"), _("No. %(n)d") % {"n": lots.drawn} if lots.drawn else None),
        (digest or _("Digest of the published file"), format_html('<code class="hex">{}</code>', lots.digest)),
    ]  # fmt: skip
