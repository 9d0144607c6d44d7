"""The paper side: sheets to fill in by hand, slips with codes, and typing in what stands on a sheet."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts import answers
from shangliang.acts.act import Act, new_key, today
from shangliang.cases import queries_gathering as read
from shangliang.procedure.say import Say
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.desk.convene_form import title_of
from shangliang.web.desk.together import carry_out
from shangliang.web.frame import desk, say_next
from shangliang.web.gathering import voice
from shangliang.web.gathering.access import helped, managed
from shangliang.web.gathering.taking_part import GIVEN
from shangliang.web.public.code import qr
from shangliang.web.public.doing import Reason

A_SHEET = 60
"""Slips on one page of the screen; each is cut out by hand."""


@staff()
@require_GET
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The statements on paper, with three boxes each."""
    matter, g = helped(number, actor_at(request))
    return desk(
        request, "gathering/sheet.html", matter.unit, matter=matter, gathering=g, title=title_of(matter),
        shown=read.statements(g), paper_title=title_of(matter), back_url=reverse("matter", args=[number]),
    )  # fmt: skip


@staff()
@require_GET
def slips(request: HttpRequest, number: str) -> HttpResponse:
    """The slips with their codes, to be printed, cut and handed out face down. The system does not know who gets which."""
    actor = actor_at(request)
    matter = managed(number, actor)
    _matter, g = helped(number, actor)
    if g.voice != "invited":
        return redirect(reverse("gathering", args=[number]))
    given = sorted(voice.codes(g.pk, g.slips))
    start = max(0, int(p) - 1) * A_SHEET if (p := request.GET.get("page", "1")[:4]).isdigit() else 0
    shown = [(c, qr("gather_code", number, c, width=96)) for c in given[start : start + A_SHEET]]
    pages = range(1, (len(given) + A_SHEET - 1) // A_SHEET + 1)
    return desk(
        request, "gathering/slips.html", matter.unit, matter=matter, gathering=g, title=title_of(matter), slips=shown,
        pages=pages if len(pages) > 1 else (), at=start // A_SHEET + 1, back_url=reverse("gathering", args=[number]),
        address=settings.PUBLIC_URL + reverse("gather", args=[number]),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def typing(request: HttpRequest, number: str) -> HttpResponse:
    """One sheet typed in for somebody. A numbered slip sent again replaces what it said before."""
    actor = actor_at(request)
    matter, g = helped(number, actor)
    shown = read.statements(g)
    posted = request.POST if request.method == "POST" else {}
    given = {s.pk: GIVEN[a] for s in shown if (a := posted.get(f"s{s.number}", "")) in GIVEN}
    text = " ".join(posted.get("text", "").split())[:20_000]
    problems: list[Any] = []
    if request.method == "POST":
        token = _token(g, posted)
        if token is None:
            problems.append(_no_code())
        elif not given and not text:
            problems.append(Reason(_("Nothing is ticked on this sheet."), _("Tick at least one answer.")))
        else:
            problems = _added(matter.pk, actor.person, text, posted.get("key", ""))
            if not problems and given and not answers.put(g.pk, token, given.items(), paper=True):
                problems = [Reason(_("The box has just been closed, or a statement was taken out."))]
        if not problems:
            say_next(
                request,
                _("The sheet is in the box."),
                _("Put it with the others; the next one can be typed in."),
            )
            return redirect(reverse("gather_paper", args=[number]))
    return desk(
        request, "gathering/typing.html", matter.unit, matter=matter, gathering=g, title=title_of(matter), findings=problems,
        rows=[(s, posted.get(f"s{s.number}", "")) for s in shown], typed=posted.get("code", "")[:40], text=text,
        sheet=posted.get("sheet") or secrets.token_hex(16), key=posted.get("key") or new_key(), on_paper=read.voices(g, paper=True),
        back_url=reverse("matter", args=[number]),
    )  # fmt: skip


def _token(g: Any, posted: Any) -> str | None:
    """The voice of a sheet: the code on it, or a fresh token that the form carries, so that a double tap is one sheet."""
    if g.voice == "invited":
        return voice.slip_code(g, posted.get("code", "")[:40])
    sheet = posted.get("sheet", "")
    return f"paper-{sheet}" if len(sheet) == 32 and sheet.isalnum() else None


def _no_code() -> Reason:
    return Reason(
        _("This is not a code of this gathering."),
        _("Please look at the slip again: eight letters and digits."),
    )


def _added(number: str, person: str, text: str, key: str) -> list[Any]:
    """A statement written on the sheet goes the way of all added statements: a person screens it."""
    if not text:
        return []
    answer = carry_out([Act("propose_statement", today(), person, {"text": text}, number, key=key[:40])])
    return [s.finding for s in answer.said] + [Reason(Say(zh, en)) for _f, zh, en in answer.problems]
