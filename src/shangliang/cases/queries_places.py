"""What a place that looks after others reads: a town its villages, an archivist the files, a department its letters."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Prefetch, Q, QuerySet

from shangliang.cases.models import (
    Invitation,
    Matter,
    Meeting,
    Paper,
    Publication,
    Quiet,
    Round,
    Ruling,
    Task,
)
from shangliang.record.models import Entry
from shangliang.units.models import Unit
from shangliang.units.queries import span

OPEN_TASK = ("open", "doing", "verify")


def places_below(paths: Iterable[str]) -> QuerySet[Unit]:
    """Towns and villages strictly below some units; offices and the county are no places of consultation."""
    return Unit.objects.filter(_below(paths, "path"), valid_to=None).exclude(
        Q(kind__in=("county", "bureau")) | Q(path__in=list(paths))
    )


def matter_of(number: str) -> Matter | None:
    """One matter with its place and its title; what else a page shows it reads itself."""
    return Matter.objects.select_related("unit", "title").filter(pk=number).first()


def open_in(units: Iterable[Unit]) -> list[Matter]:
    """Matters under way in these units, the one that has waited longest first."""
    found = Matter.objects.filter(unit__in=[u.pk for u in units], ended="", merged_into=None)
    return list(found.select_related("unit", "title").order_by("staged_on", "id"))


def last_met(units: Iterable[Unit]) -> dict[str, date]:
    """The day on which each unit met last; talks at a door are no meetings (D38)."""
    rows = Meeting.objects.filter(unit__in=[u.pk for u in units], state="held").exclude(form="door")
    return dict(rows.order_by().values_list("unit_id").annotate(on=Max("held_on")))


def called_days(units: Iterable[Unit], today: date) -> dict[str, date]:
    """The next meeting that each unit has called."""
    rows = Meeting.objects.filter(unit__in=[u.pk for u in units], state="called", held_on__gte=today)
    return dict(rows.order_by("-held_on").values_list("unit_id", "held_on"))


def quiet_days(units: Iterable[Unit]) -> dict[str, date]:
    """The latest period for which each unit stated that it had no topic."""
    rows = Quiet.objects.filter(unit__in=[u.pk for u in units]).order_by("window")
    return dict(rows.values_list("unit_id", "window"))


def overdue_tasks(units: Iterable[Unit], today: date) -> QuerySet[Task]:
    """Tasks past their day, the longest overdue first."""
    return (
        Task.objects.filter(
            matter__unit__in=[u.pk for u in units], matter__ended="", due__lt=today, state__in=OPEN_TASK
        )
        .select_related("matter__title", "matter__unit", "text")
        .order_by("due", "id")
    )


def sent_up(paths: Iterable[str]) -> list[Matter]:
    """Open matters that were reported upward, with what was asked and what was agreed."""
    rulings = Ruling.objects.filter(kind__in=("report", "return")).select_related("note").order_by("on", "id")
    return list(
        Matter.objects.filter(_below(paths, "unit__path"), ended="", rulings__kind="report")
        .select_related("unit", "title")
        .prefetch_related(Prefetch("rulings", rulings, to_attr="reports"), _rounds())
        .distinct()
        .order_by("staged_on", "id")
    )


def closed_files(paths: Iterable[str]) -> list[Matter]:
    """Matters whose result is registered and whose file has not been taken over."""
    found = Matter.objects.filter(_below(paths, "unit__path"), ended="").exclude(result_on=None)
    return list(found.select_related("unit", "title").order_by("result_on", "id"))


def archived(paths: Iterable[str], year: int | None = None) -> QuerySet[Matter]:
    """Files taken over, the latest first; of one year those that were closed in it."""
    found = Matter.objects.filter(_below(paths, "unit__path"), ended="completed").select_related(
        "unit", "title"
    )
    if year is not None:
        found = found.filter(ended_on__year=year)
    return found.order_by("-ended_on", "id")


def shelves(numbers: Iterable[str]) -> dict[str, str]:
    """Where each file lies, as its taking over said."""
    subjects = [f"matter:{n}" for n in numbers]
    found = Entry.objects.filter(subject__in=subjects, act="accept_archive").values_list("subject", "text")
    return {subject.partition(":")[2]: json.loads(text)["data"]["shelf"] for subject, text in found}


def originals_of(matters: Iterable[Matter]) -> dict[str, list[Paper]]:
    """The paper originals of some matters."""
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in (
        Paper.objects.filter(matter__in=[m.pk for m in matters]).select_related("name").order_by("on", "id")
    ):
        found[paper.matter_id].append(paper)
    return found


def letters_to(names: Iterable[str], paths: Iterable[str]) -> QuerySet[Invitation]:
    """Invitations of departments of these names, by units of these subtrees, the nearest meeting first."""
    return (
        Invitation.objects.filter(_below(paths, "meeting__unit__path"), department__in=list(names))
        .exclude(meeting__state="called_off")
        .select_related("meeting__unit", "reply_note")
        .prefetch_related(Prefetch("meeting__rounds", Round.objects.select_related("matter__title")))
        .order_by("-meeting__held_on", "id")
    )


def tasks_of(names: Iterable[str], paths: Iterable[str]) -> QuerySet[Task]:
    """Tasks that departments of these names are responsible for, the earliest due first."""
    return (
        Task.objects.filter(_below(paths, "matter__unit__path"), owner__in=list(names))
        .select_related("text", "matter__unit", "matter__title")
        .prefetch_related("progress__note")
        .order_by("due", "matter", "number")
    )


def hanging(units: Iterable[str]) -> QuerySet[Publication]:
    """Notices that hang now in some units."""
    return (
        Publication.objects.filter(
            matter__unit__in=list(units), matter__ended="", taken_down_on=None, outcome=""
        )
        .exclude(board_on=None, online_on=None)
        .select_related(
            "text", "matter__title", "matter__unit", "witness__person__name", "poster__person__name"
        )
        .order_by("board_on", "online_on", "id")
    )


def with_work(units: Iterable[str]) -> list[Matter]:
    """Open matters of some units with what was agreed, their tasks, and their latest notice."""
    tasks = Task.objects.select_related("text").prefetch_related("progress__note").order_by("number")
    return list(
        Matter.objects.filter(unit__in=list(units), ended="", merged_into=None)
        .filter(Q(tasks__isnull=False) | Q(publications__isnull=False))
        .select_related("unit", "title")
        .prefetch_related(
            Prefetch("tasks", tasks), _rounds(),
            Prefetch("publications", Publication.objects.select_related("text").order_by("-drafted_on", "-id")),
        )
        .distinct()
        .order_by("staged_on", "id")
    )  # fmt: skip


def agreed_in(matter: Matter) -> tuple[str, str]:
    """(what all agree on, what some see differently) of the latest round; uses what was prefetched."""
    for one in sorted(matter.rounds.all(), key=lambda r: -r.number):
        if one.agreed or one.reserved:
            return (one.agreed.text if one.agreed else "", one.reserved.text if one.reserved else "")
    return "", ""


def _rounds() -> Prefetch:
    return Prefetch("rounds", Round.objects.select_related("agreed", "reserved"))


def _below(paths: Iterable[str], field: str) -> Q:
    where = Q(pk__in=[])
    for path in paths:
        start, end = span(path)
        where |= Q(**{f"{field}__gte": start, f"{field}__lt": end})
    return where
