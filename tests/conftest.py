"""The database of the run: SQLite unless ``SHANGLIANG_DATABASE`` says otherwise. With ``postgres-embedded``
the settings start the server, one for all workers."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from shangliang.record import triggers
from shangliang.site import messages


def pytest_configure(config: pytest.Config) -> None:
    messages.refresh()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
    testrun_uid: str,
    worker_id: str,
) -> None:
    """A database of its own for each run and worker, so that runs side by side do not meet."""
    database = connections["default"].settings_dict
    name = f"test_{testrun_uid[:12]}_{worker_id}"
    if connections["default"].vendor == "sqlite":
        # A file, not memory: a live server reads in other threads, and WAL is what we run on.
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / f"{name}.sqlite3")
        pragmas = database["OPTIONS"]["init_command"]
        database["OPTIONS"]["init_command"] = pragmas.replace("synchronous=FULL", "synchronous=OFF")
    else:
        database["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """A test that commits is cleaned up by emptying all tables, which the record's triggers forbid: they are
    lifted for that moment."""
    connection = connections["default"]
    flush = connection.ops.execute_sql_flush

    def lift_and_flush(statements: list[str]) -> Any:
        with transaction.atomic():
            triggers.remove(connection)
            flush(statements)
            triggers.install(connection)

    connection.ops.execute_sql_flush = lift_and_flush
    yield
    connection.ops.execute_sql_flush = flush


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for a PostgreSQL of the test's own. Its user may enter it; those of pytest he may not always, because every
    pytest that starts closes their common parent again."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)
