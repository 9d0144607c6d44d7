"""A county director's month: see where nothing happens, remind, register what was answered, ask residents, report the month."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.journeys.hands import choose, done, fill, follow, is_pdf, main_button, not_there, sees
from tests.journeys.telling import Books, Story

Enter = Callable[[str], Page]
Tell = Callable[..., Story]


def new_village(books: Books, script: bool) -> str:
    """A village that has just been founded and has no venue yet; its name."""
    ident, name = ("xinli-1", "新立一村（示例）") if script else ("xinli-2", "新立二村（示例）")
    books.do(
        act="found_unit", unit=ident, entered_by="system", happened_on=date.today().isoformat(),
        data={"name": name, "kind": "village", "parent": "laoheishan"},
    )  # fmt: skip
    return name


def closed(t: Story, title: str) -> Story:
    """From first words to a registered result, in the last weeks."""
    t.said("路口的镜子碎了。").agreed(title, "换一面镜子").given_out("换一面镜子").posted().worked().checked()
    t.later(16).do("take_down")
    t.do("reply", {"text": "镜子换好了。"})
    t.do("close", {"result": "solved", "note": "换了新镜子。"}, decided_by="party_secretary")
    return t


def months_page(page: Page, back: int) -> None:
    """The page of the month that ended last, or of the one before it."""
    page.goto("/progress/")
    page.locator("main .thumb a").last.click()
    for _ in range(back):
        follow(page, "上个月")
    sees(page, "本月一页", "分单位", "合计")


def saved(page: Page, link: str) -> bytes:
    to = page.locator("main").get_by_role("link", name=link, exact=True).first.get_attribute("href")
    assert to
    answer = page.request.get(to, timeout=60_000)
    assert answer.ok and "attachment" in answer.headers["content-disposition"]
    return answer.body()


def test_the_director_finds_the_gap_and_reminds(enter: Enter, books: Books, script: bool) -> None:
    name = new_village(books, script)
    page = enter("赵国栋")
    page.goto("/desk/")
    page.get_by_role("link", name="工作推进", exact=True).click()
    sees(page, "阵地", "会议应开和已开", "按行政顺序排列，不作比较。")
    not_there(page, "排名", "得分", "第1名")
    follow(page, "看未建单位")
    sees(page, name, "还没建")
    page.locator("main .thumb a").last.click()
    fill(page, "函号", "催〔2026〕9号")
    expect(page.get_by_label(name, exact=False)).to_be_checked()
    main_button(page)
    done(page, "已发出")
    follow(page, name)
    sees(page, "议事室还没有登记建成", "催〔2026〕9号")
    back = page.url
    follow(page, "函件原文")
    sees(page, "关于协商议事室建设的催办函", name)
    is_pdf(page, "打印")
    page.goto(back)
    choose(page, "怎么答复？", "已有安排")
    fill(page, "打算哪天办", (date.today() + timedelta(days=20)).isoformat())
    fill(page, "备注", "电话里说：下月挂牌。")
    main_button(page)
    done(page, "会开了，未开的次数才会减少")
    sees(page, "已有安排", "电话里说：下月挂牌。")


def test_the_director_sees_window_by_window_who_met(enter: Enter) -> None:
    page = enter("赵国栋")
    page.goto("/progress/")
    follow(page, "看哪些单位未开")
    sees(page, "应开", "已开", "未开", "这些数怎么算")
    page.goto("/progress/?wall")
    expect(page.locator(".number")).to_contain_text("/")
    follow(page, "下一屏")
    sees(page, "应开和已开")


def test_the_director_draws_a_sample_and_registers_what_was_said(
    enter: Enter, story: Tell, script: bool
) -> None:
    t = closed(story("liuhe", 60), f"换路口的镜子{1 + script}")
    page = enter("赵国栋")
    page.goto("/progress/")
    follow(page, "抽查回访")
    fill(page, "办结日期从", (date.today() - timedelta(days=59)).isoformat())
    fill(page, "到", date.today().isoformat())
    fill(page, "抽几件？", "50")
    main_button(page)
    done(page, "已经抽好了")
    row = page.locator("main section.card").first.get_by_role("link").filter(has_text=t.number)
    row.click()
    sees(page, "换了新镜子。", "电话只给村里经办人答复用")
    choose(page, "联系上群众了吗？", "是")
    choose(page, "真的解决了吗？", "是")
    main_button(page)
    done(page, "回访已经登记")
    expect(page.locator("main").get_by_role("link").filter(has_text=t.number).first).to_contain_text(
        "说已解决"
    )
    page.goto(f"/m/{t.number}/")
    sees(page, t.number)


def test_the_director_reports_the_month_in_three_formats(enter: Enter, script: bool) -> None:
    page = enter("赵国栋")
    months_page(page, 0 if script else 1)
    sees(page, "还没有定稿")
    main_button(page)
    done(page, "这个月定稿了")
    sees(page, "定稿后没有补录")
    is_pdf(page, "打印")
    words = Document(io.BytesIO(saved(page, "Word")))
    assert "老黑山镇（演示）" in [c.text for t in words.tables for r in t.rows for c in r.cells]
    sheets = load_workbook(io.BytesIO(saved(page, "Excel"))).sheetnames
    assert sheets == ["本月一页", "全部数字", "指标说明"]
