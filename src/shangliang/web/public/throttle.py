"""A limit on what one address may send in an hour, instead of a captcha. Addresses are counted under a salted digest that
changes every hour, in memory only; each process counts for itself."""

from __future__ import annotations

import time
from ipaddress import ip_address

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
MOST = 20
"""Opinions, objections and the like from one address in an hour. A whole village may share one address."""
MOST_TAPS = 100
"""“Me too” is one tap, and a full room may tap at the same meeting."""


def too_many(request: HttpRequest, kind: str = "words", most: int = MOST) -> bool:
    """Counts one attempt and says whether it is one too many."""
    hour = int(time.time() // HOUR)
    mark = salted_hmac(
        "shangliang.throttle", f"{kind}|{hour}|{address(request)}", algorithm="sha256"
    ).hexdigest()
    cache.add(mark, 0, HOUR)
    try:
        return int(cache.incr(mark)) > most
    except ValueError:  # thrown out of memory between the two lines
        return False


def address(request: HttpRequest) -> str:
    """The reader's address. A forwarded one counts only from a proxy on this machine or in this house, and of the
    forwarded ones the last, which that proxy wrote itself."""
    direct = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        inside = ip_address(direct).is_private
    except ValueError:
        inside = True  # a socket file: there is no address, so there is a proxy
    return forwarded if inside and forwarded else direct
