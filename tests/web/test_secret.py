"""A matter about persons is there only for those it concerns."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.web.public import text_of

from shangliang.cases.models import Matter
from shangliang.people.models import Account
from shangliang.site.places.weitang import build_weitang


def enter(person: str) -> Client:
    account = Account.objects.create(login=person.removeprefix("p-"), password="!", person_id=person)
    client = Client()
    client.force_login(account, backend="shangliang.people.backend.CardBackend")
    return client


@pytest.fixture
def personnel(db: None) -> Matter:
    build_weitang(date(2026, 11, 20))
    return Matter.objects.get(secret=True)


def test_03_an_ordinary_member_does_not_find_a_personnel_case(personnel: Matter) -> None:
    member, clerk = enter("p-w-ruan"), enter("p-w-ji")
    assert member.get(f"/desk/m/{personnel.pk}/").status_code == 404
    assert personnel.pk not in text_of(member.get("/desk/matters/"))
    assert personnel.pk not in text_of(member.get("/desk/"))
    assert member.get(f"/desk/m/{personnel.pk}/approve/").status_code == 404
    assert clerk.get(f"/desk/m/{personnel.pk}/").status_code == 200
    assert personnel.pk in text_of(clerk.get("/desk/matters/"))


def test_nobody_finds_it_by_its_number_in_public(personnel: Matter) -> None:
    assert Client().get(f"/m/{personnel.pk}/").status_code == 404
    assert Client().get(f"/paper/slip/{personnel.pk}/").status_code in (302, 404)
    assert personnel.pk not in text_of(Client().get("/u/weitang/"))


def test_its_papers_are_for_the_same_people(personnel: Matter) -> None:
    assert enter("p-w-ruan").get(f"/paper/topic_form/{personnel.pk}/").status_code == 404


def test_lists_of_figures_count_it_without_saying_what_it_is(personnel: Matter) -> None:
    address = f"/progress/{personnel.unit_id}/of/matters/?year={personnel.opened_on.year}"
    hidden, open_ = "不公开的事项", text_of(enter("p-w-ji").get(address))
    assert personnel.pk in open_ and hidden not in open_
    seen = text_of(enter("p-w-ruan").get(address))
    assert hidden in seen
    if personnel.title and personnel.title.text:
        assert personnel.title.text in open_ and personnel.title.text not in seen
