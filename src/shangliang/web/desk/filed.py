"""A matter's file, paper by paper: what the rulebook asks for, what the system writes, which originals lie where."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from shangliang import documents
from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.acts.facts import gather
from shangliang.cases import papers as written
from shangliang.cases.models import Matter, Paper
from shangliang.cases.queries_places import matter_of
from shangliang.procedure.conditions import all_hold
from shangliang.procedure.model import Paper as PaperUse
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import Say
from shangliang.procedure.vocabulary import CONDITIONS
from shangliang.record.models import SealedText
from shangliang.record.queries import entries_of
from shangliang.web.actor import Actor


@dataclass(frozen=True)
class Filed:
    """One kind of paper in one matter's file. ``asked``: the archive wants it. ``there``: it can be laid in."""

    kind: str
    name: Say
    asked: bool
    there: bool
    missing: Say | None
    views: tuple[tuple[str, str | date], ...]  # (address of the paper, what tells it from the others)
    originals: tuple[Paper, ...]

    @property
    def pages(self) -> int:
        return sum(p.pages for p in self.originals)


def reached(number: str, actor: Actor) -> Matter:
    """A matter whose whole file the actor may see, or 404: a department that only has a part in it may not."""
    found = matter_of(number)
    if found is None or not actor.reaches(found.unit) or not actor.may_read(found):
        raise Http404
    return found


def given_back(matter: Matter) -> dict[str, Any] | None:
    """On which day the archivist gave the file back last, and what was missing; None where that never happened."""
    entry = entries_of(f"matter:{matter.pk}").filter(act="return_file").last()
    if entry is None or matter.ended:
        return None
    sealed = json.loads(entry.text)["sealed"].get("missing", {}).get("id")
    text = SealedText.objects.filter(pk=sealed).values_list("text", flat=True).first()
    return {"on": entry.happened_on, "text": text or ""}


def filed_papers(matter: Matter) -> list[Filed]:
    """What the archive asks for in the rulebook's order, then whatever else there is or can be printed."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    there = written.present(matter)
    asked = {p.id: p.name for p in _asked(matter, procedure)}
    made = {p.id: p for p in documents.producible(matter)}
    names = {s.id: Say(s.zh, s.en) for s in documents.catalogue()} | {
        p.id: p.name for p in procedure.papers.values()
    }
    originals: dict[str, list[Paper]] = {}
    for paper in matter.papers.select_related("name").order_by("on", "id"):
        originals.setdefault(paper.kind, []).append(paper)
    kinds = [
        *asked,
        *(k for k in made if k not in asked),
        *(k for k in originals if k not in asked and k not in made),
    ]
    return [
        Filed(
            kind, asked.get(kind) or names.get(kind) or Say(kind, kind), kind in asked,
            kind in there or (kind not in asked and bool(_views(made.get(kind)))), _why(made.get(kind)), _views(made.get(kind)),
            tuple(originals.get(kind, ())),
        )
        for kind in kinds
    ]  # fmt: skip


def lacking(matter: Matter) -> list[Say]:
    """The papers the archive asks for that are not there: the same question its gate asks."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    there = written.present(matter)
    return [p.name for p in _asked(matter, procedure) if p.id not in there]


def _asked(matter: Matter, procedure: Procedure) -> list[PaperUse]:
    """What the archive asks of this matter's path; only what its conditions look at is read."""
    needed = frozenset(n for p in procedure.archive for c in p.when for n in CONDITIONS[c].needs)
    facts = gather(matter, matter.unit, today(), None, needed)
    return [p for p in procedure.archive if all_hold(p.when, facts)]


def kinds_to_register(matter: Matter) -> list[tuple[str, Say]]:
    """Every kind of paper an original can be registered as."""
    return [(p.kind, p.name) for p in filed_papers(matter)]


def _why(found: Any) -> Say | None:
    return found.missing if found else None


def _views(found: Any) -> tuple[tuple[str, str | date], ...]:
    if found is None or found.missing is not None:
        return ()
    return tuple((reverse("paper", args=[found.id, ident]), tells) for ident, tells in found.subjects)
