"""Heads for the daily `anchor` act: one book vouches for the length and digest of others.

An anchor entry has act "anchor" and data {"heads": [{"book", "length", "head"}, …]}.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from .models import Book, Entry
from .queries import Head

ACT = "anchor"


def changed_heads(units: Iterable[str], parent: str) -> list[Head]:
    """The books of `units` whose head is not the one last anchored in the book of `parent`, by unit.

    Empty books have no head and are left out.
    """
    now = {
        unit: Head(unit, length, head)
        for unit, length, head in Book.objects.filter(unit__in=list(units), length__gt=0).values_list(
            "unit", "length", "head"
        )
    }
    changed = dict(now)
    waiting = set(now)
    for anchored in _anchored(parent):
        if not waiting:
            break
        if anchored.book in waiting:
            waiting.discard(anchored.book)
            if now[anchored.book] == anchored:
                del changed[anchored.book]
    return [changed[unit] for unit in sorted(changed)]


def _anchored(parent: str) -> Iterator[Head]:
    """Every head anchored in a book, the latest first."""
    texts = Entry.objects.filter(book=parent, act=ACT).order_by("-seq").values_list("text", flat=True)
    for text in texts.iterator(chunk_size=50):
        for each in json.loads(text)["data"]["heads"]:
            yield Head(each["book"], each["length"], each["head"])
