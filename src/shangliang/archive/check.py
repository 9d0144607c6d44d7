"""The four tests of an electronic file (电子档案“四性”, DA/T 70): authentic, complete, usable, safe.

``check_package`` reads the ZIP alone: it needs no database and none of the rooms below except the record's formats.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from shangliang.archive.gathered import differing
from shangliang.archive.package import FORMAT, VERSION, verifier
from shangliang.archive.parts import bodies, claimed, lines, listing, mapping, sealed
from shangliang.record.digests import ALGORITHMS, commitment, digest
from shangliang.record.export import verify_export

Test = Literal["authentic", "complete", "usable", "safe"]
NAMES = {"authentic": "真实性", "complete": "完整性", "usable": "可用性", "safe": "安全性"}

NEEDED = (
    "manifest.json", "catalogue.json", "目录.csv", "entries.jsonl", "texts.jsonl", "book.jsonl",
    "shangliang_verify.py", "说明.txt",
)  # fmt: skip
KNOWN = re.compile(r"papers/\d{2,}-[a-z0-9_]+\.pdf|attachments/[0-9a-f]{64}\.\w{1,4}|gatherings/\d+\.json")
MOST_BYTES = 2 * 1024**3
ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/AA ")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
STARTS = {".pdf": (b"%PDF-",), ".png": (b"\x89PNG",), ".jpg": (b"\xff\xd8",), ".tif": (b"II*\0", b"MM\0*")}


class Problem(NamedTuple):
    """What one of the four tests found, and in which part."""

    test: Test
    part: str
    zh: str
    en: str


def check_package(source: Path | bytes) -> list[Problem]:
    """Everything the four tests find; an empty list is a sound file."""
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as packed:
            found = list(_entries_of_zip(packed))
            if any(p.test == "safe" for p in found):
                return found  # a part that may do harm is not opened
            parts, broken = _read(packed)
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return [Problem("usable", "", "不是能打开的ZIP文件", "This is no readable ZIP file")]
    found += broken
    found += _complete(parts)
    found += _safe(parts)
    found += _usable(parts)
    found += _authentic(parts)
    return found


def _entries_of_zip(packed: zipfile.ZipFile) -> Iterator[Problem]:
    names: set[str] = set()
    if sum(i.file_size for i in packed.infolist()) > MOST_BYTES:
        yield Problem("safe", "", "解开后太大", "It unpacks to too much")
    for info in packed.infolist():
        name = info.filename
        if name in names:
            yield Problem("safe", name, "同名文件出现两次", "There are two parts of this name")
        names.add(name)
        if info.flag_bits & 1:
            yield Problem("safe", name, "加了密，打不开", "It is encrypted")
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            yield Problem("safe", name, "是链接", "It is a link")
        if name not in NEEDED and not KNOWN.fullmatch(name):
            yield Problem("safe", name, "不该有这个文件", "This part does not belong here")


def _read(packed: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Problem]]:
    parts: dict[str, bytes] = {}
    found = []
    for info in packed.infolist():
        try:
            parts[info.filename] = packed.read(info)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError):
            found.append(
                Problem("usable", info.filename, "读不出来，已损坏", "It is damaged and cannot be read")
            )
    return parts, found


def _complete(parts: dict[str, bytes]) -> Iterator[Problem]:
    """Everything that must be there is, and everything the manifest and the catalogue name."""
    for name in NEEDED:
        if name not in parts:
            yield Problem("complete", name, "缺少这个文件", "This part is missing")
    manifest = mapping(parts, "manifest.json")
    stated = manifest.get("parts")
    for name in stated if isinstance(stated, dict) else {}:
        if name not in parts and name not in NEEDED:
            yield Problem("complete", name, "清单里有，文件不在", "The manifest names it; it is not there")
    for name in parts:
        if isinstance(stated, dict) and name not in stated and name != "manifest.json":
            yield Problem("complete", name, "清单里没有这个文件", "The manifest does not name it")
    listed = set()
    for item in listing(parts, "catalogue.json"):
        path = item.get("path") if isinstance(item, dict) else None
        listed.add(path)
        if path and path not in parts:
            yield Problem(
                "complete", str(path), "目录里有，文件不在", "The catalogue names it; it is not there"
            )
    for name in parts:
        if KNOWN.fullmatch(name) and name not in listed:
            yield Problem("complete", name, "目录里没有这个文件", "The catalogue does not name it")
    entries = list(lines(parts, "entries.jsonl"))
    if manifest and manifest.get("entries") != len(entries):
        yield Problem(
            "complete", "entries.jsonl", "条数与清单不符", "The number of entries is not the manifest's"
        )
    matter = f"matter:{manifest.get('matter')}"
    there = {e.get("seq") for e in entries}
    for body in bodies(lines(parts, "book.jsonl")):
        if body.get("on") == matter and body.get("seq") not in there:
            seq = body.get("seq")
            zh, en = f"缺这件事在记录簿里的第{seq}条", f"Entry {seq} of the book, on this matter, is missing"
            yield Problem("complete", "entries.jsonl", zh, en)
    told = {t.get("sealed") for t in lines(parts, "texts.jsonl")}
    for body in bodies(entries):
        for each in sealed(body):
            if each.get("id") not in told:
                zh, en = f"缺封存文字{each.get('id')}", f"Sealed text {each.get('id')} is missing"
                yield Problem("complete", "texts.jsonl", zh, en)


def _safe(parts: dict[str, bytes]) -> Iterator[Problem]:
    """Nothing in it runs, and nothing is left of what was erased."""
    for name, data in parts.items():
        if not KNOWN.fullmatch(name):
            continue
        if data.startswith(PROGRAMS):
            yield Problem("safe", name, "是可执行文件", "It is a program")
        if name.endswith(".pdf") and any(word in data for word in ACTIVE):
            yield Problem("safe", name, "PDF里有会自动运行的内容", "The PDF holds active content")
    if "shangliang_verify.py" in parts and parts["shangliang_verify.py"] != verifier():
        zh, en = (
            "不是本系统附带的验证程序，请不要运行",
            "It is not the verifier that belongs here; do not run it",
        )
        yield Problem("safe", "shangliang_verify.py", zh, en)
    for line in lines(parts, "texts.jsonl"):
        if "erased" in line and line.get("text"):
            yield Problem("safe", "texts.jsonl", "已删除的文字还在", "A text marked erased is still there")


def _usable(parts: dict[str, bytes]) -> Iterator[Problem]:
    """Each part can be read as what it says it is, today and without us."""
    for name, data in parts.items():
        suffix = name[name.rfind(".") :]
        if not data:
            if name != "texts.jsonl":  # a matter may have sealed nothing
                yield Problem("usable", name, "是空的", "It is empty")
        elif suffix in STARTS and KNOWN.fullmatch(name) and not data.startswith(STARTS[suffix]):
            yield Problem(
                "usable", name, f"不是{suffix[1:].upper()}文件", f"It is no {suffix[1:].upper()} file"
            )
        elif suffix == ".pdf" and b"%%EOF" not in data[-1024:]:
            yield Problem("usable", name, "PDF不完整", "The PDF is cut off")
        elif suffix in (".json", ".jsonl", ".csv", ".txt") and not name.startswith("attachments/"):
            yield from _readable(name, data)


def _readable(name: str, data: bytes) -> Iterator[Problem]:
    wanted = list if name == "catalogue.json" else dict
    try:
        text = data.decode()
        lines = text.split("\n") if name.endswith(".jsonl") else [text] if name.endswith(".json") else []
        sound = all(isinstance(json.loads(line), wanted) for line in lines if line)
    except (ValueError, RecursionError):
        sound = False
    if not sound:
        yield Problem("usable", name, "读不懂", "It cannot be understood")


def _authentic(parts: dict[str, bytes]) -> Iterator[Problem]:
    """Each part is what the manifest sealed; entries, texts and chain agree."""
    manifest = mapping(parts, "manifest.json")
    if manifest and (manifest.get("format"), manifest.get("version")) != (FORMAT, VERSION):
        yield Problem("usable", "manifest.json", "不认识这种案卷", "This kind of file is not known here")
        return
    stated = manifest.get("parts")
    for name, said in (stated if isinstance(stated, dict) else {}).items():
        if name in parts and claimed(said, "sha256") != hashlib.sha256(parts[name]).hexdigest():
            yield Problem(
                "authentic", name, "与清单里的摘要不符", "It does not have the digest in the manifest"
            )
    for item in listing(parts, "catalogue.json"):
        path = claimed(item, "path")
        if path in parts and claimed(item, "sha256") != hashlib.sha256(parts[path]).hexdigest():
            yield Problem(
                "authentic", path, "与目录里的摘要不符", "It does not have the digest in the catalogue"
            )
    yield from _chained(parts, manifest)
    yield from _committed(parts)
    for name in differing(parts):
        zh, en = "与记录簿里截止征询的那一条不符", "It is not what the entry of the closing says"
        yield Problem("authentic", name, zh, en)
    for name in parts:
        if name.startswith("attachments/"):
            seal = name.removeprefix("attachments/")[:64]
            if all(digest(a, parts[name]) != seal for a in ALGORITHMS):
                yield Problem("authentic", name, "附件被改过", "The attachment was changed")


def _chained(parts: dict[str, bytes], manifest: dict[str, Any]) -> Iterator[Problem]:
    if "book.jsonl" not in parts:
        return
    book = claimed(manifest, "book")
    report = verify_export(io.BytesIO(parts["book.jsonl"]), claimed(book, "head") or None)
    for p in report.problems:
        yield Problem(
            "authentic", "book.jsonl", f"第{p.seq}条 {p.column}：{p.zh}", f"entry {p.seq} {p.column}: {p.en}"
        )
    chained = {(e.get("digest"), e.get("text")) for e in lines(parts, "book.jsonl") if "digest" in e}
    for entry in lines(parts, "entries.jsonl"):
        if (entry.get("digest"), entry.get("text")) not in chained:
            zh, en = f"第{entry.get('seq')}条不在记录簿里", f"Entry {entry.get('seq')} is not in the book"
            yield Problem("authentic", "entries.jsonl", zh, en)


def _committed(parts: dict[str, bytes]) -> Iterator[Problem]:
    marks: dict[Any, tuple[str, Any]] = {}
    for body in bodies(lines(parts, "entries.jsonl")):
        marks |= {each.get("id"): (str(body.get("alg")), each.get("is")) for each in sealed(body)}
    for line in lines(parts, "texts.jsonl"):
        ident, salt, text = line.get("sealed"), line.get("salt"), line.get("text")
        if ident not in marks:
            zh, en = f"没有条目引用封存文字{ident}", f"No entry cites sealed text {ident}"
            yield Problem("authentic", "texts.jsonl", zh, en)
        elif "erased" not in line:
            algorithm, mark = marks[ident]
            fits = isinstance(salt, str) and isinstance(text, str) and algorithm in ALGORITHMS
            if not fits or commitment(algorithm, str(salt), str(text)) != mark:
                zh, en = f"封存文字{ident}被改过", f"Sealed text {ident} was changed"
                yield Problem("authentic", "texts.jsonl", zh, en)
