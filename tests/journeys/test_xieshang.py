"""协商在基层 in a browser, on a phone without script: from a resident's words over five steps to the archive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Site
from tests.journeys.consulting import ago, archived, called, entered, sound
from tests.journeys.places import Desk, served
from tests.journeys.telling import Books

UNIT, CLERK = "qx-shiqiao", "p-x-pan"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("xieshang"), "xieshang") as site:
        yield site


def raised(site: Site, words: str, title: str) -> str:
    """Said by a resident some weeks ago, and gathered; its number."""
    with Books(site.environment) as books:
        said = books.do(
            act="intake",
            happened_on=ago(60),
            entered_by=CLERK,
            data={"words": words, "channel": "visit"},
            unit=UNIT,
        )
        matter = str(said["subject"].partition(":")[2])
        books.do(
            act="put_forward", happened_on=ago(59), entered_by=CLERK, data={"title": title}, matter=matter
        )
    return matter


def test_a_residents_words_go_over_five_steps_to_the_archive(browser: Browser, county: Site) -> None:
    number = raised(county, "晒场的路坑坑洼洼，收粮车进不来。", "晒场路修补")
    clerk = Desk(browser, county, "潘小军")
    member = Desk(browser, county, "沈丽华")
    member.step(number, "set_topic", 58, {}, {"category": "rural", "reach": "village", "complexity": "plain"})
    clerk.step(number, "approve", 57, {"present": "5"}, {"approved": "True", "by_body": "party"})

    page = member.page
    page.goto(f"/desk/m/{number}/fix_participants/")
    for box in page.locator('main input[name="posts"]').all():
        box.check()
    page.locator('main [name="departments"]').fill("镇交通站")
    page.locator('main [name="people"]').fill("晒场边农户")
    page.locator('main [name="happened_on"]').fill(ago(56))
    page.locator("main .thumb button").last.click()
    expect(page.locator("main [role=status]").first).to_be_visible()
    member.step(number, "set_form", 56, {}, {"way": "yard"})
    clerk.step(number, "report_study", 54, {"note": "量了二百米，坑洼十一处。"})
    meeting = called(clerk, number, 53, 48, "yard", "晒场边")
    entered(clerk, number, meeting, "consensus", "一、先填坑洼；二、秋后铺砂石。", "一户希望浇水泥。")

    clerk.step(number, "compile_opinion", 47)
    clerk.step(number, "check_policy", 47, {}, {"passed": "True"})
    clerk.step(number, "draft_notice", 46, {"text": "晒场路先填坑洼，秋后铺砂石。"})
    clerk.step(number, "post_notice", 46)
    clerk.step(number, "set_tasks", 46, {"what": "填坑洼十一处", "owner": "石桥村（示例）", "due": ago(20)})
    clerk.step(number, "report_progress", 40, {"note": "填好了。"}, {"state": "done"})
    clerk.step(number, "finish_work", 40)
    watcher = Desk(browser, county, "董长青")
    watcher.step(number, "check_work", 39, {"note": "看过，车能进。"}, {"satisfied": "True"})
    clerk.step(number, "take_down", 30)
    for _ in range(3):  # three numbered suggestions
        clerk.step(number, "follow_up", 28, {"owner": "村委会"}, {"state": "done"})
    clerk.step(
        number,
        "feed_back",
        27,
        {"decision": "都采纳。", "execution": "填好十一处。"},
        {},
        [("to", "participants")],
    )
    member.step(number, "close", 26, {"note": "坑洼十一处填好，收粮车进得来。"}, {"result": "solved"})
    archived(Desk(browser, county, "严守正"), number)
    clerk.page.goto(f"/desk/m/{number}/")
    expect(clerk.page.locator("main")).to_contain_text("办结归档")
    sound(county)
