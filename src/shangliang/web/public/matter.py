"""One matter, from the first words to the archive, on one page that anybody may read. Before somebody has screened it the
page says only that it was received and where it stands: the number alone must not open what somebody wrote."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.cases import queries_public as read
from shangliang.cases.models import Matter
from shangliang.cases.queries_gathering import latest
from shangliang.procedure.judge import offers
from shangliang.record.queries import entries_of
from shangliang.web.access import anyone
from shangliang.web.copies import copied
from shangliang.web.frame import page
from shangliang.web.public import way
from shangliang.web.public.board import others_line, stage_line, state_of, title_of
from shangliang.web.public.number import candidates
from shangliang.web.public.told import told
from shangliang.web.saying import day, day_left

TASK = {
    "open": ("wait", N_("Not begun yet")),
    "doing": ("wait", N_("Under way")),
    "done": ("ok", N_("Done")),
    "not_done": ("stop", N_("Not done")),
    "verify": ("wait", N_("Being looked into")),
}


@anyone
@require_safe
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Every step of a matter. The number of one that was merged goes on showing the other."""
    went = read.where_it_went(number)
    if went is None:
        return strayed(request, number)
    return copied(went[1], lambda: _matter(request, number, went[0]))


def strayed(request: HttpRequest, number: str) -> HttpResponse:
    """A number typed in another way leads to its page; one that does not exist, to where one can look again."""
    found = read.among(candidates(number))
    if len(found) == 1 and found[0] != number:
        return redirect(reverse("public_matter", args=found), permanent=False)
    return page(request, "public/find.html", typed=number[:12], nothing=True, status=404)


def _matter(request: HttpRequest, asked: str, number: str) -> HttpResponse:
    m = read.matter(number)
    if m is None or m.secret:
        raise Http404
    procedure = rulebooks.pinned(m.procedure, m.version)
    lines, been = told(entries_of(f"matter:{m.pk}"))
    state, word = state_of(m) or ("", "")
    heard = stage_line(m) if m.result else ""
    return page(
        request, "public/matter.html", m.unit, matter=m, asked=asked if asked != m.pk else "",
        title=title_of(m) if m.shown else _("What was said under number %(number)s") % {"number": m.pk},
        state=state, word=word, heard=heard, stages=way.stages(procedure, m, been), coming=way.coming(procedure, m), lines=lines,
        replies=[r for r in m.replies.select_related("text").order_by("on", "id") if r.text and r.text.text],
        back_url=reverse("board", args=[m.unit_id]), back_label=_("Public board"),
        **(_open_part(m, procedure) if m.shown else {}),
    )  # fmt: skip


def _open_part(m: Matter, procedure: Any) -> dict[str, Any]:
    """What may be read once the matter is public."""
    publications = list(m.publications.select_related("text").order_by("drafted_on", "id"))
    exempt = any(p.outcome == "exempted" for p in publications)
    notice = next((p for p in reversed(publications) if way.posted_on(p)), None)
    hangs = way.hanging(publications)
    tasks = [] if exempt else list(m.tasks.select_related("text").order_by("number"))
    rounds = m.rounds.select_related("meeting").order_by("number")
    ahead = [r.meeting for r in rounds if r.meeting.state == "called" and r.meeting.held_on >= today()]
    return {
        "others": others_line(read.others([m])[m.pk]), "exempt": exempt, "meeting": ahead[-1] if ahead else None,
        "notice": notice, "posted_on": way.posted_on(notice) if notice else None, "hangs": hangs is not None,
        "until": way.hangs_until(procedure, m.unit.kind, notice) if notice else None,
        "objections": list(m.objections.select_related("answer").order_by("received_on", "id")),
        "tasks": [_task(t) for t in tasks], "columns": (_("Task"), _("Responsible"), _("Day"), _("State")),
        "ended_note": m.result_note.text if m.result_note and not exempt else "",
        **_buttons(m, procedure, tasks, hangs is not None),
    }  # fmt: skip


def _task(task: Any) -> list[Any]:
    state, word = TASK.get(task.state, ("wait", task.state))
    due = day_left(task.due, today()) if task.due and task.state != "done" else day(task.done_on)
    return [(task.text.text if task.text else "") or "—", task.owner, due, {"text": _(word), "state": state}]


def _buttons(m: Matter, procedure: Any, tasks: list[Any], hangs: bool) -> dict[str, Any]:
    """What a resident can do here now: the first is the screen's one main button."""
    found = []
    if hangs and any(o.act.name == "object" for o in offers(procedure, way.position(m))):
        found.append((_("I see it differently"), "object"))
    if not m.ended and (m.result or any(t.state not in ("open", "doing") for t in tasks)):
        found.append((_("Has it been solved?"), "solved"))
    if may_tap(m):
        found.append((_("This happened to me too"), "metoo"))
    links = [*asked_about(m), *({"label": label, "url": reverse(name, args=[m.pk])} for label, name in found)]
    return {"main": links[0] if links else None, "minor": links[1:]}


def asked_about(m: Matter) -> list[dict[str, Any]]:
    """Where people say what they think before the meeting, or what they said."""
    g = latest(m.pk)
    if g is None:
        return []
    if g.closed_on is None:
        return [{"label": _("Say what you think"), "url": reverse("gather", args=[m.pk])}]
    return [{"label": _("What people said"), "url": reverse("gather_result", args=[m.pk, g.number])}]


def may_tap(m: Matter) -> bool:
    """Whether “this happened to me too” still says something."""
    return m.shown and not m.ended and not m.result_on
