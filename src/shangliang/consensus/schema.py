"""The map as plain values for JSON. `docs/consensus.md` explains every field; a test holds the two together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shangliang.consensus.results import Group, OpinionMap, Point

FORMAT = "shangliang-opinion-map"
VERSION = 1
DIGITS = 6


def as_json(
    opinions: OpinionMap, texts: Mapping[int, str] | None = None, people: bool = True
) -> dict[str, Any]:
    """The whole map: lists and numbers only, NaN as null, numbers to six digits. ``texts``: of statements by id.
    ``people=False`` leaves the participants out, as for publishing."""
    o = opinions
    return {
        "format": FORMAT,
        "version": VERSION,
        "method": o.method,
        "seed": o.seed,
        "counts": {
            "participants": o.votes.people,
            "placed": int(o.participants.placed.sum()),
            "statements": o.votes.width,
            "votes": len(o.votes.value),
            "replaced": o.votes.repeated,
        },
        "sureness": _sureness(o),
        "participants": _participants(o) if people else [],
        "groups": [_group(o, g) for g in o.groups],
        "statements": _statements(o, texts or {}),
        "agreed": [_point(p) for p in o.agreed],
        "divided": [_point(p) for p in o.divided],
        "unheard": {
            "statements": list(o.unheard.statements),
            "group_statements": [{"group": g, "statement": s} for g, s in o.unheard.group_statements],
            "groups": list(o.unheard.groups),
            "participants": o.unheard.participants,
        },
        "timings": {name: round(seconds, DIGITS) for name, seconds in o.timings.items()},
    }


def number(x: float) -> float | None:
    """A number to six digits, None for what is not known; −0 as 0."""
    return None if math.isnan(x) else round(float(x), DIGITS) + 0.0


def _sureness(o: OpinionMap) -> dict[str, Any]:
    s = o.sureness
    return {
        "groups_shown": s.groups_shown,
        "reason": s.reason,
        "stability": number(s.stability),
        "error": number(s.error),
        "error_of_means": number(s.error_of_means),
        "dimensions": s.dimensions,
        "measured": s.measured,
    }


def _participants(o: OpinionMap) -> list[dict[str, Any]]:
    p = o.participants
    rows = zip(
        *(x.tolist() for x in (p.ids, p.answers, p.placed, p.x, p.y, p.sure, p.group, p.belongs)), strict=True
    )
    return [
        {
            "id": ident,
            "answers": answers,
            "placed": placed,
            "x": number(x) if placed else None,
            "y": number(y) if placed else None,
            "sure": number(sure),
            "group": group if group >= 0 else None,
            "belongs": number(belongs),
        }
        for ident, answers, placed, x, y, sure, group, belongs in rows
    ]


def _group(o: OpinionMap, g: Group) -> dict[str, Any]:
    f = o.figures
    return {
        "id": g.index,
        "size": g.size,
        "stability": number(g.stability),
        "x": number(g.x),
        "y": number(g.y),
        "representative": [
            {
                "statement": r.statement,
                "agrees": r.agrees,
                "share": number(r.share),
                "ratio": number(r.ratio),
                "z_share": number(r.z_share),
                "z_ratio": number(r.z_ratio),
                "agree": r.agreed,
                "disagree": r.disagreed,
                "answered": r.answered,
            }
            for r in g.representative
        ],
        "statements": {
            name: _column(getattr(f, name)[g.index])
            for name in ("agree", "disagree", "answered", "p_agree", "p_disagree", "z_agree", "z_disagree", "r_agree",
                         "r_disagree", "rz_agree", "rz_disagree", "low", "high")
        },
    }  # fmt: skip


def _statements(o: OpinionMap, texts: Mapping[int, str]) -> list[dict[str, Any]]:
    s = o.statements
    names = ("agree", "disagree", "passed", "answered", "x", "y", "consensus", "low", "high", "rejection",
             "rejection_low", "rejection_high", "division", "weight")  # fmt: skip
    columns = [_column(getattr(s, name)) for name in names]
    rows = []
    for i, ident in enumerate(s.ids.tolist()):
        row = {"id": ident, **{name: column[i] for name, column in zip(names, columns, strict=True)}}
        rows.append(row | ({"text": texts[ident]} if ident in texts else {}))
    return rows


def _column(x: NDArray[Any]) -> list[Any]:
    return x.tolist() if x.dtype.kind in "iu" else [number(v) for v in np.asarray(x).tolist()]


def _point(p: Point) -> dict[str, Any]:
    return {
        "statement": p.statement,
        "agrees": p.agrees,
        "value": number(p.value),
        "low": number(p.low),
        "high": number(p.high),
        "shares": [number(x) for x in p.shares],
    }
