"""Reading one flow: its stages with acts, gates, calls and timers, and its ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shangliang.procedure.model import END_KINDS, MARKS, STAY, Call, End, Flow, Stage, StageAct
from shangliang.procedure.reading import ORIGINS, Reader
from shangliang.procedure.tables import Table
from shangliang.procedure.vocabulary import ROUTES


def read_flow(table: Table, reader: Reader, id: str) -> Flow:
    """The stages and ends of a file; a shared flow's file says its own ``id`` and ``name``."""
    stages = {}
    for own in table.each("stage"):
        stage = _stage(own, reader)
        if stage.id in stages:
            own.fail(f'stage "{stage.id}" is there twice')
        stages[stage.id] = stage
    if not stages:
        table.fail("a flow needs stages")
    ends = {i: _end(i, t, root=not id) for i, t in table.named("end").items()}
    start = table.text("start", next(iter(stages)))
    origin = table.one_of("origin", ORIGINS, "local")
    unfinished = table.one_of("unfinished", ("", "reason"), "") if id else ""
    return Flow(id, table.say("name"), start, stages, ends, origin, unfinished)


def _end(id: str, table: Table, *, root: bool) -> End:
    kind = table.one_of("kind", END_KINDS, None)
    if root and kind is None:
        table.fail(f'the end "{id}" of a procedure needs a kind: {", ".join(END_KINDS)}')
    end = End(
        id,
        table.say("name"),
        kind,
        _marks(table, table.texts("marks")),
        _marks(table, table.texts("revokes")),
    )
    table.close()
    return end


def _stage(table: Table, reader: Reader) -> Stage:
    who = reader.who(table)
    stage = Stage(
        id=table.text("id"),
        name=table.say("name"),
        acts=tuple(_act(a, reader, who) for a in table.each("act", by="name")),
        gates=tuple(reader.gate(g) for g in table.each("gate")),
        calls=tuple(_call(c, reader) for c in table.each("call", by="flow")),
        timers=tuple(reader.timer(t) for t in table.each("timer")),
        next=table.text("next", None),
        gives=reader.gives(table),
        origin=table.one_of("origin", ORIGINS, "local"),
        cites=reader.cites(table),
        note=table.words("note"),
    )
    table.close()
    return stage


def _act(table: Table, reader: Reader, who: tuple[str, ...]) -> StageAct:
    route = table.text("route", None)
    if route is not None and route not in ROUTES:
        table.fail(f'unknown route "{route}"; known: {", ".join(sorted(ROUTES))}', r"route\s*=")
    targets = _targets(table, route)
    act = StageAct(
        name=table.text("name"),
        title=table.say("title"),
        who=reader.who(table) or who,
        route=route,
        next=targets,
        marks=_outcome_marks(table, "marks", targets),
        revokes=_outcome_marks(table, "revokes", targets),
        fields=table.texts("fields"),
        gives=reader.gives(table),
        starts=table.text("starts", None),
        judged_by=table.one_of("judged_by", ("meeting",), None),
        gates=tuple(reader.gate(g, on=table.text("name")) for g in table.each("gate")),
        when=reader.when(table),
    )
    if not act.who:
        table.fail(f'nobody may do "{act.name}": "who" is missing on the act and on its stage')
    table.close()
    return act


def _targets(table: Table, route: str | None) -> dict[str, str]:
    """``next``: one target, or one for every outcome of the route. Missing: the act stays."""
    given = table.take("next", (str, dict), STAY)
    if route is None:
        if isinstance(given, dict):
            table.fail('"next" lists outcomes, but the act has no route', r"next\s*=")
        return {"": given}
    outcomes = ROUTES[route].outcomes
    if isinstance(given, str):
        table.fail(
            f'route "{route}" needs a target for each of: {", ".join(outcomes)}', r"next\s*=", r"route\s*="
        )
    for outcome in given:
        if outcome not in outcomes:
            table.fail(
                f'route "{route}" has no outcome "{outcome}"; it has: {", ".join(outcomes)}', r"next\s*="
            )
    lacking = [o for o in outcomes if o not in given]
    if lacking:
        table.fail(f'route "{route}" may answer "{lacking[0]}", which has no target', r"next\s*=")
    return {o: str(t) for o, t in given.items()}


def _outcome_marks(table: Table, key: str, targets: Mapping[str, str]) -> dict[str, frozenset[str]]:
    given: Any = table.take(key, (list, dict), [])
    if isinstance(given, list):
        return {outcome: _marks(table, given) for outcome in targets} if given else {}
    for outcome in given:
        if outcome not in targets:
            table.fail(f'"{key}" names the outcome "{outcome}", which the act does not have', rf"{key}\s*=")
    return {outcome: _marks(table, marks) for outcome, marks in given.items()}


def _marks(table: Table, names: Any) -> frozenset[str]:
    for name in names:
        if name not in MARKS:
            table.fail(f'unknown mark "{name}"; known: {", ".join(MARKS)}', rf'"{name}"')
    return frozenset(names)


def _call(table: Table, reader: Reader) -> Call:
    flow = table.text("flow")
    mode = table.one_of("mode", ("wait", "beside", "optional"))
    call = Call(flow, mode, dict(table.take("next", dict, {})), reader.when(table))
    if call.when and mode != "optional":
        table.fail('only a flow that is called if needed (mode "optional") has "when"', r"when\s*=")
    params = table.take("params", dict, {})
    if reader.bound.setdefault(flow, params) != params:
        table.fail(f'two stages call "{flow}" with different params')
    table.close()
    return call
