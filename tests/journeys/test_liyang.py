"""溧阳 in a browser, on a phone without script: consulted before the decision and during the work, appraised, inspected,
archived; and a survey by telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Site
from tests.journeys.consulting import ago, archived, called, entered, sound
from tests.journeys.places import Desk, served
from tests.journeys.telling import Books

UNIT, CLERK = "ly-qingfeng", "p-l-mei"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("liyang"), "liyang") as site:
        yield site


def raised(site: Site, words: str, title: str) -> str:
    with Books(site.environment) as books:
        said = books.do(
            act="intake",
            happened_on=ago(80),
            entered_by=CLERK,
            data={"words": words, "channel": "meeting"},
            unit=UNIT,
        )
        matter = str(said["subject"].partition(":")[2])
        books.do(
            act="put_forward", happened_on=ago(79), entered_by=CLERK, data={"title": title}, matter=matter
        )
    return matter


def test_consulted_before_deciding_and_during_the_work_then_appraised_and_archived(
    browser: Browser, city: Site
) -> None:
    number = raised(city, "小广场晚上太黑，跳舞的和下棋的也挤。", "小广场改造")
    clerk = Desk(browser, city, "梅小芳")
    clerk.step(number, "set_topic", 78, {}, {"category": "interest"}, [("scope", "affairs")])
    page = clerk.page
    page.goto(f"/desk/m/{number}/fix_participants/")
    for box in page.locator('main input[name="posts"]').all():
        box.check()
    page.locator('main [name="people"]').fill("跳舞队代表\n下棋的老人代表")
    page.locator('main [name="happened_on"]').fill(ago(77))
    page.locator("main .thumb button").last.click()
    expect(page.locator("main [role=status]").first).to_be_visible()
    clerk.step(number, "set_form", 76, {"method": "各组推选"}, {"carrier": "council", "way": "civic"})
    clerk.step(
        number, "release_information", 75, {"text": "草图贴在公开栏。", "papers": "草图 2"}, {"where": "both"}
    )
    meeting = called(clerk, number, 74, 70, "civic", "社区议事厅")
    entered(clerk, number, meeting, "consensus", "一、加四盏灯；二、东边跳舞西边下棋。", "")
    clerk.step(
        number, "record_decision", 69, {"note": "按共识办。"}, {"decision": "yes", "by_body": "council"}
    )
    clerk.step(number, "set_tasks", 68, {"what": "加四盏灯", "owner": "清风社区（示例）", "due": ago(40)})
    again = called(clerk, number, 60, 58, "talk", "小广场")
    entered(clerk, number, again, "consensus", "灯改成暖光。")
    clerk.step(number, "report_progress", 50, {"note": "装好了，暖光。"}, {"state": "done"})
    clerk.step(number, "finish_work", 50)
    watcher = Desk(browser, city, "祝长贵")
    watcher.step(number, "check_work", 49, {"note": "亮了。"}, {"satisfied": "True"})
    clerk.step(number, "draft_notice", 48, {"text": "小广场加了四盏灯，东边跳舞西边下棋。"})
    clerk.step(number, "post_notice", 48)
    watcher.step(number, "set_appraisal", 47, {"topic": "满不满意", "called_for": ago(46), "place": "小广场"})
    watcher.step(number, "call_appraisal", 47, {"count": "30"})
    watcher.step(number, "hold_appraisal", 46, {"present": "26", "satisfied": "22", "mostly": "3", "unsatisfied": "1",
                                                "words": "亮堂了。"})  # fmt: skip
    watcher.step(number, "show_appraisal", 45, {"place": "公开栏"})
    clerk.step(number, "answer_appraisal", 44, {"answer": "那位嫌晃眼的，灯罩已经调低。"})
    clerk.step(number, "take_down", 30)
    clerk.step(number, "close", 28, {"note": "四盏灯装好。"}, {"result": "solved"})
    archived(Desk(browser, city, "舒文"), number)
    clerk.page.goto(f"/desk/m/{number}/")
    expect(clerk.page.locator("main")).to_contain_text("办结归档")
    sound(city)


def test_a_survey_is_asked_by_telephone_and_counted_with_the_papers(browser: Browser, city: Site) -> None:
    number = raised(city, "快递柜放哪里说不到一起。", "快递柜位置")
    clerk = Desk(browser, city, "梅小芳")
    clerk.step(
        number,
        "open_survey",
        70,
        {"title": "快递柜放在哪里", "asked": "放在哪里？/东门/西门\n夜里要亮灯吗？/要/不要"},
    )
    page = clerk.page
    page.goto(f"/desk/m/{number}/")
    page.get_by_role("link", name="登记电话回答").click()
    for first in ("0", "0", "1"):
        page.locator(f'main input[name="q1"][value="{first}"]').check()
        page.locator('main input[name="q2"][value="0"]').check()
        page.locator("main .thumb button").last.click()
        expect(page.locator("main")).to_contain_text("这个电话记下了")
    expect(page.locator("main")).to_contain_text("已登记3个电话")
    page.goto(f"/desk/m/{number}/enter_paper_totals/")
    question = page.locator('main input[name="question"]').first.get_attribute("value") or ""
    clerk.step(
        number,
        "enter_paper_totals",
        60,
        {"numbers": "20，11", "teller": "丁玉兰", "second": "葛建平"},
        {"question": question},
    )
    survey = question.rpartition(".")[0] + ".0"
    clerk.step(number, "close_survey", 59, {}, {"survey": survey})
    page.goto(f"/desk/m/{number}/")
    said = re.sub(r"\s+", " ", page.locator("main").inner_text())
    assert re.search(r"东门\D*2\D*20\D*22", said), said
