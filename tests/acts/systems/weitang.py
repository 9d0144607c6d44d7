"""魏塘街道重大事项民主协商 as a table (procedures.md P1: W-1 to W-12)."""

from __future__ import annotations

from tests.acts.systems.rows import Call, Matter, Role, Row, Seen, Stage, System, hard, soft
from tests.acts.systems.shared import no_open_round, open_round, personal, taken_up

ROOM, OFFICE, CONVENER = ("room",), ("office",), ("convener",)
CLASSES = ("decision", "personnel", "project", "funds")


def _ahead(s: Seen, days: int) -> bool:
    sent = s.m.dispatched("notice")
    return sent is not None and s.meeting is not None and (s.meeting.day - sent).days >= days


def _told(s: Seen) -> bool:
    """W44: fixed, and each was told; who withdrew before takes no part."""
    people = [p for p in s.m.people.values() if p.told or p.reply != "not_coming"]
    return bool(people) and all(p.told for p in people)


def _all_heard(s: Seen) -> bool:
    return all(p.spoke or p.reply == "not_coming" for p in s.m.people.values())


def _form(s: Seen) -> str | None:
    return None if s.meeting is None else "written" if s.meeting.form == "written" else "session"


def _outcome(s: Seen) -> str | None:
    return s.of("outcome") if s.of("outcome") in ("consensus", "again", "escalate") else None


def _decided_after(s: Seen) -> bool:
    sent = s.m.dispatched("bulletin")
    return sent is None or (s.of("on") or s.on.isoformat()) >= sent.isoformat()


def _ended(s: Seen) -> str:
    return "stopped" if any(r.taken_up for r in s.m.rounds) else "refused"


TOPIC = (
    hard("W-G1R", "W20", lambda s: s.of("category") in CLASSES),
    soft("W-G2R", "W21", lambda s: s.filled("item")),
)
CONCLUDE = {"consensus": "W-7", "again": "W-4", "escalate": "W-7"}
CONSULTED = {"consensus": {"consulted"}, "escalate": {"consulted"}}
ASK = (Call("gathering", "optional"),)

STAGES = {
    "W-1": Stage({
        "propose": Row(("proposer",), (
            hard("W-G1", "W20", lambda s: s.of("category") in CLASSES),
            soft("W-G2", "W21", lambda s: s.filled("item")),
            soft("W-G3", "W35", lambda s: s.of("category") != "funds" or s.filled("amount")),
        ), "W-2"),
        "intake": Row(("public",), (), "W-1R"),
    }),
    "W-1R": Stage({"set_topic": Row(("room", "office"), TOPIC, "W-2"), "decline_topic": Row(("room", "office"), (), "W-X")}),
    "W-2": Stage({"approve": Row(("committee", "group"), (
        soft("W-G4", "W16", lambda s: s.of("approved") is False or (s.d is not None and s.d.body == "party")),
    ), {"yes": "W-3", "no": "W-X"}, lambda s: "yes" if s.of("approved") else "no")}),
    "W-3": Stage({"issue_notice": Row(OFFICE, (
        hard("W-G5", "W43", lambda s: s.filled("focus")), hard("W-G6", "W42", lambda s: bool(s.of("materials"))),
    ), "W-4")}),
    "W-4": Stage({
        "fix_participants": Row(ROOM), "notify_participants": Row(ROOM),
        "set_form": Row(ROOM, (soft("W-G7b", "W37", lambda s: s.filled("way")),), "W-5"),
    }, leave=(hard("W-G7", "W44", _told),), calls=ASK),
    "W-5": Stage({"report_study": Row(("member",)),
                  "table": Row(CONVENER, (), {"session": "W-6", "written": "W-6b"}, _form)}, calls=ASK),
    "W-6": Stage({
        "take_up": Row((), (
            hard("W-E11", "", taken_up), hard("W-E12", "", no_open_round), hard("W-G9", "W41", lambda s: _ahead(s, 7)),
            hard("W-G10", "W53", lambda s: s.meeting is not None and s.meeting.recorder),
        )),
        "enter_statement": Row(("room", "clerk")),
        "record_vote": Row(("room", "clerk"), (hard("W-G12", "W39", lambda s: s.of("mode") != "ballot" or not s.of("voters")),)),
        "conclude": Row((), (hard("W-E13", "", open_round), soft("W-G11", "W38", _all_heard)), CONCLUDE, _outcome, CONSULTED),
        "table": Row(CONVENER, (hard("W-E14", "", no_open_round),), {"session": ".", "written": "W-6b"}, _form),
    }),
    "W-6b": Stage({
        "take_up": Row((), (hard("W-E21", "", taken_up), hard("W-E22", "", no_open_round))),
        "enter_statement": Row(("room", "clerk")),
        "conclude": Row((), (hard("W-E23", "", open_round),), CONCLUDE, _outcome, CONSULTED),
        "table": Row(CONVENER, (hard("W-E24", "", no_open_round),), {"session": "W-6", "written": "."}, _form),
    }, enter=(soft("W-G13", "W41", lambda s: _ahead(s, 7)),)),
    "W-7": Stage({"compile_opinion": Row(ROOM, (), "W-8")},
                 leave=(soft("W-G14", "W40", lambda s: bool(s.of("suggestions") or s.m.suggestions)),)),
    "W-8": Stage({"send_bulletin": Row(ROOM, (
        hard("W-G15", "W56", lambda s: {"party", "government"} <= set(s.of("to", ()))),), "W-9")}),
    "W-9": Stage({"record_decision": Row(("decider",), (soft("W-G16", "W78", _decided_after),), "W-10")}),
    "W-10": Stage({
        "feed_back": Row(("decider",), (hard("W-G17", "W57", lambda s: s.filled("decision", "execution")),), "W-11"),
        "exempt_feedback": Row(("decider",), (hard("W-E17", "W58", lambda s: s.filled("ground", "approver", "approved_on")),), "W-11"),
    }),
    "W-11": Stage({
        "publish_within": Row(OFFICE, (
            hard("W-G18", "W58", lambda s: bool(s.of("scope"))), hard("W-E31", "", lambda s: not personal(s.of("text", ""))),
        ), "W-12", marks={"": {"published"}}),
        "exempt_notice": Row(("committee", "office"), (
            hard("W-E32", "", lambda s: s.filled("ground", "approver", "note")),), "W-12", marks={"": {"exempted"}}),
    }),
    "W-12": Stage({"close": Row(("room", "office"), starts="archive")}, calls=(Call("archive", "wait", {"accepted": "@completed"}),)),
    "W-X": Stage({"reply": Row(("office", "room"), (soft("W-E33", "", lambda s: s.filled("redirect")),),
                               {"refused": "@refused", "stopped": "@stopped"}, _ended,
                               {"refused": {"replied"}, "stopped": {"replied"}})}),
}  # fmt: skip


