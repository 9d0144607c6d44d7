"""The demonstration's county in the test database, and people who come in by their log-in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.settled import settled

from shangliang.people.models import Account
from shangliang.site import demo


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The county is built once for the tests of a file and taken back after them, so that other files begin empty."""
    with django_db_blocker.unblock(), transaction.atomic():
        settled(("demonstration", timezone.localdate()), demo.build)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(built: None, db: None) -> None:
    """One town, three villages, matters at every stage. What a test does to it is taken back."""


@pytest.fixture
def come_in(county: None) -> Callable[[str], Client]:
    """A browser in which somebody has logged in: ``come_in("wang")``."""

    def enter(name: str) -> Client:
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(Account.objects.get(login=name))
        return client

    return enter
