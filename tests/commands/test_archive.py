"""``archive``: the file of one matter, and the four tests of it."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.commands.conftest import ROAD, Run, jsonl

from shangliang.archive.check import check_package
from shangliang.archive.package import Rendered, package
from shangliang.cases.models import Matter
from shangliang.errors import Conflict

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nwords\n%%EOF\n"
PAPERS = (Rendered("minutes", "协商纪要", PDF), Rendered("notice", "会议通知", PDF, extra="镇交通站"))


@pytest.fixture
def packed(whole: str) -> bytes:
    return package(Matter.objects.get(pk=whole), PAPERS)


_KEPT: list[bytes] = []


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> bytes:
    """A sound file, made once for all tests that only look at its bytes."""
    if not _KEPT:
        _KEPT.append(package(Matter.objects.get(pk=request.getfixturevalue("whole")), PAPERS))
    return _KEPT[0]


def changed(data: bytes, change: Callable[[dict[str, bytes]], object], *, sealed: bool = False) -> bytes:
    """The file with its parts changed; ``sealed`` writes the manifest's digests anew, as a forger would."""
    import hashlib

    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    if sealed:
        manifest = json.loads(parts["manifest.json"])
        for name in manifest["parts"]:
            manifest["parts"][name]["sha256"] = hashlib.sha256(parts[name]).hexdigest()
        parts["manifest.json"] = json.dumps(manifest).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def failing(data: bytes) -> set[str]:
    return {p.test for p in check_package(data)}


def test_a_file_is_sound_and_the_same_each_time(packed: bytes, whole: str) -> None:
    assert check_package(packed) == []
    assert package(Matter.objects.get(pk=whole), PAPERS) == packed


def test_it_holds_what_belongs_to_it(packed: bytes, whole: str) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        catalogue = json.loads(file.read("catalogue.json"))
        entries = [json.loads(line) for line in file.read("entries.jsonl").splitlines()]
        texts = [json.loads(line) for line in file.read("texts.jsonl").splitlines()]
        book = file.read("book.jsonl").decode()
    assert [i["title"] for i in catalogue] == ["协商纪要", "会议通知（镇交通站）", "会议记录"]
    assert catalogue[2]["place"] == "村委会2号柜" and catalogue[2]["pages"] == 3
    acts = [json.loads(e["text"])["act"] for e in entries]
    assert acts[0] == "intake" and acts[-1] == "accept_archive" and "hold_meeting" in acts
    assert any("娃娃上学" in t.get("text", "") for t in texts)
    assert "娃娃上学" not in book and "found_unit" in book


def test_the_book_in_it_verifies_without_us(kept: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(kept)) as file:
        file.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "shangliang_verify.py"), str(tmp_path / "book.jsonl")],
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout


