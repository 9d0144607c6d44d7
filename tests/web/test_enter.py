"""Coming in: the demonstration's people, the card and its PIN, posts that open nothing, and errors that are kind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shangliang.acts.act import SYSTEM, Act, today
from shangliang.acts.perform import perform
from shangliang.people.models import Account
from shangliang.site.demo import PIN
from shangliang.units.models import Unit
from shangliang.web.templatetags.showing_people import can_show

pytestmark = pytest.mark.usefixtures("county")


def test_the_demonstration_shows_where_to_begin(client: Client, settings: Any) -> None:
    settings.DEMO = True
    page = client.get("/").content.decode()
    assert "演示数据" in page and "进来看看" in page and "柳河村（示例）" in page
    people = client.get("/demo/").content.decode()
    assert "王玥" in people and "接收归档" in people


def test_a_committee_s_director_is_not_said_to_see_the_county() -> None:
    of = {kind: can_show("director", Unit(kind=kind)) for kind in ("county", "village", "community")}
    assert of == {"county": "看全县"} | dict.fromkeys(
        ("village", "community"), "主持村（居）民委员会：召集、登记、签字"
    )


def test_of_many_places_the_towns_are_named_and_the_others_found_by_name(
    client: Client, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.DEMO = True
    for n in range(12):
        data = {"name": f"{n + 1}道沟村（示例）", "kind": "village", "parent": "laoheishan"}
        perform(Act("found_unit", today(), SYSTEM, data, unit=f"gou-{n}"), clock=timezone.now)
    with django_assert_max_num_queries(8):
        page = client.get("/").content.decode()
    assert "老黑山镇（演示）" in page and "柳河村（示例）" not in page and "找您的村或社区" in page
    found = client.get("/", {"q": "柳河"}).content.decode()
    assert "柳河村（示例）" in found and "杏花村（示例）" not in found and "全部乡镇" in found
    assert "没有名字里带“南京”的地方" in client.get("/", {"q": "南京"}).content.decode()
    assert "还有更多" not in found and client.get("/", {"q": "道沟"}).content.decode().count("道沟村") == 12


def test_one_tap_comes_in_as_anybody(client: Client, settings: Any) -> None:
    settings.DEMO = True
    assert client.post("/demo/cheng/").url == "/desk/"
    assert "等着接收的档案" in client.get("/desk/archive/").content.decode()
    assert client.post("/demo/nobody/").status_code == 404


def test_without_a_demonstration_nobody_comes_in_that_way(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/cheng/").status_code == 404
    page = client.get("/").content.decode()
    assert "工作人员登录" in page and "演示数据" not in page


def test_card_and_pin(client: Client) -> None:
    assert "卡号或密码不对" in client.post("/login/", {"login": "wang", "pin": "1"}).content.decode()
    assert "卡号或密码不对" in client.post("/login/", {"login": "nobody", "pin": "1"}).content.decode()
    assert (
        client.post("/login/", {"login": "wang", "pin": PIN, "next": "/desk/matters/"}).url
        == "/desk/matters/"
    )


def test_log_in_goes_nowhere_else(client: Client) -> None:
    assert client.post("/login/", {"login": "wang", "pin": PIN, "next": "//evil.example/"}).url == "/desk/"


def test_the_other_language_and_large_text_are_asked_for_by_a_button() -> None:
    reader = Client(headers={"accept-language": "zh-hans"}, enforce_csrf_checks=True)
    page = reader.get("/u/liuhe/").content.decode()
    assert 'name="next" value="/u/liuhe/"' in page and 'value="en" lang="en">English</button>' in page
    done = reader.post("/language/", {"to": "en", "next": "/u/liuhe/"})
    assert done.status_code == 302 and done["Location"] == "/u/liuhe/"
    assert reader.get("/u/liuhe/")["Content-Language"] == "en"
    assert reader.post("/large/", {"to": "1", "next": "/find/?n=3"})["Location"] == "/find/?n=3"
    assert ' large"' in reader.get("/u/liuhe/").content.decode()
    reader.post("/language/", {"to": "xx", "next": "/u/liuhe/"})
    assert reader.get("/u/liuhe/")["Content-Language"] == "en", "an unknown language changes nothing"


def test_following_links_never_changes_how_a_page_is_read() -> None:
    crawler = Client(headers={"accept-language": "zh-hans"})
    for address in ("/language/?to=en", "/large/?to=1"):
        assert crawler.get(address).status_code == 405
    assert not crawler.cookies
    page = crawler.get("/u/liuhe/").content.decode()
    assert 'href="/language/' not in page and 'href="/large/' not in page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example/", "/\n/evil.example/",
     "javascript:alert(1)", "evil", ""],
)  # fmt: skip
def test_the_switches_lead_nowhere_else(elsewhere: str) -> None:
    for address, to in (("/language/", "en"), ("/large/", "1")):
        assert Client().post(address, {"to": to, "next": elsewhere})["Location"] == "/"


def test_five_wrong_tries_rest_the_card(client: Client) -> None:
    for _ in range(5):
        client.post("/login/", {"login": "wang", "pin": "wrong"})
    resting = client.post("/login/", {"login": "wang", "pin": PIN})
    assert resting.status_code == 200 and "刻钟" in resting.content.decode()
    assert client.post("/login/", {"login": "luo", "pin": PIN}).status_code == 302, (
        "another card is not held up"
    )
    client.post("/leave/")
    Account.objects.filter(login="wang").update(locked_until=timezone.now() - timedelta(seconds=1))
    assert client.post("/login/", {"login": "wang", "pin": PIN}).status_code == 302


def test_a_page_of_another_post_says_what_to_do(come_in: Callable[[str], Client]) -> None:
    client = come_in("ma")
    answer = client.get("/desk/archive/", follow=True)
    assert answer.status_code == 403 and "这一页不归您的职务" in answer.content.decode()


def test_errors_are_kind_and_say_nothing_personal(client: Client) -> None:
    answer = client.get("/m/13945301234/nothing/")
    page = answer.content.decode()
    assert answer.status_code == 404 and "没有找到这一页" in page and "拿回执到村里问" in page
    strict = Client(enforce_csrf_checks=True)
    stale = strict.post("/login/", {"login": "wang", "pin": PIN})
    assert stale.status_code == 403 and "请再提交一次" in stale.content.decode()


def test_too_much_at_once_is_said_plainly(client: Client) -> None:
    answer = client.post("/login/", {"login": "wang", "pin": "x" * 3_000_000})
    assert answer.status_code == 413 and "20MB" in answer.content.decode()


def test_our_own_fault_is_owned(client: Client) -> None:
    from shangliang.web.errors import broken

    page = broken(client.get("/").wsgi_request)
    assert page.status_code == 500 and "不怪您" in page.content.decode()
