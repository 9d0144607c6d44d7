"""Speaking for somebody in two screens, joining what was said before, and telling people by word of mouth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Matter, Opinion
from shangliang.record.models import Entry
from shangliang.web.desk.likeness import alike

Enter = Callable[[str], Client]
WORDS = "村东头的路灯又灭了，晚上看不见路。"


def text(page: Any) -> str:
    return str(page.content.decode())


def first_screen(client: Client, **more: Any) -> dict[str, Any]:
    form = client.get(reverse("speak")).context["form"]
    return {b.html_name: b.value() for b in form if b.value() is not None} | {"words": WORDS} | more


def record(client: Client, **more: Any) -> Any:
    return client.post(reverse("speak_read"), first_screen(client, **more) | {"do": "record"})


def test_two_screens_and_a_number(come_in: Enter) -> None:
    client = come_in("zhang")
    sent = first_screen(client, name="王奶奶")
    assert sent["answer_by"] == "face" and sent["unit"] == "liuhe"
    before = Entry.objects.count()
    read = text(client.post(reverse("speak_read"), sent))
    assert "请念给老人听一遍" in read and WORDS in read and "是这个意思，提交" in read
    assert Entry.objects.count() == before
    done = client.post(reverse("speak_read"), sent | {"do": "record"})
    assert done.status_code == 302 and "王" not in done.url
    said = Opinion.objects.get(words__text=WORDS)
    assert (said.behalf, said.channel, said.answer_by, said.name.text) == (True, "visit", "face", "王奶奶")
    page = text(client.get(done.url))
    assert said.first_matter in page and reverse("paper_pdf", args=["slip", said.first_matter]) in page


def test_words_heard_days_ago_keep_their_day_and_none_is_still_to_come(come_in: Enter) -> None:
    client, on = come_in("zhang"), today() - timedelta(days=5)
    read = text(client.post(reverse("speak_read"), first_screen(client, happened_on=on.isoformat())))
    assert f"{on.year}年{on.month}月{on.day}日" in read
    assert record(client, happened_on=on.isoformat()).status_code == 302
    said = Opinion.objects.get(words__text=WORDS)
    assert said.received_on == on and said.matter.opened_on == on
    later = record(client, happened_on=(today() + timedelta(days=1)).isoformat())
    assert later.status_code == 200 and WORDS in text(later)
    assert Opinion.objects.filter(words__text=WORDS).count() == 1


def test_a_second_tap_records_once(come_in: Enter) -> None:
    client = come_in("zhang")
    sent = first_screen(client) | {"do": "record"}
    first, second = client.post(reverse("speak_read"), sent), client.post(reverse("speak_read"), sent)
    assert first.url == second.url
    assert Opinion.objects.filter(words__text=WORDS).count() == 1


def test_going_back_keeps_what_was_typed(come_in: Enter) -> None:
    client = come_in("zhang")
    page = client.post(reverse("speak"), first_screen(client, phone="0453-0000001"))
    assert WORDS in text(page) and "0453-0000001" in text(page) and "还差" not in text(page)


def test_no_words_no_second_screen(come_in: Enter) -> None:
    client = come_in("zhang")
    page = client.post(reverse("speak_read"), first_screen(client, words=" "))
    assert "还差 1 处" in text(page)


def test_ringing_needs_a_number(come_in: Enter) -> None:
    client = come_in("zhang")
    page = client.post(reverse("speak_read"), first_screen(client, answer_by="phone", phone=""))
    assert "要打电话答复，请留个电话" in text(page)


def test_who_may_not(come_in: Enter) -> None:
    assert come_in("gao").get(reverse("speak")).status_code == 404
    client = come_in("zhang")
    page = client.post(reverse("speak_read"), first_screen(client, unit="xinghua") | {"do": "record"})
    assert page.status_code == 200 and not Opinion.objects.filter(words__text=WORDS).exists()
    number = record(client).url.partition("=")[2]
    assert come_in("zhou").get(reverse("speak"), {"number": number}).status_code == 404
    assert Client().get(reverse("speak")).status_code == 302


def test_what_sounds_alike_is_offered_and_joining_keeps_both_origins(come_in: Enter) -> None:
    lamps = Matter.objects.get(opinions__words__text__startswith="村东头的路灯坏了")
    client = come_in("wang")
    url = record(client).url
    number = url.partition("=")[2]
    page = client.get(url)
    assert f"归并到{lamps.pk}" in text(page) and "广场上的健身器材" not in text(page)
    merge = reverse("speak_merge", args=[number])
    sent = {"into": lamps.pk, "key": page.context["key"]}
    assert client.post(merge, sent).status_code == client.post(merge, sent).status_code == 302
    joined = Matter.objects.get(pk=number)
    assert joined.merged_into_id == lamps.pk and joined.ended == "merged"
    assert {o.first_matter for o in lamps.opinions.all()} >= {number, lamps.pk}
    assert "收到了，已归并" in text(client.get(url))


def test_joining_with_nothing_is_refused(come_in: Enter) -> None:
    client = come_in("wang")
    number = record(client).url.partition("=")[2]
    page = client.post(reverse("speak_merge", args=[number]), {"into": "XXXXXX", "key": "k"})
    assert "没有这个编号的事项" in text(page)
    assert Matter.objects.get(pk=number).ended == ""


def test_likeness_counts_shared_pairs_of_characters() -> None:
    texts = [("lamp", "东头路灯灭了"), ("tap", "自来水总冻"), ("same", WORDS)]
    assert alike(WORDS, texts) == ["same", "lamp"]
    assert alike("", texts) == []


def waiting(page: Any) -> list[str]:
    return [group["title"] for group in page.context["groups"]]


def test_answers_wait_until_somebody_has_told_them(come_in: Enter) -> None:
    client = come_in("zhang")
    page = client.get(reverse("replies"))
    assert "两户宅院地边" in waiting(page) and "这是两家之间的事" in text(page)
    said = Opinion.objects.get(matter__title__text="两户宅院地边")
    url, sent = reverse("told", args=[said.matter_id, said.pk]), {"key": "told1"}
    assert client.post(url, sent).status_code == client.post(url, sent).status_code == 302
    said.refresh_from_db()
    assert said.told_on == today()
    page = client.get(reverse("replies"))
    assert "两户宅院地边" not in waiting(page) and "已经当面告诉本人" in text(page)


def test_nobody_else_sees_or_ticks_off(come_in: Enter) -> None:
    said = Opinion.objects.get(matter__title__text="两户宅院地边")
    for stranger in ("zhou", "gao", "ma"):
        client = come_in(stranger)
        assert "两户宅院地边" not in waiting(client.get(reverse("replies")))
        assert client.post(reverse("told", args=[said.matter_id, said.pk]), {"key": "x"}).status_code == 404


def test_a_matter_without_an_answer_does_not_wait(come_in: Enter) -> None:
    client = come_in("zhang")
    number = record(client).url.partition("=")[2]
    assert number not in text(client.get(reverse("replies")))
    perform(Act("reply", today(), "p-wang", {"text": "灯已经报修，三天内亮。"}, subject=number,
                decided_by={"role": "party_secretary"}))  # fmt: skip
    assert "灯已经报修，三天内亮。" in text(client.get(reverse("replies")))
