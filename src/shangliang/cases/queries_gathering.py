"""What the pages of an opinion gathering read. Nothing here hands out who answered what: the box knows only voices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from shangliang.cases.models_gathering import Answer, Gathering, Statement


def of_matter(number: str) -> list[Gathering]:
    """All gatherings of a matter, the latest first."""
    found = Gathering.objects.filter(matter=number).select_related("intro", "agreed", "divided")
    return list(found.order_by("-number"))


def latest(number: str) -> Gathering | None:
    """The gathering of a public matter that runs, or the last that ran."""
    found = Gathering.objects.filter(matter=number, matter__shown=True, matter__secret=False)
    return found.select_related("intro", "matter__unit", "matter__title").order_by("-number").first()


def numbered(number: str, n: int) -> Gathering | None:
    found = Gathering.objects.filter(matter=number, number=n)
    return found.select_related("intro", "agreed", "divided", "matter__unit", "matter__title").first()


def running_in(units: Iterable[str]) -> dict[str, Gathering]:
    """By matter: the gatherings that are open in some units."""
    found = Gathering.objects.filter(matter__unit__in=list(units), matter__ended="", closed_on=None)
    return {g.matter_id: g for g in found}


def carried(numbers: Iterable[str]) -> dict[str, Gathering]:
    """By matter: the gathering whose points were carried to the meeting last."""
    found = Gathering.objects.filter(matter__in=list(numbers)).exclude(carried_on=None)
    return {g.matter_id: g for g in found.select_related("agreed", "divided").order_by("number")}


def statements(gathering: Gathering, *states: str) -> list[Statement]:
    """The statements in these states, with their texts, in the order in which they were given."""
    found = Statement.objects.filter(gathering=gathering, state__in=states or ("shown",))
    return list(found.select_related("text", "note").order_by("number"))


def statement(gathering: Gathering, ident: str) -> Statement | None:
    found = Statement.objects.filter(gathering=gathering, pk=ident)
    return found.select_related("text", "note").first()


def answered_by(gathering: Gathering, voice: str) -> dict[str, int]:
    """By statement: what one voice answered. Only the browser that holds the token can ask."""
    rows = Answer.objects.filter(gathering=gathering.pk, voice=voice)
    return dict(rows.values_list("statement", "answer"))


def answers_to(gathering: Gathering) -> dict[str, int]:
    """By statement: how many answered it, whatever they said."""
    rows = Answer.objects.filter(gathering=gathering.pk).order_by().values_list("statement")
    return dict(rows.annotate(n=Count("pk")))


def voices(gathering: Gathering, *, paper: bool = False) -> int:
    """How many voices lie in the open box; with ``paper``, only those of which something was typed in from paper."""
    rows = Answer.objects.filter(gathering=gathering.pk)
    if paper:
        rows = rows.filter(paper=True)
    return rows.values("voice").distinct().count()


def at_hand(units: Iterable[str]) -> list[tuple[str, str | None, date, int]]:
    """(matter, its title, last day, statements to screen) of every gathering that is open in some units."""
    added = Count("statements", filter=Q(statements__state="waiting"))
    found = Gathering.objects.filter(matter__unit__in=list(units), closed_on=None).annotate(added=added)
    return list(found.order_by("until", "pk").values_list("matter", "matter__title__text", "until", "added"))
