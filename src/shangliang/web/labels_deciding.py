"""What the choices of the acts that ask, propose, hear and appraise are called on a form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_METHODS = {
    "visit": _("Calling on people"),
    "talk": _("Talking it over"),
    "survey": _("A questionnaire"),
    "code": _("A code to scan"),
    "proxy": _("Entered for somebody"),
}
_RESULT = {"agreed": _("Agreed"), "back": _("Sent back")}

CHOICES: dict[str, dict[str, object]] = {
    "open_collecting.methods": _METHODS,
    "enter_heard.method": _METHODS,
    "enter_heard.group": {
        "party_members": _("Party members"),
        "residents": _("Residents"),
        "representatives": _("Representatives of residents"),
        "party_units": _("Party organisations of local units"),
        "owners": _("Owners' committee"),
        "property": _("Property company"),
        "shops": _("Shops"),
        "others": _("Other groups"),
    },
    "propose_plan.result": _RESULT,
    "discuss_proposal.result": _RESULT,
    "review_proposal.result": _RESULT,
    "discuss_proposal.vote": {
        "": _("Not voted"),
        "voice": _("By voice"),
        "hands": _("By show of hands"),
        "ballot": _("By ballot"),
    },
    "hold_coordination.outcome": {
        "agreed": _("Agreed"),
        "again": _("Once more"),
        "differed": _("They differ: it is written down"),
    },
    "register_clearance.by": {"township": _("The township"), "county": _("The county's department")},
}
