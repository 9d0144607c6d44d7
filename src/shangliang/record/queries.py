"""Reading the record."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet

from .models import Book, Entry


class Head(NamedTuple):
    """Where a book ended at some time: its length and the digest of its last entry."""

    book: str
    length: int
    head: str


def entries_of(subject: str) -> QuerySet[Entry]:
    """The entries on one subject ("matter:…"), oldest first: a subject lives in one book, ids grow in it."""
    return Entry.objects.filter(subject=subject).order_by("id")


def entry_by_digest(digest: str) -> Entry | None:
    """The entry whose digest is printed on a paper."""
    return Entry.objects.filter(digest=digest).first()


def book_head(unit: str) -> Head | None:
    """Where the book of `unit` ends now; None if it has none."""
    row = Book.objects.filter(unit=unit).values_list("unit", "length", "head").first()
    return None if row is None else Head(*row)
