"""Which papers of a consultation a matter's file holds: as its entries wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.cases.models_consulting import Speech, Topic

_DISPATCHED = {
    "notice": ("consultation_notice",), "prior": ("prior_notice",), "bulletin": ("bulletin", "delivery"),
    "reference": ("reference", "delivery"), "feedback": ("feedback_letter",), "exemption": ("exemption_record",),
    "within": ("scope_notice",),
}  # fmt: skip
_RULED = {"field_study": "study_report", "policy": "policy_check", "decision": "decision_record"}
_REMARKED = {"difference": "differences", "organisation": "inspection_sheet"}


def consulted(matter: str) -> Iterator[str]:
    """The kinds of papers that topic, dispatches, participants, statements, votes and suggestions make."""
    from shangliang.cases.models import Matter

    m = Matter.objects.get(pk=matter)
    if Topic.objects.filter(matter=m).exists():
        yield from ("topic_form", "topic_record")
    for kind, n in m.dispatches.values_list("kind", "materials__id"):
        yield from _DISPATCHED[kind]
        if kind == "notice" and n:
            yield "materials"
    told = list(m.participants.values_list("notified_on", flat=True))
    if told:
        yield "participant_list"
    if any(told):
        yield "receipts"
    yield from (_RULED[k] for k in m.rulings.values_list("kind", flat=True) if k in _RULED)
    yield from (_REMARKED[k] for k in m.remarks.values_list("kind", flat=True) if k in _REMARKED)
    if Speech.objects.filter(participant__matter=m, written=True).exists():
        yield "written_replies"
    if m.votes.exists():
        yield "vote_record"
    states = list(m.suggestions.values_list("state", flat=True))
    if states:
        yield "written_opinion"
    if m.result_on:
        yield "adoption_table"
    if m.surveys.exclude(closed_on=None).exists():
        yield "survey_result"
