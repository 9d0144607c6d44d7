"""Standing bodies of a place: leading group, office, liaison room, council, with their rosters; selections, pilots, visits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.act import Act, new_key, today
from shangliang.acts.facts_consulting import site_facts
from shangliang.acts.rows import age
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models_consulting import Body, FieldVisit, Seat, Selection
from shangliang.errors import Refused
from shangliang.people.models import Post
from shangliang.people.queries import staff as staff_of
from shangliang.procedure.gates_site import HAVES, have
from shangliang.units.models import Unit
from shangliang.units.queries import span
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import form_class
from shangliang.web.actor import Actor
from shangliang.web.desk.correcting import may_put_right
from shangliang.web.desk.together import carry_out, refused
from shangliang.web.frame import desk, say_next
from shangliang.web.labels import CHOICES
from shangliang.web.saying import day

ACTS: dict[str, Any] = {
    "form_body": gettext_lazy("Set up a body"), "seat_member": gettext_lazy("Enter in a roster"),
    "record_selection": gettext_lazy("Register a selection"), "leave_seat": gettext_lazy("Leave a roster"),
    "name_pilots": gettext_lazy("Name the pilots"), "note_visit": gettext_lazy("Note a visit"),
}  # fmt: skip
MOST = 100


def keeps(actor: Actor) -> bool:
    """Whether the actor's place works by a procedure with standing bodies, and the actor may enter something of them."""
    try:
        procedure = rulebooks.of_unit(actor.unit)
    except Refused:
        return False
    return "participant_list" in procedure.papers and bool(_may(actor))


def _may(actor: Actor) -> list[str]:
    clerk = actor.may_enter_for(actor.unit)
    pilots = bool(rulebooks.of_unit(actor.unit).site) and actor.unit.level == "county"
    return [
        name for name in ACTS
        if (clerk or actor.holds(*Catalogue.acts[name].enters)) and (name != "name_pilots" or pilots)
    ]  # fmt: skip


@staff()
@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of the actor's place, each with its roster; below what the room has, activity counted and not ticked."""
    actor = actor_at(request)
    if not keeps(actor):
        raise Http404
    unit = actor.unit
    found = Body.objects.filter(unit=unit, until=None).order_by("since", "id")
    site = site_facts(unit, today())
    lists = rulebooks.of_unit(unit).lists
    visits = (
        FieldVisit.objects.filter(unit=unit)
        .select_related("words", "seat__post__person__name")
        .order_by("-on", "-id")
    )
    return desk(
        request, "desk/bodies.html", unit, bodies=[_body(b) for b in found], back_url=reverse("today"),
        links=[*((reverse("body_act", args=[name]), ACTS[name]) for name in _may(actor)), *_mending(actor)],
        haves=[(HAVES[i.id], have(site, i.id)) for i in lists.get("six_haves", ())], sessions=site.sessions,
        pilots=_pilots(unit), visits=visits[:10],
    )  # fmt: skip


def _mending(actor: Actor) -> list[tuple[str, Any]]:
    there = (
        may_put_right(actor, actor.unit) and Seat.objects.filter(body__unit=actor.unit, left_on=None).exists()
    )
    return [(reverse("roster"), _("Correct a roster"))] if there else []


