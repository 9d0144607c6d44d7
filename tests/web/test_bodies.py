"""The desk's pages of standing bodies, and of bringing a matter in."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.web.public import text_of
from tests.web.test_secret import enter

from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Body, Seat
from shangliang.site.places.weitang import build_weitang
from shangliang.site.places.xieshang import build_xieshang

TODAY = date(2026, 11, 20)


@pytest.fixture
def clerk(db: None) -> Client:
    build_weitang(TODAY)
    return enter("p-w-ji")


def test_the_page_shows_bodies_with_their_rosters(clerk: Client) -> None:
    page = text_of(clerk.get("/desk/bodies/"))
    for words in ("协商民主工作领导小组", "秦国梁", "组长", "政协委员联络室", "教育界", "和平社区第二网格"):
        assert words in page


def test_a_body_is_set_up_and_a_member_enters_its_roster(clerk: Client) -> None:
    data = {"kind": "committee", "name": "提案委员会", "happened_on": "2026-11-20", "key": "a1" * 12}
    done = clerk.post("/desk/bodies/form_body/", data, follow=True)
    assert "登记好了" in text_of(done) and "提案委员会" in text_of(done)
    body = Body.objects.get(name="提案委员会")
    member = {
        "body": body.pk,
        "name": "濮阳春",
        "position": "member",
        "sector": "工商联",
        "happened_on": "2026-11-20",
        "key": "a2" * 12,
    }
    assert "濮阳春" in text_of(clerk.post("/desk/bodies/seat_member/", member, follow=True))
    both = {**member, "post": Seat.objects.exclude(post=None)[0].post_id, "key": "a3" * 12}
    refused = clerk.post("/desk/bodies/seat_member/", both)
    assert "填职务或姓名，二者填一" in text_of(refused) and 'value="工商联"' in refused.content.decode()


def test_activity_is_counted_and_pilots_are_judged_on_the_countys_page(db: None) -> None:
    build_xieshang(TODAY)
    village = text_of(enter("p-x-pan").get("/desk/bodies/"))
    assert "有活动" in village and "“有活动”按记录计算，不打勾" in village
    county = enter("p-x-jiang")
    assert "县政府所在地街道" in text_of(county.get("/desk/bodies/"))
    two = {"units": ["qx-shiqiao", "qx-hewan"], "seat_of": "", "happened_on": "2026-11-20", "key": "b1" * 12}
    refused = text_of(county.post("/desk/bodies/name_pilots/", two))
    assert "试点里没有县（市、区）政府所在地街道" in refused
    assert enter("p-x-su2").get("/desk/bodies/name_pilots/").status_code == 404


def test_a_matter_is_brought_in_and_a_personnel_matter_with_words_is_refused(clerk: Client) -> None:
    form = text_of(clerk.get("/desk/propose/"))
    assert "大额度资金使用" in form
    decided = (
        "weitang."
        + str(Matter.objects.filter(secret=True)[0].unit.posts.get(role="office_director").pk).partition(".")[
            2
        ]
    )
    base = {
        "category": "personnel",
        "item": "reserve",
        "decided": decided,
        "origin": "development",
        "happened_on": "2026-11-20",
    }
    refused = text_of(clerk.post("/desk/propose/", {**base, "title": "某人拟任", "key": "c1" * 12}))
    assert "重要人事只登记编号和日期，材料另存" in refused and "请填材料编号" in refused
    done = clerk.post("/desk/propose/", {**base, "ref": "组〔2026〕9号", "key": "c2" * 12}, follow=True)
    assert "事项登记好了" in text_of(done) and Matter.objects.filter(secret=True).count() == 2


def test_who_keeps_no_bodies_does_not_find_the_page(clerk: Client) -> None:
    assert enter("p-w-tan").get("/desk/bodies/").status_code == 404
    assert enter("p-w-ruan").get("/desk/propose/").status_code == 404
