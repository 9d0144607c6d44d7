"""People who asked to be told by word of mouth: a page at a time, and only to those who tell them."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.acts.world import SECRETARY, World

from shangliang.people.models import Account

pytestmark = pytest.mark.django_db
PAGE_KB = 64


def come_in(name: str) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(
        Account.objects.get(login=f"p-{name}"), backend="shangliang.people.backend.CardBackend"
    )
    return client


@pytest.fixture
def waiting(db: None) -> World:
    """Forty-five people without a telephone whose matter was answered."""
    w = World()
    for person in ("p-wang", "p-ma"):
        Account.objects.create(login=person, password="!", person_id=person)
    for n in range(45):
        w.do("intake", {"words": f"第{n}盏路灯不亮。", "answer_by": "face", "name": f"老{n}"}, on="04-01")
        w.do("reply", {"text": f"第{n}盏修好了。"}, on="04-02", decided=SECRETARY)
    return w


def test_people_to_be_told_come_twenty_at_a_time(waiting: World, django_assert_max_num_queries: Any) -> None:
    client = come_in("wang")
    client.get("/desk/replies/")
    with django_assert_max_num_queries(15):
        page = client.get("/desk/replies/").content.decode()
    assert len(page) < PAGE_KB * 1024
    assert page.count("已经告诉本人") == 20
    everybody = [
        n
        for i in (1, 2, 3)
        for n in re.findall(r"第\d+盏路灯", client.get(f"/desk/replies/?page={i}").content.decode())
    ]
    assert len(everybody) >= 45 and len(set(everybody)) == 45


def test_who_has_told_somebody_stays_on_the_page(waiting: World) -> None:
    client = come_in("wang")
    page = client.get("/desk/replies/?page=2").content.decode()
    action = re.search(r'action="(/desk/replies/[^"]+)"', page)
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert action and key
    done = client.post(action[1].replace("&amp;", "&"), {"key": key[1]})
    assert done["Location"] == "/desk/replies/?page=2"
    assert client.get(action[1])["Location"] == "/desk/replies/?page=2", (
        "looked at without a tap it tells nobody"
    )


def test_who_does_not_tell_people_sees_nobody(waiting: World) -> None:
    page = come_in("ma").get("/desk/replies/").content.decode()
    assert "路灯" not in page and "老1" not in page
