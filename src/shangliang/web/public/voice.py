"""What residents say about a matter that is on its way: me too, I see it differently, it is (not) solved, take my name
back. Each is one question on a page of its own, because the matter's page is a copy and holds no forms."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shangliang.acts.act import new_key
from shangliang.acts.box import drop
from shangliang.cases import queries_public as read
from shangliang.cases.models import Matter
from shangliang.web.access import anyone
from shangliang.web.frame import page
from shangliang.web.public import way
from shangliang.web.public.board import title_of
from shangliang.web.public.doing import Reason, key_of, patience, send, where
from shangliang.web.public.forms import public_form
from shangliang.web.public.matter import may_tap
from shangliang.web.public.number import fits
from shangliang.web.public.throttle import MOST_TAPS, too_many

TOKEN = "again"
"""The cookie that keeps one browser from counting twice: random, and of no other use."""
BOTH = ["GET", "HEAD", "POST"]


def shown_matter(number: str) -> Matter:
    found = read.matter(number)
    if found is None or not found.shown:
        raise Http404
    return found


@anyone
@require_http_methods(BOTH)
def too(request: HttpRequest, number: str) -> HttpResponse:
    """This happened to me too: one tap, no name."""
    m = shown_matter(number)
    findings: tuple[Any, ...] = ()
    if request.method != "POST" or not may_tap(m):
        return _ask(request, "public/too.html", m, open=may_tap(m))
    if too_many(request, "too", MOST_TAPS):
        findings = (patience(m.unit, MOST_TAPS),)
        return _ask(request, "public/too.html", m, open=True, findings=findings, status=429)
    token = request.COOKIES.get(TOKEN, "")
    token = token if len(token) == 32 and token.isalnum() else secrets.token_hex(16)
    drop(m, token)
    gone = redirect(reverse("public_matter", args=[number]))
    gone.set_cookie(TOKEN, token, max_age=365 * 86400, httponly=True, samesite="Lax",
                    secure=settings.SESSION_COOKIE_SECURE, path="/m/")  # fmt: skip
    return gone


@anyone
@sensitive_post_parameters("words", "name", "phone")
@require_http_methods(BOTH)
def object_(request: HttpRequest, number: str) -> HttpResponse:
    """I see it differently: while the notice hangs, with or without a name."""
    m = shown_matter(number)
    form = public_form("object", "words", "name", "phone")
    return _speak(request, m, "object", form, "public/object.html", open=_hangs(m))


def _hangs(m: Matter) -> bool:
    return way.hanging(m.publications.order_by("drafted_on", "id")) is not None


@anyone
@sensitive_post_parameters("words")
@require_http_methods(BOTH)
def solved(request: HttpRequest, number: str) -> HttpResponse:
    """Has it been solved? The resident's word stands beside the unit's registration."""
    m = shown_matter(number)
    return _speak(request, m, "confirm", public_form("confirm", "solved", "words"), "public/solved.html",
                  open=not m.ended)  # fmt: skip


def _speak(
    request: HttpRequest, m: Matter, act: str, form_class: Any, template: str, **more: Any
) -> HttpResponse:
    """One form, one act, one page that says what happens next."""
    if "done" in request.GET:
        return _ask(request, template, m, done=True, **more)
    form = _named(form_class(request.POST if request.method == "POST" else None))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, template, m, form=form, **more)
    outcome = send(request, m.unit, act, form.act_data(), m.pk)
    if outcome.done:
        unsolved = "&unsolved" if form.cleaned_data.get("solved") is False else ""
        return redirect(f"{request.path}?done{unsolved}")
    again = request.POST.copy()
    again["key"] = outcome.key
    return _ask(
        request,
        template,
        m,
        form=_named(form_class(again)),
        findings=outcome.findings,
        status=outcome.status,
        **more,
    )


def _named(form: Any) -> Any:
    for field, label in {"name": _("Your name"), "phone": _("Your telephone")}.items():
        if field in form.fields:
            form.fields[field].label = label
    if "name" in form.fields:
        form.fields["words"].label = _("What you write")  # the heading asks the question already
    return form


@anyone
@require_http_methods(BOTH)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Takes back name and telephone, for whoever holds the code of the receipt. Works before screening too, and says
    nothing about whether a name was left."""
    m = read.matter(number)
    if m is None:
        raise Http404
    findings: Any = ()
    status = 200
    key = key_of(request) if request.method == "POST" else new_key()
    if request.method == "POST" and not fits(number, request.POST.get("code", "")):
        wrong = _wrong_code(m)
        findings, status = ((patience(m.unit),), 429) if too_many(request) else ((wrong,), 200)
    elif request.method == "POST":
        outcome = send(request, m.unit, "withdraw", {}, number)
        if outcome.done:
            return redirect(f"{request.path}?done")
        findings, status, key = outcome.findings, outcome.status, outcome.key
    return _ask(request, "public/withdraw.html", m, done="done" in request.GET, findings=findings, status=status, key=key,
                place_of=where(m.unit))  # fmt: skip


def _wrong_code(m: Matter) -> Reason:
    return Reason(
        _("This is not the code on the receipt of this number."),
        _("Please look again; it has six letters and digits. Without the receipt: %(place)s.")
        % {"place": where(m.unit)},
    )


def _ask(request: HttpRequest, template: str, m: Matter, **context: Any) -> HttpResponse:
    title = title_of(m) if m.shown else _("What was said under number %(number)s") % {"number": m.pk}
    return page(
        request, template, m.unit, matter=m, title=title, back_url=reverse("public_matter", args=[m.pk]),
        unsolved="unsolved" in request.GET, **context,
    )  # fmt: skip
