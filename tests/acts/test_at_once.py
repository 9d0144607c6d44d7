"""Many units founded in one call: the same record and the same rows as one after the other, and the same refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.acts.traces import Traces, traces
from tests.acts.world import FOUNDED, World

from shangliang.acts.act import SYSTEM, Act, Done
from shangliang.acts.perform import perform
from shangliang.acts.replay import replay
from shangliang.errors import Conflict, Malformed, NotFound, Refused, ShangliangError
from shangliang.record.models import Book, Entry
from shangliang.record.verify import verify_all
from shangliang.units.models import Unit


def new(ident: str | None, parent: str | None = "hekou", **more: Any) -> Act:
    """A unit to be founded by the operator; its key is made of its id."""
    key = more.pop("key", f"key-{ident}")
    data = {"name": f"新村{ident}", "kind": "village", "parent": parent, **more}
    return Act("found_unit", FOUNDED, SYSTEM, data, unit=ident, key=key)


def town(villages: int = 30) -> list[Act]:
    """Villages of an old town, a new town among them with villages of its own, and a village of another parent between."""
    acts = [new(f"a{n}", code=f"2310861032{n:02d}", adults=100 + n) for n in range(villages)]
    acts.insert(
        3, new("b", "donghe", kind="town", code="231086109", procedure="dongning", valid_from="2020-05-01")
    )
    acts += [new(f"b{n}", "b", address="村委会", telephone="0453-1") for n in range(villages)]
    acts[7:7] = [new("b-early", "b", households=7), new("c", "donghe", kind="street"), new("a-late", "hekou")]
    return [
        *acts,
        new("a-last", address="村委会\\n\t3号\r\n“甲”\\"),
        new("b0-x", "b0", kind="enterprise", representatives=3),
    ]


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def one_by_one(world: World, acts: Sequence[Act]) -> list[Done]:
    return [done for act in acts for done in world.perform_all(act)]


def kept() -> Traces:
    """Everything the acts left; entries in the order of entering, without the counter that some engines do not turn back."""
    found = traces()
    found["Entry"] = [row[1:] for row in found["Entry"]]
    return found


def what(world: World, acts: Sequence[Act], *, together: bool) -> tuple[Any, ...]:
    """Which error of ours these acts raise, in full; nothing stays behind."""
    before = kept()
    with pytest.raises(ShangliangError) as said, transaction.atomic():
        if together:
            world.perform_all(*acts)
        else:
            one_by_one(world, acts)
    assert kept() == before
    error = said.value
    return type(error), error.zh, error.en, getattr(error, "findings", ()), getattr(error, "problems", ())


def test_many_at_once_leave_what_one_after_the_other_leave(world: World) -> None:
    acts, now = town(), world.clock()
    with undone():
        singly = [done for act in acts for done in perform(act, clock=lambda: now)]
        left_singly = kept()
    with CaptureQueriesContext(connection) as asked:
        together = perform(*acts, clock=lambda: now)
    assert together == singly
    assert kept() == left_singly
    assert len(asked) < len(acts)  # not one after the other in disguise
    assert not replay()[1]
    assert not [p for book in verify_all() for p in book.problems]


def test_the_tree_goes_on_where_it_ended(world: World) -> None:
    world.perform_all(*town(5))
    world.perform_all(new("later"), new("under", "b1"), new("last"))
    paths = dict(Unit.objects.values_list("pk", "path"))
    below = sorted(path for pk, path in paths.items() if Unit.objects.get(pk=pk).parent_id == "hekou")
    assert below[-2:] == [paths["later"], paths["last"]]
    assert int(paths["last"]) == int(paths["later"]) + 1
    assert paths["under"] == paths["b1"] + "0001"


def test_on_the_servers_clock_each_book_says_so(live: World) -> None:
    live.perform_all(new("a1"), new("a2"), new("a3", "a1"))
    assert set(Book.objects.filter(pk__in=["a1", "a2", "a3"]).values_list("clock", "length")) == {
        ("server", 1)
    }
    assert not replay()[1]


def test_a_written_reason_is_sealed_with_each(world: World) -> None:
    acts = [replace(new(f"a{n}"), reasons={"D-G1": f"第{n}个理由"}) for n in range(3)]
    world.perform_all(*acts)
    assert not any("理由" in text for text in Entry.objects.values_list("text", flat=True))
    assert not [p for book in verify_all() for p in book.problems]


@pytest.mark.parametrize(
    "wrong",
    [
        [new("x", code="231086103205")],
        [new("x", "nowhere")],
        [new("x", "y"), new("y")],
        [new("x", "x")],
        [new("x", "y"), new("y", "x")],
        [new("x", procedure="none")],
        [new("liushu", key="another")],
        [new("x"), new("x", key="another")],
        [new("x"), new("y", key="key-x")],
        [new("x", key="cafe\u0301"), new("y", key="caf\u00e9")],
        [new("x", kind="castle")],
        [new("x", code="12")],
        [new("X y")],
        [new("x", name="a\0b")],
        [replace(new("x"), unit="@x")],
        [replace(new("x"), happened_on=FOUNDED.replace(year=1970))],
        [new("x", "nowhere", procedure="none", code="231086103205")],
    ],
    ids=lambda acts: "+".join(f"{a.unit}<{a.data['parent']}" for a in acts),
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_what_is_wrong_is_said_as_of_one_and_nothing_is_done(
    world: World, wrong: list[Act], place: str
) -> None:
    others = [new(f"a{n}", code=f"2310861032{n:02d}") for n in range(6)]
    acts = [*others, *wrong] if place == "last" else [others[5], *wrong, *others[:5]]
    said = what(world, acts, together=True)
    assert said == what(world, acts, together=False)
    assert said[0] in (Refused, Malformed, NotFound, Conflict)


def test_a_second_root_is_refused(live: World) -> None:
    acts = [new("a1"), new("r", None, kind="county"), new("a2")]
    said = what(live, acts, together=True)
    assert said == what(live, acts, together=False)
    assert said[0] is Refused


@pytest.mark.django_db
def test_the_first_root_and_all_below_it_at_once() -> None:
    acts = [new("n", None, kind="nation"), new("p", "n", kind="province"), new("c", "p", kind="county")]
    with pytest.raises(Refused):
        perform(*acts, new("m", None, kind="nation"))
    assert not Unit.objects.exists() and not Book.objects.exists()
    perform(*acts)
    assert list(Unit.objects.order_by("path").values_list("pk", "path")) == [
        ("n", "0001"), ("p", "00010001"), ("c", "000100010001"),
    ]  # fmt: skip


def test_a_unit_that_ended_takes_none_below_it(world: World) -> None:
    Unit.objects.filter(pk="yangshu").update(valid_to=FOUNDED)
    acts = [new("a1"), new("a2", "yangshu"), new("a3")]
    said = what(world, acts, together=True)
    assert said == what(world, acts, together=False)
    assert said[0] is Refused


def test_no_more_below_one_than_its_places(world: World) -> None:
    town_path = Unit.objects.get(pk="hekou").path
    Unit.objects.filter(pk="yangshu").update(path=town_path + "9997")
    assert what(world, [new("a1"), new("a2"), new("a3")], together=True)[0] is Malformed
    world.perform_all(new("a1"), new("a2"))
    assert Unit.objects.get(pk="a2").path == town_path + "9999"


def test_sent_again_they_are_given_back(world: World) -> None:
    acts = town(5)
    first = world.perform_all(*acts)
    before = kept()
    again = world.perform_all(*acts)
    assert all(d.repeated for d in again)
    assert [replace(d, repeated=False) for d in again] == first
    assert kept() == before


def test_sent_again_with_more_only_the_new_are_done(world: World) -> None:
    first = world.perform_all(*town(3)[:4])
    again = world.perform_all(*town(3))
    assert [d.repeated for d in again] == [True] * 4 + [False] * (len(town(3)) - 4)
    assert [d.digest for d in again[:4]] == [d.digest for d in first]
    assert not replay()[1]


def test_without_ids_sent_again_they_are_given_back(world: World) -> None:
    acts = [new(None, key=f"form-{n}", name=f"村{n}") for n in range(4)]
    first = world.perform_all(*acts)
    assert len({d.ident for d in first}) == 4
    again = world.perform_all(*acts)
    assert [d.ident for d in again] == [d.ident for d in first]
    assert all(d.repeated for d in again)


def test_the_same_key_with_another_body_is_a_conflict(world: World) -> None:
    world.perform_all(*town(3))
    acts = town(3)
    acts[4] = replace(acts[4], data={**acts[4].data, "name": "另一个村"})
    said = what(world, acts, together=True)
    assert said[0] is Conflict


def test_a_unit_with_a_label_can_be_named_by_the_next_act(world: World) -> None:
    done = world.perform_all(
        new("a1"), replace(new("a2"), label="here"), new("a3"),
        Act("amend_unit", FOUNDED, SYSTEM, {"adults": 5}, unit="@here"), new("a4"), new("a5"),
    )  # fmt: skip
    assert [d.ident for d in done] == ["a1", "a2", "a3", "a2", "a4", "a5"]
    assert Unit.objects.get(pk="a2").adults == 5


def test_a_person_founds_only_where_the_post_reaches(world: World) -> None:
    """The town's clerk may found below the town and nowhere else, however many units are sent together."""
    mine = [replace(new(f"a{n}"), entered_by="p-su") for n in range(3)]
    elsewhere = [*mine, replace(new("x", "donghe"), entered_by="p-su")]
    assert what(world, elsewhere, together=True) == what(world, elsewhere, together=False)
    stranger = [replace(new(f"a{n}"), entered_by="p-nobody") for n in range(3)]
    assert what(world, stranger, together=True)[0] is Refused
    assert len(world.perform_all(*mine)) == 3
