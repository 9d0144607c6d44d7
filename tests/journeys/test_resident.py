"""What a resident does, on a phone, without an account."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.conftest import choose, open_matter, press, sees

Visit = Callable[[], Page]
Enter = Callable[[str], Page]


def say(page: Page, words: str, *, name: str = "", phone: str = "") -> str:
    """Says something in three screens; the number on the receipt."""
    page.goto("/u/liuhe/")
    page.get_by_role("link", name="我要提意见").click()
    sees(page, "个体矛盾")
    sees(page, "12388")
    press(page, "接着")
    page.locator("textarea").first.fill(words)
    press(page, "下一步")
    sees(page, "姓名电话可以不留")
    if name:
        page.get_by_label("姓名").fill(name)
        page.get_by_label("电话", exact=False).last.fill(phone)
    press(page, "提交")
    number = page.locator(".number").first.inner_text().strip()
    assert re.fullmatch(r"[2-9A-Z]{6}", number)
    return number


def test_says_it_gets_a_number_and_finds_it_again(visitor: Visit) -> None:
    page = visitor()
    number = say(page, "村口的垃圾桶满了没人管，夏天苍蝇多。")
    sees(page, "召集人先看能不能列为议题")
    page.goto("/find/")
    page.get_by_role("textbox").first.fill(number.lower())
    press(page, "查一查")
    expect(page).to_have_url(re.compile(number))
    sees(page, "收到")
    expect(page.locator("main")).not_to_contain_text("苍蝇")  # nobody has screened it yet


def test_going_back_keeps_the_words(visitor: Visit) -> None:
    page = visitor()
    page.goto("/u/liuhe/say/")
    press(page, "接着")
    page.locator("textarea").first.fill("路边的树挡了信号灯。")
    press(page, "下一步")
    press(page, "返回")
    expect(page.locator("textarea").first).to_have_value("路边的树挡了信号灯。")


def test_empty_and_endless_words_are_refused_kindly(visitor: Visit) -> None:
    page = visitor()
    page.goto("/u/liuhe/say/")
    press(page, "接着")
    press(page, "下一步")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("textarea").first.fill("长" * 10_000)
    press(page, "下一步")
    expect(page.get_by_role("alert").first).to_be_visible()
    assert len(page.locator("textarea").first.input_value()) == 10_000


def test_me_too_is_counted_once_a_browser(visitor: Visit, enter: Enter) -> None:
    clerk = enter("王玥")
    number = open_matter(clerk, "村口设公交停靠点")
    page = visitor()
    page.goto(f"/m/{number}/")
    page.get_by_role("link", name="我也遇到了").click()
    press(page, "我也遇到了")
    page.goto(f"/m/{number}/too/")
    press(page, "我也遇到了")
    page.goto(f"/m/{number}/")
    expect(page.get_by_text("人也遇到了")).to_have_count(1)


def test_objects_while_the_notice_hangs(visitor: Visit, enter: Enter) -> None:
    number = open_matter(enter("罗小燕"), "东河护坡修复")
    page = visitor()
    page.goto(f"/m/{number}/")
    page.get_by_role("link", name="我有不同意见").click()
    page.locator("textarea").first.fill("石料堆在路口，车过不去。")
    press(page, "提交")
    expect(page.get_by_role("status").first).to_be_visible()
    desk = enter("罗小燕")
    desk.goto(f"/desk/m/{number}/answer_objection/")
    sees(desk, "石料堆在路口")
    choose(desk, "异议", "石料堆在路口")
    choose(desk, "异议成立吗？", "否")
    desk.locator("textarea").last.fill("明天挪到河滩上，不占路。")
    press(desk, "答复异议")
    expect(desk.get_by_role("status").first).to_be_visible()


def test_says_it_is_not_solved(visitor: Visit, enter: Enter) -> None:
    number = open_matter(enter("吴晓梅"), "村老年饭桌")
    page = visitor()
    page.goto(f"/m/{number}/")
    page.get_by_role("link", name="解决了吗").click()
    choose(page, "真的解决了吗", "否")
    page.locator("textarea").first.fill("周末没有饭。")
    press(page, "告诉村里")
    sees(page, "待核实")


def test_checks_a_printed_digest(visitor: Visit, enter: Enter) -> None:
    desk = enter("王玥")
    open_matter_digest = desk
    open_matter_digest.goto("/desk/matters/?ended=1")
    desk.get_by_role("link", name="西胡同路面硬化").first.click()
    summary = desk.locator(".record details").first
    digest = summary.locator(".hex").inner_text().strip() if summary.locator(".hex").is_visible() else ""
    digest = digest or summary.locator(".hex").text_content().strip()  # type: ignore[union-attr]
    page = visitor()
    page.goto("/check/")
    page.get_by_role("textbox").first.fill(digest)
    page.locator("main").get_by_role("button").first.click()
    sees(page, "柳河村")
    page.goto("/check/?d=" + "0" * 64)
    sees(page, "没有")
