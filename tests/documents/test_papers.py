"""Every paper, filled and blank: complete, without foreign names, and the same each time it is made."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from shangliang import documents
from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Matter, Meeting
from shangliang.documents import chinese, papers, render
from shangliang.documents.sheet import Form, Grid, Sheet
from shangliang.documents.values import Place, Room
from shangliang.errors import Broken, NotFound
from shangliang.people.models import Person
from shangliang.procedure.loader import shipped
from shangliang.record.queries import entries_of
from shangliang.units.models import Unit

VOID = {"meta", "link", "br", "col", "img"}
ASKED = {
    "registration", "screening", "door_talk", "study", "approval", "meeting_notice", "letter", "sign_in", "minutes",
    "publication", "posting_record", "task_list", "resolution", "referral", "reply", "closing_note", "due_process", "slip",
    "transfer_list", "plate", "rules", "workflow", "participants", "slogans",
}  # fmt: skip
RARE = "喆玥堃㛃𠮷"


class Tags(HTMLParser):
    """Every tag that is opened is closed, in order; nothing brings its own style or script."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self._look(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def _look(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style") or any(n == "style" or n.startswith("on") for n, _ in attrs):
            self.faults.append(f"<{tag}> brings style or script")


def faults(html: str) -> list[str]:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags.faults + tags.open


def words(sheet: Sheet) -> str:
    return re.sub(r"<[^>]+>", "", render.fragment(sheet))


