"""本月一页: the same figures on the screen, on paper, in Word and in Excel; frozen, and what came in later beside it."""

# ruff: noqa: F811
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook, load_workbook
from tests.web.test_oversight import built, come_in, county, text  # noqa: F401

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.acts.replay import replay
from shangliang.cases.oversight.models import MonthPage
from shangliang.web.month import form as filling
from shangliang.web.month.figures import ALL

pytestmark = pytest.mark.django_db

MAY = "/month/donghe/2026/5/"
APRIL = "/month/donghe/2026/4/"


def freeze(client: Any, month: str = MAY, key: str = "k1") -> Any:
    return client.post(f"{month}freeze/", {"key": key}, follow=True)


def book(answer: Any) -> Any:
    return load_workbook(io.BytesIO(answer.content))


def upload(workbook: Any, name: str = "表.xlsx") -> SimpleUploadedFile:
    out = io.BytesIO()
    workbook.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def form_with(**cells: str) -> Any:
    made = Workbook()
    for cell, words in cells.items():
        made.active[cell] = words
    return made


def test_the_page_says_the_month_in_a_sentence_and_by_unit(county: None) -> None:
    page = text(come_in("director").get(MAY))
    assert "登记解决1件（本年累计1件）" in page
    assert "河口镇" in page and "合计" in page and "还没有定稿" in page
    assert "本月协商活动" not in page and "按行政顺序排列，不作比较。" in page


def test_its_numbers_lead_to_what_they_count(county: None) -> None:
    client = come_in("director")
    page = client.get(MAY).content.decode().replace("&amp;", "&")
    url = "/progress/donghe/of/solved/?from=2026-05-01&to=2026-05-31"
    assert url in page
    assert "登记为已解决 1 件" in text(client.get(url))


def test_three_formats_hold_the_same_figures(county: None) -> None:
    client = come_in("director")
    pdf = client.get(f"{MAY}page.pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    document = Document(io.BytesIO(client.get(f"{MAY}page.docx").content))
    words = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "河口镇" in words and "合计：东河市" in words
    assert any("登记解决1件" in p.text for p in document.paragraphs)
    made = book(client.get(f"{MAY}page.xlsx"))
    assert made.sheetnames == ["本月一页", "全部数字", "指标说明"]
    rows = list(made["全部数字"].values)
    assert ("东河市", "", "登记为已解决", 1, 0) in rows or ("东河市", None, "登记为已解决", 1, 0) in rows
    assert len(rows) == 1 + 2 * len(ALL)
    said = {row[0] for row in made["指标说明"].values}
    assert {"协商活动", "登记为已解决", "未开"} <= said


def test_a_frozen_month_does_not_change_and_shows_what_came_later(county: None) -> None:
    client = come_in("director")
    assert "这个月定稿了" in text(freeze(client))
    assert "定稿后没有补录" in text(client.get(MAY))
    data = {"ledger": "台账第9页", "place": "村议事室", "topics": [{"title": "路灯", "result": "solved"}]}
    late = Act("import_meeting", today().replace(year=2026, month=5, day=7), "p-wang", data, unit="liushu")
    from tests.acts.world import Clock

    perform(late, clock=Clock(today()))
    page = text(client.get(MAY))
    assert "登记解决1件（本年累计1件）" in page and "1 (+1)" in page and "括号里是定稿后补录的差额" in page
    rows = list(book(client.get(f"{MAY}page.xlsx"))["全部数字"].values)
    assert any(row[0] == "东河市" and row[2:] == ("登记为已解决", 1, 1) for row in rows)
    assert replay()[1] == []


def test_a_month_is_frozen_once_by_the_unit_itself_and_only_when_it_is_over(county: None) -> None:
    client = come_in("director")
    freeze(client)
    assert "已在" in text(freeze(client, key="k2")) and MonthPage.objects.count() == 1
    now = today()
    running = f"/month/donghe/{now.year}/{now.month}/"
    assert "这个月还没有过完" in text(freeze(client, running, "k3"))
    assert "本月定稿" not in text(client.get(running))
    assert come_in("wang").get(MAY).status_code == 404
    assert client.get("/month/donghe/2026/13/").status_code == 404
    assert client.get("/month/donghe/2099/1/").status_code == 404


def test_somebody_elses_form_is_filled_where_it_is_marked(county: None) -> None:
    client = come_in("director")
    form = form_with(
        A1="统计表", B2="【登记为已解决】", B3="【登记为已解决：河口镇】", B4="【已建阵地】", C2="=B2+B4"
    )
    done = client.post(f"{MAY}fill/", {"form": upload(form)})
    sheet = book(done).active
    assert [sheet[c].value for c in ("A1", "B2", "B3", "B4", "C2")] == ["统计表", 1, 1, 2, "=B2+B4"]
    assert "%E8%A1%A8.xlsx" in done["Content-Disposition"]


def test_a_form_that_must_not_be_touched_is_filled_by_a_table(county: None) -> None:
    form = form_with(A1="解决件数")
    lines = "工作表,单元格,指标,单位\nSheet,B1,登记为已解决,\nSheet,B2,已建阵地,河口镇\n"
    for encoding in ("utf-8-sig", "gb18030"):
        table = SimpleUploadedFile("对照.csv", lines.encode(encoding))
        done = come_in("director").post(f"{MAY}fill/", {"form": upload(form), "mapping": table})
        assert (book(done).active["B1"].value, book(done).active["B2"].value) == (1, 2)


def test_each_cell_that_cannot_be_filled_is_named_and_nothing_is_filled(county: None) -> None:
    client = come_in("director")
    form = form_with(B2="【没有这个】", B3="【登记为已解决：天上镇】", B4="【登记为已解决】")
    page = client.post(f"{MAY}fill/", {"form": upload(form)})
    assert "Sheet!B2 没有指标“没有这个”" in text(page) and "Sheet!B3 这一页上没有单位“天上镇”" in text(page)
    assert "没有【指标】这样的记号" in text(client.post(f"{MAY}fill/", {"form": upload(form_with(A1="空"))}))
    merged = form_with(A1="【登记为已解决】")
    merged.active.merge_cells("A1:B2")
    assert book(client.post(f"{MAY}fill/", {"form": upload(merged)})).active["A1"].value == 1
    table = SimpleUploadedFile(
        "t.csv", "Sheet,B2,登记为已解决\n没有,A1,登记为已解决\nSheet,一,登记为已解决".encode()
    )
    page = text(client.post(f"{MAY}fill/", {"form": upload(merged), "mapping": table}))
    assert "在合并的单元格里面" in page and "没有工作表“没有”" in page and "“一”不是单元格" in page


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 torn"])
def test_what_is_no_workbook_is_said(county: None, content: bytes) -> None:
    page = come_in("director").post(f"{MAY}fill/", {"form": SimpleUploadedFile("a.xlsx", content)})
    assert page.status_code == 200
    assert "打不开这张表" in text(page) or "空" in text(page)


def test_a_workbook_that_unpacks_to_too_much_is_refused(county: None) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (filling.MOST_UNPACKED + 1))
    page = come_in("director").post(f"{MAY}fill/", {"form": SimpleUploadedFile("a.xlsx", out.getvalue())})
    assert "打不开这张表" in text(page)


def test_it_reads_in_english(county: None) -> None:
    said = text(come_in("director").get(MAY, headers={"accept-language": "en"}))
    assert (
        "Registered as solved: 1 (1 this year)" in said and "In administrative order, not compared." in said
    )
