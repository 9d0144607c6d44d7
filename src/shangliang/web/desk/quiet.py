"""“No topic in this period”, with its reason: beside the gap, so that nobody invents a meeting."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.act import Act, new_key, today
from shangliang.acts.perform import perform
from shangliang.errors import ShangliangError
from shangliang.procedure.clocks import Window, frequency
from shangliang.units.models import Unit
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.frame import desk, say_next


class QuietForm(forms.Form):
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why was there nothing to discuss?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@staff("clerk")
@require_http_methods(["GET", "POST"])
def quiet(request: HttpRequest) -> HttpResponse:
    """The clerk states that the present period has no topic, and why."""
    actor = actor_at(request)
    window = current(actor.unit)
    if window is None:
        raise Http404
    form = QuietForm(request.POST or None, initial={"key": new_key()}, label_suffix="")
    problem: ShangliangError | None = None
    if request.method == "POST" and form.is_valid():
        data = {"window": window.first.isoformat(), "reason": form.cleaned_data["reason"]}
        act = Act(
            "no_topic", today(), actor.person, data, subject=actor.unit.id, key=form.cleaned_data["key"]
        )
        try:
            perform(act)
        except ShangliangError as error:
            problem = error
        else:
            say_next(
                request,
                _("Recorded: no topic in this period."),
                _("It stands beside the gap; no meeting is made up."),
            )
            return redirect(reverse("today"))
    return desk(
        request, "desk/quiet.html", form=form, window=window, problem=problem, back_url=reverse("today")
    )


def current(unit: Unit, on: date | None = None) -> Window | None:
    """The period of the unit's clock that runs now, or None where its procedure sets none for its level."""
    on = on or today()
    clock = next((c for c in rulebooks.of_unit(unit).clocks if c.level == unit.level), None)
    if clock is None:
        return None
    return next((w for w in frequency(clock, on.year, [], on).windows if w.first <= on <= w.last), None)
