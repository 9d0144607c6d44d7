"""Books, entries, sealed texts and attachments. Triggers keep them append-only (`triggers.py`)."""

from __future__ import annotations

from django.db import models


class Algorithm(models.TextChoices):
    SHA256 = "sha256", "SHA-256"
    SM3 = "sm3", "SM3"


class Clock(models.TextChoices):
    SERVER = "server"
    SIMULATED = "simulated"


class Book(models.Model):
    """The record book of one unit: how its chain is computed and where it ends."""

    unit = models.CharField(max_length=32, primary_key=True, help_text="internal id of the unit")
    algorithm = models.CharField(max_length=8, choices=Algorithm.choices)
    clock = models.CharField(max_length=12, choices=Clock.choices)
    length = models.BigIntegerField(default=0, help_text="number of entries")
    head = models.CharField(
        max_length=64, default="", blank=True, help_text="digest of the last entry; empty: none"
    )
    # Here too, not only in the entry: on PostgreSQL a statement that waited for this row's lock sees the
    # new row, but an old snapshot of every other table. As the entries write it, which sorts as text.
    last_entered = models.CharField(
        max_length=27, default="", blank=True, help_text="entered_at of the last entry, in UTC"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(length__gte=0), name="record_book_length")]

    def __str__(self) -> str:
        return self.unit


class Entry(models.Model):
    """One act in a book. `text` is what was hashed; the other columns repeat parts of it, for look-ups."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.PROTECT, db_index=False, related_name="entries")
    seq = models.BigIntegerField(help_text="1, 2, 3 … within the book")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=48, help_text="matter:…, meeting:…, unit:…, post:…")
    happened_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=32, help_text="random person id, or public, or system")
    key = models.CharField(max_length=80, help_text="idempotency key")
    request = models.CharField(max_length=64, help_text="digest of the request that carried the key")
    text = models.TextField(help_text="the canonical text that was hashed")
    digest = models.CharField(max_length=64)

    class Meta:
        # Constraints and Meta.indexes rather than unique=True/db_index=True: those would add a second,
        # LIKE-only index to each column on PostgreSQL, and every append would pay for it.
        constraints = [
            models.UniqueConstraint(fields=["book", "seq"], name="record_entry_seq"),
            models.UniqueConstraint(fields=["key"], name="record_entry_key"),
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="record_entry_subject"),
            models.Index(fields=["digest"], name="record_entry_digest"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.book_id}/{self.seq}"


class SealedText(models.Model):
    """A name, a number or words that an entry only commits to; erased, it is a tombstone."""

    id = models.CharField(max_length=24, primary_key=True, help_text="random")
    book = models.CharField(max_length=32)
    kind = models.CharField(max_length=24, help_text="words, name, phone, title, note …")
    salt = models.CharField(max_length=64, blank=True, help_text="32 random bytes in hexadecimal")
    text = models.TextField(blank=True)
    commitment = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=8, choices=Algorithm.choices)
    erased_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.id


class Content(models.Model):
    """An attachment, known by its digest; the bytes lie on disk (`content.py`)."""

    digest = models.CharField(max_length=64, primary_key=True)
    algorithm = models.CharField(max_length=8, choices=Algorithm.choices)
    size = models.BigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100)
    erased_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.digest
