"""What the public pages read. Nothing here hands out the words, name or telephone of a resident: the functions load
only texts that were written to be public, and of a matter that nobody has screened not even its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from shangliang.cases.models import Matter, MeToo, Opinion, Publication, Round, Task
from shangliang.record.models import Book, Entry
from shangliang.units.models import Unit


def place(ident: str) -> Unit | None:
    return Unit.objects.select_related("parent", "successor").filter(pk=ident).first()


def places_below(unit: Unit) -> QuerySet[Unit]:
    """The units right below that people can turn to."""
    return unit.children.filter(valid_to=None).exclude(kind="bureau").order_by("path")


def running(unit: Unit, most: int = 60) -> list[Matter]:
    """Screened matters that are on their way, the latest step first, with what a board says of them."""
    found = _shown(unit).filter(ended="").order_by("-last_on", "-pk").prefetch_related(
        Prefetch("publications", Publication.objects.order_by("drafted_on", "id")),
        Prefetch("tasks", Task.objects.order_by("number")),
        Prefetch("rounds", Round.objects.select_related("meeting").order_by("number")),
    )  # fmt: skip
    return list(found[:most])


def finished(unit: Unit, most: int) -> list[Matter]:
    return list(_shown(unit).filter(ended="completed").order_by("-ended_on", "-pk")[:most])


def everything(unit: Unit) -> QuerySet[Matter]:
    """All screened matters of a unit, for paging."""
    return _shown(unit).order_by("-last_on", "-pk")


def _shown(unit: Unit) -> QuerySet[Matter]:
    return _with_doubt(Matter.objects.filter(unit=unit, shown=True).select_related("title"))


def _with_doubt(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Each with ``doubted``: whether a task of it is to be looked into again, because somebody found it not done."""
    return matters.annotate(doubted=Exists(Task.objects.filter(matter=OuterRef("pk"), state="verify")))


def others(matters: Iterable[Matter]) -> Counter[str]:
    """How many more people met each matter: “me too” and further opinions that joined it."""
    ids = [m.pk for m in matters]
    found: Counter[str] = Counter(dict(_counted(MeToo.objects.filter(matter__in=ids))))
    for matter, n in _counted(Opinion.objects.filter(matter__in=ids)):
        found[matter] += n - 1
    return found


def _counted(rows: QuerySet[MeToo] | QuerySet[Opinion]) -> QuerySet[Matter]:
    return rows.order_by().values_list("matter").annotate(n=Count("pk"))


def matter(number: str) -> Matter | None:
    found = Matter.objects.select_related("unit", "title", "result_note", "merged_into").filter(pk=number)
    return _with_doubt(found).first()


def where_it_went(number: str) -> tuple[str, str] | None:
    """(number, unit) of the matter that now carries this number: itself, or the one it was merged into. An origin merged
    again is followed; the way cannot run in a circle longer than the matters there are, eight steps are plenty."""
    for _ in range(8):
        row = Matter.objects.filter(pk=number).values_list("unit_id", "merged_into_id").first()
        if row is None:
            return None
        if row[1] is None:
            return number, row[0]
        number = row[1]
    return None


def first_received(number: str) -> Opinion | None:
    """The opinion that began this number, without its words."""
    return Opinion.objects.filter(first_matter=number).order_by("received_on", "id").first()


def among(numbers: list[str]) -> list[str]:
    """Which of these numbers exist."""
    return list(Matter.objects.filter(pk__in=numbers).values_list("pk", flat=True))


def head_of(unit: str) -> str:
    """Where a unit's book ends: rendered pages are true as long as this stays."""
    return Book.objects.filter(unit=unit).values_list("head", flat=True).first() or ""


_COPY = {column: f"SELECT etag, {column} FROM cases_copy WHERE key = %s" for column in ("body", "packed")}


def copy_of(key: str, *, packed: bool) -> tuple[str, bytes] | None:
    """(etag, page) of a rendered copy. Plain SQL: the ORM takes longer to write this statement than the database to
    answer it, and every reader of a public page passes here."""
    with connection.cursor() as cursor:
        cursor.execute(_COPY["packed" if packed else "body"], [key])
        row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else None


def latest(unit: str, most: int = 400) -> QuerySet[Entry]:
    """The last entries of a book, the newest first, without their texts."""
    return Entry.objects.filter(book=unit).order_by("-seq").defer("text")[:most]


def entries_from(start: str) -> list[Entry]:
    """Up to two entries whose digest begins with these digits: two mean that the digits do not tell them apart."""
    return list(Entry.objects.filter(digest__gte=start, digest__lte=start + "g").order_by("digest")[:2])


def beside(entry: Entry) -> tuple[Entry | None, Entry | None]:
    """The entries before and after one in its book."""
    found = {
        e.seq: e for e in Entry.objects.filter(book=entry.book_id, seq__in=(entry.seq - 1, entry.seq + 1))
    }
    return found.get(entry.seq - 1), found.get(entry.seq + 1)


def anchors(parent: str, most: int = 30) -> list[Entry]:
    """The latest entries in which the book above vouches for the books below it."""
    return list(Entry.objects.filter(book=parent, act="anchor").order_by("-seq")[:most])