@staff()
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Every seat that is taken, to tap the one that was entered wrongly."""
    actor = actor_at(request)
    if not keeps(actor) or not may_put_right(actor, actor.unit):
        raise Http404
    return desk(
        request, "desk/roster.html", actor.unit, back_url=reverse("bodies"),
        seats=[
            {"title": _who(s), "url": reverse("correct_register", args=[actor.unit.pk, age(s.pk)[0]]),
             "sub": " · ".join(str(t) for t in (s.body.name, CHOICES["seat_member.position"][s.position], s.sector, s.grid) if t)}
            for s in _seats(actor.unit)
        ],
    )  # fmt: skip


def _seats(unit: Unit) -> QuerySet[Seat]:
    taken = Seat.objects.filter(body__unit=unit, left_on=None)
    return taken.select_related("post__person__name", "name", "body").order_by("id")


def _body(body: Body) -> dict[str, Any]:
    seats = body.seats.filter(left_on=None).select_related("post__person__name", "name").order_by("id")
    rows = [
        [_who(s), CHOICES["seat_member.position"][s.position], s.sector, s.grid, s.until or ""] for s in seats
    ]
    kinds = CHOICES["form_body.kind"]
    return {"body": body, "kind": kinds[body.kind], "rows": rows,
            "columns": [_("Name"), _("As what"), _("Sector"), _("Grid"), _("Term ends")]}  # fmt: skip


def _who(seat: Seat) -> str:
    if seat.post is not None:
        return f"{seat.post.person} {seat.post.title}"
    return (seat.name.text if seat.name else "") or "—"


def _pilots(unit: Unit) -> list[str]:
    found = unit.pilots.filter(until=None).select_related("unit").order_by("id")
    return [p.unit.name + (_(" (seat of the county's government)") if p.seat else "") for p in found]


@staff()
@require_http_methods(["GET", "POST"])
def body_act(request: HttpRequest, name: str) -> HttpResponse:
    """The form of one act about a place's bodies."""
    actor = actor_at(request)
    if name not in ACTS or not keeps(actor) or name not in _may(actor):
        raise Http404
    unit = actor.unit
    form = _form(request, unit, name)
    refusals: Sequence[Any] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        shape: Callable[[Any, Any], dict[str, Any]] = _SHAPE.get(name, lambda data, cleaned: data)
        answer = carry_out([Act(
            name=name, happened_on=given["happened_on"], entered_by=actor.person, data=shape(form.act_data(), given),
            subject=unit.pk, unit=unit.pk, key=given.get("key") or "",
        )])  # fmt: skip
        if answer.ok:
            say_next(request, _("It is entered."))
            return redirect(reverse("bodies"))
        refusals = refused(form, answer, {f: f for f in form.fields})
    return desk(
        request,
        "desk/body_act.html",
        unit,
        title=ACTS[name],
        form=form,
        refusals=refusals,
        back_url=reverse("bodies"),
    )


_SHAPE: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "name_pilots": lambda data, given: {
        "pilots": [{"unit": u, "seat": u == given["seat_of"]} for u in given["units"]]
    },
}


def _form(request: HttpRequest, unit: Unit, name: str) -> Any:
    posts = list(staff_of(unit, today())[:MOST])
    below = Unit.objects.filter(
        path__gte=span(unit.path)[0], path__lt=span(unit.path)[1], valid_to=None
    ).exclude(pk=unit.pk)
    places = [(u.pk, u.name) for u in below.order_by("path")[:MOST]]
    held = Body.objects.filter(unit=unit, until=None).order_by("id")
    choices: dict[str, list[tuple[str, str]]] = {
        "body": [(b.pk, b.name) for b in held], "post": [(p.pk, _post(p)) for p in posts], "places": places,
        "seat": [(s.pk, f"{_who(s)} {s.body.name}") for s in _seats(unit)],
        "selection": [(s.pk, f"{s.body.name} {day(s.on)}") for s in Selection.objects.filter(body__unit=unit).select_related("body")],
    }  # fmt: skip
    without = ("tags", "pilots") if places else ("tags", "pilots", "places")
    wanted = [f for f in Catalogue.acts[name].data.model_fields if f not in without and choices.get(f, True)]
    cls = form_class(name, only=wanted, choices=choices)
    form = cls(
        request.POST if request.method == "POST" else None, initial={"key": new_key(), "happened_on": today()}
    )
    if name == "name_pilots":
        form.fields["units"] = forms.MultipleChoiceField(
            label=_("Pilots"), choices=places, widget=forms.CheckboxSelectMultiple
        )
        form.fields["seat_of"] = forms.ChoiceField(
            label=_("Which of them is the street where the county's government sits?"),
            choices=[("", "—"), *places],
            required=False,
        )
        form.order_fields(["units", "seat_of"])
    return form


def _post(post: Post) -> str:
    return f"{post.person} {post.title}（{post.unit.name}）"


urlpatterns = [
    path("bodies/", bodies, name="bodies"),
    path("bodies/correct/", roster, name="roster"),
    path("bodies/<str:name>/", body_act, name="body_act"),
]
