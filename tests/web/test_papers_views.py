"""Papers: who may look at which, the empty form, and why one cannot be printed yet."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shangliang import documents
from shangliang.acts.act import today
from shangliang.cases.models import Invitation, Matter, Paper
from shangliang.documents import queries
from shangliang.documents.outline import outline
from shangliang.record.models import Content

ComeIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("county")


def number(title: str) -> str:
    return next(
        m.pk for m in Matter.objects.select_related("title") if m.title and title in (m.title.text or "")
    )


def text(answer: Any) -> str:
    return answer.content.decode()


def keyed(answer: Any, **data: Any) -> dict[str, Any]:
    """A form's hidden key, and what somebody typed."""
    found = re.search(r'name="key" value="([^"]+)"', text(answer))
    assert found
    return {"key": found[1], "happened_on": today().isoformat(), **data}


@pytest.mark.parametrize("kind", ["plate", "rules", "workflow", "slogans"])
def test_what_hangs_on_the_wall_is_open_to_all(client: Client, kind: str) -> None:
    assert client.get(f"/paper/{kind}/liuhe/").status_code == 200


def test_a_posted_notice_is_open_and_a_draft_is_not(client: Client) -> None:
    assert "先修塌方三十米" in client.get(f"/paper/publication/{number('东河护坡')}/").content.decode()
    assert client.get(f"/paper/publication/{number('公交')}/").status_code == 302


def test_a_slip_opens_with_its_number(client: Client) -> None:
    lane = number("机耕道")
    assert lane in client.get(f"/paper/slip/{lane}/").content.decode()
    assert client.get("/paper/slip/ZZZZZZ/").status_code == 404


def test_other_papers_are_for_those_who_reach_the_place(client: Client, come_in: ComeIn) -> None:
    url = f"/paper/study/{number('东河护坡')}/"
    assert client.get(url).url.startswith("/login/?next=")
    assert come_in("wang").get(url).status_code == 404
    assert come_in("meng").get(url).status_code == 404
    for name in ("luo", "su", "cheng"):
        assert "研究意见" in come_in(name).get(url).content.decode()


def test_a_department_sees_its_own_letter(come_in: ComeIn) -> None:
    own = Invitation.objects.filter(department="镇水利站（演示）").first()
    other = Invitation.objects.filter(department="镇交通站").first()
    assert own and other
    assert come_in("meng").get(f"/paper/letter/{own.pk}/").status_code == 200
    assert come_in("meng").get(f"/paper/letter/{other.pk}/").status_code == 404


def test_a_paper_as_pdf_comes_out_the_same_each_time(come_in: ComeIn) -> None:
    clerk, url = come_in("luo"), f"/paper/task_list/{number('东河护坡')}.pdf"
    first = clerk.get(url)
    assert first.content.startswith(b"%PDF") and first["Content-Disposition"].startswith("inline")
    assert clerk.get(url)["ETag"] == first["ETag"]
    assert clerk.get(f"{url}?save")["Content-Disposition"].startswith("attachment")


def test_what_cannot_be_printed_yet_says_why(come_in: ComeIn) -> None:
    answer = come_in("luo").get(f"/paper/closing_note/{number('东河护坡')}/")
    assert answer.status_code == 404
    assert "还没有办结" in answer.content.decode() and "空白表" in answer.content.decode()


def test_an_empty_form_says_nothing_about_anybody(client: Client) -> None:
    levee = number("东河护坡")
    page = client.get(f"/paper/registration/{levee}/?blank").content.decode()
    assert "双桥村" in page and "护坡" not in page
    assert client.get("/paper/registration/shuangqiao.pdf?blank").content.startswith(b"%PDF")


def test_the_wall_sheets_and_forms_of_a_place(client: Client) -> None:
    page = client.get("/paper/of/liuhe/").content.decode()
    assert "标识牌" in page and "签到表" in page
    assert '<html lang="zh-Hans" class="">' in page, "a page to read, with its way back and its buttons"
    assert client.get("/paper/of/nowhere/").status_code == 404
    assert client.get("/paper/nothing/liuhe/").status_code == 404


def test_only_papers_that_the_reader_can_have_are_offered(client: Client, come_in: ComeIn) -> None:
    for reader, names in ((client, False), (come_in("wang"), True)):
        page = reader.get("/paper/of/liuhe/").content.decode()
        offered = re.findall(r'href="(/paper/[^"]+)"', page)
        assert ("/paper/participants/liuhe/" in offered) is names, "it names people"
        assert len(offered) > 10
        for address in offered:
            assert reader.get(address).status_code == 200, address


# The papers of a matter, and scans

PDF = b"%PDF-1.4\n" + b"0" * 100


def _keep(client: Client, scan: SimpleUploadedFile) -> Any:
    url = f"/desk/m/{number('东河护坡')}/papers/keep/"
    return client.post(url, keyed(client.get(url), kind="study", place="2号柜", pages="3", scan=scan))


def test_the_papers_of_a_matter_say_what_is_there_and_why_not(come_in: ComeIn) -> None:
    page = text(come_in("luo").get(f"/desk/m/{number('东河护坡')}/papers/"))
    assert "已经有的" in page and "归档还要的" in page and "还没有办结" in page
    assert come_in("wang").get(f"/desk/m/{number('东河护坡')}/papers/").status_code == 404


def test_a_scan_is_kept_and_shown_to_those_who_reach_it(
    come_in: ComeIn, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    clerk = come_in("luo")
    assert _keep(clerk, SimpleUploadedFile("研究.exe", PDF)).status_code == 302, "the name says nothing"
    paper = Paper.objects.get(matter=number("东河护坡"))
    url = f"/desk/m/{paper.matter_id}/papers/scan/{paper.pk}/"
    shown = clerk.get(url)
    assert shown.content == PDF and shown["Content-Type"] == "application/pdf"
    assert come_in("wang").get(url).status_code == 404


@pytest.mark.parametrize(
    ("scan", "says"),
    [
        (SimpleUploadedFile("a.pdf", b"MZ not a picture"), "只收PDF、JPG、PNG"),
        (SimpleUploadedFile("a.pdf", PDF + b"0" * (20 * 1024 * 1024)), "20MB"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_stored(
    come_in: ComeIn, settings: Any, tmp_path: Any, scan: SimpleUploadedFile, says: str
) -> None:
    settings.DATA_DIR = tmp_path
    scan.seek(0)
    answer = _keep(come_in("luo"), scan)
    assert says in text(answer) and 'value="2号柜"' in text(answer)
    assert not Paper.objects.filter(matter=number("东河护坡")).exists() and not Content.objects.exists()
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_the_same_form_sent_twice_registers_once(come_in: ComeIn) -> None:
    clerk, levee = come_in("luo"), number("东河护坡")
    url = f"/desk/m/{levee}/papers/keep/"
    sent = keyed(clerk.get(url), kind="study", place="2号柜", pages="3")
    clerk.post(url, sent)
    clerk.post(url, sent)
    assert Paper.objects.filter(matter=levee).count() == 1


def test_nothing_is_dated_in_the_future(come_in: ComeIn) -> None:
    clerk, levee = come_in("luo"), number("东河护坡")
    url = f"/desk/m/{levee}/papers/keep/"
    tomorrow = (today() + timedelta(days=1)).isoformat()
    answer = clerk.post(
        url, keyed(clerk.get(url), kind="study", place="2号柜", pages="3") | {"happened_on": tomorrow}
    )
    assert "还没有到" in text(answer)


def test_the_sheet_that_names_people_is_for_the_wall_not_for_the_web(client: Client, county: None) -> None:
    answer = client.get("/paper/participants/liuhe/")
    assert answer.status_code == 302 and "/login/" in answer["Location"]


@pytest.mark.parametrize("title", ["东河护坡", "老年饭桌", "北桥", "垃圾清运"])
def test_the_list_of_a_matters_papers_is_read_in_few_statements(come_in: ComeIn, title: str) -> None:
    clerk, url = come_in("su"), f"/desk/m/{number(title)}/papers/"
    assert clerk.get(url).status_code == 200  # what every page keeps ready is read once
    with CaptureQueriesContext(connection) as asked:
        clerk.get(url)
    assert len(asked) < 15, [q["sql"][:90] for q in asked]


def test_what_can_be_printed_is_told_from_the_outline_as_from_the_whole_file(come_in: ComeIn) -> None:
    for found in Matter.objects.all():
        short, _ = outline(found)
        whole = queries.case(found)
        for each in documents.catalogue():
            if each.of == "matter":
                assert bool(each.lacks(short)) == bool(each.lacks(whole)), (found.pk, each.id)
        assert [g.id for g in short.meetings] == [g.id for g in whole.meetings]
