"""Every address says who may enter."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver


def patterns(found: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for each in found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield before + str(each.pattern), each.callback


ROUTES = dict(patterns(get_resolver().url_patterns))


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_a_route_says_who_may_enter(route: str) -> None:
    who = getattr(ROUTES[route], "who", "")
    assert who in ("anyone", "demo") or who.partition(":")[0] == "staff"


@pytest.mark.parametrize(
    "route", sorted(r for r in ROUTES if r.startswith(("u/", "m/", "slip/", "find", "check", "privacy")))
)
def test_public_routes_are_open(route: str) -> None:
    assert ROUTES[route].who == "anyone"


@pytest.mark.parametrize("route", sorted(r for r in ROUTES if r.startswith("desk/")))
def test_the_desk_is_for_staff(route: str) -> None:
    assert ROUTES[route].who.startswith("staff")
