"""A full disk and a busy database: a clear sentence, nothing written, and work goes on afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from tests.robust import village

from shangliang.acts.perform import perform
from shangliang.errors import Conflict, Full


@pytest.fixture
def matter(transactional_db: None) -> str:
    village.build(("v0",))
    return village.open_matter("v0")


def pragma(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return int(cursor.fetchone()[0])


def test_a_full_disk_says_so_writes_nothing_and_is_over_when_there_is_room(matter: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: there a page limit stands for the disk")
    before = village.digests()
    pragma(f"max_page_count = {pragma('page_count')}")
    try:
        # What fits into half-filled pages is still recorded, and then it is full.
        with pytest.raises(Full) as caught:
            for n in range(500):
                before |= {
                    d.digest
                    for d in perform(village.intake("v0", "字" * 4000), village.keep_paper("v0", matter, n))
                }
        assert (caught.value.zh, caught.value.en) == (
            "磁盘满了，这次没有记下来，请联系管理员", "The disk is full; nothing was recorded",
        )  # fmt: skip
        assert village.digests() == before
        village.check_whole()
    finally:
        pragma("max_page_count = 1073741823")
    perform(village.intake("v0", "字" * 4000))
    village.check_whole()


@pytest.fixture
def somebody_else(matter: str) -> Iterator[Any]:
    """Another program in the middle of a transaction that holds the village's book."""
    if connection.vendor == "sqlite":
        db: Any = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
    else:
        db = connection.get_new_connection(connection.get_connection_params())
        db.autocommit = False
        db.execute("SELECT 1 FROM record_book WHERE unit = 'v0' FOR UPDATE")
    yield db
    db.rollback()
    db.close()


def wait_at_most(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
        else:
            cursor.execute(f"SET lock_timeout = '{milliseconds}ms'" if milliseconds else "RESET lock_timeout")


def test_a_busy_database_asks_to_try_again(matter: str, somebody_else: Any) -> None:
    before = village.digests()
    wait_at_most(50)
    try:
        with pytest.raises(Conflict) as caught:
            perform(village.put_forward("v0", matter))
        assert "请再试一次" in caught.value.zh and "try again" in caught.value.en
        assert village.digests() == before
        somebody_else.rollback()
        perform(village.put_forward("v0", matter))
    finally:
        wait_at_most(30_000 if connection.vendor == "sqlite" else 0)
    village.check_whole()


def test_a_lost_connection_asks_to_look_first(matter: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.get_new_connection(connection.get_connection_params())
    other.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    act = village.put_forward("v0", matter, key="k")
    with pytest.raises(Conflict) as caught:
        perform(act)
    assert "连接断了" in caught.value.zh and "lost" in caught.value.en
    assert not perform(act)[0].repeated  # the next try finds a new connection
    village.check_whole()
