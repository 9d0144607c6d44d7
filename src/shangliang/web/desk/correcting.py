"""Putting an earlier entry right. The old entry stays, the new one points at it, and both are printed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.act import new_key
from shangliang.acts.vocabulary import Catalogue, Spec
from shangliang.cases.models import Meeting
from shangliang.people.roles import OFFICES
from shangliang.record.models import Entry
from shangliang.units.models import Unit
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import form_class
from shangliang.web.actor import Actor
from shangliang.web.desk import asking, showing
from shangliang.web.desk import meeting_shown as shown
from shangliang.web.desk.correction_form import data_of, form_of, label_of, now_of
from shangliang.web.desk.filed import reached
from shangliang.web.desk.meeting_rights import access_meeting
from shangliang.web.frame import desk, say_next
from shangliang.web.lines import record_lines


@staff()
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """One field of one entry about a matter."""
    actor = actor_at(request)
    matter = reached(number, actor)
    entry, spec = _entry(matter.unit, seq, f"matter:{matter.pk}")
    if not actor.may_enter_for(matter.unit):
        raise Http404
    return _correct(
        request, matter.unit, entry, spec, ("correct", matter.pk), f"{matter.pk} · {showing.title(matter)}",
        reverse("matter", args=[number]), _("The old entry stays; both are printed in the file."),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def correct_register(request: HttpRequest, unit: str, seq: int) -> HttpResponse:
    """One field of what belongs to no single matter: a meeting, a seat in a roster."""
    actor = actor_at(request)
    place = Unit.objects.filter(pk=unit).first()
    if place is None or not may_put_right(actor, place):
        raise Http404
    entry, spec = _entry(place, seq, "unit:", "meeting:")
    kind, _colon, ident = entry.subject.partition(":")
    if kind == "meeting" and not actor.may_enter_for(place):
        raise Http404
    if kind == "unit":
        return _correct(
            request, place, entry, spec, ("correct_register", place.pk), place.name, reverse("bodies"),
            _("The old entry stays; the roster shows the right one."),
        )  # fmt: skip
    meeting = access_meeting(ident, actor)
    taken = next((r for r in meeting.rounds.all() if r.taken_up_on), None)
    do = ("correct", taken.matter_id) if taken else ("correct_register", place.pk)
    tell = _("Tell those who were invited, and print the notice again if it hangs.")
    then = tell if meeting.state == "called" else _("The old entry stays; the papers show the right one.")
    about = f"{shown.title(meeting, actor)} · {place.name}"
    return _correct(request, place, entry, spec, do, about, reverse("meeting", args=[meeting.pk]), then)


def may_put_right(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may correct the unit's rosters. What was entered about meetings is for clerks, as on a matter."""
    return actor.may_enter_for(unit) or (actor.unit == unit and actor.holds(*OFFICES))


def mends(meeting: Meeting, actor: Actor) -> list[tuple[str, str]]:
    """(address, what it puts right) for what was entered about a meeting."""
    if not actor.may_enter_for(meeting.unit):
        return []
    return [
        (reverse("correct_register", args=[meeting.unit_id, entry.seq]), _names(Catalogue.acts[entry.act]))
        for entry in Entry.objects.filter(book=meeting.unit_id, subject=f"meeting:{meeting.pk}").order_by(
            "seq"
        )
        if Catalogue.acts[entry.act].corrects
    ]


def _names(spec: Spec) -> str:
    return shown.comma().join(
        _("Day") if name == "happened_on" else label_of(spec, name) for name in spec.corrects
    )


def _correct(
    request: HttpRequest, unit: Unit, entry: Entry, spec: Spec, do: tuple[str, str], about: str, back: str, then: str
) -> HttpResponse:  # fmt: skip
    """An entry with several fields that can be corrected asks first which one (?field=). ``do``: the act and its subject."""
    fields = {name: label_of(spec, name) for name in spec.corrects}
    only = next(iter(fields)) if len(fields) == 1 else ""
    asked = request.POST.get("field") or request.GET.get("field") or only
    around: dict[str, Any] = {"about": about, "line": record_lines([entry])[0], "back_url": back}
    if asked not in fields:
        links = [
            {"title": label, "url": f"?field={name}", "sub": now_of(entry, name, spec)}
            for name, label in fields.items()
        ]
        return desk(request, "desk/correct.html", unit, fields=links, **around)
    form = form_of(request, spec, asked)
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        data = data_of(entry, spec, asked, form)
        done, refused = asking.tried(form, do[0], actor_at(request), do[1], data=data)
        if done:
            say_next(request, _("The correction is recorded."), then)
            return redirect(back)
    if len(fields) > 1:
        around["back_url"] = request.path
    return desk(
        request, "desk/correct.html", unit, form=form, refused=refused, label=fields[asked],
        now=now_of(entry, asked, spec), **around,
    )  # fmt: skip


TAKE_NOTE = ("party_secretary", "deputy_party_secretary", "clerk")


@staff(*TAKE_NOTE)
@require_http_methods(["GET", "POST"])
def flags(request: HttpRequest, number: str) -> HttpResponse:
    """Gates that no longer hold after a correction, until a named post has taken note of each."""
    actor = actor_at(request)
    matter = reached(number, actor)
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    form = form_class("acknowledge", when=False)(request.POST or None, initial={"key": new_key()})
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        decided = asking.as_post(actor, "party_secretary", "deputy_party_secretary", unit=matter.unit)
        done, refused = asking.tried(form, "acknowledge", actor, matter.pk, decided=decided)
        if done:
            say_next(request, _("It is recorded that you have taken note."))
            return redirect(reverse("flags", args=[number]))
    shown = []
    for flag in matter.flags.filter(acknowledged_on=None).order_by("on", "id"):
        gate = rulebooks.gate(procedure, flag.gate)
        shown.append(
            {"id": flag.pk, "on": flag.on, "clause": gate.cites[0] if gate and gate.cites else flag.gate}
        )
    return desk(
        request, "desk/correct_flags.html", matter.unit, matter=matter, title=showing.title(matter), flags=shown,
        key=new_key(), refused=refused, back_url=reverse("matter", args=[number]),
    )  # fmt: skip


def _entry(unit: Unit, seq: int, *subjects: str) -> tuple[Entry, Spec]:
    found = Entry.objects.filter(book=unit.pk, seq=seq).first()
    spec = Catalogue.acts.get(found.act) if found and found.subject.startswith(subjects) else None
    if found is None or spec is None or not spec.corrects:
        raise Http404
    return found, spec
