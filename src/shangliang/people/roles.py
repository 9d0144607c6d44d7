"""The roles a post can have, and what each is called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROLES = {
    "party_secretary": _("Party secretary"),
    "deputy_party_secretary": _("Deputy party secretary"),
    "cppcc_member": _("Linked CPPCC member"),
    "grid_worker": _("Grid worker"),
    "clerk": _("Clerk"),
    "council_member": _("Council member"),
    "supervision_head": _("Head of the supervision committee"),
    "supervision_member": _("Member of the supervision committee"),
    "department_head": _("Head of department"),
    "department_clerk": _("Department contact"),
    "archivist": _("Archivist"),
    "director": _("Director"),
    "room_director": _("Director of the liaison room"),
    "invited_member": _("Specially invited member"),
    "office_director": _("Director of the leading group's office"),
    "group_convener": _("Convener of the members' activity group"),
    "representative": _("Representative"),
    "inspector": _("Inspector"),
    "overseer": _("Overseer"),
    "helper": _("Helper"),
    "organiser": _("Organiser"),
}

LIAISONS = frozenset({"cppcc_member", "grid_worker"})
"""Opinion liaisons (民意联络员): CPPCC members and grid workers (D27)."""

OFFICES = frozenset({"office_director", "room_director", "group_convener"})
"""Those who keep the rosters of standing bodies beside the clerk."""

CONVENERS = frozenset(
    {"party_secretary", "deputy_party_secretary", "cppcc_member", "room_director", "group_convener"}
)
"""Those who may convene somewhere (D23 to D25); which of them, where, is for the procedure to say."""

BODIES = {
    "council": _("Consultative council"),
    "party": _("Party organisation"),
    "town_party": _("Town party committee"),
    "assembly": _("Assembly of villagers or residents"),
    "representatives": _("Representatives' meeting"),
    "group": _("Villagers' group meeting"),
    "collective_assembly": _("Members' assembly of the collective organisation"),
    "collective_representatives": _("Members' representatives of the collective organisation"),
    "owners": _("Owners' joint decision"),
    "owners_special": _("Owners' joint decision by three quarters"),
    "supervision": _("Supervision committee"),
    "leading_group": _("Leading group"),
    "government": _("Government"),
    "department": _("Department"),
    "cppcc": _("CPPCC"),
    "carrier": _("Carrier of the consultation"),
    "two_committees": _("The two committees"),
    "party_members": _("Meeting of the party members"),
}
