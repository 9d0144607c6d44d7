"""What places look after: villages, files, letters, finished work; exceptions and corrections. In Chinese."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Invitation, Matter, Task
from shangliang.errors import Refused
from shangliang.record.models import Entry

ComeIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("county")


def matter(title: str) -> Matter:
    return next(
        m for m in Matter.objects.select_related("title", "unit") if m.title and title in (m.title.text or "")
    )


def text(answer: Any) -> str:
    return answer.content.decode()


def keyed(answer: Any, **data: Any) -> dict[str, Any]:
    """A form's hidden key, and what somebody typed."""
    found = re.search(r'name="key" value="([^"]+)"', text(answer))
    assert found
    return {"key": found[1], "happened_on": today().isoformat(), **data}


def close_canteen() -> Matter:
    found = matter("老年饭桌")
    clerk = {"entered_by": "p-wu", "happened_on": today(), "subject": found.pk}
    convener = {"role": "party_secretary"}
    perform(
        Act("reply", data={"text": "饭桌开起来了，欢迎来吃。"}, decided_by=convener, **clerk),
        Act("close", data={"result": "solved", "note": "已开餐。"}, decided_by=convener, **clerk),
    )
    return found


# Town


def test_the_town_sees_its_villages_by_the_day_they_have_to_meet(come_in: ComeIn) -> None:
    page = text(come_in("su").get("/desk/villages/"))
    assert page.index("柳河村") < page.index("双桥村") < page.rindex("杏花村")
    assert "9月" in page or "前，还剩" in page
    assert "研究调研" in page and "登记答复" in page and "北桥限高调整" in page
    assert not re.search("排名|得分|分数", page)


def test_a_village_does_not_see_other_villages(come_in: ComeIn) -> None:
    assert "北桥限高调整" not in text(come_in("wang").get("/desk/villages/"))
    assert come_in("wang").get("/desk/villages/xinghua/").status_code == 404
    assert come_in("su").get("/desk/villages/xinghua/").status_code == 200


def test_overdue_tasks_are_named_with_their_day(come_in: ComeIn) -> None:
    task = Task.objects.get(matter=matter("东河护坡"), number=1)
    late = (today() - timedelta(days=3)).isoformat()
    perform(Act("report_progress", today(), "p-luo", {"task": task.pk, "state": "doing", "due": late, "note": "雨天停工"},
                subject=task.matter_id))  # fmt: skip
    assert "1项" in text(come_in("su").get("/desk/villages/"))
    assert "备齐石料两百方" in text(come_in("su").get("/desk/villages/shuangqiao/"))


def test_the_town_answers_what_was_sent_up_once(come_in: ComeIn) -> None:
    town, found = come_in("su"), matter("北桥")
    url = f"/desk/villages/{found.pk}/answer/"
    form = town.get(url)
    assert "请镇里协调交通部门" in text(form)
    sent = keyed(
        form, result="settled", note="交通部门已核算，限高调到三米八。", paper="镇党委纪要〔2026〕9号"
    )
    assert town.post(url, sent).status_code == 302
    entry = Entry.objects.filter(act="record_return").get()
    assert '"body":"party"' in entry.text and '"unit":"laoheishan"' in entry.text
    found.refresh_from_db()
    assert found.stage == "D-7"
    assert town.get(url).status_code == 404


def test_only_clerks_enter_the_answer(come_in: ComeIn) -> None:
    url = f"/desk/villages/{matter('北桥').pk}/answer/"
    assert come_in("wang").get(url).status_code == 404
    deputy = come_in("han")
    assert "经办人按党委的文件录入" in text(deputy.get(url))
    deputy.post(url, {"result": "settled", "note": "行", "paper": "一", "happened_on": today().isoformat()})
    assert not Entry.objects.filter(act="record_return").exists()


def test_an_exception_opens_its_gate_once_and_only_once(come_in: ComeIn) -> None:
    lane = matter("机耕道")
    settle = Act(
        "settle_door",
        today(),
        "p-wu",
        {"result": "failed"},
        subject=lane.pk,
        decided_by={"role": "party_secretary"},
    )
    with pytest.raises(Refused, match="not visited"):
        perform(settle)
    town = come_in("su")
    url = f"/desk/villages/{lane.pk}/override/"
    form = town.get(url)
    assert "还差一方没有上门谈" in text(form) and "达成共识后再提交" in text(form)
    sent = keyed(form, gate="D-G3", paper="镇党委〔2026〕12号", reason="路西代表住院，已电话同意。")
    assert town.post(url, sent).status_code == 302
    town.post(url, sent)  # a double tap
    assert lane.overrides.count() == 1
    assert "已批准，还没用" in text(town.get(url))
    perform(settle)
    lane.refresh_from_db()
    assert lane.stage == "D-X" and lane.overrides.get().used_by
    assert "没有哪一条挡着" in text(town.get(url))


