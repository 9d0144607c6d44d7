"""Calling a meeting, telling everybody, and the evening's after-entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Invitation, Matter, Meeting, Party
from shangliang.people.models import Post
from shangliang.record.models import Entry
from shangliang.web.saying import day

Enter = Callable[[str], Client]
CONVENER = {"role": "party_secretary"}


def titled(title: str) -> Matter:
    return Matter.objects.get(title__text=title)


def fields(page: Any, **more: Any) -> dict[str, Any]:
    """What a browser would send back of a form's page, with some fields filled in."""
    form = page.context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        sent[bound.html_name] = (
            value if isinstance(value, list | str) else getattr(value, "isoformat", value.__str__)()
        )
    return sent | more


def text(page: Any) -> str:
    return str(page.content.decode())


def call(client: Client, title: str = "文化广场健身器材更换", **more: Any) -> Any:
    """Calls a meeting for today through the page."""
    matter = titled(title)
    page = client.get(reverse("convene"), {"matter": matter.pk})
    sent = fields(page, **({"held_on": today().isoformat(), "time": "19:00"} | more))
    return client.post(reverse("convene") + f"?matter={matter.pk}", sent)


@pytest.fixture
def called(come_in: Enter) -> Meeting:
    call(
        come_in("wang"),
        departments="镇文体站",
        **{f"sides-{titled('文化广场健身器材更换').pk}": "老年舞队\n篮球的年轻人"},
    )
    return Meeting.objects.get(unit="liuhe", held_on=today())


def evening(client: Client, meeting: Meeting, **more: Any) -> Any:
    """The answers of an ordinary evening."""
    page = client.get(reverse("after", args=[meeting.pk]))
    number = meeting.rounds.get().matter_id
    sent = fields(page) | {"matter": number} | {
        f"{number}-{name}": value for name, value in ({
            "speech": "老年舞队怕摔，年轻人愿意出力。", "outcome": "consensus",
            "agreed": "一、换四件旧器材\n二、地面铺胶垫", "due": (today() + timedelta(days=20)).isoformat(),
        } | more.pop("matter_fields", {})).items()
    } | more  # fmt: skip
    return client.post(reverse("after", args=[meeting.pk]), sent)


# Calling


def test_calling_asks_few_things_and_fills_in_the_rest(come_in: Enter) -> None:
    page = come_in("wang").get(reverse("convene"), {"matter": titled("文化广场健身器材更换").pk})
    form = page.context["form"]
    assert [f.label for f in form.asked] == [
        "哪天开会？", "几点开始？", "各方由谁代表？一行写一方", "请哪些部门到场？一行写一个"
    ]  # fmt: skip
    assert form["place"].value() == "村议事室"
    assert len(form["guests"].value()) == 5
    assert "李长河 村党支部书记" in text(page)


def test_a_meeting_is_called_in_one_go(called: Meeting) -> None:
    matter = titled("文化广场健身器材更换")
    assert matter.stage == "D-6"
    assert matter.rounds.get().meeting == called
    kinds = list(called.invitations.values_list("kind", flat=True))
    assert (kinds.count("member"), kinds.count("party"), kinds.count("department")) == (5, 2, 1)
    letter = called.invitations.get(kind="department").letter
    assert letter == f"商请函〔{today().year}〕2号"
    assert Party.objects.filter(matter=matter).count() == 2


def test_a_second_tap_calls_no_second_meeting(come_in: Enter) -> None:
    client, matter = come_in("wang"), titled("文化广场健身器材更换")
    page = client.get(reverse("convene"), {"matter": matter.pk})
    sent = fields(page, held_on=today().isoformat(), time="19:00", departments="镇文体站",
                  **{f"sides-{matter.pk}": "老年舞队"})  # fmt: skip
    url = reverse("convene") + f"?matter={matter.pk}"
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Meeting.objects.filter(held_on=today()).count() == 1
    assert Party.objects.filter(matter=matter).count() == 1


