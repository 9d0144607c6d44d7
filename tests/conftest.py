"""The database of the run: SQLite unless ``SHANGLIANG_DATABASE`` says otherwise. With ``postgres-embedded``
the settings start the server, one for all workers."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from tests import spread

from shangliang.record import triggers
from shangliang.site import messages


def pytest_configure(config: pytest.Config) -> None:
    messages.refresh()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: spread.place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Instead of single tests, wherever they fall."""
    return spread.scheduler(config, log) if config.getvalue("dist") == "load" else None


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
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A test that commits is cleaned up by emptying all tables, which the record's triggers forbid: they are
    lifted for that moment."""
    connection = connections["default"]
    if os.environ.get("SHANGLIANG_DATABASE") == "postgres-embedded":
        with django_db_blocker.unblock():
            _carelessly(connection)
    flush = connection.ops.execute_sql_flush

    def lift_and_flush(statements: list[str]) -> Any:
        with transaction.atomic():
            triggers.remove(connection)
            flush(statements)
            triggers.install(connection)

    connection.ops.execute_sql_flush = lift_and_flush
    yield
    connection.ops.execute_sql_flush = flush


def _carelessly(connection: Any) -> None:
    """No test asks what is left when the machine loses its power: the tests' own server need not wait for the disk."""
    with connection.cursor() as cursor:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        cursor.execute("SELECT pg_reload_conf()")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for a PostgreSQL of the test's own. Its user may enter it; those of pytest he may not always, because every
    pytest that starts closes their common parent again."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)
