"""Taking part in an opinion gathering: no log-in, one statement at a time, and nothing that leads to a person."""

import re

import pytest
from django.core.cache import cache
from tests.web.gathering import answers, asked, begin, closed, do, fitness, tap
from tests.web.public import resident, text_of

from shangliang.acts.answers import ballots
from shangliang.cases.models_gathering import Answer, Gathering, Statement
from shangliang.record.models import Entry
from shangliang.web.gathering import routing, voice

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def statement_on(page: object) -> int:
    found = re.search(r'name="n" value="(\d+)"', page.content.decode())
    assert found
    return int(found[1])


def test_the_matter_leads_there_and_the_first_page_says_what_it_is() -> None:
    g = asked(days=5, intro="镇里有更换名额，先听听大家怎么想。")
    page = text_of(resident().get(f"/m/{g.matter_id}/"))
    assert "说说我的看法" in page
    assert "正在征求大家的看法" in text_of(resident().get("/u/liuhe/"))
    front = text_of(resident().get(f"/m/{g.matter_id}/gather/"))
    for words in (
        "镇里有更换名额",
        "一共3条看法",
        "还剩5天",
        "不留名，不登录",
        "一部手机答一份",
        "写在纸上一样算数",
    ):
        assert words in front.replace("还剩 5 天", "还剩5天"), words


def test_one_statement_at_a_time_until_all_are_answered() -> None:
    g = asked()
    phone = begin(g)
    seen = []
    for _ in range(3):
        page = phone.get(f"/m/{g.matter_id}/gather/answer/")
        seen.append(statement_on(page))
        assert tap(phone, g, seen[-1], "agree").status_code == 302
    assert sorted(seen) == [1, 2, 3]
    done = phone.get(f"/m/{g.matter_id}/gather/answer/", follow=True)
    assert "都答完了，谢谢您" in text_of(done)
    assert Answer.objects.filter(gathering=g.pk).count() == 3
    assert Answer.objects.filter(gathering=g.pk).values("voice").distinct().count() == 1


def test_a_page_loaded_again_asks_the_same_and_the_least_answered_comes_first() -> None:
    g = asked()
    answers(g, *["++ "] * 8)
    phone = begin(g)
    first = statement_on(phone.get(f"/m/{g.matter_id}/gather/answer/"))
    assert first == 3
    assert statement_on(phone.get(f"/m/{g.matter_id}/gather/answer/")) == 3


def test_of_equally_rare_statements_the_one_an_answer_tells_most_of_comes_first() -> None:
    g = asked(views=[f"第{n}条看法。" for n in range(1, 7)])
    answers(g, *["++++++", "+-+-+0"] * 10)
    shown = list(Statement.objects.filter(gathering=g).order_by("number"))
    box = [(p, s, a) for p, ballot in enumerate(ballots(g.pk)) for s, a in ballot]
    routing.weigh(g.pk, box)
    weight = routing._maps[g.pk][1].statements.weight
    first = [routing.following(g, shown, set(), f"token-{n}").number for n in range(300)]
    assert first.count(int(weight.argmax()) + 1) > first.count(int(weight.argmin()) + 1)
    assert set(first) == set(range(1, 7))  # and none is left out for good


def test_a_double_tap_is_one_answer_and_the_last_one_counts() -> None:
    g = asked()
    phone = begin(g)
    tap(phone, g, 1, "agree")
    tap(phone, g, 1, "agree")
    tap(phone, g, 1, "disagree")
    assert list(Answer.objects.values_list("answer", flat=True)) == [-1]
    mine = text_of(phone.get(f"/m/{g.matter_id}/gather/mine/"))
    assert "不同意" in mine and "先换坏了的四件" in mine
    again = phone.get(f"/m/{g.matter_id}/gather/answer/?n=1")
    assert "这条您答过了" in text_of(again)


