"""Who takes part: the composition beside the place and the rule, what is still missing, naming, and the way to a draw."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.asks import may_come
from shangliang.acts.seats import lacking
from shangliang.cases import queries_lots as read
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Recusal
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.desk import asking
from shangliang.web.desk.convene_form import named, title_of
from shangliang.web.frame import desk, say_next
from shangliang.web.gathering.access import decided, managed
from shangliang.web.lots import composition as count
from shangliang.web.lots.naming_form import data_of, naming_form


@staff()
@sensitive_post_parameters("people", "recused", "society", "experts")
@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest, number: str) -> HttpResponse:
    """Everybody who takes part so far, whom that leaves out, and the form that names more."""
    actor = actor_at(request)
    matter = managed(number, actor)
    people, away = read.participants(number), read.recused(number)
    form = naming_form(request, matter, people, away)
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        done, refused = asking.tried(
            form,
            "name_participants",
            actor,
            number,
            data=data_of(form, matter),
            decided=decided(matter, actor),
        )
        if done:
            say_next(
                request,
                _("They take part now."),
                _("Look below whom that still leaves out; then call the meeting."),
            )
            return redirect(reverse("seats", args=[number]))
    return desk(
        request, "lots/seats.html", matter.unit, matter=matter, title=title_of(matter), form=form, refused=refused,
        back_url=reverse("matter", args=[number]), **_shown(matter, people),
        away=_away(number, away),
    )  # fmt: skip


def _away(number: str, named_away: list[Recusal]) -> list[tuple[str, str]]:
    """(who, why) of everybody recused: those written down here, and those a lottery left out."""
    found = [(named(r.post) if r.post else _text(r.name), _text(r.reason)) for r in named_away]
    return found + [
        (f"{p.number} {_text(p.name)}".strip(), _text(p.recused)) for p in read.recused_by_number(number)
    ]


def _shown(matter: Matter, people: list[Participant]) -> dict[str, Any]:
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    lots = next(iter(read.of_matter(matter.pk)), None)
    return {
        "people": [called(p) for p in people], "lacking": lacking(matter), "place_facts": count.of_place(matter.unit, len(people)),
        "columns": [_("As what"), {"label": _("Seats so far"), "num": True}], "rows": count.classes(procedure, people),
        "lots": lots, "quota_columns": count.columns(bool(lots.population)) if lots else (),
        "quota_rows": count.quotas(lots) if lots else (),
        "chosen": bool(people), "ready": may_come(matter, "table"),
        "record": bool(read.namings(matter.pk)) or (lots is not None and (lots.drawn is not None or lots.number > 1)),
    }  # fmt: skip


def called(p: Participant) -> str:
    """As the desk calls somebody who takes part: by post, name or department; who was drawn with the number before it."""
    name = named(p.post) if p.post else _text(p.name) or p.department
    return f"{p.number} {name}".strip() if p.number else name


def _text(sealed: Any) -> str:
    return (sealed.text if sealed else "") or ""
