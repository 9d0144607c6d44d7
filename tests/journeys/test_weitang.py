"""魏塘街道 in a browser, on a phone without script: a matter is brought in, noticed, studied, consulted on, reported, decided, fed
back, made public and archived, each step by whom it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Site
from tests.journeys.consulting import ago, archived, called, entered, sound, spoke
from tests.journeys.places import Desk, served


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("weitang"), "weitang") as site:
        yield site


def brought_in(clerk: Desk, title: str) -> str:
    page = clerk.page
    page.goto("/desk/propose/")
    page.locator('main input[name="category"][value="project"]').check()
    page.locator('main select[name="item"]').select_option("works")
    page.locator('main [name="title"]').fill(title)
    page.locator('main [name="happened_on"]').fill(ago(40))
    page.locator("main .thumb button").last.click()
    expect(page).to_have_url(re.compile(r"/desk/m/[2-9A-Z]{6}/$"))
    return page.url.rstrip("/").rpartition("/")[2]


def test_a_matter_goes_from_the_notice_to_the_archive_by_its_own_roles(
    browser: Browser, street: Site
) -> None:
    clerk = Desk(browser, street, "纪小英")
    number = brought_in(clerk, "中心广场雨水管改造")
    clerk.step(number, "approve", 39, {"present": "9"}, {"approved": "True", "by_body": "party"})
    office = Desk(browser, street, "奚文珍")
    office.step(
        number,
        "issue_notice",
        38,
        {"number": "魏协9号", "focus": "先改哪一段", "papers": "管线图 4\n造价表 2"},
    )
    room = Desk(browser, street, "岑永明")
    page = room.page
    page.goto(f"/desk/m/{number}/fix_participants/")
    for box in page.locator('main input[name="posts"]').all()[:2]:
        box.check()
    page.locator('main [name="happened_on"]').fill(ago(38))
    page.locator("main .thumb button").last.click()
    expect(page.locator("main [role=status]").first).to_be_visible()
    room.step(number, "notify_participants", 37, {}, {"by": "phone"})
    room.step(number, "set_form", 37, {}, {"way": "special"})
    clerk.step(number, "report_study", 36, {"note": "雨天看了三处，积水最深四十厘米。"})

    early = called(
        room, number, 36, 32, "special", "联络室"
    )  # six days after the notice: said on the page, with its clause
    page.goto(f"/desk/meeting/{early}/after/")
    page.locator(f'main input[name="{number}-outcome"][value="consensus"]').check()
    page.locator(f'main [name="{number}-agreed"]').fill("先改东段。")
    page.locator("main .thumb button").last.click()
    expect(page.locator("main [role=alert]").first).to_contain_text("通知书发出才6天，要提前7天")
    meeting = called(room, number, 31, 30, "special", "联络室")
    spoke(clerk, number, 30, "同意先改东段。")
    entered(clerk, number, meeting, "consensus", "一、先改东段；二、学校门口夜间施工。", "西段也要尽快。")

    room.step(number, "compile_opinion", 29)
    room.step(number, "send_bulletin", 28, {"number": "2026年第9期"})
    clerk.step(
        number,
        "record_decision",
        25,
        {"note": "采纳。", "paper": "党委纪要21号"},
        {"decision": "yes", "by_body": "party"},
    )
    clerk.step(number, "feed_back", 20, {"decision": "采纳两条。", "execution": "东段已开工。"}, {"by_body": "government"},
               [("to", "room")])  # fmt: skip
    office.step(
        number,
        "publish_within",
        19,
        {"text": "广场雨水管先改东段，学校门口夜间施工。"},
        {},
        [("scope", "public")],
    )
    clerk.step(number, "follow_up", 18, {}, {"state": "doing"})
    room.step(number, "close", 15, {"note": "东段完工。"}, {"result": "solved"})
    archived(Desk(browser, street, "谭亚萍"), number)
    clerk.page.goto(f"/desk/m/{number}/")
    expect(clerk.page.locator("main")).to_contain_text("归档")
    expect(clerk.page.locator("main")).to_contain_text("学校门口夜间施工")
    clerk.page.goto(f"/m/{number}/")
    expect(clerk.page.locator("main")).to_contain_text("先改东段")
    sound(street)
