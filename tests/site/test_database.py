"""The database is set up as we run it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from shangliang.record import triggers
from shangliang.record.models import Book
from shangliang.site.environment import postgres_settings


@pytest.mark.django_db(transaction=True)
def test_sqlite_is_durable_and_locks_on_begin() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with transaction.atomic(), connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert Path(connection.settings_dict["NAME"]).is_file()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_is_cleaned_up_and_the_record_stays_closed(time: str) -> None:
    assert not Book.objects.exists()
    Book.objects.create(unit="u1", algorithm="sha256")
    assert not triggers.missing(connection)
    with pytest.raises(DatabaseError, match="never deleted"):
        Book.objects.all().delete()


@pytest.mark.django_db
def test_every_migration_is_made() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_postgres_address_is_read() -> None:
    found = postgres_settings("postgres://li:p%40ss@db.example:5433/county?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("li", "p@ss", "db.example")
    assert (found["PORT"], found["NAME"], found["OPTIONS"]) == (
        "5433",
        "county",
        {"sslmode": "require", "prepare_threshold": 5},
    )


def test_a_pooler_can_have_plans_left_out() -> None:
    found = postgres_settings("postgres://li@db.example/county?prepare_threshold=none")
    assert found["OPTIONS"] == {"prepare_threshold": None}


def test_a_postgres_socket_is_read() -> None:
    assert postgres_settings("postgresql://postgres:@/postgres?host=/run/pg")["HOST"] == "/run/pg"
