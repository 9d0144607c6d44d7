"""Call-backs: a sample drawn so that anybody can draw it again, and what the residents said when asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shangliang.acts.act import Act, new_key
from shangliang.acts.draw import drawn
from shangliang.cases.models import Matter
from shangliang.cases.oversight.models import CallBack, Sample
from shangliang.cases.queries_places import agreed_in
from shangliang.record.models import Book
from shangliang.units.queries import span
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk import asking, showing
from shangliang.web.desk.filed import reached
from shangliang.web.frame import desk, say_next
from shangliang.web.oversight import place
from shangliang.web.oversight.place import SENDERS, Asked, link
from shangliang.web.saying import day

USUAL = 5
"""How many matters are drawn unless another number is written: a default, to be confirmed by the county."""


class DrawForm(forms.Form):
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    first = forms.DateField(
        label=gettext_lazy("Closed from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    count = forms.IntegerField(label=gettext_lazy("How many?"), min_value=1, max_value=50)


@staff(*SENDERS)
@require_http_methods(["GET", "POST"])
def samples(request: HttpRequest, unit: str) -> HttpResponse:
    """What was drawn, how far the calls are, and the form for the next draw."""
    a = place.asked(request, unit)
    if not any(p.unit_id == a.unit.pk for p in a.actor.posts) or a.unit.level == "village":
        raise Http404
    form = DrawForm(
        request.POST if request.method == "POST" else None, initial=_initial(a.today), label_suffix=""
    )
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        act = _draw(a, form.cleaned_data)
        if act is None:
            form.add_error("first", _("No matter was closed in these days."))
        else:
            done, refused = asking.attempted(form, act)
            if done:
                say_next(
                    request, _("The sample is drawn."), _("Ask the residents, then register what they said.")
                )
                return redirect("samples", a.unit.pk)
    return desk(
        request, "oversight/samples.html", a.unit, asked=a, form=form, refused=refused, samples=_samples(a),
        back_url=link("progress_of", a.unit),
    )  # fmt: skip


def _initial(today: date) -> dict[str, Any]:
    last = today.replace(day=1) - timedelta(days=1)
    return {"key": new_key(), "first": last.replace(day=1), "last": last, "count": USUAL}


def _draw(a: Asked, cleaned: dict[str, Any]) -> Act | None:
    start, end = span(a.unit.path)
    closed = Matter.objects.filter(
        unit__path__gte=start,
        unit__path__lt=end,
        result_on__gte=cleaned["first"],
        result_on__lte=cleaned["last"],
    )
    numbers = list(closed.values_list("pk", flat=True))
    if not numbers:
        return None
    seed = Book.objects.values_list("head", flat=True).get(pk=a.unit.pk)
    data = {"first": cleaned["first"].isoformat(), "last": cleaned["last"].isoformat(), "seed": seed, "among": len(numbers),
            "numbers": drawn(seed, numbers, cleaned["count"])}  # fmt: skip
    decided = asking.as_post(a.actor, *SENDERS, unit=a.unit)
    return Act(
        "draw_sample",
        a.today,
        a.actor.person,
        data,
        subject=a.unit.pk,
        key=cleaned["key"],
        decided_by=decided,
    )


def _samples(a: Asked) -> list[dict[str, Any]]:
    found = list(Sample.objects.filter(unit=a.unit).order_by("-on", "-id")[:6])
    numbers = {n for s in found for n in s.numbers.split(",")}
    matters = {m.pk: m for m in Matter.objects.filter(pk__in=numbers).select_related("unit", "title")}
    said = {c.matter_id: c for c in CallBack.objects.filter(matter__in=numbers).order_by("on", "id")}
    return [_sample(s, matters, said, a.actor) for s in found]


def _sample(s: Sample, matters: dict[str, Matter], said: dict[str, CallBack], actor: Actor) -> dict[str, Any]:
    """A draw with its matters; those that are not for the reader count among them and are not named."""
    drawn_here = [matters[n] for n in s.numbers.split(",") if n in matters]
    known = [m for m in drawn_here if actor.may_read(m)]
    return {
        "sample": s, "n": len(drawn_here), "rows": [_row(m, said.get(m.pk)) for m in known],
        "not_public": showing.not_public(len(drawn_here) - len(known)),
    }  # fmt: skip


def _row(m: Matter, said: CallBack | None) -> dict[str, Any]:
    words = {
        True: ("ok", _("says it is solved")),
        False: ("stop", _("says it is not solved")),
        None: ("wait", _("nobody was reached")),
    }
    state, word = words[said.solved] if said else ("wait", _("to be asked"))
    return {"title": showing.title(m), "url": reverse("call_back", args=[m.pk]), "sub": f"{m.pk} · {m.unit.name}",
            "state": state, "word": word}  # fmt: skip


@staff(*SENDERS)
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest, number: str) -> HttpResponse:
    """What a resident said when asked whether it was really solved."""
    actor = actor_at(request)
    matter = reached(number, actor)
    posts = [p for p in actor.posts if p.unit_id != matter.unit_id]
    if not matter.result or not posts:
        raise Http404
    form = asking.made(request, "call_back")
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        decided = asking.as_post(actor, *SENDERS, unit=matter.unit)
        done, refused = asking.tried(form, "call_back", actor, matter.pk, decided=decided)
        if done:
            say_next(
                request, _("The call-back is recorded."), _("It stands beside the unit's own registration.")
            )
            return redirect("samples", place.highest(actor).pk)
    return desk(
        request, "oversight/call_back.html", matter.unit, matter=matter, title=showing.title(matter), form=form, refused=refused,
        facts=_facts(matter), back_url=reverse("samples", args=[place.highest(actor).pk]),
    )  # fmt: skip


def _facts(matter: Matter) -> list[tuple[str, Any]]:
    results = {"solved": _("Solved"), "partly": _("Partly solved"), "unsolved": _("Not solved")}
    agreed, _reserved = agreed_in(matter)
    return [
        (_("Number"), matter.pk), (_("Registered as"), f"{results.get(matter.result, '')} {day(matter.result_on)}"),
        (_("How it ended"), matter.result_note.text if matter.result_note else ""), (_("What all agree on"), agreed),
    ]  # fmt: skip
