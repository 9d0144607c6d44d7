"""Facts of the systems that decide step by step: collected opinions, hearings and their like, who holds both posts."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shangliang.cases.models import Collecting, Forum, Matter
from shangliang.people.models import Post
from shangliang.procedure.facts import CollectingFacts, ForumFacts


def _place(pk: str) -> tuple[int, ...]:
    """Where a row was made: the number of its entry and its place there, which text would sort wrongly."""
    return tuple(int(part) for part in pk.split(".")[-2:])


def collecting(m: Matter) -> CollectingFacts | None:
    """The latest asking for opinions; None where there was none."""
    last: Collecting | None = max(m.collectings.all(), key=lambda c: _place(c.pk), default=None)
    if last is None:
        return None
    heard = list(last.heard.values_list("group", "method", "count"))
    return CollectingFacts(
        last.opened_on, last.closed_on, sum(n for _, _, n in heard), frozenset(g for g, _, _ in heard),
        frozenset(method for _, method, _ in heard),
    )  # fmt: skip


def forums(m: Matter) -> tuple[ForumFacts, ...]:
    """Hearings, coordination and appraisals in the order in which they were begun; those called off or given up are left out."""
    rows: list[Forum] = sorted(
        m.forums.exclude(outcome__in=("called_off", "given_up")), key=lambda f: _place(f.pk)
    )
    return tuple(
        ForumFacts(f.kind, f.announced_on, f.papers_on, f.held_on, f.present, f.signed, f.outcome or None)
        for f in rows
    )


def one_shoulder(m: Matter, on: date) -> bool:
    """Whether one person was both secretary and director of the unit on a day."""
    held = Post.objects.filter(
        Q(until=None) | Q(until__gte=on),
        unit=m.unit_id,
        role__in=("party_secretary", "director"),
        since__lte=on,
    )
    by_role: dict[str, set[str]] = {}
    for role, person in held.values_list("role", "person_id"):
        by_role.setdefault(role, set()).add(person)
    return bool(by_role.get("party_secretary", set()) & by_role.get("director", set()))
