"""Whose voice a browser is: a random token that only the browser holds, or the code of a slip. The limits of both are
said on the pages: a token that is cleared, or a second telephone, counts as another voice; a slip that is handed on is a
voice handed on."""

from __future__ import annotations

import secrets
from functools import lru_cache
from itertools import product

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from shangliang.acts.subjects import LETTERS
from shangliang.cases.models_gathering import Gathering
from shangliang.web.public.number import MISREAD, plain

COOKIE = "voice"
OWN = "own"
"""The cookie that remembers the numbers of the statements this browser has added, so that it can show what became of
them. The server keeps no such list."""
LENGTH = 8
KEPT = 120 * 86400
MOST_VOICES = 100
"""New voices from one address in an hour: a whole village hall may share one."""
MOST_ANSWERS = 3000


@lru_cache(maxsize=16)
def codes(gathering: str, slips: int) -> tuple[str, ...]:
    """The codes on the slips of a gathering. They follow from the server's key, so they are kept nowhere."""
    return tuple(_code(gathering, n) for n in range(slips))


def _code(gathering: str, n: int) -> str:
    made = salted_hmac("shangliang.slip", f"{gathering}:{n}", algorithm="sha256").digest()
    return "".join(LETTERS[b % len(LETTERS)] for b in made[:LENGTH])


@lru_cache(maxsize=16)
def _given_out(gathering: str, slips: int) -> frozenset[str]:
    return frozenset(codes(gathering, slips))


def slip_code(gathering: Gathering, typed: str) -> str | None:
    """The code that was meant by what somebody typed, if it is on one of the slips."""
    signs = plain(typed)
    if len(signs) != LENGTH or any(c not in LETTERS and c not in MISREAD for c in signs):
        return None
    given = _given_out(gathering.pk, gathering.slips)
    meant = ("".join(made) for made in product(*(MISREAD.get(c, c) for c in signs)))
    return next((c for c in meant if c in given), None)


def token_of(request: HttpRequest, gathering: Gathering) -> str | None:
    """The token of this browser for this gathering, or None where it has none yet."""
    kept = request.COOKIES.get(COOKIE, "")
    if gathering.voice == "invited":
        return slip_code(gathering, kept)
    return kept if len(kept) == 32 and kept.isalnum() and kept.isascii() else None


def give(answer: HttpResponse, gathering: Gathering, token: str = "") -> HttpResponse:
    """Lays the token into the browser, for the pages of this matter's gathering only."""
    return _remember(answer, gathering, COOKIE, token or secrets.token_hex(16))


def take_back(answer: HttpResponse, gathering: Gathering) -> HttpResponse:
    """Clears the token, so that the next person can use the telephone with another slip."""
    for name in (COOKIE, OWN):
        answer.delete_cookie(name, path=_path(gathering))
    return answer


def own_numbers(request: HttpRequest) -> list[int]:
    """The numbers of the statements this browser has added."""
    return [int(n) for n in request.COOKIES.get(OWN, "").split("-") if n.isascii() and n.isdigit()][:20]


def remember_own(
    answer: HttpResponse, request: HttpRequest, gathering: Gathering, number: int
) -> HttpResponse:
    numbers = [*own_numbers(request), number][-20:]
    return _remember(answer, gathering, OWN, "-".join(map(str, numbers)))


def _remember(answer: HttpResponse, gathering: Gathering, name: str, value: str) -> HttpResponse:
    answer.set_cookie(
        name, value, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        path=_path(gathering),
    )  # fmt: skip
    return answer


def _path(gathering: Gathering) -> str:
    return reverse("gather", args=[gathering.matter_id])
