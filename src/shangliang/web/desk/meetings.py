"""Meetings: the list, one meeting with its papers and answers, and what is tapped on its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts.act import Act, new_key, today
from shangliang.cases import queries_meetings as read
from shangliang.cases.models import Meeting
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm, form_class
from shangliang.web.actor import Actor
from shangliang.web.desk import meeting_shown as shown
from shangliang.web.desk.clock import reminder
from shangliang.web.desk.convene import convene
from shangliang.web.desk.correcting import mends
from shangliang.web.desk.evening import after
from shangliang.web.desk.evening_form import guest_name
from shangliang.web.desk.meeting_rights import access_managed, access_meeting, handler, manages
from shangliang.web.desk.replies import replies, told
from shangliang.web.desk.speak import speak, speak_merge, speak_read
from shangliang.web.desk.together import Answer, carry_out, refused
from shangliang.web.frame import desk, say_next

SOON = timedelta(days=7)


@staff()
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """What comes, what has to be entered, what was held."""
    actor = actor_at(request)
    units, on = actor.units(), today()
    several = actor.unit.level != "village"
    held = Paginator(read.past(units), 20).get_page(request.GET.get("page"))
    return desk(
        request, "desk/meetings.html", coming=[shown.row(m, on, several, actor) for m in read.coming(units, on)],
        waiting=[shown.row(m, on, several, actor) for m in read.to_enter(units, on)],
        held=[shown.cells(m, several, actor) for m in held], shown=held, columns=shown.columns(several),
        clock=reminder(actor.unit), can_call=manages(actor, actor.unit),
    )  # fmt: skip


@staff()
@require_GET
def meeting(request: HttpRequest, ident: str) -> HttpResponse:
    """One meeting: what is next, who comes, its papers; afterwards what came of it."""
    actor = actor_at(request)
    found = access_meeting(ident, actor)
    runs = manages(actor, found.unit)
    return desk(
        request, "desk/meeting.html", found.unit, meeting=found, title=shown.title(found, actor), state=shown.state(found, today()),
        facts=shown.facts(found), agenda=shown.agenda(found, actor), people=shown.people(found), runs=runs,
        letters=shown.letters(found, actor), papers=shown.papers(found, actor), texts=shown.texts(found) if runs else [],
        results=shown.results(found, actor), due=found.held_on <= today(),
        ahead=shown.ahead(found.held_on, found.time, today()), key=new_key(), on=today(),
        left=any(not r.outcome and r.waits for r in found.rounds.all()), back_url=reverse("meetings"),
        carried=shown.carried(found, actor), mends=mends(found, actor),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def notice_given(request: HttpRequest, ident: str) -> HttpResponse:
    """All have been told: one tap on the meeting's page, or another day and way here."""
    actor = actor_at(request)
    found = access_managed(ident, actor)
    form = _form(request, "give_notice")
    refusals: Sequence[Any] = ()
    if request.method == "POST" and form.is_valid():
        answer = _do(form, found, actor, "give_notice", form.act_data())
        if answer.ok:
            say_next(
                request, _("All are told; it is recorded."), _("Enter the departments' answers as they come.")
            )
            return _back(found)
        refusals = refused(form, answer, {"by": "by"})
    return _one_form(
        request, found, form, refusals, title=_("When and how were all told?"), label=_("All are told")
    )


@staff()
@require_http_methods(["GET", "POST"])
def invite_reply(request: HttpRequest, ident: str, invitation: str) -> HttpResponse:
    """What a department answered, by paper or telephone, on its own day."""
    actor = actor_at(request)
    found = access_managed(ident, actor)
    asked = next((i for i in found.invitations.all() if i.pk == invitation), None)
    if asked is None:
        raise Http404
    form = _form(request, "register_reply", only=("reply", "note"))
    form.fields["happened_on"].label = _("On which day did they answer?")
    refusals: Sequence[Any] = ()
    if request.method == "POST" and form.is_valid():
        answer = _do(
            form, found, actor, "register_reply", form.act_data() | {"invitation": asked.pk}, decided=False
        )
        if answer.ok:
            say_next(request, _("The answer is recorded."))
            return _back(found)
        refusals = refused(form, answer, {"note": "note", "reply": "reply"})
    title = _("What did %(who)s answer?") % {"who": guest_name(asked)}
    return _one_form(
        request, found, form, refusals, title=title, label=_("Keep the answer"), lede=asked.letter
    )


@staff()
@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, ident: str) -> HttpResponse:
    """The meeting does not take place; a reason is asked."""
    actor = actor_at(request)
    found = access_managed(ident, actor)
    form = _form(request, "call_off")
    form.fields["happened_on"].label = _("On which day was it called off?")
    refusals: Sequence[Any] = ()
    if request.method == "POST" and form.is_valid():
        answer = _do(form, found, actor, "call_off", form.act_data())
        if answer.ok:
            say_next(request, _("The meeting is called off."), _("Please tell everybody who was invited."))
            return _back(found)
        refusals = refused(form, answer, {"reason": "reason"})
    return _one_form(request, found, form, refusals, title=_("Why does the meeting not take place?"), label=_("Call off the meeting"),
                     lede=_("It stays in the record as called off. Tell everybody who was invited."))  # fmt: skip


def _form(request: HttpRequest, name: str, **more: Any) -> ActForm:
    posted = request.POST if request.method == "POST" else None
    return form_class(name, **more)(posted, initial={"key": new_key(), "happened_on": today()})


def _do(
    form: ActForm, found: Meeting, actor: Actor, name: str, data: dict[str, Any], decided: bool = True
) -> Answer:
    on: date = form.cleaned_data["happened_on"]
    return carry_out([Act(
        name=name, happened_on=on, entered_by=actor.person, data=data, subject=found.pk,
        key=form.cleaned_data.get("key") or "", handled_by=handler(actor, found.unit),
        decided_by={"post": found.convener_id} if decided and found.convener_id else None,
    )])  # fmt: skip


def _back(found: Meeting) -> HttpResponse:
    return redirect(reverse("meeting", args=[found.pk]))


def _one_form(
    request: HttpRequest, found: Meeting, form: ActForm, refusals: Sequence[Any], **more: Any
) -> HttpResponse:
    return desk(
        request, "desk/meeting_form.html", found.unit, meeting=found, about=shown.title(found, actor_at(request)), form=form, refusals=refusals,
        back_url=reverse("meeting", args=[found.pk]), **more,
    )  # fmt: skip


urlpatterns = [
    path("meetings/", meetings, name="meetings"),
    path("meeting/new/", convene, name="convene"),
    path("meeting/<str:ident>/", meeting, name="meeting"),
    path("meeting/<str:ident>/reply/<str:invitation>/", invite_reply, name="invite_reply"),
    path("meeting/<str:ident>/notice/", notice_given, name="notice_given"),
    path("meeting/<str:ident>/call-off/", call_off, name="call_off"),
    path("meeting/<str:ident>/after/", after, name="after"),
    path("speak/", speak, name="speak"),
    path("speak/read/", speak_read, name="speak_read"),
    path("speak/<str:number>/merge/", speak_merge, name="speak_merge"),
    path("replies/", replies, name="replies"),
    path("replies/<str:number>/<str:opinion>/", told, name="told"),
]
