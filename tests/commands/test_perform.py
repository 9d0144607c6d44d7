"""``perform``: one act a line, one result a line, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.commands.conftest import ROAD, VILLAGE, Run, jsonl, line, worked

pytestmark = pytest.mark.django_db


def test_the_worked_file_of_the_documentation_runs(run: Run, whole: str) -> None:
    from shangliang.cases.models import Matter, Meeting, Publication

    matter = Matter.objects.get(pk=whole)
    assert (matter.ended, matter.result) == ("completed", "solved")
    meeting = Meeting.objects.get()
    assert meeting.held_on.isoformat() == "2025-03-20"
    assert meeting.recorded_on is not None and meeting.recorded_on.isoformat() == "2025-03-24"
    assert str(Publication.objects.get().board_on) == "2025-03-26"
    assert matter.overrides.get().used_by
    assert run("replay").status == 0
    assert run("verify").status == 0


def test_an_act_gives_its_entry(run: Run, village: None) -> None:
    done = run("perform", "-", stdin=jsonl([ROAD]))
    (result,) = done.lines
    entry = result["entry"]
    assert done.status == 0
    assert (result["line"], entry["book"], entry["seq"], entry["act"]) == (1, "village", 4, "intake")
    assert len(entry["digest"]) == 64
    assert entry["subject"].startswith("matter:")


def test_a_refusal_teaches_and_the_next_line_is_done(run: Run, village: None) -> None:
    screen = line("screen", "p-wang", matter="@road", decided_by="clerk", data={"discuss": "livelihood"})
    forward = line("put_forward", "p-wang", matter="@road", data={"title": "西胡同路面"})
    done = run("perform", "-", stdin=jsonl([{**ROAD, "as": "road"}, forward, screen, ROAD]))
    assert done.status == 1
    assert ["entry" in each for each in done.lines] == [True, True, False, True]
    findings = done.lines[2]["refused"]
    assert len(findings) > 1, "every reason at once"
    assert {"code", "gate", "say", "say_en", "satisfy", "clause", "override", "field"} <= findings[0].keys()
    clauses = [f["clause"] for f in findings if f["clause"]]
    assert clauses and all(c["cite"] and c["text"] and c["origin"] for c in clauses)


def test_stop(run: Run, village: None) -> None:
    done = run(
        "perform", "-", "--stop", stdin=jsonl([ROAD, {"act": "no_such", "entered_by": "system"}, ROAD])
    )
    assert done.status == 1
    assert [each["line"] for each in done.lines] == [1, 2]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "JSON"),
        (b"[]", "object"),
        (b'"act"', "object"),
        (b'{"act": 1, "entered_by": "system"}', "act"),
        (b'{"act": "intake"}', "entered_by"),
        (b'{"act": "intake", "entered_by": "public", "data": []}', "data"),
        (b'{"act": "intake", "entered_by": "public", "act": "merge"}', "twice"),
        (b'{"act": "intake", "entered_by": "public", "data": {"words": NaN}}', "NaN"),
        (b'{"act": "intake", "entered_by": "public", "happened_on": "31.12.2025"}', "happened_on"),
        (b'{"act": "intake", "entered_by": "public", "unit": "village", "data": {"words": 5}}', "words"),
        (b'{"act": "intake", "entered_by": "public", "unit": "village", "data": {"nothing": 5}}', "nothing"),
        (b'{"act": "intake", "entered_by": "public", "unit": "' + b"v" * 33 + b'"}', "unit"),
        (b'{"act": "intake", "entered_by": "public", "unit": "a\\u0000b"}', "unit"),
        (b'{"act": "intake", "entered_by": "public", "unit": "@nobody"}', "@nobody"),
        (b'{"act": "intake", "entered_by": "public", "as": "a.b"}', "as"),
        (b"[" * 100_000, "JSON"),
        ("意见".encode("gbk"), "UTF-8"),
        (
            b'{"act": "intake", "entered_by": "public", "data": {"words": "' + b"x" * 10_000_000 + b'"}}',
            "too long",
        ),
    ],
)
def test_what_cannot_be_read_is_said_and_passed_over(run: Run, village: None, raw: bytes, said: str) -> None:
    done = run("perform", "-", stdin=raw + b"\n" + jsonl([ROAD]))
    bad, good = done.lines
    assert said in json.dumps(bad["malformed"], ensure_ascii=False)
    assert bad["line"] == 1 and good["line"] == 2 and "entry" in good
    assert done.status == 1


def test_empty_lines_and_comments_are_passed_over_but_counted(run: Run, village: None) -> None:
    done = run("perform", "-", stdin=b"\xef\xbb\xbf# words\n\n   \n\r\n" + jsonl([ROAD])[:-1])
    assert [each["line"] for each in done.lines] == [5]
    assert done.status == 0


@pytest.mark.parametrize(
    "odd",
    [
        {"act": "intake", "entered_by": "public", "unit": "nowhere", "data": {"words": "x"}},
        {"act": "put_forward", "entered_by": "p-wang", "matter": "ZZZZZZ", "data": {"title": "x"}},
        {"act": "intake", "entered_by": "public", "unit": "village", "data": {"words": "\0"}},
        {"act": "intake", "entered_by": "public", "unit": "village", "data": {"words": "\ud800"}},
        {"act": "put_forward", "entered_by": "p-wang", "matter": "ZZZZZZ", "decided_by": {"body": 5}},
        {
            "act": "found_unit",
            "entered_by": "system",
            "data": {"name": "甲", "kind": "town", "parent": "nowhere"},
        },
        {
            "act": "amend_unit",
            "entered_by": "p-wang",
            "unit": "village",
            "decided_by": {"body": "party", "unit": "no"},
        },
        {"act": "amend_unit", "entered_by": "p-wang", "unit": "village", "decided_by": {"post": {"a": 1}}},
    ],
)
def test_odd_lines_are_answered_and_change_nothing(run: Run, village: None, odd: dict[str, Any]) -> None:
    from shangliang.record.models import Entry

    before = Entry.objects.count()
    done = run("perform", "-", stdin=(json.dumps(odd) + "\n").encode())
    assert done.status in (0, 1)
    (result,) = done.lines
    assert Entry.objects.count() == before + ("entry" in result)


def test_a_key_gives_the_earlier_entry_back(run: Run, village: None) -> None:
    keyed = {**ROAD, "key": "liushu-1"}
    other = {**keyed, "data": {"words": "别的事。"}}
    first, again, conflict = run("perform", "-", stdin=jsonl([keyed, keyed, other])).lines
    assert again == {**first, "line": 2, "repeated": True}
    assert "conflict" in conflict
    (later,) = run("perform", "-", stdin=jsonl([keyed])).lines
    assert later["repeated"] and later["entry"] == first["entry"]


def test_a_line_without_a_key_is_done_each_time(run: Run, village: None) -> None:
    first, second = run("perform", "-", stdin=jsonl([ROAD, ROAD])).lines
    assert first["entry"]["subject"] != second["entry"]["subject"]


def test_labels_name_subjects_rows_and_entries(run: Run, village: None) -> None:
    from shangliang.people.models import Post
    from shangliang.record.models import SealedText

    lines = [
        line(
            "appoint",
            unit="village",
            data={"role": "grid_worker", "person": "p-x", "name": "张兰"},
            **{"as": "x"},
        ),
        line("release", unit="@x", data={"post": "@x.0"}),
        {**ROAD, "as": "road", "data": {"words": "@x 说路不好走"}},
        line("put_forward", "p-wang", matter="@road", data={"title": "路面"}, **{"as": "title"}),
        line(
            "correct",
            "p-wang",
            matter="@road",
            data={"entry": "@title.entry", "field": "title", "text": "西胡同路面", "reason": "写短了"},
        ),
    ]
    done = run("perform", "-", stdin=jsonl(lines))
    assert done.status == 0, done.out
    assert Post.objects.get(person="p-x").until is not None
    assert SealedText.objects.filter(text="@x 说路不好走").exists()


def test_simulated_time_is_for_books_that_say_so(run: Run, db: None) -> None:
    from shangliang.record.models import Book, Entry

    timed = [{**each, "entered_at": f"2025-03-03T09:0{n}"} for n, each in enumerate(VILLAGE)]
    assert run("perform", "-", "--simulated", stdin=jsonl(timed)).status == 0
    assert set(Book.objects.values_list("clock", flat=True)) == {"simulated"}
    assert str(Entry.objects.order_by("id")[0].entered_at) == "2025-03-03 01:00:00+00:00"
    (bad,) = run("perform", "-", "--simulated", stdin=jsonl([{**ROAD, "entered_at": "soon"}])).lines
    assert bad["malformed"][0]["field"] == "entered_at"


def test_simulated_time_is_refused_beside_real_books(run: Run, village: None) -> None:
    done = run("perform", "-", "--simulated", stdin=jsonl([{**ROAD, "entered_at": "2025-03-03T09:00"}]))
    assert (done.status, done.out) == (1, "")
    assert "clock" in done.err


def test_entered_at_needs_simulated(run: Run, village: None) -> None:
    (result,) = run("perform", "-", stdin=jsonl([{**ROAD, "entered_at": "2025-03-03T09:00"}])).lines
    assert result["malformed"][0]["field"] == "entered_at"


def test_a_file_that_is_not_there_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("perform", tmp_path / "none.jsonl").status == 2
    assert run("perform").status == 2


def test_as_a_process(tmp_path: Path) -> None:
    file = tmp_path / "road.jsonl"
    file.write_text(worked(), "utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHANGLIANG_", "PYTEST_"))}
    kept |= {"SHANGLIANG_DATA_DIR": str(tmp_path), "SHANGLIANG_DEMO": "1"}

    def shangliang(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "shangliang", *words]
        return subprocess.run(command, env=kept, capture_output=True, text=True, timeout=120)

    assert shangliang("migrate").returncode == 0
    done = shangliang("perform", str(file), "--simulated")
    assert done.returncode == 0, done.stdout
    assert done.stderr == "", "no progress where nobody watches"
    assert json.loads(shangliang("verify", "--json").stdout)["problems"] == []
    assert shangliang("replay").returncode == 0
