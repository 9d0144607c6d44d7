"""Who holds what, when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from shangliang.people.models import Post
from shangliang.units.models import Unit
from shangliang.units.queries import ancestor_paths, span


def in_force(on: date) -> Q:
    """Posts held on a date, its first and last day included."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def posts_of(person: str, on: date) -> QuerySet[Post]:
    return (
        Post.objects.filter(in_force(on), person=person).select_related("unit").order_by("unit__path", "role")
    )


def first_posts(people: Iterable[str], on: date) -> dict[str, Post]:
    """Of each person the post in force that lies highest in the tree."""
    found: dict[str, Post] = {}
    rows = Post.objects.filter(in_force(on), person__in=list(people)).select_related("unit")
    for post in rows.order_by("unit__path", "role"):
        found.setdefault(post.person_id, post)
    return found


def name_of(person: str) -> str:
    """The name of a person, or nothing where it was erased."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.text FROM people_person p JOIN record_sealedtext s ON s.id = p.name_id WHERE p.id = %s",
            [person],
        )
        row = cursor.fetchone()
    return row[0] if row else ""


def holders(unit: Unit, role: str | tuple[str, ...], on: date) -> QuerySet[Post]:
    """Who holds a role in this unit, the first named first."""
    roles = (role,) if isinstance(role, str) else role
    return (
        Post.objects.filter(in_force(on), unit=unit, role__in=roles)
        .select_related("person__name", "unit")
        .order_by("since", "id")
    )


def reaches(post: Post, unit: Unit) -> bool:
    """Whether the post's unit is this unit or lies above it."""
    return unit.path.startswith(post.unit.path)


def above(unit: Unit, roles: tuple[str, ...], on: date) -> QuerySet[Post]:
    """Holders of roles in this unit and in every unit above it."""
    return Post.objects.filter(in_force(on), unit__path__in=ancestor_paths(unit.path), role__in=roles)


def staff(unit: Unit, on: date) -> QuerySet[Post]:
    """Every post in force in a subtree."""
    start, end = span(unit.path)
    return (
        Post.objects.filter(in_force(on), unit__path__gte=start, unit__path__lt=end)
        .select_related("person__name", "unit")
        .order_by("unit__path", "role", "since")
    )
