"""协商在基层 as a table (procedures.md P2: X-1 to X-8)."""

from __future__ import annotations

from tests.acts.systems.rows import Call, Matter, Role, Row, Seen, Stage, System, hard, soft
from tests.acts.systems.shared import no_open_round, open_round, taken_up
from tests.acts.systems.weitang import _ended

CONVENER, COUNCIL = ("convener",), ("council", "convener")
ASK = (Call("gathering", "optional"),)
KINDS = {"member", "stakeholder", "department"}
COUNTED = ("assembly", "representatives", "group", "collective_assembly", "collective_representatives")


def in_favour(s: Seen) -> bool:
    return s.of("decision") not in ("back", "no") and "decided" not in s.m.marks


def by_meeting(s: Seen) -> bool:
    return s.d is not None and s.d.body in COUNTED


MEETING_DECIDES = (
    # what the law gives to a meeting nobody decides in its place, and no such meeting decides without its count
    hard("OD2", "V33", lambda s: not (in_favour(s) and s.m.needs and not by_meeting(s))),
    hard("OD2", "", lambda s: not (in_favour(s) and by_meeting(s))),
)


def statutory_or(plain: str, s: Seen, carrier: bool = True) -> str:
    owed = s.m.needs or (carrier and s.m.topic.get("carrier") == "representatives")
    return "statutory" if owed and "decided" not in s.m.marks else plain


def outcome(s: Seen) -> str | None:
    given = s.of("outcome")
    if given == "consensus":
        return statutory_or("consensus", s)
    return given if given in ("again", "escalate") else None


def unit_came(s: Seen) -> bool:
    """V47: what touches units stationed here is talked over with them."""
    if "resident_units" not in s.m.touches:
        return True
    return s.meeting is not None and s.meeting.state == "held" and "unit" in s.meeting.kinds


UNITS = {"conclude": (soft("OU1", "V47", unit_came),)}
PASSED = Call("archive", "wait", {"accepted": "@completed"})
REPLIED = {"refused": {"replied"}, "stopped": {"replied"}}
TOLD = {"refused": "@refused", "stopped": "@stopped"}


def statutory_first(s: Seen) -> bool:
    return not s.m.needs or "decided" in s.m.marks


def _followed(s: Seen) -> bool:
    """X62: each suggestion has its state, and its reason where it was not adopted."""
    return all(
        state and (why or state not in ("not_adopted", "not_done")) for state, why in s.m.suggestions.values()
    )


STAGES = {
    "X-1": Stage(calls=(Call("screening", "wait", {"ready": "X-1S", "merged": "@merged"}),)),
    "X-1S": Stage({
        "set_topic": Row(COUNCIL),
        "approve": Row(("party", "council"), (
            hard("X-E1", "", lambda s: bool(s.m.topic.get("category"))),
            soft("X-G2", "X16", lambda s: s.of("approved") is False or (s.d is not None and s.d.body == "party")),
        ), {"yes": "X-2", "no": "X-END0"}, lambda s: "yes" if s.of("approved") else "no"),
        "decline_topic": Row(COUNCIL, (), "X-END0"),
    }, leave=(soft("X-G1", "X57", lambda s: bool(s.m.opinions) or bool(s.m.topic and s.m.department)),)),
    "X-2": Stage({"fix_participants": Row(COUNCIL), "set_form": Row(COUNCIL, (hard("X-E9", "", lambda s: bool(s.m.people)),), "X-3")}, leave=(
        soft("X-G4", "X32", lambda s: {p.kind for p in s.m.people.values()} >= KINDS),
        soft("X-G5", "X34", lambda s: all(s.m.topic.get(k) for k in ("category", "reach", "complexity"))),
    ), calls=ASK),
    "X-3": Stage({"report_study": Row(("cppcc", "convener"), (), "X-4")},
                 leave=(soft("X-G6", "X49", lambda s: s.filled("note") or "study_report" in s.m.papers),), calls=ASK),
    "X-4": Stage({
        "table": Row(CONVENER, (hard("X-E2", "", no_open_round),)),
        "take_up": Row((), (
            hard("X-E3", "", taken_up), hard("X-E4", "", no_open_round), hard("X-G7", "X47", lambda s: bool(s.m.people)),
            soft("X-G8", "X49", lambda s: "study_report" in s.m.papers),
        )),
        "enter_statement": Row(("convener", "clerk")),
        "record_vote": Row(("convener", "clerk"), (hard("X-E5", "", lambda s: s.of("mode") != "ballot" or not s.of("voters")),)),
        "conclude": Row((), (hard("X-E6", "", open_round), hard("X-G9", "X55", lambda s: s.filled("outcome"))),
                        {"consensus": "X-5", "statutory": "X-4M", "again": "X-4N", "escalate": "X-4E"}, outcome,
                        dict.fromkeys(("consensus", "statutory", "escalate"), frozenset({"consulted"}))),
    }),
    "X-4N": Stage({"plan_next": Row(COUNCIL, (), {"study": "X-3", "meet": "X-4", "reference": "X-4E"}, lambda s: s.of("then"),
                                    {"reference": {"consulted"}})},
                  leave=(soft("X-G10", "X60", lambda s: bool(s.of("differences"))),)),
    "X-4M": Stage(calls=(Call("statutory_meeting", "wait", {"passed": "X-5", "again": "X-4N", "failed": "X-END0"}),)),
    "X-4E": Stage({"submit_reference": Row(("convener", "cppcc"), (
        hard("X-G12", "X61", lambda s: bool(s.of("to")) and set(s.of("to")) <= {"party", "government", "party_org"}),), "X-4P")}),
    "X-4P": Stage(calls=(Call("publication", "wait", {"closed": "X-7", "exempted": "X-7", "reopened": "X-4N"}),)),
    "X-5": Stage({
        "compile_opinion": Row(("convener", "clerk")),
        "check_policy": Row(("convener", "clerk"), (), {"passed": "X-6", "failed": "X-4N"},
                            lambda s: None if s.of("passed") is None else "passed" if s.of("passed") else "failed"),
    }),
    "X-6": Stage(enter=(hard("X-G14", "V33", statutory_first),), next="X-7", calls=(
        Call("publication", "beside", {"reopened": "X-4N"}), Call("tracking", "beside"))),
    "X-7": Stage({
        "record_decision": Row(("decider",)),
        "feed_back": Row(("convener", "department", "clerk"), (soft("X-E7", "", lambda s: s.filled("decision", "execution")),),
                         marks={"": {"replied"}}),
        "close": Row(("convener", "supervisor"), (
            soft("X-E8", "X55", lambda s: s.filled("result", "note")), hard("X-G15", "X62", _followed),
            soft("X-G16", "X62", lambda s: any(k == "feedback" and "participants" in to for k, _, to, _ in s.m.sent)),
        ), "X-8"),
    }, calls=(Call("statutory_meeting", "optional", {"passed": "X-5", "again": "X-4N"},
                   lambda s: s.m.needs and "decided" not in s.m.marks),)),
    "X-8": Stage(calls=(PASSED,)),
    "X-END0": Stage({"reply": Row(COUNCIL, (soft("X-G3", "X57", lambda s: s.filled("redirect")),), TOLD, _ended, REPLIED)}),
}  # fmt: skip


