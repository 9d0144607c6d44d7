"""A department's desk: letters of invitation to answer, tasks to report on. Everything here may come by paper as well."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts.act import today
from shangliang.cases import queries_places as read
from shangliang.cases.models import Invitation, Matter, Task
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actor import Actor
from shangliang.web.desk import asking, showing
from shangliang.web.desk.villages import may_come_next
from shangliang.web.frame import desk, say_next
from shangliang.web.labels import CHOICES
from shangliang.web.saying import day, day_left

DEPARTMENT = ("department_head", "department_clerk")
STATES = {"open": "wait", "doing": "wait", "verify": "stop", "done": "ok", "not_done": "stop"}


@staff(*DEPARTMENT)
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that wait for an answer and tasks that wait to be done; under them what is settled."""
    names, paths = concerns(actor_at(request))
    found = list(read.letters_to(names, paths)[:60])
    tasks = list(read.tasks_of(names, paths)[:100])
    todo = [t for t in tasks if t.state in read.OPEN_TASK and not t.matter.ended]
    return desk(
        request, "desk/letters.html",
        waiting=[_letter_row(i) for i in reversed(found) if _unanswered(i)],
        tasks=[task_row(t) for t in todo], finishing=_finishing(todo, tasks),
        settled=[_letter_row(i) for i in found if not _unanswered(i)][:10],
        done=[task_row(t) for t in tasks if t not in todo][:10],
    )  # fmt: skip


@staff(*DEPARTMENT)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, invitation: str) -> HttpResponse:
    """The letter, and whether somebody comes."""
    actor = actor_at(request)
    found = read.letters_to(*concerns(actor)).filter(pk=invitation).first()
    if found is None:
        raise Http404
    open_ = found.meeting.state == "called"
    form = asking.made(
        request,
        "register_reply",
        only=("reply", "note"),
        when=False,
        initial={"reply": found.reply or "coming"},
    )
    form.fields["note"].help_text = _(
        "Who comes; or, in writing, what you say to the matter and your own date."
    )
    refused: asking.Findings = ()
    if request.method == "POST" and open_ and form.is_valid():
        data = form.act_data() | {"invitation": found.pk}
        decided = asking.as_post(actor, *DEPARTMENT)
        done, refused = asking.tried(
            form, "register_reply", actor, found.meeting_id, decided=decided, data=data
        )
        if done:
            then = _("%(unit)s sees it at once.") % {"unit": found.meeting.unit.name}
            say_next(request, _("Your answer is recorded."), then)
            return redirect("letters")
    titles = [showing.title(r.matter) for r in found.meeting.rounds.all()]
    return desk(
        request, "desk/letters_answer.html", found.meeting.unit, letter=found, meeting=found.meeting, titles=titles,
        form=form, refused=refused, open=open_, reply=CHOICES["register_reply.reply"].get(found.reply),
        back_url=reverse("letters"),
    )  # fmt: skip


@staff(*DEPARTMENT)
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, task: str) -> HttpResponse:
    """One task: what was agreed, what was reported so far, how far it is now."""
    actor = actor_at(request)
    found = read.tasks_of(*concerns(actor)).filter(pk=task).first()
    if found is None:
        raise Http404
    form = asking.made(
        request, "report_progress", only=("state", "note", "due"), when=False,
        initial={"state": "doing"},
    )  # fmt: skip
    form.fields["due"].help_text = _("Only when the day cannot be kept.")
    open_ = not found.matter.ended and may_come_next(found.matter, "report_progress")
    refused: asking.Findings = ()
    if request.method == "POST" and open_ and form.is_valid():
        data = form.act_data() | {"task": found.pk}
        decided = asking.as_post(actor, *DEPARTMENT)
        done, refused = asking.tried(
            form, "report_progress", actor, found.matter_id, decided=decided, data=data
        )
        if done:
            then = _("%(unit)s and the supervision committee can see it.") % {"unit": found.matter.unit.name}
            say_next(request, _("Progress is recorded."), then)
            return redirect("letters")
    agreed, _reserved = read.agreed_in(found.matter)
    return desk(
        request, "desk/letters_task.html", found.matter.unit, task=found, row=task_row(found), form=form,
        refused=refused, open=open_, agreed=agreed, title=showing.title(found.matter),
        notes=sorted(found.progress.all(), key=lambda p: (p.on, p.pk)), back_url=reverse("letters"),
    )  # fmt: skip


