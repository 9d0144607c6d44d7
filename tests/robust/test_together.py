"""Two people at once, and eight: one entry a key, one winner where the stage moves on, no lost entry, no deadlock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from tests.robust import village

from shangliang.acts import perform as perform_module
from shangliang.acts import rows
from shangliang.acts.act import SYSTEM, Act, Done
from shangliang.acts.perform import perform
from shangliang.acts.vocabulary import Line
from shangliang.cases.models import Matter, Paper
from shangliang.errors import Conflict, Refused, ShangliangError
from shangliang.people.models import Person, Post
from shangliang.record.models import Book, Entry
from shangliang.units.models import Unit

PEOPLE = 8

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job gave, or the error of ours it raised; all begin together, each on a connection of its own."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(20)
            return job()
        except ShangliangError as said:
            return said
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


Overtaken = Callable[[Act, Act], list[Any]]


@pytest.fixture
def overtaken(monkeypatch: pytest.MonkeyPatch) -> Overtaken:
    """Does two acts in two books as a race that seldom happens: the second may begin and end after the first has written its
    entry and before it writes its rows. Where it is held back, as it should be, the first goes on after a second."""
    apply = perform_module.apply

    def race(first: Act, second: Act) -> list[Any]:
        written, over = threading.Event(), threading.Event()

        def slowly(line: Line) -> None:
            if line.unit == first.unit:
                written.set()
                over.wait(1)
            apply(line)

        def then() -> list[Done]:
            written.wait(10)
            try:
                return perform(second)
            finally:
                over.set()

        with monkeypatch.context() as patched:
            patched.setattr(perform_module, "apply", slowly)
            return at_once(doing(first), then)

    return race


def doing(*acts: Act) -> Callable[[], list[Done]]:
    return lambda: perform(*acts)


def all_done(results: Sequence[Any]) -> list[Done]:
    assert all(isinstance(r, list) for r in results), results
    return [done for result in results for done in result]


def test_the_same_act_with_the_same_key_is_one_entry() -> None:
    village.build(("v0",))
    matter = village.open_matter("v0")
    done = all_done(at_once(*[doing(village.put_forward("v0", matter, key="once"))] * PEOPLE))
    assert len({d.digest for d in done}) == 1
    assert [d.repeated for d in done].count(False) == 1
    assert Entry.objects.filter(key="once").count() == 1
    village.check_whole()


def test_opening_a_matter_with_the_same_key_opens_one() -> None:
    village.build(("v0",))
    done = all_done(at_once(*[doing(village.intake("v0", key="once"))] * PEOPLE))
    assert len({d.subject for d in done}) == 1
    assert Matter.objects.count() == 1
    village.check_whole()


def test_the_same_key_for_different_words_or_villages_is_one_entry_and_conflicts() -> None:
    village.build(("v0", "v1"))
    jobs = [doing(village.intake(f"v{n % 2}", f"第{n}种说法", key="once")) for n in range(PEOPLE)]
    results = at_once(*jobs)
    assert sum(isinstance(r, list) for r in results) == 1
    assert sum(isinstance(r, Conflict) for r in results) == PEOPLE - 1
    assert Matter.objects.count() == 1
    village.check_whole()


def test_of_different_acts_on_one_matter_exactly_one_moves_it_on() -> None:
    village.build(("v0",))
    matter = village.open_matter("v0")
    results = at_once(*[doing(village.put_forward("v0", matter, f"第{n}个名称")) for n in range(PEOPLE)])
    assert sum(isinstance(r, list) for r in results) == 1, results
    assert sum(isinstance(r, Refused) for r in results) == PEOPLE - 1
    assert Entry.objects.filter(act="put_forward").count() == 1
    village.check_whole()


def test_acts_that_leave_the_stage_are_all_done() -> None:
    village.build(("v0",))
    matter = village.open_matter("v0")
    all_done(at_once(*[doing(village.keep_paper("v0", matter, n)) for n in range(PEOPLE)]))
    assert Paper.objects.count() == PEOPLE
    village.check_whole()


@pytest.mark.parametrize("villages", [1, 4])
def test_different_matters_are_all_done_and_no_number_is_left_out(villages: int) -> None:
    units = village.VILLAGES[:villages]
    village.build(units)
    places = [(unit, village.open_matter(unit)) for unit in units for _ in range(PEOPLE // villages)]
    before = dict(Book.objects.values_list("unit", "length"))

    def work(unit: str, matter: str) -> Callable[[], list[Done]]:
        return lambda: [perform(village.keep_paper(unit, matter, n))[0] for n in range(5)]

    done = all_done(at_once(*[work(*place) for place in places]))
    assert len({d.digest for d in done}) == PEOPLE * 5
    for unit in units:
        assert Book.objects.get(unit=unit).length == before[unit] + 5 * PEOPLE // villages
    village.check_whole()


def test_units_founded_at_once_get_places_of_their_own() -> None:
    village.build(())
    jobs = [
        doing(Act("found_unit", village.DAY, "system", {"name": f"新村{n}", "kind": "village", "parent": "town"}, unit=f"n{n}"))
        for n in range(PEOPLE)
    ]  # fmt: skip
    results = at_once(*jobs)
    assert all(isinstance(r, list | Conflict) for r in results), results
    assert any(isinstance(r, list) for r in results)
    village.check_whole()


@pytest.mark.parametrize("together", [1, 3])
def test_a_code_is_given_once_whoever_founds_at_the_same_time(together: int) -> None:
    """Each founds below another parent, so that the books they hold are not the same."""
    village.build(())
    for n in range(PEOPLE):
        village.found(f"t{n}", f"镇{n}", kind="town", parent="county")
    others = {n: [new_village(n, f"x{n}-{k}") for k in range(1, together)] for n in range(PEOPLE)}
    jobs = [doing(*others[n], new_village(n, f"n{n}", code="231086103299")) for n in range(PEOPLE)]
    results = at_once(*jobs)
    assert [isinstance(r, list) for r in results].count(True) == 1, results
    assert {f.code for r in results if isinstance(r, Refused) for f in r.findings} == {"same_code"}
    assert Unit.objects.filter(code="231086103299").count() == 1
    assert Unit.objects.filter(id__startswith="x").count() == together - 1  # all of a call or nothing
    village.check_whole()


def new_village(town: int, ident: str, code: str = "") -> Act:
    data = {"name": f"新村{ident}", "kind": "village", "parent": f"t{town}", "code": code}
    return Act("found_unit", village.DAY, SYSTEM, data, unit=ident)


def test_there_is_one_root_whoever_founds_it_at_the_same_time() -> None:
    data = {"name": "东河市", "kind": "county", "procedure": "dongning"}
    results = at_once(
        *[doing(Act("found_unit", village.DAY, SYSTEM, data, unit=f"c{n}")) for n in range(PEOPLE)]
    )
    assert [isinstance(r, list) for r in results].count(True) == 1, results
    assert Unit.objects.count() == Book.objects.count() == 1


def test_two_places_joined_to_each_other_at_once_do_not_both_end(overtaken: Overtaken) -> None:
    """Residents would be sent round in a circle."""
    village.build(("v0", "v1"))
    ends = [
        Act("end_unit", village.DAY, SYSTEM, {"successor": into, "paper": "河口镇〔2025〕1号"}, unit=unit)
        for unit, into in (("v0", "v1"), ("v1", "v0"))
    ]
    first, second = overtaken(*ends)
    assert isinstance(first, list) and isinstance(second, Refused)
    assert [(f.code, f.field) for f in second.findings] == [("ended_unit", "successor")]
    assert Unit.objects.get(valid_to=None, kind="village").id == "v1"
    village.check_whole()


def test_two_calls_that_cross_are_both_done() -> None:
    """One call takes village A's book then B's, the other B's then A's."""
    village.build(("v0", "v1"))
    one, two = village.open_matter("v0"), village.open_matter("v1")
    first = [village.keep_paper("v0", one, 1), village.keep_paper("v1", two, 1)]
    second = [village.keep_paper("v1", two, 2), village.keep_paper("v0", one, 2)]
    for _ in range(2):
        results = at_once(doing(*first), doing(*second))
        assert all(isinstance(r, list | Conflict) for r in results), results
        assert any(isinstance(r, list) for r in results)
    village.check_whole()


def test_a_deadlock_is_done_again_by_itself() -> None:
    """The same on purpose: the other side holds B's book and then wants A's, while ours holds A's and wants B's."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: SQLite has one lock")
    village.build(("v0", "v1"))
    one, two = village.open_matter("v0"), village.open_matter("v1")
    held = threading.Event()

    def other() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '20s'")  # the other one notices first and is ended
            cursor.execute("SELECT 1 FROM record_book WHERE unit = 'v1' FOR UPDATE")
            held.set()
            time.sleep(0.5)
            cursor.execute("SELECT 1 FROM record_book WHERE unit = 'v0' FOR UPDATE")
        return "held both"

    def ours() -> list[Done]:
        held.wait(10)
        return perform(village.keep_paper("v0", one, 1), village.keep_paper("v1", two, 1))

    said, done = at_once(other, ours)
    assert said == "held both"
    assert [d.subject for d in done] == [f"matter:{one}", f"matter:{two}"]
    village.check_whole()


