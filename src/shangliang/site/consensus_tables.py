"""An opinion map as CSV tables, for a spreadsheet (UTF-8 with a mark, so that Excel reads Chinese)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from shangliang.consensus import GroupFigures, OpinionMap
from shangliang.consensus.results import Statements
from shangliang.consensus.schema import number
from shangliang.site.consensus_drawing import letter

Row = Sequence[Any]


def tables(opinions: OpinionMap, texts: Mapping[int, str], people: bool) -> dict[str, bytes]:
    """File name → content. Without ``people`` there is no table of participants."""
    found = {
        "statements.csv": table(*_statements(opinions, texts)),
        "groups.csv": table(*_groups(opinions, texts)),
        "points.csv": table(*_points(opinions, texts)),
    }
    if people:
        found["participants.csv"] = table(*_participants(opinions))
    return found


def table(heading: Row, rows: Iterable[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula stays a text."""
    if isinstance(cell, str):
        return "'" + cell if cell[:1] in "=+-@\t\r" else cell
    if isinstance(cell, float | np.floating):
        return number(float(cell))
    return cell


def _statements(o: OpinionMap, texts: Mapping[int, str]) -> tuple[Row, Iterable[Row]]:
    names = list(Statements.__dataclass_fields__)
    columns = [getattr(o.statements, name).tolist() for name in names]
    rows = ((*row, texts.get(row[0], "")) for row in zip(*columns, strict=True))
    return ("statement", *names[1:], "text"), rows


def _groups(o: OpinionMap, texts: Mapping[int, str]) -> tuple[Row, Iterable[Row]]:
    names = list(GroupFigures.__dataclass_fields__)
    ids = o.statements.ids.tolist()
    rows = (
        (letter(g.index), g.size, g.stability, ident,
         *(getattr(o.figures, name)[g.index, c].item() for name in names), texts.get(ident, ""))
        for g in o.groups
        for c, ident in enumerate(ids)
    )  # fmt: skip
    return ("group", "size", "stability", "statement", *names, "text"), rows


def _points(o: OpinionMap, texts: Mapping[int, str]) -> tuple[Row, Iterable[Row]]:
    told = [("agreed", p) for p in o.agreed] + [("divided", p) for p in o.divided]
    shares = max((len(p.shares) for _, p in told), default=0)
    rows = (
        (kind, p.statement, "agree" if p.agrees else "disagree", p.value, p.low, p.high,
         *p.shares, *[""] * (shares - len(p.shares)), texts.get(p.statement, ""))
        for kind, p in told
    )  # fmt: skip
    return (
        "kind",
        "statement",
        "direction",
        "value",
        "low",
        "high",
        *map(letter, range(shares)),
        "text",
    ), rows


def _participants(o: OpinionMap) -> tuple[Row, Iterable[Row]]:
    p = o.participants
    columns = (p.ids, p.answers, p.placed, p.x, p.y, p.sure, p.group, p.belongs)
    rows = (
        (ident, answers, int(placed), x if placed else "", y if placed else "", sure,
         letter(group) if group >= 0 else "", belongs)
        for ident, answers, placed, x, y, sure, group, belongs in zip(*(c.tolist() for c in columns), strict=True)
    )  # fmt: skip
    return ("participant", "answers", "placed", "x", "y", "sure", "group", "belongs"), rows
