from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from shangliang.record import triggers


def install(apps: object, schema_editor: Any) -> None:
    triggers.install(schema_editor.connection)


def remove(apps: object, schema_editor: Any) -> None:
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Content",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "algorithm",
                    models.CharField(choices=[("sha256", "SHA-256"), ("sm3", "SM3")], max_length=8),
                ),
                ("size", models.BigIntegerField(help_text="bytes")),
                ("media_type", models.CharField(max_length=100)),
                ("erased_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SealedText",
            fields=[
                (
                    "id",
                    models.CharField(help_text="random", max_length=24, primary_key=True, serialize=False),
                ),
                ("book", models.CharField(max_length=32)),
                ("kind", models.CharField(help_text="words, name, phone, title, note …", max_length=24)),
                (
                    "salt",
                    models.CharField(blank=True, help_text="32 random bytes in hexadecimal", max_length=64),
                ),
                ("text", models.TextField(blank=True)),
                ("commitment", models.CharField(max_length=64)),
                (
                    "algorithm",
                    models.CharField(choices=[("sha256", "SHA-256"), ("sm3", "SM3")], max_length=8),
                ),
                ("erased_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Book",
            fields=[
                (
                    "unit",
                    models.CharField(
                        help_text="internal id of the unit", max_length=32, primary_key=True, serialize=False
                    ),
                ),
                (
                    "algorithm",
                    models.CharField(choices=[("sha256", "SHA-256"), ("sm3", "SM3")], max_length=8),
                ),
                (
                    "clock",
                    models.CharField(
                        choices=[("server", "Server"), ("simulated", "Simulated")], max_length=12
                    ),
                ),
                ("length", models.BigIntegerField(default=0, help_text="number of entries")),
                (
                    "head",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="digest of the last entry; empty: none",
                        max_length=64,
                    ),
                ),
                (
                    "last_entered",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="entered_at of the last entry, in UTC",
                        max_length=27,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("length__gte", 0)), name="record_book_length")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(help_text="1, 2, 3 … within the book")),
                ("act", models.CharField(max_length=40)),
                ("subject", models.CharField(help_text="matter:…, meeting:…, unit:…, post:…", max_length=48)),
                ("happened_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.CharField(help_text="random person id, or public, or system", max_length=32),
                ),
                ("key", models.CharField(help_text="idempotency key", max_length=80)),
                (
                    "request",
                    models.CharField(help_text="digest of the request that carried the key", max_length=64),
                ),
                ("text", models.TextField(help_text="the canonical text that was hashed")),
                ("digest", models.CharField(max_length=64)),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="record.book",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [
                    models.Index(fields=["subject", "id"], name="record_entry_subject"),
                    models.Index(fields=["digest"], name="record_entry_digest"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("book", "seq"), name="record_entry_seq"),
                    models.UniqueConstraint(fields=("key",), name="record_entry_key"),
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