@staff(*DEPARTMENT)
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, number: str) -> HttpResponse:
    """All tasks of a matter are done: the supervision committee looks next."""
    actor = actor_at(request)
    names, paths = concerns(actor)
    tasks = list(read.tasks_of(names, paths).filter(matter=number))
    if not tasks or tasks[0].matter.ended or not may_come_next(tasks[0].matter, "finish_work"):
        raise Http404
    matter = tasks[0].matter
    form = asking.made(request, "finish_work", when=False)
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        decided = asking.as_post(actor, *DEPARTMENT)
        done, refused = asking.tried(form, "finish_work", actor, matter.pk, decided=decided)
        if done:
            say_next(
                request,
                _("The work is reported as finished."),
                _("The supervision committee looks at it next."),
            )
            return redirect("letters")
    return desk(
        request, "desk/letters_finish.html", matter.unit, title=showing.title(matter), form=form, refused=refused,
        tasks=[task_row(t) for t in tasks], back_url=reverse("letters"),
    )  # fmt: skip


def concerns(actor: Actor) -> tuple[list[str], list[str]]:
    """(names of the actor's departments, the subtrees that know them by these names): those of their parents."""
    posts = [p for p in actor.posts if p.role in DEPARTMENT]
    parents = {p.unit.path[:-4] or p.unit.path for p in posts}
    return sorted({p.unit.name for p in posts}), sorted(parents)


def _unanswered(letter: Invitation) -> bool:
    return not letter.reply and letter.meeting.state == "called" and letter.meeting.held_on >= today()


def _letter_row(letter: Invitation) -> dict[str, Any]:
    meeting = letter.meeting
    titles = "、".join(showing.title(r.matter) for r in meeting.rounds.all()) or _("Consultation")
    if _unanswered(letter):
        state, word = (
            "wait",
            _("please answer; the meeting is %(when)s") % {"when": day_left(meeting.held_on, today())},
        )
    else:
        word = str(CHOICES["register_reply.reply"].get(letter.reply) or _("no answer"))
        state = "ok" if letter.reply else "stop"
    return {
        "title": titles, "url": reverse("letter", args=[letter.pk]), "state": state, "word": word,
        "sub": f"{meeting.unit.name} · {day(meeting.held_on)} {meeting.time} · {meeting.place}",
    }  # fmt: skip


def task_row(task: Task) -> dict[str, Any]:
    """A task as every list shows it: what, of which matter, how far, by when."""
    word = TASK_WORDS[task.state]()
    if task.due and task.state in read.OPEN_TASK:
        word = f"{word} · {day_left(task.due, today())}"
    late = bool(task.due and task.due < today() and task.state in read.OPEN_TASK)
    return {
        "title": task.text.text if task.text else "", "url": reverse("task", args=[task.pk]),
        "sub": f"{showing.title(task.matter)} · {task.matter.unit.name}", "owner": task.owner,
        "state": "stop" if late else STATES[task.state], "word": word,
    }  # fmt: skip


TASK_WORDS: dict[str, Any] = {
    "open": lambda: _("not begun"), "doing": lambda: _("under way"), "verify": lambda: _("to be looked at again"),
    "done": lambda: pgettext("task", "done"), "not_done": lambda: _("not done, with a reason"),
}  # fmt: skip


def _finishing(todo: list[Task], tasks: list[Task]) -> list[dict[str, Any]]:
    """Matters whose tasks of ours are all done, and whose finish nobody has reported yet."""
    busy = {t.matter_id for t in todo}
    ready: dict[str, Matter] = {
        t.matter_id: t.matter for t in tasks if t.matter_id not in busy and not t.matter.ended
    }
    return [
        {"title": showing.title(m), "url": reverse("finish", args=[m.pk]), "unit": m.unit.name}
        for m in ready.values() if may_come_next(m, "finish_work") and not _others_busy(m)
    ]  # fmt: skip


def _others_busy(matter: Matter) -> bool:
    return matter.tasks.exclude(state__in=("done", "not_done")).exists()
