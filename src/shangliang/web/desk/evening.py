"""The evening's after-entry: one screen, one go, everything or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.act import Act, today
from shangliang.acts.facts import gather
from shangliang.acts.position import position_of
from shangliang.cases.models import Matter, Meeting, Round
from shangliang.procedure.facts import ActFacts
from shangliang.procedure.judge import needs, offers
from shangliang.procedure.moves import Move
from shangliang.procedure.vocabulary import ROUTES, Go
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk.convene_form import title_of
from shangliang.web.desk.evening_days import result_day, told_after
from shangliang.web.desk.evening_form import NOT_REACHED, EveningForm
from shangliang.web.desk.meeting_rights import access_managed, convener_roles, handler
from shangliang.web.desk.meeting_shown import ahead
from shangliang.web.desk.together import Answer, Part, carry_out, reasons, reasons_for, refused
from shangliang.web.frame import desk, say_next

FIELDS = {"others": "others", "summary": "summary", "absent": "present"}


@staff()
@require_http_methods(["GET", "POST"])
def after(request: HttpRequest, ident: str) -> HttpResponse:
    """What happened that evening. Everybody invited was there unless unticked."""
    actor = actor_at(request)
    meeting = access_managed(ident, actor)
    posted = request.POST if request.method == "POST" else None
    rounds = _rounds(meeting, posted.getlist("matter") if posted is not None else None)
    if not rounds or meeting.state == "called_off":
        return redirect(reverse("meeting", args=[ident]))
    form = EveningForm(posted, meeting, rounds)
    refusals: Sequence[Any] = ()
    if posted is not None and form.is_valid():
        days = [(r, result_day(r, form.cleaned_data["held_on"])) for r in form.reached]
        answer = enter(form, actor)
        if answer.ok:
            title, then = success(form)
            say_next(request, title, f"{then} {told_after(days, form.cleaned_data['held_on'])}".strip())
            return redirect(reverse("meeting", args=[ident]))
        refusals = refused(form, answer, FIELDS)
    return desk(
        request, "desk/evening.html", meeting.unit, meeting=meeting, form=form, refusals=refusals,
        early=ahead(meeting.held_on, meeting.time, today()) if meeting.held_on > today() else "", back_url=reverse("meeting", args=[ident]),
    )  # fmt: skip


def _rounds(meeting: Meeting, numbers: Sequence[str] | None) -> list[Round]:
    """What has no result yet; when the form comes back, what it was about, so that a second tap finds the same."""
    found = list(meeting.rounds.all())
    if numbers is None:
        return [r for r in found if not r.outcome]
    return [r for r in found if r.matter_id in numbers]


def enter(form: EveningForm, actor: Actor) -> Answer:
    first = [_hold(form, actor)] if form.meeting.state == "called" else []
    return carry_out(first, [Part(title_of(r.matter), _of_matter(form, actor, r)) for r in form.rounds])


def _hold(form: EveningForm, actor: Actor) -> Act:
    data = {
        "absent": form.absent(),
        "others": form.cleaned_data["others"] or 0,
        "summary": form.cleaned_data.get("summary") or None,
    }
    return _act(form, actor, "hold_meeting", "h", data, form.meeting.pk)


def _of_matter(form: EveningForm, actor: Actor, one: Round) -> list[Act]:
    """Everything that follows for one matter, as far as its procedure offers it."""
    number, outcome = one.matter_id, form.of(one, "outcome")
    if outcome == NOT_REACHED:
        return []
    acts = []
    if one.taken_up_on is None:
        acts.append(_act(form, actor, "take_up", f"u{number}", {"meeting": form.meeting.pk}, number, one))
    result = {
        "meeting": form.meeting.pk, "outcome": outcome, "speech": form.of(one, "speech") or None,
        "agreed": form.of(one, "agreed") or None, "reserved": form.of(one, "reserved") or None,
    }  # fmt: skip
    acts.append(_act(form, actor, "conclude", f"e{number}", result, number, one))
    if outcome != "consensus":
        return acts
    then = offered_after(one.matter, outcome, form.cleaned_data["held_on"])
    if "set_tasks" in then and (tasks := form.tasks(one)):
        acts.append(_act(form, actor, "set_tasks", f"k{number}", {"tasks": tasks}, number, one))
    if "draft_notice" in then:
        acts.append(_act(form, actor, "draft_notice", f"n{number}", {"text": form.notice(one)}, number, one))
    return acts


def offered_after(matter: Matter, outcome: str, on: date) -> frozenset[str]:
    """The acts the procedure offers once the matter has been concluded like this; none where it cannot be concluded."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    position = position_of(matter)
    offer = next((o for o in offers(procedure, position) if o.act.name == "conclude"), None)
    if offer is None:
        return frozenset()
    act = ActFacts("conclude", on, None, {"outcome": outcome})
    facts = gather(
        matter, matter.unit, on, act, needs(procedure, position, "conclude") - {"chain_ok", "digests_ok"}
    )
    choice = ROUTES[offer.act.route].choose(facts) if offer.act.route else Go("")
    if not isinstance(choice, Go):
        return frozenset()
    move = Move(procedure, position, facts.marks)
    move.do(offer, choice.outcome)
    return frozenset(o.act.name for o in offers(procedure, move.position))


def _act(form: EveningForm, actor: Actor, name: str, mark: str, data: dict[str, Any], subject: str,
         one: Round | None = None) -> Act:  # fmt: skip
    """One act of the evening. The notice is drafted by whoever writes it, on the day of the writing; the rest was decided
    by the convener on the day of the meeting, or, where something of the matter was entered since, on the day of that."""
    given, meeting = form.cleaned_data, form.meeting
    matter = one.matter if one else None
    writing = name == "draft_notice"
    why = (
        reasons_for(rulebooks.pinned(matter.procedure, matter.version), name, reasons(form)) if matter else {}
    )
    held = result_day(one, given["held_on"]) if one else given["held_on"]
    return Act(
        name=name, happened_on=today() if writing else held, entered_by=actor.person, data=data,
        subject=subject, key=f"{given['key']}.{mark}", handled_by=handler(actor, meeting.unit), reasons=why,
        decided_by=None if writing or not meeting.convener_id else _decider(meeting),
    )  # fmt: skip


def _decider(meeting: Meeting) -> dict[str, str]:
    """The post that convened. Where somebody else was allowed to, once and on paper, the rule's convener still answers
    for what came of it."""
    roles = convener_roles(meeting.unit)
    if not roles or meeting.convener.role in roles:
        return {"post": meeting.convener_id}
    return {"role": roles[0]}


def success(form: EveningForm) -> tuple[str, str]:
    """That it is recorded, and who does what next."""
    agreed = [r for r in form.rounds if form.of(r, "outcome") == "consensus"]
    if not agreed:
        return _("The evening is recorded."), _("Each matter stands where its result put it.")
    if all(r.matter.needs_meeting for r in agreed):
        return _("The evening is recorded."), _("The meeting the law names decides next; then it is posted.")
    return _("The evening is recorded."), _(
        "The notice is drafted and the tasks are given out. Next: print the notice and post it."
    )
