"""A nation to count in: every town of the list of divisions, and villages of our own below each."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "divisions"
VILLAGES = 15


class Place(NamedTuple):
    """A unit of the nation; ``path`` as the tree gives it to the n-th child."""

    id: str
    name: str
    kind: str
    code: str
    parent: str
    path: str


def places(villages: int = VILLAGES) -> Iterator[Place]:
    """Parents first: the nation, provinces, cities, counties, towns, villages."""
    if not LIST.is_dir():
        raise SystemExit(f"the list of divisions is not there: {LIST}")
    root = Place("n", "全国", "nation", "", "", "0001")
    yield root
    above = {"": root}
    counts: dict[str, int] = {}
    for kind, file, own in (("province", "provinces", None), ("city", "cities", "provinceCode"),
                            ("county", "areas", "cityCode"), ("town", "streets", "areaCode")):  # fmt: skip
        for row in _rows(file):
            parent = above[row[own] if own else ""]
            place = _child(parent, counts, f"u{row['code']}", row["name"], kind, row["code"].ljust(6, "0"))
            above[row["code"]] = place
            yield place
            if kind == "town":
                for n in range(1, villages + 1):
                    yield _child(place, counts, f"{place.id}v{n}", f"第{n}村", "village", "")


def _rows(file: str) -> list[dict[str, str]]:
    with (LIST / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _child(parent: Place, counts: dict[str, int], ident: str, name: str, kind: str, code: str) -> Place:
    counts[parent.id] = n = counts.get(parent.id, 0) + 1
    return Place(ident, name, kind, code, parent.id, f"{parent.path}{n:04d}")


def table(file: Path, villages: int = VILLAGES) -> int:
    """The nation as a table to import; returns how many lines. A city that has the code of its only county gets a longer one."""
    codes: dict[str, str] = {}
    counties = {row["code"] for row in _rows("areas")}
    count = 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["名称", "类别", "代码", "上级", "规程"])
        for place in places(villages):
            code = place.code if place.kind != "village" else _village_code(place)
            if place.kind == "city" and code in counties:
                code = code.ljust(9, "0")
            codes[place.id] = code
            writer.writerow(
                [
                    place.name,
                    place.kind,
                    code,
                    codes.get(place.parent, ""),
                    "dongning" if place.kind == "nation" else "",
                ]
            )
            if place.kind == "nation":
                codes[place.id] = place.name
            count += 1
    return count


def _village_code(place: Place) -> str:
    town, _, n = place.id.removeprefix("u").partition("v")
    return f"{town}{int(n) + 200:03d}"


def found(villages: int = VILLAGES, lot: int = 20_000) -> int:
    """Writes the units straight into the table of units, without books: for measuring how figures are read, not how units are
    founded. Returns how many."""
    from shangliang.units.models import Unit

    waiting, count = [], 0
    for p in places(villages):
        waiting.append(Unit(id=p.id, name=p.name, kind=p.kind, code="", path=p.path, parent_id=p.parent or None,
                            procedure="dongning" if p.kind == "nation" else "", valid_from=date(2021, 1, 1)))  # fmt: skip
        if len(waiting) == lot:
            count += len(Unit.objects.bulk_create(waiting))
            waiting = []
    return count + len(Unit.objects.bulk_create(waiting))