def appointed(unit: str, name: str | None, role: str = "grid_worker", person: str = "p-shared") -> Act:
    data = {"role": role, "person": person, "since": "2024-01-01"} | ({"name": name} if name else {})
    return Act("appoint", village.DAY, SYSTEM, data, unit=unit)


def test_one_person_appointed_twice_at_once_through_two_books_is_one_person_with_two_posts() -> None:
    village.build(("v0", "v1"))
    for n in range(6):
        jobs = [doing(appointed(unit, f"{unit}的老周", person=f"p-shared-{n}")) for unit in ("v0", "v1")]
        all_done(at_once(*jobs))
        assert Post.objects.filter(person=f"p-shared-{n}").count() == 2
    village.check_whole()


def test_a_new_person_named_by_two_books_has_the_name_of_the_later_entry(overtaken: Overtaken) -> None:
    village.build(("v0", "v1"))
    acts = (appointed("v0", "先写的名字", person="p-new"), appointed("v1", "后写的名字", person="p-new"))
    all_done(overtaken(*acts))
    assert Person.objects.values_list("name__text", flat=True).get(pk="p-new") == "后写的名字"
    village.check_whole()


def test_more_people_are_held_than_the_engine_has_locks_for() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: SQLite has one lock")
    with transaction.atomic(), connection.cursor() as cursor:
        for n in range(20_000):
            rows.hold(Person, f"p-{n}")
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert 1 < cursor.fetchone()[0] <= rows.HANDLES


def test_a_name_given_anew_through_many_books_at_once_is_that_of_the_last_entry() -> None:
    village.build(village.VILLAGES)
    perform(appointed("v0", "老周"))
    for n in range(4):
        all_done(at_once(*[doing(appointed(unit, f"老周{n}{unit}")) for unit in village.VILLAGES]))
        last = Entry.objects.filter(act="appoint").order_by("id").last()
        assert last is not None
        name = Person.objects.values_list("name__text", flat=True).get(pk="p-shared")
        assert name == f"老周{n}{last.book_id}"
    village.check_whole()


def test_crossed_appointments_are_both_done() -> None:
    village.build(("v0", "v1"))
    for person in ("p-one", "p-two"):
        perform(appointed("v0", person, person=person))
    there = [appointed("v0", "一", person="p-one"), appointed("v0", "二", person="p-two")]
    back = [appointed("v1", "二", person="p-two"), appointed("v1", "一", person="p-one")]
    all_done(at_once(doing(*there), doing(*back)))
    assert Post.objects.filter(person__in=("p-one", "p-two")).count() == 6
    village.check_whole()
