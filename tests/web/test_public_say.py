"""A resident says something: three screens, a receipt, nothing lost, nothing shown."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from tests.web.public import field, number_of, resident, text_of, write

from shangliang.cases.models import Matter, Opinion
from shangliang.record.models import Entry

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_the_first_screen_says_what_is_discussed_and_where_the_rest_goes() -> None:
    said = text_of(resident().get("/u/liuhe/say/"))
    for words in (
        "民生改善实事",
        "个体矛盾",
        "调解委员会",
        "信访",
        "12345",
        "法院",
        "镇纪委",
        "12388",
        "接着写",
    ):
        assert words in said


def test_words_arrive_and_the_receipt_says_what_happens_next() -> None:
    client = resident()
    number = number_of(write(client, "村西头水渠堵了"))
    said = Opinion.objects.get(matter=number)
    assert (said.words.text, said.channel, said.kind, said.answer_by) == (
        "村西头水渠堵了",
        "web",
        "opinion",
        "number",
    )
    receipt = text_of(client.get(f"/slip/{number}/"))
    assert f"收到了，编号{number}" in receipt
    assert "召集人先看能不能列为议题" in receipt and "拿回执到村里问" in receipt
    assert "前答复您" not in receipt  # nobody has confirmed the period
    assert "村西头" not in receipt


def test_nothing_is_stored_before_the_last_button() -> None:
    before = Entry.objects.count()
    client = resident()
    client.post("/u/liuhe/say/", {"go": "answer", "words": "路灯", "kind": "wish"})
    assert Entry.objects.count() == before


def test_going_back_keeps_the_words() -> None:
    data = {"words": '引号"和<b>尖括号', "kind": "demand", "name": "刘玥", "phone": "13900000000"}
    client = resident()
    answer = client.post("/u/liuhe/say/", {"go": "words", **data})
    assert "引号&quot;和&lt;b&gt;尖括号</textarea>" in answer.content.decode()
    assert field(answer, "phone") == "13900000000"
    assert field(client.post("/u/liuhe/say/", {"go": "scope", **data}), "words") == data["words"]


def test_a_double_tap_gives_one_number() -> None:
    client = resident()
    data = {"go": "send", "words": "井盖丢了", "kind": "opinion", "answer_by": "number", "key": "a1" * 12}
    first, second = (client.post("/u/liuhe/say/", data) for _ in range(2))
    assert number_of(first) == number_of(second)
    assert Opinion.objects.filter(words__text="井盖丢了").count() == 1


def test_words_changed_after_sending_are_asked_about_not_lost() -> None:
    client = resident()
    data = {"go": "send", "words": "井盖丢了", "kind": "opinion", "answer_by": "number", "key": "b2" * 12}
    client.post("/u/liuhe/say/", data)
    again = client.post("/u/liuhe/say/", {**data, "words": "井盖丢了两个"})
    assert "已经收到过一次了" in text_of(again) and field(again, "words") == "井盖丢了两个"
    third = client.post("/u/liuhe/say/", {**data, "words": "井盖丢了两个", "key": field(again, "key")})
    assert Opinion.objects.get(matter=number_of(third)).words.text == "井盖丢了两个"


@pytest.mark.parametrize(
    "words",
    ["田里的水渠😀塌了", "请喆、玥、堃三户的水管一起看", "㐂𠮷野家门口", "'; DROP TABLE cases_matter; --"],
)
def test_every_character_survives(words: str) -> None:
    number = number_of(write(resident(), words))
    assert Opinion.objects.get(matter=number).words.text == words


def test_hostile_words_are_only_words() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    client = resident()
    answer = client.post("/u/liuhe/say/", {"go": "words", "words": hostile, "kind": "opinion"})
    assert b"<script" not in answer.content and b"<img" not in answer.content
    third = client.post("/u/liuhe/say/", {"go": "answer", "words": hostile, "kind": "opinion"})
    assert b"<script" not in third.content and b"<img" not in third.content


def test_a_very_long_text_is_refused_kindly_and_kept() -> None:
    long = "路" * 10_000
    answer = resident().post("/u/liuhe/say/", {"go": "answer", "words": long, "kind": "opinion"})
    assert "写了10000个字，最多能收4000个字" in text_of(answer)
    assert long in answer.content.decode() and "maxlength" not in answer.content.decode()


def test_empty_words_are_asked_for() -> None:
    assert "还差 1 处" in text_of(
        resident().post("/u/liuhe/say/", {"go": "answer", "words": "  ", "kind": "opinion"})
    )


@pytest.mark.parametrize("words", ["我电话13912345678", "身份证11010119900307123X"])
def test_something_personal_is_warned_of_and_not_blocked(words: str) -> None:
    client = resident()
    third = client.post("/u/liuhe/say/", {"go": "answer", "words": words, "kind": "opinion"})
    assert "好像有电话号码或证件号码" in text_of(third)
    assert number_of(write(client, words))


@pytest.mark.parametrize(("wish", "sentence"), [("phone", "请留个电话"), ("face", "请留个名字")])
def test_a_call_needs_a_telephone_and_a_visit_a_name(wish: str, sentence: str) -> None:
    answer = write(resident(), "电线太低", answer_by=wish)
    assert sentence in text_of(answer) and field(answer, "words") == "电线太低"


def test_the_privacy_sentence_stands_where_the_name_is_asked() -> None:
    third = resident().post("/u/liuhe/say/", {"go": "answer", "words": "路灯", "kind": "wish"})
    assert "只写事情就行，姓名电话可以不留" in text_of(third)


def test_name_and_telephone_can_be_taken_back_with_the_code_of_the_receipt() -> None:
    client = resident()
    number = number_of(write(client, "电线太低", answer_by="phone", name="刘玥", phone="13912345678"))
    receipt = client.get(f"/slip/{number}/")
    assert "撤回码" in text_of(receipt)
    code = receipt.content.decode().partition('<b class="hex">')[2][:6]
    page = f"/m/{number}/withdraw/"
    assert "撤回码不对" in text_of(client.post(page, {"code": "AAAAAA"}))
    done = client.post(page, {"code": code.lower()}, follow=True)
    assert "姓名和电话已经删除" in text_of(done)
    said = Opinion.objects.get(matter=number)
    assert (said.name.text, said.phone.text, said.words.text) == ("", "", "电线太低")


def test_the_code_is_shown_to_nobody_else() -> None:
    number = number_of(write(resident(), "电线太低", name="刘玥"))
    assert "撤回码" not in text_of(resident().get(f"/slip/{number}/"))


def test_too_much_from_one_address_is_told_honestly_and_the_words_kept() -> None:
    client = resident()
    for n in range(20):
        number_of(write(client, f"第{n}件"))
    answer = write(client, "第二十一件")
    assert answer.status_code == 429
    assert "一小时里已经提交了20次" in text_of(answer) and field(answer, "words") == "第二十一件"
    other = resident(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert number_of(write(other, "别的网络"))


def test_a_department_takes_no_opinions_here() -> None:
    assert resident().get("/u/water/say/")["Location"] == "/u/water/"
    assert resident().get("/u/nowhere/say/").status_code == 404


def test_english_and_large_text() -> None:
    client = resident("en")
    client.cookies["large"] = "1"
    answer: Any = client.get("/u/liuhe/say/")
    assert "What is discussed here" in text_of(answer) and ' large"' in answer.content.decode()


def test_a_matter_begins_unseen() -> None:
    number = number_of(write(resident(), "柴油味呛人"))
    assert not Matter.objects.get(pk=number).shown
    page = text_of(resident().get(f"/m/{number}/"))
    assert "已经收到" in page and "柴油味" not in page
    assert number not in text_of(resident().get("/u/liuhe/"))
