"""The board of a place, and the rendered copies it is served from."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.public import resident, text_of, titled

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Copy
from shangliang.units.models import Unit

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def post_notice(title: str, text: str) -> None:
    m = titled(title)
    posts = Unit.objects.get(pk=m.unit_id).posts
    data = {
        "online": True,
        "poster": posts.get(role="clerk").id,
        "witness": posts.get(role="supervision_head").id,
    }
    clerk = posts.get(role="clerk").person_id
    perform(
        Act("draft_notice", today(), clerk, {"text": text}, m.pk),
        Act("post_notice", today(), clerk, data, m.pk),
    )


def settle(title: str) -> None:
    m = titled(title)
    clerk = Unit.objects.get(pk=m.unit_id).posts.get(role="clerk").person_id
    data = {"result": "settled", "note": "桥可以加高。", "paper": "镇政府复函"}
    above = {"body": "party", "unit": m.unit.parent_id, "paper": "镇党委会议纪要"}
    perform(Act("record_return", today(), clerk, data, m.pk, decided_by=above))


def test_the_board_says_where_one_is_and_what_goes_on() -> None:
    page = text_of(resident().get("/u/shuangqiao/"))
    for words in (
        "双桥村（示例）",
        "正在公示",
        "东河护坡修复",
        "还剩 5 天",
        "正在商量",
        "后街自来水管线改造",
        "我要提意见",
        "查进度",
    ):
        assert words in page
    done = text_of(resident().get("/u/liuhe/"))
    assert "西胡同路面硬化" in done and "已解决" in done


def test_only_screened_matters_are_on_the_board() -> None:
    page = text_of(resident().get("/u/liuhe/"))
    assert "服务大厅周末值班" not in page and "地边" not in page


def test_places_without_a_room_lead_to_those_below() -> None:
    page = resident().get("/u/dongning/")
    assert "老黑山镇" in text_of(page) and "我要提意见" not in text_of(page)


def test_the_second_reader_costs_one_query_and_no_session() -> None:
    client = resident()
    first = client.get("/u/liuhe/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = client.get("/u/liuhe/")
    assert second.content == first.content and len(queries) == 1
    assert not second.cookies and "session" not in queries[0]["sql"]
    assert (
        second["Content-Security-Policy"].startswith("default-src 'none'")
        or "script-src" in second["Content-Security-Policy"]
    )
    assert second["X-Frame-Options"] == "DENY" and second["Content-Language"] == "zh-hans"


def test_a_reader_who_has_the_page_gets_304() -> None:
    client = resident()
    etag = client.get("/u/liuhe/")["ETag"]
    again = client.get("/u/liuhe/", headers={"if-none-match": f'"x", {etag}'})
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == etag
    assert client.get("/u/liuhe/", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_browser_that_unpacks_gets_it_packed() -> None:
    client = resident()
    plain = client.get("/u/liuhe/").content
    packed = client.get("/u/liuhe/", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip" and gzip.decompress(packed.content) == plain
    assert len(packed.content) + 8_000 < 30_000


def test_languages_and_large_text_have_their_own_copies() -> None:
    assert "我要提意见" in text_of(resident().get("/u/liuhe/"))
    assert "I want to say something" in text_of(resident("en").get("/u/liuhe/"))
    large = resident()
    large.cookies["large"] = "1"
    assert ' large"' in large.get("/u/liuhe/").content.decode()
    assert ' large"' not in resident().get("/u/liuhe/").content.decode()


def test_posting_a_notice_changes_the_pages_at_once() -> None:
    client, m = resident(), titled("北桥限高调整")
    assert "现在没有公示" in text_of(client.get("/u/xinghua/"))
    client.get(f"/m/{m.pk}/")
    settle("北桥限高调整")
    post_notice("北桥限高调整", "北桥限高调整结果：请交通部门加高限高杆。")
    board = text_of(client.get("/u/xinghua/"))
    assert "现在没有公示" not in board and "还剩 15 天" in board
    assert "请交通部门加高限高杆" in text_of(client.get(f"/m/{m.pk}/"))


def test_a_meeting_called_off_changes_the_page_of_its_matter() -> None:
    client, m = resident(), titled("村口设公交停靠点")
    assert "村议事室" in text_of(client.get(f"/m/{m.pk}/"))
    meeting = m.rounds.get().meeting
    perform(
        Act(
            "call_off",
            today(),
            "p-wang",
            {"reason": "下雨"},
            meeting.pk,
            decided_by={"role": "party_secretary"},
        )
    )
    assert "村议事室" not in text_of(client.get(f"/m/{m.pk}/"))


def test_a_copy_does_not_outlive_its_day(monkeypatch: Any) -> None:
    from datetime import timedelta

    from shangliang.web import copies

    client = resident()
    client.get("/u/shuangqiao/")
    old = Copy.objects.get(scope="shuangqiao").key
    monkeypatch.setattr(copies, "today", lambda: today() + timedelta(days=1))
    client.get("/u/shuangqiao/")
    assert Copy.objects.get(scope="shuangqiao").key != old


def test_a_page_rendered_before_an_act_is_not_kept_after_it() -> None:
    from django.utils import timezone

    from shangliang.acts.copies import keep

    assert not keep("2026-11-22|x", "liuhe", "0" * 64, "e", b"old", b"old", timezone.now())
    assert not Copy.objects.exists()


def test_pages_with_forms_or_questions_are_never_kept() -> None:
    client = resident()
    client.get("/u/liuhe/say/")
    client.get("/u/liuhe/?wall")
    client.get(f"/m/{titled('东河护坡修复').pk}/object/")
    client.get("/u/nowhere/")
    assert not Copy.objects.exists()


def test_few_queries_a_page() -> None:
    client = resident()
    for address, most in (
        ("/u/shuangqiao/", 20),
        (f"/m/{titled('东河护坡修复').pk}/", 26),
        ("/u/liuhe/all/", 8),
    ):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= most, (address, len(queries))


def test_rules_poster_and_all_matters() -> None:
    client = resident()
    rules = text_of(client.get("/u/liuhe/rules/"))
    assert "三议四不议甄别" in rules and "召集人" in rules and "村级每2个月1次" in rules
    assert client.get("/u/liuhe/rules/?chart")["Content-Type"].startswith("image/svg+xml")
    assert "<svg" in client.get("/u/liuhe/poster/").content.decode()
    assert "西胡同路面硬化" in text_of(client.get("/u/liuhe/all/"))


def test_the_board_of_an_office_leads_to_the_town_above_it() -> None:
    answer = resident().get("/u/water/")
    assert "这个单位没有自己的公开栏" in text_of(answer) and "请选您所在的地方" not in text_of(answer)
    assert b'href="/u/laoheishan/"' in answer.content