def test_leaving_out_the_department_asks_for_a_reason_and_keeps_the_input(come_in: Enter) -> None:
    matter, client = ready_with_department(), come_in("wu")
    url = reverse("convene") + f"?matter={matter.pk}"
    page, before = client.get(url), Entry.objects.count()
    assert page.context["form"]["departments"].value() == "镇环卫站"
    sent = fields(
        page,
        held_on=today().isoformat(),
        time="18:30",
        departments="",
        **{f"sides-{matter.pk}": "早起的住户"},
    )
    refused = client.post(url, sent)
    assert "涉事部门“镇环卫站”还不在邀请名单里" in text(refused)
    assert "早起的住户" in text(refused) and "什么都还没有记" in text(refused)
    assert Entry.objects.count() == before
    sent = fields(refused) | {"reason:D-G6": "环卫站当天值勤，会前已经问过。"}
    assert client.post(url, sent).status_code == 302
    matter.refresh_from_db()
    assert matter.stage == "D-6"


def ready_with_department() -> Matter:
    """The matter of the refuse collection, studied and approved."""
    matter = titled("垃圾清运改到早晨")
    perform(
        Act("study", today(), "p-wu", {"note": "看过了"}, subject=matter.pk),
        Act("approve", today(), "p-wu", {"approved": True, "present": 4}, subject=matter.pk,
            decided_by={"body": "party", "paper": "会议记录"}),
    )  # fmt: skip
    return titled("垃圾清运改到早晨")


def test_a_day_before_the_calling_is_refused_in_words(come_in: Enter) -> None:
    page = call(come_in("wang"), held_on=(today() - timedelta(days=1)).isoformat())
    assert "开会的日子早于通知的日子" in text(page)
    assert titled("文化广场健身器材更换").stage == "D-5"


def test_the_convener_may_call_and_others_may_not(come_in: Enter) -> None:
    matter = titled("文化广场健身器材更换")
    assert come_in("li").get(reverse("convene"), {"matter": matter.pk}).status_code == 200
    assert come_in("su").get(reverse("convene"), {"matter": matter.pk}).status_code == 200
    for stranger in ("wu", "gao", "zhang", "meng"):
        assert come_in(stranger).get(reverse("convene"), {"matter": matter.pk}).status_code == 404


def test_nothing_ready_says_what_to_do_first(come_in: Enter) -> None:
    assert "现在没有可以上会的事" in text(come_in("luo").get(reverse("convene")))


def test_matters_of_two_villages_do_not_share_a_meeting(come_in: Enter) -> None:
    other = ready_with_department()
    page = come_in("su").get(reverse("convene"), {"matter": [titled("文化广场健身器材更换").pk, other.pk]})
    assert "这几件不是一个村的" in text(page)


# The page of a meeting


def test_one_tap_says_that_all_are_told(come_in: Enter) -> None:
    client, meeting = come_in("wang"), Meeting.objects.get(unit="liuhe", state="called")
    matter = titled("文化广场健身器材更换")
    response = call(client, held_on=(today() + timedelta(days=5)).isoformat())
    url = response.url
    meeting = Meeting.objects.get(unit="liuhe", notice_on=None)
    assert "都通知到了" in text(client.get(url))
    sent = {"by": "all", "happened_on": today().isoformat(), "key": "tap1"}
    notice = reverse("notice_given", args=[meeting.pk])
    assert client.post(notice, sent).status_code == client.post(notice, sent).status_code == 302
    meeting.refresh_from_db()
    assert meeting.notice_on == today()
    assert Entry.objects.filter(act="give_notice", subject=f"meeting:{meeting.pk}").count() == 1
    assert matter.pk in text(client.get(url))