def test_a_double_tap_on_begin_is_one_voice_and_two_telephones_are_two() -> None:
    g = asked()
    phone = begin(g)
    token = phone.cookies[voice.COOKIE].value
    begin(g, phone)
    assert phone.cookies[voice.COOKIE].value == token
    tap(phone, g, 1, "agree")
    tap(begin(g), g, 1, "agree")
    assert Answer.objects.values("voice").distinct().count() == 2


def test_an_answer_without_a_beginning_is_sent_to_it() -> None:
    g = asked()
    phone = resident()
    assert tap(phone, g, 1, "agree")["Location"].endswith("/gather/")
    assert not Answer.objects.exists()


def test_the_cookie_holds_for_this_gathering_only_and_no_script_reads_it() -> None:
    g = asked()
    phone = begin(g)
    cookie = phone.cookies[voice.COOKIE]
    assert (
        cookie["path"] == f"/m/{g.matter_id}/gather/" and cookie["httponly"] and cookie["samesite"] == "Lax"
    )
    assert Answer.objects.filter(voice=cookie.value).count() == 0


@pytest.mark.parametrize(
    "data",
    [{"n": "99", "answer": "agree"}, {"n": "1", "answer": "yes"}, {"n": "1' OR 1=1", "answer": "agree"}, {}],
)
def test_a_form_that_was_tampered_with_leaves_nothing_in_the_box(data: dict[str, str]) -> None:
    g = asked()
    phone = begin(g)
    answer = phone.post(f"/m/{g.matter_id}/gather/answer/", data)
    assert answer.status_code == 302 and not Answer.objects.exists()


def test_after_the_box_is_closed_an_open_page_answers_nothing() -> None:
    g = asked()
    phone = begin(g)
    tap(phone, g, 1, "agree")
    page = phone.get(f"/m/{g.matter_id}/gather/answer/")
    closed(g)
    assert tap(phone, g, statement_on(page), "disagree").status_code == 302
    assert Answer.objects.count() == 1
    assert phone.get(f"/m/{g.matter_id}/gather/")["Location"] == f"/m/{g.matter_id}/gather/result/1/"


def test_a_statement_taken_out_meanwhile_is_not_answered() -> None:
    g = asked()
    phone = begin(g)
    first = Statement.objects.get(gathering=g, number=1)
    do(g.matter, "screen_statement", {"statement": first.pk, "shown": False, "reason": "personal"})
    tap(phone, g, 1, "agree")
    assert not Answer.objects.exists()


def test_one_network_cannot_flood_the_box(monkeypatch: pytest.MonkeyPatch) -> None:
    g = asked()
    monkeypatch.setattr(voice, "MOST_VOICES", 2)
    for _ in range(2):
        begin(g)
    late = resident()
    answer = late.post(f"/m/{g.matter_id}/gather/")
    assert answer.status_code == 429 and "一小时里已经提交了2次" in text_of(answer)
    assert voice.COOKIE not in late.cookies


def test_answers_have_a_limit_too_and_the_statement_stays_on_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    g = asked()
    phone = begin(g)
    monkeypatch.setattr(voice, "MOST_ANSWERS", 1)
    tap(phone, g, 1, "agree")
    refused = tap(phone, g, 2, "agree")
    assert refused.status_code == 429 and statement_on(refused) == 2
    assert Answer.objects.count() == 1


def test_nothing_to_ask_about_is_not_found() -> None:
    m = fitness()
    assert resident().get(f"/m/{m.pk}/gather/").status_code == 404
    assert resident().get(f"/m/{m.pk}/gather/result/1/").status_code == 404
    g = asked(m)
    assert resident().get(f"/m/{g.matter_id}/gather/result/1/").status_code == 404


# ── statements of one's own ──────────────────────────────────────────────────────────────────────────────────────────


def add(phone: object, g: Gathering, text: str) -> object:
    return phone.post(f"/m/{g.matter_id}/gather/own/", {"text": text, "key": "ab" * 12}, follow=True)


