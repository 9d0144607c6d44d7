"""What a correction leaves behind: gates that held and no longer do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from shangliang.acts import rulebooks
from shangliang.acts.amend import amend, as_held
from shangliang.acts.facts import gather
from shangliang.acts.vocabulary import Line
from shangliang.cases.models import Matter
from shangliang.procedure.facts import ActFacts
from shangliang.procedure.judge import ask
from shangliang.procedure.model import GateUse, Procedure
from shangliang.procedure.vocabulary import GATES, HELD
from shangliang.record.queries import entries_of


class _Undo(Exception):
    pass


def no_longer_hold(line: Line) -> list[str]:
    """The hard gates of acts already done that held before this correction and do not hold after it. The correction is
    tried and taken back; only gates whose answer it changes are named."""
    before = dict(_answers(line))
    after: dict[str, bool] = {}
    try:
        with transaction.atomic():
            amend(line)
            after = dict(_answers(line))
            raise _Undo
    except _Undo:
        pass
    return sorted(gate for gate, held in before.items() if held and not after.get(gate, True))


def _answers(line: Line) -> Iterator[tuple[str, bool]]:
    matter = Matter.objects.select_related("unit").get(pk=line.matter)
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    for entry in entries_of(line.subject):
        uses = [u for u in _hard_gates(procedure, entry.act) if GATES[u.gate].needs]
        if not uses:
            continue
        body = json.loads(entry.text)
        corrected = entry.seq == line.data["entry"]
        asked = ActFacts(
            entry.act, _day(line, entry.happened_on, corrected), None, _data(body, line, corrected)
        )
        needs = frozenset().union(*(GATES[u.gate].needs for u in uses)) - {"chain_ok", "digests_ok"}
        facts = gather(
            matter, matter.unit, asked.happened_on, asked, needs, {"chain_ok": True, "digests_ok": True}
        )
        for use in uses:
            yield use.id, ask(use, facts) == HELD


def _hard_gates(procedure: Procedure, act: str) -> list[GateUse]:
    found = []
    for flow in procedure.flows.values():
        for stage in flow.stages.values():
            for offered in stage.acts:
                if offered.name == act:
                    on = {act, "leave"} if offered.moves else {act}
                    found += [*offered.gates, *(g for g in stage.gates if g.on in on)]
    return [g for g in found if g.level == "hard"]


def _day(line: Line, happened: date, corrected: bool) -> date:
    if corrected and line.data["field"] == "happened_on":
        return date.fromisoformat(line.data["value"])
    return happened


def _data(body: dict[str, Any], line: Line, corrected: bool) -> dict[str, Any]:
    """The data of an earlier act: what was sealed counts as filled, the corrected field as corrected."""
    data = dict(body["data"])
    data |= {path: "…" for path in body["sealed"] if "." not in path}
    if corrected and line.data["field"] in data:
        value = as_held(body["act"], line.data["field"], line.data["value"])
        data[line.data["field"]] = value if isinstance(value, int) else line.data["value"]
    return data
