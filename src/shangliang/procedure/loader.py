"""From TOML to a linked ``Procedure``. Everything unknown is refused with file, line and reason."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from shangliang.procedure import law
from shangliang.procedure.calendar import parse_period
from shangliang.procedure.flowfile import read_flow
from shangliang.procedure.linking import check_links
from shangliang.procedure.model import (
    MARKS,
    Anywhere,
    Clause,
    Clock,
    Flow,
    Item,
    Paper,
    Procedure,
    Role,
    Source,
)
from shangliang.procedure.reading import ORIGINS, Reader, read_clauses
from shangliang.procedure.say import Say
from shangliang.procedure.tables import ProcedureError, Table, parse

__all__ = ["ProcedureError", "load", "procedure", "shipped"]

LISTED_KINDS = ("village", "town")


def load(text: str, source: str) -> Procedure:
    """Read one procedure file together with the shared flows it calls.

    Raises:
        ProcedureError: for an unknown key, gate, route, condition, act target or role, or a file that is
        not TOML.
    """
    text, kept = _unbundle(text)
    table = parse(text, source)
    clauses = {**law.clauses(), **read_clauses(table, _title(table))}
    roles = _roles(table, clauses)
    shared = {**_shared(), **kept}
    papers = _papers_of_flows(table, shared) | {p.id: p for p in map(_paper, table.each("paper"))}
    archive = _archive(table, papers)
    reader = Reader(clauses, roles, papers, archive)
    root = read_flow(table, reader, "")
    flows, texts = _called(root, table, reader, shared)
    result = Procedure(
        id=table.text("id"),
        name=table.say("name"),
        version=_version([text, *texts.values()]),
        source=_source(table),
        levels=table.texts("levels"),
        posts={i: _named(t) for i, t in table.named("post").items()},
        roles=roles,
        flows=flows,
        clauses=clauses,
        clocks=tuple(_clock(c, clauses) for c in table.each("clock")),
        papers=papers,
        archive=archive,
        lists={i: _items(table, i) for i in table.take("list", dict, {})},
        anywhere={a.name: a for a in (_anywhere(t, reader) for t in table.each("anywhere", by="name"))},
        gates=tuple(reader.gate(g) for g in table.each("gate")),
        site=tuple(reader.gate(g) for g in table.each("site")),
        overlays=table.texts("overlays"),
        notes={i: t.say("text") for i, t in table.named("note").items()},
        text=_bundle(text, texts),
    )
    table.close()
    check_links(result, table)
    return result


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Procedure]:
    """The procedures packaged here, by id."""
    found = [load(f.read_text("utf-8"), f.name) for f in _files("procedures")]
    return {p.id: p for p in found}


def procedure(id: str, version: str | None = None) -> Procedure:
    """A shipped procedure; a matter that pins another version gets KeyError, never a silent newer one."""
    found = shipped()[id]
    if version is not None and version != found.version:
        raise KeyError(f"{id} version {version}")
    return found


def _files(folder: str) -> list[Any]:
    place = resources.files("shangliang.procedure").joinpath(folder)
    return sorted((f for f in place.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


@lru_cache(maxsize=1)
def _shared() -> Mapping[str, tuple[str, str]]:
    """Shared flows by id: file name and text."""
    return {f.name.removesuffix(".toml"): (f.name, f.read_text("utf-8")) for f in _files("flows")}


def _called(
    root: Flow, table: Table, reader: Reader, shared: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, Flow], dict[str, str]]:
    """The root and every flow it calls; and the texts of the latter, which count for the version."""
    flows: dict[str, Flow] = {"": root}
    texts: dict[str, str] = {}
    for stage in root.stages.values():
        for call in stage.calls:
            if call.flow not in shared:
                known = ", ".join(sorted(shared))
                table.fail(
                    f'unknown flow "{call.flow}"; known: {known}', f'"{stage.id}"', f'flow = "{call.flow}"'
                )
            if call.flow not in flows:
                name, text = shared[call.flow]
                flows[call.flow] = _shared_flow(name, text, reader, reader.bound.get(call.flow, {}))
                texts[call.flow] = text
    return flows, texts


def _papers_of_flows(table: Table, shared: Mapping[str, tuple[str, str]]) -> dict[str, Paper]:
    """The papers that called flows bring along; a procedure may call them otherwise by its own ``[[paper]]``."""
    calls = [c for s in table.data.get("stage", ()) if isinstance(s, dict) for c in s.get("call", ())]
    named = dict.fromkeys(str(c.get("flow")) for c in calls if isinstance(c, dict))
    texts = [shared[n] for n in named if n in shared]
    return {p.id: p for name, text in texts for p in map(_paper, parse(text, name).each("paper"))}


def _shared_flow(name: str, text: str, reader: Reader, bound: Mapping[str, Any]) -> Flow:
    table = parse(text, name)
    own = {**law.clauses(), **reader.clauses, **read_clauses(table, "")}
    params = {**table.take("params", dict, {}), **bound}
    unknown = set(bound) - set(table.data.get("params", {}))
    if unknown:
        table.fail(f"a caller passes params this flow does not have: {sorted(unknown)}", r"^\[params\]")
    table.each("paper")  # read already, see _papers_of_flows
    flow_reader = Reader(own, reader.roles, reader.papers, reader.archive, params)
    flow = read_flow(table, flow_reader, table.text("id"))
    table.close()
    return flow


# Between the file and the shared flows it was read with, so that one text brings a pinned version back.
_SEAM = "# ── shared flow: "


def _bundle(text: str, texts: Mapping[str, str]) -> str:
    return text + "".join(f"\n{_SEAM}{name}\n{flow}" for name, flow in texts.items())


def _unbundle(text: str) -> tuple[str, dict[str, tuple[str, str]]]:
    """The file itself, and the shared flows kept with it as file name and text."""
    first, *rest = text.split(f"\n{_SEAM}")
    flows = (part.partition("\n") for part in rest)
    return first, {name: (f"{name}.toml", flow) for name, _, flow in flows}


def _version(texts: list[str]) -> str:
    """Digest of the canonical content: comments and layout do not count, the shared flows do."""
    content = [tomllib.loads(t) for t in texts]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _title(table: Table) -> str:
    source = table.data.get("source")
    return source.get("title", "") if isinstance(source, dict) else ""


def _source(table: Table) -> Source:
    own = table.table("source")
    result = Source(own.text("title"), own.text("publisher"), own.take("on", date, None), own.text("url", ""))
    own.close()
    return result


def _named(table: Table) -> Say:
    name = table.say("name")
    table.close()
    return name


def _roles(table: Table, clauses: Mapping[str, Clause]) -> dict[str, Role]:
    roles = {}
    for id, own in table.named("role").items():
        roles[id] = Role(
            id=id,
            name=own.say("name"),
            posts={level: own.texts(level) for level in (*LISTED_KINDS, "county") if own.has(level)},
            bodies=frozenset(own.texts("body")),
            anyone=own.take("anyone", bool, False),
            same_level=own.take("same_level", bool, False),
            yields=own.take("yields", bool, False),
            own_unit=own.take("own_unit", bool, False),
            cites=tuple(_cited(own, c, clauses) for c in own.texts("cite")),
        )
        own.close()
    return roles


def _cited(table: Table, cite: str, clauses: Mapping[str, Clause]) -> Clause:
    if cite not in clauses:
        table.fail(f'unknown clause "{cite}"', rf'"{cite}"')
    return clauses[cite]


def _paper(table: Table) -> Paper:
    paper = Paper(table.text("id"), table.say("name"))
    table.close()
    return paper


def _archive(table: Table, papers: Mapping[str, Paper]) -> tuple[Paper, ...]:
    asked = []
    for own in table.each("archive", by="paper"):
        id = own.text("paper")
        if id not in papers:
            own.fail(f'unknown paper "{id}"')
        asked.append(Paper(id, papers[id].name, own.texts("when")))
        own.close()
    return tuple(asked)


def _clock(table: Table, clauses: Mapping[str, Clause]) -> Clock:
    every = _period(table, "every", "P12M")
    if every.unit != "M":
        table.fail('"every" is counted in months', "every")
    clock = Clock(
        id=table.text("id"),
        level=table.one_of("level", LISTED_KINDS),
        name=table.say("name"),
        months=every.number,
        times=table.take("times", int, 1),
        remind=_period(table, "remind_before", "P14D"),
        origin=table.one_of("origin", ORIGINS, "local"),
        cites=tuple(_cited(table, c, clauses) for c in table.texts("cite")),
    )
    table.close()
    return clock


def _period(table: Table, key: str, default: str) -> Any:
    try:
        return parse_period(table.text(key, default))
    except ValueError as error:
        table.fail(str(error), rf"{key}\s*=")


def _items(table: Table, name: str) -> tuple[Item, ...]:
    lists = Table(table.data["list"], table.where, table.trail)
    items = []
    for own in lists.each(name):
        items.append(Item(own.text("id"), own.say("name"), own.text("cite", "")))
        own.close()
    return tuple(items)


def _anywhere(table: Table, reader: Reader) -> Anywhere:
    marks = frozenset(table.texts("marks"))
    if marks - set(MARKS):
        table.fail(f"unknown mark {sorted(marks - set(MARKS))[0]!r}", "marks")
    result = Anywhere(
        name=table.text("name"),
        title=table.say("title"),
        who=reader.who(table),
        marks=marks,
        gives=reader.gives(table),
        gates=tuple(reader.gate(g, on=table.text("name")) for g in table.each("gate")),
    )
    table.close()
    return result
