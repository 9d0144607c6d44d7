"""What the town, the department, the supervision committee and the archivist do."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.conftest import choose, open_matter, sees
from tests.journeys.test_village import recorded, step

Enter = Callable[[str], Page]


def main_button(page: Page) -> None:
    page.locator("main form button").last.click()


def test_the_town_answers_what_was_sent_up(enter: Enter) -> None:
    page = enter("苏喆")
    sees(page, "北桥限高调整") if page.get_by_text("北桥限高调整").count() else page.goto("/desk/villages/")
    page.goto("/desk/villages/")
    if page.get_by_role("link", name="登记答复").count():
        page.get_by_role("link", name="登记答复").first.click()
        choose(page, "上级答复结果", "已经解决")
        page.locator("textarea").first.fill("经核算可以提高四十厘米，月底前换杆。")
        page.get_by_label("答复文件").fill("镇政函〔2026〕31号")
        main_button(page)
        expect(page.get_by_role("status").first).to_be_visible()


def test_the_town_sees_its_villages_without_a_rank(enter: Enter) -> None:
    page = enter("苏喆")
    page.goto("/desk/villages/")
    for village in ("柳河村", "杏花村", "双桥村"):
        sees(page, village)
    text = page.locator("main").inner_text()
    assert "排名" not in text and "得分" not in text and "第1名" not in text


def test_the_department_reports_by_its_own_account(enter: Enter) -> None:
    page = enter("孟庆堃")
    page.goto("/desk/letters/")
    sees(page, "东河护坡修复")
    sees(page, "备齐石料")


def test_the_canteen_is_closed_and_archived(enter: Enter) -> None:
    desk = enter("吴晓梅")
    desk.goto("/desk/matters/")
    if not desk.get_by_role("link", name="村老年饭桌").count():
        return  # the other run of this journey has archived it
    number = open_matter(desk, "村老年饭桌")
    step(desk, number, "reply")
    desk.locator("textarea").first.fill("饭桌办起来了，每天中午一餐。")
    main_button(desk)
    recorded(desk)
    if desk.get_by_role("link", name="办结").count():
        step(desk, number, "close")
        choose(desk, "解决了吗？", "已解决")
        desk.locator("textarea").first.fill("每天有三十位左右的老人来吃饭。")
        main_button(desk)
        recorded(desk)
    archivist = enter("程亚楠")
    archivist.goto(f"/desk/archive/{number}/")
    sees(archivist, "会议记录")
    archivist.get_by_role("button", name="接收归档").click()
    archivist.goto("/desk/archive/transfer/")
    sees(archivist, "村老年饭桌")


def test_the_supervision_committee_sees_what_hangs_and_what_is_finished(enter: Enter) -> None:
    page = enter("徐桂芝")
    page.goto("/desk/supervision/")
    sees(page, "东河护坡修复")
