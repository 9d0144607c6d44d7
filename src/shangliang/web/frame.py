"""The frame around every page: the place you are in, who you are, where you can go."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from shangliang.acts.act import today
from shangliang.procedure.say import Say
from shangliang.units.models import Unit
from shangliang.web.actor import Actor

BRAND = Say("有事好商量", "Talk it over")
LARGE = "large"


def page(request: HttpRequest, template: str, place: Unit | None = None, **context: Any) -> HttpResponse:
    """Renders a public page. ``place`` is the unit the reader is in."""
    status = context.pop("status", 200)
    return render(request, template, _filled(frame(request, place), context), status=status)


def desk(request: HttpRequest, template: str, place: Unit | None = None, **context: Any) -> HttpResponse:
    """Renders a page of the desk."""
    actor: Actor = request.actor
    status = context.pop("status", 200)
    around = frame(request, place or actor.unit) | {
        "nav": _nav(request, actor),
        "who": {"name": actor.name, "post": actor.title},
        "actor": actor,
        "said": request.session.pop("said", None),
    }
    return render(request, template, _filled(around, context), status=status)


OWN = frozenset(("brand", "large", "wall", "demo", "nav", "who", "actor", "said"))
"""What the frame says of itself: a page that named something of its own like this would change the frame unawares."""


def _filled(around: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    if clash := sorted(OWN & around.keys() & context.keys()):
        raise TypeError(f"these names are the frame's own: {', '.join(clash)}")
    return around | context


def frame(request: HttpRequest, place: Unit | None) -> dict[str, Any]:
    return {
        "brand": BRAND,
        "place": place.name if place else BRAND,
        "place_url": reverse("board", args=[place.id]) if place else "/",
        "unit": place,
        "large": request.COOKIES.get(LARGE) == "1",
        "wall": "wall" in request.GET,
        "today": today(),
        "demo": settings.DEMO,
    }


def say_next(request: HttpRequest, title: str, then: str = "") -> None:
    """What the next page of the desk says first: that it worked, and what happens now."""
    request.session["said"] = {"title": title, "then": then}


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """The page to go back to, if it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else fallback


@cache
def _address(name: str) -> str:
    return reverse(name)


def _nav(request: HttpRequest, actor: Actor) -> list[tuple[str, str, bool]]:
    items: list[tuple[str, str]] = [(_address("today"), _("Today"))]
    if actor.holds("department_head", "department_clerk") and not actor.holds("clerk"):
        items.append((_address("letters"), _("Letters and tasks")))
    else:
        items.append((_address("matters"), _("Matters")))
        items.append((_address("meetings"), _("Meetings")))
    if actor.enters_words:
        items.append((_address("speak"), _("Enter for somebody")))
        items.append((_address("replies"), _("To be told")))
    if actor.unit.level in ("town", "county") and actor.unit.kind != "bureau":
        items.append((_address("villages"), _("Villages")))
    if any(p.unit.level != "village" and p.unit.kind != "bureau" for p in actor.posts):
        items.append((_address("progress"), _("Progress of the work")))
    if actor.holds("supervision_head", "supervision_member"):
        items.append((_address("supervision"), _("Supervision")))
    if actor.holds("archivist"):
        items.append((_address("archive"), _("Archive")))
    items.append((reverse("board", args=[actor.unit.id]), _("Public board")))
    return [(url, label, request.path == url) for url, label in items]
