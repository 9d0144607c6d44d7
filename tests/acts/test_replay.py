"""The entries make the rows: replaying the demonstration gives what is there, and whatever was changed by hand is named."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from tests.settled import settled

from shangliang.acts.replay import ROWS, Difference, replay
from shangliang.cases.models import Matter, Opinion, Publication, Task
from shangliang.record.models import Book, Entry
from shangliang.record.verify import verify_all
from shangliang.site import demo, stories

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def shown(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The demonstration, built once for this file and taken back at its end."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        settled(("demonstration", TODAY), lambda: demo.build(TODAY))
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def tampered(shown: None, db: None) -> Any:
    """Does one statement behind the acts' back, and says what replay finds."""

    def do(statement: str, *values: Any) -> list[Difference]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount == 1
        return replay()[1]

    return do


def found(differences: list[Difference]) -> list[tuple[str, str, str]]:
    return [(d.model, d.pk, d.what) for d in differences]


def quoted(model: Any) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))


def matter_of(stage: str) -> Matter:
    return Matter.objects.filter(stage=stage).order_by("unit_id", "opened_on")[0]


def test_replay_makes_the_rows_that_are_there(shown: None, db: None) -> None:
    count, differences = replay()
    assert (count, differences) == (Entry.objects.count(), [])
    assert count > 150


def test_every_book_of_the_demonstration_verifies_and_says_that_its_time_is_simulated(
    shown: None, db: None
) -> None:
    assert not [p for report in verify_all() for p in report.problems]
    assert set(Book.objects.values_list("clock", flat=True)) == {"simulated"}
    for first in Entry.objects.filter(seq=1):
        assert json.loads(first.text)["clock"] == "simulated"


def test_replay_leaves_everything_as_it_was(shown: None, db: None) -> None:
    from tests.acts.traces import traces

    before = traces()
    replay()
    assert traces() == before


def test_an_edited_row_is_found_and_its_field_is_named(tampered: Any) -> None:
    matter = Matter.objects.get(result="solved")
    differences = tampered(f"UPDATE {quoted(Matter)} SET result = 'unsolved' WHERE id = %s", matter.pk)
    assert found(differences) == [("Matter", matter.pk, "result")]
    assert "result" in differences[0].zh and "result" in differences[0].en


def test_a_day_moved_on_the_board_is_found(tampered: Any) -> None:
    row = Publication.objects.exclude(board_on=None).order_by("pk")[0]
    earlier = row.board_on - timedelta(days=9)
    differences = tampered(f"UPDATE {quoted(Publication)} SET board_on = %s WHERE id = %s", earlier, row.pk)
    assert found(differences) == [("Publication", row.pk, "board_on")]


def test_a_missing_row_is_found(tampered: Any) -> None:
    task = Task.objects.filter(progress=None).order_by("pk")[0]
    differences = tampered(f"DELETE FROM {quoted(Task)} WHERE id = %s", task.pk)
    assert found(differences) == [("Task", task.pk, "missing")]


def test_an_extra_row_is_found(tampered: Any) -> None:
    names = ", ".join(
        connection.ops.quote_name(f.column) for f in Opinion._meta.concrete_fields if not f.primary_key
    )
    some = Opinion.objects.order_by("pk")[0]
    table = quoted(Opinion)
    statement = f"INSERT INTO {table} (id, {names}) SELECT 'liuhe.9999.0', {names} FROM {table} WHERE id = %s"
    assert found(tampered(statement, some.pk)) == [("Opinion", "liuhe.9999.0", "extra")]


def test_several_changes_are_all_found(shown: None, db: None) -> None:
    one, other = Matter.objects.order_by("pk")[:2]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(Matter)} SET shown = NOT shown, urgent = NOT urgent WHERE id = %s", [one.pk]
        )
        cursor.execute(f"UPDATE {quoted(Matter)} SET marks = 'decided' WHERE id = %s", [other.pk])
    assert found(replay()[1]) == [("Matter", one.pk, "shown, urgent"), ("Matter", other.pk, "marks")]


def test_the_same_day_tells_the_same_story_twice(shown: None, db: None) -> None:
    """Numbers, salts and keys are drawn anew; what happened, when and where everything stands is the same."""
    first = story()
    with transaction.atomic():
        empty()
        demo.build(TODAY)
        assert story() == first
        assert replay()[1] == []
        transaction.set_rollback(True)


def story() -> tuple[Any, ...]:
    entries = Entry.objects.order_by("id").values_list(
        "book_id", "seq", "act", "happened_on", "entered_at", "entered_by"
    )
    matters = Matter.objects.order_by("unit_id", "opened_on", "stage").values_list(
        "unit_id", "stage", "marks", "last_on"
    )
    return list(entries), list(matters), {m.__name__: m._default_manager.count() for m in ROWS}


def empty() -> None:
    """Takes the demonstration away, the record too: its triggers are lifted for that moment."""
    from shangliang.acts.replay import clear
    from shangliang.people.models import Account
    from shangliang.record import triggers
    from shangliang.record.models import SealedText

    connection.check_constraints()
    triggers.remove(connection)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
    Account.objects.all().delete()
    clear()
    for model in (Entry, Book, SealedText):
        model._default_manager.all()._raw_delete(connection.alias)


STANDS = {
    stories.lamps: [("D-1", "s2"), ("@merged", None)],
    stories.counter: [("D-2", None)],
    stories.boundary: [("@refused", None)],
    stories.lane: [("D-3D", None)],
    stories.waste: [("D-3", None)],
    stories.taps: [("D-4", None)],
    stories.fitness: [("D-5", None)],
    stories.bus: [("D-6", None)],
    stories.levee: [("D-7", "p3 k2")],
    stories.canteen: [("D-8", None)],
    stories.road: [("@completed", None)],
    stories.forest: [("D-6M", "m1")],
    stories.bridge: [("D-6E", None)],
}
"""Where the story's own words say that its matter stands: the stage, and those of the flows beside it."""


def test_the_stories_of_the_demonstration_stand_where_their_words_say(shown: None, db: None) -> None:
    assert set(STANDS) == set(stories.STORIES)
    expected = Counter(place for places in STANDS.values() for place in places)
    there = Counter()
    for matter in Matter.objects.all():
        beside = [v for k, v in sorted(json.loads(matter.position)["stages"].items()) if k]
        there[matter.stage, " ".join(beside) or None] += 1
    assert there == expected


def test_what_else_their_words_say(shown: None, db: None) -> None:
    lane, levee, canteen, road = (matter_of(s) for s in ("D-3D", "D-7", "D-8", "@completed"))
    assert sorted(lane.parties.values_list("agreed", flat=True), key=str) == [None, True]
    assert list(levee.objections.values_list("state", flat=True)) == ["answered"]
    assert set(canteen.marks.split(",")) >= {"consulted", "published", "implemented"}
    late = Entry.objects.get(act="conclude", subject=f"matter:{canteen.pk}")
    assert (late.entered_at.date() - late.happened_on).days == 4
    assert set(road.marks.split(",")) == {"consulted", "published", "implemented", "replied"}
    assert matter_of("D-6").rounds.get().meeting.held_on > TODAY
    assert matter_of("D-1").opinions.count() == 2


def test_the_road_was_corrected_once_and_the_canteen_passed_a_gate_on_paper(shown: None, db: None) -> None:
    """Their docstrings say so."""
    road = matter_of("@completed")
    acts = Counter(Entry.objects.filter(subject=f"matter:{road.pk}").values_list("act", flat=True))
    assert acts["correct"] == 1
    assert matter_of("D-8").overrides.exclude(used_by="").count() == 1
