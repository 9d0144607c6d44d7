"""What a grid worker does for people who do not write themselves: their words in, the answer back to their door."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.hands import (
    choose,
    done,
    fill,
    follow,
    main_button,
    number_in,
    press,
    sees,
    step,
)
from tests.journeys.telling import Story

Visit = Callable[[], Page]
Enter = Callable[[str], Page]
Tell = Callable[..., Story]


def speak_for(page: Page, words: str, name: str = "", channel: str = "上门走访") -> str:
    """Enters somebody's words in two screens; the number."""
    page.goto("/desk/")
    page.get_by_role("navigation", name="工作台").get_by_role("link", name="代录意见").click()
    fill(page, "照原话写", words)
    choose(page, "怎么听到的", channel)
    if name:
        fill(page, "姓名", name)
    press(page, "下一步")
    sees(page, "请念给老人听一遍", words)
    press(page, "是这个意思，提交")
    sees(page, "收到了")
    return number_in(page)


def test_an_old_neighbours_words_reach_the_village_and_the_answer_her_door(
    enter: Enter, visitor: Visit, script: bool
) -> None:
    who = f"后街于奶奶{'一' if script else '二'}"
    page = enter("张桂兰")
    number = speak_for(page, "早上没有自来水，做不了饭。", name=who)
    page.goto("/desk/replies/")
    expect(page.locator("main")).not_to_contain_text(who)  # there is no answer yet

    desk = enter("王玥")
    step(desk, number, "put_forward")
    fill(desk, "议题名称", "早上没有自来水")
    main_button(desk)
    done(desk)
    step(desk, number, "screen")
    for question in ("违反政策原则吗？", "个体矛盾吗？", "有失公平吗？", "有严重分歧吗？"):
        choose(desk, question, "是" if "个体" in question else "否")
    choose(desk, "属于三议中的哪一类", "民生")
    main_button(desk)
    done(desk)
    step(desk, number, "reply")
    fill(desk, "答复内容", "是您家门口的阀门锈住了，水站明天上门换，不收钱。")
    fill(desk, "可以找谁办", "镇水利站")
    main_button(desk)
    done(desk)

    page.goto("/desk/replies/")
    card = page.locator("section.card", has_text=who)
    sees(page, "水站明天上门换")
    card.get_by_role("button", name="已经告诉本人").click()
    done(page, "已经当面告诉本人")
    expect(page.locator("main")).not_to_contain_text(who)
    public = visitor()
    public.goto(f"/m/{number}/")
    sees(public, "当面告诉了提意见的人", "水站明天上门换")


def test_words_on_a_slip_of_paper_join_without_losing_their_own_number(
    enter: Enter, visitor: Visit, story: Tell
) -> None:
    first = story("liuhe", 9).said("祠堂门前的石阶裂了，老人容易绊倒。").screened("祠堂石阶修补")
    page = enter("张桂兰")
    number = speak_for(page, "祠堂门前石阶裂了一道缝，老人绊倒过。", channel="意见箱")
    sees(page, "以前有人说过吗")
    press(page, f"归并到{first.number}")
    sees(page, "已归并", first.number)
    public = visitor()
    for told in (number, first.number):  # both numbers stay good and show the same page
        public.goto(f"/m/{told}/")
        sees(public, "祠堂石阶修补")
    public.goto(f"/m/{number}/")
    sees(public, f"编号{number}已并入{first.number}")
    desk = enter("王玥")
    desk.goto(f"/desk/m/{first.number}/")
    sees(desk, "祠堂门前的石阶裂了", "祠堂门前石阶裂了一道缝", number)  # each origin with its words


def test_changing_something_keeps_what_was_typed(enter: Enter) -> None:
    page = enter("张桂兰")
    page.goto("/desk/speak/")
    fill(page, "照原话写", "电线离房檐太近。")
    fill(page, "姓名", "西院老赵")
    press(page, "下一步")
    press(page, "改一改")
    expect(page).to_have_url(re.compile(r"/desk/speak/$"))
    expect(page.locator("textarea").first).to_have_value("电线离房檐太近。")
    expect(page.get_by_label("姓名").first).to_have_value("西院老赵")
    follow(page, "返回")
    sees(page, "今天")
