"""工作推进: what a unit above sees, that each number leads to what it counts, and what it can do about a gap."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from tests.acts.test_oversight import FIVE
from tests.acts.world import FOUNDED, World

from shangliang.acts.act import SYSTEM, Act, today
from shangliang.acts.perform import perform
from shangliang.cases.oversight.models import CallBack, MonthPage, Reminder, Sample
from shangliang.people.models import Account

pytestmark = pytest.mark.django_db


def months_ago(n: int, day: int = 5) -> date:
    now = today()
    months = now.year * 12 + now.month - 1 - n
    return date(months // 12, months % 12 + 1, day)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A county whose two villages have their venues for two years, one of which met, and a matter that was closed."""
    with django_db_blocker.unblock(), transaction.atomic():
        w = World()
        w.appoint("p-director", "主任", "donghe", "director")
        w.appoint("p-an", "档案员", "donghe", "archivist")
        w.closed()
        for unit in ("hekou", "liushu"):
            said = {"name": "议事室", "haves": FIVE}
            w.do("equip_venue", said, on=months_ago(24), unit=unit, by="p-su", typed=today())
        for n in (3, 15):
            ledger = {
                "ledger": "台账第1页",
                "place": "村议事室",
                "topics": [{"title": "巷道硬化", "result": "solved"}],
            }
            w.do("import_meeting", ledger, on=months_ago(n), typed=today())
        pin = make_password("246810")
        for person in ("p-director", "p-an", "p-wang", "p-su", "p-wu"):
            Account.objects.create(login=person, password=pin, person_id=person)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(built: None, db: None) -> None:
    """What a test does to it is taken back."""


def come_in(name: str) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(Account.objects.get(login=f"p-{name}"))
    return client


def text(answer: Any) -> str:
    body = re.sub(
        r"<(script|style).*?</\1>|<svg.*?</svg>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL
    )
    return " ".join(body.replace("&nbsp;", " ").split())


def links(answer: Any) -> list[str]:
    return [u.replace("&amp;", "&") for u in re.findall(r'href="(/[^"#]*)', answer.content.decode())]


def test_the_page_says_where_nothing_happens(county: None) -> None:
    page = come_in("director").get("/progress/")
    said = text(page)
    assert page.status_code == 200 and "3个单位，已建2个，覆盖率67%" in said
    assert "看未建单位（1个）" in said and "按行政顺序排列，不作比较。" in said
    assert "期末议事室已登记投入使用的基层单元" in said


def test_every_number_leads_to_a_page(county: None) -> None:
    client = come_in("director")
    seen: set[str] = set()
    todo = ["/progress/"]
    while todo:
        url = todo.pop()
        if url in seen or not url.startswith(("/progress/", "/month/")) or len(seen) > 160:
            continue
        seen.add(url)
        page = client.get(url, follow=True)
        assert page.status_code == 200, url
        if "html" in page["Content-Type"]:
            todo += links(page)
    assert len(seen) > 60


def test_a_number_is_as_many_rows_as_it_says(county: None) -> None:
    client = come_in("director")
    year = months_ago(15).year
    page = text(client.get(f"/progress/donghe/of/meetings/?year={year}"))
    expected = sum(months_ago(n).year == year for n in (3, 15)) + (year == 2026)
    assert f"协商活动 {expected} 次" in page and "补录" in page
    assert "登记为已开的会议" in page


def test_windows_are_told_in_words_and_shapes(county: None) -> None:
    page = text(come_in("director").get("/progress/hekou/clocks/"))
    assert "未开" in page and "柳树村" in page and "杨树村" not in page
    assert "把开齐的也列出来" in page


def test_the_wall_shows_one_thing_at_a_time(county: None) -> None:
    client = come_in("director")
    first, second = client.get("/progress/?wall"), client.get("/progress/donghe/?wall=2")
    assert 'class="desk wall"' in first.content.decode()
    assert "2 / 3" in text(first) and "2 / 3" not in text(second)


def test_nobody_sees_what_lies_outside(county: None) -> None:
    village = come_in("wang")
    assert village.get("/progress/").status_code == 200
    for url in ("/progress/donghe/", "/progress/yangshu/", "/progress/yangshu/of/meetings/", "/month/donghe/",
                "/progress/donghe/clocks/", "/progress/hekou/late/", "/progress/hekou/reminders/"):  # fmt: skip
        assert village.get(url).status_code == 404, url
    assert Client().get("/progress/").status_code == 302
    assert village.get("/progress/liushu/remind/").status_code == 404


