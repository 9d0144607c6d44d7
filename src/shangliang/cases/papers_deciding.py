"""Papers of the systems that decide step by step, as far as a matter's entries hold what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shangliang.cases.models import Matter


def written(m: Matter) -> Iterator[str]:
    """The kinds of papers: opinions gathered, proposal, discussion, review, hearings and their like, results."""
    if m.answered == "scope":
        yield "scope"
    for closed in m.collectings.values_list("closed_on", flat=True):
        yield "collect_record"
        if closed:
            yield "opinion_summary"
    kinds = set(m.rulings.values_list("kind", flat=True))
    yield from sorted(kinds & {"proposal", "discussion", "review", "clearance", "stop"})
    if "proposal" in kinds:
        yield "committees_minutes"
    for kind, announced, held, answered, outcome in m.forums.values_list(
        "kind", "announced_on", "held_on", "answered_on", "outcome"
    ):
        if kind == "hearing" and announced:
            yield "hearing_notice"
        if held or outcome == "skipped":
            yield f"{kind}_record"
        if kind == "hearing" and answered:
            yield "hearing_answer"
    if m.effects.exists():
        yield "effects"
    told = m.publications.filter(about="result").exclude(board_on=None, online_on=None)
    if told.exists():
        yield "result_publication"