def archive(m: Matter) -> set[str]:
    """What the file of such a matter has to hold."""
    wanted = {
        "registration",
        "topic_record",
        "approval",
        "participant_list",
        "meeting_notice",
        "closing_note",
        "adoption_table",
    }
    done, sent = "implemented" in m.marks, {kind for kind, *_ in m.sent}
    wanted |= {"study_report"} if "study_report" in m.papers else set()
    forms = {r.form for r in m.rounds if r.taken_up}
    wanted |= {"sign_in", "minutes"} if forms - {"written"} else set()
    wanted |= {"written_replies"} if "written" in forms else set()
    wanted |= {"written_opinion", "policy_check", "task_list"} if done else set()
    wanted |= {"resolution"} if "decided" in m.marks else set()
    wanted |= {"reference", "delivery"} if "reference" in sent else set()
    wanted |= {"exemption"} if "exempted" in m.marks else {"publication", "posting_record"}
    return wanted | ({"feedback_letter"} if "feedback" in sent else set())


MEETINGS = (
    "assembly",
    "representatives",
    "group",
    "collective_assembly",
    "collective_representatives",
    "owners",
    "owners_special",
)
SUPERVISION = ("supervision_head", "supervision_member")
XIESHANG = System(
    "xieshang", "liushu", "X-1",
    {
        "public": Role(anyone=True), "liaison": Role(("cppcc_member", "grid_worker"), ("cppcc_member", "grid_worker")),
        "convener": Role(("cppcc_member", "group_convener"), ("group_convener", "cppcc_member"), ("group_convener",)),
        "cppcc": Role(bodies=("cppcc",)), "council": Role(bodies=("council",)), "party": Role(bodies=("party",)),
        "decider": Role(bodies=("party", "government")), "statutory_body": Role(bodies=MEETINGS),
        "department": Role(("department_head",), ("department_head",)), "supervisor": Role(SUPERVISION, SUPERVISION),
        "clerk": Role(("clerk",), ("clerk",)), "archivist": Role(("archivist",), ("archivist",)),
    },
    STAGES,
    {"category": ("rural", "pollution", "education", "housing", "health", "governance", "livelihood"),
     "reach": ("group", "village", "several", "town"), "complexity": ("plain", "middle", "complex"),
     "form": ("meeting", "smart", "square", "yard", "special", "written", "online"),
     "group": ("households", "shops", "owners", "tenants", "elderly", "disabled", "migrants")},
    {"X-G7": (("leading_group",), False), "X-G13": (("party", "town_party"), False), "X-G15": (("leading_group",), False),
     "AR1": (("party", "town_party"), False)},
    archive,
    everywhere={**UNITS, "record_decision": MEETING_DECIDES},
    aside={"supervise": ("supervisor",)},
)  # fmt: skip
