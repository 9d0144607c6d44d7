#!/usr/bin/env python3
"""Verify exported record books (商量 记录簿) without the software that wrote them.

    python shangliang_verify.py FILE-OR-FOLDER… [--head DIGEST]… [--anchor FILE]…

One file, no dependencies, Python 3.8 or later. It shares no code with the server on purpose: it is a second,
independent reading of the format, described in docs/record.md.

--head DIGEST   a digest from a printed notice: it must be that of an entry of one of the given books
--anchor FILE   heads published earlier: lines "BOOK LENGTH DIGEST", or another exported book with its
anchor entries

Given several books, the heads that one anchors are looked for in the others.
Exit status: 0 everything holds; 1 something does not; 2 nothing could be verified (no such file, wrong
usage).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

SHOWN = 20  # problems printed a book
HEADER = {
    "format": str,
    "version": int,
    "book": str,
    "algorithm": str,
    "clock": str,
    "length": int,
    "head": str,
}
FIELDS = ("act", "on", "happened", "entered", "by", "key", "request")


class Anchor(NamedTuple):
    """Somebody vouches: this book had this length and this head."""

    source: str
    book: str
    length: int
    head: str


class Book:
    """What a file says, and what is wrong with it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = ""
        self.digests: list[str] = []
        self.anchors: list[Anchor] = []
        self.problems: list[tuple[int, str, str]] = []
        self.texts = 0
        self.erased = 0

    def wrong(self, seq: int, zh: str, en: str) -> None:
        self.problems.append((seq, zh, en))


# --- digests


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905-2016), for an OpenSSL that lacks it."""

    def rotate(x: int, n: int) -> int:
        n %= 32
        return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF

    state = [
        0x7380166F,
        0x4914B2B9,
        0x172442D7,
        0xDA8A0600,
        0xA96F30BC,
        0x163138AA,
        0xE38DEE4D,
        0xB0FB0E4E,
    ]
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[start + 4 * i : start + 4 * i + 4], "big") for i in range(16)]
        for i in range(16, 68):
            x = w[i - 16] ^ w[i - 9] ^ rotate(w[i - 3], 15)
            w.append(x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[i - 13], 7) ^ w[i - 6])
        a, b, c, d, e, f, g, h = state
        for i in range(64):
            t = 0x79CC4519 if i < 16 else 0x7A879D8A
            ss1 = rotate((rotate(a, 12) + e + rotate(t, i)) & 0xFFFFFFFF, 7)
            ss2 = ss1 ^ rotate(a, 12)
            ff = a ^ b ^ c if i < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if i < 16 else (e & f) | (~e & g)
            tt1 = (ff + d + ss2 + (w[i] ^ w[i + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[i]) & 0xFFFFFFFF
            a, b, c, d = tt1, a, rotate(b, 9), c
            e, f, g, h = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17), e, rotate(f, 19), g
        state = [old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h))]  # noqa: B905 (3.8)
    return "".join(f"{word:08x}" for word in state)


def hash_function(algorithm: str) -> Callable[[str], str]:
    """Digest of a text under a named algorithm; "" for a text that has no UTF-8."""

    def run(text: str) -> str:
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:
            return ""
        if algorithm == "sha256":
            return hashlib.sha256(data).hexdigest()
        return hashlib.new("sm3", data).hexdigest() if has_sm3 else sm3(data)

    try:
        hashlib.new("sm3")
        has_sm3 = True
    except ValueError:
        has_sm3 = False
    return run


# --- reading


def strict_json(text: str) -> Any:
    """JSON without floats and without double keys; ValueError otherwise."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("double key")
        return dict(pairs)

    def refuse(literal: str) -> None:
        raise ValueError(literal)

    value, end = json.JSONDecoder(
        object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse
    ).raw_decode(text)
    if end != len(text):
        raise ValueError("trailing text")
    return value


