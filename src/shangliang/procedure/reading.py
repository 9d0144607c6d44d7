"""Reading the parts that the root flow and the shared flows have in common: clauses, gates, roles, papers, timers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shangliang.procedure import (  # noqa: F401
    conditions,
    conditions_deciding,
    gates,
    gates_closing,
    gates_collecting,
    gates_deciding,
    gates_forum,
    gates_meeting,
    gates_notice,
    gates_order,
    gates_overlay,
    gates_participants,
    gates_publication,
    gates_results,
    gates_session,
    gates_site,
    gates_topic,
    routes,
    routes_consulting,
    routes_deciding,
)
from shangliang.procedure.calendar import parse_period
from shangliang.procedure.clocks import STARTS
from shangliang.procedure.model import MARKS, Clause, GateUse, Paper, Role, Timer
from shangliang.procedure.tables import Table
from shangliang.procedure.vocabulary import CONDITIONS, GATES

ORIGINS = ("local", "law", "default", "engine")
LEVELS = ("hard", "soft", "info")


@dataclass(frozen=True, slots=True)
class Reader:
    """What the parts of a file may refer to."""

    clauses: Mapping[str, Clause]
    roles: Mapping[str, Role]
    papers: Mapping[str, Paper]
    archive: tuple[Paper, ...]
    params: Mapping[str, Any] = field(default_factory=dict)  # numbers a caller bound, named "=name" in gates
    bound: dict[str, Mapping[str, Any]] = field(
        default_factory=dict
    )  # params for called flows, filled while reading

    def who(self, table: Table) -> tuple[str, ...]:
        names = table.texts("who")
        for name in names:
            if name not in self.roles:
                table.fail(f'unknown role "{name}"; known: {", ".join(self.roles)}', r"who\s*=")
        return names

    def gives(self, table: Table) -> tuple[str, ...]:
        names = table.texts("gives")
        for name in names:
            if name not in self.papers:
                table.fail(f'unknown paper "{name}"', r"gives\s*=")
        return names

    def cites(self, table: Table) -> tuple[Clause, ...]:
        names = table.texts("cite")
        for name in names:
            if name not in self.clauses:
                table.fail(f'unknown clause "{name}"', r"cite\s*=")
        return tuple(self.clauses[n] for n in names)

    def when(self, table: Table) -> tuple[str, ...]:
        names = table.texts("when")
        for name in names:
            if name not in CONDITIONS:
                table.fail(f'unknown condition "{name}"; known: {", ".join(sorted(CONDITIONS))}', r"when\s*=")
        return names

    def gate(self, table: Table, on: str | None = None) -> GateUse:
        name = table.text("gate")
        if name not in GATES:
            table.fail(f'unknown gate "{name}"', r"gate\s*=")
        level, origin = table.one_of("level", LEVELS), table.one_of("origin", ORIGINS)
        if origin == "default" and level == "hard":
            table.fail(
                "a system default never blocks: only local rules, law and engine may be hard", r"level\s*="
            )
        use = GateUse(
            id=table.text("id"),
            on=on or table.text("on", ""),
            gate=name,
            level=level,
            origin=origin,
            params=self._gate_params(table, name),
            cites=self.cites(table),
            override=self._override(table),
            say=table.words("say"),
            when=self.when(table),
            before=table.one_of("before", MARKS, None),
            inferred=table.take("inferred", bool, False),
        )
        if bool(use.on) == bool(use.before):
            table.fail('a gate has either "on" or "before"')
        if origin in ("local", "law") and not use.cites:
            table.fail(f'a gate of origin {origin} needs "cite"')
        table.close()
        return use

    def _override(self, table: Table) -> str | None:
        role = table.text("override", None)
        if role is not None and role not in self.roles:
            table.fail(f'unknown role "{role}" in "override"', r"override\s*=")
        return role  # type: ignore[no-any-return]

    def _gate_params(self, table: Table, gate: str) -> dict[str, Any]:
        spec, given = GATES[gate], table.take("params", dict, {})
        result = {}
        for key, raw in given.items():
            value = self._bound(table, raw)
            if key not in spec.params or not isinstance(value, spec.params[key]):
                known = ", ".join(f"{k}: {t.__name__}" for k, t in spec.params.items()) or "none"
                table.fail(f'gate "{gate}" has no parameter {key} = {value!r}; known: {known}', r"params")
            result[key] = tuple(value) if isinstance(value, list) else value
        if spec.papers:
            result["papers"] = self.archive
        return result

    def _bound(self, table: Table, raw: Any) -> Any:
        if not (isinstance(raw, str) and raw.startswith("=")):
            return raw
        if raw[1:] not in self.params:
            table.fail(f'"{raw}" names no param of this flow', r"params")
        return self.params[raw[1:]]

    def timer(self, table: Table) -> Timer:
        try:
            length = parse_period(table.text("length"))
        except ValueError as error:
            table.fail(str(error), r"length\s*=")
        timer = Timer(
            id=table.text("id"),
            kind=table.one_of("kind", ("within", "at_least")),
            start=table.one_of("from", tuple(STARTS)),
            length=length,
            origin=table.one_of("origin", ORIGINS),
            name=table.say("name"),
            cites=self.cites(table),
        )
        table.close()
        return timer


def read_clauses(table: Table, title: str) -> dict[str, Clause]:
    """``[clause.D35]`` tables: ``short`` and ``text`` in both languages, ``origin`` local unless said."""
    found = {}
    for cite, own in table.named("clause").items():
        origin = own.one_of("origin", ORIGINS, "local")
        found[cite] = Clause(cite, own.say("short"), own.say("text"), origin, own.text("title", title))
        own.close()
    return found
