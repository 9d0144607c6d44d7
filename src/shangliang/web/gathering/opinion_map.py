"""The convener's page of a closed gathering: the map beside its tables, and the points that go to the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts import answers
from shangliang.acts.act import new_key
from shangliang.acts.few import FEW
from shangliang.cases import queries_gathering as read
from shangliang.cases.models_gathering import Gathering
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm
from shangliang.web.desk import asking
from shangliang.web.desk.convene_form import title_of
from shangliang.web.frame import desk, say_next
from shangliang.web.gathering.access import decided, managed
from shangliang.web.gathering.reading import Reading, group_name, in_order, read_box, result, said

if TYPE_CHECKING:
    from shangliang.consensus import OpinionMap, Point

NO_GROUPS = {
    "few_people": gettext_lazy("So few people took part that groups would not mean anything."),
    "no_structure": gettext_lazy("People's answers do not fall into groups; what all say counts."),
    "unstable": gettext_lazy(
        "Groups could be drawn, but with a few answers less they would look quite different. So none are shown."
    ),
}
"""Why the map shows no groups."""


@staff()
@require_http_methods(["GET", "POST"])
def gathering_map(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """What a closed box shows, and one button that takes its points to the meeting."""
    actor = actor_at(request)
    matter = managed(number, actor)
    g = _closed(number, n)
    found = read_box(g)
    form = _form(request, g, found)
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        done, refused = asking.tried(form, "carry_points", actor, number, decided=decided(matter, actor))
        if done:
            say_next(request, _("The points go to the meeting."),
                     _("They stand on its agenda, and in the form of its record. The meeting is free to say otherwise."))  # fmt: skip
            return redirect(reverse("gathering_map", args=[number, n]))
    return desk(
        request, "gathering/map.html", matter.unit, matter=matter, gathering=g, title=title_of(matter), form=form,
        refused=refused, agreed=_points(found, found.agreed), divided=[said(found, p.statement) for p in found.divided],
        rows=[said(found, s) for s in in_order(found)],
        few=(g.voices or 0) < FEW, latest=read.of_matter(number)[0].pk == g.pk, alone=found.alone,
        **(_of_map(found, found.opinions) if found.opinions else {}), back_url=reverse("gathering", args=[number]),
    )  # fmt: skip


def _closed(number: str, n: int) -> Gathering:
    g = read.numbered(number, n)
    if g is None or g.closed_on is None:
        raise Http404
    return g


def _form(request: HttpRequest, g: Gathering, found: Reading) -> ActForm:
    """Both lists are written already, one point a line; the convener may change them."""
    kept = {"agreed": g.agreed.text if g.agreed else "", "divided": g.divided.text if g.divided else ""}
    form = asking.made(request, "carry_points", when=False, initial={
        "key": new_key(), "agreed": kept["agreed"] or _lines(found, found.common),
        "divided": kept["divided"] or _lines(found, found.divided),
    })  # fmt: skip
    for name in ("agreed", "divided"):
        form.fields[name].widget = forms.Textarea(attrs={"rows": 5})
    form.fields["agreed"].help_text = _(
        "Written down beforehand: what surely two of three agree on. It goes into the record's “What all agree on”, one a line."
    )
    form.fields["divided"].help_text = _("Goes into the record's “What some see differently”, one a line.")
    return form


def _lines(found: Reading, points: list[Point]) -> str:
    """One line a point; what people reject together says so."""
    return "\n".join(
        found.text(p.statement) if p.agrees or p in found.divided else _("Not: %(statement)s") % {"statement": found.text(p.statement)}
        for p in points
    )  # fmt: skip


def _points(found: Reading, points: list[Point]) -> list[dict[str, Any]]:
    """Each point with the interval of those who agree (or reject), in whole percent."""
    return [
        said(found, p.statement)
        | {"rejected": not p.agrees, "interval": (round(100 * p.low), round(100 * p.high))}
        for p in points
    ]


def _of_map(found: Reading, opinions: OpinionMap) -> dict[str, Any]:
    """The drawing, the groups beside it, how sure it is, and who is not heard."""
    from shangliang.web.gathering.drawing import draw

    return {
        "drawing": draw(opinions) if int(opinions.participants.placed.sum()) >= FEW else None,
        "groups": [_group(found, opinions, i) for i in range(len(opinions.groups))] if found.grouped else [],
        "why": "" if found.grouped else NO_GROUPS.get(opinions.sureness.reason, NO_GROUPS["no_structure"]),
        "unheard": [found.text(s) for s in opinions.unheard.statements if s in found.statements],
        "absent": [group_name(i) for i in opinions.unheard.groups] if found.grouped else [],
        "unplaced": opinions.unheard.participants,
    }  # fmt: skip


def _group(found: Reading, opinions: OpinionMap, i: int) -> dict[str, Any]:
    group = opinions.groups[i]
    tells = [
        {"text": found.text(r.statement), "agrees": r.agrees, **result(found.of_group(i, r.statement))}
        for r in group.representative[:3] if r.statement in found.statements
    ]  # fmt: skip
    return {"name": group_name(i), "size": group.size, "tells": tells, "colour": f"g{i % 5}"}


@staff()
@require_GET
def box(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """The answers of a closed box as a table. Its digest stands in the record; who has the table can check it, and make the
    map again with `shangliang consensus map`."""
    managed(number, actor_at(request))
    g = _closed(number, n)
    answer = HttpResponse(answers.export(answers.ballots(g.pk)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="answers-{number}-{n}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer
