"""What the choices of a consultation's acts are called on a form. What the procedure's own lists say comes from there."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_TO = {
    "party": _("The party committee"), "government": _("The government or office"), "party_org": _("The party organisation"),
    "departments": _("The departments concerned"), "participants": _("Those who took part"), "room": _("The liaison room"),
}  # fmt: skip

CONSULTING: dict[str, dict[str, object]] = {
    "propose.origin": {
        "development": _("An important question of development"), "public": _("A hot or hard question of the people"),
    },
    "link_petition.cause": {
        "procedure": _("The procedure was not kept"), "result": _("The result"), "delay": _("It takes too long"),
        "other": _("Something else"),
    },
    "release_information.where": {
        "board": _("On the notice board"), "online": _("On the public page"), "both": _("On both"),
    },
    "notify_participants.by": {
        "paper": _("On paper"), "phone": _("By telephone"), "wechat": _("By WeChat"), "face": _("In person"),
    },
    "register_receipt.reply": {
        "coming": _("They come"), "not_coming": _("They do not come"), "written": _("They answer in writing"),
    },
    "name_participants.method": {
        "named": _("Asked by the convener"), "recommended": _("Recommended"), "elected": _("Elected"),
        "volunteered": _("They volunteered"),
    },
    "set_form.where": {"room": _("In the meeting room"), "front": _("Where it happens")},
    "record_vote.mode": {
        "hands": _("By show of hands"), "ballot": _("By secret ballot on paper (totals only)"),
        "appraisal": _("As a democratic appraisal on paper (totals only)"),
    },
    "record_vote.quorum": {
        "none": _("None declared"), "half": _("More than half of those entitled"),
        "two_thirds": _("Two thirds of those entitled"),
    },
    "record_vote.threshold": {
        "half_present": _("More than half of those present"), "two_thirds_present": _("Two thirds of those present"),
        "half_entitled": _("More than half of those entitled"), "two_thirds_entitled": _("Two thirds of those entitled"),
    },
    "plan_next.then": {
        "study": _("Study it again"), "meet": _("Meet again"), "reference": _("Submit it for reference"),
    },
    "send_bulletin.to": {k: _TO[k] for k in ("party", "government", "departments")},
    "submit_reference.to": {k: _TO[k] for k in ("party", "government", "party_org")},
    "feed_back.to": {k: _TO[k] for k in ("room", "participants", "departments")},
    "record_decision.decision": {
        "yes": _("Agreed, adopted"), "back": _("Back to the table"), "no": _("Not agreed"),
    },
    "publish_within.scope": {
        "members": _("Members"), "offices": _("Offices"), "villages": _("Villages and communities"),
        "public": _("Everybody"),
    },
    "follow_up.state": {
        "adopted": _("Adopted"), "doing": _("Under way"), "done": _("Carried out"), "not_adopted": _("Not adopted"),
        "not_done": _("Not carried out"),
    },
    "form_body.kind": {
        "leading_group": _("Leading group"), "office": _("Office of the leading group"), "room": _("Liaison room"),
        "activity_group": _("Members' activity group"), "council": _("Consultative council"),
        "committee": _("Committee of the CPPCC"),
    },
    "seat_member.position": {
        "head": _("Head"), "deputy": _("Deputy"), "director": _("Office director"), "convener": _("Convener"),
        "liaison": _("Liaison"), "representative": _("Representative"), "member": _("Member"),
    },
    "record_selection.method": {
        "nominated": _("Nominated and agreed"), "elected": _("Elected"), "volunteered": _("Volunteered"),
        "drawn": _("Drawn by lot"), "appointed": _("Appointed"),
    },
    "note_visit.tag": {"two_goings": _("The two goings-in"), "guidance": _("Guidance of consultation")},
}  # fmt: skip
