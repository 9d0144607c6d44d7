"""溧阳城乡社区协商 as a table (procedures.md P3: L-1 to L-8)."""

from __future__ import annotations

from tests.acts.systems.rows import Call, Matter, Role, Row, Seen, Stage, System, hard, soft
from tests.acts.systems.shared import no_open_round, open_round, taken_up
from tests.acts.systems.weitang import _ended
from tests.acts.systems.xieshang import (
    MEETING_DECIDES,
    MEETINGS,
    PASSED,
    REPLIED,
    SUPERVISION,
    TOLD,
    UNITS,
    outcome,
    statutory_first,
    statutory_or,
)

CONVENER, CARRIER = ("convener",), ("carrier", "convener")
ASK = (Call("gathering", "optional"),)
MEETING = {"passed": "L-6", "again": "L-4", "failed": "L-5N"}


def _ahead(s: Seen) -> bool:
    sent = s.m.dispatched("prior")
    return sent is not None and s.meeting is not None and (s.meeting.day - sent).days >= 1


def _own_party(s: Seen) -> bool:
    """L9: the party organisation of the place itself, on paper."""
    return (
        s.d is not None and s.d.body == "party" and s.d.unit == s.m.unit and bool(s.d.paper or s.of("paper"))
    )


def _groups(s: Seen) -> bool:
    wanted = s.m.topic.get("affected", set()) if s.m.topic.get("layer", 1) >= 2 else set()
    return wanted <= {p.group for p in s.m.people.values()}


def _sides(s: Seen) -> bool:
    return s.m.topic.get("layer", 1) < 3 or len({p.side for p in s.m.people.values() if p.side}) >= 3


def _result(s: Seen) -> str | None:
    return s.of("decision") if s.of("decision") in ("yes", "back", "no") else None


def _after_last(s: Seen) -> bool:
    taken = [r.taken_up for r in s.m.rounds if r.taken_up]
    return not taken or (s.of("on") or s.on.isoformat()) >= taken[-1].isoformat()


def _consulted(s: Seen) -> bool:
    return any(r.outcome is not None and not r.during for r in s.m.rounds)


def _during(s: Seen) -> bool:
    return not s.m.topic.get("major") or any(r.during for r in s.m.rounds if r.taken_up)


STAGES = {
    "L-1": Stage(calls=(Call("screening", "wait", {"ready": "L-1S", "merged": "@merged"}),)),
    "L-1S": Stage({
        "set_topic": Row(("party",), (soft("L-G1", "L41", lambda s: bool(s.of("scope") or s.of("subject"))),
                                      hard("L-G2", "L9", _own_party)), "L-2"),
        "decline_topic": Row(("party",), (), "L-X"),
    }),
    "L-2": Stage({
        "fix_participants": Row(CARRIER),
        "set_form": Row(CARRIER, (soft("L-G3", "L32", lambda s: (s.filled("method") and bool(s.of("method"))) or bool(s.m.topic.get("method"))),
                                  hard("L-E2", "", lambda s: bool(s.m.people))), "L-3"),
    }, leave=(soft("L-G4", "L23", _groups), soft("L-G5", "L25", _sides)), calls=ASK),
    "L-3": Stage({"release_information": Row(("carrier", "convener", "clerk"), (
        hard("L-G6", "L33", lambda s: bool(s.of("materials"))),), "L-4")}, calls=ASK),
    "L-4": Stage({
        "table": Row(CONVENER, (hard("L-E3", "", no_open_round),)),
        "take_up": Row((), (hard("L-E4", "", taken_up), hard("L-E5", "", no_open_round), hard("L-G7", "L33", _ahead))),
        "enter_statement": Row(("convener", "clerk")),
        "record_vote": Row(("convener", "clerk"), (hard("L-E6", "", lambda s: s.of("mode") != "ballot" or not s.of("voters")),)),
        "conclude": Row((), (hard("L-E7", "", open_round), soft("L-G8", "L34", lambda s: s.filled("outcome"))),
                        {"consensus": "L-5", "statutory": "L-5M", "again": ".", "escalate": "L-4E"}, outcome,
                        dict.fromkeys(("consensus", "statutory", "escalate"), frozenset({"consulted"}))),
    }),
    "L-4E": Stage({"report_up": Row(("party",), (), {"plain": "L-5", "statutory": "L-5M"}, lambda s: statutory_or("plain", s))}),
    "L-5": Stage({"record_decision": Row(("decider",), (), {"yes": "L-6", "back": "L-4", "no": "L-5N"}, _result, {"yes": {"decided"}})},
                 calls=(Call("statutory_meeting", "optional", MEETING),)),
    "L-5M": Stage(calls=(Call("statutory_meeting", "wait", MEETING),)),
    "L-5N": Stage(calls=(Call("publication", "wait", {"closed": "L-8", "exempted": "L-8", "reopened": "L-4"}),)),
    "L-6": Stage({"table": Row(CONVENER, (hard("L-E8", "", no_open_round),), starts="round")}, next="L-7",
                 enter=(hard("L-G11", "L12", lambda s: {"consulted", "decided"} <= s.m.marks), hard("L-G15", "V33", statutory_first)),
                 leave=(hard("L-E11", "", no_open_round),), calls=(Call("tracking", "beside"), Call("round", "optional"))),
    "L-7": Stage(next="L-8", enter=(soft("L-G12", "L13", _during),), calls=(
        Call("publication", "beside", {"reopened": "L-4"}), Call("appraise", "beside"))),
    "L-8": Stage({"close": Row(("convener", "inspector"), (
        soft("L-G14", "L60", lambda s: not s.m.topic.get("picked") or bool(s.m.topic.get("inspected"))),
        soft("L-E9", "L34", lambda s: s.filled("result", "note")),
    ), starts="archive")}, calls=(PASSED,)),
    "L-X": Stage({"reply": Row(("convener", "clerk"), (soft("L-E10", "", lambda s: s.filled("redirect")),), TOLD, _ended, REPLIED)}),
}  # fmt: skip


