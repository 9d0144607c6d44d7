"""The law of a day: floors that no local rule may undercut, read from the dated files in ``laws/``.

A local rule may be stricter. An act is judged by the law on its own date, never by that of the matter's
opening.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from shangliang.procedure.model import Clause
from shangliang.procedure.say import Say


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a named count: ``more_than`` 1/2 of the adults, or at least 2/3 of the members."""

    of: str
    over: int
    under: int
    strictly: bool

    def least(self, total: int) -> int:
        """The smallest whole number that satisfies the share of ``total``."""
        exact = total * self.over
        return exact // self.under + 1 if self.strictly else -(-exact // self.under)


@dataclass(frozen=True, slots=True)
class BodyRule:
    """How a body meets and decides. ``quorum`` is a choice of alternatives, each a set of shares that must all hold."""

    id: str
    name: Say
    quorum: tuple[tuple[Share, ...], ...]
    majority: tuple[Share, ...]
    cite: Clause
    notice_days: int | None = None
    notice_exception: str | None = None
    notice_clause: Clause | None = None
    delegated: Clause | None = None  # the body decides only what a larger one has authorised
    party_first: Clause | None = None  # important matters for it are first studied by the party organisation

    def asks(self, count: str) -> bool:
        """Whether its quorum is a share of this count, such as "area"."""
        return any(s.of == count for choice in self.quorum for s in choice)


@dataclass(frozen=True, slots=True)
class Decides:
    """Which bodies may decide a statutory subject."""

    subject: str
    by: tuple[str, ...]
    cite: Clause
    majority: tuple[Share, ...] = ()  # what this subject asks beside the body's own majority


@dataclass(frozen=True, slots=True)
class Subject:
    """What a matter may touch, so that a consultation's result is not yet a decision."""

    id: str
    name: Say
    overlay: str


@dataclass(frozen=True, slots=True)
class Law:
    """The floors in force on a day for one kind of unit. A kind without a statute has none."""

    kind: str
    since: date | None = None
    title: str = ""
    publication_min_days: int | None = None
    publication_clause: Clause | None = None
    party_first: Clause | None = None  # important matters are first studied by the party organisation
    consultation: Clause | None = None  # what needs a meeting goes to the meeting
    bodies: tuple[BodyRule, ...] = ()
    decides: tuple[Decides, ...] = ()

    def body(self, name: str) -> BodyRule | None:
        """The rule of a body, or None when the law of the day knows no such body."""
        return next((b for b in self.bodies if b.id == name), None)

    def deciding(self, subject: str) -> Decides | None:
        return next((d for d in self.decides if d.subject == subject), None)


@dataclass(frozen=True, slots=True)
class _LawFile:
    kinds: frozenset[str]
    since: date
    adds: bool
    law: Law


@lru_cache(maxsize=4096)
def law_on(when: date, unit_kind: str) -> Law:
    """The law on the date of an act for a kind of unit ("village", "community"; others have no floors)."""
    return _law_since(_latest(when), unit_kind)


def _latest(when: date) -> date | None:
    """The last day on which some law changed; the key that lets ``law_on`` remember few answers for many days."""
    return max((f.since for f in _files() if f.since <= when), default=None)


@lru_cache(maxsize=256)
def _law_since(since: date | None, kind: str) -> Law:
    valid = [f for f in _files() if since is not None and f.since <= since and kind in f.kinds]
    main = [f for f in valid if not f.adds]
    law = max(main, key=lambda f: f.since).law if main else Law(kind=kind)
    bodies = {b.id: b for b in law.bodies}
    decides = {d.subject: d for d in law.decides}
    for added in (f for f in valid if f.adds):
        bodies |= {b.id: b for b in added.law.bodies}
        decides |= {d.subject: d for d in added.law.decides}
    return replace(law, kind=kind, bodies=tuple(bodies.values()), decides=tuple(decides.values()))


@lru_cache(maxsize=1)
def subjects() -> tuple[Subject, ...]:
    """All statutory subjects, for forms."""
    table = tomllib.loads(_folder().joinpath("subjects.toml").read_text("utf-8"))
    return tuple(Subject(s["id"], Say(s["name"], s["name_en"]), s["overlay"]) for s in table["subject"])


