"""Which papers of a consultation a matter's file holds: as its entries wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.cases.models_consulting import Speech, Topic

if TYPE_CHECKING:
    from shangliang.cases.models import Matter
    from shangliang.cases.together import Asked, Seen

_DISPATCHED = {
    "notice": ("consultation_notice",), "prior": ("prior_notice",), "bulletin": ("bulletin", "delivery"),
    "reference": ("reference", "delivery"), "feedback": ("feedback_letter",), "exemption": ("exemption_record",),
    "within": ("scope_notice",),
}  # fmt: skip
_RULED = {"field_study": "study_report", "policy": "policy_check", "decision": "decision_record"}
_REMARKED = {"difference": "differences", "organisation": "inspection_sheet"}


def asked(m: Matter) -> Asked:
    """The rows that tell, beside those every procedure has."""
    return {
        "topics": (Topic.objects.filter(matter=m), ["pk"]),
        "dispatches": (m.dispatches.all(), ["id", "kind", "materials__id"]),
        "participants": (m.participants.all(), ["id", "notified_on"]),
        "remarks": (m.remarks.all(), ["id", "kind"]),
        "speeches": (Speech.objects.filter(participant__matter=m, written=True), ["id"]),
        "votes": (m.votes.all(), ["id"]),
        "suggestions": (m.suggestions.all(), ["id"]),
        "surveys": (m.surveys.exclude(closed_on=None), ["id"]),
    }


def written(m: Matter, seen: Seen) -> Iterator[str]:
    """The kinds of papers that topic, dispatches, participants, statements, votes and suggestions make."""
    if seen["topics"]:
        yield from ("topic_form", "topic_record")
    for _, kind, materials in seen["dispatches"]:
        yield from _DISPATCHED[str(kind)]
        if kind == "notice" and materials:
            yield "materials"
    if seen["participants"]:
        yield "participant_list"
    if any(told for _, told in seen["participants"]):
        yield "receipts"
    yield from (_RULED[str(k)] for _, k in seen["rulings"] if k in _RULED)
    yield from (_REMARKED[str(k)] for _, k in seen["remarks"] if k in _REMARKED)
    if seen["speeches"]:
        yield "written_replies"
    if seen["votes"]:
        yield "vote_record"
    if seen["suggestions"]:
        yield "written_opinion"
    if m.result_on:
        yield "adoption_table"
    if seen["surveys"]:
        yield "survey_result"
