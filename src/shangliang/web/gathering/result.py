"""The published result of a gathering: what people said to each statement, and nothing about fewer than five of them. No
map is shown here: its dots are single people."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.acts.few import Count
from shangliang.cases import queries_gathering as read
from shangliang.cases.models_gathering import Gathering
from shangliang.web.access import anyone
from shangliang.web.copies import copied
from shangliang.web.frame import page
from shangliang.web.gathering.reading import Reading, group_name, read_box, result
from shangliang.web.gathering.taking_part import fate
from shangliang.web.public.board import title_of


@anyone
@require_safe
def gather_result(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """How a closed gathering came out."""
    g = read.numbered(number, n)
    if g is None or g.closed_on is None or not g.matter.shown:
        raise Http404
    return copied(g.matter.unit_id, lambda: _result(request, g))


def _result(request: HttpRequest, g: Gathering) -> HttpResponse:
    found = read_box(g)
    numbers = in_order(found)
    refused = [fate(s) for s in read.statements(g, "refused") if s.own]
    return page(
        request, "gathering/result.html", g.matter.unit, gathering=g, title=title_of(g.matter),
        rows=[{"number": s, "text": found.text(s), **result(found.count(s))} for s in numbers],
        groups=_groups(found, numbers), enough=found.opinions is not None, refused=refused,
        back_url=reverse("public_matter", args=[g.matter_id]), back_label=_("The matter"),
    )  # fmt: skip


def in_order(found: Reading) -> list[int]:
    """What most agree on first, then what divides, then the rest in the order of asking."""
    first = [p.statement for p in (*found.agreed, *found.divided)]
    return list(dict.fromkeys([*first, *found.statements]))


def _groups(found: Reading, numbers: list[int]) -> dict[str, Any] | None:
    """People who answer alike, as words only: no sizes, from which a small rest could be counted."""
    if not found.grouped or found.opinions is None:
        return None
    groups = range(len(found.opinions.groups))
    return {
        "n": len(found.opinions.groups), "columns": [_("Statement"), *(group_name(g) for g in groups)],
        "rows": [[found.text(s), *(_word(found.of_group(g, s)) for g in groups)] for s in numbers],
    }  # fmt: skip


def _word(count: Count) -> dict[str, Any]:
    said = result(count)
    return {"text": said["word"], "state": said["state"]} if said["state"] else {"text": said["word"]}
