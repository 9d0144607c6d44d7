"""Speaking for somebody (代录): whose words, then read them back; and joining what was said before. What was typed travels
in the form and nowhere else until it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.acts.act import Act, new_key, today
from shangliang.cases import queries_meetings as read
from shangliang.cases.models import Matter, Opinion
from shangliang.people.roles import LIAISONS
from shangliang.units.models import Unit
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm, form_class
from shangliang.web.actor import Actor
from shangliang.web.desk.convene_form import title_of
from shangliang.web.desk.likeness import alike
from shangliang.web.desk.meeting_rights import handler, manages
from shangliang.web.desk.together import carry_out, refused
from shangliang.web.frame import desk
from shangliang.web.labels import CHOICES

ASKED = ("words", "kind", "channel", "answer_by", "name", "phone")
FIELDS = {name: name for name in (*ASKED, "happened_on")}


def speaks_for(actor: Actor, unit: Unit) -> bool:
    """Liaisons of the unit and whoever runs its meetings enter for others."""
    return any(p.unit_id == unit.pk and p.role in LIAISONS for p in actor.posts) or manages(actor, unit)


@staff()
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def speak(request: HttpRequest) -> HttpResponse:
    """Whose words, and what they said. A post comes from the second screen: something has to be changed."""
    actor = actor_at(request)
    if number := request.GET.get("number"):
        return _recorded(request, actor, number)
    form = _form(request, actor, checked=False)
    if not form.fields["unit"].choices:
        raise Http404
    return desk(request, "desk/speak.html", form=form, back_url=reverse("today"))


@staff()
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def speak_read(request: HttpRequest) -> HttpResponse:
    """The words in large type, to be read to the person; then they are recorded."""
    actor = actor_at(request)
    if request.method == "GET":
        return redirect(reverse("speak"))
    form = _form(request, actor, checked=True)
    refusals: Sequence[Any] = ()
    if form.is_valid() and form.cleaned_data["answer_by"] == "phone" and not form.cleaned_data["phone"]:
        form.add_error("phone", _("To be rung they need a telephone; otherwise choose another way."))
    if form.is_valid() and request.POST.get("do") == "record":
        answer = carry_out([_intake(form, actor)])
        if answer.ok:
            return redirect(reverse("speak") + f"?number={answer.done[0].ident}")
        refusals = refused(form, answer, FIELDS)
    if refusals or form.errors:
        return desk(request, "desk/speak.html", form=form, refusals=refusals, back_url=reverse("today"))
    return desk(request, "desk/speak_read.html", form=form, read=_read(form), back_url="")


@staff()
@require_POST
def speak_merge(request: HttpRequest, number: str) -> HttpResponse:
    """The same was said before: the new words join that matter, with their own number and day."""
    actor = actor_at(request)
    said = _of_actor(number, actor)
    into = request.POST.get("into", "")[:8]
    answer = carry_out([Act(
        "merge", today(), actor.person, {"into": into}, subject=number, key=request.POST.get("key", "")[:40],
        handled_by=handler(actor, said.matter.unit),
    )])  # fmt: skip
    if not answer.ok:
        return _recorded(request, actor, number, answer.said)
    return redirect(reverse("speak") + f"?number={number}")


def _form(request: HttpRequest, actor: Actor, checked: bool) -> ActForm:
    """The form of the first screen. Coming back from the second, it holds what was typed and complains of nothing."""
    made = form_class(
        "intake",
        only=ASKED,
        required=("words", "kind", "channel", "answer_by"),
        choices=_choices(),
        when=False,
    )
    units = _units(actor)
    given = (
        {name: request.POST.get(name, "") for name in (*ASKED, "key", "unit", "happened_on")}
        if request.method == "POST"
        else {}
    )
    initial = {
        "key": new_key(),
        "channel": "visit",
        "answer_by": "face",
        "unit": units[0][0] if units else "",
        **given,
    }
    form = made(request.POST, initial=initial) if checked else made(initial=initial)
    form.fields["unit"] = forms.ChoiceField(
        label=_("Which village?"), choices=units, widget=forms.HiddenInput if len(units) < 2 else forms.Select
    )
    form.fields["happened_on"] = forms.DateField(
        label=_("On which day was it said?"), help_text=_("Leave it empty for today."), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    _wording(form)
    return form


def _choices() -> dict[str, list[tuple[Any, Any]]]:
    return {
        "channel": [(k, v) for k, v in CHOICES["intake.channel"].items() if k != "web"],
        "answer_by": [
            ("face", _("In person")),
            ("phone", _("By telephone")),
            ("number", _("They look it up by the number")),
        ],
    }


def _wording(form: ActForm) -> None:
    words = {
        "words": (_("What did they say? In their own words"), _("Only the matter; no identity card numbers. Complaints about "
                  "village cadres do not belong here: they go to the town's discipline inspection or to 12388.")),
        "channel": (_("How did it reach you?"), ""),
        "answer_by": (_("How should the answer reach them?"), ""),
        "name": (_("Their name"), _("Name and telephone are used to answer them and for nothing else.")),
        "phone": (_("Their telephone"), ""),
    }  # fmt: skip
    for name, (label, help_text) in words.items():
        form.fields[name].label, form.fields[name].help_text = label, help_text
    form.order_fields(("unit", "words", "kind", "channel", "answer_by", "name", "phone", "happened_on"))


def _units(actor: Actor) -> list[tuple[str, str]]:
    """Where the actor may enter for somebody, the own unit first; a county's clerk does not pick among hundreds."""
    below = Unit.objects.filter(actor.units(), valid_to=None).exclude(kind__in=("bureau", "county"))[:60]
    mine = [u for u in below if speaks_for(actor, u)]
    mine.sort(key=lambda u: u.pk != actor.unit.pk)
    return [(u.pk, u.name) for u in mine]


