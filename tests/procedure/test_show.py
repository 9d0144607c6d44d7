"""The rulebook as a secretary reads it: what holds at every door, and where everything goes."""

from __future__ import annotations

import pytest

from shangliang.procedure.loader import load, procedure, shipped
from shangliang.procedure.show import show

FOCUS = """overlay = "focus"
kind = "county"
on = "weitang"
name = "今年的重点"
name_en = "this year's focus"
[[list.focus]]
id = "renewal"
name = "老旧小区改造"
name_en = "renewing old estates"
[[list.focus]]
id = "parking"
name = "停车"
name_en = "parking"
"""


def of(text: str, stage: str) -> str:
    """What stands under a stage."""
    return text.split(f"\n\n{stage}", 1)[1].split("\n\n", 1)[0]


def test_a_secretary_reads_what_holds_at_every_door() -> None:
    """Gates on entering and leaving a stage belong to no act; they are rules all the same (L12, V33)."""
    book = show(procedure("liyang"))
    carrying = of(book, "实施  〔先协商后实施")
    assert "到这一步以前\n    ■ 必须：有了决定才实施（本地规程）" in carrying
    assert "离开这一步以前\n    ■ 必须：上一轮有了结果" in carrying
    assert "→ 都办完了：民评与结果反馈" in carrying


def test_where_a_called_flow_leads_is_said() -> None:
    meeting = of(show(procedure("liyang")), "提交法定会议")
    assert meeting.splitlines()[1:] == [
        "  ▸ 办完：法定会议", "    → 通过：实施", "    → 再议：协商", "    → 未通过：公开不同意的决定",
    ]  # fmt: skip


def test_floors_of_the_law_stand_in_every_rulebook_each_said_once() -> None:
    for id in shipped():
        book = show(procedure(id))
        assert book.count("━━ 法定会议决定的事项，别的组织不能代为决定") == 1
        floors = book.split("━━ 法定会议决定的事项，别的组织不能代为决定\n", 1)[1].split("\n\n", 1)[0]
        assert len(floors.splitlines()) == 1
    assert "报上级批准（乡镇人民政府、县级主管部门）" in show(procedure("siyi"))


def test_papers_that_are_asked_for_only_in_some_cases_are_marked() -> None:
    papers = show(procedure("yizheng")).rsplit("归档材料：", 1)[1]
    assert "不公示登记（按情况）" in papers and "决议、" in papers


def test_a_years_focus_stands_in_the_rulebook() -> None:
    """突出协商重点: a county lays its list on the rule, without touching anything else (W17)."""
    assert "今年的协商重点" not in show(procedure("weitang"))
    found = load(procedure("weitang").text, "weitang", [("focus.toml", FOCUS)])
    assert "今年的协商重点：老旧小区改造、停车" in show(found)
    assert "concentrate on: renewing old estates, parking" in show(found, "en")


@pytest.mark.parametrize("id", shipped())
def test_every_gate_of_a_stage_stands_in_its_rulebook(id: str) -> None:
    found = procedure(id)
    lines = show(found).count("■ ") - 1  # the legend
    flows = [s for f in found.flows.values() for s in f.stages.values()]
    least = sum(len(s.gates) + sum(len(a.gates) for a in s.acts) for s in flows)
    assert lines >= least
