"""Taking part: one statement at a time, no log-in, no name. Every page is one question."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.acts import answers
from shangliang.acts.act import today
from shangliang.cases import queries_gathering as read
from shangliang.cases.models_gathering import Gathering, Statement
from shangliang.web.access import anyone
from shangliang.web.frame import page
from shangliang.web.gathering import voice
from shangliang.web.gathering.routing import following
from shangliang.web.gathering.words import ANSWERS, REASONS
from shangliang.web.public.board import title_of
from shangliang.web.public.doing import Reason, patience, send, where
from shangliang.web.public.forms import public_form
from shangliang.web.public.throttle import MOST, too_many

BOTH = ["GET", "HEAD", "POST"]
GIVEN = {"agree": answers.AGREE, "disagree": answers.DISAGREE, "pass": answers.PASS}


@anyone
@require_http_methods(BOTH)
def gather(request: HttpRequest, number: str) -> HttpResponse:
    """What people are asked, until when, and how it is kept; the button that begins."""
    g = access_gathering(number)
    if g.closed_on is not None:
        return redirect(reverse("gather_result", args=[number, g.number]))
    if request.method == "POST":
        return _begin(request, g)
    return _front(request, g)


@anyone
@require_safe
def with_code(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Where the code on a slip leads: the code moves from the address into the browser."""
    g = access_gathering(number)
    if g.voice != "invited" or g.closed_on is not None:
        return redirect(reverse("gather", args=[number]))
    if too_many(request, "slip", voice.MOST_VOICES):
        return _front(request, g, findings=(patience(g.matter.unit, voice.MOST_VOICES),), status=429)
    meant = voice.slip_code(g, code)
    if meant is None:
        return _front(request, g, findings=(_no_such_slip(g),))
    return voice.give(redirect(reverse("gather", args=[number])), g, meant)


def access_gathering(number: str) -> Gathering:
    """The gathering of a public matter that runs or ran last, or 404."""
    found = read.latest(number)
    if found is None:
        raise Http404
    return found


def answering(g: Gathering) -> bool:
    """Whether telephones may answer now."""
    return g.closed_on is None and g.until >= today()


def _front(request: HttpRequest, g: Gathering, **more: Any) -> HttpResponse:
    token = voice.token_of(request, g)
    given = read.answered_by(g, answers.voice_of(g.pk, token)) if token else {}
    shown = read.statements(g)
    return page(
        request, "gathering/front.html", g.matter.unit, gathering=g, title=title_of(g.matter), open=answering(g),
        total=len(shown), given=sum(s.pk in given for s in shown), needs_code=g.voice == "invited" and token is None,
        place_of=where(g.matter.unit), **(_back(g) | more),
    )  # fmt: skip


def _back(g: Gathering) -> dict[str, Any]:
    return {"back_url": reverse("public_matter", args=[g.matter_id]), "back_label": _("The matter")}


def _begin(request: HttpRequest, g: Gathering) -> HttpResponse:
    """The browser gets its voice before the first answer, so that a double tap never makes two."""
    gone = redirect(reverse("gather_answer", args=[g.matter_id]))
    if not answering(g):
        return redirect(reverse("gather", args=[g.matter_id]))
    if request.POST.get("leave") and g.voice == "invited":
        return voice.take_back(redirect(reverse("gather", args=[g.matter_id])), g)
    if voice.token_of(request, g):
        return gone
    if too_many(request, "voice", voice.MOST_VOICES):
        return _front(request, g, findings=(patience(g.matter.unit, voice.MOST_VOICES),), status=429)
    if g.voice == "device":
        return voice.give(gone, g)
    meant = voice.slip_code(g, request.POST.get("code", "")[:40])
    if meant is None:
        return _front(request, g, findings=(_no_such_slip(g),), typed=request.POST.get("code", "")[:40])
    return voice.give(gone, g, meant)


def _no_such_slip(g: Gathering) -> Reason:
    return Reason(
        _("This is not a code of this gathering."),
        _("Please look at the slip again: eight letters and digits. Without a slip: %(place)s.")
        % {"place": where(g.matter.unit)},
    )


@anyone
@require_http_methods(BOTH)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """One statement and three buttons."""
    g = access_gathering(number)
    token = voice.token_of(request, g)
    if not answering(g) or token is None:
        return redirect(reverse("gather", args=[number]))
    shown = read.statements(g)
    if request.method != "POST":
        return _ask(request, g, shown, token)
    asked = next((s for s in shown if str(s.number) == request.POST.get("n", "")), None)
    said = GIVEN.get(request.POST.get("answer", ""))
    if asked is None or said is None:  # taken out meanwhile, or the form was tampered with: ask again
        return redirect(reverse("gather_answer", args=[number]))
    if too_many(request, "answer", voice.MOST_ANSWERS):
        busy = (patience(g.matter.unit, voice.MOST_ANSWERS),)
        return _ask(request, g, shown, token, asked, findings=busy, status=429)
    if not answers.put(g.pk, token, [(asked.pk, said)]):
        return redirect(
            reverse("gather", args=[number])
        )  # the box was closed while the finger was on its way
    return redirect(reverse("gather_answer", args=[number]))