def test_erased_texts_leave_their_day(run: Run, whole: str) -> None:
    withdraw = {"act": "withdraw", "entered_by": "public", "matter": whole, "entered_at": "2025-06-01T09:00"}
    assert run("perform", "-", "--simulated", stdin=jsonl([withdraw])).status == 0
    data = package(Matter.objects.get(pk=whole), ())
    assert check_package(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        texts = file.read("texts.jsonl").decode()
    assert "老于" not in texts and '"erased":"2025-06-01"' in texts


def test_a_matter_under_way_has_no_file(run: Run, village: None, tmp_path: Path) -> None:
    (made,) = run("perform", "-", stdin=jsonl([ROAD])).lines
    number = made["entry"]["subject"].partition(":")[2]
    with pytest.raises(Conflict):
        package(Matter.objects.get(pk=number), ())
    done = run("archive", "export", number, "-o", tmp_path / "a.zip")
    assert done.status == 1 and not (tmp_path / "a.zip").exists()
    assert run("archive", "export", "ZZZZZZ", "-o", tmp_path / "a.zip").status == 1


def other_words(parts: dict[str, bytes]) -> None:
    parts["texts.jsonl"] = parts["texts.jsonl"].replace("娃娃".encode(), "大人".encode())


def other_entry(parts: dict[str, bytes]) -> None:
    parts["entries.jsonl"] = parts["entries.jsonl"].replace(b"2025-03-20", b"2025-03-21")


def other_book(parts: dict[str, bytes]) -> None:
    parts["book.jsonl"] = parts["book.jsonl"].replace(b"2025-03-20", b"2025-03-21")


def entry_gone(parts: dict[str, bytes]) -> None:
    parts["entries.jsonl"] = b"".join(parts["entries.jsonl"].splitlines(keepends=True)[1:])


def text_gone(parts: dict[str, bytes]) -> None:
    parts["texts.jsonl"] = b"".join(parts["texts.jsonl"].splitlines(keepends=True)[1:])


def put(name: str, data: bytes) -> Callable[[dict[str, bytes]], object]:
    return lambda parts: parts.update({name: data})


def drop(name: str) -> Callable[[dict[str, bytes]], object]:
    return lambda parts: parts.pop(name)


@pytest.mark.parametrize(
    ("change", "test"),
    [
        (other_words, "authentic"),
        (other_entry, "authentic"),
        (other_book, "authentic"),
        (put("papers/01-minutes.pdf", PDF + b"%%EOF\n"), "authentic"),
        (entry_gone, "complete"),
        (text_gone, "complete"),
        (drop("papers/01-minutes.pdf"), "complete"),
        (drop("目录.csv"), "complete"),
        (drop("manifest.json"), "complete"),
        (put("papers/09-extra.pdf", PDF), "complete"),
        (put("papers/01-minutes.pdf", b"no pdf"), "usable"),
        (put("papers/01-minutes.pdf", PDF[:-8]), "usable"),
        (put("catalogue.json", b"{"), "usable"),
        (put("texts.jsonl", b"\xff\n"), "usable"),
        (put("run.exe", b"MZ"), "safe"),
        (put("../out.txt", b"x"), "safe"),
        (put("papers/01-minutes.pdf", PDF.replace(b"words", b"/JavaScript (x)")), "safe"),
        (put("papers/01-minutes.pdf", b"MZ"), "safe"),
        (put("shangliang_verify.py", b"print('sound')"), "safe"),
    ],
)
def test_what_was_changed_is_found(
    kept: bytes, change: Callable[[dict[str, bytes]], object], test: str
) -> None:
    found = check_package(changed(kept, change))
    assert test in {p.test for p in found}, found
    assert all(p.zh and p.en for p in found)


@pytest.mark.parametrize("change", [other_words, other_entry, other_book, entry_gone, text_gone])
def test_a_manifest_written_anew_does_not_help(
    kept: bytes, change: Callable[[dict[str, bytes]], object]
) -> None:
    assert failing(changed(kept, change, sealed=True)) & {"authentic", "complete"}


@pytest.mark.parametrize(
    "noise", [b"", b"PK", b"[" * 99_999, b"null", b"5", b'{"parts": 5, "book": []}', b"\x00"]
)
def test_any_noise_is_answered(kept: bytes, noise: bytes) -> None:
    assert check_package(noise)
    for name in ("manifest.json", "catalogue.json", "entries.jsonl", "texts.jsonl", "book.jsonl", "目录.csv"):
        assert check_package(changed(kept, put(name, noise)))
    assert check_package(kept[: len(kept) // 2])


def test_the_commands(run: Run, whole: str, tmp_path: Path) -> None:
    file = tmp_path / "road.zip"
    done = run("archive", "export", whole.lower(), "-o", file, "--json")
    assert done.status == 0, done
    assert done.json["papers"] > 5 and done.json["problems"] == []
    assert run("archive", "verify", file).status == 0
    file.write_bytes(changed(file.read_bytes(), other_words))
    told: Any = run("archive", "verify", file, "--json")
    assert told.status == 1 and told.json["problems"][0]["test"] == "authentic"
    assert run("archive", "verify", tmp_path / "none.zip").status == 2
