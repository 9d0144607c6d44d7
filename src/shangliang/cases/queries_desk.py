"""What the desk reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from shangliang.cases.models import Invitation, Matter, Meeting, Objection, Task
from shangliang.cases.oversight.models import Reminder
from shangliang.units.models import Unit
from shangliang.units.queries import span


def open_matters(units: Iterable[Unit]) -> QuerySet[Matter]:
    """Matters under way in these units, the one that has waited longest first."""
    return (
        Matter.objects.filter(unit__in=[u.pk for u in units], ended="")
        .select_related("unit", "title")
        .order_by("staged_on", "opened_on", "id")
    )


def sent_up(paths: Iterable[str], stages: Iterable[str]) -> QuerySet[Matter]:
    """Matters in some subtrees that wait for the level above: in one of these stages."""
    return matters_below(paths, ended=False).filter(stage__in=list(stages)).order_by("staged_on", "id")


def matters_below(
    paths: Iterable[str], *, ended: bool | None = None, stage: str = "", secret: bool = True
) -> QuerySet[Matter]:
    """All matters in some subtrees, the latest change first; without ``secret`` those that everybody there may know."""
    where = Q(pk__in=[])
    for path in paths:
        start, end = span(path)
        where |= Q(unit__path__gte=start, unit__path__lt=end)
    found = Matter.objects.filter(where).select_related("unit", "title")
    if ended is not None:
        found = found.exclude(ended="") if ended else found.filter(ended="")
    if stage:
        found = found.filter(stage=stage)
    if not secret:
        found = found.filter(secret=False)
    return found.order_by("-changed_at", "id")


def matter_at_desk(number: str) -> Matter | None:
    """One matter with everything its page shows."""
    return (
        Matter.objects.filter(pk=number)
        .select_related("unit", "title", "other_reason", "result_note", "merged_into")
        .prefetch_related(
            "opinions__words", "opinions__name", "opinions__phone", "parties__name", "parties__note",
            Prefetch("rounds__meeting", Meeting.objects.select_related("convener__person__name")),
            "rounds__agreed", "rounds__reserved", "rounds__speech", "rulings__note", "rulings__unit",
            "publications__text", "publications__witness__person__name",
            Prefetch("objections", Objection.objects.select_related("words", "answer").order_by("received_on", "id")),
            Prefetch("tasks", Task.objects.select_related("text").order_by("number").prefetch_related("progress__note")),
            "replies__text", "checks__note", "overrides__reason", "flags", "papers__name", "origins",
        )
        .first()
    )  # fmt: skip


def first_words(matters: Iterable[Matter | Row]) -> dict[str, str]:
    """The beginning of what was said, for matters that have no title yet."""
    numbers = [m.pk for m in matters if m.title_id is None]
    found: dict[str, str] = {}
    if not numbers:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.matter_id, s.text FROM cases_opinion o JOIN record_sealedtext s ON s.id = o.words_id"
            f" WHERE o.matter_id IN ({_marks(numbers)}) ORDER BY o.received_on, o.id", numbers,
        )  # fmt: skip
        for number, text in cursor.fetchall():
            found.setdefault(number, text[:24] + ("…" if len(text) > 24 else ""))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a matter."""

    pk: str
    unit_name: str
    stage: str
    ended: str
    procedure: str
    version: str
    title_id: str | None
    title_text: str | None


def row_of(m: Matter) -> Row:
    text = m.title.text if m.title is not None else None
    return Row(m.pk, m.unit.name, m.stage, m.ended, m.procedure, m.version, m.title_id, text)


def listed(paths: Sequence[str], *, ended: bool, most: int, start: int = 0, secret: bool = True) -> list[Row]:
    """Matters in some subtrees, the latest change first, with no more than a list shows. In plain SQL: of all pages of the
    desk this one is opened most."""
    if not paths:
        return []
    spans = [span(p) for p in paths]
    inside = " OR ".join(["(u.path >= %s AND u.path < %s)"] * len(spans))
    known = "" if secret else " AND NOT m.secret"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id, u.name, m.stage, m.ended, m.procedure, m.version, m.title_id, s.text FROM cases_matter m"
            " JOIN units_unit u ON u.id = m.unit_id LEFT JOIN record_sealedtext s ON s.id = m.title_id"
            f" WHERE ({inside}) AND m.ended {'<>' if ended else '='} ''{known} ORDER BY m.changed_at DESC, m.id LIMIT %s OFFSET %s",
            [*(end for ends in spans for end in ends), most, start],
        )
        return [Row(*row) for row in cursor.fetchall()]


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def coming_meetings(unit: Unit) -> QuerySet[Meeting]:
    return (
        Meeting.objects.filter(unit=unit, state="called")
        .annotate(items=Count("rounds"))
        .order_by("held_on", "time")
    )


def departments_of(matter: Matter) -> list[Invitation]:
    return list(Invitation.objects.filter(meeting__rounds__matter=matter).exclude(department=""))


def counts_by_stage(units: Iterable[Unit]) -> dict[str, int]:
    rows: Any = (
        Matter.objects.filter(unit__in=[u.pk for u in units], ended="")
        .values("stage")
        .annotate(n=Count("pk"))
    )
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row["stage"]] += row["n"]
    return dict(found)


def waiting_reminders(units: Iterable[str]) -> int:
    """How many reminders from above these units have not answered."""
    return Reminder.objects.filter(unit__in=list(units), answered_on=None).count()