def read_line(raw: bytes) -> dict[str, Any]:
    """The object on a line; an empty one for anything else."""
    try:
        text = raw.decode("utf-8")
        value = strict_json(text[:-1] if text.endswith("\n") else text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def normal(value: Any) -> Any:
    """`value` with every text in it, keys too, in Unicode NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, dict):
        return {normal(key): normal(item) for key, item in value.items()}
    return value


def read_entry(text: str) -> dict[str, Any] | None:
    """The body of an entry; None unless `text` is one, in canonical form."""
    try:
        body = strict_json(text)
        again = json.dumps(normal(body), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return None
    if again != text or not isinstance(body, dict):
        return None
    if not all(isinstance(body.get(name), str) for name in (*FIELDS, "book", "prev", "alg")):
        return None
    if type(body.get("seq")) is not int or type(body.get("v")) is not int:
        return None
    sealed = body.get("sealed", {})
    if not isinstance(sealed, dict) or not all(
        isinstance(each, dict) and isinstance(each.get("id"), str) and isinstance(each.get("is"), str)
        for each in sealed.values()
    ):
        return None
    return body


def read_header(raw: bytes) -> dict[str, Any] | None:
    header = read_line(raw)
    if set(header) != set(HEADER) or any(type(header[name]) is not kind for name, kind in HEADER.items()):
        return None
    if (header["format"], header["version"]) != ("shangliang-book", 1):
        return None
    return header if header["algorithm"] in ("sha256", "sm3") else None


def verify(path: str) -> Book:
    """Read and verify one exported book; raises OSError."""
    book = Book(path)
    with open(path, "rb") as file:
        header = read_header(file.readline())
        if header is None:
            book.wrong(0, "第 1 行不是导出账本的开头", "line 1 is not the header of an exported book")
            return book
        book.name = header["book"]
        digest_of = hash_function(header["algorithm"])
        cited: dict[str, str] = {}
        entered = ""
        for number, raw in enumerate(file, 2):
            line = read_line(raw)
            if not line or not all(isinstance(value, str) for value in line.values()):
                line = {}
            if set(line) == {"digest", "text"}:
                entered = check_entry(book, header, digest_of, line, cited, entered)
            elif set(line) in ({"sealed", "erased"}, {"sealed", "salt", "text"}):
                check_sealed(book, digest_of, line, cited)
            else:
                book.wrong(
                    len(book.digests),
                    f"看不懂文件的第 {number} 行",
                    f"line {number} of the file cannot be understood",
                )
    found = len(book.digests)
    if header["length"] != found:
        book.wrong(
            found,
            f"开头写明 {header['length']} 条，文件里有 {found} 条",
            f"the header says {header['length']} entries, the file has {found}",
        )
    if header["head"] != (book.digests[-1] if book.digests else ""):
        book.wrong(
            found,
            "开头写明的末条摘要与最后一条不符",
            "the head in the header is not the digest of the last entry",
        )
    return book


def check_entry(
    book: Book,
    header: dict[str, Any],
    digest_of: Callable[[str], str],
    line: dict[str, Any],
    cited: dict[str, str],
    entered: str,
) -> str:
    """Check one entry against the one before it; the time it was entered."""
    previous = book.digests[-1] if book.digests else ""
    book.digests.append(line["digest"])
    seq = len(book.digests)
    body = read_entry(line["text"])
    if digest_of(line["text"]) != line["digest"]:
        book.wrong(seq, "正文与摘要不符：其中之一被改过", "text and digest disagree: one of them was changed")
        return entered
    if body is None:
        book.wrong(seq, "正文不是规范的条目", "the text is not an entry in canonical form")
        return entered
    if body["seq"] != seq:
        book.wrong(
            seq,
            f"这里应是第 {seq} 条，却是第 {body['seq']} 条：有条目缺失、重复或换了位置",
            f"entry {seq} belongs here, entry {body['seq']} stands here: one is missing, double or misplaced",
        )
    if body["prev"] != previous:
        book.wrong(
            seq,
            f"没有接在第 {seq - 1} 条之后：其中一条被换过",
            f"it was not chained to entry {seq - 1}: one of the two was replaced",
        )
    stated = (body["v"], body["book"], body["alg"], body.get("clock"))
    if stated != (1, header["book"], header["algorithm"], header["clock"] if seq == 1 else None):
        book.wrong(
            seq,
            "条目里的版本、账本、算法或时钟与开头不符",
            "version, book, algorithm or clock of the entry are not those of the header",
        )
    if body["entered"] < entered:
        book.wrong(seq, "录入时间早于前一条", "it was entered before the entry before it")
    for each in body.get("sealed", {}).values():
        if cited.setdefault(each["id"], each["is"]) != each["is"]:
            book.wrong(
                seq,
                f"封存文字 {each['id']} 的承诺值前后不同",
                f"sealed text {each['id']} is cited with two commitments",
            )
    if body["act"] == "anchor":
        try:
            for each in body["data"]["heads"]:
                source = f"{book.name}/{seq}"
                book.anchors.append(Anchor(source, each["book"], int(each["length"]), each["head"]))
        except (KeyError, TypeError, ValueError):
            book.wrong(seq, "锚定条目的内容看不懂", "the anchor entry cannot be understood")
    return max(entered, body["entered"])


def check_sealed(
    book: Book, digest_of: Callable[[str], str], line: dict[str, Any], cited: dict[str, str]
) -> None:
    seq, each = len(book.digests), line["sealed"]
    if each not in cited:
        book.wrong(seq, f"没有条目引用封存文字 {each}", f"no entry before it cites sealed text {each}")
    elif "erased" in line:
        book.erased += 1
    elif digest_of(line["salt"] + line["text"]) != cited[each]:
        book.wrong(
            seq,
            f"封存文字 {each} 与条目里的承诺值不符",
            f"sealed text {each} does not have the commitment its entry holds",
        )
    else:
        book.texts += 1


# --- anchors


def read_anchors(path: str) -> list[Anchor]:
    """Heads published in a text file, or anchored in an exported book; raises OSError, ValueError."""
    with open(path, "rb") as file:
        if read_header(file.readline()) is not None:
            return verify(path).anchors
    anchors = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            name, length, head = line.split()
            anchors.append(Anchor(f"{path}:{number}", name, int(length), head.lower()))
    return anchors


def check_anchors(books: list[Book], anchors: list[Anchor]) -> tuple[int, int]:
    """Look each anchored head up in its book: how many hold, how many are of books that were not given."""
    by_name: dict[str, list[Book]] = {}
    for book in books:
        by_name.setdefault(book.name, []).append(book)
    held = absent = 0
    for anchor in anchors:
        if anchor.book not in by_name:
            absent += 1
        for book in by_name.get(anchor.book, ()):
            if not 0 < anchor.length <= len(book.digests):
                book.wrong(
                    anchor.length,
                    f"{anchor.source} 锚定了第 {anchor.length} 条，文件里没有：文件被截短，或导出得更早",
                    f"{anchor.source} anchors entry {anchor.length}, which the file lacks: cut short or older",
                )
            elif book.digests[anchor.length - 1] != anchor.head:
                book.wrong(
                    anchor.length,
                    f"与 {anchor.source} 锚定的摘要不符：账本在锚定之后被改写",
                    f"it is not the entry {anchor.source} anchors: the book was rewritten after that",
                )
            else:
                held += 1
    return held, absent


# --- the command


def collect(paths: list[str]) -> list[str]:
    """The files named, and the .jsonl files in the folders named."""
    files: list[str] = []
    for each in paths:
        path = Path(each)
        files += sorted(str(file) for file in path.glob("*.jsonl")) if path.is_dir() else [each]
    return files


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="验证导出的记录簿 / Verify exported record books.")
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="导出的账本或文件夹 / exported book or folder"
    )
    parser.add_argument(
        "--head", action="append", default=[], help="纸上印的摘要 / a digest printed on paper"
    )
    parser.add_argument(
        "--anchor", action="append", default=[], metavar="FILE", help="公布过的摘要 / published heads"
    )
    options = parser.parse_args(arguments)
    try:
        files = collect(options.files)
        if not files:
            print("没有找到 .jsonl 文件 / no .jsonl file found", file=sys.stderr)
            return 2
        books = [verify(path) for path in files]
        anchors = [anchor for book in books for anchor in book.anchors]
        for path in options.anchor:
            anchors += read_anchors(path)
    except (OSError, ValueError) as error:
        print(f"读不了 / cannot read: {error}", file=sys.stderr)
        return 2
    held, absent = check_anchors(books, anchors)
    status = 0
    for book in books:
        status |= show(book)
    known = {digest for book in books for digest in book.digests}
    for head in options.head:
        if head.lower() in known:
            print(f"✓ 摘要在账本里 / this digest is in the record: {head}")
        else:
            print(f"✗ 账本里没有这个摘要 / no entry has this digest: {head}")
            status = 1
    if held:
        print(f"✓ {held} 个锚定的摘要相符 / anchored heads found: {held}")
    if absent:
        print(f"· {absent} 个锚定的账本不在所给文件里 / anchored books not among the files: {absent}")
    if not held and not options.head:
        print(
            "· 只证明了文件前后一致；请用 --head 或 --anchor 与公布或印出的摘要核对。\n"
            "  Only the file's own consistency was shown; compare it with a printed or published digest\n"
            "  by --head or --anchor."
        )
    print("结论：有效 / Verdict: valid" if status == 0 else "结论：无效 / Verdict: NOT valid")
    return status


def show(book: Book) -> int:
    """Print the verdict on one file; its part of the exit status."""
    count = len(book.digests)
    if not book.problems:
        print(f"✓ {book.path}: 账本 {book.name}，{count} 条，相符 / book {book.name}, {count} entries, sound")
        if book.texts or book.erased:
            print(
                f"  封存文字：相符 {book.texts}，已删除 {book.erased}"
                f" / sealed texts: {book.texts} match, {book.erased} erased"
            )
        return 0
    print(f"✗ {book.path}: 账本 {book.name}，有问题 {len(book.problems)} 处 / {len(book.problems)} problems")
    for seq, zh, en in book.problems[:SHOWN]:
        print(f"  第 {seq} 条：{zh}\n  entry {seq}: {en}")
    if len(book.problems) > SHOWN:
        print(f"  还有 {len(book.problems) - SHOWN} 处 / and {len(book.problems) - SHOWN} more")
    return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console would otherwise stumble over the marks.
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    raise SystemExit(main())
