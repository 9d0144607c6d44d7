"""The plain statements of an act do what the ORM would do, and nothing is hidden from whoever watches the database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.acts.world import World

from shangliang.acts import rows
from shangliang.acts.making import Maker
from shangliang.cases.models import Matter, Meeting, Quiet, Task
from shangliang.people.models import Post
from shangliang.record.direct import Whole, run
from shangliang.units.models import Unit

MODELS: tuple[tuple[Any, str], ...] = ((Matter, "unit"), (Post, "unit"), (Post, "person"), (Unit, ""))


def fields(row: Any) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


@pytest.fixture
def matter(world: World) -> str:
    return world.opened().put_forward().screened().row.pk


@pytest.mark.parametrize(("model", "join"), MODELS)
def test_rows_are_read_as_the_orm_reads_them(matter: str, model: Any, join: str) -> None:
    found = {row.pk: row for row in rows.read(model, "TRUE", [], join=join)}
    asked = model.objects.select_related(join) if join else model.objects.all()
    assert found
    for row in asked:
        assert fields(found[row.pk]) == fields(row)
        assert found[row.pk] == row
        if join:
            with CaptureQueriesContext(connection) as asked_again:
                assert fields(getattr(found[row.pk], join)) == fields(getattr(row, join))
            assert not asked_again


def test_what_was_left_out_is_looked_up_when_it_is_asked_for(matter: str) -> None:
    (row,) = rows.read(
        Matter, "t.id = %s", [matter], without=("changed_at",), join="unit", along=("id", "kind")
    )
    with CaptureQueriesContext(connection) as asked:
        assert row.unit.kind == "village"
    assert not asked
    whole = Matter.objects.select_related("unit").get(pk=matter)
    assert (row.changed_at, row.unit.name) == (whole.changed_at, whole.unit.name)


def test_a_row_that_was_read_can_be_saved(matter: str) -> None:
    (row,) = rows.read(Matter, "t.id = %s", [matter])
    row.department = "镇水利站"
    row.save()
    assert Matter.objects.get(pk=matter).department == "镇水利站"


def test_a_model_that_makes_itself_is_left_alone() -> None:
    class Proud:
        def __init__(self) -> None: ...

    with pytest.raises(TypeError, match="Proud"):
        Maker(Proud, [], 0)


def test_a_new_row_gets_its_defaults(matter: str) -> None:
    rows.insert(Task, id="t.1", matter_id=matter, number=1, owner="村委会", due=date(2025, 3, 1))
    Task.objects.create(id="t.2", matter_id=matter, number=1, owner="村委会", due=date(2025, 3, 1))
    one, other = (fields(Task.objects.get(pk=pk)) for pk in ("t.1", "t.2"))
    assert one | {"id": ""} == other | {"id": ""}


def test_days_may_be_written_as_text_or_as_days(matter: str) -> None:
    rows.insert_many(
        Task,
        (
            {"id": f"t.{n}", "matter_id": matter, "number": n, "owner": "村委会", "due": due}
            for n, due in enumerate((date(2025, 3, 1), "2025-03-01", None))
        ),
    )
    assert list(Task.objects.order_by("number").values_list("due", flat=True)) == [
        date(2025, 3, 1),
        date(2025, 3, 1),
        None,
    ]


def test_a_change_changes_one_row(matter: str) -> None:
    before = fields(Matter.objects.get(pk=matter))
    rows.change(Matter, matter, needs_meeting=True, touches="fees", last_on=date(2030, 1, 2))
    rows.change(Matter, matter)
    after = {"needs_meeting": True, "touches": "fees", "last_on": date(2030, 1, 2)}
    assert fields(Matter.objects.get(pk=matter)) == before | after


def test_who_watches_sees_every_statement(matter: str) -> None:
    with CaptureQueriesContext(connection) as counted:
        rows.read(Matter, "t.id = %s", [matter])
    seen: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        rows.read(Matter, "t.id = %s", [matter])
    assert (len(counted), len(seen)) == (1, 1)


def test_errors_are_the_frameworks(matter: str) -> None:
    new = {"id": "t.1", "matter_id": matter, "number": 1, "owner": "村委会"}
    rows.insert(Task, **new)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Task, **new)
    assert Task.objects.count() == 1


def test_a_transaction_that_must_be_rolled_back_takes_no_more(matter: str) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            run("SELECT 1")
        transaction.set_rollback(False)


def test_a_percent_sign_is_one(world: World) -> None:
    assert run("SELECT 7 %% 4, %s", ["100%s"]).fetchone() == (3, "100%s")


@pytest.mark.parametrize("model", [Meeting, Quiet])
def test_nothing_there_is_an_empty_list(world: World, model: Any) -> None:
    assert rows.read(model, "t.id = %s", ["nowhere"], join="unit") == []
    assert rows.values(model, ("id", "unit.name"), "t.id = %s", ["nowhere"]) == []


@pytest.mark.django_db(transaction=True)
class TestWhole:
    """A transaction of an act is one of the framework's."""

    def test_it_is_kept_and_the_connection_is_as_before(self) -> None:
        heard: list[str] = []
        with Whole():
            run("CREATE TABLE slips (n integer)")
            run("INSERT INTO slips VALUES (1)")
            transaction.on_commit(lambda: heard.append("kept"))
            assert connection.in_atomic_block and not heard
        assert heard == ["kept"]
        assert connection.get_autocommit() and not connection.in_atomic_block and not connection.atomic_blocks
        connection.close()
        assert run("SELECT count(*) FROM slips").fetchone() == (1,)
        run("DROP TABLE slips")

    def test_nothing_is_left_of_one_that_failed(self) -> None:
        heard: list[str] = []
        with pytest.raises(ZeroDivisionError), Whole():
            run("CREATE TABLE slips (n integer)")
            transaction.on_commit(lambda: heard.append("kept"))
            raise ZeroDivisionError
        assert "slips" not in connection.introspection.table_names()
        assert not heard and connection.get_autocommit() and not connection.atomic_blocks

    def test_inside_another_it_is_a_part_of_it(self) -> None:
        with Whole():
            run("CREATE TABLE slips (n integer)")
            with pytest.raises(ZeroDivisionError), Whole():
                run("INSERT INTO slips VALUES (1)")
                raise ZeroDivisionError
            with transaction.atomic():
                run("INSERT INTO slips VALUES (2)")
            assert run("SELECT n FROM slips").fetchall() == [(2,)]
            transaction.set_rollback(True)
        assert "slips" not in connection.introspection.table_names()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL only: SQLite's connection does not break"
)
def test_a_connection_that_broke_between_two_requests_is_made_anew() -> None:
    connection.ensure_connection()
    connection.connection.close()
    connection.health_check_enabled, connection.health_check_done = (
        True,
        False,
    )  # as at the start of a request
    assert run("SELECT 1").fetchone() == (1,)
