"""What the town, the department, the supervision committee and the archivist do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

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
    table,
)
from tests.journeys.telling import Books, Story

Visit = Callable[[], Page]
Enter = Callable[[str], Page]
Tell = Callable[..., Story]
VILLAGES = ("柳河村", "杏花村", "双桥村")


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def carried_out(t: Story, title: str, point: str, **data: str) -> Story:
    """Agreed, posted, the tasks given out."""
    return t.agreed(title, point).given_out(point, **data).posted()


def test_the_town_sees_its_villages_without_a_rank(enter: Enter) -> None:
    page = enter("苏喆")
    page.goto("/desk/")
    follow(page, "各村待办")
    sees(page, *VILLAGES, "下次会最迟")
    not_there(page, "排名", "得分", "第1名")
    follow(page, "柳河村")
    sees(page, "柳河村", "正在办的")


def test_the_town_answers_what_was_sent_up(enter: Enter, visitor: Visit, story: Tell) -> None:
    t = story("xinghua", 20).said("北桥太窄，两车错不开。").screened("北桥拓宽", discuss="affairs").approved()
    t.called(3).later(3).met("请县里核算能不能拓宽。", outcome="escalate")
    t.later().do(
        "report_up", {"to": "老黑山镇党委", "note": "请镇里协调核算桥面拓宽。"}, decided_by={"body": "party"}
    )
    page = enter("苏喆")
    page.goto("/desk/villages/")
    card = page.locator("section.card", has_text=t.number)
    expect(card).to_contain_text("请镇里协调核算桥面拓宽")
    card.get_by_role("link", name="登记答复").click()
    choose(page, "上级答复结果", "已经解决")
    fill(page, "答复内容", "县里排进明年的计划，拓宽一米五。")
    fill(page, "答复文件", "镇政函〔2026〕31号")
    main_button(page)
    done(page)
    not_there(page, t.number)
    public = visitor()
    public.goto(f"/m/{t.number}/")
    sees(public, "上级有了答复")


def test_the_town_enters_for_a_village(enter: Enter, visitor: Visit) -> None:
    page = enter("苏喆")
    page.goto("/desk/villages/shuangqiao/")
    follow(page, "代录意见")
    page.get_by_label("哪个村的？").select_option(label="双桥村（示例）")
    fill(page, "照原话写", "卫生室下午没有人。")
    press(page, "下一步")
    press(page, "是这个意思，提交")
    number = number_in(page)
    public = visitor()
    public.goto(f"/m/{number}/")
    sees(public, "收到")
    expect(public.locator("header")).to_contain_text("双桥村")


def test_the_town_allows_an_exception_on_paper(enter: Enter, story: Tell) -> None:
    """The secretary is in hospital, a council member convenes. The village cannot wave itself through."""
    t = story("xinghua", 12).said("两块地之间的埂塌了。").screened("地埂重修").approved()
    t.called(6, convener="council_member")
    village, town = enter("吴晓梅"), enter("苏喆")
    village.goto(f"/desk/meeting/{t.meeting}/after/")
    choose(village, "协商结果怎样？", "达成共识")
    fill(village, "共识要点", "埂往上修三十公分。")
    fill(village, "哪天前办完？", in_days(20))
    press(village, "记下结果")
    refused(village, "召集", "上级党委书面同意一次例外")
    page = enter("吴晓梅")
    page.goto(f"/desk/m/{t.number}/")
    page.get_by_text("答复、材料、利益方和例外").click()
    follow(page, "凭文件批准的例外")
    sees(page, "不能自己批自己的例外")

    town.goto(f"/desk/m/{t.number}/")
    town.get_by_text("答复、材料、利益方和例外").click()
    follow(town, "凭文件批准的例外")
    choose(town, "哪一条可以例外", "召集")
    fill(town, "理由", "书记住院，由议事会成员召集一次。")
    fill(town, "依据的文件", "镇党委〔2026〕19号")
    fill(town, "哪天批准的", (t.day + timedelta(days=6)).isoformat())  # before the evening, entered today
    press(town, "记下例外")
    done(town, "例外记下了")
    press(village, "记下结果")  # what was typed is still there
    done(village, "会议结果记好了")
    page.goto(f"/desk/m/{t.number}/")
    sees(page, "公开与落实", "镇党委：批准例外")


def test_the_supervision_committee_witnesses_and_looks_at_the_work(
    enter: Enter, visitor: Visit, story: Tell
) -> None:
    t = (
        story("liuhe", 25)
        .said("水塘边没有围栏。")
        .agreed("水塘围栏", "装围栏五十米")
        .given_out("装围栏五十米")
    )
    page = enter("高凤山")
    page.goto("/desk/supervision/")
    page.locator(f"a[href='/desk/m/{t.number}/post_notice/']").click()
    main_button(page)
    done(page)
    t.now().worked()
    page.goto("/desk/supervision/")
    page.locator(f"a[href*='{t.number}']", has_text="水塘围栏").first.click()
    sees(page, "当时商定的", "装围栏五十米", "按约定做完")
    choose(page, "办得和约定的一样吗？", "否")
    fill(page, "检查情况", "只装了四十米。")
    main_button(page)
    done(page, "检查意见记下了", "待核实")
    t.worked()
    page.goto(f"/desk/supervision/{t.number}/")
    choose(page, "办得和约定的一样吗？", "是")
    main_button(page)
    done(page, "检查意见记下了")
    public = visitor()
    public.goto(f"/m/{t.number}/")
    sees(public, "到现场检查", "正在公示")


def test_the_department_answers_and_reports_by_its_own_account(
    enter: Enter, visitor: Visit, story: Tell
) -> None:
    name = "镇水利站（演示）"
    t = story("shuangqiao", 20).said("北渠年年淤。").screened("北渠清淤", department=name).approved()
    t.now().called(3, name)
    page = enter("孟庆堃")
    page.goto("/desk/letters/")
    page.locator("a", has_text="北渠清淤").filter(has_text="请回函").first.click()
    sees(page, "双桥村（示例）请镇水利站（演示）到场一起商量")
    choose(page, "答复", "到会")
    fill(page, "回函内容", "站长去。")
    press(page, "提交回函")
    done(page, "回函记下了")
    t.met("清淤一千米。").given_out("清淤一千米", owner=name).posted()
    page.goto("/desk/letters/")
    page.locator("a", has_text="清淤一千米").first.click()
    choose(page, "办到哪一步了？", "办完")
    page.locator("main textarea").first.fill("一千米清完了。")
    press(page, "记下进展")
    done(page, "进展记下了")
    page.locator(f"a[href*='{t.number}']").first.click()
    press(page, "报完工")
    done(page, "已报完工")
    public = visitor()
    public.goto(f"/m/{t.number}/")
    sees(public, "办完了", "北渠清淤")


def test_the_archivist_checks_gives_back_and_takes_over(
    enter: Enter, story: Tell, books: Books, visitor: Visit, script: bool
) -> None:
    t = story("xinghua", 60).said("老井要加盖。")
    carried_out(t, f"老井加盖{1 if script else 2}", "加铁盖", owner="杏花村（示例）").later(
        18
    ).worked().checked()
    t.do("take_down")
    t.do("reply", {"text": "井盖好了。"}, decided_by="party_secretary")
    t.do("close", {"result": "solved", "note": "加了铁盖。"}, decided_by="party_secretary")
    page = enter("程亚楠")
    page.goto("/desk/archive/")
    page.locator(f"a[href='/desk/archive/{t.number}/']").click()
    sees(page, "逐件核对", "会议记录", "记录完好", "都没有改动过")
    page.locator("details.more summary", has_text="退回补件").click()
    fill(page, "还缺什么", "签到表上少一个日期。")
    press(page, "退回")
    done(page, "已退回补件")
    clerk = enter("吴晓梅")
    clerk.goto(f"/desk/m/{t.number}/")
    sees(clerk, "档案员退回补件", "签到表上少一个日期")
    not_there(clerk, "验收归档")
    clerk.goto(f"/desk/m/{t.number}/papers/keep/?kind=sign_in")
    fill(clerk, "放在哪里", "村委会2号柜")
    fill(clerk, "共几页", "1")
    main_button(clerk)
    done(clerk, "原件登记好了")
    page.goto(f"/desk/archive/{t.number}/")
    fill(page, "存放位置", "2号柜第5格")
    press(page, "接收归档")
    done(page, "已接收归档")
    page.goto("/desk/archive/transfer/")
    sees(page, f"老井加盖{1 if script else 2}", "2号柜第5格")
    is_pdf(page, "打印移交清单")
    assert t.number in table(page, "存成表格")
    public = visitor()
    public.goto(f"/m/{t.number}/")
    sees(public, "材料归档")
    public.goto(f"/m/{t.number}/solved/")
    sees(public, "已经归档")
