"""Fifteen of 120 villagers who answered take part, chosen by lot: checked, put up, drawn in the hall, invited."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page
from tests.journeys.hands import done, fill, follow, not_there, press, refused, sees
from tests.journeys.telling import Story

from shangliang.panel.shangliang_panel_verify import examine

Visit = Callable[[], Page]
Enter = Callable[[str], Page]
Tell = Callable[..., Story]

SEED = "3 5 1 6 2 4 1 5 3 3"
QUOTAS = "类别,选项,至少,至多\n性别,女,6,9\n性别,男,6,9\n年龄,60岁以上,3,6\n年龄,60岁以下,9,12\n片区,东片,4,6\n片区,西片,4,6\n片区,河湾,3,6\n"
HEAD = "编号,姓名,性别,年龄,片区,户号\n"
ROWS = [
    f"{n:03},张{n}号,{'女' if n % 3 else '男'},{'60岁以上' if n % 4 else '60岁以下'},{('东片', '西片', '河湾')[n * 7 % 11 % 3]},{n // 2}"
    for n in range(1, 121)
]  # fmt: skip


def test_fifteen_of_a_hundred_and_twenty_are_drawn_in_the_hall(
    enter: Enter, visitor: Visit, story: Tell
) -> None:
    number = story("liuhe", 20).said("老戏台要修，怎么修听大家的。").screened("老戏台整修").approved().number
    desk = enter("王玥")
    desk.goto(f"/desk/m/{number}/")
    desk.locator("main summary", has_text="答复").first.click()
    follow(desk, "抽签定参加的人")
    sees(desk, "报名的人比名额多，就抽签")

    # A quota that cannot be met: the smallest change is proposed, and nothing typed is lost.
    fill(desk, "要抽几个人参加", "15")
    fill(desk, "名额表", QUOTAS.replace("60岁以下,9,12", "60岁以下,31,40"))
    fill(desk, "报名的人", HEAD + "\n".join(ROWS))
    press(desk, "查一查")
    refused(desk, "多于名额 15 人")
    assert desk.get_by_label("报名的人").input_value().count("张") == 120

    fill(desk, "名额表", QUOTAS)
    fill(desk, "谁回避", "007 与施工方有亲属关系")
    press(desk, "查一查")
    sees(desk, "名额可以满足", "机会最小的人有")
    press(desk, "公布名单")
    done(desk, "名单公布了")

    hall = visitor()
    hall.goto(f"/m/{number}/lots/?wall")
    sees(hall, "公布了1000组名单", "每组15人")
    digest = hall.locator("main code").inner_text().strip()
    file = hall.request.get(f"/m/{number}/lots/1.json").body()
    assert not examine(file, digest)["problems"] and "张".encode() not in file and "亲属".encode() not in file

    fill(desk, "掷出的点数", "3 5 1")
    press(desk, "抽签")
    refused(desk, "掷的次数太少")
    fill(desk, "掷出的点数", SEED)
    press(desk, "抽签")
    done(desk, "抽好了")
    told = examine(file, digest, SEED)
    assert len(told["panel"]) == 15 and "007" not in told["panel"]
    sees(desk, "要邀请的人", *(f"张{int(one)}号" for one in told["panel"]))

    follow(hall, "看结果")
    sees(hall, f"抽中第{told['number']}组", *told["panel"])
    not_there(hall, "张")

    # One of them cannot come: the others stay, the next draw goes by the same quotas.
    gone = told["panel"][0]
    desk.locator("main summary", has_text="有人来不了").click()
    desk.get_by_label(re.compile(f"^{gone} ")).check()
    fill(desk, "为什么补抽", "外出务工")
    press(desk, "补抽")
    done(desk, "名单公布了")
    fill(desk, "掷出的点数", "6 6 1 2 3 3 4 1 5 2")
    press(desk, "抽签")
    done(desk, "抽好了")
    again = examine(desk.request.get(f"/m/{number}/lots/2.json").body(), None, "6612334152")
    assert set(told["panel"][1:]) < set(again["panel"]) and gone not in again["panel"]
    sees(desk, *(f"张{int(one)}号" for one in again["panel"]))

    # Those concerned are named beside them, with somebody recused; the page says who is still missing.
    follow(desk, "参加人员")
    sees(desk, "还没有写利益相关方由谁来", "性别：女", "居民")
    fill(desk, "哪些利益相关方", "戏台边的周家")
    fill(desk, "谁回避", "赵木匠 要投标修戏台")
    press(desk, "就定这些人")
    done(desk, "参加的人定了")
    sees(desk, "戏台边的周家", "赵木匠", "要投标修戏台")
    not_there(desk, "还没有写利益相关方由谁来")

    # They are on the list of the meeting: nothing is typed again.
    follow(desk, "约人开会")
    assert desk.get_by_label("戏台边的周家").is_checked()
    assert all(desk.get_by_label(re.compile(f"^{one} 张")).is_checked() for one in again["panel"])
    fill(desk, "哪天开会", (date.today() + timedelta(days=9)).isoformat())
    fill(desk, "几点开始", "19:00")
    press(desk, "生成通知")
    done(desk, "会约好了")
    sees(desk, "戏台边的周家", *(f"张{int(one)}号" for one in again["panel"]))

    # The selection record tells how it was done, and names nobody.
    desk.goto(f"/paper/selection_record/{number}/")
    sees(
        desk,
        "遴选记录",
        digest,
        f"抽中第{told['number']}组",
        f"抽中第{again['number']}组",
        "外出务工",
        "回避",
    )
    not_there(desk, "张1", "周家", "赵木匠")
    assert desk.request.get(f"/paper/selection_record/{number}.pdf").body().startswith(b"%PDF")