def pages(data: bytes) -> int:
    """How many pages a PDF has. Its objects may lie packed in streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.S)
    plain = b"".join(zlib.decompressobj().decompress(s) for s in streams if s[:1] == b"x")
    found = len(re.findall(rb"/Type\s*/Page\b", data + plain))
    assert found, "a PDF without a page"
    return found


def test_every_paper_asked_for_is_there() -> None:
    there = {s.id for s in documents.catalogue()}
    assert there >= ASKED
    assert all(s.zh and s.en and s.doc for s in documents.catalogue())


@pytest.mark.parametrize("id", [s.id for s in documents.catalogue()])
def test_a_blank_form_prints(id: str, db: None) -> None:
    sheet = papers.blank(id)
    assert sheet.blank and sheet.proof is None
    assert faults(render.html(sheet)) == []
    data = render.pdf(sheet)
    assert data.startswith(b"%PDF") and pages(data) <= 4
    assert not re.search("None|True|False", words(sheet))


@pytest.mark.parametrize("procedure", sorted(shipped()))
def test_the_card_for_every_household_is_one_page(procedure: str) -> None:
    unit = Place(
        "u", "石桥村（示例）", address="石桥村党群服务中心（文化广场东侧）", telephone="0000-0000000"
    )
    sheet = papers.spec("plain_card").make(Room(unit=unit, procedure=shipped()[procedure]))
    assert "扫码看公开栏" in words(sheet) and pages(render.pdf(sheet)) == 1


def test_every_paper_of_every_matter_prints(village: None) -> None:
    made = set()
    for matter in Matter.objects.order_by("id"):
        for found in documents.producible(matter):
            if found.missing is not None:
                assert found.missing.zh and found.missing.en
                continue
            sheet = papers.make(found.id, found.subjects[-1][0])
            assert faults(render.html(sheet)) == []
            assert sheet.proof is not None and not sheet.blank
            assert not re.search("None|True|False", words(sheet)), found.id
            if found.id not in made:
                assert render.pdf(sheet).startswith(b"%PDF")
            made.add(found.id)
    of_matters = {s.id for s in documents.catalogue() if s.of != "unit" and not s.own}
    assert of_matters - made == {"resolution", "exemption", "selection_record"}


@pytest.mark.parametrize("unit", ["liuhe", "laoheishan"])
@pytest.mark.parametrize("id", ["plate", "rules", "workflow", "participants", "slogans"])
def test_the_walls_sheets_print(id: str, unit: str, village: None) -> None:
    for sheet in (papers.make(id, unit), papers.blank(id, Unit.objects.get(pk=unit))):
        assert faults(render.html(sheet)) == []
        assert render.pdf(sheet).startswith(b"%PDF")


def test_what_is_not_there_yet_says_why(village: None) -> None:
    matter = Matter.objects.get(title__text="服务大厅周末值班")
    reasons = {p.id: p.missing for p in documents.producible(matter)}
    assert reasons["registration"] is None
    assert reasons["minutes"] is not None and reasons["minutes"].zh == "还没有约会议"
    with pytest.raises(NotFound, match="not been screened") as refused:
        papers.make("screening", matter)
    assert refused.value.zh == "还没有甄别"
    with pytest.raises(NotFound):
        papers.make("poem", matter)
    with pytest.raises(NotFound):
        papers.make("minutes", "nowhere.1")


def test_the_same_sheet_gives_the_same_bytes(road: Matter) -> None:
    for id in ("publication", "due_process", "registration"):
        assert render.pdf(papers.make(id, road)) == render.pdf(papers.make(id, road.id))


def test_another_process_makes_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import django, sys; django.setup()\n"
        "from shangliang.documents import papers, render\n"
        "print(render.digest_of(render.pdf(papers.blank('minutes'))))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script], check=True, capture_output=True, text=True,
            env={"PATH": "", "HOME": str(tmp_path), "PYTHONHASHSEED": seed, "SHANGLIANG_DATA_DIR": str(tmp_path),
                 "SHANGLIANG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "shangliang.site.settings", "LANG": "C.UTF-8"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1


def test_nothing_of_the_hour_goes_into_a_pdf(road: Matter) -> None:
    data = render.pdf(papers.make("publication", road))
    assert b"/ModDate" not in data
    created = re.findall(rb"/CreationDate \(D:(\d+)", data)
    assert all(stamp.startswith(b"20260720") for stamp in created)


def test_rare_characters_print(db: None) -> None:
    sheet = papers.blank("sign_in")
    grid = next(b for b in sheet.blocks if isinstance(b, Grid))
    filled = replace(grid, rows=tuple((str(n), f"李{c}", "", "", "", "") for n, c in enumerate(RARE, 1)))
    data = render.pdf(replace(sheet, blocks=(filled,)))
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not here to read the PDF")
    text = subprocess.run([tool, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert [c for c in RARE if f"李{c}" not in text] == []


def test_a_paper_fetches_nothing(db: None) -> None:
    for address in ("https://example.org/a.css", "file:///etc/hostname", "data:text/css,a"):
        with pytest.raises(ValueError, match="fetches nothing"):
            render._refuse(address)


def test_without_weasyprint_the_preview_still_works(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    render._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    sheet = papers.blank("minutes")
    with pytest.raises(Broken) as broken:
        render.pdf(sheet)
    assert "WeasyPrint" in broken.value.zh and "预览" in broken.value.zh
    assert "会议记录" in render.html(sheet)
    monkeypatch.undo()
    render._engine.cache_clear()


def test_a_public_paper_names_nobody_who_spoke(road: Matter) -> None:
    names = [p.name.text for p in Person.objects.select_related("name")]
    assert names
    there = {found.id for found in documents.producible(road) if found.missing is None}
    asked = {s.id for s in documents.catalogue() if s.of == "matter" and s.public and not s.own}
    assert asked - there <= {"selection_record"}  # nobody was named or drawn for this one
    for name in asked & there:
        text = words(papers.make(name, road))
        assert not [n for n in names if n in text]


def test_no_paper_prints_name_or_telephone_of_whoever_spoke(village: None) -> None:
    opened = perform(
        Act("intake", today(), "public",
            {"words": "井盖坏了。", "name": "欧阳不愿透露", "phone": "13800000000"}, unit="liuhe")
    )[0].ident  # fmt: skip
    perform(Act("put_forward", today(), "p-wang", {"title": "井盖更换"}, subject=opened))
    matter = Matter.objects.get(pk=opened)
    for found in documents.producible(matter):
        if found.missing is None:
            text = words(papers.make(found.id, found.subjects[-1][0]))
            assert "欧阳" not in text and "13800000000" not in text, found.id


def test_the_public_notice_says_from_when_to_when_and_how_to_object(road: Matter) -> None:
    text = words(papers.make("publication", road))
    assert "关于西胡同路面硬化协商结果的公示" in text
    assert "2026年7月20日张贴，公示期15日（张贴当日不计），2026年8月4日期满" in text
    assert "实名、匿名都可以" in text and "0453-0000120" in text and "村民委员会组织法》第35条" in text
    assert "签到" not in text


def test_the_sign_in_sheet_has_everybody_asked_and_no_telephones(levee: Matter) -> None:
    meeting = Meeting.objects.get(rounds__matter=levee)
    sheet = papers.make("sign_in", meeting)
    grid = next(b for b in sheet.blocks if isinstance(b, Grid))
    assert len(grid.rows) == meeting.invitations.count() and grid.spare >= 4
    assert not [h for h in grid.head if "电话" in h]


def test_the_minutes_keep_agreed_and_reserved_apart(levee: Matter) -> None:
    sheet = papers.make("minutes", Meeting.objects.get(rounds__matter=levee))
    cells = {c.label: c.text for b in sheet.blocks if isinstance(b, Form) for c in b.cells}
    assert cells["共识要点"].startswith("一、先修塌方的三十米；\n二、")
    assert cells["保留意见"] == "下游两户希望再多修十米，待明年一并考虑。"


def test_a_letter_asks_and_orders_nothing(levee: Matter) -> None:
    letter = next(p for p in documents.producible(levee) if p.id == "letter")
    text = words(papers.make("letter", letter.subjects[0][0]))
    assert "商请" in text and "以贵单位答复为准" in text
    assert not re.search("责令|必须|务必|逾期", text)


def test_the_due_process_sheet_lists_every_stage_with_day_and_digest(road: Matter) -> None:
    sheet = papers.make("due_process", road)
    grid = next(b for b in sheet.blocks if isinstance(b, Grid))
    for entry in entries_of(f"matter:{road.id}"):
        row = next(r for r in grid.rows if f"第{entry.seq}号" in r[6])
        assert chinese.day(entry.happened_on) == row[4]
        assert entry.digest[:4] in row[6] and entry.digest[4:8] in row[6]
    names = " ".join(row[1] for row in grid.rows)
    for stage in (
        "收集",
        "三议四不议甄别",
        "上门协商",
        "研究调研",
        "同级党组织审定",
        "邀请",
        "召开议事会议",
        "公开与落实",
        "办结与归档",
    ):
        assert stage in names
    text = words(sheet)
    assert (
        "未经过的环节：" in text
        and "研究调研后报同级党组织审定" in text
        and "镇级由党委副书记召集" not in text
    )


def test_a_late_entry_shows_both_days(canteen: Matter) -> None:
    sheet = papers.make("due_process", canteen)
    late = next(b for b in sheet.blocks if isinstance(b, Grid) and b.heading == "四、补录")
    assert ("登记开会", "2026年10月9日", "2026年10月13日") in [row[:3] for row in late.rows]


def test_an_exception_and_a_correction_are_printed(canteen: Matter) -> None:
    line = entries_of(f"matter:{canteen.id}").get(act="put_forward")
    perform(
        Act("correct", today(), "p-wu",
            {"entry": line.seq, "field": "title", "text": "老年饭桌开办", "reason": "名称写错"}, subject=canteen.id)
    )  # fmt: skip
    text = words(papers.make("due_process", canteen))
    assert "老年饭桌开办" in text and "名称写错" in text and f"第{line.seq}号（提出议题）" in text


def test_a_resolution_is_printed_with_its_votes(village: None) -> None:
    matter = Matter.objects.get(title__text="集体林地承包款使用")
    perform(
        Act("record_resolution", today(), "p-luo",
            {"body": "collective_assembly", "notice_on": "2026-01-01", "total": 60, "present": 55, "votes_for": 50,
             "against": 3, "abstained": 2, "paper": "决议第3号", "party_study_on": "2026-01-01"}, subject=matter.id,
            decided_by={"body": "collective_assembly"})
    )  # fmt: skip
    text = words(papers.make("resolution", matter))
    assert "60人" in text and "50人" in text and "决议第3号" in text and "√通过" in text
    assert "赞成50票，达到全体的三分之二（须40票）" in text and "专有部分" not in text


def test_a_resolution_of_owners_is_printed_with_its_areas(village: None) -> None:
    matter = Matter.objects.get(title__text="集体林地承包款使用")
    Matter.objects.filter(pk=matter.pk).update(touches="property_company")
    perform(
        Act("record_resolution", today(), "p-luo",
            {"body": "owners", "notice_on": "2026-01-01", "total": 60, "present": 55, "votes_for": 50,
             "area": 612_345, "area_present": 550_000, "area_for": 500_050}, subject=matter.id,
            decided_by={"body": "owners"})
    )  # fmt: skip
    text = words(papers.make("resolution", matter))
    assert "总面积6123.45平方米" in text and "同意5000.50平方米" in text
    assert "同意的面积5000.50平方米，达到参与表决面积的过半数（须2750.01平方米）" in text


def test_the_slip_opens_the_matter_and_keeps_a_stub(road: Matter) -> None:
    text = words(papers.make("slip", road))
    assert text.count(road.id) == 2 and "存根" in text


def test_a_files_name_says_what_it_is(road: Matter) -> None:
    assert render.filename(papers.make("publication", road)) == "公示-柳河村（示例）-20260720.pdf"
    assert render.filename(papers.blank("minutes")) == "会议记录-空白表.pdf"


def test_every_width_and_height_has_its_rule() -> None:
    style = render.STYLE.read_text(encoding="utf-8")
    for spec in documents.catalogue():
        for block in papers.blank(spec.id).blocks:
            if isinstance(block, Grid):
                assert sum(block.widths) == 100, spec.id
                assert all(f".doc .w{w} {{" in style for w in block.widths)
                assert all(len(row) == len(block.head) == len(block.widths) for row in block.rows)
            if isinstance(block, Form):
                assert all(f".doc .h{c.lines} {{" in style for c in block.cells), spec.id


def test_every_paper_has_its_paragraph() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "papers.md").read_text(encoding="utf-8")
    assert [s.id for s in documents.catalogue() if f"`{s.id}`" not in text] == []


@pytest.mark.parametrize(
    ("time", "spoken"),
    [
        ("19:00", "晚上7点"),
        ("08:30", "上午8点半"),
        ("12:05", "中午12点5分"),
        ("14:00", "下午2点"),
        ("05:00", "凌晨5点"),
        ("", ""),
    ],
)
def test_hours_are_said_as_people_say_them(time: str, spoken: str) -> None:
    assert chinese.clock(time) == spoken


def test_numbered_points_stand_on_lines_of_their_own() -> None:
    assert chinese.points("一、先修；二、石料；\n三、完工。") == ("一、先修；", "二、石料；", "三、完工。")
    assert chinese.points("先修三十米。") == ("先修三十米。",)
    assert [chinese.numeral(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
