"""The places, who enters and decides what, what an act needs, which body the law names."""

from __future__ import annotations

from tests.acts import voices

ABOVE = {
    "donghe": (), "hekou": ("donghe",), "shuili": ("hekou", "donghe"), "liushu": ("hekou", "donghe"),
    "yangshu": ("hekou", "donghe"),
}  # fmt: skip
LEVEL = {"donghe": "county", "hekou": "town", "shuili": "town", "liushu": "village", "yangshu": "village"}
DEPARTMENTS = {"shuili": "水利站"}
CONVENERS = {
    "village": ("party_secretary", "cppcc_member"),
    "town": ("deputy_party_secretary",),
    "county": (),
}

STAGES = {
    "collected": "D-1", "screening": "D-2", "door": "D-3D", "study": "D-3", "approval": "D-4", "invite": "D-5",
    "meeting": "D-6", "statutory": "D-6M", "above": "D-6E", "carrying": "D-7", "closing": "D-8", "archiving": "D-8",
    "refusal": "D-X", "completed": "@completed", "refused": "@refused", "stopped": "@stopped", "merged": "@merged",
}  # fmt: skip
ENDS = {"completed", "refused", "stopped", "merged"}
NOTICES = {"draft": "p1", "posting": "p2", "board": "p3", "answers": "p4", None: None}
WORKS = {"tasks": "k1", "work": "k2", "check": "k3", None: None}

