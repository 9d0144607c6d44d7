"""``apply``: makes rows out of entries. ``perform`` calls it for a new entry, ``replay`` for all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import shangliang.acts.catalogue  # noqa: F401  (registers the acts)
from shangliang.acts import rows
from shangliang.acts.catalogue.forums import give_up
from shangliang.acts.vocabulary import Catalogue, Line
from shangliang.cases.models import Matter, Override
from shangliang.record.canonical import again


def apply(line: Line) -> None:
    """Writes the rows of one entry: what the act itself changes, then where the matter stands."""
    spec = Catalogue.acts[line.act]
    changes: dict[str, Any] = dict(spec.apply(line) or {})
    ident = line.matter
    if ident is None or spec.opens:
        return
    flow = line.flow
    changes["changed_at"] = line.entered_at
    if line.act != "correct" and not spec.aside:
        changes["last_on"] = line.happened_on
    if "stage" in flow:
        changes |= {
            "stage": flow["stage"],
            "position": json.dumps(flow["position"], ensure_ascii=False),
            "staged_on": line.happened_on,
        }
    if "marks" in flow:
        changes["marks"] = ",".join(flow["marks"])
    if flow.get("ended"):
        changes |= {"ended": flow["ended"], "ended_on": line.happened_on}
    rows.change(Matter, ident, **changes)
    if flow.get("overrides"):
        use_up(ident, flow["overrides"], line.id)
    if flow.get("dropped"):
        give_up(line, flow["dropped"])


def use_up(matter: str, gates: Sequence[str], by: str) -> None:
    """Each gate that an override let pass uses up one of them, the oldest."""
    for gate in gates:
        unused = Override.objects.filter(matter=matter, gate=gate, used_by="")
        if (oldest := min(unused, key=lambda each: rows.age(each.pk), default=None)) is not None:
            rows.change(Override, oldest.pk, used_by=by)


def apply_all(lines: Sequence[Line]) -> None:
    """Writes the rows of several entries of one act that can make them at once."""
    many = Catalogue.acts[lines[0].act].many
    assert many is not None
    many(lines)


def line_of(text: str) -> Line:
    """The line of a stored entry."""
    return line_from(again(text))


def line_from(body: Mapping[str, Any]) -> Line:
    return Line(
        id=f"{body['book']}.{body['seq']}", seq=body["seq"], act=body["act"], unit=body["book"], subject=body["on"],
        happened_on=date.fromisoformat(body["happened"]), entered_at=datetime.fromisoformat(body["entered"]),
        entered_by=body["by"], who=body["who"], data=body["data"],
        seals={path: s["id"] for path, s in body["sealed"].items()}, flow=body["flow"],
    )  # fmt: skip
