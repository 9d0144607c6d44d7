"""What the selection record says of a matter: namings, draws, quotas, recusals. Of whom it tells no more than it must."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shangliang.cases import queries_lots as rows
from shangliang.cases.models_lots import Lots
from shangliang.documents.values import Noted


@dataclass(frozen=True, slots=True)
class Named:
    """One naming: day, how, from how many, how many, on which paper, who decided."""

    on: date | None = None
    method: str = ""
    pool: int | None = None
    chosen: int = 0
    paper: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw. ``quotas``: group, how many live in the place (-1: not known), on the list, at least, at most, drawn."""

    put_up: date | None = None
    on: date | None = None
    size: int = 0
    pool: int = 0
    panels: int = 0
    least: int = 0
    digest: str = ""
    seed: str = ""
    number: int = 0
    reason: str = ""
    who: str = ""
    without: int = 0
    numbers: tuple[str, ...] = ()
    quotas: tuple[tuple[str, int, int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    named: tuple[Named, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    seats: Mapping[str, int] = field(default_factory=dict)
    recused: int = 0


def read(number: str, noted: tuple[Noted, ...]) -> Selection:
    """Everything of one matter; empty for the blank form."""
    if not number:
        return Selection()
    who = {f"{n.book}.{n.seq}.0": n.who for n in noted}
    draws = [lots for lots in reversed(rows.of_matter(number)) if lots.drawn is not None]
    return Selection(
        named=tuple(
            Named(n.on, n.method, n.pool, n.chosen, n.paper, who.get(n.pk, "")) for n in rows.namings(number)
        ),
        drawn=tuple(_drawn(lots, who.get(lots.pk, "")) for lots in draws),
        seats=Counter(p.kind for p in rows.participants(number)),
        recused=len(rows.recused(number)),
    )


def _drawn(lots: Lots, who: str) -> Drawn:
    file = json.loads(lots.text)
    panel = rows.panel_of(lots)
    gone = set(file.get("after", {}).get("gone", ()))
    without = set(file["without"])
    pool = [row for row in file["people"] if row[0] not in without]
    return Drawn(
        lots.announced_on, lots.drawn_on, lots.size, len(pool), lots.panels, lots.least, lots.digest, lots.seed,
        lots.drawn or 0, lots.reason, who, len(without - gone), tuple(panel), tuple(_quotas(file, pool, set(panel), lots)),
    )  # fmt: skip


def _quotas(file: dict[str, Any], pool: list[list[str]], panel: set[str], lots: Lots) -> Any:
    living = rows.population(lots)
    for category, value, low, high in file["quotas"]:
        place = file["categories"].index(category) + 1
        like = [row[0] for row in pool if row[place] == value]
        there = len(panel.intersection(like))
        yield f"{category}：{value}", living.get((category, value), -1), len(like), low, high, there