def _read(form: ActForm) -> list[tuple[Any, Any]]:
    """The other answers, as they are read back."""

    def chosen(name: str) -> Any:
        return dict(form.fields[name].choices).get(form.cleaned_data[name], "")

    unit = dict(form.fields["unit"].choices) if len(form.fields["unit"].choices) > 1 else {}
    on = form.cleaned_data["happened_on"]
    return [
        (_("Which village?"), unit.get(form.cleaned_data["unit"])),
        (form.fields["kind"].label, chosen("kind")),
        (form.fields["answer_by"].label, chosen("answer_by")),
        (_("Their name"), form.cleaned_data["name"]),
        (_("Their telephone"), form.cleaned_data["phone"]),
        (_("On which day was it said?"), on and date_format(on, "DATE_FORMAT")),
    ]  # fmt: skip


def _intake(form: ActForm, actor: Actor) -> Act:
    """What was heard days ago, on paper or at a door, is entered with the day on which it was said."""
    data, given = form.act_data() | {"behalf": True}, form.cleaned_data
    on = given["happened_on"] or today()
    return Act("intake", on, actor.person, data, unit=given["unit"], key=given["key"])


def _of_actor(number: str, actor: Actor) -> Opinion:
    said = read.first_opinion(number)
    if said is None or not speaks_for(actor, said.matter.unit):
        raise Http404
    return said


def _recorded(request: HttpRequest, actor: Actor, number: str, refusals: Sequence[Any] = ()) -> HttpResponse:
    """It is in: the number, the slip, and what sounds alike."""
    said = _of_actor(number, actor)
    joined = said.matter_id != number
    similar = [] if joined or not said.words else _similar(said, number, actor)
    return desk(
        request, "desk/speak_done.html", said.matter.unit, number=number, opinion=said, joined=joined, similar=similar,
        refusals=refusals, key=new_key(), slip=reverse("paper_pdf", args=["slip", number]), title=title_of(said.matter),
    )  # fmt: skip


def _similar(said: Opinion, number: str, actor: Actor) -> list[dict[str, Any]]:
    """Open matters of the unit that sound like it, the closest first, with what was said there; none that is not for the
    reader."""
    others = {m.pk: m for m in read.open_in(said.matter.unit, number) if actor.may_read(m)}
    texts = [(m.pk, text) for m in others.values() for text in _told_of(m)]
    return [
        {"number": k, "title": title_of(others[k]) if others[k].title_id else "", "words": _told_of(others[k])[-1],
         "on": others[k].opened_on}
        for k in alike(said.words.text or "", texts)
    ]  # fmt: skip


def _told_of(matter: Matter) -> list[str]:
    """What a matter is about: its name, and what was said."""
    title = [matter.title.text] if matter.title and matter.title.text else []
    return title + [o.words.text for o in matter.opinions.all() if o.words and o.words.text] or [matter.pk]
