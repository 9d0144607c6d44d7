"""Papers of a unit above: the letter that reminds, and the month on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shangliang.documents import chinese
from shangliang.documents.chinese import hole
from shangliang.documents.papers import paper
from shangliang.documents.queries import Place, Room
from shangliang.documents.sheet import Grid, Proof, Prose, Sheet

ABOUT = {
    "meeting": "按期召开协商议事会议", "venue": "协商议事室建设", "task": "落实协商议定事项", "letter": "回复商请函",
    "other": "有关协商工作",
}  # fmt: skip


_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Urged:
    """A reminder as the letter says it."""

    by: Place = _NOWHERE
    to: str = ""
    about: str = ""
    text: str = ""
    number: str = ""
    on: date | None = None
    answer_by: date | None = None
    proof: Proof | None = None


@paper("urging", zh="催办函", en="Letter of reminder", of="unit", stands=("remind",))
def urging(r: Room) -> Sheet:
    """Reminds a unit of what is due, in the words of whoever sends it, and asks for an answer by a day."""
    return urging_of(Urged(by=r.unit))


def urging_of(u: Urged) -> Sheet:
    """The letter filled in; every empty value leaves room for the pen."""
    about = ABOUT.get(u.about, "") or hole("", 10)
    until = (
        chinese.day(u.answer_by) if u.answer_by else f"{chinese.LINE * 3}年{chinese.LINE}月{chinese.LINE}日"
    )
    said = tuple(u.text.split("\n")) if u.text else (chinese.LINE * 30,) * 4
    return Sheet(
        "urging", "letter", f"关于{about}的催办函",
        (
            Prose(said),
            Prose((
                f"请于{until}前把办理情况回复我们；办不了的，请写明原因和打算。没有议题的周期，请如实登记“本期无议题”，不用凑次数。",
                f"联系：{hole(u.by.address, 8)}，电话{hole(u.by.telephone, 8)}。",
            )),
        ),
        unit=u.by.name, to=f"{hole(u.to, 10)}：", number=u.number, signer=u.by.issuer if u.by.name else "", on=u.on,
        signed=True, organ=bool(u.by.name), mark=u.by.issuer if u.by.name else "", proof=u.proof,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One table of the month's page: headings, and a row a unit or subject."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The month's page as values: whose, which month, as of when, what it says in a sentence, its tables, its notes."""

    unit: Place = _NOWHERE
    month: date | None = None
    as_of: date | None = None
    frozen: bool = False
    lead: str = ""
    tables: tuple[MonthTable, ...] = ()
    notes: tuple[str, ...] = ()
    proof: Proof | None = None


@paper("month", zh="本月一页", en="The month's page", of="unit", stands=("freeze_month",))
def month(r: Room) -> Sheet:
    """The month on one page, by town and by subject; frozen with the day on which it was cut off."""
    head = ("单位", "协商活动", "受理", "登记解决", "群众确认", "应开", "已开", "未开")
    return month_of(Month(unit=r.unit, tables=(MonthTable("", head, (("",) * 8,) * 12),)))


MOST_ACROSS = 13
"""Rows of all tables that a landscape page holds. A town with more villages gets its page upright, and one page all the
same."""


def month_of(m: Month) -> Sheet:
    """The page filled in, one table under the other."""
    when = f"{m.month.year}年{m.month.month}月" if m.month else f"{chinese.LINE * 3}年{chinese.LINE}月"
    cut = f"数据截至{chinese.day(m.as_of)}" if m.as_of else ""
    state = "（已定稿）" if m.frozen else "（未定稿）" if m.as_of else ""
    grids = [Grid(t.head, _widths(len(t.head)), t.rows, left=(0,), heading=t.heading) for t in m.tables]
    return Sheet(
        "month", "table", f"{m.unit.name}协商工作{when}一页",
        ((Prose((m.lead,)),) if m.lead else ()) + tuple(grids),
        unit=m.unit.name, on=m.as_of, left=cut + state, right="单位：次、件", note="\n".join(m.notes),
        landscape=sum(len(t.rows) for t in m.tables) <= MOST_ACROSS,
        proof=m.proof,
    )  # fmt: skip


def _widths(columns: int) -> tuple[int, ...]:
    """The first column wide, the others alike; together 100."""
    each = 80 // max(1, columns - 1)
    return (100 - each * (columns - 1), *([each] * (columns - 1)))
