"""Other places of the demonstration, each with its own procedure and a few matters that end differently. Everything goes
through ``perform``, on the demonstration's clock and with a mute outbox; places and people are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module

from django.contrib.auth.hashers import make_password
from django.db import transaction

from shangliang.people.models import Account

PLACES = ("weitang", "xieshang", "liyang", "yizheng", "siyi")
"""One place a procedure; each module has ``build_<name>`` and its ``PEOPLE``."""


def build(today: date, pin: str, progress: Callable[[str], None] | None = None) -> None:
    """All of them beside the county that is there already, with an account for everybody who has a post."""
    secret = make_password(pin)
    for name in PLACES:
        module = import_module(f"shangliang.site.places.{name}")
        with transaction.atomic():
            getattr(module, f"build_{name}")(today)
            persons = dict.fromkeys(person for person, *_ in module.PEOPLE)
            Account.objects.bulk_create(
                Account(login=p.removeprefix("p-"), password=secret, person_id=p) for p in persons
            )
        if progress:
            progress(name)
