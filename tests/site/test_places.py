"""The demonstration shows several places side by side, each with its own procedure; one taps which to look at."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client, override_settings
from tests.settled import settled
from tests.web.public import text_of

from shangliang.acts.replay import replay
from shangliang.cases.models import Matter
from shangliang.people.models import Account
from shangliang.record.verify import verify_all
from shangliang.site import demo, places
from shangliang.units.models import Unit

TODAY = date(2026, 11, 20)
ENDS = {"weitang": {"completed", "refused"}, "xieshang": {"completed", "refused"}, "liyang": {"completed"}}


@pytest.fixture
def shown(db: None) -> None:
    settled(("places", TODAY), _all_places)


def _all_places() -> None:
    demo.build(TODAY)
    places.build(TODAY, demo.PIN)


@override_settings(DEMO=True)
def test_all_systems_stand_beside_each_other_and_the_first_page_has_the_switch(shown: None) -> None:
    roots = Unit.objects.filter(parent=None).order_by("path")
    assert [u.procedure for u in roots] == ["dongning", "weitang", "xieshang", "liyang", "yizheng", "siyi"]
    page = Client().get("/")
    said = text_of(page)
    assert len(page.content) <= 30_000
    for words in ("魏塘街道（演示）", "协商在基层", "城乡社区协商", "一征三议两公开", "四议两公开"):
        assert words in said
    assert "柳河村" in said and "清风社区" not in said
    assert "清风社区" in text_of(Client().get("/?at=liyang"))
    people = text_of(Client().get("/demo/?at=weitang"))
    assert "纪小英" in people and "王玥" not in people
    assert "王玥" in text_of(Client().get("/demo/"))


def test_everybody_with_a_post_can_come_in_and_matters_end_differently(shown: None) -> None:
    assert Account.objects.filter(login="w-ji").exists() and Account.objects.filter(login="l-mei").exists()
    for name, ends in ENDS.items():
        found = set(Matter.objects.filter(procedure=name).values_list("ended", flat=True))
        assert ends | {""} <= found, name


def test_the_entries_of_all_places_make_their_rows_and_every_book_verifies(shown: None) -> None:
    assert replay()[1] == []
    assert not [p for report in verify_all() for p in report.problems]
