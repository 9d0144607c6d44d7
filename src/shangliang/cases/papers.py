"""Which papers a matter's file holds: written from its entries, or registered as paper originals."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.cases import papers_consulting, papers_deciding
from shangliang.cases.models import Matter
from shangliang.cases.together import Asked, Seen, together


def present(m: Matter) -> frozenset[str]:
    """The kinds of papers of a matter that can be laid into its file, read in one statement."""
    seen = together(m.pk, _asked)
    found = {*written(m, seen), *papers_deciding.written(m, seen), *papers_consulting.written(m, seen)}
    return frozenset(found) | {str(kind) for _, kind in seen["originals"]}


def _asked(m: Matter) -> Asked:
    return {**asked(m), **papers_deciding.asked(m), **papers_consulting.asked(m)}


def asked(m: Matter) -> Asked:
    """The rows that tell."""
    return {
        "rulings": (m.rulings.all(), ["id", "kind"]),
        "visits": (m.parties.exclude(visited_on=None), ["id"]),
        "rounds": (
            m.rounds.exclude(taken_up_on=None),
            ["id", "meeting__notice_on", "meeting__state", "meeting__summary_id", "speech_id", "agreed_id"],
        ),
        "notices": (m.publications.all(), ["id", "board_on", "online_on", "exempt_ground"]),
        "tasks": (m.tasks.all(), ["id"]),
        "replies": (m.replies.all(), ["id", "redirect"]),
        "originals": (m.papers.all(), ["id", "kind"]),
        "named": (m.namings.all(), ["id"]),
        "drawn": (m.lots.exclude(drawn=None), ["id"]),
    }


def written(m: Matter, seen: Seen) -> Iterator[str]:
    """The kinds of papers that the entries of every procedure make."""
    if m.title_id:
        yield "registration"
    if m.answered and m.answered != "scope":
        yield "screening"
    if seen["named"] or seen["drawn"]:
        yield "selection_record"
    kinds = {kind for _, kind in seen["rulings"]}
    yield from (k for k in ("study", "approval", "resolution", "report", "return") if k in kinds)
    if seen["visits"]:
        yield "door_talk"
    for _, notice, state, summary, speech, agreed in seen["rounds"]:
        if notice:
            yield "meeting_notice"
        if state == "held":
            yield "sign_in"
        if state == "held" and (summary or speech or agreed):
            yield "minutes"
    for _, board, online, exempt in seen["notices"]:
        if board or online:
            yield "publication"
            yield "posting_record"
        if exempt:
            yield "exemption"
    if seen["tasks"]:
        yield "task_list"
    if m.result_on:
        yield "closing_note"
    for _, redirect in seen["replies"]:
        yield "reply"
        if redirect:
            yield "referral"