def test_an_added_statement_waits_for_a_person_and_its_fate_is_told() -> None:
    g = asked()
    phone = begin(g)
    page = add(phone, g, "晚上要有灯。")
    assert "等村里的人看过" in text_of(page) and "晚上要有灯" in text_of(page)
    assert "晚上要有灯" not in text_of(begin(g).get(f"/m/{g.matter_id}/gather/mine/"))
    s = Statement.objects.get(number=4)
    do(
        g.matter,
        "screen_statement",
        {"statement": s.pk, "shown": False, "reason": "repeats", "note": "和第1条一样。"},
    )
    fate = text_of(phone.get(f"/m/{g.matter_id}/gather/mine/"))
    assert "没有列入" in fate and "和已有的意思一样" in fate and "和第1条一样" in fate


def test_the_same_statement_sent_twice_is_one() -> None:
    g = asked()
    phone = begin(g)
    add(phone, g, "晚上要有灯。")
    add(phone, g, "晚上要有灯。")
    assert Statement.objects.filter(own=True).count() == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("找老于，13900001111。", "像是有电话号码"),
        ("长" * 10_000, "最多能收"),
        ("", "这里还没有填"),
        ("  \n ", "这里还没有填"),
    ],
)
def test_what_cannot_be_asked_is_refused_kindly_and_stays_in_the_field(text: str, why: str) -> None:
    g = asked()
    phone = begin(g)
    page = add(phone, g, text)
    assert why in text_of(page)
    assert text.strip() in page.content.decode()
    assert not Statement.objects.filter(own=True).exists()


def test_markup_in_a_statement_is_shown_as_it_was_written() -> None:
    g = asked()
    phone = begin(g)
    odd = "<script>alert(1)</script>' OR 1=1 --"
    add(phone, g, odd)
    s = Statement.objects.get(own=True)
    do(g.matter, "screen_statement", {"statement": s.pk, "shown": True})
    page = phone.get(f"/m/{g.matter_id}/gather/answer/?n=4").content.decode()
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_where_no_statements_are_taken_the_page_says_nothing_of_them() -> None:
    g = asked(own=False)
    phone = begin(g)
    assert "添一条" not in text_of(phone.get(f"/m/{g.matter_id}/gather/answer/"))
    assert phone.get(f"/m/{g.matter_id}/gather/own/").status_code == 302


# ── slips ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_slip_is_one_voice_on_however_many_telephones() -> None:
    g = asked(voice="invited", slips=5)
    code = voice.codes(g.pk, 5)[2]
    one, other = resident(), resident()
    assert one.get(f"/m/{g.matter_id}/gather/slip/{code}/").status_code == 302
    tap(one, g, 1, "agree")
    begin(g, other, code=f" {code[:4].lower()} {code[4:]} ")
    tap(other, g, 1, "disagree")
    assert list(Answer.objects.values_list("answer", flat=True)) == [-1]


def test_without_a_slip_or_with_a_wrong_code_nothing_can_be_answered() -> None:
    g = asked(voice="invited", slips=5)
    phone = resident()
    assert "小条上的码" in text_of(phone.get(f"/m/{g.matter_id}/gather/"))
    wrong = phone.post(f"/m/{g.matter_id}/gather/", {"code": "ABCD2345"})
    assert "这不是这次征询的码" in text_of(wrong) and "ABCD2345" in wrong.content.decode()
    tap(phone, g, 1, "agree")
    phone.cookies[voice.COOKIE] = "f" * 32  # a made-up token is no slip
    tap(phone, g, 1, "agree")
    assert not Answer.objects.exists()


def test_slips_differ_cannot_be_guessed_from_one_another_and_grow_with_their_number() -> None:
    g = asked(voice="invited", slips=200)
    few, many = voice.codes(g.pk, 100), voice.codes(g.pk, 200)
    assert len(set(many)) == 200 and many[:100] == few
    assert voice.slip_code(g, many[150]) == many[150]
    g.slips = 100
    assert voice.slip_code(g, many[150]) is None


