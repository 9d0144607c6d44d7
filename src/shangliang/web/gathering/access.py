"""Who sees what of a gathering at the desk: those who run the place's meetings run it, liaisons may type in paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from shangliang.acts.act import today
from shangliang.cases.models import Matter
from shangliang.cases.models_gathering import Gathering
from shangliang.cases.queries_gathering import of_matter
from shangliang.people.models import Post
from shangliang.people.queries import above
from shangliang.people.roles import ROLES
from shangliang.web.actor import Actor
from shangliang.web.desk.filed import reached
from shangliang.web.desk.meeting_rights import convener_roles, manages


def managed(number: str, actor: Actor) -> Matter:
    """A matter whose gatherings the actor runs, or 404."""
    matter = reached(number, actor)
    if not manages(actor, matter.unit):
        raise Http404
    return matter


def helped(number: str, actor: Actor) -> tuple[Matter, Gathering]:
    """A matter with an open gathering for which the actor may type in paper answers: also a liaison of the place."""
    matter = reached(number, actor)
    running = next((g for g in of_matter(matter.pk) if g.closed_on is None), None)
    liaison = any(p.unit_id == matter.unit_id for p in actor.posts) and actor.is_liaison
    if running is None or not (liaison or manages(actor, matter.unit)):
        raise Http404
    return matter, running


def conveners(matter: Matter) -> list[tuple[str, str]]:
    """(post, who) of those who can decide that people are asked, in the rule's own order."""
    roles = convener_roles(matter.unit)
    held = above(matter.unit, roles, today()).select_related("person__name", "unit") if roles else ()
    found = [p for p in held if p.unit_id == matter.unit_id]
    found.sort(key=lambda p: (roles.index(p.role), p.since, p.pk))
    return [(p.pk, _named(p)) for p in found]


def _named(post: Post) -> str:
    return f"{post.title or ROLES[post.role]} {post.person}"


def decided(matter: Matter, actor: Actor, chosen: str = "") -> dict[str, Any] | None:
    """Who decided: the post that was chosen, the actor's own where it convenes, else the first convener's."""
    posts = [ident for ident, _name in conveners(matter)]
    mine = next((p.pk for p in actor.posts if p.pk in posts), None)
    post = chosen if chosen in posts else mine or (posts[0] if posts else None)
    return {"post": post} if post else None
