"""A matter's file as one ZIP that needs nothing of ours to be read.

    说明.txt                  what lies here and how to verify it
    manifest.json             every part with its SHA-256; the matter, the book's head
    catalogue.json, 目录.csv  the papers and attachments in order: number, title, date, pages, place
    entries.jsonl             the entries of the matter and of its meetings: {"book","seq","digest","text"}
    texts.jsonl               what they seal: {"sealed","salt","text"}, or {"sealed","erased"} where it was erased
    book.jsonl                the unit's whole book without texts: the chain the entries stand in
    papers/…pdf               the papers
    gatherings/…json          what opinion gatherings showed, as it was published: nothing about few people
    attachments/<digest>…     scans and other files
    shangliang_verify.py      verifies book.jsonl without any software of ours

The same state gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Any

from shangliang.acts import rulebooks
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Matter
from shangliang.errors import Conflict, NotFound
from shangliang.record import content
from shangliang.record.canonical import parse
from shangliang.record.export import export_book
from shangliang.record.models import Content, Entry, SealedText
from shangliang.record.queries import book_head

FORMAT, VERSION = "shangliang-file", 1
SUFFIXES = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif", "text/plain": ".txt",
}  # fmt: skip
READ_ME = """\
{unit} {number} {title}

本案卷由“商量”系统生成，不需要该系统也能阅读和验证。
一、目录.csv 列出全部文书和附件；papers 里是文书，attachments 里是附件。
二、entries.jsonl 是这件事的全部办理记录，texts.jsonl 是其中封存的文字（依法删除的只留日期）。
    gatherings 里是意见征询公开的结果；谁答了什么不在里面，也没有留下。
三、book.jsonl 是本单位记录簿到归档时的全部条目，不含文字。验证：python shangliang_verify.py book.jsonl
四、manifest.json 列出每个文件的摘要（SHA-256）。
五、记录簿当时有{length}条，末条摘要是 {head}，请与当时公布的数值核对。

This file was made by shangliang and can be read and verified without it. 目录.csv lists the papers and attachments;
gatherings holds what opinion gatherings showed, as published;
entries.jsonl holds the entries of the matter, texts.jsonl the texts they seal; book.jsonl is the unit's book without
texts: python shangliang_verify.py book.jsonl. manifest.json names the SHA-256 of every part. The book then had {length}
entries and the head {head}: compare it with what was published.
"""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper made by whoever makes papers. ``kind`` is its id, ``extra`` tells it from others of the kind."""

    kind: str
    title: str
    pdf: bytes
    on: date | None = None
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an opinion gathering showed, as it was published: a JSON object made by whoever reads the box."""

    number: int
    result: dict[str, Any]
    on: date


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the catalogue. ``path`` is empty for a paper original that lies somewhere else."""

    number: int
    title: str
    kind: str
    on: str
    path: str
    pages: int | None
    place: str
    sha256: str


def package(matter: Matter, papers: Sequence[Rendered], gatherings: Sequence[Shown] = ()) -> bytes:
    """The file of a matter that has ended, with what its opinion gatherings showed. Raises Conflict while it has not,
    NotFound when an attachment is missing."""
    if not matter.ended:
        raise Conflict("这件事还没有办结，不能成卷", "The matter has not ended; it has no file yet")
    parts: dict[str, bytes] = {}
    entries = list(_entries(matter))
    items = list(_papers(papers, parts))
    items += _shown(gatherings, len(items), parts)
    items += _originals(matter, len(items), parts)
    stream = io.BytesIO()
    export_book(matter.unit_id, stream)
    length, head = _header(stream.getvalue())
    title = matter.title.text if matter.title and not matter.title.erased_on else ""
    facts = {"unit": matter.unit.name, "number": matter.id, "title": title, "length": length, "head": head}
    parts |= {
        "catalogue.json": _json([asdict(i) for i in items]),
        "目录.csv": _csv(items),
        "entries.jsonl": _lines(_entry(e) for e in entries),
        "texts.jsonl": _lines(_texts(entries)),
        "book.jsonl": stream.getvalue(),
        "shangliang_verify.py": verifier(),
        "说明.txt": READ_ME.format(**facts).encode(),
    }
    parts["manifest.json"] = _json(_manifest(matter, facts, entries, parts))
    return _zip(parts, matter.ended_on or matter.last_on)


def _header(book: bytes) -> tuple[int, str]:
    header = json.loads(book.partition(b"\n")[0])
    return header["length"], header["head"]


def subjects(matter: Matter) -> list[str]:
    """Whose entries belong into the file: the matter's and those of its meetings."""
    meetings = matter.rounds.order_by("number").values_list("meeting", flat=True)
    return [f"matter:{matter.id}", *dict.fromkeys(f"meeting:{m}" for m in meetings)]


def _entries(matter: Matter) -> Iterator[Entry]:
    yield from Entry.objects.filter(subject__in=subjects(matter)).order_by("seq")


def _entry(entry: Entry) -> dict[str, Any]:
    return {"book": entry.book_id, "seq": entry.seq, "digest": entry.digest, "text": entry.text}


