"""From TOML to a linked ``Procedure``. Everything unknown is refused with file, line and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from shangliang.procedure import bundle, law, overlay
from shangliang.procedure.flowfile import read_flow
from shangliang.procedure.linking import check_links
from shangliang.procedure.model import Flow, Paper, Procedure, Source
from shangliang.procedure.parts import (
    read_anywhere,
    read_archive,
    read_clock,
    read_items,
    read_named,
    read_paper,
    read_roles,
)
from shangliang.procedure.reading import Reader, read_clauses
from shangliang.procedure.tables import ProcedureError, Table, parse

__all__ = ["ProcedureError", "load", "presets", "procedure", "shipped"]

Files = Sequence[tuple[str, str]]  # file name and text


def load(text: str, source: str, more: Files = ()) -> Procedure:
    """Read one procedure file together with the shared flows it calls, the overlays of the law it names, and ``more``
    overlays (presets, a county's settings), laid on it in their order.

    Raises:
        ProcedureError: for an unknown key, gate, route, condition, act target or role, an overlay that is weaker than
        what it lies on, or a file that is not TOML.
    """
    kept = bundle.untie(text)
    table = parse(kept.text, source)
    laid = [*(kept.overlays if kept.whole else _of_law(table)), *more]
    tables = [parse(own, name) for name, own in laid]
    result, texts = _read(table, kept.flows, tables)
    for own in tables:
        result = overlay.lay(result, own)
    if tables:
        check_links(result, tables[-1])
    return replace(
        result,
        version=bundle.version([kept.text, *texts.values(), *(t for _, t in laid)]),
        text=bundle.tie(kept.text, texts, laid),
    )


def _read(
    table: Table, kept: Mapping[str, tuple[str, str]], laid: Sequence[Table]
) -> tuple[Procedure, dict[str, str]]:
    """The procedure as its own file and the shared flows say it, and the texts of those flows."""
    clauses = {**law.clauses(), **read_clauses(table, _title(table))}
    roles = read_roles(table, clauses)
    shared = {**_shared(), **kept}
    papers = _papers_of_flows(table, shared) | {p.id: p for p in map(read_paper, table.each("paper"))}
    archive = read_archive(table, papers)
    reader = Reader(clauses, roles, papers, archive)
    root = read_flow(table, reader, "")
    _bind(reader, shared, laid)
    flows, texts = _called(root, table, reader, shared)
    result = Procedure(
        id=table.text("id"),
        name=table.say("name"),
        version="",
        source=_source(table),
        levels=table.texts("levels"),
        posts={i: read_named(t) for i, t in table.named("post").items()},
        roles=roles,
        flows=flows,
        clauses=clauses,
        clocks=tuple(read_clock(c, clauses) for c in table.each("clock")),
        papers=papers,
        archive=archive,
        lists={i: read_items(table, i, clauses) for i in table.take("list", dict, {})},
        anywhere={a.name: a for a in (read_anywhere(t, reader) for t in table.each("anywhere", by="name"))},
        gates=tuple(reader.gate(g) for g in table.each("gate")),
        site=tuple(reader.gate(g) for g in table.each("site")),
        overlays=table.texts("overlays"),
        notes={i: t.say("text") for i, t in table.named("note").items()},
    )
    table.close()
    check_links(result, table)
    return result, texts


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
def _overlay_files() -> Mapping[str, tuple[str, str]]:
    """Overlays by id: file name and text."""
    return {f.name.removesuffix(".toml"): (f.name, f.read_text("utf-8")) for f in _files("overlays")}


def presets(id: str) -> Files:
    """The packaged presets that lie on a procedure, each as file name and text."""
    return [(n, t) for n, t in _overlay_files().values() if parse(t, n).text("on", None) == id]


def _of_law(table: Table) -> Files:
    """The overlays of the law that a file names under ``overlays``, and those that lie on every procedure: no file can
    leave a floor out."""
    known = {i for i, (n, t) in _overlay_files().items() if parse(t, n).text("kind", "") == "law"}
    for name in table.data.get("overlays", ()):
        if name not in known:
            table.fail(
                f'unknown overlay "{name}"; known: {", ".join(sorted(known))}', r"^overlays\s*=", f'"{name}"'
            )
    named = [name for name in table.data.get("overlays", ()) if name not in floors()]
    return [_overlay_files()[name] for name in (*sorted(floors()), *named)]


@lru_cache(maxsize=1)
def floors() -> frozenset[str]:
    """The ids of the overlays that lie on every procedure."""
    return frozenset(i for i, (n, t) in _overlay_files().items() if parse(t, n).data.get("always"))


def _bind(reader: Reader, shared: Mapping[str, tuple[str, str]], laid: Sequence[Table]) -> None:
    """Numbers that overlays set for shared flows, over those the procedure's own calls set; never fewer days."""
    for table in laid:
        for flow, params in overlay.flow_params(table).items():
            if flow not in shared:
                table.fail(f'unknown flow "{flow}"', rf"flow\.{flow}")
            offered = parse(shared[flow][1], shared[flow][0]).data.get("params", {})
            for name, value in params.items():
                if name not in offered or type(value) is not type(offered[name]):
                    known = ", ".join(offered) or "none"
                    table.fail(
                        f'the flow "{flow}" has no number {name} = {value!r}; known: {known}',
                        rf"flow\.{flow}",
                        name,
                    )
                least = max(_least(flow, name), reader.bound.get(flow, {}).get(name, 0))
                if isinstance(value, int) and value < least:
                    table.fail(f"{name} = {value} is weaker: at least {least}", rf"flow\.{flow}", name)
            reader.bound[flow] = {**reader.bound.get(flow, {}), **params}


def _least(flow: str, name: str) -> int:
    """The floor of the law under a number of a shared flow: the days of a publication."""
    floor = law.law_on(date.max, "village").publication_min_days or 0
    return floor if flow in ("publication", "result_publication") and name == "days" else 0


def shared_text(flow: str) -> str:
    """The text of a packaged shared flow."""
    return _shared()[flow][1]


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
    return {p.id: p for name, text in texts for p in map(read_paper, parse(text, name).each("paper"))}


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


def _title(table: Table) -> str:
    source = table.data.get("source")
    return source.get("title", "") if isinstance(source, dict) else ""


def _source(table: Table) -> Source:
    own = table.table("source")
    result = Source(own.text("title"), own.text("publisher"), own.take("on", date, None), own.text("url", ""))
    own.close()
    return result