def test_a_village_cannot_allow_its_own_exception(come_in: ComeIn) -> None:
    lane = matter("机耕道")
    village, url = come_in("wu"), f"/desk/villages/{lane.pk}/override/"
    assert "不能自己批自己的例外" in text(village.get(url))
    village.post(url, {"gate": "D-G3", "paper": "一", "reason": "急", "happened_on": today().isoformat()})
    assert not lane.overrides.exists()
    assert come_in("wang").get(url).status_code == 404


# Corrections


def test_a_correction_changes_the_row_and_keeps_both_entries(come_in: ComeIn) -> None:
    levee = matter("东河护坡")
    entry = Entry.objects.get(act="post_notice", subject=f"matter:{levee.pk}")
    right = entry.happened_on - timedelta(days=1)
    clerk, url = come_in("luo"), f"/desk/m/{levee.pk}/correct/{entry.seq}/"
    form = clerk.get(url)
    assert f"{entry.happened_on.month}月{entry.happened_on.day}日" in text(form)
    sent = keyed(form, field="happened_on", value=right.isoformat(), reason="登记簿看错一天。")
    assert clerk.post(url, sent).status_code == 302
    assert levee.publications.get().board_on == right
    assert Entry.objects.get(pk=entry.pk).text == entry.text
    page = text(clerk.get(f"/desk/m/{levee.pk}/"))
    assert "张榜公示" in page and "更正" in page
    assert f"{right.month}月{right.day}日" in text(clerk.get(url)), (
        "the corrected value stands as the present one"
    )


def test_an_entry_with_several_fields_asks_which(come_in: ComeIn) -> None:
    levee = matter("东河护坡")
    seq = Entry.objects.get(act="screen", subject=f"matter:{levee.pk}").seq
    page = text(come_in("luo").get(f"/desk/m/{levee.pk}/correct/{seq}/"))
    assert "哪一项写错了" in page and "?field=department" in page
    assert "只能重新定" in page


@pytest.mark.parametrize("who", ["wang", "bai"])
def test_corrections_are_for_clerks_of_the_place(come_in: ComeIn, who: str) -> None:
    levee = matter("东河护坡")
    seq = Entry.objects.get(act="post_notice", subject=f"matter:{levee.pk}").seq
    assert come_in(who).get(f"/desk/m/{levee.pk}/correct/{seq}/").status_code == 404


def test_what_cannot_be_corrected_has_no_page(come_in: ComeIn) -> None:
    levee = matter("东河护坡")
    seq = Entry.objects.get(act="conclude", subject=f"matter:{levee.pk}").seq
    assert come_in("luo").get(f"/desk/m/{levee.pk}/correct/{seq}/").status_code == 404


# Archive


def test_a_complete_file_is_taken_over(come_in: ComeIn) -> None:
    found = close_canteen()
    archivist, url = come_in("cheng"), f"/desk/archive/{found.pk}/"
    assert "村老年饭桌" in text(archivist.get("/desk/archive/"))
    form = archivist.get(url)
    assert "材料齐了" in text(form) and "没有改动过" in text(form)
    assert archivist.post(url, keyed(form, shelf="3号柜")).status_code == 302
    found.refresh_from_db()
    assert found.ended == "completed"
    assert "3号柜" in text(archivist.get(url))


def test_a_missing_paper_keeps_the_file_out_until_it_is_registered(come_in: ComeIn) -> None:
    found = close_canteen()
    found.rulings.filter(kind="study").delete()  # as if the study had never been written
    archivist, url = come_in("cheng"), f"/desk/archive/{found.pk}/"
    form = archivist.get(url)
    assert "还缺1件" in text(form)
    refused = archivist.post(url, keyed(form, shelf="3号柜"))
    assert (
        "研究意见" in text(refused)
        and "补上，或写明纸质原件" in text(refused)
        and 'value="3号柜"' in text(refused)
    )
    keep = f"/desk/m/{found.pk}/papers/keep/?kind=study"
    sent = keyed(archivist.get(keep), kind="study", place="村委会2号柜", pages="2")
    assert archivist.post(keep, sent).status_code == 302
    form = archivist.get(url)
    assert "材料齐了" in text(form) and "村委会2号柜，共2页" in text(form)
    assert archivist.post(url, keyed(form, shelf="3号柜")).status_code == 302


def test_a_file_is_given_back_with_what_is_missing(come_in: ComeIn) -> None:
    found = close_canteen()
    archivist, url = come_in("cheng"), f"/desk/archive/{found.pk}/"
    form = archivist.get(url)
    empty = archivist.post(url, keyed(form, **{"return": "1", "missing": ""}))
    assert "还没有填" in text(empty)
    assert archivist.post(url, keyed(form, **{"return": "1", "missing": "签到表缺一页"})).status_code == 302
    assert Entry.objects.filter(act="return_file", subject=f"matter:{found.pk}").exists()


