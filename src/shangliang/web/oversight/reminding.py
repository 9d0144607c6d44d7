"""Reminding: whom, of what, in which words; one reminder for each unit that is ticked, all or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from shangliang.acts.act import Act, new_key
from shangliang.acts.calendar import work_calendar
from shangliang.cases.oversight.models import Reminder
from shangliang.statistics import lists
from shangliang.statistics.reading import all_figures, windows_of
from shangliang.units.models import Unit
from shangliang.web.access import staff
from shangliang.web.desk.asking import Findings, as_post, attempted
from shangliang.web.frame import desk, say_next
from shangliang.web.labels import CHOICES
from shangliang.web.oversight import place
from shangliang.web.oversight.overview import window_name
from shangliang.web.oversight.place import SENDERS, Asked, link
from shangliang.web.oversight.places import MOST
from shangliang.web.oversight.whom import Concerned, WhomForm

ANSWER_DAYS = 5
"""Working days given for an answer unless another day is written: a default, to be confirmed by the county."""
SOON = 14  # days before a window ends from which a unit without a meeting may be reminded
WORDS = {
    "meeting": gettext_lazy(
        "Your meeting of this period has not been held yet. Please say for which day it is planned; if there is no topic, "
        "enter “no topic in this period” with its reason."
    ),
    "venue": gettext_lazy(
        "Your venue has not been registered yet. Please say what is still missing and by when it will be ready."
    ),
    "task": gettext_lazy(
        "Tasks that were agreed are past their day. Please say how far they are and by when they will be done."
    ),
    "letter": gettext_lazy(
        "A letter of invitation has had no answer. Please ask the department and enter its reply."
    ),
}


class RemindForm(WhomForm):
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("What we ask"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "Five working days unless you write another day (system default, please confirm)."
        ),
    )
    letter = forms.CharField(
        label=gettext_lazy("Number of the letter, if it goes out as one"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "With a number the reminder can be printed as a letter (催办函); without one it is a message on the desk."
        ),
    )


@staff(*SENDERS)
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, unit: str) -> HttpResponse:
    """Who is reminded of what: those it concerns are ticked already, the words are written already."""
    a = place.asked(request, unit)
    about = request.GET.get("about", "meeting")
    if about not in WORDS or not place.may_remind(a):
        raise Http404
    concerned = _concerned(a, about)
    form = _form(request, a, about, concerned or ())
    refused: Findings = ()
    if request.method == "POST" and form.is_valid():
        acts = _acts(a, about, form.cleaned_data)
        done, refused = attempted(form, *acts)
        if done:
            n = len(acts)
            said = ngettext("%(n)d reminder was sent.", "%(n)d reminders were sent.", n) % {"n": n}
            say_next(request, said, _("It stands on the unit's desk; answers are shown here as they come."))
            return redirect("reminders", a.unit.pk)
    return desk(
        request, "oversight/remind.html", a.unit, asked=a, form=form, refused=refused, concerned=concerned,
        about=CHOICES["remind.about"][about], back_url=link("progress_of", a.unit), many=concerned is None,
    )  # fmt: skip


def _form(request: HttpRequest, a: Asked, about: str, concerned: Concerned) -> RemindForm:
    due = work_calendar().add_workdays(a.today, ANSWER_DAYS)
    initial = {"key": new_key(), "text": WORDS[about], "answer_by": due}
    posted = request.POST if request.method == "POST" else None
    return RemindForm(posted, a.unit, concerned, initial=initial, label_suffix="")


def _acts(a: Asked, about: str, cleaned: dict[str, Any]) -> list[Act]:
    units = {u.pk: u for u in Unit.objects.filter(pk__in=cleaned["units"])}
    data = {"about": about, "text": cleaned["text"], "letter": cleaned["letter"],
            "answer_by": cleaned["answer_by"].isoformat()}  # fmt: skip
    return [
        Act("remind", a.today, a.actor.person, data, subject=pk, key=f"{cleaned['key']}.{pk}"[:80],
            decided_by=as_post(a.actor, *SENDERS, unit=units[pk]))
        for pk in cleaned["units"]
    ]  # fmt: skip


def _concerned(a: Asked, about: str) -> Concerned | None:
    """(unit, why) of every unit it concerns and that has no open reminder of it; None where there are too many for a page."""
    if all_figures(a.unit, a.today).value("units") > MOST:
        return None
    found = _FINDERS[about](a)
    open_ = set(Reminder.objects.filter(about=about, answered_on=None).values_list("unit_id", flat=True))
    mine = {p.unit_id for p in a.actor.posts}
    return [(u, why) for u, why in found if u.pk not in open_ and u.pk not in mine]


Found = Iterable[tuple[Unit, str]]


def _unmet(a: Asked) -> Found:
    """Units whose last window stayed empty without a reason, or whose present one is about to."""
    owed = windows_of(a.unit, a.today.year, a.today) | {}
    if a.today.month <= 2:  # the last window lies in the year before
        for pk, windows in windows_of(a.unit, a.today.year - 1, a.today).items():
            owed[pk] = windows + owed.get(pk, [])
    for unit in Unit.objects.filter(pk__in=owed, valid_to=None).order_by("path"):
        ended = [w for w in owed[unit.pk] if w.ended]
        running = [w for w in owed[unit.pk] if not w.ended and w.first <= a.today]
        if ended and ended[-1].gap > ended[-1].quiet:
            yield unit, _("%(when)s not held") % {"when": window_name(ended[-1])}
        elif running and running[0].gap > running[0].quiet and _days_left(running[0].last, a.today) <= SOON:
            yield unit, _("%(when)s still open") % {"when": window_name(running[0])}


def _days_left(last: date, today: date) -> int:
    return (last - today).days


def _without_venue(a: Asked) -> Found:
    for unit in lists.missing_venues(a.unit, lists.of_year(None, a.today)):
        yield unit, _("no venue yet")


def _late(measure: str, prefix: str) -> Any:
    def find(a: Asked) -> Found:
        (part,) = lists.counted(measure, a.unit, lists.of_year(None, a.today))
        counts: dict[str, int] = {}
        for pk in part.rows.values_list(f"{prefix}__unit_id", flat=True):
            counts[pk] = counts.get(pk, 0) + 1
        for unit in Unit.objects.filter(pk__in=counts).order_by("path"):
            yield unit, ngettext("%(n)d overdue", "%(n)d overdue", counts[unit.pk]) % {"n": counts[unit.pk]}

    return find


_FINDERS: dict[str, Any] = {
    "meeting": _unmet, "venue": _without_venue, "task": _late("tasks_overdue", "matter"),
    "letter": _late("letters_overdue", "meeting"),
}  # fmt: skip
