"""What of the gatherings waits for somebody at the desk: statements to read, a box to close."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shangliang.acts.act import today
from shangliang.cases import queries_gathering as read
from shangliang.people.roles import CONVENERS
from shangliang.web.actor import Actor


def waiting(actor: Actor) -> list[tuple[str, str]]:
    """(address, words) of each gathering that waits for somebody who runs the meetings of the actor's own places."""
    units = [p.unit_id for p in actor.posts if p.role == "clerk" or p.role in CONVENERS]
    found = []
    for number, title, until, added in read.at_hand(units) if units else ():
        at, name = reverse("gathering", args=[number]), title or number
        if added:
            said = ngettext(
                "%(title)s: %(n)d statement to read", "%(title)s: %(n)d statements to read", added
            )
            found.append((at, said % {"title": name, "n": added}))
        elif until <= today():
            found.append((at, _("%(title)s: the box can be closed") % {"title": name}))
    return found
