"""What the pages of meetings, of speaking for somebody and of telling people read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from shangliang.cases.models import Invitation, Matter, Meeting, Opinion, Party, Reply, Round
from shangliang.people.models import Post
from shangliang.people.queries import in_force
from shangliang.units.models import Unit, Venue
from shangliang.units.queries import ancestor_paths

# Meetings


def meetings_in(units: Q) -> QuerySet[Meeting]:
    """Meetings convened in some units, with what is on the agenda."""
    agenda = Round.objects.select_related("matter__title", "matter__unit").order_by("id")
    return (
        Meeting.objects.filter(unit__in=Unit.objects.filter(units).values("pk"))
        .select_related("unit", "ledger")
        .prefetch_related(Prefetch("rounds", agenda), "ledger_topics__title")
    )


def coming(units: Q, on: date) -> QuerySet[Meeting]:
    """Called meetings whose day has not come, the next first."""
    return meetings_in(units).filter(state="called", held_on__gt=on).order_by("held_on", "time", "id")


def to_enter(units: Q, on: date) -> QuerySet[Meeting]:
    """Called meetings whose day is here or past: the evening has to be entered."""
    return meetings_in(units).filter(state="called", held_on__lte=on).order_by("held_on", "time", "id")


def past(units: Q) -> QuerySet[Meeting]:
    """Held and called-off meetings, the latest first."""
    return meetings_in(units).exclude(state="called").order_by("-held_on", "-id")


def meeting_at_desk(ident: str) -> Meeting | None:
    """One meeting with everything its page shows."""
    later = Round.objects.filter(matter=OuterRef("matter"), number__gt=OuterRef("number"))
    agenda = (
        Round.objects.select_related("matter__unit", "matter__title", "speech", "agreed", "reserved")
        .annotate(
            waits=~Exists(later)
        )  # a matter that was put on another meeting's agenda no longer waits for this one
        .order_by("id")
    )
    asked = Invitation.objects.select_related(
        "post__person__name", "party__name", "name", "reply_note"
    ).order_by("id")
    return (
        Meeting.objects.filter(pk=ident)
        .select_related("unit", "ledger", "convener__person__name", "recorder__person__name", "summary")
        .prefetch_related(
            Prefetch("rounds", agenda), Prefetch("invitations", in_order(asked)), "ledger_topics__title"
        )
        .first()
    )


def in_order(asked: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Ids end in the place on the list, which sorts wrongly as text: ten comes before two."""
    from django.db.models.functions import Length

    return asked.order_by(Length("id"), "id")


def last_meeting(unit: Unit) -> Meeting | None:
    """The unit's latest meeting: the next is usually at the same hour in the same room."""
    return Meeting.objects.filter(unit=unit).order_by("-called_on", "-id").first()


def venue_name(unit: Unit) -> str:
    return Venue.objects.filter(unit=unit).values_list("name", flat=True).first() or ""


# Calling a meeting


def open_at(units: Q, stages: Iterable[str]) -> QuerySet[Matter]:
    """Open matters of some units that stand at one of these stages, the longest waiting first."""
    return (
        Matter.objects.filter(
            unit__in=Unit.objects.filter(units).values("pk"), ended="", stage__in=list(stages)
        )
        .select_related("unit", "title")
        .order_by("staged_on", "id")
    )


def versions_open(units: Q) -> list[tuple[str, str]]:
    """(procedure, version) of every open matter of some units, each once."""
    found = Matter.objects.filter(unit__in=Unit.objects.filter(units).values("pk"), ended="")
    return list(found.values_list("procedure", "version").distinct().order_by())


def matters_named(numbers: Iterable[str]) -> list[Matter]:
    """Matters by number, with their sides, in the order asked for."""
    wanted = list(numbers)
    sides = Party.objects.select_related("name").order_by("id")
    rows = (
        Matter.objects.filter(pk__in=wanted)
        .select_related("unit", "title")
        .prefetch_related(Prefetch("parties", sides))
    )
    return sorted(rows, key=lambda m: wanted.index(m.pk))


def roster(unit: Unit, roles: Iterable[str], on: date) -> list[Post]:
    """Holders of some roles in this unit, in the order of the roles."""
    order = list(roles)
    found = Post.objects.filter(in_force(on), unit=unit, role__in=order).select_related(
        "person__name", "unit"
    )
    return sorted(found, key=lambda p: (order.index(p.role), p.since, p.id))


def bureaus_near(unit: Unit) -> list[str]:
    """Names of the bureaus of the units above, the nearest first: whom one may ask by letter."""
    above = ancestor_paths(unit.path)[:-1]
    return list(
        Unit.objects.filter(kind="bureau", valid_to=None, parent__path__in=above)
        .order_by("-parent__path", "path")
        .values_list("name", flat=True)
    )


def letters_of(unit: Unit, year: int) -> int:
    """How many letters (商请函) the unit has written in a year."""
    return (
        Invitation.objects.filter(meeting__unit=unit, meeting__called_on__year=year)
        .exclude(letter="")
        .count()
    )


# Speaking for somebody


def open_in(unit: Unit, without: str) -> list[Matter]:
    """Open matters of a unit except one, with all that was said: what a new voice may belong to."""
    said = Opinion.objects.select_related("words").order_by("received_on", "id")
    return list(
        Matter.objects.filter(unit=unit, ended="")
        .exclude(pk=without)
        .select_related("title")
        .prefetch_related(Prefetch("opinions", said))
        .order_by("-opened_on", "id")[:200]
    )


def first_opinion(number: str) -> Opinion | None:
    """What was said first under this number, wherever it has been joined to."""
    return (
        Opinion.objects.filter(first_matter=number)
        .select_related("words", "matter__unit", "matter__title")
        .order_by("received_on", "id")
        .first()
    )


# Telling people


def to_be_told(known: Q) -> QuerySet[Opinion]:
    """What people said who want to hear the answer by word of mouth and have not, where there is an answer; those of one
    matter one after the other, the matter that has waited longest first. ``known`` says of which matters."""
    answered = Matter.objects.filter(known).filter(
        Exists(Reply.objects.filter(matter=OuterRef("pk"))) | ~Q(ended="") | Q(result_on__isnull=False)
    )
    return (
        Opinion.objects.filter(
            answer_by__in=("face", "phone"), told_on=None, withdrawn_on=None, matter__in=answered.values("pk")
        )
        .select_related("words", "name", "phone", "matter__unit", "matter__title", "matter__result_note")
        .order_by("matter__last_on", "matter", "received_on", "id")
    )


def latest_replies(numbers: Iterable[str]) -> dict[str, Reply]:
    """The last answer to each of some matters."""
    found = Reply.objects.filter(matter__in=list(numbers)).select_related("text").order_by("on", "id")
    return {reply.matter_id: reply for reply in found}


def opinion_of(number: str, ident: str) -> Opinion | None:
    return Opinion.objects.filter(pk=ident, matter=number).select_related("matter__unit").first()
