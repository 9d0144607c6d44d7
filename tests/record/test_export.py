"""A book in a file: read back by us, and by the verifier that shares none of our code."""

import ast
import io
import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shangliang.errors import NotFound
from shangliang.record import shangliang_verify
from shangliang.record.chain import Report
from shangliang.record.digests import digest
from shangliang.record.erasure import erase_text
from shangliang.record.export import export_book, verify_export

SCRIPT = Path(shangliang_verify.__file__)


def exported(unit: str = "u1", *, with_texts: bool = False) -> bytes:
    stream = io.BytesIO()
    export_book(unit, stream, with_texts=with_texts)
    return stream.getvalue()


def verified(data: bytes, since_head: str | None = None) -> Report:
    return verify_export(io.BytesIO(data), since_head)


def run(*arguments: object) -> tuple[int, str]:
    """The stand-alone verifier in a process of its own, outside our packages: exit status and what it said."""
    command = [sys.executable, "-I", str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


@pytest.fixture
def book(writer: Any) -> list[Any]:
    """Six entries with sealed texts, one of them erased."""
    made = writer.book(entries=6)
    erase_text([made[2].body["sealed"]["words"]["id"]], date(2025, 3, 2))
    return list(made)


def test_the_file(book: list[Any]) -> None:
    lines = [json.loads(line) for line in exported().splitlines()]
    assert lines[0] == {
        "format": "shangliang-book",
        "version": 1,
        "book": "u1",
        "algorithm": "sha256",
        "clock": "server",
        "length": 6,
        "head": book[-1].digest,
    }
    assert lines[1:] == [{"digest": each.digest, "text": each.text} for each in book]
    assert "路灯".encode() not in exported()


def test_the_file_with_texts(book: list[Any]) -> None:
    lines = [json.loads(line) for line in exported(with_texts=True).splitlines()]
    ids = [each.body["sealed"]["words"]["id"] for each in book]
    assert [line["sealed"] for line in lines if "sealed" in line] == ids
    assert lines[2]["text"] == "路灯坏了，第0次反映。" and len(lines[2]["salt"]) == 64
    assert lines[6] == {"sealed": ids[2], "erased": "2025-03-02"}


def test_there_is_no_file_without_a_book(db: None) -> None:
    with pytest.raises(NotFound):
        export_book("nowhere", io.BytesIO())


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
@pytest.mark.parametrize("entries", [0, 1, 5])
def test_both_verifiers_accept_a_sound_book(
    writer: Any, tmp_path: Path, algorithm: str, entries: int
) -> None:
    writer.book(entries=entries, algorithm=algorithm)
    for texts in (False, True):
        data = exported(with_texts=texts)
        report = verified(data)
        assert (report.ok, report.book, report.entries) == (True, "u1", entries)
        (tmp_path / "u1.jsonl").write_bytes(data)
        status, said = run(tmp_path / "u1.jsonl")
        assert status == 0 and "valid" in said and "有效" in said


def test_a_digest_noted_earlier_must_still_be_there(book: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "u1.jsonl"
    file.write_bytes(exported())
    assert verified(exported(), since_head=book[2].digest).ok
    assert run(file, "--head", book[2].digest)[0] == 0
    assert not verified(exported(), since_head="ab" * 32).ok
    status, said = run(file, "--head", "ab" * 32)
    assert status == 1 and "NOT valid" in said


def test_one_altered_entry_is_named_by_both(book: list[Any], tmp_path: Path) -> None:
    data = exported().replace(b'\\"seq\\":4', b'\\"seq\\": 4')
    assert [problem.seq for problem in verified(data).problems] == [4]
    (tmp_path / "u1.jsonl").write_bytes(data)
    status, said = run(tmp_path / "u1.jsonl")
    assert status == 1 and "entry 4:" in said and "第 4 条" in said


def forge(original: bytes, seq: int, **changes: object) -> bytes:
    """What the owner of the database can do: rewrite an entry and everything after it."""
    lines = [json.loads(line) for line in original.splitlines()]
    previous = lines[seq - 1].get("digest", "")
    for number in range(seq, len(lines)):
        body = json.loads(lines[number]["text"]) | {"prev": previous} | (changes if number == seq else {})
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = digest("sha256", text)
        lines[number] = {"digest": previous, "text": text}
    lines[0]["head"] = previous
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def test_a_book_rewritten_to_its_end_is_only_found_from_outside(book: list[Any], tmp_path: Path) -> None:
    data = forge(exported(), 3, data={"present": 230})
    file, published = tmp_path / "u1.jsonl", tmp_path / "published.txt"
    file.write_bytes(data)
    published.write_text(f"# 公布的摘要\nu1 4 {book[3].digest}\n", encoding="utf-8")
    assert verified(data).ok and run(file)[0] == 0
    assert not verified(data, since_head=book[3].digest).ok
    assert run(file, "--head", book[3].digest)[0] == 1
    status, said = run(file, "--anchor", published)
    assert status == 1 and "entry 4:" in said
    file.write_bytes(exported())
    assert run(file, "--anchor", published)[0] == 0


def test_anchored_heads_are_looked_for_in_the_other_books(
    book: list[Any], writer: Any, tmp_path: Path
) -> None:
    writer.open("town")
    heads = [
        {"book": "u1", "length": 5, "head": book[4].digest},
        {"book": "u9", "length": 2, "head": "ab" * 32},
    ]
    writer.add("town", act="anchor", data={"heads": heads})
    child, parent = tmp_path / "u1.jsonl", tmp_path / "town.jsonl"
    child.write_bytes(exported())
    parent.write_bytes(exported("town"))
    status, said = run(tmp_path)
    assert status == 0 and "anchored heads found: 1" in said and "not among the files: 1" in said
    assert run(child, "--anchor", parent)[0] == 0
    child.write_bytes(forge(exported(), 2, data={}))
    status, said = run(tmp_path)
    assert status == 1 and "rewritten" in said
    # Cut off behind entry 4, with a header to match.
    lines = exported().splitlines(keepends=True)[:5]
    header = json.loads(lines[0]) | {"length": 4, "head": book[3].digest}
    child.write_bytes(b"".join([json.dumps(header).encode() + b"\n", *lines[1:]]))
    assert run(child)[0] == 0
    status, said = run(tmp_path)
    assert status == 1 and "cut short" in said


def test_nothing_to_verify_is_not_a_verdict(tmp_path: Path) -> None:
    assert run(tmp_path / "missing.jsonl")[0] == 2
    assert run(tmp_path)[0] == 2
    assert run()[0] == 2
    (tmp_path / "other.jsonl").write_bytes(b"anything else\n")
    assert run(tmp_path)[0] == 1
    assert not verified(b"anything else\n").ok
    assert not verified(b"").ok


def damage(data: bytes, source: random.Random) -> bytes:
    """Something a disk, an editor or an ill-wisher does to a file."""
    lines = data.splitlines(keepends=True)
    one, other = (source.randrange(len(lines)) for _ in range(2))
    place = source.randrange(len(data))
    match source.randrange(8):
        case 0:
            return data[:place] + bytes([data[place] ^ (1 << source.randrange(8))]) + data[place + 1 :]
        case 1:
            return data[:place] + data[place + source.randrange(1, 40) :]
        case 2:
            return data[:place] + source.randbytes(source.randrange(1, 5)) + data[place:]
        case 3:
            return b"".join(lines[:one] + lines[one + 1 :])
        case 4:
            lines[one], lines[other] = lines[other], lines[one]
            return b"".join(lines)
        case 5:
            return b"".join([*lines[:one], lines[other], *lines[one:]])
        case 6:
            return data[:place]
        case _:
            return data[:place] + data[place:].translate(bytes.maketrans(b"0123456789", b"1234567890"), b"")


def test_both_verifiers_agree_on_damaged_files(book: list[Any], tmp_path: Path) -> None:
    source = random.Random(20250301)
    originals = [exported(), exported(with_texts=True)]
    files = {tmp_path / f"{n:03}.jsonl": damage(originals[n % 2], source) for n in range(400)}
    for file, data in files.items():
        file.write_bytes(data)
    said = run(tmp_path)[1]
    verdicts = {
        Path(line[2:].split(":")[0]): line[0] == "✓" for line in said.splitlines() if ".jsonl" in line
    }
    ours = {file: verified(data).ok for file, data in files.items()}
    assert verdicts == ours
    # What passed has every entry and the header as they were: only sealed texts may be missing or doubled,
    # and a tombstone's day is not covered by any digest.
    for file in (file for file, sound in ours.items() if sound):
        lines = [json.loads(line) for line in files[file].splitlines()]
        assert lines[0] == json.loads(originals[0].splitlines()[0])
        assert [line["text"] for line in lines if "digest" in line] == [each.text for each in book]
    assert 0 < sum(ours.values()) < 40


def test_the_script_runs_on_python_3_8() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    assert "from __future__ import annotations" in lines
