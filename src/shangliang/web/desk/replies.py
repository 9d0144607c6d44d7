"""Answers that wait to be told by word of mouth (待当面答复)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.acts.act import Act, new_key, today
from shangliang.cases import queries_meetings as read
from shangliang.cases.models import Matter
from shangliang.people.roles import LIAISONS
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk.convene_form import title_of
from shangliang.web.desk.meeting_rights import handler, manages
from shangliang.web.desk.together import Answer, carry_out
from shangliang.web.frame import desk, say_next


@staff()
@require_GET
def replies(request: HttpRequest) -> HttpResponse:
    """What to say to whom, a matter at a time."""
    return _list(request, actor_at(request))


@staff()
@require_POST
def told(request: HttpRequest, number: str, opinion: str) -> HttpResponse:
    """Somebody went or rang and told them."""
    actor = actor_at(request)
    found = read.opinion_of(number, opinion)
    if found is None or not _tells(actor, found.matter):
        raise Http404
    answer = carry_out([Act(
        "told", today(), actor.person, {"opinion": opinion}, subject=number, key=request.POST.get("key", "")[:40],
        handled_by=handler(actor, found.matter.unit),
    )])  # fmt: skip
    if not answer.ok:
        return _list(request, actor, answer)
    say_next(request, _("Recorded: they have been told."), _("It is off this list and stands in the record."))
    return redirect(reverse("replies"))


def _tells(actor: Actor, matter: Matter) -> bool:
    unit = matter.unit
    return any(p.unit_id == unit.pk and p.role in LIAISONS for p in actor.posts) or manages(actor, unit)


def _list(request: HttpRequest, actor: Actor, answer: Answer | None = None) -> HttpResponse:
    may: dict[str, bool] = {}
    groups = []
    for matter in read.to_be_told(actor.units()):
        if matter.unit_id not in may:
            may[matter.unit_id] = _tells(actor, matter)
        if may[
            matter.unit_id
        ]:  # names and telephones are for those who answer, not for every reader of the desk
            groups.append(_group(matter))
    refusals = answer.said if answer else ()
    return desk(
        request, "desk/replies.html", groups=groups, refusals=refusals, several=actor.unit.level != "village"
    )


def _group(matter: Matter) -> dict[str, Any]:
    reply = next(iter(matter.replies.all()), None)
    text = reply.text.text if reply and reply.text else ""
    if not text and matter.result_note:
        text = matter.result_note.text or ""
    return {
        "number": matter.pk,
        "title": title_of(matter),
        "unit": matter.unit.name,
        "text": text,
        "redirect": reply.redirect if reply else "",
        "on": reply.on if reply else matter.ended_on,
        "people": [_person(o, matter) for o in matter.waiting],
    }


def _person(o: Any, matter: Matter) -> dict[str, Any]:
    return {
        "words": o.words.text if o.words else "",
        "name": o.name.text if o.name else "",
        "phone": o.phone.text if o.phone else "",
        "how": _("By telephone") if o.answer_by == "phone" else _("In person"),
        "on": o.received_on,
        "url": reverse("told", args=[matter.pk, o.pk]),
        "key": new_key(),
    }