LIAISON = {"cppcc_member", "grid_worker"}
ENTERS: dict[str, set[str] | frozenset[str]] = {
    "intake": LIAISON, "put_forward": LIAISON, "visit": LIAISON, "told": LIAISON, "confirm": LIAISON, "object": LIAISON,
    "post_notice": {"supervision_head", "supervision_member"}, "check_work": {"supervision_head", "supervision_member"},
    "accept_archive": {"archivist"}, "return_file": {"archivist"}, "keep_paper": {"archivist", "grid_worker"},
    "register_reply": {"department_head", "department_clerk"}, "report_progress": {"department_head", "department_clerk"},
    "finish_work": {"department_head", "department_clerk"}, "acknowledge": {"party_secretary", "deputy_party_secretary"},
    "propose": {"office_director", "room_director", "party_secretary", "department_head"}, "issue_notice": {"office_director"},
    "publish_within": {"office_director"}, "supervise": {"supervision_head", "supervision_member", "inspector", "overseer"},
    "report_study": {"cppcc_member", "invited_member", "room_director", "group_convener"}, "inspect": {"inspector"},
    "enter_heard": LIAISON, "look_into": {"department_head", "department_clerk"},
    "answer_appraisal": {"department_head", "department_clerk"}, "propose_statement": LIAISON,
    "name_participants": {"room_director", "group_convener"},
    **dict.fromkeys(("log_contact", "fix_participants", "notify_participants", "register_receipt", "set_form", "enter_statement",
                     "record_vote", "compile_opinion", "plan_next", "send_bulletin", "submit_reference", "register_delivery",
                     "follow_up"), frozenset({"room_director", "group_convener"})),
    **dict.fromkeys(("look_back", "set_appraisal", "skip_appraisal", "call_appraisal", "hold_appraisal", "show_appraisal"),
                    frozenset({"supervision_head", "supervision_member"})),
}  # fmt: skip
"""Who may type an act beside the clerks."""
PUBLIC = {"intake", "confirm", "withdraw", "object", "propose_statement"}
ANYWHERE = {
    "name_parties", "reply", "told", "confirm", "withdraw", "erase", "keep_paper", "correct", "acknowledge", "override",
    "link_petition", "log_contact", "register_receipt", "register_delivery", "follow_up", "supervise", "inspect",
    *voices.NAMES,
}  # fmt: skip
ASIDE = {
    "told", "withdraw", "erase", "keep_paper", "link_petition", "log_contact", "register_receipt", "register_delivery", "follow_up",
    "supervise", "inspect", *voices.NAMES,
}  # fmt: skip
"""Housekeeping: what happened before it can still be entered afterwards."""
AT_MEETINGS = {"convene", "give_notice", "register_reply", "hold_meeting", "call_off"}
OF_UNITS = {"appoint", "release"}
REQUIRED: dict[str, tuple[str, ...]] = {
    "intake": ("words",), "merge": ("into",), "put_forward": ("title",), "name_parties": ("parties",),
    "visit": ("party", "agreed"), "settle_door": ("result",), "study": ("note",), "approve": ("approved",),
    "table": ("meeting",), "take_up": ("meeting",), "conclude": ("meeting", "outcome"),
    "record_resolution": ("body", "total", "present", "votes_for"), "report_up": ("to", "note"),
    "record_return": ("result", "note"), "draft_notice": ("text",), "exempt_notice": ("ground", "approver", "note"),
    "object": ("words",), "answer_objection": ("objection", "sustained", "reason"), "set_tasks": ("tasks",),
    "report_progress": ("task", "note"), "check_work": ("satisfied",), "return_file": ("missing",),
    "keep_paper": ("kind", "place", "pages"), "reply": ("text",), "told": ("opinion",), "confirm": ("solved",),
    "erase": ("texts", "ground"), "correct": ("entry", "field", "reason"), "acknowledge": ("flag",),
    "override": ("gate", "paper", "reason"), "convene": ("held_on", "place"), "register_reply": ("invitation", "reply"),
    "call_off": ("reason",), "appoint": ("role", "person"), "release": ("post",),
    "open_gathering": ("statements", "until"), "open_survey": ("title", "questions"), "close_survey": ("survey",),
    "enter_paper_totals": ("question", "counts", "teller", "second"), "propose_statement": ("text",),
    "screen_statement": ("statement", "shown"), "issue_slips": ("count",), "announce_lots": ("text",), "draw_lots": ("lots", "seed"),
    "decline_topic": ("reason",), "link_petition": ("number", "cause"), "log_contact": ("to", "note"),
    "fix_participants": ("participants",), "register_receipt": ("participant", "reply"), "enter_statement": ("participant",),
    "record_vote": ("question", "electorate", "entitled", "present", "votes_for"), "exempt_feedback": ("ground",),
    "register_delivery": ("dispatch", "by"), "follow_up": ("suggestion", "state"), "supervise": ("note",),
    "admit": ("in_scope",), "open_collecting": ("topic", "methods"), "enter_heard": ("group", "method", "count", "words"),
    "close_collecting": ("summary",), "discuss_proposal": ("result", "note"), "review_proposal": ("result", "note"),
    "stop_matter": ("reason", "paper"), "announce_hearing": ("topic", "called_for", "place"), "name_delegates": ("names", "count"),
    "send_papers": ("papers",), "hold_hearing": ("present", "words"), "sign_record": ("signed", "paper"),
    "answer_hearing": ("answer",), "call_off_hearing": ("reason",), "open_coordination": ("topic", "sides"),
    "look_into": ("papers",), "hold_coordination": ("outcome", "present", "place", "words"), "look_back": ("kept", "answer"),
    "set_appraisal": ("topic", "called_for", "place"), "call_appraisal": ("count",),
    "hold_appraisal": ("present", "satisfied", "words"), "show_appraisal": ("place",), "answer_appraisal": ("answer",),
}  # fmt: skip
DECIDES = {
    "study": "council", "approve": "party", "report_up": "party", "report_study": "cppcc", "open_collecting": "party",
    "close_collecting": "party", "stop_matter": "party", "propose_plan": "two_committees", "discuss_proposal": "two_committees",
    "review_proposal": "party_members",
}  # fmt: skip
"""The body that decides unless somebody else is named."""
CORRECTABLE = {
    "put_forward": ("title",), "screen": ("department", "dispute"), "close": ("result",), "convene": ("place", "time"),
    "hold_meeting": ("others",), "post_notice": ("happened_on",), "keep_paper": ("place", "pages"),
    "open_gathering": ("until",),
}  # fmt: skip
EXCEPTIONS = {"D-G3", "D-G4", "D-G7", "D-G8", "D-G10", "AR1"}
"""The gates that the town's party committee may let a matter pass."""

BODIES = {
    # notice in days (None: three days, or a reason), excused by a special reason, needs authorisation
    "assembly": (10, True, False), "representatives": (None, False, True), "group": (None, False, False),
    "collective_assembly": (10, False, False), "collective_representatives": (None, False, True),
}  # fmt: skip
VILLAGE_SUBJECTS = {"subsidy": {"assembly", "representatives"}, "public_welfare": {"assembly", "representatives"},
                    "homestead": {"collective_assembly"},
                    "collective_income": {"assembly", "representatives"},
                    "collective_property": {"collective_assembly", "collective_representatives"}}  # fmt: skip