def test_reminders_go_to_those_it_concerns_and_come_back_answered(county: None) -> None:
    client = come_in("director")
    form = client.get("/progress/donghe/remind/?about=venue")
    assert "杨树村：还没建" in text(form) and "柳树村" not in text(form)
    sent = {"key": "k1", "units": ["yangshu"], "text": "请告知还缺什么。", "letter": "催〔2026〕1号",
            "answer_by": (today() + timedelta(days=7)).isoformat()}  # fmt: skip
    done = client.post("/progress/donghe/remind/?about=venue", sent, follow=True)
    assert "已发出1条提醒" in text(done) and "杨树村：议事室" in text(done)
    again = client.post("/progress/donghe/remind/?about=venue", sent, follow=True)
    assert Reminder.objects.count() == 1 and again.status_code == 200
    assert "现在没有需要提醒的单位" in text(client.get("/progress/donghe/remind/?about=venue"))
    row = Reminder.objects.get()
    letter = text(client.get(f"/progress/reminder/{row.pk}/letter/"))
    assert (
        "关于协商议事室建设的催办函" in letter and "请告知还缺什么。" in letter and "催〔2026〕1号" in letter
    )
    village = come_in("wu")
    assert "上级有1条提醒等您回复" in text(village.get("/desk/"))
    answer = {"key": "k2", "reminder": row.pk, "answer": "planned", "planned_on": today().isoformat(), "note": "正在挂牌。",
              "happened_on": today().isoformat()}  # fmt: skip
    village.post(f"/progress/reminder/{row.pk}/", answer, follow=True)
    row.refresh_from_db()
    assert row.answer == "planned" and row.answered_on == today()
    assert "已有安排" in text(client.get("/progress/donghe/reminders/"))


def test_a_refused_answer_keeps_what_was_typed(county: None) -> None:
    client = come_in("director")
    sent = {"key": "k1", "units": ["yangshu"], "text": "请告知。", "answer_by": today().isoformat()}
    client.post("/progress/donghe/remind/?about=venue", sent)
    row = Reminder.objects.get()
    answer = {
        "key": "k2",
        "reminder": row.pk,
        "answer": "planned",
        "note": "还缺牌子。",
        "happened_on": today().isoformat(),
    }
    page = come_in("wu").post(f"/progress/reminder/{row.pk}/", answer)
    assert "请写打算哪天开" in text(page) and "还缺牌子。" in page.content.decode()
    row.refresh_from_db()
    assert row.answered_on is None


def test_reminding_is_offered_to_those_alone_who_may(county: None) -> None:
    for unit, may in (
        ("donghe", {"director": True, "an": False}),
        ("liushu", {"director": True, "an": False, "wang": False}),
    ):
        for who, offered in may.items():
            client = come_in(who)
            found = {
                u
                for p in ("clocks", "coverage", "late", "reminders")
                for u in links(client.get(f"/progress/{unit}/{p}/"))
            }
            reminding = {u for u in found if "/remind/" in u}
            assert bool(reminding) is offered, (unit, who, reminding)
            assert all(client.get(u).status_code == 200 for u in reminding)


def test_nobody_can_be_reminded_who_is_not_below(county: None) -> None:
    sent = {"key": "k1", "units": ["donghe"], "text": "请告知。", "answer_by": today().isoformat()}
    page = come_in("director").post("/progress/donghe/remind/?about=venue", sent)
    assert page.status_code == 200 and not Reminder.objects.exists()


def test_a_sample_is_drawn_and_the_call_back_stands_beside_the_registration(county: None) -> None:
    client = come_in("director")
    drawn = {"key": "k1", "first": "2026-05-01", "last": "2026-05-31", "count": "5"}
    page = client.post("/progress/donghe/samples/", drawn, follow=True)
    number = Sample.objects.get().numbers
    assert "已经抽好了" in text(page) and number in text(page) and "待回访" in text(page)
    url = f"/progress/call-back/{number}/"
    assert "139" not in text(client.get(url))
    nobody = {"key": "k2", "reached": "False", "solved": "True", "happened_on": today().isoformat()}
    assert "没有联系上人，就没有群众的回答" in text(client.post(url, nobody))
    said = {**nobody, "key": "k3", "reached": "True", "satisfied": "True"}
    assert "回访已经登记" in text(client.post(url, said, follow=True))
    assert CallBack.objects.get().solved is True
    assert "说已解决" in text(client.get("/progress/donghe/samples/"))
    year = date(2026, 5, 1).year
    assert "其中群众已确认 1 件" in text(client.get(f"/progress/donghe/of/confirmed/?year={year}"))
    assert come_in("wang").get(url).status_code in (302, 404)


def test_no_matter_no_sample(county: None) -> None:
    drawn = {"key": "k1", "first": "2024-01-01", "last": "2024-01-31", "count": "5"}
    page = come_in("director").post("/progress/donghe/samples/", drawn)
    assert "这段时间没有办结的事项" in text(page) and not Sample.objects.exists()


