"""The public board of a place: what is discussed here now, what is posted until when, what is being done, what was solved."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.cases import queries_public as read
from shangliang.cases.models import Matter
from shangliang.cases.models_gathering import Gathering
from shangliang.cases.queries_gathering import running_in
from shangliang.units.models import Unit
from shangliang.web.access import anyone
from shangliang.web.copies import copied
from shangliang.web.frame import page
from shangliang.web.public import way
from shangliang.web.public.code import qr
from shangliang.web.saying import day, day_left, say

MOST_FINISHED = 8
A_PAGE = 30
SPEAKING = frozenset({"village", "community", "enterprise", "town", "street"})
"""Kinds of unit to which people say things; the others only show what lies below them."""


@anyone
@require_safe
def board(request: HttpRequest, ident: str) -> HttpResponse:
    """Where am I, what goes on here, what can I do now."""
    return copied(ident, lambda: _board(request, ident))


def _board(request: HttpRequest, ident: str) -> HttpResponse:
    unit = access_place(ident)
    running, finished = read.running(unit), read.finished(unit, MOST_FINISHED)
    asked = running_in([unit.pk])
    others = read.others([*running, *finished])
    talked: list[dict[str, Any]] = []
    posted: list[dict[str, Any]] = []
    doing: list[dict[str, Any]] = []
    for m in running:
        notice = way.hanging(m.publications.all())
        where = posted if notice else doing if m.tasks.all() or m.result_on else talked
        where.append(
            _row(
                m,
                others[m.pk],
                _notice_line(m, notice, unit) if notice else _meeting_line(m, asked.get(m.pk)),
            )
        )
    return page(
        request, "public/board.html", unit, talked=talked, posted=posted, doing=doing,
        finished=[_row(m, others[m.pk], day(m.result_on or m.ended_on)) for m in finished],
        below=[{"title": u.name, "url": reverse("board", args=[u.pk])} for u in read.places_below(unit)],
        speaks=speaks(unit), head=read.head_of(unit.pk), code=qr("board", unit.pk),
    )  # fmt: skip


@anyone
@require_safe
def everything(request: HttpRequest, ident: str) -> HttpResponse:
    """All matters of a place, page by page."""
    unit = access_place(ident)
    shown = Paginator(read.everything(unit), A_PAGE).get_page(request.GET.get("page"))
    found = list(shown.object_list)
    others = read.others(found)
    rows = [_row(m, others[m.pk], day(m.last_on)) for m in found]
    return page(
        request,
        "public/everything.html",
        unit,
        rows=rows,
        shown=shown,
        back_url=reverse("board", args=[unit.pk]),
    )


def access_place(ident: str) -> Unit:
    found = read.place(ident)
    if found is None:
        raise Http404
    return found


def speaks(unit: Unit) -> bool:
    """Whether people can say something to this unit here."""
    return unit.kind in SPEAKING and unit.valid_to is None


def title_of(m: Matter) -> str:
    """The heading of a screened matter; it may have been erased."""
    return (m.title.text if m.title else "") or _("Matter %(number)s") % {"number": m.pk}


def state_of(m: Matter) -> tuple[str, Any] | None:
    """(ok, wait or stop; the word) of what came out in the end, None while it is on its way. A resident's “not solved”
    stands above the unit's registration, until what was doubted has been looked into. ``m`` comes with its doubt."""
    if (m.heard == "unsolved" or m.doubted) and not m.ended:
        return "wait", _("Being looked into")
    if m.result and m.ended not in ("refused", "stopped"):
        return {
            "solved": ("ok", _("Solved")), "partly": ("wait", _("Partly solved")), "unsolved": ("stop", _("Not solved")),
        }[m.result]  # fmt: skip
    if m.ended:
        root = rulebooks.pinned(m.procedure, m.version).root
        return "ok" if m.ended in ("completed", "merged") else "stop", root.ends[m.stage[1:]].name
    return None


def stage_line(m: Matter) -> str:
    """Where a matter that is on its way stands, by the rule's own name of the stage; else what residents said of it."""
    if m.ended or m.result:
        return _("residents confirmed") if m.heard == "solved" else ""
    stage = rulebooks.pinned(m.procedure, m.version).root.stages[m.stage]
    return _("at “%(stage)s”") % {"stage": say(stage.name)}


def others_line(n: int) -> str:
    """“Another 3 people met this too”: words, never a ranking."""
    return (
        ngettext("%(n)d more person met this too", "%(n)d more people met this too", n) % {"n": n}
        if n > 0
        else ""
    )


def _row(m: Matter, others: int, line: str) -> dict[str, Any]:
    state, word = state_of(m) or ("", "")
    sub = " · ".join(t for t in (line, stage_line(m), others_line(others)) if t)
    return {"title": title_of(m), "url": reverse("public_matter", args=[m.pk]), "sub": sub, "state": state,
            "word": word}  # fmt: skip


def _notice_line(m: Matter, notice: Any, unit: Unit) -> str:
    until = way.hangs_until(rulebooks.pinned(m.procedure, m.version), unit.kind, notice)
    if until is None:
        return _("On the notice board since %(day)s") % {"day": day(way.posted_on(notice))}
    if until < today():
        return _("The notice has hung its full time, until %(day)s") % {"day": day(until)}
    return _("Objections: %(until)s") % {"until": day_left(until, today())}


def _meeting_line(m: Matter, asked: Gathering | None = None) -> str:
    if asked is not None and asked.until >= today():
        return _("Everybody is asked what they think: %(until)s") % {"until": day_left(asked.until, today())}
    ahead = [
        r.meeting for r in m.rounds.all() if r.meeting.state == "called" and r.meeting.held_on >= today()
    ]
    if ahead:
        return _("Meeting on %(day)s") % {
            "day": " ".join(t for t in (day(ahead[-1].held_on), ahead[-1].time) if t)
        }
    due = [t.due for t in m.tasks.all() if t.due and t.state != "done"]
    if due:
        return _("To be done %(until)s") % {"until": day_left(max(due), today())}
    return _("Raised on %(day)s") % {"day": day(m.opened_on)}
