"""What a matter's closed opinion gatherings showed, as it was published, for the matter's file."""

from __future__ import annotations

from typing import Any

from shangliang.acts.few import told
from shangliang.archive.package import Shown
from shangliang.cases import queries_gathering as read
from shangliang.cases.models import Matter
from shangliang.cases.models_gathering import Gathering
from shangliang.consensus.schema import number
from shangliang.web.gathering.reading import Reading, read_box

FORMAT, VERSION = "shangliang-gathering-result", 1
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def shown(matter: Matter) -> list[Shown]:
    """One result a closed gathering, in their order."""
    closed = [g for g in reversed(read.of_matter(matter.pk)) if g.closed_on is not None]
    return [Shown(g.number, result(g), g.closed_on) for g in closed if g.closed_on]


def result(gathering: Gathering) -> dict[str, Any]:
    """What may be said in public: of each statement and group a word, numbers only where none of them speaks of fewer than
    five people, no person, no position, and of the points of agreement only which they are."""
    found = read_box(gathering)
    return {
        "format": FORMAT, "version": VERSION, "matter": gathering.matter_id, "number": gathering.number,
        "opened_on": gathering.opened_on.isoformat(), "until": gathering.until.isoformat(),
        "closed_on": gathering.closed_on.isoformat() if gathering.closed_on else "", "voice": gathering.voice,
        "voices": gathering.voices, "paper": gathering.on_paper,
        "answers": sum(found.count(n).answered for n in found.statements), "digest": gathering.digest,
        "statements": [
            {"number": n, "text": found.text(n), "own": s.own, **told(found.count(n))} for n, s in found.statements.items()
        ],
        "map": _map(found),
    }  # fmt: skip


def _map(found: Reading) -> dict[str, Any] | None:
    """None where fewer than five took part."""
    o = found.opinions
    if o is None:
        return None
    groups = range(len(o.groups)) if found.grouped else ()
    return {
        "method": o.method, "seed": o.seed,
        "sureness": {
            "groups_shown": found.grouped, "reason": o.sureness.reason, "stability": number(o.sureness.stability),
        },
        "agreed": [{"statement": p.statement, "agrees": p.agrees} for p in found.agreed],
        "divided": [{"statement": p.statement} for p in found.divided],
        "groups": [
            {"name": LETTERS[g], "statements": [{"number": n, "word": found.of_group(g, n).word} for n in found.statements]}
            for g in groups
        ],
    }  # fmt: skip
