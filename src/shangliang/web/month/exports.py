"""The month's page as a paper, as a Word document and as an Excel workbook: the same figures, the same words."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from shangliang.documents import chinese
from shangliang.documents.queries import place_of
from shangliang.documents.sheet import Proof, Sheet
from shangliang.documents.sheets.above import Month as Values
from shangliang.documents.sheets.above import MonthTable, month_of
from shangliang.procedure.say import Say
from shangliang.statistics.measures import MEASURES
from shangliang.web.month.figures import (
    ALL,
    BY_UNIT,
    KNOWN,
    SUBJECT_NAMES,
    SUBJECTS,
    Month,
    cells,
    lead,
    written,
)

FONT = "宋体"


def tables(m: Month) -> tuple[MonthTable, ...]:
    """The page's two tables as text: by unit, by subject."""
    head = ("单位", *(KNOWN[c].name.zh for c in BY_UNIT))
    rows = tuple(
        (f"合计：{u.name}" if u.pk == m.unit.pk else u.name, *(written(*pair) for pair in pairs))
        for u, pairs in cells(m, BY_UNIT)
    )
    subjects = tuple(
        (SUBJECT_NAMES[s].zh, *(written(m.value(m.unit.pk, c), m.late(m.unit.pk, c)) for c in (f"solved_{s}", f"solved_{s}.year")))
        for s in SUBJECTS
    )  # fmt: skip
    return (
        MonthTable("一、分单位", head, rows),
        MonthTable("二、分类别（登记为已解决）", ("类别", "本月", "本年累计"), subjects),
    )


def notes(m: Month) -> tuple[Say, ...]:
    """What a reader has to know of the figures."""
    said = [
        Say(
            "按行政顺序排列，不作比较。“应开、已开、未开”指本月到期的周期。",
            "In administrative order, not compared. “Due”, “held” and “gap” are those of the periods that end in this month.",
        )
    ]
    if m.frozen_on:
        said.append(
            Say(
                f"本页{chinese.day(m.frozen_on)}定稿；括号内是定稿后补录的差额，不改变定稿数字。",
                f"Frozen on {m.frozen_on}; what came in later stands in brackets and changes no frozen figure.",
            )
        )
    return tuple(said)


def sheet(m: Month, proof: Proof | None) -> Sheet:
    """The page as a paper."""
    return month_of(
        Values(
            place_of(m.unit),
            m.first,
            m.frozen_on or m.today,
            m.frozen_on is not None,
            lead(m).zh,
            tables(m),
            tuple(n.zh for n in notes(m)),
            proof,
        )
    )


def title(m: Month) -> str:
    return f"{m.unit.name}协商工作{m.first.year}年{m.first.month}月一页"


def cut_off(m: Month) -> str:
    """Until when the figures go, and whether they are final."""
    state = "已定稿" if m.frozen_on else "未定稿"
    return f"数据截至{chinese.day(m.frozen_on or m.today)}（{state}）"


def docx(m: Month) -> bytes:
    """The page as a Word document, landscape, to be gone on with by hand."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title(m))
    run.bold, run.font.size = True, Pt(18)
    document.add_paragraph(cut_off(m))
    document.add_paragraph(lead(m).zh)
    for table in tables(m):
        document.add_paragraph().add_run(table.heading).bold = True
        _word_table(document, table)
    for note in notes(m):
        document.add_paragraph(note.zh)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_table(document: Any, table: MonthTable) -> None:
    made = document.add_table(rows=1, cols=len(table.head), style="Table Grid")
    for cell, word in zip(made.rows[0].cells, table.head, strict=True):
        cell.text = word
    for row in table.rows:
        for n, (cell, word) in enumerate(zip(made.add_row().cells, row, strict=True)):
            cell.text = word
            if n:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def xlsx(m: Month) -> bytes:
    """A workbook: the page, then every figure with what came in later, then the definitions. Numbers are numbers."""
    workbook = Workbook()
    page = workbook.active
    page.title = "本月一页"
    page.append([title(m)])
    page.append([cut_off(m)])
    page.append([lead(m).zh])
    page["A1"].font = Font(bold=True, size=16)
    for row in (1, 2, 3):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(BY_UNIT) + 1)
        page.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    page.row_dimensions[3].height = 48
    _heads(page, ["单位", *(KNOWN[c].name.zh for c in BY_UNIT)])
    for unit, pairs in cells(m, BY_UNIT):
        page.append([unit.name, *(shown for shown, _late in pairs)])
    page.append([])
    _heads(page, ["类别", "本月解决", "本年累计解决"])
    for s in SUBJECTS:
        page.append(
            [SUBJECT_NAMES[s].zh, m.value(m.unit.pk, f"solved_{s}"), m.value(m.unit.pk, f"solved_{s}.year")]
        )
    for note in notes(m):
        page.append([note.zh])
    page.column_dimensions["A"].width = 24
    page.page_setup.orientation, page.page_setup.fitToWidth = "landscape", 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    _all(workbook.create_sheet("全部数字"), m)
    _definitions(workbook.create_sheet("指标说明"))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _heads(page: Any, words: list[str]) -> None:
    page.append(words)
    for n, word in enumerate(words, 1):
        cell = page.cell(page.max_row, n)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
        if n > 1:
            letter = get_column_letter(n)
            page.column_dimensions[letter].width = max(
                page.column_dimensions[letter].width or 0, min(14, 2 + 2 * len(word))
            )


def _all(page: Any, m: Month) -> None:
    _heads(page, ["单位", "代码", "指标", "数量", "补录差额"])
    for unit in (m.unit, *m.units):
        for c in ALL:
            page.append([unit.name, unit.code, c.name.zh, m.value(unit.pk, c.id), m.late(unit.pk, c.id)])
    page.column_dimensions["A"].width = page.column_dimensions["C"].width = 28
    page.freeze_panes = "A2"


def _definitions(page: Any) -> None:
    _heads(page, ["指标", "怎么算", "Definition"])
    for measure in dict.fromkeys(c.measure for c in ALL):
        found = MEASURES[measure]
        page.append([found.name.zh, found.definition.zh, found.definition.en])
    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = page.column_dimensions["C"].width = 80
