"""Checks a digest that stands on a printed paper: what the books say about it.

Printed is the digest of the entry the paper stands on, not of the file: so no PDF has to be kept, and whoever has the
book can check the paper without this server. Three kinds of things are known by their digest: entries, attachments and
paper scans, and versions of a procedure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone

from shangliang.acts.amend import corrections
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Matter, Paper, Rulebook
from shangliang.documents import queries
from shangliang.documents.papers import catalogue
from shangliang.procedure.loader import shipped
from shangliang.procedure.say import day
from shangliang.record.models import Content, Entry
from shangliang.units.models import Unit

SHORTEST = 16
"""Hexadecimal digits that must be given; with fewer, two entries could be mistaken for each other."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a digest stands for. ``matter`` and ``title`` only where the matter is shown publicly: the heads of books are
    published, so a digest alone must not lead to a matter nobody has screened."""

    kind: Literal["entry", "content", "procedure"]
    digest: str
    zh: str
    en: str
    unit: str = ""
    book: str = ""
    seq: int = 0
    act: str = ""
    happened: date | None = None
    entered: date | None = None
    matter: str = ""
    title: str = ""
    corrected: tuple[int, ...] = ()
    papers: tuple[str, ...] = ()


def known(digest: str) -> Known | None:
    """What a printed digest stands for: all its digits, or the first sixteen or more, with or without spaces. None when no
    book knows it."""
    digits = re.sub(r"[\s:：-]|sha256|sm3", "", digest.lower())
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", digits):
        return None
    for find in (_entry, _content, _procedure):
        if found := find(digits):
            return found
    return None


def _between(digits: str) -> tuple[str, str]:
    """The range of digests that begin with these digits: a plain range, answered from the index."""
    return digits.ljust(64, "0"), digits.ljust(64, "f")


def _one(rows: QuerySet[Entry] | QuerySet[Content], digits: str) -> Entry | Content | None:
    """The only row whose digest begins so; two would be nobody's."""
    found = list(rows.filter(digest__range=_between(digits))[:2])
    return found[0] if len(found) == 1 else None


def _entry(digits: str) -> Known | None:
    entry = _one(Entry.objects.all(), digits)
    if not isinstance(entry, Entry):
        return None
    unit = Unit.objects.filter(pk=entry.book_id).values_list("name", flat=True).first() or entry.book_id
    spec = Catalogue.acts.get(entry.act)
    kind, _, ident = entry.subject.partition(":")
    matter = (
        Matter.objects.filter(pk=ident, shown=True).select_related("title").first()
        if kind == "matter"
        else None
    )
    zh, en = (spec.zh, spec.en) if spec else (entry.act, entry.act)
    return Known(
        "entry", entry.digest, f"{unit}记录簿第{entry.seq}号：{zh}", f"Book of {unit}, no. {entry.seq}: {en}", unit=unit,
        book=entry.book_id, seq=entry.seq, act=entry.act, happened=entry.happened_on,
        entered=timezone.localdate(entry.entered_at), matter=matter.id if matter else "",
        title=queries.words(matter.title) if matter else "", corrected=tuple(e.seq for e in corrections(entry.book_id, [entry.seq])),
        papers=tuple(p.id for p in catalogue() if entry.act in p.stands),
    )  # fmt: skip


def _content(digits: str) -> Known | None:
    row = _one(Content.objects.all(), digits)
    if not isinstance(row, Content):
        return None
    paper = Paper.objects.filter(content=row.digest).select_related("matter__unit").first()
    on = day(row.erased_on) if row.erased_on else None
    gone = (f"，已于{on.zh}删除", f", erased on {on.en}") if on else ("", "")
    return Known(
        "content", row.digest, f"存档的文件（{row.size}字节）{gone[0]}", f"A kept file of {row.size} bytes{gone[1]}",
        unit=paper.matter.unit.name if paper else "", matter=paper.matter_id if paper and paper.matter.shown else "",
        happened=paper.on if paper else None, papers=(paper.kind,) if paper else (),
    )  # fmt: skip


def _procedure(digits: str) -> Known | None:
    versions = {p.version: p.name.zh for p in shipped().values()}
    low, high = _between(digits)
    kept = Rulebook.objects.filter(version__range=(low, high)).values_list("version", "procedure")
    names = {p.id: p.name.zh for p in shipped().values()}
    versions |= {version: names.get(ident, ident) for version, ident in kept if version not in versions}
    found = [v for v in versions if v.startswith(digits)]
    if len(found) != 1:
        return None
    name = versions[found[0]]
    return Known(
        "procedure", found[0], f"规程“{name}”的一个版本", f"A version of the procedure “{name}”",
        papers=("rules", "workflow"),
    )  # fmt: skip
