"""Reading the tree."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from shangliang.errors import Malformed
from shangliang.units.models import Unit

STEP = 4  # digits of the path a level takes


def below(unit: Unit, *, itself: bool = True) -> QuerySet[Unit]:
    """Every unit in the subtree, as one range over the path."""
    start, end = span(unit.path)
    found = Unit.objects.filter(path__gte=start, path__lt=end)
    return found if itself else found.exclude(pk=unit.pk)


def span(path: str) -> tuple[str, str]:
    """The half-open range of paths of a subtree."""
    last = str(int(path[-STEP:]) + 1).zfill(STEP)
    return path, path[:-STEP] + last


def ancestor_paths(path: str) -> list[str]:
    """The paths of a unit and of everything above it, the root first."""
    return [path[:n] for n in range(STEP, len(path) + 1, STEP)]


def units_above(unit: Unit) -> QuerySet[Unit]:
    """Every unit above, and the departments beside each of them: whoever a report can be sent up to."""
    paths = ancestor_paths(unit.path)[:-1]
    found = Unit.objects.filter(Q(path__in=paths) | Q(kind="bureau", parent__path__in=paths), valid_to=None)
    return found.exclude(pk=unit.pk)


def next_path(above: str) -> str:
    """The path of the next child below a path, "" for the root. Called under the parent's lock. The last path of the subtree
    begins with that of the last child: one step in the index, however many lie below."""
    start, end = span(above) if above else ("", "A")  # digits only: "A" lies behind them all
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(path) FROM units_unit WHERE path > %s AND path < %s", [start, end])
        deepest = cursor.fetchone()[0]
    if deepest is None:
        return above + "1".zfill(STEP)
    last = deepest[: len(above) + STEP]
    following = str(int(last[-STEP:]) + 1).zfill(STEP)
    if len(following) > STEP:
        raise Malformed(
            [
                (
                    "parent",
                    f"一个上级最多{last[-STEP:]}个下级",
                    f"At most {last[-STEP:]} units under one parent",
                )
            ]
        )
    return last[:-STEP] + following


def rules_along(paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The path of every unit on the way down to some others that has a procedure of its own → (procedure, edition)."""
    along = {p for path in paths for p in ancestor_paths(path)}
    found = Unit.objects.filter(path__in=along).exclude(procedure="")
    return {
        path: (ident, edition) for path, ident, edition in found.values_list("path", "procedure", "edition")
    }


def path_of(unit: str | None) -> str:
    """Where a unit lies in the tree; "" for none."""
    if unit is None:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT path FROM units_unit WHERE id = %s", [unit])
        (path,) = cursor.fetchone()
    return str(path)


def root() -> Unit | None:
    return Unit.objects.filter(parent=None).first()


def access_unit(words: str | None) -> Unit | None:
    """The unit with this id or statistical code; the root where nothing is said; None where there is none."""
    if not words:
        return root()
    return Unit.objects.filter(pk=words).first() or Unit.objects.filter(code=words, valid_to=None).first()


OFFICES = ("nation", "province", "city", "county", "bureau")
"""Kinds of unit that residents of a place do not turn to."""


def every_place(most: int, root: Unit | None = None) -> list[Unit]:
    """Places that residents turn to, in the order of the tree; of one root where it is given."""
    found = Unit.objects.filter(valid_to=None).exclude(kind__in=OFFICES)
    if root is not None:
        start, end = span(root.path)
        found = found.filter(path__gte=start, path__lt=end)
    return list(found.order_by("path")[:most])


def find_places(words: str, most: int) -> list[Unit]:
    """Places with these words in their name."""
    found = Unit.objects.filter(valid_to=None, name__contains=words).exclude(kind__in=OFFICES)
    return list(found.select_related("parent").order_by("path")[:most])


def roots() -> list[Unit]:
    """The topmost units: one, but in a demonstration that shows several counties side by side."""
    return list(Unit.objects.filter(valid_to=None, parent=None).order_by("path"))


def top_places(root: Unit) -> list[Unit]:
    """What lies right below a root: of a county its towns, of the nation its provinces."""
    return list(Unit.objects.filter(valid_to=None, parent=root).exclude(kind="bureau").order_by("path"))
