"""四议两公开 in a browser, on a phone: from a resident's words by four bodies to the archive, each step by whom it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Site
from tests.journeys.consulting import ago, archived, original, sound, spoken
from tests.journeys.places import Desk, served


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("siyi"), "siyi") as site:
        yield site


def test_four_deliberations_and_two_publications_to_the_archive(browser: Browser, county: Site) -> None:
    clerk = Desk(browser, county, "米春花")
    number = spoken(clerk, "村东的桥栏断了，夜里走不敢靠边。", 80)
    clerk.step(number, "put_forward", 79, {"title": "东桥栏杆更换"})
    clerk.step(number, "admit", 78, {"amount": "46000"}, {"in_scope": "True", "category": "construction"},
               [("touches", "public_welfare")])  # fmt: skip
    clerk.step(number, "propose_plan", 76, {"plan": "换四十米栏杆，村集体出钱。", "cited": "6", "party_study_on": ago(77)},
               {"result": "agreed"})  # fmt: skip
    clerk.step(number, "discuss_proposal", 74, {"note": "同意；栏杆加反光条。", "present": "7", "votes_for": "7"},
               {"result": "agreed", "vote": "hands"})  # fmt: skip
    clerk.step(number, "review_proposal", 70, {"note": "同意。", "total": "42", "present": "30", "votes_for": "30"},
               {"result": "agreed"})  # fmt: skip
    clerk.step(number, "record_resolution", 62, {
        "notice_on": ago(67), "party_study_on": ago(77), "authorised_by": "年度授权决定", "total": "36", "present": "28",
        "votes_for": "27", "against": "1", "abstained": "0", "paper": "决议〔演示〕8号"}, {"body": "representatives"})  # fmt: skip
    clerk.step(number, "draft_notice", 61, {"text": "东桥换四十米栏杆，加反光条，村集体出钱。"})
    clerk.step(number, "post_notice", 61)
    clerk.step(number, "set_tasks", 61, {"what": "换四十米栏杆", "owner": "镇村建站", "due": ago(30)})
    clerk.step(number, "report_progress", 40, {"note": "换好了。"}, {"state": "done"})
    clerk.step(number, "finish_work", 40)
    watcher = Desk(browser, county, "邝德胜")
    watcher.step(number, "check_work", 39, {"note": "结实，反光条看得见。"}, {"satisfied": "True"})
    clerk.step(number, "take_down", 38)
    clerk.step(number, "record_effects", 36, {"amount": "45200", "lines": "更换栏杆 40 米"})
    clerk.step(number, "draft_notice", 35, {"text": "东桥栏杆更换完成：40米，支出4.52万元。"})
    clerk.step(number, "post_notice", 35)
    clerk.step(number, "take_down", 18)
    original(clerk, number, "assembly_papers", "村档案柜2号", "8", 17)
    clerk.step(number, "close", 16, {"note": "东桥栏杆换好。"}, {"result": "solved"})
    archived(Desk(browser, county, "温静"), number)
    clerk.page.goto(f"/desk/m/{number}/")
    expect(clerk.page.locator("main")).to_contain_text("办结归档")
    sound(county)


def test_what_stands_in_the_way_is_said_with_its_clause_and_nothing_typed_is_lost(
    browser: Browser, county: Site
) -> None:
    clerk = Desk(browser, county, "米春花")
    number = spoken(clerk, "河沟想清一清。", 80)
    clerk.step(number, "put_forward", 79, {"title": "河沟清淤"})
    clerk.step(
        number,
        "admit",
        78,
        None,
        {"in_scope": "True", "category": "construction"},
        [("touches", "public_welfare")],
    )
    page = clerk.page
    page.goto(f"/desk/m/{number}/propose_plan/")
    for block in page.locator("main details").all():
        block.locator("summary").first.click()
    page.locator('main [name="plan"]').fill("先清上游。")
    page.locator('main [name="cited"]').fill("3")
    page.locator('main [name="party_study_on"]').fill(ago(77))
    page.locator('main [name="merged"]').check()
    page.locator('main input[name="result"][value="agreed"]').check()
    page.locator('main [name="happened_on"]').fill(ago(76))
    page.locator("main .thumb button").last.click()
    expect(page.locator("main [role=alert]").first).to_contain_text("不是一个人")
    assert page.locator('main [name="plan"]').input_value() == "先清上游。"
