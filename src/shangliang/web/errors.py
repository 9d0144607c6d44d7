"""When something does not work: a kind sentence, what to do, a way back. Never what was asked for, never a trace."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from shangliang.web.frame import BRAND, frame

ONLY_OURS = {"brand": None, "place": BRAND, "place_url": "/"}
"""An error page belongs to no place."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be read; or it is too much of it."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return _page(request, 413)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that lay open too long, or came from elsewhere: sent again from a fresh page it works."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault. The page asks nothing of the database, which may be what is broken."""
    return HttpResponse(render_to_string("500.html", ONLY_OURS), status=500)


def _page(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    return render(request, f"{status}.html", frame(request, None) | ONLY_OURS | more, status=status)
