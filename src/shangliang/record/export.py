"""A book as one file that needs nothing of ours: JSON Lines in UTF-8.

Header, then one line an entry, each followed by the texts it seals when they are exported too:

    {"format":"shangliang-book","version":1,"book":…,"algorithm":…,"clock":…,"length":…,"head":…}
    {"digest":…,"text":…}
    {"sealed":id,"salt":…,"text":…}     or     {"sealed":id,"erased":date}

`shangliang_verify.py` reads the same format with none of this code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any, TypeVar

from shangliang.errors import NotFound

from .canonical import parse
from .chain import Chain, Report
from .digests import ALGORITHMS, commitment
from .models import Book, Entry, SealedText

T = TypeVar("T")

FORMAT, VERSION = "shangliang-book", 1
CHUNK = 500
_HEADER = {
    "format": str,
    "version": int,
    "book": str,
    "algorithm": str,
    "clock": str,
    "length": int,
    "head": str,
}


def export_book(unit: str, stream: IO[bytes], *, with_texts: bool = False) -> int:
    """Write the book of `unit` as it stands now; the number of entries written. Raises NotFound.

    `with_texts` adds the sealed texts, with names and phones: who may have those is for the caller to decide.
    """
    book = Book.objects.filter(unit=unit).first()
    if book is None:
        raise NotFound(f"单位 {unit} 没有记录簿。", f"Unit {unit} has no record book.")
    header = dict(
        format=FORMAT,
        version=VERSION,
        book=book.unit,
        algorithm=book.algorithm,
        clock=book.clock,
        length=book.length,
        head=book.head,
    )
    _write(stream, header)
    # Entries appended meanwhile are not in the header, so they stay out of the file.
    rows = Entry.objects.filter(book=book, seq__lte=book.length).order_by("seq").values_list("digest", "text")
    count = 0
    for chunk in _chunks(rows.iterator(chunk_size=CHUNK)):
        sealed = _sealed(text for _, text in chunk) if with_texts else {}
        for digest, text in chunk:
            _write(stream, {"digest": digest, "text": text})
            count += 1
            for each in _cited(text) if with_texts else ():
                # Taken out, so that a text cited by two entries is written once.
                if each in sealed:
                    _write(stream, sealed.pop(each))
    return count


def verify_export(stream: IO[bytes], since_head: str | None = None) -> Report:
    """Verify an exported book. `since_head`: a digest noted earlier that must still be among the entries.

    The file vouches only for itself: whoever rewrites it from an entry to the end makes a sound file again.
    A digest from elsewhere (a printed notice, an anchor, an older export) is what ties it down.
    """
    lines = enumerate(stream, 1)
    _, first = next(lines, (1, b""))
    header = _line(first)
    if not _is_header(header):
        report = Report("")
        report.say(
            0, "header", "第 1 行不是导出账本的开头。", "Line 1 is not the header of an exported book."
        )
        return report
    chain = Chain(header["book"], header["algorithm"], header["clock"])
    report, seen = chain.report, since_head is None
    for number, raw in lines:
        line = _line(raw)
        if line.keys() == {"digest", "text"} and type(line["digest"]) is type(line["text"]) is str:
            chain.follow(line["digest"], line["text"])
            seen = seen or line["digest"] == since_head
        elif not _check_sealed(line, chain):
            report.say(
                chain.last,
                "line",
                f"看不懂文件的第 {number} 行。",
                f"Line {number} of the file cannot be understood.",
            )
    report = chain.finish(header["length"], header["head"])
    if not seen:
        report.say(
            0, "head", f"账本里没有摘要 {since_head}。", f"No entry of this book has the digest {since_head}."
        )
    return report


def _check_sealed(line: dict[str, Any], chain: Chain) -> bool:
    """Check a line with a sealed text against its commitment; False if it is not such a line."""
    if not all(type(value) is str for value in line.values()):
        return False
    if line.keys() != {"sealed", "erased"} and line.keys() != {"sealed", "salt", "text"}:
        return False
    each = line["sealed"]
    cited = chain.cited.get(each)
    if cited is None:
        chain.report.say(
            chain.last,
            "sealed",
            f"没有条目引用封存文字 {each}。",
            f"No entry before it cites sealed text {each}.",
        )
    elif "erased" not in line and _commitment(chain.algorithm, line) != cited[1]:
        chain.report.say(
            cited[0],
            "sealed.text",
            f"封存文字 {each} 与条目里的承诺值不符。",
            f"Sealed text {each} does not have the commitment the entry holds.",
        )
    return True


def _commitment(algorithm: str, line: dict[str, Any]) -> str:
    try:
        return commitment(algorithm, line["salt"], line["text"])
    except UnicodeEncodeError:
        return ""


def _is_header(header: dict[str, Any]) -> bool:
    return (
        header.keys() == _HEADER.keys()
        and all(type(header[name]) is kind for name, kind in _HEADER.items())
        and (header["format"], header["version"]) == (FORMAT, VERSION)
        and header["algorithm"] in ALGORITHMS
    )


def _line(raw: bytes) -> dict[str, Any]:
    """The object on a line; an empty one, which fits no kind of line, for anything else."""
    try:
        value = parse(raw.decode().removesuffix("\n"))
    except (ValueError, RecursionError):
        return {}
    return value if type(value) is dict else {}


def _write(stream: IO[bytes], line: dict[str, Any]) -> None:
    stream.write((json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


def _cited(text: str) -> list[str]:
    return [each["id"] for each in parse(text).get("sealed", {}).values()]


def _sealed(texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    ids = [each for text in texts for each in _cited(text)]
    lines: dict[str, dict[str, Any]] = {}
    for chunk in _chunks(ids):
        for row in SealedText.objects.filter(id__in=chunk):
            lines[row.id] = (
                {"sealed": row.id, "erased": row.erased_on.isoformat()}
                if row.erased_on
                else {"sealed": row.id, "salt": row.salt, "text": row.text}
            )
    return lines


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
