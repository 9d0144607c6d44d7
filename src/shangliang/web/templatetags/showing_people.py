"""What a person of the demonstration can show a visitor, by role."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

SHOWS = {
    "party_secretary": gettext_lazy("screens topics, convenes, signs"),
    "deputy_party_secretary": gettext_lazy("sees the villages and convenes in the town"),
    "cppcc_member": gettext_lazy("second convener, hears people at the door"),
    "grid_worker": gettext_lazy("writes down what the old say, tells the answer"),
    "clerk": gettext_lazy("enters, invites, prints: the fullest desk"),
    "council_member": gettext_lazy("studies and deliberates"),
    "supervision_head": gettext_lazy("witnesses notices, looks at finished work"),
    "supervision_member": gettext_lazy("witnesses notices, looks at finished work"),
    "department_head": gettext_lazy("answers letters, reports on tasks"),
    "department_clerk": gettext_lazy("answers letters, reports on tasks"),
    "archivist": gettext_lazy("checks the file, verifies, takes it over"),
    "director": gettext_lazy("sees the whole county"),
    "room_director": gettext_lazy("brings matters in, convenes for the liaison room"),
    "office_director": gettext_lazy("brings matters in, sends the notices out"),
    "group_convener": gettext_lazy("convenes the members' activity group"),
}

IN_A_VILLAGE = {"director": gettext_lazy("heads the committee: convenes, enters, signs")}
"""Roles that mean something else on the lowest level: there the director is the committee's, above it the office's."""


@register.filter
def can_show(role: str, unit: Any) -> str:
    """What somebody with this role in this unit is good for seeing."""
    own = IN_A_VILLAGE if unit.level == "village" else {}
    return str(own.get(role) or SHOWS.get(role) or _("looks on"))
