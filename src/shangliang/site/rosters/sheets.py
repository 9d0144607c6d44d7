"""Reading a workbook, or one sheet as CSV: cells and where they stand, headers, and what makes a table unreadable."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from shangliang.site.cells import Cell, cell_of
from shangliang.site.rosters.columns import BY_NAME, SHEETS, Sheet

MOST_ROWS = 100_000
MOST_BYTES = 50 * 1024 * 1024
MOST_PROBLEMS = 500
"""A table with more is not read to its end: its first page is wrong already."""


class Problem(NamedTuple):
    """What is wrong, in one sentence, and where: ``line`` 0 is the sheet as a whole, ``column`` "" the whole line."""

    sheet: str
    line: int
    column: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line and what stands in it, by field; "" where nothing does."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(slots=True)
class Book:
    """The rows of every sheet that is there, by the sheet's id, and all problems found in reading."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, sheet: Sheet | str, line: int, column: str, zh: str, en: str) -> None:
        where = sheet
        if isinstance(sheet, Sheet):
            where, column = sheet.names[0], sheet.header(column) if column else ""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(str(where), line, column, zh, en))


_Lines = Iterable[tuple[int, list[Cell]]]


def read(path: Path) -> Book:
    """Every known sheet of a workbook; of a CSV file the sheet that its headers are those of."""
    book = Book()
    try:
        if path.stat().st_size > MOST_BYTES:
            book.wrong(path.name, 0, "", "文件太大，最多50 MB", "the file is too large: at most 50 MB")
        elif path.suffix.lower() in (".xlsx", ".xlsm"):
            _workbook(path, book)
        else:
            _single(path, book)
    except OSError as error:
        book.wrong(path.name, 0, "", "打不开这个文件", f"cannot be opened: {error.strerror}")
    except UnicodeDecodeError:
        book.wrong(path.name, 0, "", "文字编码不是UTF-8也不是GBK", "the text is neither UTF-8 nor GBK")
    except (ValueError, KeyError, csv.Error, zipfile.BadZipFile, EOFError):
        zh, en = "不是能读的表格，请存成XLSX或CSV", "is not a readable table; save it as XLSX or CSV"
        book.wrong(path.name, 0, "", zh, en)
    return book


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _workbook(path: Path, book: Book) -> None:
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as packed:
        if sum(each.file_size for each in packed.infolist()) > 12 * MOST_BYTES:
            raise ValueError("the workbook unpacks to too much")
        opened = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        known = False
        for place in opened.worksheets:
            name = re.sub(r"\s+", "", place.title)
            sheet = BY_NAME.get(name) or BY_NAME.get(name.casefold())
            if sheet is None:
                continue
            known = True
            for line, area in _merged(packed, place):
                zh, en = f"{area}是合并单元格，请先拆开", f"{area} are merged cells; split them first"
                book.wrong(sheet, line, "", zh, en)
            place.reset_dimensions()  # what the file claims of its size is often wrong
            _table(sheet, _cells(place), book)
        opened.close()
    if not known:
        names = "、".join(s.names[0] for s in SHEETS)
        book.wrong(path.name, 0, "", f"没有认识的工作表，可用：{names}",
                   f"no sheet is known; use {', '.join(s.id for s in SHEETS)}")  # fmt: skip


def _merged(packed: zipfile.ZipFile, place: Any) -> Iterator[tuple[int, str]]:
    name = place._worksheet_path.lstrip("/")
    xml = packed.read(name)[-2_000_000:].decode("utf-8", "replace") if name in packed.namelist() else ""
    for area, line in re.findall(r'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+(\d+)[^"]*)"', xml):
        yield int(line), area


def _cells(place: Any) -> _Lines:
    for number, cells in enumerate(place.iter_rows(), 1):
        if number > MOST_ROWS + 2_000:
            return
        yield number, [cell_of(c.value, formula=c.data_type == "f") for c in cells]


def _single(path: Path, book: Book) -> None:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    if "\0" in text:
        raise ValueError("not a text")
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;，", key=first.count))
    lines = [(reader.line_num, [cell_of(c) for c in cells]) for cells in reader]
    words = {_word(c.value) for _, cells in lines[:20] for c in cells}
    fits = {s.id: sum(bool(words & set(h)) for h in s.columns.values()) for s in SHEETS}
    _table(max(SHEETS, key=lambda s: fits[s.id]), lines, book)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(sheet: Sheet, lines: _Lines, book: Book) -> None:
    header: list[str] | None = None
    rows = book.rows.setdefault(sheet.id, [])
    gap = 0
    for line, cells in lines:
        if not any(c.value for c in cells):
            gap = gap or line
            continue
        if header is None:
            header, gap = _header(sheet, line, cells, book), 0
            if any(n not in header for n in sheet.needs):
                return
            continue
        if gap:
            zh, en = (
                f"第{gap}行空着，后面还有内容，请删掉空行",
                f"line {gap} is empty and the table goes on; delete it",
            )
            book.wrong(sheet, line, "", zh, en)
            gap = 0
        if len(rows) == MOST_ROWS:
            book.wrong(
                sheet,
                line,
                "",
                f"最多{MOST_ROWS}行，请分成几个文件",
                f"at most {MOST_ROWS} lines; use several files",
            )
            return
        rows.append(_row(sheet, line, header, cells, book))
    if header is None:
        book.wrong(sheet, 0, "", "这张表是空的", "this sheet is empty")


def _row(sheet: Sheet, line: int, header: list[str], cells: list[Cell], book: Book) -> Row:
    if any(c.value for c in cells[len(header) :]):
        book.wrong(sheet, line, "", "比表头多出一格", "has more cells than the header")
    found: dict[str, str] = {}
    for name, cell in zip(header, cells, strict=False):
        if not name:
            continue
        if cell.wrong:
            book.wrong(sheet, line, name, *cell.wrong)
        found[name] = cell.value
    for name in sheet.needs:
        if not found.get(name):
            book.wrong(sheet, line, name, "没有填", "is empty")
    return Row(line, found)


def _header(sheet: Sheet, line: int, cells: list[Cell], book: Book) -> list[str]:
    known = {word: name for name, words in sheet.columns.items() for word in words}
    found: list[str] = []
    for cell in cells:
        word = _word(cell.value)
        name = known.get(word, "")
        if word and not name:
            words = "、".join(w[0] for w in sheet.columns.values())
            zh, en = (
                f"不认识的表头“{cell.value[:20]}”，可用：{words}",
                f"unknown header; known: {', '.join(sheet.columns)}",
            )
            book.wrong(sheet.names[0], line, cell.value[:20], zh, en)
        elif name and name in found:
            book.wrong(sheet, line, name, "表头重复", "the header occurs twice")
        found.append(name)
    while found and not found[-1]:
        found.pop()
    for name in sheet.needs:
        if name not in found:
            book.wrong(
                sheet, line, name, f"缺少表头“{sheet.header(name)}”", f"the header {name!r} is missing"
            )
    return found


def _word(text: str) -> str:
    return re.sub(r"\s+", "", text).rstrip("*＊").casefold()