def test_a_departments_answer_keeps_its_own_day(come_in: Enter) -> None:
    client = come_in("wang")
    asked = Invitation.objects.get(kind="department", meeting__unit="liuhe", meeting__state="called")
    url = reverse("invite_reply", args=[asked.meeting_id, asked.pk])
    day = today() - timedelta(days=1)
    sent = fields(client.get(url), reply="written", note="派不出人，意见附后。", happened_on=day.isoformat())
    assert client.post(url, sent).status_code == 302
    asked.refresh_from_db()
    assert (asked.reply, asked.replied_on) == ("written", day)
    page = client.get(reverse("meeting", args=[asked.meeting_id]))
    assert "派不出人，意见附后。" in text(page)


def test_calling_off_asks_why(come_in: Enter) -> None:
    client, meeting = come_in("wang"), Meeting.objects.get(unit="liuhe", state="called")
    url = reverse("call_off", args=[meeting.pk])
    page = client.get(url)
    assert "还差 1 处" in text(client.post(url, fields(page, reason="")))
    assert client.post(url, fields(page, reason="下大雪，路不通。")).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "called_off"
    assert "已取消" in text(client.get(reverse("meeting", args=[meeting.pk])))


def test_strangers_find_no_meeting_and_readers_no_buttons(come_in: Enter) -> None:
    meeting = Meeting.objects.get(unit="liuhe", state="called")
    url = reverse("meeting", args=[meeting.pk])
    for stranger in ("wu", "meng"):
        assert come_in(stranger).get(url).status_code == 404
    supervisor = come_in("gao")
    assert "取消这次会" not in text(supervisor.get(url))
    for name in ("after", "call_off", "notice_given"):
        page = reverse(name, args=[meeting.pk])
        assert supervisor.get(page).status_code == supervisor.post(page, {}).status_code == 404


def test_the_list_shows_what_comes_what_waits_and_what_was_held(come_in: Enter, called: Meeting) -> None:
    page = text(come_in("wang").get(reverse("meetings")))
    assert page.index("文化广场健身器材更换") < page.index("村口设公交停靠点") < page.index("西胡同路面硬化")
    assert reverse("after", args=[called.pk]) in page
    assert "村口设公交停靠点" not in text(come_in("wu").get(reverse("meetings")))


# The evening


def test_a_whole_evening_in_one_go(come_in: Enter, called: Meeting) -> None:
    missing = called.invitations.get(post__role="supervision_head")
    client = come_in("wang")
    there = [i.pk for i in called.invitations.exclude(pk=missing.pk)]
    response = evening(client, called, present=there, others="4")
    assert response.status_code == 302, text(response)
    called.refresh_from_db()
    assert (called.state, called.present) == ("held", len(there) + 4)
    missing.refresh_from_db()
    assert missing.present is False
    matter = titled("文化广场健身器材更换")
    assert matter.stage == "D-7" and "consulted" in matter.marks
    assert (
        matter.publications.get().text.text
        == "关于“文化广场健身器材更换”的协商结果：\n一、换四件旧器材\n二、地面铺胶垫"
    )
    assert [t.text.text for t in matter.tasks.order_by("number")] == ["换四件旧器材", "地面铺胶垫"]
    assert {t.owner for t in matter.tasks.all()} == {"柳河村（示例）"}
    page = text(client.get(response.url))
    assert "公示稿拟好了" in page and "换四件旧器材" in page and "缺席" in page


def test_a_second_tap_enters_nothing_twice(come_in: Enter, called: Meeting) -> None:
    client = come_in("wang")
    page = client.get(reverse("after", args=[called.pk]))
    number = called.rounds.get().matter_id
    sent = fields(page, matter=number, **{f"{number}-outcome": "again"})
    url = reverse("after", args=[called.pk])
    assert client.post(url, sent).status_code == 302
    before = Entry.objects.count()
    assert client.post(url, sent).status_code == 302
    assert Entry.objects.count() == before
    assert titled("文化广场健身器材更换").stage == "D-5"