def test_a_telephone_can_be_handed_to_the_next_with_another_slip() -> None:
    g = asked(voice="invited", slips=2)
    first, second = voice.codes(g.pk, 2)
    phone = begin(g, code=first)
    tap(phone, g, 1, "agree")
    phone.post(f"/m/{g.matter_id}/gather/", {"leave": "1"})
    begin(g, phone, code=second)
    assert "先换坏了的四件" not in text_of(phone.get(f"/m/{g.matter_id}/gather/mine/"))
    tap(phone, g, 1, "disagree")
    assert Answer.objects.values("voice").distinct().count() == 2


# ── the published result ─────────────────────────────────────────────────────────────────────────────────────────────


def result(g: Gathering) -> str:
    return text_of(resident().get(f"/m/{g.matter_id}/gather/result/{g.number}/"))


def test_the_result_says_what_people_said_and_under_which_digest() -> None:
    g = asked()
    answers(g, *["++-"] * 8, *["+-+"] * 7)
    page = result(closed(g))
    assert (
        "一共15人答" in page
        and "八成以上同意" in page
        and "看法不一" not in page.partition("这个结果能说明什么")[2]
    )
    assert "同意15 · 说不准0 · 不同意0" in page and "同意8 · 说不准0 · 不同意7" in page
    assert g.digest in page and "不是全村表决" in page


def test_nothing_is_said_of_fewer_than_five_people() -> None:
    g = asked()
    answers(g, *["+++"] * 11, "---")
    page = result(closed(g))
    assert "八成以上同意" in page
    assert "不同意1" not in page and "同意11" not in page


def test_with_fewer_than_five_voices_nothing_is_shown_at_all() -> None:
    g = asked()
    answers(g, "+++", "+++", "---", "000")
    page = result(closed(g))
    assert "人太少，不显示" in page
    assert (
        "先换坏了的四件" not in page and "4人答" not in page and "同意" not in page.partition("这个结果")[0]
    )


def test_the_result_has_no_dots_and_no_person() -> None:
    g = asked()
    answers(g, *["++-"] * 20, *["--+"] * 20)
    raw = resident().get(f"/m/{closed(g).matter_id}/gather/result/1/").content.decode()
    assert "<circle" not in raw and "<polygon" not in raw


def test_a_refused_statement_shows_its_number_and_reason_not_its_words() -> None:
    g = asked()
    phone = begin(g)
    add(phone, g, "老于总占着秋千。")
    s = Statement.objects.get(own=True)
    do(g.matter, "screen_statement", {"statement": s.pk, "shown": False, "reason": "personal"})
    answers(g, *["+++"] * 6)
    page = result(closed(g))
    assert "第4条：说到了具体的人" in page and "老于" not in page


def test_public_pages_are_light() -> None:
    g = asked(views=[f"第{n}条看法，说的是广场上该怎么安排，大家都用得上。" for n in range(1, 31)])
    phone = begin(g)
    for address in ("", "answer/", "mine/", "own/"):
        page = phone.get(f"/m/{g.matter_id}/gather/{address}")
        assert len(page.content) < 12_000, address
    answers(g, *["+-0" * 10] * 12)
    closed(g)
    packed = resident().get(f"/m/{g.matter_id}/gather/result/1/", headers={"accept-encoding": "gzip"})
    assert len(packed.content) + 8_000 < 30_000, len(packed.content)


def test_every_page_needs_no_script_and_no_log_in() -> None:
    g = asked()
    phone = begin(g)
    for address in ("", "answer/", "mine/", "own/"):
        page = phone.get(f"/m/{g.matter_id}/gather/{address}")
        assert page.status_code == 200 and b"<script" not in page.content


def test_no_entry_is_made_by_an_answer_and_none_holds_a_token() -> None:
    g = asked()
    phone = begin(g)
    before = Entry.objects.count()
    for n in (1, 2, 3):
        tap(phone, g, n, "agree")
    assert Entry.objects.count() == before
    token = phone.cookies[voice.COOKIE].value
    closed(g)
    assert not any(token in text for text in Entry.objects.values_list("text", flat=True))
