"""The empty workbook that the county office fills in: one sheet each, with its headers and one example line."""

from __future__ import annotations

from typing import IO, Any

from shangliang.site.rosters.columns import BUILD_WORDS, CHANGE_WORDS, KINDS, ROLE_WORDS, SHEETS, Sheet

_HELP = {
    "units": "上级单位写名称或代码；已经有的单位只改有变化的数；起始日期可以不填。",
    "posts": "一人一职一行；卸任的填卸任日期；同一个人在几个单位任职，请填同一个人员编号（只用来对人，不会保存）。",
    "links": "一位政协委员一行，联系的村社区用顿号隔开。",
    "venues": "启用日期是验收合格可以使用的日期；五有逐项填是或否。",
    "changes": "改名的填新名称，并入的填并入哪个单位；旧单位的事项和编号都保留。",
    "ledger": "一次会一行；几个议题用分号隔开，结果和类别按同样的次序。",
}


def write(stream: IO[bytes]) -> None:
    """Writes the workbook; what goes into each sheet stands on the sheet 说明."""
    from openpyxl import Workbook

    workbook = Workbook()
    notes: Any = workbook.active
    notes.title = "说明"
    notes.append(["工作表", "怎么填（带*的必填；灰色示例行填之前请删掉）"])
    for sheet in SHEETS:
        notes.append([sheet.names[0], _HELP[sheet.id]])
        _sheet(workbook.create_sheet(sheet.names[0]), sheet)
    lists = (("类别", KINDS), ("职务", ROLE_WORDS), ("变更", CHANGE_WORDS), ("建设方式", BUILD_WORDS))
    for what, words in lists:
        notes.append([what, "可以填：" + "、".join(w for w in words if w and not w.isascii())])
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 12, 100
    workbook.save(stream)


def _sheet(place: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    place.append([w[0] + ("*" if name in sheet.needs else "") for name, w in sheet.columns.items()])
    place.append(list(sheet.example))
    for n, (head, example) in enumerate(zip(place[1], place[2], strict=True), 1):
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="F6F4F0")
        example.font = Font(italic=True, color="57606A")
        place.column_dimensions[get_column_letter(n)].width = 18
        for line in range(2, 400):  # codes and days stay as they are typed
            place.cell(line, n).number_format = "@"
    place.freeze_panes = "A2"
