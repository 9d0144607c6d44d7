"""Reading a table: CSV in UTF-8 or GBK, or a workbook. Rows come one after the other, what is wrong with them beside."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from shangliang.site.cells import Cell, cell_of
from shangliang.site.importing.columns import POST_COLUMNS, POST_NEEDS, UNIT_COLUMNS, UNIT_NEEDS

MOST_ROWS = 1_000_000
MOST_SHEET_ROWS = 120_000  # of a workbook: it has to be unpacked whole
MOST_BYTES = 100 * 1024 * 1024


class Problem(NamedTuple):
    """What is wrong, and where: ``line`` 0 is the file as a whole, ``column`` "" the whole line."""

    file: str
    line: int
    column: str
    zh: str
    en: str


@dataclass(slots=True)
class Table:
    """A table as it is read: ``rows`` can be gone through once, and ``problems`` fills up meanwhile."""

    file: str
    rows: Iterable[tuple[int, dict[str, str]]] = ()
    problems: list[Problem] = field(default_factory=list)


Columns = dict[str, tuple[str, ...]]
Rows = Iterator[tuple[int, dict[str, str]]]
Lines = Iterable[tuple[int, list[Cell]]]


def read_units(path: Path) -> Table:
    return _read(path, UNIT_COLUMNS, UNIT_NEEDS, 0)


def read_posts(path: Path, *, sheet: int = 0) -> Table:
    """Posts of a file of their own, or of a sheet (counted from 0) of the units' workbook."""
    return _read(path, POST_COLUMNS, POST_NEEDS, sheet)


def second_sheet(path: Path) -> bool:
    """Whether a workbook has a second sheet with something in it."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    try:
        sheets = _sheets(path)
        return len(sheets) > 1 and any(True for _, cells in sheets[1][1] if any(c.value for c in cells))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False  # reading the first sheet says what is wrong


def _read(path: Path, columns: Columns, needs: Sequence[str], sheet: int) -> Table:
    table = Table(path.name)
    table.rows = _guarded(table, path, columns, needs, sheet)
    return table


def _guarded(table: Table, path: Path, columns: Columns, needs: Sequence[str], sheet: int) -> Rows:
    """The rows of a file; what is wrong with the file as a whole becomes one sentence."""

    def whole(zh: str, en: str) -> None:
        table.problems.append(Problem(table.file, 0, "", zh, en))

    try:
        if path.stat().st_size > MOST_BYTES:
            whole("文件太大", "the file is too large")
            return
        lines = _lines(table, path, sheet)
        if lines is None:
            whole("没有这张工作表", "there is no such sheet")
            return
        yield from _table(table, lines, columns, needs)
    except OSError as error:
        whole("打不开这个文件", f"cannot be opened: {error.strerror}")
    except UnicodeDecodeError:
        whole("文字编码不是UTF-8也不是GBK", "the text is neither UTF-8 nor GBK")
    except (ValueError, KeyError, csv.Error, zipfile.BadZipFile, EOFError):
        whole("不是能读的表格，请存成CSV或XLSX", "is not a readable table; save it as CSV or XLSX")


def _lines(table: Table, path: Path, sheet: int) -> Lines | None:
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return _csv(path.read_bytes())
    sheets = _sheets(path)
    if sheet >= len(sheets):
        return None
    merged, lines = sheets[sheet]
    for line, where in merged:
        zh, en = f"{where}是合并单元格，请先拆开", f"{where} are merged cells; split them first"
        table.problems.append(Problem(table.file, line, "", zh, en))
    return lines


def _table(table: Table, lines: Lines, columns: Columns, needs: Sequence[str]) -> Rows:
    file, problems = table.file, table.problems
    header: list[str] | None = None
    gap = count = 0
    for line, cells in lines:
        if not any(c.value for c in cells):
            gap = gap or line
            continue
        if header is None:
            header = _header(file, line, cells, columns, needs, problems)
            if any(n not in header for n in needs):
                return
            gap = 0
            continue
        if gap:
            zh, en = (
                f"第{gap}行空着，后面还有内容，请删掉空行",
                f"line {gap} is empty and the table goes on; delete it",
            )
            problems.append(Problem(file, line, "", zh, en))
            gap = 0
        if count == MOST_ROWS:
            problems.append(Problem(file, line, "", f"最多{MOST_ROWS}行", f"at most {MOST_ROWS} lines"))
            return
        count += 1
        yield line, _row(table, line, cells, header, columns)
    if header is None:
        problems.append(Problem(file, 0, "", "表是空的", "the table is empty"))


def _row(table: Table, line: int, cells: list[Cell], header: list[str], columns: Columns) -> dict[str, str]:
    if any(c.value for c in cells[len(header) :]):
        table.problems.append(
            Problem(table.file, line, "", "比表头多出一格", "has more cells than the header")
        )
    row = {}
    for name, each in zip(header, cells, strict=False):
        if each.wrong:
            table.problems.append(Problem(table.file, line, columns.get(name, (name,))[0], *each.wrong))
        elif name:
            row[name] = each.value
    return row


def _header(
    file: str, line: int, cells: list[Cell], columns: Columns, needs: Sequence[str],
    problems: list[Problem],
) -> list[str]:  # fmt: skip
    known = {word: name for name, words in columns.items() for word in words}
    found: list[str] = []
    for each in cells:
        word = re.sub(r"\s+", "", each.value).casefold()
        name = known.get(word, "")
        if word and not name:
            words = "、".join(w[0] for w in columns.values())
            zh, en = (
                f"不认识的表头“{each.value[:20]}”，可用：{words}",
                f"unknown header; known: {', '.join(columns)}",
            )
            problems.append(Problem(file, line, each.value[:20], zh, en))
        elif name and name in found:
            problems.append(Problem(file, line, columns[name][0], "表头重复", "the header occurs twice"))
        found.append(name)
    while found and not found[-1]:
        found.pop()
    for name in needs:
        if name not in found:
            zh, en = f"缺少表头“{columns[name][0]}”", f"the header {name!r} is missing"
            problems.append(Problem(file, line, columns[name][0], zh, en))
    return found


def _csv(raw: bytes) -> Lines:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    if "\0" in text:
        raise ValueError("not a text")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;，", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, [cell_of(c) for c in cells]


def _sheets(path: Path) -> list[tuple[list[tuple[int, str]], Lines]]:
    """Each sheet of a workbook: its merged cells, and its lines."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as packed:
        if sum(each.file_size for each in packed.infolist()) > 8 * MOST_BYTES:
            raise ValueError("the workbook unpacks to too much")
        names = packed.namelist()
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        found: list[tuple[list[tuple[int, str]], Lines]] = []
        for sheet in book.worksheets:
            place = sheet._worksheet_path.lstrip("/")
            xml = packed.read(place).decode("utf-8", "replace") if place in names else ""
            areas = re.findall(r'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+(\d+)[^"]*)"', xml)
            sheet.reset_dimensions()  # what the file claims of its size is often wrong
            found.append(([(int(line), area) for area, line in areas], list(_rows(sheet))))
        book.close()
        return found


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MOST_SHEET_ROWS:
            return
        yield number, [cell_of(c.value, formula=c.data_type == "f") for c in cells]