def test_it_all_reads_in_english(county: None) -> None:
    client = come_in("director")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for url in (
        "/progress/",
        "/progress/donghe/clocks/",
        "/progress/donghe/late/",
        "/progress/donghe/coverage/",
    ):
        assert client.get(url, headers={"accept-language": "en"}).status_code == 200
    said = text(client.get("/progress/", headers={"accept-language": "en"}))
    assert "Progress of the work" in said and "2 of 3 places have their venue: 67%" in said
    assert not MonthPage.objects.exists()


def test_a_meeting_out_of_a_ledger_says_so_wherever_it_shows(county: None) -> None:
    from shangliang.cases.oversight.models import Ledger

    clerk = come_in("wang")
    assert "巷道硬化" in text(clerk.get("/desk/meetings/")) and "补录" in text(clerk.get("/desk/meetings/"))
    ident = Ledger.objects.values_list("meeting_id", flat=True)[0]
    page = text(clerk.get(f"/desk/meeting/{ident}/"))
    assert "巷道硬化" in page and "补录自 台账第1页" in page


TOWNS, VILLAGES = 3, 5


@pytest.fixture
def wide(county: None) -> None:
    """Three more towns of five villages each, none with a venue, and one that has only the town itself."""
    said = [("t9", "单独镇", "town", "donghe")]
    for t in range(TOWNS):
        said.append((f"t{t}", f"第{t}镇", "town", "donghe"))
        said += [(f"t{t}v{v}", f"第{t}镇{v}村", "village", f"t{t}") for v in range(VILLAGES)]
    for unit, name, kind, parent in said:
        perform(Act("found_unit", FOUNDED, SYSTEM, {"name": name, "kind": kind, "parent": parent}, unit=unit))


def remind_venues(client: Client, **more: Any) -> Any:
    """Sends the reminder's form as it stands, with something changed."""
    at = "/progress/donghe/remind/?about=venue"
    form = client.get(at).context["form"]
    sent = {"key": "k1", "text": "请告知。", "answer_by": today().isoformat(), "units": form["units"].value(),
            "towns": form["towns"].value()}  # fmt: skip
    return client.post(at, sent | more, follow=True)


def test_a_long_list_of_reminders_is_ticked_town_by_town(wide: None) -> None:
    client = come_in("director")
    page = client.get("/progress/donghe/remind/?about=venue")
    towns = {t.name: len(t.places) for t in page.context["form"].by_town}
    assert towns["第0镇"] == VILLAGES + 1 and towns["单独镇"] == 1
    body = page.content.decode()
    assert body.index('name="towns"') < body.index("第0镇有哪些") < body.index("第0镇0村")
    assert body.count("<details") == TOWNS, "a town with one place needs nothing to open"


def test_everything_ticked_goes_to_all_and_an_unticked_town_is_left_out_with_its_villages(wide: None) -> None:
    client = come_in("director")
    remind_venues(client, towns=["t1", "t2"])
    reminded = set(Reminder.objects.values_list("unit_id", flat=True))
    assert {"t1", "t1v0", "t2v4", "t9", "yangshu"} <= reminded and not any(
        u.startswith("t0") for u in reminded
    )


def test_a_single_village_can_be_left_out_and_stays_in_sight_when_something_is_refused(wide: None) -> None:
    client = come_in("director")
    form = client.get("/progress/donghe/remind/?about=venue").context["form"]
    most = [u for u in form["units"].value() if u != "t1v3"]
    page = remind_venues(client, units=most, text="")
    assert not Reminder.objects.exists() and page.content.decode().count('<details class="more of" open') == 1
    remind_venues(client, units=most)
    reminded = set(Reminder.objects.values_list("unit_id", flat=True))
    assert "t1v3" not in reminded and {"t1v2", "t1v4", "t0v0"} <= reminded


def test_no_town_and_no_single_place_is_nobody(wide: None) -> None:
    form = come_in("director").get("/progress/donghe/remind/?about=venue").context["form"]
    in_towns = [p for t in form.by_town if len(t.places) > 1 for p in t.places]
    page = remind_venues(come_in("director"), towns=[], units=in_towns)
    assert "一个也没有勾" in text(page) and not Reminder.objects.exists()


def test_one_is_said_in_the_singular_in_english(county: None) -> None:
    client = come_in("director")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    year = months_ago(0).year
    page = text(client.get(f"/progress/donghe/of/venues/?year={year}"))
    assert "Venues 2 units" in page
    one = text(client.get(f"/progress/liushu/of/venues/?year={year}"))
    assert "Venues 1 unit " in one
