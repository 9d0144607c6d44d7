"""What an import would do, and doing it: all of it through ``perform``, in one transaction, with progress."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction

from shangliang.acts.act import SYSTEM, Act, today
from shangliang.acts.perform import perform
from shangliang.site.importing.rows import NewPost, NewUnit, post_of, unit_of
from shangliang.site.importing.tables import Problem, Table
from shangliang.site.importing.tree import Places, place_posts, place_units

Progress = Callable[[int, int], None]
LOT = 100
"""Acts performed together. Each lot is a savepoint: SQLite keeps a copy of every page changed in it and goes through the
copies at each further row, so that large lots are slower than small ones."""


@dataclass(slots=True)
class Plan:
    """What an import would do, parents first, and everything that stands against it."""

    units: list[NewUnit] = field(default_factory=list)
    posts: list[NewPost] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def acts(self) -> Iterator[Act]:
        """One act a unit and a post, parents first; made when it is asked for."""
        on = today()
        for u in self.units:
            yield Act("found_unit", on, SYSTEM, {"name": u.name, "kind": u.kind, "parent": u.parent, "code": u.code, **u.data},
                      unit=u.id)  # fmt: skip
        named: set[str] = set()
        for p in self.posts:
            data: dict[str, Any] = {"role": p.role, "person": p.person, "title": p.title}
            if p.person not in named:
                data["name"] = p.name
                named.add(p.person)
            if p.since:
                data["since"] = p.since.isoformat()
            yield Act("appoint", on, SYSTEM, data, unit=p.unit)

    def do(self, progress: Progress | None = None) -> int:
        """Founds and appoints, everything or nothing; returns how many acts were done. Raises what ``perform`` raises."""
        if self.problems:
            raise ValueError("a plan with problems is not carried out")
        total, done = len(self.units) + len(self.posts), 0
        acts = self.acts()
        _make_room(total)
        with transaction.atomic():
            while lot := list(islice(acts, LOT)):
                perform(*lot)
                done += len(lot)
                if progress:
                    progress(done, total)
        return done


ROOM_FROM = 5_000  # acts
ROOM_KIB = 400_000


def _make_room(acts: int) -> None:
    """A large import touches the indexes at random: with SQLite's usual two megabytes of memory it would read and write each
    page again and again. The setting is that of this connection alone."""
    if connection.vendor == "sqlite" and acts > ROOM_FROM:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{ROOM_KIB}")


def plan(units: Table | None, posts: Table | None) -> Plan:
    """What importing these tables would do. Reads the database, writes nothing."""
    made = Plan()
    places = Places()
    if units is not None:
        made.units = [u for line, row in units.rows if (u := unit_of(units.file, line, row, made.problems))]
        made.units = place_units(units.file, made.units, places, made.problems)
        made.problems += units.problems
    if posts is not None:
        made.posts = [p for line, row in posts.rows if (p := post_of(posts.file, line, row, made.problems))]
        place_posts(posts.file, made.posts, places, made.problems)
        made.problems += posts.problems
    made.problems.sort(key=lambda p: (p.file, p.line))
    return made
