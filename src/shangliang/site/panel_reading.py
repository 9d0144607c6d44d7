"""Pools and quotas from files: CSV in UTF-8, UTF-16 or GBK, or the first sheet of an XLSX workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from shangliang.panel import Problem, tables
from shangliang.panel.tables import IDS, Table, fault

__all__ = ["IDS", "problem", "table"]

LARGEST = 64 * 1024 * 1024  # bytes


def table(path: Path) -> Table:
    """Read a table; raises OSError where the file cannot be opened, PanelError where it is no table."""
    raw = path.read_bytes()
    if len(raw) > LARGEST:
        raise fault(path.name, "文件太大，不像是名单", "the file is too large to be a list")
    if raw[:4] == b"PK\x03\x04":
        return tables.table(path.name, _sheet(path.name, raw))
    return tables.read(path.name, _text(path.name, raw))


def problem(
    categories: Path, respondents: Path, size: int, *, id_column: str | None = None, address: Sequence[str] = (),
    must: Iterable[str] = (), without: Iterable[str] = (),
) -> Problem:  # fmt: skip
    """The whole problem from its two files."""
    return tables.problem(
        table(categories),
        table(respondents),
        size,
        id_column=id_column,
        address=address,
        must=must,
        without=without,
    )


def _text(name: str, raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise fault(name, "这不是表格：请存成 CSV 或 XLSX", "this is not a table: save it as CSV or XLSX")


def _sheet(name: str, raw: bytes) -> list[tuple[int, list[str]]]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        rows = [
            (n, ["" if cell is None else str(cell).strip() for cell in cells])
            for n, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1)
        ]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise fault(name, "这个 XLSX 文件打不开", "this XLSX file cannot be opened") from error
    while rows and not any(rows[0][1]):
        rows.pop(0)
    return rows
