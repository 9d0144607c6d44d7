"""``rosters import``: a county's workbook, shown first, done wholly or not at all, each problem by sheet and line."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.commands.conftest import Run

from shangliang.cases.models import Matter, Meeting
from shangliang.cases.oversight.models import LedgerTopic
from shangliang.people.models import Post
from shangliang.record.models import Entry
from shangliang.site.rosters import sheets
from shangliang.site.rosters.columns import SHEETS
from shangliang.units.models import Unit, Venue

pytestmark = pytest.mark.django_db

Rows = list[list[Any]]

UNITS: Rows = [
    ["单位名称*", "类别*", "代码", "上级单位", "户数", "成年人数", "代表数", "规程"],
    ["柳树村", "村", "", "河口镇", 372, 860, 42, ""],
    ["杨树村", "村", "", "河口镇", 281, 640, 36, ""],
    ["南山社区", "社区", "", "城乡社区工作局", 900, 2400, "", ""],
    ["东河市", "县级市", 231086, "", "", "", "", "dongning"],
    ["河口镇", "镇", "231086103", "231086", "", "", "", ""],
    ["城乡社区工作局", "城区局", "", "东河市", "", "", "", ""],
]
POSTS: Rows = [
    ["单位", "职务", "姓名", "职务名称", "起始日期", "卸任日期", "人员编号"],
    ["柳树村", "党组织书记", "李河", "村党支部书记", "2024/2/1", "", ""],
    ["柳树村", "经办人", "王月", "", "2024年3月5日", "", "7"],
    ["杨树村", "经办人", "王月", "", "", "", "7"],
    ["杨树村", "党组织书记", "钱田", "", "", "", ""],
    ["河口镇", "党委副书记", "韩堂", "", "", "", ""],
]
LINKS: Rows = [["政协委员", "联系单位", "起始日期"], ["孙海", "柳树村、杨树村", "2024-02-01"]]
VENUES: Rows = [
    [
        "单位",
        "议事室名称",
        "启用日期",
        "有组织",
        "有场所",
        "有制度",
        "有设施",
        "有标识",
        "一室多用",
        "建设方式",
        "试点年度",
        "示范阵地",
        "议事主题",
        "补助金额",
    ],
    [
        "柳树村",
        "地瓜议事室",
        date(2021, 6, 18),
        "是",
        "√",
        "有",
        "是",
        "否",
        "是",
        "帮建",
        2021,
        "是",
        "地瓜全产业链",
        8000,
    ],
    ["河口镇", "", "2022-05-01", "是", "是", "是", "是", "是", "", "自建", "", "", "", ""],
]
LEDGER: Rows = [
    ["单位", "日期", "形式", "到会人数", "议题", "结果", "三议类别", "台账出处"],
    [
        "柳树村",
        "2022-05-08",
        "院坝会",
        14,
        "巷道硬化；路灯维修",
        "已解决；部分解决",
        "民生改善实事",
        "2022年台账第3页",
    ],
    ["杨树村", "2023-07-01", "", "", "", "", "", "2023年台账第1页"],
]


def workbook(tmp_path: Path, merge: str = "", **given: Rows) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in given.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
    book.create_sheet("随手记").append(["这一张不读"])
    file = tmp_path / "rosters.xlsx"
    book.save(file)
    return file


def whole(tmp_path: Path, **other: Rows) -> Path:
    given = {"单位": UNITS, "名册": POSTS, "联系": LINKS, "阵地": VENUES, "台账": LEDGER} | other
    return workbook(tmp_path, **given)


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Path:
    """The county, imported."""
    file = whole(tmp_path)
    done = run("rosters", "import", file, "--yes", "--json")
    assert done.status == 0, done.out
    return file


def problems(run: Run, file: Path) -> list[tuple[str, int, str]]:
    before = Entry.objects.count()
    done = run("rosters", "import", file, "--yes", "--json")
    assert done.status == 1 and not done.json["done"]
    assert Entry.objects.count() == before, "half of it was imported"
    assert all(p["zh"] and p["en"] and "\n" not in p["zh"] for p in done.json["problems"])
    return [(p["sheet"], p["line"], p["zh"]) for p in done.json["problems"]]


# ── a county ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_shown_first_and_done_with_yes(run: Run, tmp_path: Path) -> None:
    file = whole(tmp_path)
    shown = run("rosters", "import", file)
    assert shown.status == 0 and "建立单位：6" in shown.out and "--yes" in shown.out
    assert not Unit.objects.exists()
    done = run("rosters", "import", file, "--yes", "--json")
    assert done.status == 0, done.out
    assert done.json["acts"] == {"found_unit": 6, "equip_venue": 2, "appoint": 7, "import_meeting": 2}
    assert run("verify").status == run("replay").status == 0


def test_units_posts_and_links(imported: Path) -> None:
    village = Unit.objects.get(name="柳树村")
    assert village.parent and village.parent.code == "231086103" and village.households == 372
    urban = Unit.objects.get(name="城乡社区工作局")
    assert (urban.kind, urban.level, urban.code) == ("street", "town", "")
    clerks = Post.objects.filter(role="clerk").values_list("person", flat=True)
    assert len(clerks) == 2 and len(set(clerks)) == 1  # one number, one person
    linked = Post.objects.filter(role="cppcc_member")
    assert {p.unit.name for p in linked} == {"柳树村", "杨树村"} and len({p.person_id for p in linked}) == 1
    assert not Entry.objects.filter(text__contains="王月").exists()  # names are sealed
    assert not Entry.objects.filter(text__contains="人员编号").exists()


def test_venues_and_old_meetings_count_from_their_own_day(run: Run, imported: Path) -> None:
    venue = Venue.objects.get(unit__name="柳树村")
    assert venue.ready_on == date(2021, 6, 18) and venue.pilot_year == 2021 and venue.demonstration
    assert (venue.theme, venue.subsidy) == ("地瓜全产业链", 8000)
    assert venue.haves == "facilities,organisation,place,rules" and venue.build == "assisted" and venue.shared
    assert Unit.objects.get(name="柳树村").valid_from == date(2021, 6, 18)
    assert Unit.objects.get(name="东河市").valid_from == date(
        2021, 6, 18
    )  # what lies above was there by then
    met = Meeting.objects.get(held_on="2022-05-08")
    assert (met.form, met.present, met.state) == ("yard", 14, "held")
    topics = LedgerTopic.objects.filter(meeting=met).order_by("id")
    assert [(t.result, t.discuss) for t in topics] == [("solved", "livelihood"), ("partly", "livelihood")]
    figures = {m["id"]: m for m in run("measures", "--json").json["measures"]}
    assert figures["venues"]["by_year"]["2021"] == 1 and figures["meetings"]["n"] == 2


def test_the_same_workbook_again_changes_nothing(run: Run, imported: Path) -> None:
    again = run("rosters", "import", imported, "--yes", "--json")
    assert again.status == 0 and again.json["acts"] == {}
    assert sum(again.json["unchanged"].values()) == 6 + 5 + 2 + 2 + 2


def test_only_what_changed_is_done(run: Run, tmp_path: Path, imported: Path) -> None:
    units = [r[:] for r in UNITS]
    units[1][4] = 380
    posts = [*POSTS, ["柳树村", "网格员", "张兰", "", "", "", ""]]
    posts[1] = [*posts[1][:5], "2026-01-31", ""]
    done = run("rosters", "import", whole(tmp_path, 单位=units, 名册=posts), "--yes", "--json")
    assert done.json["acts"] == {"amend_unit": 1, "release": 1, "appoint": 1}
    assert Post.objects.get(unit__name="柳树村", role="party_secretary").until == date(2026, 1, 31)


def test_renamed_and_joined_villages_keep_their_matters(run: Run, tmp_path: Path, imported: Path) -> None:
    from shangliang.acts.act import PUBLIC, Act, today
    from shangliang.acts.perform import perform

    old = Unit.objects.get(name="柳树村")
    said = perform(Act("intake", today(), PUBLIC, {"words": "巷子下雨全是泥。"}, unit=old.pk))[0]
    changes: Rows = [
        ["单位", "变更", "新名称或并入单位", "日期", "文件"],
        ["柳树村", "并入", "杨树村", today().isoformat(), "镇党委〔2026〕3号"],
        ["南山社区", "改名", "南山里社区", today().isoformat(), "市民政局〔2026〕1号"],
    ]
    done = run("rosters", "import", workbook(tmp_path, 变更=changes), "--yes", "--json")
    assert done.status == 0, done.out
    old.refresh_from_db()
    assert old.successor and old.successor.name == "杨树村" and old.valid_to == today()
    assert Matter.objects.get(pk=said.ident).unit_id == old.pk
    carried = Post.objects.filter(unit=old, acting=True)
    assert {p.role for p in carried} == {"party_secretary", "clerk"}  # somebody can finish what is open
    assert Unit.objects.filter(name="南山里社区").exists()
    assert run("verify").status == run("replay").status == 0


# ── bad tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sheet", "rows", "line", "said"),
    [
        ("单位", [["名字", "类别"], ["甲", "县"]], 1, "缺少表头“单位名称”"),
        ("单位", [["单位名称", "类别", "颜色"], ["甲", "县", "红"]], 1, "不认识的表头“颜色”"),
        ("单位", [["单位名称", "类别", "单位名称"], ["甲", "县", "乙"]], 1, "表头重复"),
        ("单位", [["单位名称", "类别"], ["甲", "县", "多"]], 2, "比表头多出一格"),
        ("单位", [["单位名称", "类别"], ["甲", "省府"]], 2, "没有“省府”这一项"),
        ("单位", [["单位名称", "类别"], ["", "县"]], 2, "没有填"),
        ("单位", [["单位名称", "类别", "代码"], ["甲", "县", "12"]], 2, "6、9或12位"),
        ("单位", [["单位名称", "类别", "户数"], ["甲", "县", "三百户"]], 2, "请填整数"),
        ("单位", [["单位名称", "类别", "户数"], ["甲", "县", "=1+2"]], 2, "是公式"),
        ("单位", [["单位名称", "类别", "上级"], ["甲", "县", ""], ["乙", "镇", "丙"]], 3, "找不到单位“丙”"),
        ("单位", [["单位名称", "类别", "上级"], ["甲", "县", ""], ["乙", "镇", "丙"], ["丙", "镇", "乙"]], 3, "绕了一圈"),
        ("单位", [["单位名称", "类别", "上级"], ["甲", "县", ""], ["乙", "县", ""]], 3, "只能有一个"),
        ("单位", [["单位名称", "类别", "代码", "上级"], ["甲", "县", "231086", ""], ["乙", "镇", "231086", "甲"]], 3, "已经用过"),
        ("单位", [["单位名称", "类别", "上级"], ["甲", "县", ""], ["乙", "镇", "甲"], ["乙", "镇", "甲"]], 4, "写了两行"),
        ("单位", [["单位名称", "类别", "上级"], ["甲", "县", ""], [], ["乙", "镇", "甲"]], 4, "第3行空着"),
        ("名册", [["单位", "职务", "姓名"], ["无名村", "经办人", "李河"]], 2, "找不到单位"),
        ("名册", [["单位", "职务", "姓名"], ["柳树村", "村霸", "李河"]], 2, "没有“村霸”这一项"),
        ("名册", [["单位", "职务", "姓名", "起始"], ["柳树村", "经办人", "李", "明年"]], 2, "日期要写成"),
        ("名册", [["单位", "职务", "姓名", "卸任日期"], ["柳树村", "经办人", "生人", "2026-01-01"]], 2, "不用卸任"),
        ("联系", [["政协委员", "联系单位"], ["孙海", "柳树村、无名村"]], 2, "找不到单位“无名村”"),
        ("阵地", [["单位", "启用日期", "有组织"], ["柳树村", "2021-06-18", "也许"]], 2, "没有“也许”这一项"),
        ("阵地", [["单位", "启用日期"], ["柳树村", "2099-06-18"]], 2, "日期还没有到"),
        ("变更", [["单位", "变更", "新名称", "日期", "文件"], ["柳树村", "并入", "杨树村", "2026-01-01", "文件"]], 1, "不认识的表头“新名称”"),
        ("台账", [["单位", "日期", "台账出处", "议题", "结果"], ["柳树村", "2022-05-08", "册", "甲；乙；丙", "已解决；未解决"]], 2, "有3个议题"),
        ("台账", [["单位", "日期", "台账出处"], ["杨树村", "2022-05-08", "册"], ["杨树村", "2022-05-08", "册"]], 3, "写了两行"),
    ],
)  # fmt: skip
def test_each_problem_has_its_line(
    run: Run, tmp_path: Path, request: pytest.FixtureRequest, sheet: str, rows: Rows, line: int, said: str
) -> None:
    if sheet != "单位":
        request.getfixturevalue("imported")
    found = problems(run, workbook(tmp_path, **{sheet: rows}))
    assert any(s == sheet and n == line and said in zh for s, n, zh in found), found


def test_merged_cells_are_named(run: Run, tmp_path: Path) -> None:
    found = problems(run, workbook(tmp_path, "A2:A3", 单位=UNITS))
    assert ("单位", 2, "A2:A3是合并单元格，请先拆开") in found


GOOD: dict[str, Rows] = {
    "单位": [["单位名称", "类别", "上级"], ["松树村", "村", "河口镇"]],
    "名册": [["单位", "职务", "姓名"], ["柳树村", "网格员", "张兰"]],
    "联系": [["政协委员", "联系单位"], ["孙海", "柳树村"]],
    "阵地": [["单位", "启用日期", "议事室名称"], ["杨树村", "2022-06-18", "议事室"]],
    "变更": [["单位", "变更", "日期", "文件"], ["杨树村", "撤销", "2026-01-05", "文件"]],
    "台账": [["单位", "日期", "台账出处"], ["柳树村", "2023-05-08", "册"]],
}
"""One line of each sheet as it should be, after the county was imported."""


@pytest.mark.parametrize("sheet", GOOD)
def test_every_sheet_names_what_spreadsheets_do_to_a_table(
    run: Run, tmp_path: Path, imported: Path, sheet: str
) -> None:
    """Formulas, errors of formulas, merged cells, wrong and doubled headers, lines left empty, cells beside the table."""
    head, line = GOOD[sheet]

    def said(*rows: list[Any], merge: str = "") -> list[tuple[int, str]]:
        found = problems(run, workbook(tmp_path, merge, **{sheet: list(rows)}))
        assert {s for s, _, _ in found} == {sheet}
        return [(n, zh) for _, n, zh in found]

    for at in range(len(head)):
        formula, failed = [*line], [*line]
        formula[at], failed[at] = '=CONCATENATE("柳","树村")', "#REF!"
        assert (2, "是公式，请改成数值") in said(head, formula)
        assert (2, "是出错的公式") in said(head, failed)
        assert (1, f"缺少表头“{FIRST_NAMES[sheet][head[at]]}”") in said(
            [*head[:at], *head[at + 1 :]], line
        ) or at > 1
    assert (2, "A2:B2是合并单元格，请先拆开") in said(head, line, merge="A2:B2")
    assert any(
        n == 1 and zh.startswith("不认识的表头“颜色”") for n, zh in said([*head, "颜色"], [*line, "红"])
    )
    assert (1, "表头重复") in said([*head, head[0]], [*line, line[0]])
    assert (2, "比表头多出一格") in said(head, [*line, "多"])
    assert any("第2行空着" in zh for _, zh in said(head, [], line))


FIRST_NAMES = {
    "单位": {"单位名称": "单位名称", "类别": "类别", "上级": "上级单位"},
    "名册": {"单位": "单位", "职务": "职务", "姓名": "姓名"},
    "联系": {"政协委员": "政协委员", "联系单位": "联系单位"},
    "阵地": {"单位": "单位", "启用日期": "启用日期", "议事室名称": "议事室名称"},
    "变更": {"单位": "单位", "变更": "变更", "日期": "日期", "文件": "文件"},
    "台账": {"单位": "单位", "日期": "日期", "台账出处": "台账出处"},
}


@pytest.mark.parametrize("sheet", GOOD)
def test_every_sheet_may_come_in_gbk(run: Run, tmp_path: Path, imported: Path, sheet: str) -> None:
    file = tmp_path / "一张.csv"
    file.write_bytes("\n".join(",".join(row) for row in GOOD[sheet]).encode("gbk"))
    done = run("rosters", "import", file, "--json")
    assert done.status == 0, done.out
    assert sum(done.json["acts"].values()) + sum(done.json["unchanged"].values()) == 1
    file.write_bytes(b"\xff\xfe\x81\x30\x81" + file.read_bytes())
    assert problems(run, file)[0][2] in ("文字编码不是UTF-8也不是GBK", "不是能读的表格，请存成XLSX或CSV")


def test_a_workbook_of_other_things_is_said(run: Run, tmp_path: Path) -> None:
    assert "没有认识的工作表" in problems(run, workbook(tmp_path, 花名=[["a"]]))[0][2]
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing")
    assert problems(run, file) == [("broken.xlsx", 0, "不是能读的表格，请存成XLSX或CSV")]
    assert run("rosters", "import", tmp_path / "none.xlsx").status == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_one_sheet_may_come_as_text(run: Run, tmp_path: Path, imported: Path, encoding: str) -> None:
    file = tmp_path / "台账.csv"
    file.write_bytes("单位,日期,台账出处,议题\n柳树村,2023-01-09,册第2页,冬季扫雪\n".encode(encoding))
    done = run("rosters", "import", file, "--yes", "--json")
    assert done.status == 0 and done.json["acts"] == {"import_meeting": 1}


def test_what_an_act_refuses_is_said_by_its_line_and_nothing_stays(
    run: Run, tmp_path: Path, imported: Path
) -> None:
    changes: Rows = [
        ["单位", "变更", "日期", "文件"],
        ["杨树村", "撤销", "2026-01-05", "文件"],
        ["河口镇", "撤销", "2026-01-05", "文件"],
    ]
    found = problems(run, workbook(tmp_path, 变更=changes))
    assert found == [("变更", 3, "下面还有1个单位")]
    assert Unit.objects.get(name="杨树村").valid_to is None


def test_a_hundred_thousand_lines_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    line = "柳树村,2022-05-08,册\n"
    file.write_text("单位,日期,台账出处\n" + line * sheets.MOST_ROWS, "utf-8")
    book = sheets.read(file)
    assert len(book.rows["ledger"]) == 100_000 and book.problems == []
    file.write_text("单位,日期,台账出处\n" + line * (sheets.MOST_ROWS + 1), "utf-8")
    assert [(p.line, p.zh) for p in sheets.read(file).problems] == [(100_002, "最多100000行，请分成几个文件")]


def test_what_an_act_refuses_late_takes_back_everything_before(tmp_path: Path, imported: Path) -> None:
    """Somebody takes a code between the look at the table and its founding."""
    from shangliang.acts.act import SYSTEM, Act, today
    from shangliang.acts.perform import perform
    from shangliang.site.rosters import doing, plan

    units: Rows = [
        ["单位名称", "类别", "代码", "上级"],
        *([f"村{n}", "村", "", "河口镇"] for n in range(700)),
    ]
    units[650][2] = "231086103777"
    planned = plan.plan(sheets.read(workbook(tmp_path, 单位=units)))
    assert planned.problems == []
    town = Unit.objects.get(name="河口镇")
    data = {"name": "桦树村", "kind": "village", "parent": town.pk, "code": "231086103777"}
    perform(Act("found_unit", today(), SYSTEM, data))
    before = Entry.objects.count()
    with pytest.raises(doing.Stopped) as stopped:
        doing.do(planned)
    assert [(p.sheet, p.line, p.zh) for p in stopped.value.problems] == [
        ("单位", 651, "代码231086103777已经用过")
    ]
    assert Entry.objects.count() == before


def test_the_template_is_understood_once_its_examples_fit(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "空表.xlsx"
    assert run("rosters", "template", file).status == 0
    book = sheets.read(file)
    assert set(book.rows) == {s.id for s in SHEETS} and book.problems == []
    assert all(len(rows) == 1 for rows in book.rows.values())
