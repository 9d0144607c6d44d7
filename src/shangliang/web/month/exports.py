"""The month's page in words: its title, its two tables, its notes, and the page as a paper."""

from __future__ import annotations

from shangliang.documents import chinese
from shangliang.documents.queries import place_of
from shangliang.documents.sheet import Proof, Sheet
from shangliang.documents.sheets.above import Month as Values
from shangliang.documents.sheets.above import MonthTable, month_of
from shangliang.procedure.say import Say
from shangliang.web.month.figures import BY_UNIT, KNOWN, SUBJECT_NAMES, SUBJECTS, Month, cells, lead, written
from shangliang.web.saying import day_said


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
        on = day_said(m.frozen_on)
        said.append(
            Say(
                f"本页{on.zh}定稿；括号内是定稿后补录的差额，不改变定稿数字。",
                f"Frozen on {on.en}; what came in later stands in brackets and changes no frozen figure.",
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