def test_a_refusal_inside_changes_nothing_and_keeps_the_input(come_in: Enter) -> None:
    meeting = large_dispute_with_a_late_side()
    before = Entry.objects.count()
    page = evening(come_in("wang"), meeting)
    assert page.status_code == 200
    assert "还差一方没有上门谈" in text(page), text(page)
    assert "什么都还没有记" in text(page) and "老年舞队怕摔，年轻人愿意出力。" in text(page)
    assert Entry.objects.count() == before
    meeting.refresh_from_db()
    assert meeting.state == "called"


def large_dispute_with_a_late_side() -> Meeting:
    """A matter with a large dispute, agreed at the door, on today's agenda; then one more side turns up."""
    by, on = "p-wang", today()
    number = perform(Act("intake", on, "public", {"words": "广场舞太吵"}, unit="liuhe"))[0].ident
    clear = {"against_policy": False, "private_dispute": False, "unfair": False, "deep_division": False}

    def do(name: str, data: dict[str, Any], **more: Any) -> None:
        perform(Act(name, on, by, data, subject=number, **({"decided_by": CONVENER} | more)))

    do("put_forward", {"title": "广场舞音量"}, decided_by=None)
    do("screen", {"discuss": "governance", "dispute": "large", **clear})
    do("name_parties", {"parties": [{"name": "舞队"}]})
    do("visit", {"party": Party.objects.get(matter=number).pk, "agreed": True})
    do("settle_door", {"result": "agreed"})
    do("study", {"note": "听过了"}, decided_by=None)
    do("approve", {"approved": True, "present": 3}, decided_by={"body": "party", "paper": "记录"})
    post = Post.objects.get(unit="liuhe", role="party_secretary")
    data = {"held_on": on.isoformat(), "place": "村议事室", "convener": post.pk, "guests": []}
    meeting = perform(Act("convene", on, by, data, unit="liuhe"))[0].ident
    do("table", {"meeting": meeting})
    do("name_parties", {"parties": [{"name": "楼上住户"}]})
    return Meeting.objects.get(pk=meeting)


def test_a_side_of_a_large_dispute_is_not_named_when_calling(come_in: Enter) -> None:
    meeting = large_dispute_with_a_late_side()
    number = meeting.rounds.get().matter_id
    form = come_in("wang").get(reverse("convene"), {"matter": number}).context["form"]
    assert f"sides-{number}" not in form.fields


def test_a_future_day_is_refused_kindly(come_in: Enter) -> None:
    client, meeting = come_in("wang"), Meeting.objects.get(unit="liuhe", state="called")
    url = reverse("after", args=[meeting.pk])
    assert "还没到开会的日子" in text(client.get(url))
    page = evening(client, meeting)
    assert page.status_code == 200
    assert "还没有到" in text(page) and "请填事情实际发生的日期" in text(page)
    meeting.refresh_from_db()
    assert meeting.state == "called"


def test_late_entry_keeps_both_days(come_in: Enter) -> None:
    client, matter = come_in("wang"), titled("文化广场健身器材更换")
    day = today() - timedelta(days=2)
    call(client, held_on=day.isoformat(), called_on=(day - timedelta(days=1)).isoformat())
    meeting = Meeting.objects.get(held_on=day, unit="liuhe")
    assert "两个日期都会写进记录" in text(client.get(reverse("after", args=[meeting.pk])))
    assert evening(client, meeting).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.recorded_on) == (day, today())
    assert matter.rounds.get().concluded_on == day
    assert "补录日期" in text(client.get(reverse("meeting", args=[meeting.pk])))


