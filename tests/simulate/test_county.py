"""The simulated county, built: what the report says of it is computed from its record, and the record stands."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from shangliang.acts.replay import replay
from shangliang.cases.models import Matter, Meeting, Quiet
from shangliang.errors import Broken
from shangliang.notify.models import Message
from shangliang.people.models import Account, Post
from shangliang.people.queries import name_of
from shangliang.record.models import Book, Entry
from shangliang.record.verify import verify_all
from shangliang.site.simulate.build import Built, build
from shangliang.statistics import freshen, telling
from shangliang.units.models import Unit, Venue

TODAY = date(2024, 7, 1)
MOST_ACTS = 25_000


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
    """The county up to the summer after the reported years, built once for this file and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def county(built: Built, db: None) -> Built:
    return built


def figures(year: int) -> dict[str, int]:
    freshen.freshen_all()
    root = Unit.objects.get(parent=None)
    return {m["id"]: m["n"] for m in telling.report(root, TODAY, year)["measures"]}


def test_the_figures_of_the_report_are_computed_from_the_record(county: Built) -> None:
    years = {y: figures(y) for y in (2021, 2022, 2023)}
    assert [years[y]["venues"] for y in years] == [15, 76, 115]  # D5, D8, D9
    assert [years[y]["coverage"] for y in years] == [13, 66, 100]
    assert sum(y["meetings"] for y in years.values()) == 409  # D40
    assert sum(y["solved"] for y in years.values()) == 310  # D42
    assert years[2023]["units"] == 115  # D3


def test_it_is_made_of_acts_on_a_clock_of_its_own_and_nothing_is_sent(county: Built) -> None:
    assert county.acts == Entry.objects.count() < MOST_ACTS
    assert set(Book.objects.values_list("clock", flat=True)) == {"simulated"}
    assert Book.objects.count() == county.units == Unit.objects.count()
    assert not Message.objects.exists()


def test_every_book_verifies_and_replay_makes_the_same_rows(county: Built) -> None:
    assert [r for r in verify_all() if r.problems] == []
    count, differences = replay()
    assert count == county.acts and differences == []


def test_current_matters_stand_at_every_stage_and_old_ones_in_the_archive(county: Built) -> None:
    stages = Counter(Matter.objects.filter(ended="").values_list("stage", flat=True))
    assert {"D-1", "D-2", "D-3", "D-3D", "D-4", "D-5", "D-6", "D-7", "D-8"} <= set(stages)
    ended = Counter(Matter.objects.values_list("ended", flat=True))
    assert ended["completed"] > 310 and ended["refused"] > 20
    results = set(Matter.objects.exclude(result="").values_list("result", flat=True))
    assert results == {"solved", "partly", "unsolved"}
    assert Meeting.objects.filter(state="called", held_on__gte=TODAY).exists()


def test_gaps_stay_gaps_and_some_say_why(county: Built) -> None:
    held = Meeting.objects.filter(state="held", held_on__year=2023).count()
    assert held < 662 / 2  # the norm of D37 and D38 for 7 + 108 places
    assert Quiet.objects.count() > 10


def test_posts_change_hands_and_names_stay_out_of_the_record(county: Built) -> None:
    given_up = Post.objects.exclude(until=None)
    assert given_up.count() >= 5
    for post in given_up:
        assert Post.objects.filter(unit=post.unit, role=post.role, until=None).exists()
    names = {name_of(p) for p in Post.objects.values_list("person", flat=True)[:40]}
    assert "" not in names
    for name in names:
        assert not Entry.objects.filter(text__contains=f'"{name}"').exists()


def test_the_demonstration_sites_and_the_tour(county: Built) -> None:
    shown = Venue.objects.filter(demonstration=True).values_list("unit__name", flat=True)
    assert set(shown) == {"南山社区", "团结社区", "夹信子村"}  # D19
    assert Venue.objects.get(unit="jiaxinzi").name == "地瓜议事室"  # D21
    logins = set(Account.objects.values_list("login", flat=True))
    assert {"zhao", "wang", "su", "cheng", "xia"} <= logins and len(logins) < 60


def test_only_an_empty_database_is_filled(county: Built) -> None:
    with pytest.raises(Broken):
        build(TODAY)
