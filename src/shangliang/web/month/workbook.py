"""The month's page as a workbook: the page, then every figure with what came in later, then the definitions."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from shangliang.statistics.measures import MEASURES
from shangliang.web.month.exports import cut_off, notes, title
from shangliang.web.month.figures import ALL, BY_UNIT, KNOWN, SUBJECT_NAMES, SUBJECTS, Month, cells, lead

LINE = Side(style="thin", color="808080")
RULED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD = PatternFill("solid", fgColor="F2EFE9")
A4 = 9


def xlsx(m: Month) -> bytes:
    """The whole workbook. Numbers are numbers."""
    workbook = Workbook()
    _first(workbook.active, m)
    _all(workbook.create_sheet("全部数字"), m)
    _definitions(workbook.create_sheet("指标说明"))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _first(page: Any, m: Month) -> None:
    page.title = "本月一页"
    columns = len(BY_UNIT) + 1
    for words, font, height in ((title(m), Font(bold=True, size=16), 30), (cut_off(m), Font(size=10), 18),
                                (lead(m).zh, Font(size=11), 36)):  # fmt: skip
        _across(page, words, columns, font, height)
    _row(page, ["单位", *(KNOWN[c].name.zh for c in BY_UNIT)], head=True)
    for unit, pairs in cells(m, BY_UNIT):
        _row(page, [unit.name, *(shown for shown, _late in pairs)], bold=unit.pk == m.unit.pk)
    page.append([])
    _row(page, ["类别", "本月解决", "本年累计解决"], head=True)
    for s in SUBJECTS:
        solved = (m.value(m.unit.pk, f"solved_{s}"), m.value(m.unit.pk, f"solved_{s}.year"))
        _row(page, [SUBJECT_NAMES[s].zh, *solved])
    for note in notes(m):
        _across(page, note.zh, columns, Font(size=10), 18)
    _widths(page, [24, *([11] * len(BY_UNIT))])
    _printed(page, landscape=True)
    page.page_setup.fitToHeight = 1
    page["A1"].alignment = Alignment(horizontal="center", vertical="center")


def _across(page: Any, words: str, columns: int, font: Font, height: int) -> None:
    """A line over the whole width."""
    page.append([words])
    row = page.max_row
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    cell = page.cell(row, 1)
    cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="center")
    page.row_dimensions[row].height = height


def _row(page: Any, values: Sequence[Any], *, head: bool = False, bold: bool = False) -> None:
    """A ruled line of a table: names to the left, figures to the right."""
    page.append(list(values))
    for n, value in enumerate(values, 1):
        cell = page.cell(page.max_row, n)
        cell.border, cell.font = RULED, Font(bold=head or bold)
        side = "center" if head else "right" if isinstance(value, int) else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        if head:
            cell.fill = HEAD
    page.row_dimensions[page.max_row].height = 32 if head else 18


def _widths(page: Any, widths: Sequence[int]) -> None:
    for n, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(n)].width = width


def _printed(page: Any, *, landscape: bool = False) -> None:
    """On A4, as wide as the sheet, with page numbers."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape" if landscape else "portrait", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.oddFooter.right.text = "第&P页　共&N页"


def _all(page: Any, m: Month) -> None:
    _row(page, ["单位", "代码", "指标", "数量", "补录差额"], head=True)
    for unit in (m.unit, *m.units):
        for c in ALL:
            _row(page, [unit.name, unit.code, c.name.zh, m.value(unit.pk, c.id), m.late(unit.pk, c.id)])
    _widths(page, [26, 14, 34, 9, 11])
    _table_of_pages(page)


def _definitions(page: Any) -> None:
    _row(page, ["指标", "怎么算", "Definition"], head=True)
    for measure in dict.fromkeys(c.measure for c in ALL):
        found = MEASURES[measure]
        _row(page, [found.name.zh, found.definition.zh, found.definition.en])
        # Not every program makes room for a text of several lines by itself.
        lines = max(len(found.definition.zh) // 28, len(found.definition.en) // 54) + 1
        page.row_dimensions[page.max_row].height = 4 + 15 * lines
    _widths(page, [30, 60, 60])
    _table_of_pages(page, landscape=True)


def _table_of_pages(page: Any, *, landscape: bool = False) -> None:
    """A long table: its head stays while scrolling and comes again on every page."""
    page.freeze_panes, page.print_title_rows = "A2", "1:1"
    _printed(page, landscape=landscape)