def test_the_archive_is_the_archivists(come_in: ComeIn) -> None:
    for name in ("wang", "su", "meng"):
        assert come_in(name).get("/desk/archive/").url == "/no-entry/"
    assert come_in("cheng").get(f"/desk/archive/{matter('机耕道').pk}/").status_code == 404


def test_the_transfer_list_of_a_year(come_in: ComeIn) -> None:
    road = matter("西胡同")
    assert road.ended_on
    year, archivist = road.ended_on.year, come_in("cheng")
    assert "西胡同路面硬化" in text(archivist.get(f"/desk/archive/transfer/?year={year}"))
    table = archivist.get(f"/desk/archive/transfer.csv?year={year}")
    assert table.content.startswith("\ufeff序号".encode()) and "西胡同路面硬化" in text(table)
    printed = archivist.get(f"/desk/archive/transfer.pdf?year={year}")
    assert (
        printed.content.startswith(b"%PDF")
        and printed.content == archivist.get(printed.wsgi_request.get_full_path()).content
    )
    assert "没有接收过" in text(archivist.get(f"/desk/archive/transfer/?year={year - 3}"))


# Departments


def test_a_department_answers_its_letter(come_in: ComeIn) -> None:
    held = today() + timedelta(days=9)
    guests = [{"kind": "department", "department": "镇水利站（演示）", "letter": "商请函〔2026〕8号"}]
    data = {"held_on": held.isoformat(), "place": "村议事室", "guests": guests}
    meeting = perform(Act("convene", today(), "p-luo", data, unit="shuangqiao"))[0].ident
    letter = Invitation.objects.get(meeting=meeting)
    station = come_in("meng")
    assert "请回函" in text(station.get("/desk/letters/")) and "还剩 9 天" in text(
        station.get("/desk/letters/")
    )
    url = f"/desk/letters/answer/{letter.pk}/"
    form = station.get(url)
    assert "双桥村（示例）请镇水利站（演示）到场" in text(form)
    assert station.post(url, keyed(form, reply="coming", note="站长来。")).status_code == 302
    letter.refresh_from_db()
    assert letter.reply == "coming" and letter.replied_on == today()


def test_a_department_reports_until_the_work_is_finished(come_in: ComeIn) -> None:
    levee, station = matter("东河护坡"), come_in("meng")
    task, other = Task.objects.filter(matter=levee).order_by("number")
    url = f"/desk/letters/task/{task.pk}/"
    form = station.get(url)
    assert "石料已到一百二十方" in text(form) and "石料由镇水利站解决" in text(form)
    assert station.post(url, keyed(form, state="done", note="两百方已备齐。")).status_code == 302
    assert come_in("meng").get(f"/desk/letters/task/{other.pk}/").status_code == 404, "the village's own task"
    finish = f"/desk/letters/finish/{levee.pk}/"
    refused = station.post(finish, keyed(station.get(finish)))
    assert "还有一项任务没有办完" in text(refused)
    perform(
        Act(
            "report_progress",
            today(),
            "p-luo",
            {"task": other.pk, "state": "done", "note": "砌好了。"},
            subject=levee.pk,
        )
    )
    assert "报完工" in text(station.get("/desk/letters/"))
    assert station.post(finish, keyed(station.get(finish))).status_code == 302
    assert "报了完工，请去看看" in text(come_in("xu").get("/desk/supervision/"))


def test_letters_are_for_departments(come_in: ComeIn) -> None:
    assert come_in("wang").get("/desk/letters/").url == "/no-entry/"


# Supervision


def test_the_committee_sees_what_hangs_and_what_was_agreed(come_in: ComeIn) -> None:
    page = text(come_in("xu").get("/desk/supervision/"))
    assert "东河护坡修复" in page and "见证人" in page and "期满" in page
    beside = text(come_in("xu").get(f"/desk/supervision/{matter('东河护坡').pk}/"))
    assert "先修塌方的三十米" in beside and "还没有报完工" in beside


def test_the_committee_says_what_it_saw(come_in: ComeIn) -> None:
    levee = matter("东河护坡")
    for task in Task.objects.filter(matter=levee):
        perform(
            Act(
                "report_progress",
                today(),
                "p-luo",
                {"task": task.pk, "state": "done", "note": "好了"},
                subject=levee.pk,
            )
        )
    perform(Act("finish_work", today(), "p-luo", subject=levee.pk))
    head, url = come_in("xu"), f"/desk/supervision/{levee.pk}/"
    assert head.post(url, keyed(head.get(url), satisfied="False", note="有一段没砌到头。")).status_code == 302
    assert set(levee.tasks.values_list("state", flat=True)) == {"verify"}


def test_the_committee_of_another_village_does_not(come_in: ComeIn) -> None:
    url = f"/desk/supervision/{matter('东河护坡').pk}/"
    assert come_in("feng").get(url).status_code == 404
    assert come_in("luo").get(url).url == "/no-entry/"
