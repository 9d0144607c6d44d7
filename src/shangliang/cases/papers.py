"""Which papers a matter's file holds: written from its entries, or registered as paper originals."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.cases import papers_deciding
from shangliang.cases.models import Matter
from shangliang.cases.papers_consulting import consulted


def present(m: Matter) -> frozenset[str]:
    """The kinds of papers of a matter that can be laid into its file."""
    written = frozenset(_written(m)) | frozenset(consulted(m.pk))
    return written | frozenset(m.papers.values_list("kind", flat=True))


def _written(m: Matter) -> Iterator[str]:
    if m.title_id:
        yield "registration"
    if m.answered and m.answered != "scope":
        yield "screening"
    yield from papers_deciding.written(m)
    kinds = set(m.rulings.values_list("kind", flat=True))
    yield from sorted(kinds & {"study", "approval", "resolution", "report", "return"})
    parties = list(m.parties.values_list("visited_on", flat=True))
    if any(parties):
        yield "door_talk"
    for notice, state, summary, speech, agreed in m.rounds.exclude(taken_up_on=None).values_list(
        "meeting__notice_on", "meeting__state", "meeting__summary_id", "speech_id", "agreed_id"
    ):
        if notice:
            yield "meeting_notice"
        if state == "held":
            yield "sign_in"
        if state == "held" and (summary or speech or agreed):
            yield "minutes"
    for board, online, exempt in m.publications.values_list("board_on", "online_on", "exempt_ground"):
        if board or online:
            yield "publication"
            yield "posting_record"
        if exempt:
            yield "exemption"
    if m.tasks.exists():
        yield "task_list"
    if m.result_on:
        yield "closing_note"
    for redirect in m.replies.values_list("redirect", flat=True):
        yield "reply"
        if redirect:
            yield "referral"