def subjects_on(law: Law) -> tuple[Subject, ...]:
    """The subjects that the law of the day gives to some body, and what units stationed here have a say in."""
    known = {d.subject for d in law.decides}
    aside = frozenset({"O-UNIT"} if known else ())  # nobody decides it alone, but it has to be known
    return tuple(s for s in subjects() if s.id in known or s.overlay in aside)


def deciding_bodies(law: Law, touches: frozenset[str]) -> tuple[BodyRule, ...]:
    """The bodies that may decide a matter with these subjects; empty when none of them needs a meeting.

    Where subjects ask for different bodies, only bodies fit for all of them remain; if none is, all that
    are named.
    """
    asked = [d.by for d in map(law.deciding, sorted(touches)) if d]
    if not asked:
        return ()
    names = [n for n in asked[0] if all(n in by for by in asked)] or sorted({n for by in asked for n in by})
    return tuple(b for b in map(law.body, names) if b)


def rule_for(law: Law, body: str, touches: frozenset[str]) -> BodyRule | None:
    """How a body decides on these subjects: its own rule, with what a subject asks beside it."""
    rule = law.body(body)
    asked = [d for d in map(law.deciding, sorted(touches)) if d and d.majority]
    if rule is None or not asked:
        return rule
    more = tuple(s for d in asked for s in d.majority if s not in rule.majority)
    return replace(rule, majority=(*more, *rule.majority), cite=asked[0].cite) if more else rule


def needs_meeting(law: Law, touches: frozenset[str]) -> bool:
    """Whether a statutory meeting must decide a matter that touches these subjects."""
    return any(law.deciding(t) for t in touches)


@lru_cache(maxsize=1)
def clauses() -> Mapping[str, Clause]:
    """Every clause of every law file, by its id."""
    return {c.cite: c for name in _names() for c in _clauses(_read(name)).values()}


def _folder() -> Any:
    return resources.files("shangliang.procedure").joinpath("laws")


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    names = (f.name for f in _folder().iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(n for n in names if n != "subjects.toml"))


@lru_cache(maxsize=32)
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(_folder().joinpath(name).read_text("utf-8"))


@lru_cache(maxsize=1)
def _files() -> tuple[_LawFile, ...]:
    return tuple(_law_file(_read(name)) for name in _names())


def _law_file(table: dict[str, Any]) -> _LawFile:
    cited = _clauses(table)
    publication = table.get("publication", {})
    law = Law(
        kind=table["kinds"][0],
        since=table["from"],
        title=table["title"],
        publication_min_days=publication.get("min_days"),
        publication_clause=cited.get(publication.get("cite")),
        party_first=cited.get(table.get("party_first")),
        consultation=cited.get(table.get("consultation")),
        bodies=tuple(_body(i, b, cited) for i, b in table.get("body", {}).items()),
        decides=tuple(
            Decides(s, tuple(d["by"]), cited[d["cite"]], _shares(d["majority"]) if "majority" in d else ())
            for s, d in table.get("decides", {}).items()
        ),
    )
    return _LawFile(frozenset(table["kinds"]), table["from"], table.get("adds", False), law)


def _clauses(table: dict[str, Any]) -> dict[str | None, Clause]:
    kinds = frozenset(() if table.get("adds") else table["kinds"])
    return {
        cite: Clause(
            cite, Say(c["short"], c["short_en"]), Say(c["text"], c["text_en"]), "law", table["title"], kinds
        )
        for cite, c in table.get("clause", {}).items()
    }


def _body(id: str, table: dict[str, Any], cited: Mapping[str | None, Clause]) -> BodyRule:
    return BodyRule(
        id=id,
        name=Say(table["name"], table["name_en"]),
        quorum=tuple(_shares(q) for q in table["quorum"]),
        majority=tuple(_share(m) for m in table["majority"]),
        cite=cited[table["cite"]],
        notice_days=table.get("notice_days"),
        notice_exception=table.get("notice_exception"),
        notice_clause=cited.get(table.get("notice_cite")),
        delegated=cited.get(table.get("delegated")),
        party_first=cited.get(table.get("party_first")),
    )


def _shares(choice: Any) -> tuple[Share, ...]:
    return tuple(_share(s) for s in choice) if isinstance(choice, list) else (_share(choice),)


def _share(table: dict[str, str]) -> Share:
    strictly = "more_than" in table
    over, under = (table["more_than"] if strictly else table["at_least"]).split("/")
    return Share(table["of"], int(over), int(under), strictly)
