"""Putting right what belongs to no single matter: what was entered about a meeting, and a seat in a roster. In Chinese."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.web.public import text_of
from tests.web.test_secret import enter

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.acts.replay import replay
from shangliang.cases.models import Meeting
from shangliang.cases.models_consulting import Seat
from shangliang.documents import check, papers, render
from shangliang.people.models import Account
from shangliang.record.models import Entry
from shangliang.site.places.weitang import build_weitang

ComeIn = Callable[[str], Client]


def called() -> Meeting:
    """A meeting of Liuhe that is yet to come."""
    found = Meeting.objects.filter(unit="liuhe", state="called", held_on__gt=today()).first()
    assert found is not None
    return found


def from_a_ledger() -> str:
    wang = Account.objects.get(login="wang").person_id
    data = {"ledger": "会议台账2020，村部1号柜", "place": "村部", "present": 9, "topics": [{"title": "修井"}]}
    (done,) = perform(Act("import_meeting", date(2020, 5, 3), wang, data, unit="liuhe"))
    return done.ident


def send(client: Client, url: str, value: str, key: str = "c1", **more: Any) -> str:
    sent = {"value": value, "reason": "写错了。", "key": key * 12, **more}
    return text_of(client.post(url, sent, follow=True))


def test_the_place_of_a_coming_meeting_is_put_right_from_its_page(come_in: ComeIn) -> None:
    meeting, clerk = called(), come_in("wang")
    url = f"/desk/book/liuhe/{meeting.pk.split('.')[1]}/correct/"
    page = clerk.get(f"/desk/meeting/{meeting.pk}/")
    assert f'href="{url}"' in page.content.decode() and "更正：地点、时间" in text_of(page)
    asked = text_of(clerk.get(url))
    assert "地点" in asked and meeting.place in asked
    said = send(clerk, f"{url}?field=place", "村小学", field="place")
    assert "更正记下了" in said and "请告诉邀请过的人" in said and "村小学" in said
    assert "村小学" in text_of(clerk.get(f"{url}?field=place")), (
        "the corrected value stands as the present one"
    )
    line = Entry.objects.get(act="correct_register")
    assert (line.subject, line.book_id) == ("unit:liuhe", "liuhe")
    convened = Entry.objects.get(subject=f"meeting:{meeting.pk}", act="convene")
    found = check.known(convened.digest)
    assert found is not None and found.corrected == (line.seq,), "who checks a printed notice hears of it"
    matter = meeting.rounds.get().matter
    printed = render.fragment(papers.make("due_process", matter))
    assert f"第{convened.seq}号" in printed and "村小学" in printed
    assert replay()[1] == []


def test_how_many_came_is_put_right_on_a_matter_that_was_taken_up(come_in: ComeIn) -> None:
    meeting = Meeting.objects.filter(
        unit="liuhe", state="held", ledger=None, rounds__taken_up_on__isnull=False
    )[0]
    clerk = come_in("wang")
    held = Entry.objects.get(subject=f"meeting:{meeting.pk}", act="hold_meeting")
    url = f"/desk/book/liuhe/{held.seq}/correct/"
    assert url in clerk.get(f"/desk/meeting/{meeting.pk}/").content.decode()
    before = meeting.present
    body = text_of(clerk.get(url))
    assert "其他到会人数" in body or "到会" in body
    assert "更正记下了" in send(clerk, url, "40", field="others")
    meeting.refresh_from_db()
    assert meeting.present != before
    assert Entry.objects.filter(act="correct").latest("id").subject.startswith("matter:")


def test_a_line_of_a_ledger_is_put_right_with_its_day_and_counts_there(come_in: ComeIn) -> None:
    ident = from_a_ledger()
    url, clerk = f"/desk/book/liuhe/{ident.split('.')[1]}/correct/", come_in("wang")
    for key, (name, value) in enumerate(
        {"happened_on": "2020-06-03", "place": "村小学", "time": "19:30", "present": "19"}.items()
    ):
        assert "更正记下了" in send(clerk, f"{url}?field={name}", value, key=f"e{key}", field=name)
    row = Meeting.objects.get(pk=ident)
    assert (row.held_on, row.place, row.time, row.present) == (date(2020, 6, 3), "村小学", "19:30", 19)
    assert "2099年1月1日还没有到" in send(
        clerk, f"{url}?field=happened_on", "2099-01-01", key="f1", field="happened_on"
    )
    assert replay()[1] == []


@pytest.mark.parametrize("who", ["zhang", "gao", "sun"])
def test_others_have_no_page_for_it(come_in: ComeIn, who: str) -> None:
    meeting = called()
    url = f"/desk/book/liuhe/{meeting.pk.split('.')[1]}/correct/"
    assert come_in(who).get(url).status_code == 404
    assert url not in come_in(who).get(f"/desk/meeting/{meeting.pk}/").content.decode()


def test_what_is_not_there_has_no_page(come_in: ComeIn) -> None:
    matter = Entry.objects.filter(book="liuhe", act="put_forward").first()
    assert matter is not None
    for place, seq in (("nowhere", 1), ("liuhe", 1), ("liuhe", 99999), ("liuhe", matter.seq)):
        assert come_in("wang").get(f"/desk/book/{place}/{seq}/correct/").status_code == 404


def test_a_seat_in_a_roster_is_put_right(db: None) -> None:
    build_weitang(date(2026, 11, 20))
    clerk = enter("p-w-ji")
    assert "更正名册" in text_of(clerk.get("/desk/bodies/"))
    seat = Seat.objects.exclude(sector="").filter(left_on=None, body__unit="weitang").order_by("id")[0]
    url = f"/desk/book/weitang/{seat.pk.split('.')[1]}/correct/"
    assert f'href="{url}"' in clerk.get("/desk/bodies/correct/").content.decode()
    assert "更正记下了" in send(clerk, f"{url}?field=sector", "科技界", field="sector")
    seat.refresh_from_db()
    assert seat.sector == "科技界"
    assert "科技界" in text_of(clerk.get("/desk/bodies/correct/"))
    assert replay()[1] == []


def test_a_meeting_from_a_ledger_is_not_asked_for_an_agenda_and_a_list(come_in: ComeIn) -> None:
    ident, clerk = from_a_ledger(), come_in("wang")
    page = text_of(clerk.get(f"/desk/meeting/{ident}/"))
    assert "还没有列议题" not in page and "请了 0 位" not in page and "会议台账2020" in page
    assert "更正：日期、地点、时间、到会人数" in page


def test_no_paper_is_made_afterwards_of_a_meeting_from_a_ledger(come_in: ComeIn) -> None:
    ident, clerk = from_a_ledger(), come_in("wang")
    assert "会议记录" not in text_of(clerk.get(f"/desk/meeting/{ident}/"))
    for kind in ("meeting_notice", "sign_in", "minutes"):
        answer = clerk.get(f"/paper/{kind}/{ident}/")
        assert answer.status_code == 404
        assert "这次会是从台账补录的，原始材料见：会议台账2020，村部1号柜" in text_of(answer)
