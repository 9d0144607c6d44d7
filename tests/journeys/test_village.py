"""What the village's secretary and clerk do, on a phone: from words to publication, tasks and closing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect
from tests.journeys.hands import choose, done, fill, follow, is_pdf, main_button, press, refused, sees, step
from tests.journeys.telling import Story
from tests.journeys.test_resident import say

Visit = Callable[[], Page]
Enter = Callable[[str], Page]
Tell = Callable[..., Story]
QUESTIONS = ("违反政策原则吗？", "是个体矛盾吗？", "对别人有失公平吗？", "有严重分歧吗？")


def screen(page: Page, number: str, title: str, yes: str = "") -> None:
    """The topic gets its name; the three and the four are answered one by one."""
    step(page, number, "put_forward")
    fill(page, "议题名称", title)
    main_button(page)
    done(page)
    step(page, number, "screen")
    choose(page, "属于三议中的哪一类？", "民生改善实事")
    for question in QUESTIONS:
        choose(page, question, "是" if question == yes else "否")
    main_button(page)
    done(page)


def cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_today_offers_at_most_three_things_each_with_one_button(enter: Enter, story: Tell) -> None:
    story("liuhe", 20).said("南坡护栏松了。").screened("南坡护栏加固")
    for who in ("王玥", "李长河"):
        page = enter(who)
        page.goto("/desk/")
        sees(page, "今天", "起等着办")
        cards = page.locator("section.card.next")
        assert 1 <= cards.count() <= 3
        expect(page.locator("a.button.main")).to_have_count(1)
        page.locator("a.button.main").click()
        expect(page).to_have_url(re.compile(r"/desk/(m|meeting)/"))
        expect(page.locator("main form .thumb button")).to_have_count(1)


def test_a_matter_from_words_to_tasks_in_one_evening(visitor: Visit, enter: Enter) -> None:
    number = say(visitor(), "小广场的灯太暗，老人晚上看不清台阶。")
    desk = enter("王玥")
    screen(desk, number, "小广场照明改善")

    step(desk, number, "study")
    fill(desk, "研究意见", "现场数了，五盏灯坏三盏。")
    main_button(desk)
    done(desk)
    step(desk, number, "approve")
    sees(desk, "现场数了，五盏灯坏三盏")
    choose(desk, "审定同意吗？", "是")
    main_button(desk)
    done(desk)

    follow(desk, "列入会议议程")
    fill(desk, "哪天开会？", date.today().isoformat())
    fill(desk, "几点开始？", "09:00")
    fill(desk, "各方由谁代表？", "广场边住户，代表老周")
    press(desk, "生成通知")
    done(desk, "会约好了")
    follow(desk, "会后补录")
    choose(desk, "协商结果怎样？", "达成共识")
    fill(desk, "发言要点", "灯杆还能用，换灯头就行。")
    fill(desk, "共识要点", "一、换五盏灯；二、台阶刷白线。")
    fill(desk, "保留意见", "有一户希望再加一盏。")
    fill(desk, "哪天前办完？", (date.today() + timedelta(days=20)).isoformat())
    press(desk, "记下结果")
    done(desk, "会议结果记好了", "公示稿拟好了，任务也分下去了")

    desk.goto(f"/desk/m/{number}/")
    sees(desk, "公开与落实", "换五盏灯", "台阶刷白线", "有一户希望再加一盏")
    step(desk, number, "post_notice")
    main_button(desk)
    done(desk)
    public = visitor()
    public.goto(f"/m/{number}/")
    sees(public, "换五盏灯", "谁来办")
    expect(public.get_by_role("link", name="我有不同意见")).to_be_visible()


def test_what_stands_in_the_way_is_said_with_its_clause(enter: Enter, story: Tell) -> None:
    t = story("liuhe", 16).said("河边缺护栏。").agreed("河边护栏", "装护栏三十米")
    t.given_out("装护栏三十米").posted()
    desk = enter("王玥")
    desk.goto(f"/desk/m/{t.number}/")
    sees(desk, "还不能办")
    step(desk, t.number, "take_down")
    main_button(desk)
    refused(desk, "15日")  # the law's fifteen days, in a sentence
    expect(desk.get_by_role("alert").locator("details.clause").first).to_be_visible()


def test_a_private_dispute_is_answered_with_where_to_go(visitor: Visit, enter: Enter) -> None:
    number = say(visitor(), "隔壁的鸡总来啄我家的菜。")
    desk = enter("王玥")
    screen(desk, number, "两家的鸡和菜地", yes="是个体矛盾吗？")
    step(desk, number, "reply")
    fill(desk, "答复内容", "这是两家之间的事，议事会不议，已经请调解委员会上门。")
    fill(desk, "可以找谁办", "村人民调解委员会")
    main_button(desk)
    done(desk, "记好了", "已经结束")
    page = visitor()
    page.goto(f"/m/{number}/")
    sees(page, "转给了：村人民调解委员会", "议事会不议")


def test_the_door_comes_first_where_opinions_are_deeply_divided(enter: Enter, story: Tell) -> None:
    t = story("xinghua", 12).said("后沟的水两边争着放，年年吵。")
    desk = enter("吴晓梅")
    screen(desk, t.number, "后沟放水次序", yes="有严重分歧吗？")
    step(desk, t.number, "name_parties")
    fill(desk, "各方由谁代表？", "上沟十二户，代表老钱\n下沟九户，代表老于")
    main_button(desk)
    done(desk)
    step(desk, t.number, "settle_door")
    choose(desk, "上门沟通结果", "各方同意")
    main_button(desk)
    refused(desk, "还差两方没有上门谈")
    for side in ("上沟", "下沟"):
        step(desk, t.number, "visit")
        choose(desk, "哪一方", side)
        choose(desk, "同意提交协商吗？", "是")
        fill(desk, "谈了些什么", "愿意按日子轮着放。")
        main_button(desk)
        done(desk)
    step(desk, t.number, "settle_door")
    choose(desk, "上门沟通结果", "各方同意")
    main_button(desk)
    done(desk, "研究调研")


def test_a_meeting_is_called_with_a_letter_to_a_department(enter: Enter, story: Tell, script: bool) -> None:
    t = (
        story("xinghua", 9)
        .said("进村的岔路没有路牌。")
        .screened("岔路口立路牌", department="镇交通站")
        .approved()
    )
    desk = enter("吴晓梅")
    held = date.today() + timedelta(days=8 if script else 9)
    desk.goto(f"/desk/m/{t.number}/")
    follow(desk, "列入会议议程")
    expect(desk.get_by_label("请哪些部门到场？")).to_have_value("镇交通站")
    fill(desk, "哪天开会？", held.isoformat())
    fill(desk, "几点开始？", "19:00")
    press(desk, "生成通知")
    done(desk, "会约好了")

    is_pdf(desk, "会议通知")
    is_pdf(desk, "商请函")
    sees(desk, "商请函〔", "还没回函")
    for text in ("微信群通知", "广播词"):
        words = desk.get_by_label(text).input_value()
        assert "岔路口立路牌" in words and f"{held.month}月{held.day}日" in words, words
    press(desk, "都通知到了")
    done(desk, "通知到了")

    follow(desk, "登记回函")
    choose(desk, "答复", "不到会")
    fill(desk, "回函内容", "本周都在外地，路牌归县公路段管。")
    main_button(desk)
    done(desk, "回函记好了")
    sees(desk, "不到会", "路牌归县公路段管")


def test_an_evening_entered_late_keeps_both_days(enter: Enter, story: Tell) -> None:
    t = story("liuhe", 15).said("学校门口要减速带。").screened("学校门口减速带").approved().called(6)
    held = t.day + timedelta(days=6)
    desk = enter("王玥")
    desk.goto(f"/desk/meeting/{t.meeting}/after/")
    sees(desk, "晚些补录没关系", f"{cn(held)}开会", f"{cn(date.today())}录入")
    desk.get_by_role("group", name="谁来了？没来的点掉").get_by_label("孙德海").uncheck()
    choose(desk, "协商结果怎样？", "达成共识")
    press(desk, "记下结果")
    refused(desk, "共识要点")  # nothing typed so far is lost
    expect(desk.get_by_label("孙德海")).not_to_be_checked()
    fill(desk, "共识要点", "装两道减速带。")
    fill(desk, "哪天前办完？", (date.today() + timedelta(days=20)).isoformat())
    press(desk, "记下结果")
    done(desk, "会议结果记好了")
    sees(desk, "缺席", "孙德海")
    is_pdf(desk, "会议记录")
    desk.goto(f"/desk/m/{t.number}/")
    sees(desk, cn(held), f"{cn(date.today())}录入")


def test_a_statutory_matter_waits_for_the_meeting_the_law_names(enter: Enter, story: Tell) -> None:
    t = story("shuangqiao", 40).said("林地的承包款怎么用。")
    t.agreed("林地承包款使用", "一半修路", discuss="affairs", touches=["collective_property"])
    desk = enter("罗小燕")
    desk.goto(f"/desk/m/{t.number}/")
    sees(desk, "提交法定会议")

    def resolve(present: int, votes: int) -> None:
        step(desk, t.number, "record_resolution")
        desk.get_by_label("由哪个会议决定").select_option(label="集体经济组织成员大会")
        for label, n in (("应到总数", 900), ("到会人数", present), ("赞成", votes)):
            fill(desk, label, str(n))
        fill(desk, "通知日期", (t.day + timedelta(days=1)).isoformat())
        main_button(desk)

    resolve(500, 450)
    refused(desk, "三分之二")  # two thirds of the members have to be there
    resolve(700, 650)
    done(desk, "公开与落实")


def test_the_work_goes_on_while_the_notice_hangs(enter: Enter, visitor: Visit, story: Tell) -> None:
    t = story("liuhe", 20).said("戏台漏雨。").agreed("戏台屋面翻修", "换瓦").given_out("换瓦").posted()
    desk = enter("王玥")
    step(desk, t.number, "report_progress")
    choose(desk, "办到哪一步了？", "办完")
    desk.locator("main textarea").first.fill("瓦换好了，淋了一次水不漏。")
    main_button(desk)
    done(desk)
    step(desk, t.number, "finish_work")
    main_button(desk)
    done(desk)
    public = visitor()
    public.goto(f"/m/{t.number}/")
    sees(public, "正在公示", "办完了")


def test_a_finished_matter_is_answered_and_closed(enter: Enter, visitor: Visit, story: Tell) -> None:
    t = story("liuhe", 60).said("候车亭没有座。").agreed("候车亭加座", "加两条长凳")
    t.given_out("加两条长凳").posted().later(5).worked().checked()
    desk = enter("王玥")
    step(desk, t.number, "take_down")
    main_button(desk)
    done(desk)
    step(desk, t.number, "reply")
    fill(desk, "答复内容", "长凳装好了，欢迎去坐坐。")
    main_button(desk)
    done(desk)
    step(desk, t.number, "close")
    choose(desk, "解决了吗？", "已解决")
    fill(desk, "办结说明", "加了两条长凳。")
    main_button(desk)
    done(desk)
    page = visitor()
    page.goto(f"/m/{t.number}/")
    sees(page, "长凳装好了", "加了两条长凳", "已解决")


def test_a_stranger_sees_nothing_of_another_village(enter: Enter, story: Tell) -> None:
    t = story("liuhe", 3).said("晒谷场的灯不亮。")
    answer = enter("罗小燕").goto(f"/desk/m/{t.number}/")
    assert answer is not None and answer.status == 404
