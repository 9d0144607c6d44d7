"""Who is at the desk: a person and the posts held today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from shangliang.acts import rows
from shangliang.acts.act import today
from shangliang.people.models import Post
from shangliang.people.queries import name_of
from shangliang.people.roles import LIAISONS, ROLES
from shangliang.units.models import Unit

_FIRST = (
    "clerk", "party_secretary", "deputy_party_secretary", "archivist", "supervision_head", "department_head",
    "department_clerk", "cppcc_member", "grid_worker",
)  # fmt: skip


SECRET_READERS = frozenset(
    {"clerk", "office_director", "room_director", "party_secretary", "deputy_party_secretary", "archivist"}
)
"""Who may open a matter that is only for those named (重要人事 and the like)."""
FILE_READERS = frozenset(
    {"clerk", "party_secretary", "deputy_party_secretary", "cppcc_member", "grid_worker", "archivist", "director",
     "supervision_head", "supervision_member", "council_member", "room_director", "office_director", "group_convener"}
)  # fmt: skip
"""Who may print the papers of the places a post reaches; the others read them at the desk."""


@dataclass(frozen=True)
class Actor:
    person: str
    name: str
    posts: tuple[Post, ...]

    @property
    def post(self) -> Post:
        """The post that decides what the desk shows first."""
        return min(self.posts, key=lambda p: _FIRST.index(p.role) if p.role in _FIRST else len(_FIRST))

    @property
    def unit(self) -> Unit:
        return self.post.unit

    @property
    def title(self) -> str:
        return f"{self.unit.name} {self.post.title or ROLES[self.post.role]}"

    def holds(self, *roles: str) -> bool:
        return any(p.role in roles for p in self.posts)

    @property
    def reads_files(self) -> bool:
        return self.holds(*FILE_READERS)

    @property
    def is_liaison(self) -> bool:
        return self.holds(*LIAISONS)

    @property
    def enters_words(self) -> bool:
        """Whether the actor takes down what residents say."""
        return self.is_liaison or self.holds("clerk")

    def reaches(self, unit: Unit) -> bool:
        """Whether this unit is one of the actor's own or lies below one."""
        return any(unit.path.startswith(p.unit.path) for p in self.posts)

    def may_read(self, matter: Any) -> bool:
        """Whether the actor may know of a matter at all: a secret one is there only for those it concerns."""
        return not matter.secret or any(
            p.role in SECRET_READERS and matter.unit.path.startswith(p.unit.path) for p in self.posts
        )

    def readable(self, matter: str = "") -> Q:
        """``may_read`` for a query: the matters, or the rows whose ``matter`` (a prefix like "matter__"), the actor may know of."""
        from shangliang.units.queries import span

        found = Q(**{f"{matter}secret": False})
        for post in self.posts:
            if post.role in SECRET_READERS:
                start, end = span(post.unit.path)
                found |= Q(**{f"{matter}unit__path__gte": start, f"{matter}unit__path__lt": end})
        return found

    @property
    def reads_secrets(self) -> bool:
        return self.holds(*SECRET_READERS)

    def may_enter_for(self, unit: Unit) -> bool:
        """Whether the actor is a clerk of this unit or of one above it."""
        return any(p.role == "clerk" and unit.path.startswith(p.unit.path) for p in self.posts)

    def units(self) -> Q:
        """The units whose matters the actor sees: the own ones and everything below."""
        from shangliang.units.queries import span

        found = Q(pk__in=[])
        for post in self.posts:
            start, end = span(post.unit.path)
            found |= Q(path__gte=start, path__lt=end)
        return found


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor behind a request, or None when the account holds no post today."""
    if not request.user.is_authenticated:
        return None
    person, on = request.user.person_id, today()
    # Every page of the desk asks this, so it is asked in plain SQL.
    held = "t.person_id = %s AND t.since <= %s AND (t.until IS NULL OR t.until >= %s)"
    posts = tuple(rows.read(Post, held, [person, on, on], join="unit", order="o.path, t.role"))
    return Actor(person, name_of(person) or "—", posts) if posts else None