def _ask(
    request: HttpRequest, g: Gathering, shown: list[Statement], token: str, asked: Statement | None = None, **more: Any
) -> HttpResponse:  # fmt: skip
    given = read.answered_by(g, answers.voice_of(g.pk, token))
    chosen = request.GET.get("n", "")
    again = next((s for s in shown if chosen and str(s.number) == chosen), None)
    asked = asked or again or following(g, shown, set(given), token)
    if asked is None:
        return redirect(reverse("gather_done", args=[g.matter_id]))
    done = [s for s in shown if s.pk in given and s is not asked]
    return page(
        request, "gathering/answer.html", g.matter.unit, gathering=g, title=title_of(g.matter), asked=asked,
        given=given.get(asked.pk), n=len(done) + 1, total=len(shown),
        back_url=reverse("gather_done", args=[g.matter_id]) if given else reverse("gather", args=[g.matter_id]),
        back_label=_("My answers") if given else "", **more,
    )  # fmt: skip


@anyone
@require_safe
def done(request: HttpRequest, number: str) -> HttpResponse:
    """Thank you; what was answered, to be changed until the box is closed; what became of the statements added."""
    g = access_gathering(number)
    token = voice.token_of(request, g)
    if token is None or not answering(g):
        return redirect(reverse("gather", args=[number]))
    shown = read.statements(g)
    given = read.answered_by(g, answers.voice_of(g.pk, token))
    rows = [
        {"title": s.text.text, "url": f"{reverse('gather_answer', args=[number])}?n={s.number}", "sub": _(ANSWERS[given[s.pk]])}
        for s in shown if s.pk in given and s.text
    ]  # fmt: skip
    return page(
        request, "gathering/done.html", g.matter.unit, gathering=g, title=title_of(g.matter), rows=rows,
        left=len(shown) - len(rows), added=_added(request, g), **_back(g),
    )  # fmt: skip


def _added(request: HttpRequest, g: Gathering) -> list[dict[str, Any]]:
    """What became of the statements that this browser has added."""
    mine = set(voice.own_numbers(request))
    return [fate(s) for s in read.statements(g, "waiting", "shown", "refused") if s.own and s.number in mine]


def fate(s: Statement) -> dict[str, Any]:
    """One statement and what became of it, with the reason of a refusal."""
    state, word = {
        "waiting": ("wait", _("Waits until a person has read it")),
        "shown": ("ok", _("Is asked now")),
        "refused": ("stop", _("Not asked")),
    }[s.state]
    why = _(REASONS[s.reason]) if s.reason in REASONS else ""
    note = s.note.text if s.note and s.note.text else ""
    return {"number": s.number, "text": s.text.text if s.text else "", "state": state, "word": word, "why": why, "note": note}  # fmt: skip


@anyone
@sensitive_post_parameters("text")
@require_http_methods(BOTH)
def own(request: HttpRequest, number: str) -> HttpResponse:
    """A statement of one's own: one sentence, read by a person before anybody else sees it."""
    g = access_gathering(number)
    if not answering(g) or not g.own or voice.token_of(request, g) is None:
        return redirect(reverse("gather", args=[number]))
    cls = public_form("propose_statement", "text")
    form = _short(cls(request.POST if request.method == "POST" else None))
    if request.method != "POST" or not form.is_valid():
        return _own(request, g, form)
    outcome = send(request, g.matter.unit, "propose_statement", form.act_data(), g.matter_id)
    if outcome.done is None:
        again = request.POST.copy()
        again["key"] = outcome.key
        return _own(request, g, _short(cls(again)), findings=outcome.findings, status=outcome.status)
    made = read.statement(g, f"{outcome.done.entry}.0")
    gone = redirect(reverse("gather_done", args=[number]) + "?added")
    return gone if made is None else voice.remember_own(gone, request, g, made.number)


def _short(form: Any) -> Any:
    form.fields["text"].label = _("Your statement")
    form.fields["text"].widget.attrs["rows"] = 3
    return form


def _own(request: HttpRequest, g: Gathering, form: Any, **more: Any) -> HttpResponse:
    return page(
        request, "gathering/own.html", g.matter.unit, gathering=g, title=title_of(g.matter), form=form, most=MOST,
        back_url=reverse("gather_answer", args=[g.matter_id]), **more,
    )  # fmt: skip