def _texts(entries: Iterable[Entry]) -> Iterator[dict[str, str]]:
    ids = [each["id"] for e in entries for each in parse(e.text).get("sealed", {}).values()]
    rows: dict[str, SealedText] = {}
    for start in range(0, len(ids), 500):
        rows |= SealedText.objects.in_bulk(ids[start : start + 500])
    for ident in dict.fromkeys(ids):
        row = rows.get(ident)
        if row is None:
            raise NotFound(f"封存文字 {ident} 不见了", f"Sealed text {ident} is gone")
        if row.erased_on:
            yield {"sealed": ident, "erased": row.erased_on.isoformat()}
        else:
            yield {"sealed": ident, "salt": row.salt, "text": row.text}


def _papers(papers: Sequence[Rendered], parts: dict[str, bytes]) -> Iterator[Item]:
    for number, paper in enumerate(papers, 1):
        path = f"papers/{number:02}-{paper.kind}.pdf"
        parts[path] = paper.pdf
        title = f"{paper.title}（{paper.extra}）" if paper.extra else paper.title
        on = paper.on.isoformat() if paper.on else ""
        yield Item(number, title, paper.kind, on, path, None, "", _sha256(paper.pdf))


def _shown(gatherings: Sequence[Shown], before: int, parts: dict[str, bytes]) -> Iterator[Item]:
    for number, each in enumerate(gatherings, before + 1):
        path = f"gatherings/{each.number}.json"
        parts[path] = _json(each.result)
        title = f"意见征询结果（第{each.number}次，公开版）"
        yield Item(
            number, title, "gathering_result", each.on.isoformat(), path, None, "", _sha256(parts[path])
        )


def _originals(matter: Matter, before: int, parts: dict[str, bytes]) -> Iterator[Item]:
    """Paper originals: where they lie; and their scans, where there are any."""
    names = {p.id: p.name.zh for p in rulebooks.pinned(matter.procedure, matter.version).papers.values()}
    for number, paper in enumerate(matter.papers.select_related("name").order_by("on", "id"), before + 1):
        path, seal = "", ""
        kept = Content.objects.filter(pk=paper.content, erased_on=None).first() if paper.content else None
        if kept is not None:
            path = f"attachments/{kept.digest}{SUFFIXES.get(kept.media_type, '.bin')}"
            parts[path] = content.load(kept.digest)
            seal = _sha256(parts[path])
        title = names.get(paper.kind, paper.kind)
        yield Item(number, title, paper.kind, paper.on.isoformat(), path, paper.pages, paper.place, seal)


def _manifest(
    matter: Matter, facts: dict[str, Any], entries: Sequence[Entry], parts: dict[str, bytes]
) -> dict[str, Any]:
    last = book_head(matter.unit_id)
    assert last is not None
    return {
        "format": FORMAT,
        "version": VERSION,
        "matter": matter.id,
        "unit": {"id": matter.unit_id, "name": matter.unit.name, "code": matter.unit.code},
        "procedure": {"id": matter.procedure, "version": matter.version},
        "opened_on": matter.opened_on.isoformat(),
        "ended": matter.ended,
        "ended_on": matter.ended_on.isoformat() if matter.ended_on else "",
        "book": {"length": facts["length"], "head": facts["head"], "algorithm": _algorithm(entries)},
        "entries": len(entries),
        "acts": [
            {"seq": e.seq, "act": e.act, "name": _name(e.act), "on": e.happened_on.isoformat()}
            for e in entries
        ],
        "parts": {name: {"size": len(data), "sha256": _sha256(data)} for name, data in sorted(parts.items())},
    }


def _name(act: str) -> str:
    spec = Catalogue.acts.get(act)
    return spec.zh if spec else act


def _algorithm(entries: Sequence[Entry]) -> str:
    return str(parse(entries[0].text)["alg"]) if entries else "sha256"


def verifier() -> bytes:
    """The stand-alone verifier of an exported book."""
    return resources.files("shangliang.record").joinpath("shangliang_verify.py").read_bytes()


def _csv(items: Sequence[Item]) -> bytes:
    """With a byte-order mark, so that spreadsheet programs read the Chinese."""
    stream = io.StringIO(newline="")
    rows = csv.writer(stream)
    rows.writerow(("序号", "题名", "种类", "日期", "文件", "页数", "存放处", "SHA-256"))
    for i in items:
        rows.writerow((i.number, i.title, i.kind, i.on, i.path, i.pages or "", _inert(i.place), i.sha256))
    return stream.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """Spreadsheet programs run a cell that begins like a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t")) else text


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(values: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(v, ensure_ascii=False, separators=(",", ":")) + "\n" for v in values).encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _zip(parts: dict[str, bytes], on: date) -> bytes:
    stream = io.BytesIO()
    day = max(on, date(1980, 1, 1) + timedelta(days=1))
    with zipfile.ZipFile(stream, "w") as packed:
        for name in sorted(parts):
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = (
                zipfile.ZIP_STORED if name.endswith((".pdf", ".jpg", ".png")) else zipfile.ZIP_DEFLATED
            )
            info.external_attr = 0o644 << 16
            packed.writestr(info, parts[name])
    return stream.getvalue()
