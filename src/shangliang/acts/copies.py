"""Keeping rendered public pages. ``perform`` throws away the copies of the unit whose book it writes into."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shangliang.cases.models import Copy
from shangliang.record.models import Book
from shangliang.units.models import Unit
from shangliang.units.queries import below


def keep(key: str, scope: str, head: str, etag: str, body: bytes, packed: bytes, at: datetime) -> bool:
    """Keeps a page of a unit that was rendered while its book ended with ``head``; False when the book has moved on since,
    so that an act between reading and keeping never leaves an old page behind. Keys begin with the day: the copies of
    earlier days say untrue things about days left."""
    with transaction.atomic():
        now = Book.objects.select_for_update().filter(unit=scope).values_list("head", flat=True).first()
        if now != head:
            return False
        # Copies of earlier days go with the one that stands in this one's place; the book's lock keeps others out.
        Copy.objects.filter(Q(key=key) | Q(scope=scope, key__lt=key[:10])).delete()
        Copy.objects.create(key=key, scope=scope, etag=etag, body=body, packed=packed, made_at=at)
    return True


def forget_below(unit: Unit) -> None:
    """Throws away the pages of every unit below: the rulebook they tell of is another from now on."""
    Copy.objects.filter(scope__in=below(unit).values("pk")).delete()
