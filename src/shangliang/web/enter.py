"""Coming in, going out, and how the page is read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.acts.act import today
from shangliang.people.models import Account
from shangliang.people.queries import first_posts
from shangliang.people.roles import ROLES
from shangliang.procedure import loader
from shangliang.units.models import Unit
from shangliang.units.queries import every_place, find_places, roots, top_places
from shangliang.web.access import anyone, demo_only
from shangliang.web.frame import LARGE, page, safe_next

MOST_FAILURES = 5
REST = timedelta(minutes=15)
MANY = 12  # places a first page names one by one
BACKEND = "shangliang.people.backend.CardBackend"


class LoginForm(forms.Form):
    login = forms.CharField(
        label=gettext_lazy("Card number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    pin = forms.CharField(
        label=gettext_lazy("PIN or password"), max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


@anyone
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The county-issued card's number and a PIN. Five wrong tries rest the card for a quarter of an hour."""
    form = LoginForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        account, problem = _check(form.cleaned_data["login"], form.cleaned_data["pin"])
        if account is not None:
            login(request, account, backend=BACKEND)
            return redirect(safe_next(request, reverse("today")))
        form.add_error("pin", problem)
    return page(request, "enter/login.html", form=form, next=safe_next(request, reverse("today")))


def _check(name: str, pin: str) -> tuple[Account | None, str]:
    account = Account.objects.filter(login=name, is_active=True).first()
    if account is None:
        make_password(pin)  # takes as long as a real check, so that card numbers cannot be probed
        return None, _("Card number or PIN is wrong.")
    now = timezone.now()
    if account.locked_until and account.locked_until > now:
        return None, _("Too many wrong tries. Please wait a quarter of an hour, or ask the county office.")
    if check_password(pin, account.password):
        if account.failures:
            Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
        return account, ""
    failures = account.failures + 1
    locked = now + REST if failures >= MOST_FAILURES else None
    Account.objects.filter(pk=account.pk).update(failures=0 if locked else failures, locked_until=locked)
    return None, _("Card number or PIN is wrong.")


@anyone
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")


@anyone
@require_GET
def no_entry(request: HttpRequest) -> HttpResponse:
    """Somebody is logged in but holds no post for this page."""
    return page(request, "enter/no_entry.html", status=403)


@demo_only
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the demonstration, to come in as with one click."""
    groups: dict[str, dict[str, Any]] = {}
    accounts = list(Account.objects.select_related("person__name").order_by("id"))
    posts = first_posts((a.person_id for a in accounts), today())
    for account in accounts:
        post = posts.get(account.person_id)
        if post is not None:
            group = groups.setdefault(post.unit_id, {"unit": post.unit, "people": []})
            title = post.title or ROLES[post.role]
            group["people"].append(
                {"login": account.login, "name": account.person, "post": title, "role": post.role}
            )
    tops, root = _root(request)
    if root is not None and len(tops) > 1:
        groups = {k: g for k, g in groups.items() if g["unit"].path.startswith(root.path)}
    ordered = sorted(groups.values(), key=lambda g: g["unit"].path)
    fold = len(ordered) > MANY
    return page(
        request, "enter/people.html",
        tops=_switch(tops, root) if len(tops) > 1 else [],
        groups=[g for g in ordered if not fold or len(g["people"]) > 1],
        others=[g for g in ordered if fold and len(g["people"]) == 1],
    )  # fmt: skip


@demo_only
@require_POST
def enter_as(request: HttpRequest, name: str) -> HttpResponse:
    account: Any = get_object_or_404(get_user_model(), login=name)
    login(request, account, backend=BACKEND)
    return redirect(reverse("today"))


def _root(request: HttpRequest) -> tuple[list[Unit], Unit | None]:
    """The topmost units, and the one that was asked for: the first unless another is named."""
    tops = roots()
    wanted = request.GET.get("at", "")
    return tops, next((u for u in tops if u.pk == wanted), tops[0] if tops else None)


def _switch(tops: list[Unit], root: Unit | None) -> list[dict[str, Any]]:
    """Each place with the name of its procedure."""
    known = loader.shipped()
    return [
        {"unit": u, "rule": known[u.procedure].name if u.procedure in known else None, "here": u == root}
        for u in tops
    ]


@anyone
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where to begin: the tour of a demonstration, or the places; of many places those right below the root, and a search
    by name."""
    asked = request.GET.get("q", "").strip()[:40]
    tops, root = _root(request)
    places = find_places(asked, MANY + 1) if asked else every_place(MANY + 1, root)
    many = asked != "" or len(places) > MANY
    if many and not asked and root is not None:
        places = top_places(root)
    return page(
        request, "enter/home.html", tops=_switch(tops, root) if len(tops) > 1 else [], root=root,
        places=places[:MANY] if asked else places, many=many, asked=asked,
        more=asked != "" and len(places) > MANY,
    )  # fmt: skip


@anyone
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The other language from now on, on the same page. Posted, so that no crawler and no prefetch changes what a person
    reads; without a token, because copied pages are the same for everybody and nothing but a cookie of taste is set."""
    to = request.POST.get("to", "")
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, to if to in dict(settings.LANGUAGES) else "")


@anyone
@csrf_exempt
@require_POST
def large(request: HttpRequest) -> HttpResponse:
    """Larger or normal text from now on, on the same page; posted like ``language``."""
    return _remember(request, LARGE, "1" if request.POST.get("to") == "1" else "0")


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    answer = redirect(safe_next(request))
    if value:
        answer.set_cookie(
            cookie, value, max_age=365 * 86400, samesite="Lax", httponly=True, secure=settings.LANGUAGE_COOKIE_SECURE
        )  # fmt: skip
    return answer
