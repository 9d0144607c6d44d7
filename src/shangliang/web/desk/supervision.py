"""The supervision committee's desk: what hangs on the board, what is to be witnessed, which work wants a look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts.act import today
from shangliang.cases import queries_places as read
from shangliang.cases.models import Matter, Publication
from shangliang.procedure.law import law_on
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk import asking, showing
from shangliang.web.desk.letters import task_row
from shangliang.web.desk.villages import may_come_next
from shangliang.web.frame import desk, say_next
from shangliang.web.saying import day, day_left

ROLES = ("supervision_head", "supervision_member")


@staff(*ROLES)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Work to be checked first, then notices to be witnessed, then what hangs now."""
    actor = actor_at(request)
    units = own_units(actor)
    found = [m for m in read.with_work(units) if actor.may_read(m)]
    return desk(
        request, "desk/supervision.html",
        checks=[_check_row(m) for m in found if may_come_next(m, "check_work")],
        drafts=[_draft(m) for m in found if may_come_next(m, "post_notice")],
        hanging=[_hanging(p) for p in read.hanging(units) if actor.may_read(p.matter)],
        working=[_work_row(m) for m in found if may_come_next(m, "finish_work")],
    )  # fmt: skip


@staff(*ROLES)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """The work of one matter, with what was agreed beside it; the committee's word when the work is reported finished."""
    actor = actor_at(request)
    matter = next((m for m in read.with_work(own_units(actor)) if m.pk == number), None)
    if matter is None or not actor.may_read(matter):
        raise Http404
    ready = may_come_next(matter, "check_work")
    form = asking.made(request, "check_work")
    form.fields["note"].help_text = _("What you saw on the spot, and what residents said. No names, please.")
    form.fields["happened_on"].label = _("Looked at on")
    refused: asking.Findings = ()
    if request.method == "POST" and ready and form.is_valid():
        decided = asking.as_post(actor, *ROLES, unit=matter.unit)
        done, refused = asking.tried(form, "check_work", actor, matter.pk, decided=decided)
        if done:
            good = form.cleaned_data["satisfied"]
            then = _("When the notice has hung its days, the matter can be closed.") if good else \
                _("The tasks are open again; whoever is responsible is told.")  # fmt: skip
            say_next(request, _("What you saw is recorded."), then)
            return redirect("supervision")
    agreed, reserved = read.agreed_in(matter)
    return desk(
        request, "desk/supervision_check.html", matter.unit, title=showing.title(matter), form=form, refused=refused,
        ready=ready, agreed=agreed, reserved=reserved, tasks=[_task(t) for t in matter.tasks.all()],
        back_url=reverse("supervision"),
    )  # fmt: skip


def own_units(actor: Actor) -> list[str]:
    """A supervision committee looks after its own place only."""
    return [p.unit_id for p in actor.posts if p.role in ROLES]


def _check_row(matter: Matter) -> dict[str, Any]:
    return {
        "title": showing.title(matter), "url": reverse("supervise", args=[matter.pk]), "sub": matter.pk,
        "state": "wait", "word": _("finished, please look at it"),
    }  # fmt: skip


def _work_row(matter: Matter) -> dict[str, Any]:
    left = [t for t in matter.tasks.all() if t.state in read.OPEN_TASK]
    late = [t for t in left if t.due and t.due < today()]
    word = _("tasks open: %(n)d") % {"n": len(left)} if left else _("tasks done")
    if late:
        word = _("tasks overdue: %(n)d") % {"n": len(late)}
    return {
        "title": showing.title(matter), "url": reverse("supervise", args=[matter.pk]), "sub": matter.pk,
        "state": "stop" if late else "wait" if left else "ok", "word": word,
    }  # fmt: skip


def _draft(matter: Matter) -> dict[str, Any]:
    draft = next(iter(matter.publications.all()), None)
    return {
        "title": showing.title(matter), "text": draft.text.text if draft and draft.text else "",
        "url": reverse("act", args=[matter.pk, "post_notice"]), "paper": reverse("paper", args=["publication", matter.pk]),
    }  # fmt: skip


def _hanging(publication: Publication) -> dict[str, Any]:
    matter = publication.matter
    start = min(d for d in (publication.board_on, publication.online_on) if d)
    until = start + timedelta(days=law_on(start, matter.unit.kind).publication_min_days or 0)
    full = until <= today()
    witness = publication.witness
    return {
        "title": showing.title(matter), "paper": reverse("paper", args=["publication", matter.pk]),
        "start": start, "board": publication.board_on, "online": publication.online_on,
        "state": "ok" if full else "wait", "witness": str(witness.person) if witness else "",
        "word": _("the days were full on %(day)s") % {"day": day(until)} if full
        else _("it hangs %(when)s") % {"when": day_left(until, today())},
    }  # fmt: skip


def _task(task: Any) -> dict[str, Any]:
    steps = sorted(task.progress.all(), key=lambda p: (p.on, p.pk))
    row = task_row(task)
    return row | {"due": task.due, "notes": [(p.on, p.note.text if p.note else "") for p in steps]}
