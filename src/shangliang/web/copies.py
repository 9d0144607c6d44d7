"""Public pages from their rendered copies: no session, no template, one query.

A view offers its page with ``copied``. The page must be the same for everybody: it holds links, not forms. Every copy
belongs to a unit, because nearly every act in a unit's book (a meeting called off, an opinion joined) may change any page
of that unit. Its key begins with the day, because sentences about days left change at midnight.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_from_request

from shangliang.acts.act import today
from shangliang.acts.copies import ends, keep
from shangliang.cases.queries_public import copy_of
from shangliang.web.frame import LARGE

UNDER = ("/u/", "/m/")
"""Only addresses that begin so can have a copy; nothing else costs a query."""
LONGEST = 120


def copied(unit: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page that ``make`` renders, offered for keeping. ``make`` does all the reading."""
    read = ends(unit)
    answer = make()
    answer.copy_of = (unit, read)
    return answer


class CopiesMiddleware:
    """Answers from a copy where there is one, keeps one where a view offers it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method != "GET"
            or not request.path_info.startswith(UNDER)
            or request.META.get("QUERY_STRING")
        ):
            return self.get_response(request)
        language = get_language_from_request(request)
        key = f"{today()}|{_look()}|{language}|{request.COOKIES.get(LARGE) == '1':d}|{request.path_info}"
        zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        if len(key) > LONGEST:
            return self.get_response(request)
        found = copy_of(key, packed=zipped)
        if found is not None:
            return _answer(request, language, *found, zipped)
        answer = self.get_response(request)
        offered = getattr(answer, "copy_of", None)
        if offered is None or not _same_for_all(answer):
            return answer
        etag, packed = _keep(key, offered, answer.content)
        return _answer(request, language, etag, packed if zipped else answer.content, zipped)


@cache
def _look() -> str:
    """A mark of what pages are made of, so that a new version of the software does not serve the old one's copies."""
    made = sha256(settings.PUBLIC_URL.encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".html", ".css", ".mo"):
            made.update(path.read_bytes())
    return made.hexdigest()[:8]


def _same_for_all(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and not answer.cookies and b"csrfmiddlewaretoken" not in answer.content


def _keep(key: str, offered: tuple[str, dict[str, str]], body: bytes) -> tuple[str, bytes]:
    etag = f'W/"{sha256(body).hexdigest()[:32]}"'
    packed = gzip.compress(body, 6, mtime=0)
    with suppress(DatabaseError):  # a full or busy disk must not keep a reader from the page
        keep(key, offered[0], offered[1], etag, body, packed, timezone.now())
    return etag, packed


def _answer(request: HttpRequest, language: str, etag: str, body: bytes, zipped: bool) -> HttpResponse:
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if asked and any(e.strip().removeprefix("W/") == etag[2:] for e in asked.split(",")):
        answer = HttpResponse(status=304)
        del answer["Content-Type"]
    else:
        answer = HttpResponse(body)
        answer["Content-Length"] = str(len(body))
        if zipped:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"
    answer["Content-Language"] = language
    answer["X-Frame-Options"] = "DENY"
    answer["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    return answer
