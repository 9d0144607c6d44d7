"""``shangliang panel``: the files practitioners have, the answers clerks understand, a draw anybody can repeat."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from tests.commands.conftest import Run

QUOTAS = "类别,选项,至少,至多\n性别,女,2,3\n性别,男,2,3\n年龄,60岁以上,1,2\n年龄,60岁以下,3,4\n"
HEAD = "编号,姓名,性别,年龄,住址"
ROWS = [
    f"{n:03},某{n},{'女' if n % 2 else '男'},{'60岁以上' if n % 3 else '60岁以下'},{n // 2}号"
    for n in range(30)
]
PEOPLE = "\n".join([HEAD, *ROWS]) + "\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return put(tmp_path, QUOTAS.encode(), PEOPLE.encode())


def put(folder: Path, quotas: bytes, people: bytes) -> tuple[Path, Path]:
    (folder / "quotas.csv").write_bytes(quotas)
    (folder / "people.csv").write_bytes(people)
    return folder / "quotas.csv", folder / "people.csv"


def test_check_says_that_the_quotas_can_be_met(run: Run, files: tuple[Path, Path]) -> None:
    told = run("panel", "check", *files, "--size", 5)
    assert told.status == 0 and "名额可以满足：30 人里抽 5 人" in told.out
    assert run("panel", "check", *files, "--size", 5, "--json").json["achieved"] == pytest.approx(0.1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_any_usual_encoding_is_read(run: Run, tmp_path: Path, encoding: str) -> None:
    paths = put(tmp_path, QUOTAS.encode(encoding), PEOPLE.encode(encoding))
    assert run("panel", "check", *paths, "--size", 5).status == 0


@pytest.mark.parametrize(
    "head",
    [
        "类别,选项,至少,至多",
        "category,feature,min,max",
        "feature,value,min,max",
        " Category , Feature , Min , Max ,min_flex,",
    ],
)
def test_both_styles_of_headers_are_read(run: Run, tmp_path: Path, head: str) -> None:
    paths = put(tmp_path, QUOTAS.replace("类别,选项,至少,至多", head).encode(), PEOPLE.encode())
    assert run("panel", "check", *paths, "--size", 5).status == 0


@pytest.mark.parametrize("sign", [";", "\t", "，"])
def test_other_separators_and_spaces_are_read(run: Run, tmp_path: Path, sign: str) -> None:
    paths = put(
        tmp_path, QUOTAS.replace(",", f" {sign} ").encode(), PEOPLE.replace(",", f" {sign} ").encode()
    )
    assert run("panel", "check", *paths, "--size", 5).status == 0


def test_workbooks_are_read(run: Run, tmp_path: Path) -> None:
    for name, text in (("q.xlsx", QUOTAS), ("p.xlsx", PEOPLE)):
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(text)):
            book.active.append([int(cell) if cell.isdigit() and name[0] == "q" else cell for cell in row])
        book.save(tmp_path / name)
    assert run("panel", "check", tmp_path / "q.xlsx", tmp_path / "p.xlsx", "--size", 5).status == 0


@pytest.mark.parametrize(
    ("quotas", "people", "size", "said"),
    [
        (QUOTAS, HEAD + "\n", 5, "名单是空的"),
        ("", PEOPLE, 5, "文件是空的"),
        (QUOTAS, "", 5, "文件是空的"),
        (QUOTAS, PEOPLE, 0, "至少要抽 1 人"),
        (QUOTAS, PEOPLE, 31, "名单上只有 30 人可抽"),
        (QUOTAS, PEOPLE + ROWS[0] + "\n", 5, "出现了不止一次"),
        (QUOTAS, PEOPLE + "x,某,不详,60岁以下,9号\n", 5, "名额表里没有这一项"),
        (QUOTAS, PEOPLE.replace("性别", "男女"), 5, "没有“性别”这一列"),
        (QUOTAS.replace("2,3", "两,3"), PEOPLE, 5, "第 2 行不完整"),
        (QUOTAS.replace("至少", "起"), PEOPLE, 5, "标题行要有四列"),
        (QUOTAS, PEOPLE.replace("姓名", "性别"), 5, "两列都叫“性别”"),
        (QUOTAS, PEOPLE + "x,某,女,60岁以下,9号,多,余\n", 5, "多出几格"),
        (QUOTAS.replace("女,2,3", "女,4,5").replace("以下,3,4", "以下,0,0"), PEOPLE, 5, "坐不满"),
    ],
)
def test_what_cannot_be_drawn_is_explained(
    run: Run, tmp_path: Path, quotas: str, people: str, size: int, said: str
) -> None:
    paths = put(tmp_path, quotas.encode(), people.encode())
    told = run("panel", "solve", *paths, "--size", size)
    assert told.status == 1 and said in told.err and "Traceback" not in told.err
    assert said in run("panel", "solve", *paths, "--size", size, "--json").json["error"]["zh"]


def test_bytes_that_are_no_table_are_refused(run: Run, tmp_path: Path) -> None:
    paths = put(tmp_path, QUOTAS.encode(), bytes(range(256)) * 20)
    told = run("panel", "check", *paths, "--size", 5)
    assert told.status == 1 and "Traceback" not in told.err


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    told = run("panel", "check", tmp_path / "q.csv", tmp_path / "p.csv", "--size", 5)
    assert told.status == 2 and "q.csv" in told.err


def test_the_smallest_change_is_proposed(run: Run, tmp_path: Path) -> None:
    quotas = "category,feature,min,max\nsex,f,3,4\nsex,m,0,4\nage,old,0,2\nage,young,0,4\n"
    people = "id,sex,age\n" + "".join(f"{n},{'f,old' if n < 5 else 'm,young'}\n" for n in range(10))
    told = run("panel", "solve", *put(tmp_path, quotas.encode(), people.encode()), "--size", 4, "--json")
    (change,) = told.json["error"]["changes"]
    assert told.status == 1 and abs(change["from"] - change["to"]) == 1


def test_from_the_list_to_the_people_who_are_invited(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out, public, report = tmp_path / "o.json", tmp_path / "public.json", tmp_path / "r.html"
    told = run(
        "panel",
        "solve",
        *files,
        "--size",
        5,
        "--same-address",
        "住址",
        "-o",
        out,
        "--publish",
        public,
        "--report",
        report,
    )
    assert told.status == 0 and "已证明" in told.out
    solution = json.loads(out.read_text("utf-8"))
    assert {
        "objective",
        "bound",
        "achieved",
        "gap",
        "proven",
        "chances",
        "panels",
        "timings",
    } <= solution.keys()
    assert sum(p["weight"] for p in solution["panels"]) == pytest.approx(1)
    assert sum(solution["chances"].values()) == pytest.approx(5) and solution["gap"] < 1e-6
    for one, chance in solution["published"]["chances"].items():
        assert sum(p["weight"] for p in solution["panels"] if one in p["ids"]) == pytest.approx(chance)
    assert "某" not in public.read_text("utf-8") and "号" not in public.read_text("utf-8")
    assert "<svg" in report.read_text("utf-8") and "<script" not in report.read_text("utf-8")

    digest = solution["published"]["sha256"]
    drawn = run(
        "panel",
        "draw",
        public,
        "--seed",
        "3 5 1 6 2 4",
        "--digest",
        digest,
        "--respondents",
        files[1],
        "-o",
        tmp_path / "in.csv",
        "--json",
    )
    assert drawn.status == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "in.csv").read_text("utf-8-sig"))))
    assert {row["编号"] for row in rows} == set(drawn.json["panel"]) and len(
        {row["住址"] for row in rows}
    ) == 5

    assert (
        run(
            "panel",
            "verify",
            public,
            "--digest",
            digest,
            "--seed",
            "351624",
            "--number",
            drawn.json["number"],
        ).status
        == 0
    )
    assert (
        run("panel", "verify", public, "--seed", "351624", "--number", drawn.json["number"] % 1000 + 1).status
        == 1
    )
    public.write_bytes(public.read_bytes().replace(b"001", b"002", 1))
    changed = run("panel", "verify", public)
    assert changed.status == 1 and "文件被改动过" in changed.out


def test_who_cannot_come_is_replaced_by_the_same_rules(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    run("panel", "solve", *files, "--size", 5, "--publish", one)
    before = run("panel", "draw", one, "--seed", "123456", "--json").json
    gone, stay = before["panel"][0], set(before["panel"][1:])
    words = ("panel", "replace", one, "--seed", "123456", "--reason", "外出务工", "--gone")
    assert run(*words, gone, "--publish", two).status == 0
    after = run("panel", "draw", two, "--seed", "654321", "--json").json
    assert stay < set(after["panel"]) and gone not in after["panel"] and len(after["panel"]) == 5
    assert json.loads(two.read_text("utf-8"))["after"] == {
        "sha256": before["digest"], "number": before["number"], "gone": [gone], "reason": "外出务工",
    }  # fmt: skip
    assert run(*words, "没有这个人").status == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_solution_opens_in_a_spreadsheet(
    run: Run, files: tuple[Path, Path], tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"o.{ending}"
    assert run("panel", "solve", *files, "--size", 5, "-o", out).status == 0
    if ending == "csv":
        rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
        assert sum(float(row["chance"]) for row in rows) == pytest.approx(5)
    else:
        assert len(openpyxl.load_workbook(out).worksheets) == 3


def test_a_cell_never_becomes_a_formula(run: Run, tmp_path: Path) -> None:
    paths = put(tmp_path, QUOTAS.encode(), PEOPLE.replace("001,", "=1+1,").encode())
    assert run("panel", "solve", *paths, "--size", 5, "-o", tmp_path / "o.csv").status == 0
    assert "'=1+1" in (tmp_path / "o.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_picture_of_the_chances_comes_in_both_languages(
    run: Run, files: tuple[Path, Path], tmp_path: Path, language: str
) -> None:
    out = tmp_path / "r.svg"
    assert run("panel", "solve", *files, "--size", 5, "--report", out, "--language", language).status == 0
    assert {"zh": "各组机会", "en": "Chances by group"}[language] in out.read_text("utf-8")