def archive(m: Matter) -> set[str]:
    """What the file of such a matter has to hold."""
    wanted = {
        "registration",
        "topic_record",
        "participant_list",
        "prior_notice",
        "meeting_notice",
        "closing_note",
    }
    wanted |= {"sign_in", "minutes"} if {r.form for r in m.rounds if r.taken_up} - {"written"} else set()
    wanted |= {"resolution", "decision_record"} & m.papers
    wanted |= {"task_list"} if "implemented" in m.marks else set()
    wanted |= {"exemption"} if "exempted" in m.marks else {"publication", "posting_record"}
    return wanted | ({"inspection_sheet"} if m.topic.get("picked") else set())


LIYANG = System(
    "liyang", "liushu", "L-1",
    {
        "public": Role(anyone=True), "liaison": Role(("cppcc_member", "grid_worker"), ("cppcc_member", "grid_worker")),
        "party": Role(bodies=("party",)), "carrier": Role(bodies=("carrier", "representatives", "council")),
        "convener": Role(("party_secretary",), ("deputy_party_secretary", "party_secretary")),
        "decider": Role(bodies=("carrier", "council", "party", "government")), "statutory_body": Role(bodies=MEETINGS),
        "department": Role(("department_head",), ("department_head",)), "supervisor": Role(SUPERVISION, SUPERVISION),
        "inspector": Role(town=("inspector",), county=("inspector",)), "clerk": Role(("clerk",), ("clerk",)),
        "archivist": Role(("archivist",), ("archivist",)),
    },
    STAGES,
    {"category": ("interest", "development"), "scope": ("affairs", "welfare", "property", "volunteers"),
     "subject": ("plan", "project", "land", "relocation", "environment", "budget"),
     "carrier": ("representatives", "council", "supervision", "talk", "examine"), "form": ("survey", "talk", "civic", "hearing"),
     "reach": ("group", "village", "several", "town"), "complexity": ("plain", "middle", "complex"),
     "group": ("new_economy", "new_society", "weak", "tenants", "relocated", "migrants")},
    {"L-G6": (("party", "town_party"), False), "L-G7": (("party", "town_party"), False), "AR1": (("party", "town_party"), False)},
    archive,
    before_decided=(hard("L-G9", "L10", _consulted), hard("L-G10", "L11", _after_last)),
    everywhere={**UNITS, "record_decision": MEETING_DECIDES},
    aside={"supervise": ("supervisor", "inspector"), "inspect": ("inspector",)},
)  # fmt: skip
