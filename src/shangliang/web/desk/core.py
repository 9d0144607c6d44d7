"""Today, the list of matters, one matter, and the form of one act."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts import rulebooks
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases import queries_desk as read
from shangliang.record.queries import entries_of
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.desk import consulting, correcting, doing, quiet, showing
from shangliang.web.desk.clock import reminder
from shangliang.web.desk.filed import given_back
from shangliang.web.desk.reach import access_matter
from shangliang.web.desk.steps import steps
from shangliang.web.frame import desk, say_next
from shangliang.web.lines import record_lines

MOST_TODAY = 3
PAGE = 30
NOTHING_TO_SAY = frozenset({"answer_objection"})
"""Acts that simply have no object when they cannot be done: nobody waits for them."""


@staff()
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """At most three things, each with one button; the rest is one tap away."""
    actor = actor_at(request)
    mine = showing.concerns(actor)
    cards, waiting = showing.cards(mine, actor, MOST_TODAY)
    return desk(
        request, "desk/today.html", cards=cards, waiting=waiting, more=max(0, len(mine) - len(cards)),
        meetings=showing.meetings(actor), clock=reminder(actor.unit), reads=showing.jobs(actor),
    )  # fmt: skip


@staff()
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter of the actor's places, by page; ended ones on request."""
    actor = actor_at(request)
    ended = request.GET.get("ended") == "1"
    paths = [p.unit.path for p in actor.posts]
    # What fits one page needs no counting.
    first = (
        read.listed(paths, ended=ended, most=PAGE + 1, secret=actor.reads_secrets)
        if "page" not in request.GET
        else []
    )
    if 0 < len(first) <= PAGE:
        shown = Paginator(first, PAGE).get_page(1)
    else:
        shown = Paginator(read.matters_below(paths, ended=ended, secret=actor.reads_secrets), PAGE).get_page(
            request.GET.get("page")
        )
        start = max(0, shown.start_index() - 1)
        first = read.listed(paths, ended=ended, most=PAGE, start=start, secret=actor.reads_secrets)
    rows = showing.rows(first)
    return desk(request, "desk/matters.html", rows=rows, shown=shown, ended=ended, speaks=actor.enters_words)


@staff()
@require_GET
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One matter: where it stands, what can be done, why not the rest, and everything that happened."""
    actor = actor_at(request)
    found = access_matter(number, actor)
    ready = steps(found, actor)
    first = next((s for s in ready if s.usual), None)
    procedure = rulebooks.pinned(found.procedure, found.version)
    lines = record_lines(entries_of(f"matter:{found.pk}"))
    return desk(
        request, "desk/matter.html", found.unit, matter=found, title=showing.title(found),
        stages=showing.stages(found, procedure, lines), clock=showing.stage_clock(found),
        step=first, others=[s for s in ready if s.ready and s is not first],
        blocked=[s for s in ready if not s.ready and s.name not in NOTHING_TO_SAY], facts=showing.facts(found, procedure), lines=lines,
        consulting=consulting.beside(found, procedure), can_enter=actor.may_enter_for(found.unit), end=showing.end_of(found, procedure),
        flags=showing.flags(found, procedure), takes_note=actor.holds(*correcting.TAKE_NOTE) and actor.reaches(found.unit),
        returned=given_back(found) if any(line["act"] == "return_file" for line in lines) else None,
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The form of one act: what is asked, who decided, on which day; refusals keep what was typed."""
    actor = actor_at(request)
    found = access_matter(number, actor)
    if name not in Catalogue.acts or Catalogue.acts[name].subject != "matter" or Catalogue.acts[name].opens:
        raise Http404
    form = doing.form_for(found, name, actor, request.POST if request.method == "POST" else None)
    refused: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        outcome = doing.do(found, name, actor, form, request.POST)
        if outcome.done:
            say_next(request, *doing.success(found.pk, name))
            return redirect(reverse("matter", args=[number]))
        refused = outcome.findings
    step = doing.described(found, name)
    context = doing.context(found, name)
    return desk(
        request, "desk/act.html", found.unit, matter=found, title=showing.title(found), form=form, refused=refused,
        step=step, back_url=reverse("matter", args=[number]), **context,
    )  # fmt: skip


urlpatterns = [
    path("", today, name="today"),
    path("matters/", matters, name="matters"),
    path("quiet/", quiet.quiet, name="quiet"),
    path("m/<str:number>/", matter, name="matter"),
    path("m/<str:number>/<str:name>/", act, name="act"),
]
