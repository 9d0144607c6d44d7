"""What the village does, on the clerk's phone: from a resident's words to publication and tasks in one evening."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect
from tests.journeys.conftest import choose, open_matter, press, sees
from tests.journeys.test_resident import say

Visit = Callable[[], Page]
Enter = Callable[[str], Page]


def step(page: Page, number: str, act: str) -> None:
    page.goto(f"/desk/m/{number}/{act}/")


def recorded(page: Page) -> None:
    expect(page.get_by_role("status").first).to_contain_text("记好了")


def screen(page: Page, number: str, title: str, **answers: str) -> None:
    step(page, number, "put_forward")
    page.get_by_label("议题名称").fill(title)
    press(page, "提出为议题")
    recorded(page)
    step(page, number, "screen")
    choose(page, "属于三议中的哪一类？", "民生改善实事")
    for question in ("违反政策原则吗？", "是个体矛盾吗？", "对别人有失公平吗？", "有严重分歧吗？"):
        choose(page, question, answers.get(question, "否"))
    press(page, "甄别")
    recorded(page)


def test_a_matter_from_words_to_tasks_in_one_evening(visitor: Visit, enter: Enter) -> None:
    number = say(visitor(), "小广场的灯太暗，老人晚上看不清台阶。")
    desk = enter("王玥")
    screen(desk, number, "小广场照明改善")

    step(desk, number, "study")
    desk.locator("textarea").first.fill("现场数了，五盏灯坏三盏。")
    press(desk, "登记研究意见") if desk.get_by_role("button", name="登记研究意见").count() else desk.locator(
        "main form button"
    ).last.click()
    recorded(desk)

    step(desk, number, "approve")
    choose(desk, "审定同意吗？", "是")
    desk.locator("main form button").last.click()
    recorded(desk)

    desk.goto(f"/desk/meeting/new/?matter={number}")
    desk.get_by_label("哪天开会？").fill(date.today().isoformat())
    desk.get_by_label("几点开始？").fill("09:00")
    desk.get_by_label("各方由谁代表？").fill("广场边住户，代表老周")
    press(desk, "生成通知")
    expect(desk).to_have_url(re.compile(r"/desk/meeting/liuhe\.\d+/"))
    meeting = desk.url
    desk.get_by_role("link", name="登记通知").click()
    desk.locator("main form button").last.click()
    desk.goto(meeting + "after/")
    choose(desk, "协商结果", "达成共识")
    desk.get_by_label("共识要点", exact=False).first.fill("一、换五盏灯；二、台阶刷白线。")
    desk.locator("main form button").last.click()
    expect(desk.get_by_role("alert")).to_have_count(0)
    desk.goto(f"/desk/m/{number}/")
    sees(desk, "公开与落实")
    sees(desk, "换五盏灯")

    step(desk, number, "post_notice")
    desk.locator("main form button").last.click()
    recorded(desk)
    public = visitor()
    public.goto(f"/m/{number}/")
    sees(public, "换五盏灯")
    expect(public.get_by_role("link", name="我有不同意见")).to_be_visible()

    step(desk, number, "take_down")
    desk.locator("main form button").last.click()
    expect(desk.get_by_role("alert").first).to_contain_text("15日")  # the law's fifteen days, in a sentence


def test_a_private_dispute_is_answered_with_where_to_go(visitor: Visit, enter: Enter) -> None:
    number = say(visitor(), "隔壁的鸡总来啄我家的菜。")
    desk = enter("王玥")
    screen(desk, number, "两家的鸡和菜地", **{"是个体矛盾吗？": "是"})
    step(desk, number, "reply")
    desk.locator("textarea").first.fill("这是两家之间的事，议事会不议，已经请调解委员会上门。")
    desk.get_by_label("可以找谁办", exact=False).fill("村人民调解委员会")
    desk.locator("main form button").last.click()
    recorded(desk)
    page = visitor()
    page.goto(f"/m/{number}/")
    sees(page, "人民调解委员会")


def test_the_door_comes_first_where_the_dispute_is_large(enter: Enter) -> None:
    desk = enter("吴晓梅")
    number = open_matter(desk, "南沟机耕道恢复原宽")
    step(desk, number, "settle_door")
    choose(desk, "上门沟通结果", "各方同意")
    desk.locator("main form button").last.click()
    if desk.get_by_role("alert").count():
        expect(desk.get_by_role("alert").first).to_contain_text("没有同意")
        step(desk, number, "visit")
        choose(desk, "哪一方", "路西")
        choose(desk, "同意提交协商吗？", "是")
        desk.locator("main form button").last.click()
        recorded(desk)
        step(desk, number, "settle_door")
        choose(desk, "上门沟通结果", "各方同意")
        desk.locator("main form button").last.click()
    recorded(desk)
    sees(desk, "研究调研")


def test_a_statutory_matter_waits_for_the_meeting_the_law_names(enter: Enter) -> None:
    desk = enter("罗小燕")
    number = open_matter(desk, "集体林地承包款使用")
    step(desk, number, "record_resolution")
    desk.get_by_label("由哪个会议决定", exact=False).first.select_option(label="集体经济组织成员大会")
    desk.get_by_label("应到总数").fill("900")
    desk.get_by_label("到会人数").fill("500")
    desk.get_by_label("赞成").fill("450")
    desk.locator("main form button").last.click()
    expect(desk.get_by_role("alert").first).to_be_visible()  # two thirds of the members have to be there
    sees(desk, "三分之二")


def test_the_liaison_enters_an_old_neighbours_words_and_tells_the_answer(enter: Enter) -> None:
    page = enter("张桂兰")
    page.goto("/desk/speak/")
    page.locator("textarea").first.fill("自来水早上没有水，做不了饭。")
    press(page, "下一步")
    sees(page, "请念给老人听一遍")
    press(page, "是这个意思，提交")
    sees(page, "收到")
    page.goto("/desk/replies/")
    if page.get_by_role("button", name="已经告诉本人").count():
        before = page.get_by_role("button", name="已经告诉本人").count()
        page.get_by_role("button", name="已经告诉本人").first.click()
        page.goto("/desk/replies/")
        expect(page.get_by_role("button", name="已经告诉本人")).to_have_count(before - 1)


def test_a_stranger_sees_nothing_of_another_village(enter: Enter) -> None:
    number = open_matter(enter("王玥"), "村口设公交停靠点")
    other = enter("罗小燕")
    answer = other.goto(f"/desk/m/{number}/")
    assert answer is not None and answer.status == 404
