"""Who may enter a page. Every view declares it; a test walks all routes and fails on one that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shangliang.web.actor import Actor, actor_of

View = Callable[..., HttpResponse]


def anyone(view: View) -> View:
    """Open to all, without an account."""
    view.who = "anyone"  # type: ignore[attr-defined]
    return view


def demo_only(view: View) -> View:
    """Open to all, but only in a demonstration."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    checked.who = "demo"  # type: ignore[attr-defined]
    return checked


def staff(*roles: str) -> Callable[[View], View]:
    """For people who hold a post now; with ``roles``, one of these posts. The view gets ``request.actor``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("login"))
            actor = actor_of(request)
            if actor is None or (roles and not actor.holds(*roles)):
                return redirect(reverse("no_entry"))
            request.actor = actor
            return view(request, *args, **kwargs)

        checked.who = "staff:" + ",".join(roles) if roles else "staff"  # type: ignore[attr-defined]
        return checked

    return decorate


def actor(request: HttpRequest) -> Actor:
    """The actor of a page that is for staff."""
    found: Actor = request.actor
    return found
