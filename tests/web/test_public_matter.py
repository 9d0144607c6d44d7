"""One matter on its public page, and what residents can say about it."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from tests.web.public import resident, sealed_of_residents, text_of, titled

from shangliang.acts.act import today
from shangliang.cases.models import Matter, MeToo, Objection
from shangliang.people.models import Person

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def addresses() -> list[str]:
    """Every public page of the demonstration."""
    found = ["/", "/find/", "/check/", "/privacy/"]
    for unit in ("dongning", "laoheishan", "water", "liuhe", "xinghua", "shuangqiao"):
        found += [
            f"/u/{unit}/",
            *(f"/u/{unit}/{page}/" for page in ("all", "poster", "rules", "record", "say")),
        ]
    for number in Matter.objects.values_list("pk", flat=True):
        found += [f"/m/{number}/", f"/slip/{number}/", f"/m/{number}/withdraw/"]
    for number in Matter.objects.filter(shown=True).values_list("pk", flat=True):
        found += [f"/m/{number}/{page}/" for page in ("too", "object", "solved")]
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_public_page_shows_words_names_or_telephones_of_people(language: str) -> None:
    client, secrets = resident(language), sealed_of_residents()
    assert len(secrets) > 30 and "赵国栋" in secrets and Person.objects.count() > 10
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code in (200, 302), address
        shown = [s for s in secrets if s in answer.content.decode()]
        assert not shown, (address, shown)


def test_an_unscreened_matter_shows_neither_words_nor_heading() -> None:
    page = text_of(resident().get(f"/m/{titled('服务大厅周末值班').pk}/"))
    assert "服务大厅" not in page and "已经收到" in page and "召集人先看能不能列为议题" in page


def test_a_matter_whose_meeting_is_fixed_waits_for_the_meeting_and_not_for_a_day() -> None:
    fixed = text_of(resident().get(f"/m/{titled('村口设公交停靠点').pk}/"))
    assert "接下来 开会商量" in fixed and "约开会的日子" not in fixed
    open_ = text_of(resident().get(f"/m/{titled('文化广场健身器材更换').pk}/"))
    assert "约开会的日子" in open_ and "开会商量。" not in open_


def test_a_matter_not_discussed_shows_the_answer_and_where_it_went() -> None:
    m = titled("两户宅院地边")
    page = text_of(resident().get(f"/m/{m.pk}/"))
    assert "议事会不议" in page and "转给了：村人民调解委员会" in page
    assert "两户宅院地边" not in page and m.pk not in text_of(resident().get("/u/liuhe/all/"))


def test_a_posted_matter_shows_notice_period_tasks_and_answers() -> None:
    page = text_of(resident().get(f"/m/{titled('东河护坡修复').pk}/"))
    for words in (
        "先修塌方三十米",
        "还剩 5 天",
        "备齐石料两百方",
        "正在办",
        "自愿出工，不按户摊",
        "居民 ：提出不同意见",
        "公开与落实",
    ):
        assert words.replace(" ：", "：") in page.replace(" ：", "："), words
    assert "出工能不能不按户摊" not in page


def test_no_day_is_promised_that_nobody_confirmed() -> None:
    m = Matter.objects.get(merged_into=None, title=None)
    assert "前，还剩" not in text_of(resident().get(f"/m/{m.pk}/"))


def test_the_old_number_of_a_merged_matter_shows_the_other() -> None:
    old = Matter.objects.exclude(merged_into=None).get()
    page = text_of(resident().get(f"/m/{old.pk}/"))
    assert f"编号{old.pk}已并入{old.merged_into_id}" in page and "代群众记下了意见" not in page


def test_a_number_is_found_however_it_is_typed() -> None:
    number = titled("东河护坡修复").pk
    for typed in (number.lower(), f" {number[:3]} {number[3:]} ", f"{number[:3]}-{number[3:]}"):
        assert resident().get("/find/", {"n": typed})["Location"] == f"/m/{number}/"
    assert resident().get(f"/m/{number.lower()}/")["Location"] == f"/m/{number}/"
    assert "没有这个编号" in text_of(resident().get("/find/", {"n": "ABC"}))
    assert resident().get("/m/ZZZZZZ/").status_code == 404


def test_signs_that_no_number_has_are_read_as_what_they_look_like() -> None:
    from shangliang.web.public.number import candidates

    assert candidates("il234５") == ["LL2345"]
    assert set(candidates("O23456")) == {"Q23456", "D23456"}
    assert candidates("12345") == [] and candidates("<b>!!!") == []


def test_me_too_counts_once_a_browser_in_words() -> None:
    m, client = titled("垃圾清运改到早晨"), resident()
    board = "/u/xinghua/"
    assert "也遇到了" not in text_of(client.get(board))
    for _ in range(2):
        assert client.post(f"/m/{m.pk}/too/")["Location"] == f"/m/{m.pk}/"
    resident().post(f"/m/{m.pk}/too/")
    assert "另有2人也遇到了" in text_of(client.get(f"/m/{m.pk}/"))
    assert "另有2人也遇到了" in text_of(client.get(board))
    assert client.cookies["again"].value not in MeToo.objects.filter(matter=m).values_list("token", flat=True)


def test_me_too_is_only_for_what_everybody_can_see() -> None:
    assert resident().post(f"/m/{titled('服务大厅周末值班').pk}/too/").status_code == 404
    archived = titled("西胡同路面硬化")
    assert "已经办完" in text_of(resident().post(f"/m/{archived.pk}/too/"))
    assert not MeToo.objects.filter(matter=archived).exists()


def test_an_objection_is_taken_while_the_notice_hangs() -> None:
    m, client = titled("东河护坡修复"), resident()
    assert "我有不同意见" in text_of(client.get(f"/m/{m.pk}/"))
    done = client.post(f"/m/{m.pk}/object/", {"words": "怎么不多修十米", "key": "c3" * 12}, follow=True)
    assert "答复会写在这件事的页面上" in text_of(done)
    assert Objection.objects.filter(matter=m, state="open").count() == 1
    page = text_of(client.get(f"/m/{m.pk}/"))
    assert "还没有答复" in page and "多修十米" not in page


def test_nothing_can_be_objected_to_before_or_after() -> None:
    m = titled("垃圾清运改到早晨")
    assert "我有不同意见" not in text_of(resident().get(f"/m/{m.pk}/"))
    refused = text_of(resident().post(f"/m/{m.pk}/object/", {"words": "不行", "key": "c4" * 12}))
    assert "现在没有公示" in refused
    assert not Objection.objects.filter(matter=m).exists()


def test_not_solved_stands_beside_the_registration() -> None:
    m, client = titled("村老年饭桌"), resident()
    assert "解决了吗" in text_of(client.get(f"/m/{m.pk}/"))
    data = {"solved": "False", "words": "周末没有饭", "key": "d4" * 12}
    done = client.post(f"/m/{m.pk}/solved/", data, follow=True)
    assert "核实前标为“待核实”，不算解决" in text_of(done)
    page = text_of(client.get(f"/m/{m.pk}/"))
    assert "待核实" in page and "还没解决" in page and "周末没有饭" not in page


def test_an_archived_matter_says_how_to_go_on() -> None:
    m = titled("西胡同路面硬化")
    assert "再提一次" in text_of(resident().get(f"/m/{m.pk}/solved/"))
    page = text_of(resident().get(f"/m/{m.pk}/"))
    assert "已解决" in page and "群众已确认" in page and "路修好了" in page


def test_a_meeting_to_come_is_announced() -> None:
    m = titled("村口设公交停靠点")
    page = text_of(resident().get(f"/m/{m.pk}/"))
    assert "村议事室" in page and "19:00" in page
    assert str(today().year) in page
