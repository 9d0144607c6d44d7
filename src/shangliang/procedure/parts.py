"""Reading the parts of a file that stand beside its stages: roles, papers, clocks, lists, acts at any stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shangliang.procedure.calendar import parse_period
from shangliang.procedure.model import MARKS, Anywhere, Clause, Clock, Item, Paper, Role
from shangliang.procedure.reading import ORIGINS, Reader
from shangliang.procedure.say import Say
from shangliang.procedure.tables import Table
from shangliang.procedure.vocabulary import CONDITIONS

LISTED_KINDS = ("village", "town")


def read_named(table: Table) -> Say:
    name = table.say("name")
    table.close()
    return name


def read_roles(table: Table, clauses: Mapping[str, Clause]) -> dict[str, Role]:
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
            cites=tuple(cited(own, c, clauses) for c in own.texts("cite")),
        )
        own.close()
    return roles


def cited(table: Table, cite: str, clauses: Mapping[str, Clause]) -> Clause:
    if cite not in clauses:
        table.fail(f'unknown clause "{cite}"', rf'"{cite}"')
    return clauses[cite]


def read_paper(table: Table) -> Paper:
    paper = Paper(table.text("id"), table.say("name"))
    table.close()
    return paper


def read_archive(table: Table, papers: Mapping[str, Paper]) -> tuple[Paper, ...]:
    asked = []
    for own in table.each("archive", by="paper"):
        id = own.text("paper")
        if id not in papers:
            own.fail(f'unknown paper "{id}"')
        when = own.texts("when")
        if unknown := [w for w in when if w not in CONDITIONS]:
            own.fail(f'unknown condition "{unknown[0]}"', r"when\s*=")
        asked.append(Paper(id, papers[id].name, when))
        own.close()
    return tuple(asked)


def read_clock(table: Table, clauses: Mapping[str, Clause]) -> Clock:
    every = read_period(table, "every", "P12M")
    if every.unit != "M":
        table.fail('"every" is counted in months', "every")
    clock = Clock(
        id=table.text("id"),
        level=table.one_of("level", LISTED_KINDS),
        name=table.say("name"),
        months=every.number,
        times=table.take("times", int, 1),
        remind=read_period(table, "remind_before", "P14D"),
        origin=table.one_of("origin", ORIGINS, "local"),
        cites=tuple(cited(table, c, clauses) for c in table.texts("cite")),
    )
    table.close()
    return clock


def read_period(table: Table, key: str, default: str) -> Any:
    try:
        return parse_period(table.text(key, default))
    except ValueError as error:
        table.fail(str(error), rf"{key}\s*=")


def read_items(table: Table, name: str, clauses: Mapping[str, Clause]) -> tuple[Item, ...]:
    lists = Table(table.data["list"], table.where, table.trail)
    items = []
    for own in lists.each(name):
        cite = own.text("cite", "")
        items.append(Item(own.text("id"), own.say("name"), cited(own, cite, clauses).cite if cite else ""))
        own.close()
    return tuple(items)


def read_anywhere(table: Table, reader: Reader) -> Anywhere:
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
