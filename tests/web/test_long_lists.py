"""Lists of a large place come page by page: what they cost does not grow with the place."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.acts.test_oversight import FIVE
from tests.acts.world import FOUNDED, World

from shangliang.acts.act import SYSTEM, Act, today
from shangliang.people.models import Account

pytestmark = pytest.mark.django_db
PAGE_KB = 64
"""No page of the desk may weigh more, however large the place is; unpacked."""
WITH_VENUE = 90


def found_villages(w: World, n: int) -> None:
    """So many more villages in one town, the first of them with a venue since two years."""
    w.perform_all(*(
        Act("found_unit", FOUNDED, SYSTEM, {"name": f"新村{i:03}", "kind": "village", "parent": "hekou"}, unit=f"cun-{i:03}")
        for i in range(n)
    ))  # fmt: skip
    room = {"name": "议事室", "haves": FIVE}
    then = today() - timedelta(days=730)
    for i in range(WITH_VENUE):
        w.do("equip_venue", room, on=then, unit=f"cun-{i:03}", by="p-su", typed=today())
    ledger = {
        "ledger": "台账第1页",
        "place": "村议事室",
        "topics": [{"title": "巷道硬化", "result": "solved"}],
    }
    long_ago = today() - timedelta(days=200)
    w.do("import_meeting", ledger, on=long_ago, unit=f"cun-{n - 1:03}", by="p-su", typed=today())


@contextmanager
def place(unblock: Any, villages: int) -> Iterator[None]:
    with unblock.unblock(), transaction.atomic():
        w = World()
        w.appoint("p-director", "主任", "donghe", "director")
        found_villages(w, villages)
        for person in ("p-director", "p-zhao", "p-su", "p-wang"):
            Account.objects.create(login=person, password="!", person_id=person)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=[113, 598], ids=["115", "600"])
def large(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """A town with so many villages, two of them the world's own."""
    with place(django_db_blocker, request.param):
        yield int(request.param) + 2


def come_in(name: str) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(
        Account.objects.get(login=f"p-{name}"), backend="shangliang.people.backend.CardBackend"
    )
    return client


def look(client: Client, address: str) -> tuple[str, int]:
    """The page, and how many statements it took once the figures were fresh."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200, address
    assert len(page.content) < PAGE_KB * 1024, f"{address} weighs {len(page.content)}"
    return page.content.decode(), len(queries)


def names(page: str) -> list[str]:
    return re.findall(r"新村\d{3}|柳树村|杨树村", re.sub(r"<option.*?</option>", "", page))


def every_page(client: Client, address: str, name: str = "page") -> list[str]:
    """The places on all pages of a list, in their order."""
    joint = "&" if "?" in address else "?"
    first = client.get(address).content.decode()
    found = re.search(r"第1页，共(\d+)页", first)
    pages = int(found[1]) if found else 1
    return [
        n
        for i in range(1, pages + 1)
        for n in names(client.get(f"{address}{joint}{name}={i}").content.decode())
    ]


def test_the_town_leafs_through_its_villages(large: int, db: None) -> None:
    page, queries = look(come_in("su"), "/desk/villages/")
    assert len(names(page)) == 30 and "下一页" in page
    assert queries <= 20
    seen = every_page(come_in("su"), "/desk/villages/")
    assert len(seen) == len(set(seen)) == large


def test_what_has_to_meet_first_stands_on_the_first_page(large: int, db: None) -> None:
    """The order is that of the whole town, not of the page: the last village of the tree met longest ago."""
    assert names(come_in("su").get("/desk/villages/").content.decode())[0] == f"新村{large - 3:03}"


@pytest.mark.parametrize("name", ["director", "zhao"])
def test_the_county_leafs_through_the_figures_of_a_large_town(name: str, large: int, db: None) -> None:
    client = come_in(name)
    page, queries = look(client, "/progress/hekou/")
    assert len(names(page)) == 40 and queries <= 40
    page, queries = look(client, "/progress/hekou/coverage/")
    assert queries <= 20
    page, queries = look(client, "/progress/hekou/clocks/")
    assert queries <= 20


def test_places_without_and_with_a_venue_each_have_their_pages(large: int, db: None) -> None:
    client = come_in("director")
    address = f"/progress/hekou/coverage/?year={today().year}"
    if large > 400:
        assert len(set(every_page(client, address))) == large
        return
    page, _ = look(client, address)
    assert f"{large + 1 - WITH_VENUE}个单位还没建" in page, "the town itself is one"
    second, _ = look(client, f"{address}&there=2")
    last, _ = look(client, f"{address}&there=3")
    shown = names(page[page.index("<h2>已建阵地") :]) + names(second[second.index("<h2>已建阵地") :])
    shown += names(last[last.index("<h2>已建阵地") :])
    assert shown == [f"新村{i:03}" for i in range(WITH_VENUE)]


def test_windows_place_by_place_have_their_pages(large: int, db: None) -> None:
    client = come_in("director")
    address = f"/progress/hekou/clocks/?year={today().year}"
    seen = every_page(client, address)
    if large > 400:
        assert len(seen) == len(set(seen)) == large
    else:
        assert set(seen) <= {f"新村{i:03}" for i in range(WITH_VENUE)}
        everything = every_page(client, address + "&all")
        assert everything == [f"新村{i:03}" for i in range(WITH_VENUE)]
