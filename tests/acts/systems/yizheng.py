"""一征三议两公开 as a table (procedures.md P5: Z-0 to Z-9), in both ways of writing the three 议."""

from __future__ import annotations

from dataclasses import replace

from tests.acts.systems.liyang import _own_party
from tests.acts.systems.rows import Call, Matter, Role, Row, Seen, Stage, System, hard, soft
from tests.acts.systems.shared import no_open_round, open_round, taken_up
from tests.acts.systems.weitang import _ended
from tests.acts.systems.xieshang import MEETINGS, PASSED, REPLIED, SUPERVISION, TOLD, UNITS

CONVENER, PARTY = ("convener",), ("party",)
ASK = (Call("gathering", "optional"),)
ADMIT = {"in_scope": "", "out": ""}
OUTCOMES = {"consensus": "agreed", "again": "again", "divided": "rewrite", "escalate": "stuck"}


def asking(s: Seen) -> bool:
    return s.m.collecting is not None and s.m.collecting.closed is None


def studied(s: Seen) -> bool:
    """C30, V28: the party organisation studied it, on a day that is not still to come."""
    return bool(s.of("party_study_on")) and s.of("party_study_on") <= s.on.isoformat()


def in_scope(s: Seen) -> str | None:
    return None if s.of("in_scope") is None else "in_scope" if s.of("in_scope") else "out"


def touches_said(s: Seen) -> bool:
    return not s.of("in_scope") or s.of("touches") is not None


def result(s: Seen) -> str:
    return str(s.of("result", "agreed"))


def _plan(s: Seen) -> bool:
    return result(s) == "back" or (s.filled("plan", "cited") and s.of("cited") > 0)


def _kinds(s: Seen) -> bool:
    return s.meeting is not None and s.meeting.state == "held" and len(s.meeting.kinds) >= 2


def from_above(s: Seen) -> bool:
    """What comes back was asked for, and comes from the unit that was asked."""
    return bool(s.m.asked_above) and s.d is not None and s.d.unit == s.m.asked_above


def counted(s: Seen) -> bool:
    return (s.of("amount") is not None and bool(s.of("effects"))) or s.filled("note")


def posted(s: Seen) -> bool:
    return bool(s.m.notices) and s.m.notices[-1].start is not None


def appraised(s: Seen) -> bool:
    return s.m.forum("appraisal").get("held") is not None or s.filled("reason")


def admit(gate: str, first: str, none: str) -> Row:
    return Row(CONVENER, (hard(gate, "", touches_said),), {"in_scope": first, "out": none}, in_scope)