def archive(m: Matter) -> set[str]:
    """W84: what the file has to hold."""
    wanted = {"topic_form", "approval", "consultation_notice", "materials", "participant_list", "receipts", "meeting_notice",
              "written_opinion", "bulletin", "delivery", "decision_record"}  # fmt: skip
    sent = {kind for kind, *_ in m.sent}
    wanted |= {"feedback_letter"} if "feedback" in sent else set()
    wanted |= {"exemption_record"} if "exemption" in sent else set()
    wanted |= {"scope_notice"} if "exempted" not in m.marks else set()
    forms = {r.form for r in m.rounds if r.taken_up}
    wanted |= {"sign_in", "minutes"} if forms - {"written"} else set()
    return wanted | ({"written_replies"} if "written" in forms else set())


WEITANG = System(
    "weitang", "hekou", "W-1",
    {
        "public": Role(anyone=True), "liaison": Role(town=("cppcc_member", "invited_member", "grid_worker")),
        "committee": Role(bodies=("party",)), "party": Role(bodies=("party",)), "group": Role(bodies=("leading_group",)),
        "office": Role(town=("office_director",)), "room": Role(town=("room_director",)), "convener": Role(town=("room_director",)),
        "proposer": Role(town=("office_director", "party_secretary", "deputy_party_secretary", "department_head", "room_director")),
        "member": Role(town=("cppcc_member", "invited_member", "room_director")),
        "decider": Role(bodies=("party", "government", "department")), "department": Role(town=("department_head",)),
        "supervisor": Role(town=("supervision_head", "supervision_member")), "clerk": Role(town=("clerk",)),
        "archivist": Role(town=("archivist",)),
    },
    STAGES,
    {"category": CLASSES, "item": ("planning", "annual", "livelihood", "budget", "upward", "appointment", "reserve", "recruitment",
                                   "construction", "outlay", "purchase"),
     "form": ("special", "pointed", "meeting", "written", "talk"), "reach": ("village", "several", "town"),
     "complexity": ("plain", "middle", "complex")},
    {"W-G1R": (("leading_group",), True), "W-G1": (("leading_group",), True), "W-G5": (("leading_group",), True),
     "W-G6": (("party",), True), "W-G9": (("party",), True), "W-G7": (("cppcc",), True), "AR1": (("party", "town_party"), False)},
    archive,
)  # fmt: skip
