"""What an import would do, and doing it: all of it through ``perform``, in one transaction, with progress."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from shangliang.acts import trouble
from shangliang.acts.act import SYSTEM, Act, new_key, today
from shangliang.acts.perform import carry
from shangliang.errors import Conflict
from shangliang.site.importing.rows import NewPost, NewUnit, post_of, unit_of
from shangliang.site.importing.tables import Problem, Table
from shangliang.site.importing.tree import Places, place_posts, place_units

Progress = Callable[[int, int], None]
TOLD = 100
"""Acts from one word of progress to the next."""


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
                      unit=u.id, key=new_key())  # fmt: skip
        named: set[str] = set()
        for p in self.posts:
            data: dict[str, Any] = {"role": p.role, "person": p.person, "title": p.title}
            if p.person not in named:
                data["name"] = p.name
                named.add(p.person)
            if p.since:
                data["since"] = p.since.isoformat()
            yield Act("appoint", on, SYSTEM, data, unit=p.unit, key=new_key())

    def do(self, progress: Progress | None = None) -> int:
        """Founds and appoints, everything or nothing; returns how many acts were done. Raises what ``perform`` raises."""
        if self.problems:
            raise ValueError("a plan with problems is not carried out")
        total = len(self.units) + len(self.posts)
        make_room(total)
        try:
            with transaction.atomic(), resting_collector():
                for done, _ in enumerate(carry(self.acts()), 1):
                    if progress and (done % TOLD == 0 or done == total):
                        progress(done, total)
        except IntegrityError as error:
            zh = "导入时有人同时改了单位，什么也没有导入，请再试一次"
            en = "Units were changed by somebody else meanwhile; nothing was imported, please try again"
            raise Conflict(zh, en) from error
        except OperationalError as error:
            raise trouble.sentence(error) from error
        return total


@contextmanager
def resting_collector() -> Iterator[None]:
    """What an import holds is a million small objects and no circles. The collector of circles would look at all of them again
    and again; meanwhile it leaves alone what is there, and looks at the rest rarely."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


ROOM_FROM = 5_000  # acts
ROOM_KIB = 400_000


def make_room(acts: int) -> None:
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
