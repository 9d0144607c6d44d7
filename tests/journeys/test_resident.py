"""What a resident does, on a phone, without an account."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.hands import (
    choose,
    done,
    fill,
    follow,
    is_pdf,
    main_button,
    not_there,
    number_in,
    press,
    refused,
    sees,
    step,
)
from tests.journeys.telling import Books, Story

Visit = Callable[[], Page]
Enter = Callable[[str], Page]
Tell = Callable[..., Story]


def say(page: Page, words: str, *, name: str = "", phone: str = "") -> str:
    """Says something in three screens, beginning on the board; the number on the receipt."""
    page.goto("/u/liuhe/")
    follow(page, "我要提意见")
    sees(page, "个体矛盾", "12388")
    press(page, "接着写")
    fill(page, "反映内容", words)
    press(page, "下一步")
    sees(page, "姓名电话可以不留")
    if name:
        fill(page, "您的姓名", name)
        fill(page, "您的电话", phone)
    press(page, "提交")
    return number_in(page)


def test_comes_from_the_poster_and_leaves_with_a_receipt(visitor: Visit) -> None:
    page = visitor()
    page.goto("/u/liuhe/poster/")
    expect(page.locator(".ref svg")).to_be_visible()
    page.goto(page.locator(".ref .hex").inner_text().strip())  # where the code leads
    sees(page, "公开栏", "正在公示")
    number = say(page, "村口的垃圾桶满了没人管，夏天苍蝇多。")
    sees(page, "召集人先看能不能列为议题", "不上网的，拿回执到村里问")
    is_pdf(page, "打印回执")
    page.goto("/find/")
    page.get_by_role("textbox").first.fill(number.lower())
    press(page, "查一查")
    expect(page).to_have_url(re.compile(number))
    sees(page, "收到")
    not_there(page, "苍蝇")  # nobody has screened it yet


def test_sees_every_later_step_on_one_page(visitor: Visit, story: Tell) -> None:
    page = visitor()
    t = story("liuhe", 0)
    t.number = say(page, "西头水沟堵了，一下雨就漫上路。")

    def look(*words: str) -> None:
        page.goto(f"/m/{t.number}/")
        sees(page, *words)

    t.screened("西头水沟清淤")
    look("西头水沟清淤", "三议四不议甄别：可以议", "接下来")
    t.approved().called(0)
    look("同意上会", "开会：", "村议事室")
    t.met("一、水沟清一遍；二、每季清一次。").given_out("水沟清一遍").posted()
    look("会上达成共识", "正在公示", "水沟清一遍", "还剩", "还没开始")
    expect(page.get_by_role("link", name="我有不同意见")).to_be_visible()
    t.worked().checked()
    look("监督委员会", "到现场检查", "办完了")
    t.do("reply", {"text": "水沟清好了，谢谢您。"}, decided_by="party_secretary")
    look("水沟清好了，谢谢您。")
    expect(page.locator("main")).not_to_contain_text("一下雨就漫上路")  # the words themselves are never shown


def test_going_back_keeps_the_words(visitor: Visit) -> None:
    page = visitor()
    page.goto("/u/liuhe/say/")
    press(page, "接着写")
    fill(page, "反映内容", "路边的树挡了信号灯。")
    press(page, "下一步")
    press(page, "返回")
    expect(page.locator("textarea").first).to_have_value("路边的树挡了信号灯。")


def test_empty_and_endless_words_are_refused_kindly(visitor: Visit) -> None:
    page = visitor()
    page.goto("/u/liuhe/say/")
    press(page, "接着写")
    press(page, "下一步")
    refused(page, "这里还没有填")
    fill(page, "反映内容", "长" * 10_000)
    press(page, "下一步")
    refused(page, "最多能收")
    assert len(page.locator("textarea").first.input_value()) == 10_000


def test_me_too_is_counted_once_a_browser(visitor: Visit, story: Tell) -> None:
    number = story("liuhe", 6).said("北墙根的下水井盖响得睡不着。").screened("北墙根井盖更换").number

    def tap(page: Page) -> None:
        page.goto(f"/m/{number}/")
        follow(page, "我也遇到了")
        press(page, "是的，我也遇到了")
        page.goto(f"/m/{number}/")

    one, other = visitor(), visitor()
    tap(one)
    sees(one, "另有1人也遇到了")
    one.goto(f"/m/{number}/too/")
    press(one, "我也遇到了")
    one.goto(f"/m/{number}/")
    sees(one, "另有1人也遇到了")
    tap(other)
    sees(other, "另有2人也遇到了")


def test_objects_while_the_notice_hangs_and_is_answered(visitor: Visit, enter: Enter, story: Tell) -> None:
    t = story("shuangqiao", 20).said("东头的小桥栏杆断了。").agreed("小桥栏杆修复", "换两侧栏杆")
    t.given_out("换两侧栏杆", owner="双桥村（示例）").posted()
    page = visitor()
    page.goto(f"/m/{t.number}/")
    follow(page, "我有不同意见")
    fill(page, "您写的内容", "石料堆在路口，车过不去。")
    press(page, "提交")
    done(page, "收到了", "答复会写在这件事的页面上")
    desk = enter("罗小燕")
    step(desk, t.number, "answer_objection")
    sees(desk, "石料堆在路口")
    choose(desk, "异议成立吗？", "否")
    fill(desk, "答复", "明天挪到河滩上，不占路。")
    main_button(desk)
    done(desk)
    page.goto(f"/m/{t.number}/")
    sees(page, "明天挪到河滩上")
    not_there(page, "石料堆在路口")


def test_after_the_notice_there_is_another_way_to_speak(visitor: Visit, story: Tell) -> None:
    t = story("liuhe", 60).said("校车停得太靠里。").agreed("校车停靠点外移", "往外挪二十米")
    t.given_out("往外挪二十米").posted().later(16).do("take_down")
    page = visitor()
    page.goto(f"/m/{t.number}/object/")
    sees(page, "现在没有公示", "可以另提一条意见")
    follow(page, "我要提意见")
    sees(page, "议什么，不议什么")


def test_says_whether_it_is_really_solved(visitor: Visit, enter: Enter, story: Tell) -> None:
    t = story("xinghua", 40).said("饭桌周末不开。").agreed("饭桌周末开餐", "周六周日各开一餐")
    t.given_out("周六周日各开一餐", owner="杏花村（示例）").posted().later(10).worked().checked()
    page = visitor()
    page.goto(f"/m/{t.number}/")
    follow(page, "解决了吗")
    choose(page, "真的解决了吗", "否")
    fill(page, "还有什么没解决", "周日还是没有饭。")
    press(page, "告诉村里")
    done(page, "谢谢您", "待核实")
    page.goto(f"/m/{t.number}/")
    sees(page, "待核实")
    not_there(page, "周日还是没有饭")
    desk = enter("吴晓梅")
    desk.goto(f"/desk/m/{t.number}/")
    sees(desk, "待核实", "还没解决")


def test_takes_name_and_telephone_back(visitor: Visit, enter: Enter) -> None:
    page = visitor()
    number = say(page, "井水有味。", name="老于", phone="13900000000")
    code = page.locator(".paper b.hex").inner_text().strip()
    desk = enter("王玥")
    desk.goto(f"/desk/m/{number}/")
    sees(desk, "老于")
    page.goto(f"/m/{number}/withdraw/")
    page.get_by_role("textbox").first.fill(code)
    main_button(page)
    done(page, "已经删除")
    desk.goto(f"/desk/m/{number}/")
    not_there(desk, "老于", "13900000000")


def test_anybody_reads_the_board_and_checks_a_printed_digest(visitor: Visit, books: Books) -> None:
    page = visitor()
    page.goto("/u/liuhe/")
    sees(page, "正在公示", "正在商量", "办好的事", "西胡同路面硬化")
    entry = next(e for e in books.export("liuhe") if e["act"] == "accept_archive")
    page.goto("/check/")
    page.get_by_role("textbox").first.fill(entry["digest"])
    main_button(page)
    sees(page, "柳河村", "查到了", "西胡同路面硬化", entry["digest"])
    page.goto("/check/?d=" + "0" * 64)
    sees(page, "没有这个摘要")
