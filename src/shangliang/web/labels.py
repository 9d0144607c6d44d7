"""What the choices of the acts' fields are called on a form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shangliang.people.roles import BODIES, ROLES
from shangliang.web import labels_consulting, labels_deciding

YES_NO = ((True, _("Yes")), (False, _("No")))

CHOICES: dict[str, dict[str, object]] = {
    "intake.kind": {"opinion": _("An opinion"), "wish": _("A wish"), "demand": _("A demand")},
    "intake.channel": {
        "web": _("This web page"),
        "visit": _("A visit at home"),
        "phone": _("By telephone"),
        "box": _("The opinion box"),
        "meeting": _("At a meeting"),
        "hall": _("At the service hall"),
    },
    "intake.answer_by": {
        "number": _("I look it up by the number"),
        "phone": _("Ring me"),
        "face": _("Come and tell me"),
    },
    "screen.discuss": {
        "affairs": _("Important affairs of party and government"),
        "livelihood": _("Livelihood and improvement"),
        "governance": _("Hard questions of governance"),
    },
    "screen.dispute": {"small": _("Small or none"), "large": _("Large: go to the door first")},
    "settle_door.result": {
        "agreed": _("All sides agree to bring it to the table"),
        "failed": _("No agreement can be found"),
        "go_on": _("The talks go on"),
    },
    "convene.form": {
        "meeting": _("A meeting in the room"),
        "yard": _("A meeting in the yard"),
        "written": _("In writing"),
        "online": _("Online"),
        "special": _("A consultation on one topic"),
        "pointed": _("A consultation that was called for"),
        "talk": _("A frank talk"),
        "square": _("On the square"),
        "smart": _("Smart CPPCC"),
        "supervision": _("Democratic supervision"),
        "civic": _("Consultation of people's affairs"),
        "hearing": _("A hearing"),
        "survey": _("A survey"),
        "front": _("At the front line"),
    },
    "give_notice.by": {
        "all": _("By every way at hand"),
        "paper": _("On paper"),
        "phone": _("By telephone"),
        "wechat": _("By WeChat"),
        "loudspeaker": _("By loudspeaker"),
    },
    "register_reply.reply": {
        "coming": _("They come"),
        "not_coming": _("They do not come"),
        "written": _("They answer in writing"),
    },
    "conclude.outcome": {
        "consensus": _("Agreed"),
        "again": _("To be discussed again"),
        "divided": _("Too divided: back to the door"),
        "escalate": _("To be sent up"),
    },
    "record_return.result": {"settled": _("It is settled"), "discuss_again": _("Discuss it again")},
    "record_resolution.body": {
        k: BODIES[k]
        for k in (
            "assembly",
            "representatives",
            "group",
            "collective_assembly",
            "collective_representatives",
            "owners",
            "owners_special",
        )
    },
    "record_resolution.basis": {"adults": _("Adults"), "households": _("Households")},
    "report_progress.state": {"doing": _("Under way"), "done": _("Done"), "not_done": _("Not done")},
    "close.result": {"solved": _("Solved"), "partly": _("Partly solved"), "unsolved": _("Not solved")},
    "erase.ground": {
        "request": _("The person asked for it"),
        "term": _("The term is over"),
        "error": _("It should not have been written"),
    },
    "appoint.role": dict(ROLES),
    "import_meeting.result": {
        "": _("Not said"),
        "solved": _("Solved"),
        "partly": _("Partly solved"),
        "unsolved": _("Not solved"),
    },
    "remind.about": {
        "meeting": _("A meeting that is due"),
        "venue": _("The venue"),
        "task": _("A task past its day"),
        "letter": _("A letter without an answer"),
        "other": _("Something else"),
    },
    "answer_reminder.answer": {
        "done": _("It is done"),
        "planned": _("It is planned"),
        "no_topic": _("There is no topic in this period"),
        "cannot": _("It cannot be done"),
    },
}

CHOICES |= labels_deciding.CHOICES | labels_consulting.CONSULTING
