"""The sheet of venues: the five haves (D18), how and where they were built (D12 to D15), pilots and demonstration sites."""

from __future__ import annotations

from typing import Any

from shangliang.acts.act import SYSTEM, Act
from shangliang.site.rosters.columns import BUILD_WORDS, NO, VENUES, YES
from shangliang.site.rosters.desk import Desk, Step
from shangliang.site.rosters.places import whole
from shangliang.site.rosters.sheets import Row
from shangliang.units.models import Venue

HAVES = ("organisation", "place", "rules", "facilities", "sign")


def read(desk: Desk) -> list[Step]:
    """One act for each venue that is new or changed."""
    there = {v.unit_id: v for v in Venue.objects.all()}
    seen: set[str] = set()
    steps: list[Step] = []
    for row in desk.book.rows.get(VENUES.id, []):
        desk.width(VENUES, row, name=80, host=80, theme=80, plan=120)
        unit, ready = desk.unit(VENUES, row), desk.day(VENUES, row, "ready")
        data = _data(desk, row)
        if unit is None or ready is None:
            continue
        if unit in seen:
            desk.wrong(VENUES, row, "unit", "这个单位写了两行", "this unit stands on two lines")
        seen.add(unit)
        desk.seen(unit, ready)
        old = there.get(unit)
        if old is not None and old.ready_on is not None and old.ready_on <= ready and _same(old, data):
            desk.same(VENUES)
            continue
        steps.append(Step(VENUES.names[0], row.line, Act("equip_venue", ready, SYSTEM, data, unit=unit)))
    return steps


def _data(desk: Desk, row: Row) -> dict[str, Any]:
    yes = {n: desk.word(VENUES, row, n, YES | NO, False) for n in (*HAVES, "shared", "demonstration")}
    pilot = whole(row["pilot"], 2100) if row["pilot"] else None
    if row["pilot"] and (pilot is None or pilot < 1990):
        desk.wrong(VENUES, row, "pilot", "请填年份，例如2021", "must be a year such as 2021")
        pilot = None
    subsidy = whole(row["subsidy"], 99_999_999) if row["subsidy"] else None
    if row["subsidy"] and subsidy is None:
        desk.wrong(VENUES, row, "subsidy", "请填元数，不带单位", "must be a whole number of yuan")
    return {
        "name": row["name"] or "有事好商量议事室", "host": row["host"], "haves": [n for n in HAVES if yes[n]],
        "shared": yes["shared"], "build": desk.word(VENUES, row, "build", BUILD_WORDS, ""), "pilot_year": pilot,
        "demonstration": yes["demonstration"], "theme": row["theme"], "plan": row["plan"], "subsidy": subsidy,
    }  # fmt: skip


def _same(old: Venue, data: dict[str, Any]) -> bool:
    return ",".join(sorted(data["haves"])) == old.haves and all(
        getattr(old, n) == data[n] for n in data if n != "haves"
    )
