"""As much of a matter's file as tells which papers can be made, in one statement and without a single text."""

from __future__ import annotations

from datetime import date

from shangliang.cases.models import Invitation, Matter
from shangliang.cases.together import Asked, Row, together
from shangliang.documents.values import Gathering, Guest
from shangliang.documents.values_matter import Answer, Case, Posted, Ruled, Side, Work


def outline(m: Matter) -> tuple[Case, tuple[tuple[str, date | None], ...]]:
    """The file as ``lacks`` may look at it, and the answered objections with their days.

    Beside the matter's own fields it holds of sides the visit, of rulings kind and day, of notices their days and the
    ground of an exemption, of replies the redirection, of meetings day, state and the departments asked, as many tasks as
    there are, and whether people were named or drawn; everything else is empty.
    """
    seen = together(m.pk, _asked)
    case = Case(
        id=m.id, title="…" if m.title_id else "", opened=m.opened_on, answered=m.answered, result=m.result,
        result_on=m.result_on,
        sides=tuple(Side(visited=_day(on)) for _, on in seen["sides"]),
        rulings=tuple(Ruled(kind=kind or "", on=_day(on)) for _, kind, on in seen["rulings"]),
        posted=tuple(
            Posted(drafted=_day(drafted), board=_day(board), online=_day(online), ground=ground or "")
            for _, drafted, board, online, ground in seen["posted"]
        ),
        replies=tuple(Answer(redirect=redirect or "") for _, redirect in seen["replies"]),
        tasks=tuple(Work(number=n) for n, _ in enumerate(seen["tasks"], 1)),
        meetings=_meetings(seen["rounds"], seen["asked"]), selected=bool(seen["named"] or seen["drawn"]),
    )  # fmt: skip
    return case, tuple(
        (str(i), _day(on)) for i, on in sorted(seen["objections"], key=lambda o: (o[1] or "", o[0] or ""))
    )


def _asked(m: Matter) -> Asked:
    """The rows that tell; they look at the matter's key alone."""
    invited = Invitation.objects.filter(meeting__rounds__matter=m).exclude(department="").distinct()
    return {
        "sides": (m.parties.all(), ["id", "visited_on"]),
        "rulings": (m.rulings.all(), ["id", "kind", "on"]),
        "posted": (m.publications.all(), ["id", "drafted_on", "board_on", "online_on", "exempt_ground"]),
        "replies": (m.replies.all(), ["id", "redirect"]),
        "tasks": (m.tasks.all(), ["id"]),
        "named": (m.namings.all(), ["id"]),
        "drawn": (m.lots.exclude(drawn=None), ["id"]),
        "rounds": (m.rounds.all(), ["id", "meeting_id", "meeting__held_on", "meeting__state"]),
        "asked": (invited, ["id", "meeting_id", "department"]),
        "objections": (m.objections.exclude(answered_on=None), ["id", "received_on"]),
    }


def _meetings(rounds: list[Row], asked: list[Row]) -> tuple[Gathering, ...]:
    """Each meeting once, in the order in which it first took the matter up."""
    found: dict[str, Gathering] = {}
    for _, meeting, on, state in rounds:
        guests = tuple(Guest(id=i or "", department=d or "") for i, at, d in asked if at == meeting)
        found[str(meeting)] = Gathering(id=str(meeting), held_on=_day(on), state=state or "", guests=guests)
    return tuple(found.values())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
