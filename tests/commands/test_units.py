"""``units import``: everything or nothing, each problem by line."""

from pathlib import Path
from typing import Any

import pytest
from tests.commands.conftest import Run

from shangliang.units.models import Unit

pytestmark = pytest.mark.django_db

HEAD = "名称,类别,代码,上级,户数,成年人数,代表数,地址,电话,规程"
GOOD = f"""{HEAD}
柳树村,村,231086103201,河口镇,372,860,42,党群服务中心,0453-0000120,
东河市,县,231086,,,,,,,dongning
河口镇,镇,231086103,231086,,,,,,
"""
POSTS = """单位,职务,姓名,职务名称,起始
柳树村,党组织书记,李河,村党支部书记,2024/2/1
231086103201,经办人,王月,,2024年3月5日
柳树村,网格员,王月,,
"""


def table(tmp_path: Path, text: str, name: str = "units.csv", encoding: str = "utf-8") -> Path:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return file


def workbook(tmp_path: Path, *sheets: list[list[Any]], merge: str = "") -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for n, rows in enumerate(sheets):
        sheet = book.active if n == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
        if merge and n == 0:
            sheet.merge_cells(merge)
    file = tmp_path / "units.xlsx"
    book.save(file)
    return file


def problems(run: Run, file: Path, *more: object) -> list[tuple[int, str]]:
    done = run("units", "import", file, "--yes", "--json", *more)
    assert done.status == 1
    assert not done.json["done"]
    assert not Unit.objects.filter(name="柳树村").exists()
    assert all(p["zh"] and p["en"] for p in done.json["problems"])
    return [(p["line"], p["en"]) for p in done.json["problems"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_table_is_shown_first_and_imported_with_yes(run: Run, tmp_path: Path, encoding: str) -> None:
    file = table(tmp_path, GOOD, encoding=encoding)
    posts = table(tmp_path, POSTS, "posts.csv", encoding)
    shown = run("units", "import", file, "--posts", posts)
    assert shown.status == 0 and "--yes" in shown.out
    assert not Unit.objects.exists()
    done = run("units", "import", file, "--posts", posts, "--yes", "--json")
    assert done.status == 0 and done.json["done"]
    village = Unit.objects.get(name="柳树村")
    assert village.parent and village.parent.name == "河口镇"
    assert (village.households, village.adults, village.representatives) == (372, 860, 42)
    held = {p.role: p for p in village.posts.all()}
    assert str(held["party_secretary"].since) == "2024-02-01"
    assert held["clerk"].person_id == held["grid_worker"].person_id != held["party_secretary"].person_id
    assert run("verify").status == run("replay").status == 0


def test_a_second_import_is_refused(run: Run, tmp_path: Path) -> None:
    file = table(tmp_path, GOOD)
    posts = table(tmp_path, POSTS, "posts.csv")
    assert run("units", "import", file, "--posts", posts, "--yes").status == 0
    assert run("units", "import", file, "--yes").status == 1
    assert run("units", "import", posts, "--only-posts", "--yes").status == 1
    assert Unit.objects.count() == 3


def test_a_workbook_with_posts_on_its_second_sheet(run: Run, tmp_path: Path) -> None:
    units = [line.split(",") for line in GOOD.splitlines()]
    units[2][2] = 231086  # type: ignore[call-overload]  # a number, as spreadsheets keep codes
    file = workbook(tmp_path, units, [line.split(",") for line in POSTS.splitlines()])
    done = run("units", "import", file, "--yes", "--json")
    assert done.status == 0, done.out
    assert (len(done.json["units"]), len(done.json["posts"])) == (3, 3)


def test_merged_cells_and_formulas_are_named(run: Run, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["name", "kind", "households"],
        ["柳树村", "village", "=1+2"],
        ["柳北村", "village", 3],
    ]
    found = problems(run, workbook(tmp_path, rows, merge="A2:A3"))
    assert (2, "A2:A3 are merged cells; split them first") in found
    assert (2, "is a formula; put its value") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (0, "the table is empty")),
        ("姓名,年龄\n甲,3\n", (1, "the header 'name' is missing")),
        ("名称,类别,名称\n甲,县,乙\n", (1, "the header occurs twice")),
        ("名称,类别\n甲,县,多\n", (2, "has more cells than the header")),
        ("名称,类别\n甲,省府\n", (2, "unknown kind")),
        ("名称,类别\n,县\n", (2, "is empty")),
        (f"名称,类别\n{'甲' * 81},县\n", (2, "is too long")),
        ("名称,类别,代码\n甲,县,12\n", (2, "6, 9 or 12 digits")),
        ("名称,类别,户数\n甲,县,三百户\n", (2, "whole number")),
        ("名称,类别,规程\n甲,县,none\n", (2, "unknown procedure")),
        ("名称,类别,上级\n甲,县,\n乙,镇,丙\n", (3, "no unit is called '丙'")),
        ("名称,类别,上级\n甲,县,\n乙,县,\n", (3, "only one unit has no parent")),
        ("名称,类别,上级\n甲,县,\n乙,镇,丙\n丙,镇,乙\n", (3, "lead back to itself")),
        ("名称,类别,上级\n甲,县,\n乙,镇,甲\n乙,镇,甲\n", (4, "under this parent already")),
        (
            "名称,类别,上级\n甲,县,\n乙,镇,甲\n丙,镇,甲\n丁,村,乙\n丁,村,丙\n戊,村,丁\n",
            (7, "2 units have this name"),
        ),
        ("名称,类别,代码,上级\n甲,县,231086,\n乙,镇,231086,甲\n", (3, "is used already")),
        ("名称,类别,上级\n甲,县,\n\n乙,镇,甲\n", (4, "line 3 is empty")),
        ("名称,类别,户数\n甲,县,=1+1\n", (2, "formula")),
    ],
)
def test_each_problem_has_its_line(run: Run, tmp_path: Path, text: str, expected: tuple[int, str]) -> None:
    found = problems(run, table(tmp_path, text))
    assert any(line == expected[0] and expected[1] in said for line, said in found), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位,职务,姓名\n东河市,村霸,李河\n", "unknown role"),
        ("单位,职务,姓名\n没有村,经办人,李河\n", "no unit is called"),
        ("单位,职务,姓名\n东河市,经办人,\n", "is empty"),
        ("单位,职务,姓名,起始\n东河市,经办人,李河,明年\n", "must be a date"),
        ("单位,职务,姓名\n东河市,经办人,李河\n东河市,经办人,李河\n", "holds this post here already"),
    ],
)
def test_each_problem_of_a_post_has_its_line(run: Run, tmp_path: Path, text: str, expected: str) -> None:
    found = problems(run, table(tmp_path, GOOD), "--posts", table(tmp_path, text, "posts.csv"))
    assert any(expected in said for _, said in found), found


def test_what_is_no_table_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "units.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing")
    assert problems(run, file) == [(0, "is not a readable table; save it as CSV or XLSX")]
    file = tmp_path / "units.csv"
    file.write_bytes(b"\xff\xfe\x00\x01\x80")
    assert problems(run, file)[0][0] == 0
    assert run("units", "import", tmp_path / "none.csv").status == 2
