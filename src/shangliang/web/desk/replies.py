"""Answers that wait to be told by word of mouth (待当面答复)."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts.act import Act, new_key, today
from shangliang.cases import queries_meetings as read
from shangliang.cases.models import Matter, Opinion, Reply
from shangliang.cases.queries_desk import first_words
from shangliang.people.roles import LIAISONS
from shangliang.units.models import Unit
from shangliang.units.queries import span
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk.meeting_rights import convener_roles, handler, manages
from shangliang.web.desk.showing import title
from shangliang.web.desk.together import Answer, carry_out
from shangliang.web.frame import desk, say_next

PAGE = 20
"""People on one page."""


@staff()
@require_GET
def replies(request: HttpRequest) -> HttpResponse:
    """What to say to whom, a matter at a time."""
    return _list(request, actor_at(request))


@staff()
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, number: str, opinion: str) -> HttpResponse:
    """Somebody went or rang and told them. Asked for without a tap (after a refusal, in the other language), it is the list."""
    if request.method == "GET":
        return _back(request)
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
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """The list, on the page where the tap was made."""
    return redirect(reverse("replies") + _at(request.GET.get("page", "")))


def _at(page: str) -> str:
    return f"?page={page}" if page.isascii() and page.isdigit() and page != "1" else ""


def _tells(actor: Actor, matter: Matter) -> bool:
    unit = matter.unit
    near = any(p.unit_id == unit.pk and p.role in LIAISONS for p in actor.posts) or manages(actor, unit)
    return near and actor.may_read(matter)


def _told_by(actor: Actor) -> Q:
    """``_tells`` for a query: names and telephones are for those who answer, not for every reader of the desk."""
    units = Q(pk__in=[])
    for post in actor.posts:
        if post.role == "clerk":
            start, end = span(post.unit.path)
            units |= Q(path__gte=start, path__lt=end)
        elif post.role in LIAISONS or post.role in convener_roles(post.unit):
            units |= Q(pk=post.unit_id)
    return Q(unit__in=Unit.objects.filter(units).values("pk")) & actor.readable()


def _list(request: HttpRequest, actor: Actor, answer: Answer | None = None) -> HttpResponse:
    page = Paginator(read.to_be_told(_told_by(actor)), PAGE).get_page(request.GET.get("page"))
    waiting = list(page.object_list)
    replies = read.latest_replies({o.matter_id for o in waiting})
    at = _at(str(page.number))
    words = first_words({o.matter_id: o.matter for o in waiting}.values())
    groups = [
        _group(list(said), replies, words, at) for _number, said in groupby(waiting, attrgetter("matter_id"))
    ]
    refusals = answer.said if answer else ()
    return desk(
        request, "desk/replies.html", groups=groups, shown=page, refusals=refusals,
        several=actor.unit.level != "village",
    )  # fmt: skip


def _group(said: list[Opinion], replies: dict[str, Reply], words: dict[str, str], at: str) -> dict[str, Any]:
    """One matter: what is to be said, and to whom."""
    matter = said[0].matter
    reply = replies.get(matter.pk)
    text = reply.text.text if reply and reply.text else ""
    if not text and matter.result_note:
        text = matter.result_note.text or ""
    return {
        "number": matter.pk,
        "title": title(matter, words.get(matter.pk, "")),
        "unit": matter.unit.name,
        "text": text,
        "redirect": reply.redirect if reply else "",
        "on": reply.on if reply else matter.ended_on,
        "people": [_person(o, at) for o in said],
    }


def _person(o: Opinion, at: str) -> dict[str, Any]:
    return {
        "words": o.words.text if o.words else "",
        "name": o.name.text if o.name else "",
        "phone": o.phone.text if o.phone else "",
        "how": _("By telephone") if o.answer_by == "phone" else _("In person"),
        "on": o.received_on,
        "url": reverse("told", args=[o.matter_id, o.pk]) + at,
        "key": new_key(),
    }
