"""The sheet of old ledgers: meetings held before the system was there, so that history counts (D40, D42)."""

from __future__ import annotations

from typing import Any

from shangliang.acts.act import SYSTEM, Act
from shangliang.cases.models import Meeting
from shangliang.site.rosters.columns import DISCUSS_WORDS, FORM_WORDS, LEDGER, RESULT_WORDS
from shangliang.site.rosters.desk import Desk, Step
from shangliang.site.rosters.places import parts, whole
from shangliang.site.rosters.sheets import Row


def read(desk: Desk) -> list[Step]:
    """One act for each meeting that is not in the record yet."""
    rows = desk.book.rows.get(LEDGER.id, [])
    if not rows:
        return []
    there = set(Meeting.objects.exclude(ledger="").values_list("unit", "held_on", "time"))
    seen: set[tuple[Any, ...]] = set()
    steps: list[Step] = []
    for row in rows:
        desk.width(LEDGER, row, place=80, ledger=120)
        unit, on = desk.unit(LEDGER, row), desk.day(LEDGER, row, "on")
        data = _data(desk, row)
        if unit is None or on is None:
            continue
        desk.seen(unit, on)
        key = (unit, on, data["time"])
        if key in there:
            desk.same(LEDGER)
            continue
        if key in seen:
            zh, en = "这一天的会写了两行，请写上时间来区别", "two meetings on this day; give their times"
            desk.wrong(LEDGER, row, "on", zh, en)
        seen.add(key)
        steps.append(Step(LEDGER.names[0], row.line, Act("import_meeting", on, SYSTEM, data, unit=unit)))
    return steps


def _data(desk: Desk, row: Row) -> dict[str, Any]:
    present = whole(row["present"], 10_000) if row["present"] else None
    if row["present"] and present is None:
        desk.wrong(LEDGER, row, "present", "请填整数，不带单位", "must be a whole number without a unit")
    return {
        "ledger": row["ledger"], "place": row["place"] or "议事室", "time": _time(desk, row), "present": present,
        "form": desk.word(LEDGER, row, "form", FORM_WORDS, "meeting"), "topics": _topics(desk, row),
    }  # fmt: skip


def _time(desk: Desk, row: Row) -> str:
    hour, _, minute = row["time"].replace("：", ":").partition(":")
    if not row["time"]:
        return ""
    if hour.isdigit() and minute[:2].isdigit() and int(hour) < 24 and int(minute[:2]) < 60:
        return f"{int(hour):02d}:{int(minute[:2]):02d}"
    desk.wrong(LEDGER, row, "time", "时间要写成19:00", "must be a time such as 19:00")
    return ""


def _topics(desk: Desk, row: Row) -> list[dict[str, str]]:
    """The topics of a cell, parted by semicolons; results and classes in the same order, or one for all."""
    titles = parts(row["topics"], "；;")
    if any(len(t) > 60 for t in titles):
        desk.wrong(LEDGER, row, "topics", "每个议题最多60个字", "a topic has at most 60 characters")
    results = _along(desk, row, "results", len(titles), RESULT_WORDS)
    discuss = _along(desk, row, "discuss", len(titles), DISCUSS_WORDS)
    return [{"title": t, "result": r, "discuss": d} for t, r, d in zip(titles, results, discuss, strict=True)]


def _along(desk: Desk, row: Row, column: str, count: int, words: dict[str, str]) -> list[str]:
    said = parts(row[column], "；;、")
    if len(said) not in (0, 1, count):
        zh, en = (
            f"有{count}个议题，这里却有{len(said)}项",
            f"there are {count} topics and {len(said)} entries here",
        )
        desk.wrong(LEDGER, row, column, zh, en)
        return [""] * count
    found = [desk.word(LEDGER, Row(row.line, {column: s}), column, words, "") for s in said]
    return found * count if len(found) == 1 else found or [""] * count
