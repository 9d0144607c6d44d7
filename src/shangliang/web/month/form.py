"""Filling the form of whoever asks for the figures: their own workbook, with marks where our figures belong.

A mark is a cell whose whole text is 【指标】 or 【指标：单位】, for instance 【协商活动】 or 【登记为已解决（本年累计）：老黑山镇】; the
unit may be a name or a code. For a form that must not be touched, a second table says which figure goes where: its columns are
工作表, 单元格, 指标, 单位. Nothing of either is kept.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from shangliang.errors import Malformed
from shangliang.units.models import Unit
from shangliang.web.month.figures import ALL, Month

MOST = 8 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
_MARK = re.compile(r"\s*【([^】：:]+)(?:[：:]([^】]+))?】\s*")
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")

Problems = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A figure and the cell it goes into."""

    sheet: str
    cell: str
    measure: str
    unit: str


def fill(form: bytes, mapping: bytes | None, m: Month) -> bytes:
    """The workbook with our figures in it. Raises Malformed naming every cell that cannot be filled; then nothing is."""
    workbook = _open(form)
    places = list(_mapped(mapping)) if mapping else list(_marked(workbook))
    problems: Problems = []
    if not places:
        problems.append(
            (
                "",
                "表里没有【指标】这样的记号，也没有对照表",
                "The form has no mark such as 【协商活动】, and there is no table",
            )
        )
    for place in places:
        _put(workbook, place, m, problems)
    if problems:
        raise Malformed(problems)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def marks() -> list[str]:
    """Every name a mark may have, in the order of the page."""
    return [f"【{c.name.zh}】" for c in ALL]


def _open(form: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(form)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise ValueError("the workbook unpacks to too much")
        return load_workbook(io.BytesIO(form))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise Malformed(
            [("", "打不开这张表，请另存为 .xlsx 再传", "This form cannot be opened; save it as .xlsx")]
        ) from None


def _marked(workbook: Any) -> Iterator[Place]:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and (found := _MARK.fullmatch(cell.value)):
                    yield Place(sheet.title, cell.coordinate, found[1].strip(), (found[2] or "").strip())


def _mapped(mapping: bytes) -> Iterator[Place]:
    try:
        text = mapping.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = mapping.decode("gb18030", "replace")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t，", key=text.count))
    for n, row in enumerate(rows, 1):
        words = [w.strip() for w in row]
        if not any(words) or words[:2] == ["工作表", "单元格"]:
            continue
        if len(words) < 3:
            raise Malformed([(f"第{n}行", "要有工作表、单元格、指标三格", "needs sheet, cell and measure")])
        yield Place(words[0], words[1].upper(), words[2], words[3] if len(words) > 3 else "")


def _put(workbook: Any, place: Place, m: Month, problems: Problems) -> None:
    where = f"{place.sheet}!{place.cell}"
    if place.sheet not in workbook.sheetnames:
        problems.append((where, f"没有工作表“{place.sheet[:30]}”", f"there is no sheet {place.sheet[:30]!r}"))
        return
    if not _CELL.fullmatch(place.cell):
        problems.append((where, f"“{place.cell[:12]}”不是单元格", f"{place.cell[:12]!r} is no cell"))
        return
    column = next((c for c in ALL if place.measure in (c.name.zh, c.name.en, c.id)), None)
    if column is None:
        problems.append(
            (where, f"没有指标“{place.measure[:30]}”", f"there is no measure {place.measure[:30]!r}")
        )
    unit = _unit(place.unit, m)
    if unit is None:
        problems.append(
            (where, f"这一页上没有单位“{place.unit[:30]}”", f"no unit {place.unit[:30]!r} is on this page")
        )
    if column is None or unit is None:
        return
    cell = workbook[place.sheet][place.cell]
    if isinstance(cell, MergedCell):
        problems.append(
            (where, "在合并的单元格里面，请填左上角那一格", "lies inside a merged cell; name its upper left")
        )
        return
    cell.value = m.value(unit.pk, column.id)


def _unit(words: str, m: Month) -> Unit | None:
    if not words:
        return m.unit
    plain = words.replace("（演示）", "").replace("（示例）", "")
    for unit in (m.unit, *m.units):
        name = unit.name.replace("（演示）", "").replace("（示例）", "")
        if words in (unit.name, unit.code, unit.pk) or plain == name:
            return unit
    return None
