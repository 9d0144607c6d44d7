"""Running an opinion gathering at the desk: asking, screening, paper, closing, the map, and the points on the table."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.web.gathering import SECRETARY, answers, asked, closed, do, fitness, tap
from tests.web.public import field, resident, text_of

from shangliang.acts.act import Act, today
from shangliang.acts.few import FEW
from shangliang.acts.perform import perform
from shangliang.cases.models import Meeting, Round
from shangliang.cases.models_gathering import Answer, Gathering, Statement
from shangliang.record.models import Entry
from shangliang.web.gathering import voice

Enter = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("county")

TWO_CAMPS = [*["+++--"] * 16, *["++-++"] * 14]
VIEWS = (
    "先换坏了的四件。",
    "坏了找谁修，写在牌子上。",
    "晚上九点后不放音响。",
    "村集体出一半钱。",
    "先修厕所。",
)


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def open_page(client: Client, **more: Any) -> tuple[str, dict[str, Any]]:
    """The page that opens a gathering, and what a browser would send of it."""
    at = f"/desk/gather/{fitness().pk}/open/"
    page = client.get(at)
    sent = {
        "key": field(page, "key"), "intro": "先听听大家怎么想。", "statements": "\n".join(VIEWS), "voice": "device",
        "until": today().isoformat(), "own": "True", "slips": "", "decided": page.context["form"]["decided"].value(),
    }  # fmt: skip
    return at, sent | more


# ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_clerk_opens_it_on_one_page_and_who_decided_is_the_convener(come_in: Enter) -> None:
    clerk = come_in("wang")
    at, sent = open_page(clerk)
    page = clerk.post(at, sent, follow=True)
    assert "现在可以答了" in text_of(page)
    g = Gathering.objects.get()
    assert [s.text.text for s in Statement.objects.order_by("number")] == list(VIEWS)
    assert (g.until, g.voice, g.own) == (today(), "device", True)
    entry = Entry.objects.get(act="open_gathering")
    assert '"role":"party_secretary"' in entry.text and '"by":"p-wang"' in entry.text
    assert not any(v in entry.text for v in VIEWS)
    clerk.post(at, sent)  # a double tap
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"statements": ""}, "这里还没有填"),
        ({"statements": "好\n" + "长" * 200}, "第2条太长了"),
        ({"statements": "找老于，13900001111。\n先修厕所。"}, "像是有电话号码"),
        ({"until": "2020-01-01"}, "截止的日子早于发起的日子"),
        ({"voice": "invited"}, "请写邀请多少人"),
    ],
)
def test_what_is_wrong_is_said_and_all_that_was_typed_stays(
    come_in: Enter, wrong: dict[str, str], why: str
) -> None:
    clerk = come_in("wang")
    at, sent = open_page(clerk, **wrong)
    page = clerk.post(at, sent)
    assert page.status_code == 200 and why in text_of(page)
    assert "先听听大家怎么想" in page.content.decode()
    assert html.escape(sent["statements"]).replace("\n", "\n") in page.content.decode().replace("\r", "")
    assert not Gathering.objects.exists()


@pytest.mark.parametrize(
    "who", ["wu", "zhang", "gao", "meng"], ids=["next village", "liaison", "supervisor", "department"]
)
def test_who_does_not_run_the_meetings_here_finds_nothing(come_in: Enter, who: str) -> None:
    g = asked(days=3)
    for page in ("", "open/", "slips/", "screen/1/", "map/1/", "answers/1.csv"):
        assert come_in(who).get(f"/desk/gather/{g.matter_id}/{page}").status_code == 404, page


def test_the_desk_sees_how_many_answered_and_nothing_of_what_they_said(come_in: Enter) -> None:
    g = asked(views=VIEWS, days=3)
    answers(g, *TWO_CAMPS)
    page = come_in("li").get(f"/desk/gather/{g.matter_id}/")
    assert "手机30人，纸上0人" in text_of(page) and "召集人也看不到" in text_of(page)
    before = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", page.content.decode())
    Answer.objects.update(answer=0)
    cache.clear()
    after = come_in("li").get(f"/desk/gather/{g.matter_id}/").content.decode()
    assert re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", after) == before
    assert come_in("li").get(f"/desk/gather/{g.matter_id}/map/1/").status_code == 404
    assert come_in("li").get(f"/desk/gather/{g.matter_id}/answers/1.csv").status_code == 404


# ── screening ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_added_statement_is_asked_with_one_tap(come_in: Enter) -> None:
    g = asked(days=3)
    do(g.matter, "propose_statement", {"text": "晚上要有灯。"}, by="public")
    clerk = come_in("wang")
    assert "有1条新添的看法" in text_of(clerk.get(f"/desk/gather/{g.matter_id}/"))
    at = f"/desk/gather/{g.matter_id}/screen/4/"
    page = clerk.post(at, {"do": "ask", "key": field(clerk.get(at), "key")}, follow=True)
    assert "从现在起问大家" in text_of(page) and Statement.objects.get(number=4).state == "shown"


def test_not_asking_it_needs_a_reason(come_in: Enter) -> None:
    g = asked(days=3)
    do(g.matter, "propose_statement", {"text": "上次修的人偷工减料。"}, by="public")
    clerk = come_in("wang")
    at = f"/desk/gather/{g.matter_id}/screen/4/"
    assert "这里还没有填" in text_of(clerk.post(at, {"do": "not", "key": "ab" * 12}))
    page = clerk.post(at, {"do": "not", "key": "ac" * 12, "reason": "other", "note": ""})
    assert "请写清楚是什么原因" in text_of(page) and "偷工减料" in text_of(page)
    clerk.post(at, {"do": "not", "key": "ad" * 12, "reason": "personal"})
    assert Statement.objects.get(number=4).state == "refused"


# ── paper and slips ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["wang", "zhang"], ids=["clerk", "liaison"])
def test_a_sheet_is_typed_in_and_counts_as_one_voice_on_paper(come_in: Enter, who: str) -> None:
    g = asked(days=3)
    at = f"/desk/gather/{g.matter_id}/paper/"
    client = come_in(who)
    page = client.get(at)
    sent = {
        "sheet": field(page, "sheet"),
        "key": field(page, "key"),
        "s1": "agree",
        "s3": "disagree",
        "text": "晚上要有灯。",
    }
    assert "这张答卷录好了" in text_of(client.post(at, sent, follow=True))
    client.post(at, sent)  # a double tap is the same sheet
    assert sorted(Answer.objects.values_list("answer", "paper")) == [(-1, True), (1, True)]
    assert Answer.objects.values("voice").distinct().count() == 1
    assert Statement.objects.get(own=True).text.text == "晚上要有灯。"
    assert not Entry.objects.filter(text__contains=sent["sheet"]).exists()
    page = client.get(at)
    client.post(at, {"sheet": field(page, "sheet"), "key": field(page, "key"), "s1": "agree"})
    assert Answer.objects.values("voice").distinct().count() == 2


def test_an_empty_sheet_and_one_with_a_number_of_somebody_are_refused_with_everything_kept(
    come_in: Enter,
) -> None:
    g = asked(days=3)
    at, clerk = f"/desk/gather/{g.matter_id}/paper/", come_in("wang")
    sent = {"sheet": "a" * 32, "key": "ab" * 12}
    assert "一条也没有勾" in text_of(clerk.post(at, sent))
    page = clerk.post(at, {**sent, "s2": "pass", "text": "老于的电话13900001111。"})
    assert "像是有电话号码" in text_of(page) and "13900001111" in page.content.decode()
    assert re.search(r'name="s2" value="pass" checked', page.content.decode())
    assert not Answer.objects.exists()


def test_the_sheet_and_the_telephone_of_one_slip_are_one_voice(come_in: Enter) -> None:
    g = asked(days=3, voice="invited", slips=12)
    clerk = come_in("wang")
    page = clerk.get(f"/desk/gather/{g.matter_id}/slips/")
    codes = re.findall(r'<p class="number">(\w{4}) (\w{4})</p>', page.content.decode())
    assert len(codes) == 12 and sorted("".join(c) for c in codes) == sorted(voice.codes(g.pk, 12))
    code = "".join(codes[3])
    phone = resident()
    phone.get(f"/m/{g.matter_id}/gather/slip/{code}/")
    tap(phone, g, 1, "agree")
    at = f"/desk/gather/{g.matter_id}/paper/"
    sent = {"sheet": "a" * 32, "key": "ab" * 12, "s1": "disagree"}
    assert "这不是这次征询的码" in text_of(clerk.post(at, {**sent, "code": "99999999"}))
    clerk.post(at, {**sent, "code": f"{code[:4]} {code[4:]}"})
    assert list(Answer.objects.values_list("answer", "paper")) == [(-1, True)]


def test_more_slips_can_be_given_out(come_in: Enter) -> None:
    g = asked(days=3, voice="invited", slips=2)
    clerk = come_in("wang")
    clerk.post(f"/desk/gather/{g.matter_id}/more-slips/", {"count": "3", "key": "ab" * 12})
    g.refresh_from_db()
    assert g.slips == 5
    for wrong in ("0", "-1", "many", "9999999"):
        page = clerk.post(f"/desk/gather/{g.matter_id}/more-slips/", {"count": wrong, "key": "ac" * 12})
        assert page.status_code == 200 and 'role="alert"' in page.content.decode()


def test_the_sheet_to_fill_in_holds_every_statement(come_in: Enter) -> None:
    g = asked(views=VIEWS, days=3)
    page = text_of(come_in("zhang").get(f"/desk/gather/{g.matter_id}/sheet/"))
    assert all(v in page for v in VIEWS) and page.count("□") == 3 * len(VIEWS)


# ── closing and the map ──────────────────────────────────────────────────────────────────────────────────────────────


def test_closing_waits_for_the_announced_day_and_says_so(come_in: Enter) -> None:
    g = asked(days=3)
    page = come_in("li").post(f"/desk/gather/{g.matter_id}/close/", {"key": "ab" * 12})
    assert "不能提前截止" in text_of(page)
    g.refresh_from_db()
    assert g.closed_on is None


def test_the_convener_closes_the_box_once_and_for_all(come_in: Enter) -> None:
    g = asked(views=VIEWS)
    answers(g, *TWO_CAMPS)
    secretary = come_in("li")
    page = secretary.post(f"/desk/gather/{g.matter_id}/close/", {"key": "ab" * 12}, follow=True)
    assert "答卷箱封好了" in text_of(page) and "30人答" in text_of(page)
    assert "现在没有征求意见" in text_of(
        secretary.post(f"/desk/gather/{g.matter_id}/close/", {"key": "ac" * 12})
    )


def test_the_map_page_shows_what_most_agree_on_and_what_divides_and_no_name(come_in: Enter) -> None:
    g = asked(views=VIEWS)
    answers(g, *TWO_CAMPS)
    closed(g)
    page = come_in("li").get(f"/desk/gather/{g.matter_id}/map/1/")
    agreed, _, rest = text_of(page).partition("大家看法不一的")
    assert "先换坏了的四件" in agreed and "坏了找谁修" in agreed
    assert "村集体出一半钱" in rest
    assert page.context["form"]["agreed"].value() == "先换坏了的四件。\n坏了找谁修，写在牌子上。"
    assert g.digest in text_of(page)


def test_with_fewer_than_five_voices_there_is_no_map(come_in: Enter) -> None:
    g = asked(views=VIEWS)
    answers(g, *TWO_CAMPS[: FEW - 1])
    closed(g)
    page = come_in("li").get(f"/desk/gather/{g.matter_id}/map/1/")
    assert "答的不到五个人" in text_of(page) and "<svg" not in page.content.decode()
    assert VIEWS[0] not in text_of(page)


def test_the_exported_box_is_what_the_record_says(come_in: Enter) -> None:
    g = asked(views=VIEWS)
    answers(g, *TWO_CAMPS)
    closed(g)
    page = come_in("li").get(f"/desk/gather/{g.matter_id}/answers/1.csv")
    assert page["Content-Type"].startswith("text/csv") and page["Cache-Control"] == "private, no-store"
    assert hashlib.sha256(page.content).hexdigest() == g.digest
    assert g.digest in Entry.objects.get(act="close_gathering").text
    assert len({line.split(",")[0] for line in page.content.decode().splitlines()[1:]}) == 30


# ── to the meeting ───────────────────────────────────────────────────────────────────────────────────────────────────


def carried(come_in: Enter) -> Gathering:
    """The points of a closed gathering, taken to the meeting with one press of the button."""
    g = asked(views=VIEWS)
    answers(g, *TWO_CAMPS)
    closed(g)
    clerk, at = come_in("wang"), f"/desk/gather/{g.matter_id}/map/1/"
    form = clerk.get(at).context["form"]
    page = clerk.post(at, {n: form[n].value() for n in ("key", "agreed", "divided")}, follow=True)
    assert "要点带到会上了" in text_of(page)
    g.refresh_from_db()
    return g


def meeting(g: Gathering) -> Meeting:
    """Called for today, the matter on its agenda."""
    secretary = g.matter.unit.posts.get(role="party_secretary")
    data = {"held_on": today().isoformat(), "time": "19:00", "place": "村议事室", "convener": secretary.pk}
    done = perform(Act("convene", today(), "p-wang", data, unit="liuhe"))[0]
    do(g.matter, "table", {"meeting": done.ident}, decided=SECRETARY)
    return Meeting.objects.get(pk=done.ident)


def test_carried_points_stand_on_the_agenda_and_in_the_form_of_the_record(come_in: Enter) -> None:
    g = carried(come_in)
    assert g.carried_on == today() and g.agreed.text == "先换坏了的四件。\n坏了找谁修，写在牌子上。"
    held, clerk = meeting(g), come_in("wang")
    page = text_of(clerk.get(reverse("meeting", args=[held.pk])))
    assert "会前大家的看法" in page and "坏了找谁修" in page
    evening = clerk.get(reverse("after", args=[held.pk]))
    form = evening.context["form"]
    assert form[f"{g.matter_id}-agreed"].value() == g.agreed.text
    assert form[f"{g.matter_id}-reserved"].value() == g.divided.text
    public = text_of(resident().get(f"/m/{g.matter_id}/gather/result/1/"))
    assert "坏了找谁修" in public


def test_the_meeting_may_say_otherwise(come_in: Enter) -> None:
    g = carried(come_in)
    held, clerk = meeting(g), come_in("wang")
    at = reverse("after", args=[held.pk])
    form = clerk.get(at).context["form"]
    sent = {b.html_name: v for b in form if (v := b.value()) not in (None, "", False)}
    sent |= {"held_on": today().isoformat(), "matter": g.matter_id, f"{g.matter_id}-outcome": "again",
             f"{g.matter_id}-agreed": "只换两件。"}  # fmt: skip
    assert clerk.post(at, sent).status_code == 302
    one = Round.objects.get(matter=g.matter)
    assert (one.outcome, one.agreed.text) == ("again", "只换两件。")
    assert one.reserved.text == g.divided.text


def test_the_public_page_tells_of_it_step_by_step(come_in: Enter) -> None:
    g = carried(come_in)
    page = text_of(resident().get(f"/m/{g.matter_id}/"))
    for words in ("开会前先征求大家的看法", "征求看法截止，封箱点数", "把大家的看法带到会上", "大家怎么看"):
        assert words in page, words


def test_deadlines_are_said_with_what_is_left() -> None:
    g = asked(days=5)
    assert g.until == today() + timedelta(days=5)
    assert "还剩" in text_of(resident().get("/u/liuhe/"))


def test_the_notice_of_the_meeting_says_what_people_said(come_in: Enter) -> None:
    g = carried(come_in)
    held = meeting(g)
    paper = text_of(come_in("wang").get(f"/paper/meeting_notice/{held.pk}/"))
    assert "多数人同意的：先换坏了的四件；坏了找谁修，写在牌子上。" in paper and "看法不一的：" in paper


def test_today_says_what_waits_and_says_it_to_nobody_else(come_in: Enter) -> None:
    g = asked(days=3)
    assert "新添的看法" not in text_of(come_in("wang").get("/desk/"))
    do(g.matter, "propose_statement", {"text": "晚上要有灯。"}, by="public")
    for who in ("wang", "li"):
        assert "文化广场健身器材更换：有1条新添的看法要看" in text_of(come_in(who).get("/desk/"))
    for who in ("wu", "zhang", "meng"):
        assert "新添的看法" not in text_of(come_in(who).get("/desk/"))


def test_today_says_that_a_box_can_be_closed(come_in: Enter) -> None:
    asked()
    assert "文化广场健身器材更换：可以封箱点数了" in text_of(come_in("li").get("/desk/"))
