"""Erasing sealed texts and attachments (个人信息保护法 §47). The caller records the act that orders it.

What remains is a tombstone: the commitment in the entry, the row without text and salt, and the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db import transaction

from . import content
from .models import Content, SealedText


def erase_text(ids: Iterable[str], on: date) -> int:
    """Remove text and salt of these sealed texts; the number erased now. Erased ones keep their day."""
    return SealedText.objects.filter(id__in=list(ids), erased_on=None).update(text="", salt="", erased_on=on)


def erase_content(digests: Iterable[str], on: date) -> int:
    """Mark these attachments erased and, once the transaction commits, delete their files; the number now.

    A power cut between the two leaves a file without right to be there: `content.sweep` removes it.
    """
    with transaction.atomic():
        gone = list(
            Content.objects.filter(digest__in=list(digests), erased_on=None).values_list("digest", flat=True)
        )
        Content.objects.filter(digest__in=gone).update(erased_on=on)
        for each in gone:
            transaction.on_commit(partial(content.path(each).unlink, missing_ok=True))
    return len(gone)
