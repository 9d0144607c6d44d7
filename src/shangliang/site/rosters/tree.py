"""The sheet of units: new ones with their parents first, and what changed of those that are there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from shangliang.acts import rulebooks
from shangliang.site.order import parents_first
from shangliang.site.rosters.columns import KINDS, UNITS
from shangliang.site.rosters.desk import Desk
from shangliang.site.rosters.places import Known, narrow, whole
from shangliang.site.rosters.sheets import Row
from shangliang.units.models import Unit, new_unit_id

COUNTS = {"households": 10_000_000, "adults": 10_000_000, "representatives": 100_000}


@dataclass(slots=True)
class NewUnit:
    """A line of the sheet: a unit to found, or one that is there (``old``)."""

    row: Row
    id: str
    name: str
    kind: str
    code: str
    data: dict[str, Any]
    since: date | None
    parent: str | None = None
    old: Unit | None = None


def read(desk: Desk) -> list[NewUnit]:
    """Every line with its parent found; circles, unknown parents and codes used twice are said."""
    units = [u for row in desk.book.rows.get(UNITS.id, []) if (u := _unit(desk, row))]
    _codes(desk, units)
    _meet_old(desk, units)
    for u in units:
        if u.old is None:
            desk.places.add(Known(u.id, u.name, u.kind, None, new=True), u.code)
    for u in units:
        _parent(desk, u)
    _circles(desk, {u.id: u for u in units})
    _twice(desk, units)
    return units


def found(desk: Desk, units: list[NewUnit]) -> None:
    """The acts: parents first, a unit from the first day on which anything is known of it."""
    for u in parents_first(units):
        if u.old is not None:
            _amend(desk, u)
            continue
        since = u.since or desk.earliest.get(u.id)
        data = {"name": u.name, "kind": u.kind, "parent": u.parent, **u.data}
        if since:
            data["valid_from"] = since.isoformat()
        desk.step(UNITS, u.row, "found_unit", desk.today, data, u.id)


def _unit(desk: Desk, row: Row) -> NewUnit | None:
    desk.width(UNITS, row, name=80, address=120, telephone=40)
    kind = desk.word(UNITS, row, "kind", KINDS, "") if row["kind"] else ""
    code = narrow(row["code"])
    if code and not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code, re.ASCII):
        desk.wrong(UNITS, row, "code", "代码要是6、9或12位数字", "a code has 6, 9 or 12 digits")
        code = ""
    data: dict[str, Any] = {n: row[n] for n in ("address", "telephone", "procedure") if row[n]}
    for name, most in COUNTS.items():
        if row[name] and (n := whole(row[name], most)) is None:
            desk.wrong(UNITS, row, name, "请填整数，不带单位", "must be a whole number without a unit")
        elif row[name]:
            data[name] = n
    if row["procedure"] and row["procedure"] not in rulebooks.known():
        known = "、".join(sorted(rulebooks.known()))
        desk.wrong(
            UNITS, row, "procedure", f"没有这种规程，现有：{known}", f"unknown procedure; known: {known}"
        )
    if not row["name"]:
        return None
    if code:
        data["code"] = code
    since = desk.day(UNITS, row, "since")
    return NewUnit(row, new_unit_id(), row["name"], kind, code, data, since)


def _codes(desk: Desk, units: list[NewUnit]) -> None:
    used = Counter(u.code for u in units if u.code)
    for u in units:
        there = desk.places.codes.get(u.code) if u.code else None
        other = there is not None and desk.places.by_id[there].name != u.name
        if u.code and (used[u.code] > 1 or other):
            desk.wrong(UNITS, u.row, "code", f"代码{u.code}已经用过", f"the code {u.code} is used already")


def _parent(desk: Desk, u: NewUnit) -> None:
    """The parent by name or code. A line without one is the root, of which there is one."""
    words = u.row["parent"]
    if not words:
        root = desk.places.root
        is_root = root is not None and desk.places.by_id[root].name == u.name
        if root is None:
            desk.places.root = u.id
        elif not is_root and root != u.id:
            desk.wrong(
                UNITS,
                u.row,
                "parent",
                "没有填上级：最上级的单位只能有一个",
                "is empty: only one unit has no parent",
            )
        return
    parent, why = desk.places.find(words)
    if why:
        desk.wrong(UNITS, u.row, "parent", *why)
    u.parent = parent
    if u.old is None:
        desk.places.put(Known(u.id, u.name, u.kind, parent, new=True))


def _circles(desk: Desk, by_id: dict[str, NewUnit]) -> None:
    for u in by_id.values():
        seen, above = {u.id}, u.parent
        while above in by_id and above not in seen:
            seen.add(above)
            above = by_id[above].parent
        if above == u.id:
            zh, en = f"“{u.name}”的上级绕了一圈又回到自己", f"the parents of {u.name!r} lead back to itself"
            desk.wrong(UNITS, u.row, "parent", zh, en)
            u.parent = None
            desk.places.put(Known(u.id, u.name, u.kind, None, new=True))


def _meet_old(desk: Desk, units: list[NewUnit]) -> None:
    """Lines of units that are there, by their code or by their name under the same parent, take their ids."""
    old = {u.pk: u for u in Unit.objects.filter(valid_to=None)}
    for u in units:
        there = desk.places.codes.get(u.code) if u.code else None
        known = desk.places.by_id[there] if there else desk.places.child(u.row["parent"], u.name)
        if known is None or known.name != u.name:
            continue
        u.id, u.old = known.id, old[known.id]
        if u.kind and u.kind != known.kind:
            zh, en = f"“{u.name}”已经登记成别的类别", f"{u.name!r} is of another kind here"
            desk.wrong(UNITS, u.row, "kind", zh, en)


def _twice(desk: Desk, units: list[NewUnit]) -> None:
    taken: set[tuple[str | None, str]] = set()
    for u in units:
        if (u.parent, u.name) in taken and (u.parent or not u.row["parent"]):
            zh, en = f"同一个上级下“{u.name}”写了两行", f"{u.name!r} stands twice under this parent"
            desk.wrong(UNITS, u.row, "name", zh, en)
        taken.add((u.parent, u.name))


def _amend(desk: Desk, u: NewUnit) -> None:
    """Counts, address and telephone that are different now; what the line leaves empty stays."""
    fields = (*COUNTS, "address", "telephone")
    changed = {n: u.data[n] for n in fields if n in u.data and u.data[n] != getattr(u.old, n)}
    if changed:
        desk.step(UNITS, u.row, "amend_unit", desk.today, changed, u.id)
    else:
        desk.same(UNITS)
