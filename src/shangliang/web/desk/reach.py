"""Which matter somebody at the desk may open."""

from __future__ import annotations

from django.http import Http404

from shangliang.cases import queries_desk as read
from shangliang.cases.models import Matter
from shangliang.web.actor import Actor


def access_matter(number: str, actor: Actor) -> Matter:
    """The matter, if the actor's places reach it or a department of the actor's has a part in it; else 404."""
    found = read.matter_at_desk(number)
    if found is None or not (actor.reaches(found.unit) or _concerned(found, actor)):
        raise Http404
    if not actor.may_read(found):
        raise Http404
    return found


def _concerned(found: Matter, actor: Actor) -> bool:
    names = {p.unit.name for p in actor.posts if p.role.startswith("department")}
    return bool(names) and (found.department in names or any(t.owner in names for t in found.tasks.all()))