def test_something_entered_since_gives_the_result_a_later_day_and_both_pages_say_so(come_in: Enter) -> None:
    """Days of a matter never go back. The clerk is told before sending which day the result will carry, and why."""
    client, matter = come_in("wang"), titled("文化广场健身器材更换")
    held, since = today() - timedelta(days=3), today() - timedelta(days=1)
    call(client, held_on=held.isoformat(), called_on=(held - timedelta(days=1)).isoformat())
    meeting = Meeting.objects.get(held_on=held, unit="liuhe")
    said = "所以结果的日期记作"
    assert said not in text(client.get(reverse("after", args=[meeting.pk])))
    perform(Act("reply", since, "p-wang", {"text": "会开过了，这两天登记。"}, subject=matter.pk))
    before = text(client.get(reverse("after", args=[meeting.pk])))
    assert said + day(since) in before and f"会议仍记作{day(held)}" in before
    answer = evening(client, meeting)
    assert answer.status_code == 302, text(answer)
    meeting.refresh_from_db()
    one = matter.rounds.get()
    assert (meeting.held_on, one.concluded_on) == (held, since)
    after = text(client.get(answer.url))
    assert f"“文化广场健身器材更换”的结果记作{day(since)}" in after, "what was kept says so at once"
    again = text(client.get(answer.url))
    assert "结果日期" in again and f"{day(since)}：" in again, "and the page of the meeting goes on saying so"


def test_a_later_day_is_told_in_english_as_people_write_it(come_in: Enter) -> None:
    client, matter = come_in("wang"), titled("文化广场健身器材更换")
    held, since = today() - timedelta(days=3), today() - timedelta(days=1)
    call(client, held_on=held.isoformat(), called_on=(held - timedelta(days=1)).isoformat())
    meeting = Meeting.objects.get(held_on=held, unit="liuhe")
    perform(Act("reply", since, "p-wang", {"text": "会开过了。"}, subject=matter.pk))
    page = text(client.get(reverse("after", args=[meeting.pk]), headers={"accept-language": "en"}))
    assert f"the result is entered with {since.day} {since:%B} {since.year}" in page


def test_consensus_without_points_is_asked_for(come_in: Enter, called: Meeting) -> None:
    page = evening(come_in("wang"), called, matter_fields={"agreed": " "})
    assert "请写大家都同意的几条" in text(page)


def test_a_telephone_number_does_not_get_into_the_notice(come_in: Enter, called: Meeting) -> None:
    page = evening(come_in("wang"), called, matter_fields={"agreed": "找老王，电话13912345678"})
    assert page.status_code == 200
    called.refresh_from_db()
    assert called.state == "called"


def test_tasks_without_a_day_need_a_reason(come_in: Enter, called: Meeting) -> None:
    client = come_in("wang")
    page = evening(client, called, matter_fields={"due": ""})
    assert "没有写责任单位或期限" in text(page)
    sent = fields(page) | {"matter": called.rounds.get().matter_id, "reason:TK1": "等镇里的名额下来再定。"}
    assert client.post(reverse("after", args=[called.pk]), sent).status_code == 302
    assert titled("文化广场健身器材更换").tasks.count() == 2


def test_a_statutory_matter_gets_no_notice_before_its_resolution(come_in: Enter) -> None:
    client, matter = come_in("wang"), titled("文化广场健身器材更换")
    call(client)
    meeting = Meeting.objects.get(unit="liuhe", held_on=today())
    Matter.objects.filter(pk=matter.pk).update(touches="collective_property", needs_meeting=True)
    assert "这件事要由法定会议决定" in text(client.get(reverse("after", args=[meeting.pk])))
    assert evening(client, meeting).status_code == 302
    matter.refresh_from_db()
    assert matter.stage == "D-6M" and not matter.publications.exists()


def test_a_matter_the_evening_did_not_reach_goes_to_another_meeting(come_in: Enter, called: Meeting) -> None:
    clerk = come_in("wang")
    matter = called.rounds.get().matter
    answer = evening(clerk, called, **{f"{matter.pk}-outcome": "not_reached", f"{matter.pk}-agreed": ""})
    assert answer.status_code == 302
    called.refresh_from_db()
    matter.refresh_from_db()
    assert called.state == "held" and matter.stage == "D-6" and not called.rounds.get().taken_up_on
    call(clerk)
    assert matter.rounds.count() == 2
    page = clerk.get(reverse("meeting", args=[called.pk]))
    assert "有的事还没有结果" not in text(page) and not page.context["left"]
