"""Messages waiting to be carried. Not replayed: what was said to whom is an entry, carrying it is post."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """One message to a role in a unit. It says what happened to which matter and holds nothing personal; the reader
    opens the matter to see more."""

    unit = models.CharField(max_length=32)
    role = models.CharField(max_length=32)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=48)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("state", "due_at")), models.Index(fields=("unit", "role", "state")))
