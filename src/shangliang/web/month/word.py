"""The month's page as a Word document, landscape, on one sheet, to be gone on with by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from shangliang.documents.sheets.above import MonthTable
from shangliang.web.month.exports import cut_off, notes, tables, title
from shangliang.web.month.figures import Month, lead

FONT, HEADS = "宋体", "黑体"
LONG, SHORT = Cm(29.7), Cm(21)
MARGIN, WIDTH = Cm(1.8), 26.1  # centimetres between the margins
FIRST = 5.1  # centimetres of the first column


def docx(m: Month) -> bytes:
    """The whole document."""
    document = Document()
    _page(document)
    _line(document, title(m), size=18, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, after=6)
    _line(document, cut_off(m), size=10.5)
    _line(document, lead(m).zh, size=10.5, after=4)
    for table in tables(m):
        _line(document, table.heading, size=11, font=HEADS, before=4, after=2, keep=True)
        _table(document, table)
    for n, note in enumerate(notes(m)):
        _line(document, note.zh, size=9, before=0 if n else 4)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = LONG, SHORT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Cm(1.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _line(document: Any, words: str, *, size: float, bold: bool = False, font: str = FONT, align: Any = None,
          before: float = 0, after: float = 0, keep: bool = False) -> None:  # fmt: skip
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.15
    shape.keep_with_next = keep
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Any, table: MonthTable) -> None:
    """Figures to the right, names to the left, the last line of a table with a sum in bold; its head again on every page."""
    columns = len(table.head)
    widths = [FIRST, *([(WIDTH - FIRST) / (columns - 1)] * (columns - 1))]
    made = document.add_table(rows=1, cols=columns, style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)  # of the table's grid; LibreOffice goes by it, Word by the cells
    _fill(made.rows[0], table.head, widths, size=9.5, align=WD_ALIGN_PARAGRAPH.CENTER, font=HEADS)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for words in table.rows:
        whole = words[0].startswith("合计")
        _fill(made.add_row(), words, widths, size=10.5, align=WD_ALIGN_PARAGRAPH.RIGHT, bold=whole)


def _fill(row: Any, words: Sequence[str], widths: Sequence[float], *, size: float, align: Any, font: str = FONT,
          bold: bool = False) -> None:  # fmt: skip
    for n, (cell, word, width) in enumerate(zip(row.cells, words, widths, strict=True)):
        cell.width, cell.vertical_alignment = Cm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align if n or align == WD_ALIGN_PARAGRAPH.CENTER else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        run = paragraph.add_run(word)
        run.bold, run.font.size = bold, Pt(size)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
