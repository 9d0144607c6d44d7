"""Laying overlay files on a procedure: gates of the law, presets, and a county's own settings.

An overlay may add gates, papers and clauses, rename, put other lists, and make numbers stricter. What is weaker than the
law, than the local rule it lies on, or unknown is refused with the file, the line and the reason. Numbers that are mere
defaults may be set either way: to set one is to confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from shangliang.procedure.calendar import parse_period
from shangliang.procedure.model import Clock, Flow, GateUse, Overlay, Procedure, Role, Stage, Timer
from shangliang.procedure.parts import LISTED_KINDS, read_archive, read_items, read_paper
from shangliang.procedure.reading import LEVELS, ORIGINS, Reader, read_clauses
from shangliang.procedure.stricter import weaker_params
from shangliang.procedure.tables import Table

KINDS = ("law", "preset", "county")
_RANK = {"info": 0, "soft": 1, "hard": 2}
_FIXED = ("law", "engine", "local")  # what an overlay may make stricter but never weaker


def flow_params(table: Table) -> dict[str, dict[str, Any]]:
    """``[flow.publication]`` numbers, which shared flows are read with."""
    return {flow: dict(own.data) for flow, own in table.named("flow").items()}


def lay(base: Procedure, table: Table) -> Procedure:
    """The procedure with one overlay on it. ``version`` and ``text`` are the loader's to set.

    Raises:
        ProcedureError: naming the overlay's file and line.
    """
    kind = table.one_of("kind", KINDS)
    table.take("always", bool, False)  # read already, see the loader
    on = table.text("on", None)
    if kind == "county" and on is None:
        table.fail('a county\'s settings say on which procedure they lie: "on" is missing')
    if on not in (None, base.id):
        table.fail(f'this overlay lies on "{on}", not on "{base.id}"', r"on\s*=")
    table.take("flow", dict, {})  # read already, see flow_params
    source = table.table("source")
    title = source.text("title", "")
    source.take("publisher", str, "")
    source.take("number", str, "")
    source.close()
    id, name = table.text("overlay"), table.say("name")
    clauses = {**base.clauses, **read_clauses(table, title)}
    papers = {**base.papers, **{p.id: p for p in map(read_paper, table.each("paper"))}}
    archive = (*base.archive, *read_archive(table, papers))
    roles = _roles(base, table)
    reader = Reader(clauses, roles, papers, archive)
    flows = _changed(base, table, reader)
    gates = _added(base, table, reader, flows)
    result = replace(
        base,
        name=table.say("brand", base.name),
        clauses=clauses,
        papers=papers,
        archive=archive,
        roles=roles,
        flows={i: _with_archive(f, archive) for i, f in flows.items()},
        clocks=_clocks(base, table, clauses),
        lists={**base.lists, **{i: read_items(table, i, clauses) for i in table.take("list", dict, {})}},
        notes={**base.notes, **{i: _text(t) for i, t in table.named("note").items()}},
        posts={**base.posts, **{i: _only_name(t) for i, t in table.named("post").items()}},
        gates=(*_base_gates(base, table, reader), *gates),
        laid=(*base.laid, Overlay(id, gates, kind, name)),
    )
    table.close()
    return result


def _only_name(table: Table) -> Any:
    name = table.say("name")
    table.close()
    return name


def _text(table: Table) -> Any:
    text = table.say("text")
    table.close()
    return text


def _roles(base: Procedure, table: Table) -> dict[str, Role]:
    """Other names, posts or bodies for roles the procedure has; bodies of the law stay as they are."""
    roles = dict(base.roles)
    for id, own in table.named("role").items():
        if id not in roles:
            own.fail(f'unknown role "{id}"; known: {", ".join(roles)}')
        old = roles[id]
        if id == "statutory_body" and (own.has("body") or any(own.has(k) for k in LISTED_KINDS)):
            own.fail("which meetings decide is for the law to say", r"^(body|village|town)\s*=")
        posts = {k: own.texts(k) if own.has(k) else old.posts.get(k, ()) for k in (*LISTED_KINDS, "county")}
        roles[id] = replace(
            old,
            name=own.say("name", old.name),
            posts={k: v for k, v in posts.items() if v},
            bodies=frozenset(own.texts("body")) if own.has("body") else old.bodies,
        )
        own.close()
    return roles


def _changed(base: Procedure, table: Table, reader: Reader) -> dict[str, Flow]:
    """The flows with renamed stages, other deciders, changed gates and timers."""
    flows = dict(base.flows)
    _each_stage(flows, table, "stage", _renamed, reader)
    _each_stage(flows, table, "act", _acted, reader)
    stages = {s.id: (f.id, s) for f in flows.values() for s in f.stages.values()}
    timers = {t.id: s for _, s in stages.values() for t in s.timers}
    for id, own in table.named("timer").items():
        if id not in timers:
            own.fail(f'unknown timer "{id}"')
        _put(flows, timers[id].id, partial(_timed, own=own, id=id))
    for id, own in table.named("change").items():
        holder = next((s for _, s in stages.values() if id in _gate_ids(s)), None)
        if holder is None:
            if id not in {g.id for g in base.gates}:
                own.fail(f'unknown gate "{id}"')
            continue  # one outside stages, see _base_gates
        _put(flows, holder.id, partial(_gated, own=own, id=id, reader=reader))
    return flows


def _each_stage(
    flows: dict[str, Flow], table: Table, key: str, change: Callable[..., Stage], reader: Reader
) -> None:
    for id, own in table.named(key).items():
        stage, _, act = id.partition(".")
        if not any(stage in f.stages for f in flows.values()):
            own.fail(f'unknown stage "{stage}"')
        _put(flows, stage, partial(change, own=own, act=act, reader=reader))


def _put(flows: dict[str, Flow], stage: str, change: Callable[[Stage], Stage]) -> None:
    for id, flow in flows.items():
        if stage in flow.stages:
            flows[id] = replace(flow, stages={**flow.stages, stage: change(flow.stages[stage])})
            return


def _renamed(stage: Stage, own: Table, act: str, reader: Reader) -> Stage:
    changed = replace(
        stage,
        name=own.say("name", stage.name),
        note=own.say("note", stage.note),
        cites=reader.cites(own) if own.has("cite") else stage.cites,
    )
    own.close()
    return changed


def _acted(stage: Stage, own: Table, act: str, reader: Reader) -> Stage:
    found = stage.act(act)
    if found is None:
        own.fail(f'stage {stage.id} has no act "{act}"')
    changed = replace(
        found, title=own.say("title", found.title), who=reader.who(own) if own.has("who") else found.who
    )
    own.close()
    return replace(stage, acts=tuple(changed if a is found else a for a in stage.acts))


def _timed(stage: Stage, own: Table, id: str) -> Stage:
    timer = next(t for t in stage.timers if t.id == id)
    try:
        length = parse_period(own.text("length"))
    except ValueError as error:
        own.fail(str(error), r"length\s*=")
    shorter = length.number < timer.length.number
    if length.unit != timer.length.unit:
        own.fail(f"{id} is counted in {timer.length.zh}", r"length\s*=")
    if timer.origin in _FIXED and length != timer.length and shorter == (timer.kind == "at_least"):
        own.fail(f"{id} is {timer.length.zh}; {length.zh} is weaker", r"length\s*=")
    changed: Timer = replace(timer, length=length, origin=own.one_of("origin", ORIGINS, timer.origin))
    own.close()
    return replace(stage, timers=tuple(changed if t is timer else t for t in stage.timers))


def _gate_ids(stage: Stage) -> set[str]:
    return {g.id for g in (*stage.gates, *(g for a in stage.acts for g in a.gates))}


def _gated(stage: Stage, own: Table, id: str, reader: Reader) -> Stage:
    def each(gates: tuple[GateUse, ...]) -> tuple[GateUse, ...]:
        return tuple(changed_gate(g, own, reader) if g.id == id else g for g in gates)

    return replace(
        stage, gates=each(stage.gates), acts=tuple(replace(a, gates=each(a.gates)) for a in stage.acts)
    )


def changed_gate(gate: GateUse, own: Table, reader: Reader) -> GateUse:
    """A gate with another level, numbers, wording or origin; refused where that is weaker."""
    level = own.one_of("level", LEVELS, gate.level)
    origin = own.one_of("origin", ORIGINS, gate.origin)
    params = {**gate.params, **own.take("params", dict, {})}
    cites = reader.cites(own) if own.has("cite") else gate.cites
    if unknown := set(params) - set(gate.params):
        own.fail(f"gate {gate.id} has no number {sorted(unknown)[0]!r} here", r"params")
    if gate.origin in _FIXED and origin != gate.origin:
        own.fail(f"{gate.id} is of origin {gate.origin}; that is not for an overlay to change", r"origin\s*=")
    if gate.origin in _FIXED and _RANK[level] < _RANK[gate.level]:
        own.fail(f"{gate.id} is {gate.level}; {level} is weaker", r"level\s*=")
    if gate.origin in _FIXED and (name := weaker_params(gate.params, params)):
        own.fail(f"{gate.id}: {name} = {params[name]!r} is weaker than {gate.params[name]!r}", r"params")
    if origin == "default" and level == "hard":
        own.fail("a system default never blocks: say origin and cite of your own rule", r"level\s*=")
    if origin == "local" and not cites:
        own.fail('a gate of origin local needs "cite"', r"origin\s*=")
    changed = replace(
        gate, level=level, origin=origin, params=_tupled(params), cites=cites, say=own.say("say", gate.say),
        inferred=own.take("inferred", bool, gate.inferred),
    )  # fmt: skip
    own.close()
    return changed


def _tupled(params: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in params.items()}


def _base_gates(base: Procedure, table: Table, reader: Reader) -> tuple[GateUse, ...]:
    """The gates outside stages that were there before, with the overlay's changes."""
    changes = table.named("change")
    return tuple(changed_gate(g, changes[g.id], reader) if g.id in changes else g for g in base.gates)


