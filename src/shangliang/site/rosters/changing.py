"""The sheet of changes: new names, places joined to others, places that end. Old matters keep their numbers and their book."""

from __future__ import annotations

from shangliang.cases.models import Matter
from shangliang.people.models import Post
from shangliang.site.rosters.columns import CHANGE_WORDS, CHANGES
from shangliang.site.rosters.desk import Desk
from shangliang.site.rosters.sheets import Row

CARRY_ON = ("party_secretary", "deputy_party_secretary", "clerk", "supervision_head")
"""Posts of the successor that are taken up in the old place as well, so that somebody can finish its open matters."""


def read(desk: Desk) -> None:
    seen: set[str] = set()
    for row in desk.book.rows.get(CHANGES.id, []):
        desk.width(CHANGES, row, to=80, paper=120)
        unit = desk.unit(CHANGES, row)
        change = desk.word(CHANGES, row, "change", CHANGE_WORDS, "") if row["change"] else ""
        on = desk.day(CHANGES, row, "on")
        if not (unit and change and on):
            continue
        if unit in seen:
            desk.wrong(CHANGES, row, "unit", "这个单位写了两行", "this unit stands on two lines")
        seen.add(unit)
        if change == "rename":
            if not row["to"]:
                desk.wrong(CHANGES, row, "to", "没有填新名称", "the new name is missing")
            desk.step(CHANGES, row, "amend_unit", on, {"name": row["to"]}, unit)
        else:
            _end(desk, row, unit, change)


def _end(desk: Desk, row: Row, unit: str, change: str) -> None:
    on = desk.day(CHANGES, row, "on")
    into: str | None = None
    if change == "join":
        into = desk.unit(CHANGES, row, "to")
        if not row["to"]:
            desk.wrong(CHANGES, row, "to", "没有填并入哪个单位", "it is missing which unit it is joined to")
        if into == unit:
            desk.wrong(CHANGES, row, "to", "不能并入自己", "a unit cannot be joined to itself")
        if into is None or into == unit:
            return
    assert on is not None
    if into and Matter.objects.filter(unit=unit, ended="").exists():
        for post in Post.objects.filter(unit=into, until=None, role__in=CARRY_ON).order_by("id"):
            data = {"role": post.role, "person": post.person_id, "title": post.title, "acting": True, "paper": row["paper"],
                    "since": on.isoformat()}  # fmt: skip
            desk.step(CHANGES, row, "appoint", desk.today, data, unit)
    desk.step(CHANGES, row, "end_unit", on, {"successor": into, "paper": row["paper"]}, unit)
