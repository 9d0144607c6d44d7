"""Books to read, to damage and to export."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from shangliang.record import append as door
from shangliang.record import triggers

NOON = datetime(2025, 3, 1, 4, 0, 0, 250, tzinfo=UTC)


class Writer:
    """Writes entries as the acts do: lock, seal, append, in one transaction."""

    def open(self, unit: str, algorithm: str = "sha256", clock: str = "server") -> None:
        with transaction.atomic():
            door.open_book(unit, algorithm, clock)

    def add(
        self,
        unit: str,
        *,
        act: str = "note",
        subject: str = "matter:3F7K29",
        data: Mapping[str, object] | None = None,
        texts: Mapping[str, str] | None = None,
        key: str | None = None,
        entered_at: datetime = NOON,
    ) -> door.Appended:
        key = key or secrets.token_hex(8)
        with transaction.atomic():
            locked = door.lock(unit, key)
            assert locked is not None
            seals = {field: door.seal(locked, "words", text) for field, text in (texts or {}).items()}
            return door.append(
                locked,
                act=act,
                subject=subject,
                happened_on=date(2025, 2, 28),
                entered_at=entered_at,
                entered_by="7Q2M",
                key=key,
                request="ab" * 32,
                body={
                    "data": data or {"present": 23},
                    "sealed": {field: seal.cited for field, seal in seals.items()},
                },
                seals=list(seals.values()),
            )

    def book(self, unit: str = "u1", entries: int = 6, algorithm: str = "sha256") -> list[door.Appended]:
        self.open(unit, algorithm)
        return [self.add(unit, texts={"words": f"路灯坏了，第{n}次反映。"}) for n in range(entries)]


@pytest.fixture
def writer(db: None) -> Writer:
    return Writer()


@pytest.fixture
def lifted(db: None) -> Callable[[], None]:
    """Call it to become the owner of the database: the triggers are gone until the test is rolled back."""

    def lift() -> None:
        connection.check_constraints()  # PostgreSQL drops no trigger while deferred checks are waiting
        triggers.remove(connection)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA defer_foreign_keys = ON")

    return lift


@pytest.fixture
def sql(db: None) -> Callable[..., int]:
    """Run one statement, in a savepoint so that a refused one leaves the test going; the rows it touched."""

    def run(statement: str, *params: object) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
            return int(cursor.rowcount)

    return run


@pytest.fixture
def data_dir(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path
    yield tmp_path
