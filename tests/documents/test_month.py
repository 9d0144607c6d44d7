"""本月一页 is one page: with every place of the demonstration, figures of a busy year and what came in later beside them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.test_papers import pages

from shangliang.documents import papers, render
from shangliang.documents.sheet import Proof, Sheet
from shangliang.documents.sheets.above import Month, MonthTable, month_of
from shangliang.documents.values import Place
from shangliang.site.simulate.tree import TOWNS
from shangliang.web.month.exports import notes
from shangliang.web.month.figures import BY_UNIT, KNOWN, SUBJECT_NAMES, SUBJECTS
from shangliang.web.month.figures import Month as Figures

COUNTY, TOWN = "1208 (+14)", "108 (+4)"
"""The longest figures of a county and of a town with its villages, with what came in after freezing: the demonstration's county
holds 209 meetings in its year so far, its largest town 37."""
LEAD = (
    "本月开展协商活动1208次（本年累计1208次），受理事项1208件，登记解决1208件（本年累计1208件），其中群众已确认1208件。"
    "本月到期应开1208次，已开1208次，未开1208次，其中1208次登记了本期无议题。"
)
MOST = max(villages for _id, _name, _code, villages, _sort in TOWNS)


def page(places: int, name: str, figure: str) -> Month:
    """A frozen month of a unit with so many places below it, all names as long as the longest of the demonstration."""
    head = ("单位", *(KNOWN[c].name.zh for c in BY_UNIT))
    below = ["城乡社区工作局（演示）" if figure == COUNTY else "葡萄沟村（示例）"] * places + [
        f"合计：{name}"
    ]
    by_unit = MonthTable("一、分单位", head, tuple((n, *[figure] * len(BY_UNIT)) for n in below))
    subjects = MonthTable("二、分类别（登记为已解决）", ("类别", "本月", "本年累计"),
                          tuple((SUBJECT_NAMES[s].zh, figure, figure) for s in SUBJECTS))  # fmt: skip
    frozen = Figures(None, date(2026, 10, 1), date(2026, 11, 22), (), {}, {}, date(2026, 11, 2), "x")  # type: ignore[arg-type]
    return Month(Place("x", name, "town", "town"), date(2026, 10, 1), date(2026, 11, 2), True, LEAD, (by_unit, subjects),
                 tuple(n.zh for n in notes(frozen)), Proof("a" * 64, "记录簿daduchuan第1208号（2026年11月2日）"))  # fmt: skip


def county(places: int = len(TOWNS) + 1) -> Sheet:
    return month_of(page(places, "东宁市（演示）", COUNTY))


def town(villages: int) -> Sheet:
    return month_of(page(villages, "大肚川镇（演示）", TOWN))


@pytest.mark.parametrize("places", [0, 1, len(TOWNS) + 1, 9])
def test_a_countys_month_is_one_page(places: int) -> None:
    assert pages(render.pdf(county(places))) == 1


@pytest.mark.parametrize("villages", [0, 1, 8, 9, 10, *sorted({v for _i, _n, _c, v, _s in TOWNS})])
def test_a_towns_month_is_one_page_however_many_villages_the_demonstration_has_in_one(villages: int) -> None:
    assert pages(render.pdf(town(villages))) == 1


def test_a_place_with_many_below_it_gets_its_page_upright_and_a_county_lying() -> None:
    assert not town(MOST).landscape and county().landscape


def test_the_blank_month_is_one_page_too() -> None:
    assert pages(render.pdf(papers.blank("month"))) == 1
