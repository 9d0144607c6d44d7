"""Papers of the systems that decide step by step, as far as a matter's entries hold what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shangliang.cases.models import Matter
    from shangliang.cases.together import Asked, Seen


def asked(m: Matter) -> Asked:
    """The rows that tell, beside those every procedure has."""
    told = m.publications.filter(about="result").exclude(board_on=None, online_on=None)
    return {
        "collectings": (m.collectings.all(), ["id", "closed_on"]),
        "forums": (m.forums.all(), ["id", "kind", "announced_on", "held_on", "answered_on", "outcome"]),
        "effects": (m.effects.all(), ["id"]),
        "told": (told, ["id"]),
    }


def written(m: Matter, seen: Seen) -> Iterator[str]:
    """The kinds of papers: opinions gathered, proposal, discussion, review, hearings and their like, results."""
    if m.answered == "scope":
        yield "scope"
    for _, closed in seen["collectings"]:
        yield "collect_record"
        if closed:
            yield "opinion_summary"
    kinds = {kind for _, kind in seen["rulings"]}
    yield from (k for k in ("clearance", "discussion", "proposal", "review", "stop") if k in kinds)
    if "proposal" in kinds:
        yield "committees_minutes"
    for _, kind, announced, held, answered, outcome in seen["forums"]:
        if kind == "hearing" and announced:
            yield "hearing_notice"
        if held or outcome == "skipped":
            yield f"{kind}_record"
        if kind == "hearing" and answered:
            yield "hearing_answer"
    if seen["effects"]:
        yield "effects"
    if seen["told"]:
        yield "result_publication"
