"""A page rendered while a rulebook is adopted above is never kept, whichever of the two connections comes first."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.robust import village

from shangliang.acts.act import SYSTEM, Act
from shangliang.acts.copies import ends, keep
from shangliang.acts.perform import perform
from shangliang.cases.models import Copy
from shangliang.procedure.loader import procedure

pytestmark = pytest.mark.django_db(transaction=True)
HELD = 1.5
"""Seconds for which the adoption is held open before it is committed."""


def adopt(then: threading.Event) -> None:
    """The county adopts another rulebook; committed a while after everything was written."""
    found = procedure("xieshang")
    data = {
        "procedure": found.id,
        "version": found.version,
        "text": found.text,
        "body": "市委",
        "number": "〔2025〕1号",
    }
    try:
        with transaction.atomic():
            perform(Act("adopt_rulebook", village.DAY, SYSTEM, data, unit="county"))
            then.set()
            time.sleep(HELD)
    finally:
        then.set()
        connection.close()


def kept(read: dict[str, str]) -> bool:
    return keep("2025-03-03|/u/v0/", "v0", read, "etag", b"old", b"packed", timezone.now())


def test_a_page_read_before_an_adoption_that_is_not_committed_yet_is_not_kept() -> None:
    village.build(("v0",))
    read, written = ends("v0"), threading.Event()
    assert set(read) == {"county", "town", "v0"}
    adopting = threading.Thread(target=adopt, args=[written])
    adopting.start()
    assert written.wait(20)
    began = time.monotonic()
    assert not kept(read)
    waited = time.monotonic() - began
    adopting.join(20)
    assert not Copy.objects.exists()
    assert kept(ends("v0")), "what is read after the adoption is true again"
    if connection.vendor == "postgresql":
        assert waited < HELD / 2, "a reader never waits for somebody who writes into a book"


def test_a_page_kept_just_before_an_adoption_is_thrown_away_by_it() -> None:
    village.build(("v0",))
    assert kept(ends("v0")) and Copy.objects.filter(scope="v0").exists()
    adopting = threading.Thread(target=adopt, args=[threading.Event()])
    adopting.start()
    adopting.join(20)
    assert not Copy.objects.exists()
