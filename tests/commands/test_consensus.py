"""`consensus map` and `consensus compare`: formats in, files out, problems by line."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from tests.commands.conftest import Run
from tests.consensus.conversations import FOLDER, planted, public

VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A conversation as Polis exports it: votes in any order, a changed mind, texts, one statement refused."""
    (p, s, v), _ = planted(2, 2, people=150, statements=20)
    lines = [f"{1000 + i},day,{c},{a},{b}" for i, (a, c, b) in enumerate(zip(p, s, v, strict=True))]
    lines.append(f"5,day,{s[0]},{p[0]},{-v[0] or 1}")  # earlier than all: replaced
    (tmp_path / "votes.csv").write_text(VOTES + "\n".join(reversed(lines)) + "\n", encoding="utf-8")
    heads = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    texts = [f'1,day,{c},1,1,1,{-1 if c == 19 else 1},"看法{c}, <b>粗</b>"' for c in range(20)]
    (tmp_path / "comments.csv").write_text(heads + "\n".join(texts) + "\n", encoding="utf-8")
    return tmp_path


def test_a_folder_becomes_a_map_with_tables_and_reports(run: Run, folder: Path) -> None:
    out = folder / "out"
    done = run("consensus", "map", folder, "-o", out, "--title", "河边的路")
    assert done.status == 0, done.err
    assert "150人，20条看法" in done.out and "150 people, 20 statements" in done.out
    told = json.loads((out / "map.json").read_text("utf-8"))
    assert told["counts"]["replaced"] == 1 and told["statements"][3]["text"].startswith("看法3")
    assert {"reading", "votes", "axes", "statistics"} <= told["timings"].keys()
    names = {path.name for path in out.iterdir()}
    assert names == {"map.json", "participants.csv", "statements.csv", "groups.csv", "points.csv",
                     "report.zh.html", "report.en.html"}  # fmt: skip
    rows = list(csv.DictReader((out / "statements.csv").read_text("utf-8-sig").splitlines()))
    assert [int(row["agree"]) for row in rows] == [s["agree"] for s in told["statements"]]


@pytest.mark.parametrize(("lang", "words"), [("zh", "大家都同意的"), ("en", "What all agree on")])
def test_a_report_stands_alone_and_trusts_no_text(run: Run, folder: Path, lang: str, words: str) -> None:
    run("consensus", "map", folder, "-o", folder / "out")
    page = (folder / "out" / f"report.{lang}.html").read_text("utf-8")
    assert words in page and "<svg" in page and "&lt;b&gt;" in page and "<b>粗" not in page
    assert not re.search(r"<script|<link|src=|url\(|https?://(?!www\.w3\.org)", page)


def test_what_may_be_published_holds_no_person(run: Run, folder: Path) -> None:
    out = folder / "out"
    assert run("consensus", "map", folder, "-o", out, "--public").status == 0
    assert not (out / "participants.csv").exists()
    assert json.loads((out / "map.json").read_text("utf-8"))["participants"] == []
    assert "circle cx" not in (out / "report.zh.html").read_text("utf-8").partition('class="plane"')[2][:200]


def test_refused_statements_can_be_left_out(run: Run, folder: Path) -> None:
    assert run("consensus", "map", folder, "--accepted", "--json").json["counts"]["statements"] == 19
    assert run("consensus", "map", folder, "--json").json["counts"]["statements"] == 20


def test_the_matrix_says_the_same_as_the_lines(run: Run, folder: Path) -> None:
    lines = run("consensus", "map", folder / "votes.csv", "--json").json
    (p, s, v), _ = planted(2, 2, people=150, statements=20)
    cells = {(a, b): c for a, b, c in zip(p, s, v, strict=True)}
    head = "participant,group-id,n-comments,n-votes,n-agree,n-disagree," + ",".join(map(str, range(20)))
    rows = [f"{a},0,0,0,0,0," + ",".join(str(cells.get((a, b), "")) for b in range(20)) for a in range(150)]
    (folder / "participants-votes.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    matrix = run("consensus", "map", folder / "participants-votes.csv", "--json").json
    for told in (lines, matrix):
        told["counts"].pop("replaced"), told.pop("timings")
    assert lines == matrix


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_plain_table_in_chinese(run: Run, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "表.csv"
    file.write_text("参与者,看法,态度\n老王,修路,同意\n老李,修路,反对\n老李,种树,弃权\n", encoding=encoding)
    told = run("consensus", "map", file, "--json").json
    assert told["counts"]["participants"] == 2 and told["participant_names"] == ["老李", "老王"]
    assert {s["text"]: (s["agree"], s["disagree"], s["passed"]) for s in told["statements"]} == {
        "修路": (1, 1, 0), "种树": (0, 0, 1)
    }  # fmt: skip


def test_three_numbers_a_line_need_no_heading(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("1,1,1\n2,1,-1\r\n\n3,1,0", encoding="utf-8")
    told = run("consensus", "map", file, "--json").json
    assert told["counts"] | {"placed": 0} == {
        "participants": 3,
        "placed": 0,
        "statements": 1,
        "votes": 3,
        "replaced": 0,
    }


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "bad.csv", "the file is empty"),
        ("participant,statement,vote\n", "bad.csv", "holds no votes"),
        ("name,colour\na,b\n", "bad.csv:1", "unknown heading"),
        ("participant,statement,vote\n1,1,1\n2,1,7\n", "bad.csv:3", "unknown answer “7”"),
        ("participant,statement,vote\n1,1,1\n2,1,maybe\n3,1\n", "bad.csv:3", "unknown answer “maybe”"),
        ("participant,statement,vote\n1,1,1\n3,1\n", "bad.csv:3", "has only 2 columns"),
        ("participant,statement,vote\n,1,1\n", "bad.csv:2", "does not say who"),
        ("participant,group-id,n-votes,0,1\n4,0,2,1,1\n4,0,2,1,x\n", "bad.csv:3", "unknown answer “x”"),
        ("participant,group-id,n-votes,0,1\n4,0,2,1\n", "bad.csv:2", "4 columns, the heading has 5"),
        ("participant,group-id,n-votes,0,1\n4,0,2,1,1\n4,0,2,1,1\n", "bad.csv", "4 has two lines"),
    ],
)
def test_a_broken_file_is_named_by_line_in_both_languages(
    run: Run, tmp_path: Path, text: str, place: str, words: str
) -> None:
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    done = run("consensus", "map", tmp_path / "bad.csv", "-o", tmp_path / "out")
    assert done.status == 1 and f"{place}: " in done.err and words in done.err
    assert f"{place}：" in done.err and not (tmp_path / "out").exists()


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("consensus", "map", tmp_path / "none.csv")
    assert done.status == 2 and "cannot read" in done.err


def test_both_methods_side_by_side(run: Run, folder: Path) -> None:
    told = run("consensus", "compare", folder, "-o", folder / "out", "--json").json
    assert set(told["methods"]) == {"shangliang", "polis"} and 0 <= told["same_top"] <= 10
    for figures in told["methods"].values():
        assert 0 < figures["error"] < 1 and 0.5 < figures["area"] <= 1 and figures["groups"]
    assert {p.name for p in (folder / "out").iterdir()} == {
        "compare.json",
        "compare.zh.html",
        "compare.en.html",
    }
    assert "猜隐藏回答的误差" in run("consensus", "compare", folder).out


def test_a_public_conversation_by_folder(run: Run) -> None:
    p, _, _ = public("brexit-consensus")
    told = run("consensus", "map", FOLDER / "brexit-consensus", "--json").json
    assert told["counts"]["votes"] == len(p) and told["counts"]["replaced"] == 9
