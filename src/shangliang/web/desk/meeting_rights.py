"""Who may look at a meeting, and who runs it: the clerk of the unit (or of one above) and its conveners."""

from __future__ import annotations

from django.http import Http404

from shangliang.acts import rulebooks
from shangliang.cases import queries_meetings as read
from shangliang.cases.models import Meeting
from shangliang.errors import Refused
from shangliang.units.models import Unit
from shangliang.web.actor import Actor


def convener_roles(unit: Unit) -> tuple[str, ...]:
    """The posts that convene at this unit's level, the first convener first, as its procedure says."""
    try:
        role = rulebooks.of_unit(unit).roles.get("convener")
    except Refused:
        return ()
    return role.posts.get(unit.level, ()) if role else ()


def manages(actor: Actor, unit: Unit) -> bool:
    if actor.may_enter_for(unit):
        return True
    own = {p.role for p in actor.posts if p.unit_id == unit.pk}
    return bool(own & set(convener_roles(unit))) if own else False


def access_meeting(ident: str, actor: Actor) -> Meeting:
    """The meeting, for everybody whose posts reach its unit; else 404."""
    found = read.meeting_at_desk(ident)
    if found is None or not actor.reaches(found.unit):
        raise Http404
    return found


def access_managed(ident: str, actor: Actor) -> Meeting:
    """The meeting, for those who run it; else 404."""
    found = access_meeting(ident, actor)
    if not manages(actor, found.unit):
        raise Http404
    return found


def handler(actor: Actor, unit: Unit) -> str | None:
    """The clerk's post in which the actor handles something of this unit."""
    return next((p.id for p in actor.posts if p.role == "clerk" and unit.path.startswith(p.unit.path)), None)
