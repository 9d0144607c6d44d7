"""The two kinds of field that every row of the present state has."""

from __future__ import annotations

from typing import Any

from django.db import models

from shangliang.record.models import SealedText


def RowId() -> Any:
    return models.CharField(max_length=48, primary_key=True)


def Sealed() -> Any:
    """A pointer to a text that can be erased without breaking the record. Nobody asks for a row by its text, and no text is
    ever deleted: an index would only make every act dearer."""
    return models.ForeignKey(SealedText, models.PROTECT, null=True, related_name="+", db_index=False)