def _added(base: Procedure, table: Table, reader: Reader, flows: Mapping[str, Flow]) -> tuple[GateUse, ...]:
    """The overlay's own gates; one on an act that no stage of this procedure offers is left out where it is law."""
    offered = {
        a.name for f in flows.values() for s in f.stages.values() for a in s.acts
    } | base.anywhere.keys()
    found = []
    for own in table.each("gate"):
        gate = reader.gate(own)
        if gate.on and gate.on not in offered:
            if table.data["kind"] != "law":
                own.fail(f'gate {gate.id} hangs on "{gate.on}", an act that no stage offers', r"on\s*=")
            continue
        found.append(gate)
    return tuple(found)


def _with_archive(flow: Flow, archive: tuple[Any, ...]) -> Flow:
    """Gates that ask for the archive's papers ask for the overlay's as well."""

    def each(gates: tuple[GateUse, ...]) -> tuple[GateUse, ...]:
        return tuple(
            replace(g, params={**g.params, "papers": archive}) if "papers" in g.params else g for g in gates
        )

    stages = {
        i: replace(s, gates=each(s.gates), acts=tuple(replace(a, gates=each(a.gates)) for a in s.acts))
        for i, s in flow.stages.items()
    }
    return replace(flow, stages=stages)


def _clocks(base: Procedure, table: Table, clauses: Mapping[str, Any]) -> tuple[Clock, ...]:
    """Other rhythms of meeting: more often, never more seldom than the local rule."""
    clocks = {c.id: c for c in base.clocks}
    for id, own in table.named("clock").items():
        if id not in clocks:
            own.fail(f'unknown clock "{id}"; known: {", ".join(clocks)}')
        old = clocks[id]
        try:
            every = parse_period(own.text("every", f"P{old.months}M"))
        except ValueError as error:
            own.fail(str(error), r"every\s*=")
        times = own.take("times", int, old.times)
        if every.unit != "M":
            own.fail('"every" is counted in months', r"every\s*=")
        if old.origin in _FIXED and times * old.months < old.times * every.number:
            own.fail(
                f"{id} asks for {old.times} in {old.months} months; this is weaker", r"every\s*=|times\s*="
            )
        clocks[id] = replace(old, months=every.number, times=times, name=own.say("name", old.name))
        own.close()
    return tuple(clocks.values())
