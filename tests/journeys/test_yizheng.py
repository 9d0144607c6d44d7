"""一征三议两公开 in a browser, on a phone: from a neighbour's words over asking, three deliberations and two publications to the
archive, each step by whom it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Site
from tests.journeys.consulting import ago, archived, called, entered, original, sound, spoken
from tests.journeys.places import Desk, served


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("yizheng"), "yizheng") as site:
        yield site


RESOLUTION = {
    "total": "60", "present": "45", "votes_for": "41", "against": "3", "abstained": "1", "paper": "居民代表会议决议9号",
    "authorised_by": "年度授权决定",
}  # fmt: skip


def test_a_deliberated_plan_goes_to_the_archive_by_its_own_roles(browser: Browser, district: Site) -> None:
    walker, clerk = Desk(browser, district, "施大勇"), Desk(browser, district, "欧阳静")
    number = spoken(walker, "单元门禁坏了一年，谁都能进来。", 70)
    walker.step(number, "put_forward", 69, {"title": "单元门禁更换"})
    clerk.step(
        number,
        "admit",
        68,
        None,
        {"in_scope": "True", "category": "public_benefit"},
        [("touches", "all_residents")],
    )
    clerk.step(number, "open_collecting", 67, {"topic": "门禁怎么换？"}, None, [("methods", "visit")])
    for group in ("residents", "property"):
        walker.step(
            number,
            "enter_heard",
            60,
            {"count": "20", "words": "换成刷卡的。"},
            {"group": group, "method": "visit"},
        )
    clerk.step(number, "close_collecting", 58, {"summary": "换成刷卡的。", "party_study_on": ago(58)})
    plan = {"plan": "十个单元换刷卡门禁。", "cited": "18", "form": "提议表9号"}
    clerk.step(number, "propose_plan", 56, plan, {"result": "agreed"})
    meeting = called(clerk, number, 55, 50, "meeting", "社区会议室", "辖区派出所")
    entered(clerk, number, meeting, "consensus", "一、换刷卡门禁；二、老人发卡免费。")
    clerk.page.goto(f"/desk/m/{number}/record_resolution/")
    expect(clerk.page.locator("main")).to_contain_text(
        "须40"
    )  # what the law asks, with this community's numbers
    clerk.step(number, "record_resolution", 44, {**RESOLUTION, "notice_on": ago(49), "party_study_on": ago(58)},
               {"body": "representatives"})  # fmt: skip
    clerk.step(number, "draft_notice", 42, {"text": "十个单元换刷卡门禁，老人发卡免费。"})
    clerk.step(number, "post_notice", 42)
    clerk.step(number, "set_tasks", 42, {"what": "十个单元换刷卡门禁", "owner": "物业公司", "due": ago(20)})
    clerk.step(number, "report_progress", 30, {"note": "十个单元都换好了。"}, {"state": "done"})
    clerk.step(number, "finish_work", 30)
    watcher = Desk(browser, district, "连德厚")
    watcher.step(number, "check_work", 29, {"note": "看过，都好用。"}, {"satisfied": "True"})
    clerk.step(number, "take_down", 26)
    clerk.step(number, "record_effects", 25, {"amount": "36000", "lines": "更换门禁 10 套\n发放门卡 620 张"})
    clerk.step(number, "draft_notice", 24, {"text": "十个单元门禁换好，支出3.6万元。"})
    clerk.step(number, "post_notice", 24)
    clerk.step(number, "take_down", 8)
    watcher.step(
        number,
        "set_appraisal",
        7,
        {"topic": "门禁更换，按决议逐项评", "called_for": ago(6), "place": "社区会议室"},
    )
    watcher.step(number, "call_appraisal", 7, {"count": "30"})
    watcher.step(number, "hold_appraisal", 6, {"present": "24", "satisfied": "20", "mostly": "3", "unsatisfied": "1",
                                               "words": "好用；一户卡读不出。"})  # fmt: skip
    watcher.step(number, "show_appraisal", 5, {"place": "公开栏"})
    clerk.step(number, "answer_appraisal", 4, {"answer": "读不出的卡已换。"})
    original(clerk, number, "assembly_papers", "社区档案柜4号", "11", 3)
    clerk.step(number, "close", 2, {"note": "十个单元门禁全部换好。"}, {"result": "solved"})
    archived(Desk(browser, district, "焦敏"), number)
    clerk.page.goto(f"/desk/m/{number}/")
    expect(clerk.page.locator("main")).to_contain_text("办结归档")
    sound(district)


def test_a_flow_chart_and_the_rules_of_two_communities_are_the_same(browser: Browser, district: Site) -> None:
    """Acceptance 16: the board, the rules and the chart of two communities have one layout (Z18 to Z20)."""
    desk = Desk(browser, district, "欧阳静")
    shapes = []
    for unit in ("qh-minzhu", "qh-heping"):
        desk.page.goto(f"/u/{unit}/rules/")
        names = desk.page.locator("main h1, main h2, main svg title").all_text_contents()
        shapes.append([n.replace("民主路社区（示例）", "").replace("和平里社区（示例）", "") for n in names])
    assert shapes[0] == shapes[1] and shapes[0]
