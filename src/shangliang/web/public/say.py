"""Saying something in three screens. The words travel in hidden fields from screen to screen; nothing is stored before
the last button."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.acts import rulebooks
from shangliang.cases import queries_public as read
from shangliang.procedure.model import Procedure
from shangliang.procedure.personal import looks_personal
from shangliang.units.models import Unit
from shangliang.web.access import anyone
from shangliang.web.frame import page
from shangliang.web.public import way
from shangliang.web.public.board import access_place, speaks
from shangliang.web.public.code import qr
from shangliang.web.public.doing import key_of, send
from shangliang.web.public.forms import public_form
from shangliang.web.public.number import secret_code

CARRIED = ("words", "kind", "answer_by", "name", "phone")
HELD = 3600
"""For how long, in seconds, the browser that sent the words may see the code that takes the contact back."""

HINTS = {
    "affairs": N_("Plans and rules of the village, how public money is used"),
    "livelihood": N_("Roads, water, lamps, rubbish, care for the old"),
    "governance": N_("Things many people complain about and nobody could settle"),
    "against_policy": N_("Doubts about a policy: ring 12345 or go to the petition office"),
    "private_dispute": N_("Between two families: people's mediation, or the court"),
    "unfair": N_("What helps a few at the cost of the others: ring 12345 with what you need"),
    "deep_division": N_("First somebody goes to each side's door; once they agree, it is discussed"),
}
"""What the items of the rule mean, in plain words, and where the rest goes."""


@anyone
@sensitive_post_parameters("words", "name", "phone")
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, ident: str) -> HttpResponse:
    """What is discussed here; your words; how to answer you."""
    unit = access_place(ident)
    if not speaks(unit):
        return redirect(reverse("board", args=[unit.pk]))
    go = request.POST.get("go", "")
    if go == "answer":
        return _answer(request, unit)
    if go == "send":
        return _send(request, unit)
    return _words(request, unit) if go == "words" else _scope(request, unit)


def words_form(data: Any = None, initial: Any = None) -> Any:
    return public_form("intake", "words", "kind", required=("kind",))(data, initial=initial)


def answer_form(data: Any = None, initial: Any = None) -> Any:
    form = public_form("intake", "answer_by", "name", "phone", required=("answer_by",))(data, initial=initial)
    labels = {"answer_by": _("Please choose one"), "name": _("Your name"), "phone": _("Your telephone")}
    for field, label in labels.items():
        form.fields[field].label = label
    return form


def _scope(request: HttpRequest, unit: Unit) -> HttpResponse:
    procedure = rulebooks.of_unit(unit)
    return page(
        request, "public/say_scope.html", unit, carried=_carried(request), key=key_of(request), n=1,
        discuss=_items(procedure, "discuss"), not_discuss=_items(procedure, "not_discuss"),
        refer=procedure.notes.get("refer"), back_url=reverse("board", args=[unit.pk]), back_label=_("Public board"),
    )  # fmt: skip


def _items(procedure: Procedure, name: str) -> list[tuple[Any, str]]:
    return [(i.name, _(HINTS[i.id]) if i.id in HINTS else "") for i in procedure.lists.get(name, ())]


def _words(request: HttpRequest, unit: Unit, form: Any = None) -> HttpResponse:
    return page(
        request, "public/say_words.html", unit, form=form or words_form(initial=_carried(request) | _key(request)),
        carried=_carried(request, "answer_by", "name", "phone"), n=2,
    )  # fmt: skip


def _answer(request: HttpRequest, unit: Unit, form: Any = None, **more: Any) -> HttpResponse:
    words = words_form(request.POST)
    if not words.is_valid():
        return _words(request, unit, words)
    personal = looks_personal(words.cleaned_data["words"])
    return page(
        request, "public/say_answer.html", unit, carried=_carried(request, "words", "kind"), n=3, personal=personal,
        form=form or answer_form(initial=_carried(request, "answer_by", "name", "phone") | _key(request)), **more,
    )  # fmt: skip


def _send(request: HttpRequest, unit: Unit) -> HttpResponse:
    words, answer = words_form(request.POST), answer_form(request.POST)
    if not words.is_valid():
        return _words(request, unit, words)
    if not answer.is_valid() or not _reachable(answer):
        return _answer(request, unit, answer)
    outcome = send(request, unit, "intake", words.act_data() | answer.act_data() | {"channel": "web"})
    if outcome.done is None:
        again = request.POST.copy()
        again["key"] = outcome.key
        return _answer(request, unit, answer_form(again), findings=outcome.findings, status=outcome.status)
    number = outcome.done.ident
    gone = redirect(reverse("slip", args=[number]))
    gone.set_signed_cookie(
        "slip", number, salt=number, max_age=HELD, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, path=reverse("slip", args=[number]),
    )  # fmt: skip
    return gone


def _reachable(answer: Any) -> bool:
    """Whoever wants a call leaves a telephone; whoever wants a visit, a name."""
    wish = answer.cleaned_data.get("answer_by")
    if wish == "phone" and not answer.cleaned_data.get("phone"):
        answer.add_error("phone", _("So that we can ring you, please leave a telephone number."))
    if wish == "face" and not answer.cleaned_data.get("name"):
        answer.add_error("name", _("So that we find you, please leave a name."))
    return answer.is_valid()


def _carried(request: HttpRequest, *names: str) -> dict[str, str]:
    return {n: request.POST[n] for n in names or CARRIED if request.POST.get(n)}


def _key(request: HttpRequest) -> dict[str, str]:
    return {"key": key_of(request)}


@anyone
@require_safe
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt: the number, what happens next, a code that opens the matter's page. To be saved or printed."""
    m = read.matter(number)
    if m is None:
        raise Http404
    procedure = rulebooks.pinned(m.procedure, m.version)
    said = read.first_received(number)
    mine = request.get_signed_cookie("slip", None, salt=number, max_age=HELD) == number
    left = said is not None and (said.name_id or said.phone_id) and not said.withdrawn_on
    return page(
        request, "public/slip.html", m.unit, matter=m, said=said, by=way.answer_by(procedure, m), fresh=mine,
        code=secret_code(number) if mine and left else "", qr=qr("public_matter", number), pdf=_pdf(number),
        address=f"{settings.PUBLIC_URL}{reverse('public_matter', args=[number])}",
    )  # fmt: skip


def _pdf(number: str) -> str:
    """The printed slip, where this installation makes papers."""
    try:
        return reverse("paper_pdf", args=["slip", number])
    except NoReverseMatch:
        return ""
