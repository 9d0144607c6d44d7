"""Keeping rendered public pages. ``perform`` throws away the copies of the unit whose book it writes into."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shangliang.cases.models import Copy
from shangliang.record.models import Book


def keep(key: str, scope: str, head: str, etag: str, body: bytes, packed: bytes, at: datetime) -> bool:
    """Keeps a page of a unit that was rendered while its book ended with ``head``; False when the book has moved on since,
    so that an act between reading and keeping never leaves an old page behind. Copies of earlier days go."""
    with transaction.atomic():
        now = Book.objects.select_for_update().filter(unit=scope).values_list("head", flat=True).first()
        if now != head:
            return False
        forget_before(scope, key[:10])
        Copy.objects.update_or_create(
            key=key, defaults={"scope": scope, "etag": etag, "body": body, "packed": packed, "made_at": at}
        )
    return True


def forget_before(scope: str, day: str) -> None:
    """Throws away the copies of earlier days: their sentences about days left are no longer true. Keys begin with the
    day."""
    Copy.objects.filter(scope=scope, key__lt=day).delete()
