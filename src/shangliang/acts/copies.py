"""Keeping rendered public pages. ``perform`` throws away the copies of the unit whose book it writes into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shangliang.cases.models import Copy
from shangliang.record.models import Book
from shangliang.units.models import Unit
from shangliang.units.queries import ancestor_paths, below


def ends(unit: str) -> dict[str, str]:
    """Unit → where its book ends, for a place and every place above it: a page rendered from now on is true as long as all of
    these stay. Those above count because a rulebook adopted there is told of on every page below. Empty for no such place."""
    path = Unit.objects.filter(pk=unit).values_list("path", flat=True).first() or ""
    along = Unit.objects.filter(path__in=ancestor_paths(path))
    return dict(Book.objects.filter(unit__in=along.values("pk")).values_list("unit", "head"))


def keep(
    key: str, scope: str, read: Mapping[str, str], etag: str, body: bytes, packed: bytes, at: datetime
) -> bool:
    """Keeps a page of a unit that was rendered after the books ended as in ``read`` (see ``ends``); False when one of them has
    moved on since, so that an act between reading and keeping never leaves an old page behind. Keys begin with the day: the
    copies of earlier days say untrue things about days left.

    An act holds its book until it is committed, and throws the copies away before. Keeping therefore holds the books as well,
    but never waits for one: whoever reads while a book is being written to gets the page, and the next reader keeps it."""
    with transaction.atomic():
        held = Book.objects.select_for_update(skip_locked=True).filter(unit__in=read).order_by("unit")
        if scope not in read or dict(held.values_list("unit", "head")) != dict(read):
            return False
        # Copies of earlier days go with the one that stands in this one's place; the book's lock keeps others out.
        Copy.objects.filter(Q(key=key) | Q(scope=scope, key__lt=key[:10])).delete()
        Copy.objects.create(key=key, scope=scope, etag=etag, body=body, packed=packed, made_at=at)
    return True


def forget_below(unit: Unit) -> None:
    """Throws away the pages of every unit below: the rulebook they tell of is another from now on."""
    Copy.objects.filter(scope__in=below(unit).values("pk")).delete()
