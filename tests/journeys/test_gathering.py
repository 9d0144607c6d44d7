"""People say what they think before a meeting, and what they agree on comes to stand in its record: on a phone, with and
without script, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect
from tests.journeys.hands import (
    choose,
    done,
    fill,
    follow,
    main_button,
    not_there,
    press,
    refused,
    sees,
    table,
)
from tests.journeys.telling import Story

Visit = Callable[[], Page]
Enter = Callable[[str], Page]
Tell = Callable[..., Story]

VIEWS = ("井台要砌高一点。", "井边装一盏灯。", "洗衣服的换到下游去。", "井盖请镇里出钱。")
SIX = ("同意 同意 同意 不同意", "同意 同意 同意 不同意", "同意 同意 不同意 同意", "同意 同意 不同意 同意",
       "同意 同意 同意 不同意", "同意 同意 不同意 同意")  # fmt: skip
"""What six people think of the four."""


def ask(desk: Page, number: str, *, until: date, **voice: str) -> None:
    """The clerk asks people, from the matter's page on."""
    desk.goto(f"/desk/gather/{number}/")
    sees(desk, "上会以前，先听听大家怎么看")
    follow(desk, "开始征求")
    fill(desk, "开头说几句", "井台要修，先听听大家怎么想。")
    fill(desk, "要问的看法", "\n".join(VIEWS))
    fill(desk, "答到哪一天", until.isoformat())
    if slips := voice.get("slips"):
        choose(desk, "谁来答", "每人一张小条")
        fill(desk, "邀请多少人", slips)
    main_button(desk)
    done(desk, "现在可以答了")


def begin(page: Page, number: str) -> None:
    page.goto(f"/m/{number}/")
    follow(page, "说说我的看法")
    sees(page, "不留名，不登录", "井台要修，先听听大家怎么想")
    press(page, "开始答")


def answer_all(page: Page, thinks: str) -> None:
    """Answers every statement, in whatever order they come."""
    wanted = dict(zip(VIEWS, thinks.split(), strict=True))
    for n in range(1, len(VIEWS) + 1):
        sees(page, f"第{n}条，共{len(VIEWS)}条", "您同意吗")
        page.get_by_role("button", name=wanted[page.locator("h1").inner_text().strip()], exact=True).click()
    done(page, "都答完了，谢谢您")


def test_gather_map_meeting_and_the_agreed_points_stand_in_the_record(
    visitor: Visit, enter: Enter, story: Tell
) -> None:
    t = story("liuhe", 8).said("老井边上又滑又黑。").screened("老井井台整修").approved()
    desk = enter("王玥")
    desk.goto(f"/desk/m/{t.number}/")
    ask(desk, t.number, until=date.today())

    for thinks in SIX:
        page = visitor()
        begin(page, t.number)
        answer_all(page, thinks)

    # the last of them adds a statement, and reads why it is not asked
    follow(page, "还有要紧的没说到")
    fill(page, "您的看法", "老于家的鸭子别放井边。")
    press(page, "提交")
    sees(page, "等村里的人看过", "老于家的鸭子")
    desk.goto(f"/desk/gather/{t.number}/")
    sees(desk, "有1条新添的看法", "手机6人，纸上0人")
    not_there(desk, "八成以上")
    follow(desk, "看一看，列入或不列入")
    choose(desk, "为什么不列入", "说到了具体的人")
    press(desk, "不列入")
    done(desk, "写的人会看到原因")
    page.reload()
    sees(page, "没有列入", "说到了具体的人")

    desk.goto(f"/desk/gather/{t.number}/")
    press(desk, "封箱点数")
    done(desk, "答卷箱封好了")
    follow(desk, "看意见图")
    sees(desk, "6人答", "多数人都同意的", "井台要砌高一点", "大家看法不一的", "只交给核对点数的人")
    assert "participant,statement,vote" in table(desk, "回答（CSV）")
    press(desk, "带到会上")
    done(desk, "要点带到会上了")

    desk.goto(f"/desk/m/{t.number}/")
    follow(desk, "列入会议议程")
    fill(desk, "哪天开会？", date.today().isoformat())
    fill(desk, "几点开始？", "09:00")
    fill(desk, "各方由谁代表？", "井边住户，代表老周")
    press(desk, "生成通知")
    done(desk, "会约好了")
    sees(desk, "会前大家的看法", "井边装一盏灯")
    follow(desk, "会后补录")
    agreed = desk.get_by_label("共识要点").first
    expect(agreed).to_have_value(
        re.compile("井台要砌高一点。[\\s\\S]*井边装一盏灯。|井边装一盏灯。[\\s\\S]*井台要砌高一点。")
    )
    expect(desk.get_by_label("保留意见").first).to_have_value(re.compile("洗衣服的换到下游去|井盖请镇里出钱"))
    choose(desk, "协商结果怎样？", "达成共识")
    fill(desk, "发言要点", "照大家说的办。")
    fill(desk, "哪天前办完？", (date.today() + timedelta(days=20)).isoformat())
    press(desk, "记下结果")
    done(desk, "会议结果记好了")

    desk.goto(f"/desk/m/{t.number}/")
    sees(desk, "井台要砌高一点", "井边装一盏灯")
    public = visitor()
    public.goto(f"/m/{t.number}/")
    sees(public, "开会前先征求大家的看法", "把大家的看法带到会上", "谁来办", "井边装一盏灯")
    follow(public, "大家怎么看")
    sees(public, "会前大家的看法", "一共6人答", "没有列入", "说到了具体的人")
    not_there(public, "老于")
    expect(public.locator("svg.opinions")).to_have_count(0)


def test_a_slip_answers_once_on_the_phone_or_on_paper(visitor: Visit, enter: Enter, story: Tell) -> None:
    t = story("liuhe", 8).said("井绳又断了。").screened("老井换辘轳").approved()
    desk = enter("王玥")
    ask(desk, t.number, until=date.today() + timedelta(days=3), slips="8")
    follow(desk, "打印小条")
    code = desk.locator(".slips .number").nth(2).inner_text().strip()
    page = visitor()
    page.goto(f"/m/{t.number}/gather/")
    fill(page, "小条上的码", "23456789")
    press(page, "开始答")
    refused(page, "这不是这次征询的码")
    fill(page, "小条上的码", code.lower())
    press(page, "开始答")
    page.get_by_role("button", name="同意", exact=True).click()
    sees(page, "第2条，共4条")
    page.goto(f"/m/{t.number}/gather/mine/")
    page.locator(".rows a").first.click()
    sees(page, "这条您答过了")

    helper = enter("张桂兰")
    helper.goto(f"/desk/gather/{t.number}/paper/")
    fill(helper, "小条上的码", code)
    choose(helper, "井边装一盏灯", "不同意")
    press(helper, "录入")
    done(helper, "这张答卷录好了")
    desk.goto(f"/desk/gather/{t.number}/")
    sees(desk, "发出的小条")
    expect(desk.locator("main")).to_contain_text("手机0人，纸上1人")