STAGES = {
    "Z-0": Stage(calls=(Call("screening", "wait", {"ready": "Z-0S", "merged": "@merged"}),)),
    "Z-0S": Stage({"admit": admit("Z-E0", "Z-1", "Z-X")}),
    "Z-1": Stage({
        "open_collecting": Row(PARTY, (hard("Z-G1", "Z33", _own_party),), when=lambda s: not asking(s)),
        "enter_heard": Row(("clerk", "liaison", "convener"), when=asking),
        "close_collecting": Row(PARTY, (
            hard("Z-G2", "Z33", lambda s: s.m.collecting is not None and s.m.collecting.count > 0),
            soft("Z-G3", "Z45", lambda s: s.m.collecting is not None and len(s.m.collecting.groups) >= 2),
            hard("Z-G4", "V28", studied),
            soft("Z-G4a", "", lambda s: s.m.collecting is not None and (s.on - s.m.collecting.opened).days >= 7),
        ), "Z-2", when=asking),
    }, calls=ASK),
    "Z-2": Stage({"propose_plan": Row(("proposer",), (
        hard("Z-G5", "Z33", lambda s: s.m.collecting is not None and s.m.collecting.closed is not None and s.m.collecting.count > 0),
    ), {"agreed": "Z-3", "back": "Z-1"}, result)}, leave=(
        hard("Z-G6", "Z34", _plan), soft("Z-G7", "Z43", lambda s: result(s) == "back" or bool(s.of("form"))),
    ), calls=ASK),
    "Z-3": Stage({"table": Row(CONVENER, (hard("Z-G8", "Z34", lambda s: s.m.proposed),), "Z-3M")},
                 calls=(Call("hearing", "optional"), Call("coordinate", "optional"))),
    "Z-3M": Stage({
        "take_up": Row((), (hard("Z-E1", "", taken_up), hard("Z-E2", "", no_open_round))),
        "conclude": Row((), (hard("Z-E3", "", open_round), soft("Z-G9", "Z45", _kinds)),
                        {"agreed": "Z-4", "again": "Z-3", "rewrite": "Z-2", "stuck": "Z-3E"}, lambda s: OUTCOMES.get(s.of("outcome")),
                        {"agreed": {"consulted"}}),
        "table": Row(CONVENER, (hard("Z-E4", "", no_open_round),)),
    }),
    "Z-3E": Stage({
        "report_up": Row(PARTY), "record_return": Row(("town_party",), (hard("Z-E7", "", from_above),), "Z-3"),
        "stop_matter": Row(PARTY, (), "Z-X"),
    }),
    "Z-4": Stage(enter=(hard("Z-G10", "Z55", lambda s: "consulted" in s.m.marks),),
                 calls=(Call("statutory_meeting", "wait", {"passed": "Z-5", "again": "Z-3", "failed": "Z-X"}),)),
    "Z-5": Stage(next="Z-6", calls=(Call("publication", "beside", {"reopened": "Z-3"}), Call("tracking", "beside"))),
    "Z-6": Stage({"record_effects": Row(("convener", "department"), (), "Z-7")}, leave=(soft("Z-G15", "Z53", counted),)),
    "Z-7": Stage(calls=(Call("result_publication", "wait", {"closed": "Z-8", "exempted": "Z-8", "reopened": "Z-6"}),)),
    "Z-8": Stage(calls=(Call("appraise", "wait", {"done": "Z-9", "skipped": "Z-9"}),)),
    "Z-9": Stage({"close": Row(CONVENER, (soft("Z-E5", "", lambda s: s.filled("result", "note")),), starts="archive")},
                 enter=(soft("Z-G16", "Z48", appraised),), calls=(PASSED,)),
    "Z-X": Stage({"reply": Row(CONVENER, (soft("Z-E6", "", lambda s: s.filled("redirect")),), TOLD, _ended, REPLIED)}),
}  # fmt: skip


def archive(m: Matter) -> set[str]:
    """Z22: what the file has to hold."""
    wanted = {"collect_record", "opinion_summary", "proposal", "committees_minutes", "meeting_notice", "sign_in", "minutes",
              "assembly_papers", "resolution", "effects", "appraisal_record"}  # fmt: skip
    return wanted | ({"exemption"} if "exempted" in m.marks else {"publication", "result_publication"})


ROLES = {
    "public": Role(anyone=True), "liaison": Role(("grid_worker",)), "party": Role(bodies=("party",)),
    "town_party": Role(bodies=("party",)), "proposer": Role(bodies=("two_committees",)), "statutory_body": Role(bodies=MEETINGS),
    "convener": Role(("party_secretary", "director"), own=True), "department": Role(("department_head",), ("department_head",)),
    "supervisor": Role(SUPERVISION), "clerk": Role(("clerk",), ("clerk",)), "archivist": Role(("archivist",), ("archivist",)),
}  # fmt: skip
YIZHENG = System(
    "yizheng", "liushu", "Z-0", ROLES, STAGES, {"scope": ("renewal", "public_benefit", "social", "interest")},
    {"AR1": (("party", "town_party"), False)}, archive,
    everywhere={**UNITS, "set_tasks": (soft("Z-G14", "Z45", posted),)},
)  # fmt: skip
PARTY_PROPOSES = replace(YIZHENG, roles={**ROLES, "proposer": Role(bodies=("party",))})
"""The other way: the party organisation proposes, the two committees deliberate."""
