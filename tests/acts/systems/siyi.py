"""四议两公开 as a table (procedures.md P6: S-0 to S-8)."""

from __future__ import annotations

from tests.acts.systems.rows import Call, Matter, Role, Row, Seen, Stage, System, hard, soft
from tests.acts.systems.weitang import _ended
from tests.acts.systems.xieshang import MEETINGS, PASSED, REPLIED, SUPERVISION, TOLD, UNITS
from tests.acts.systems.yizheng import admit, counted, posted, result, studied

CONVENER, PARTY = ("convener",), ("party",)
ASK = (Call("gathering", "optional"),)
STOP = Row(PARTY, (), "S-X")


def _one_person(s: Seen) -> bool:
    """Secretary and director were one person on the day."""
    posts = [p for p in s.o.posts.values() if p.unit == s.m.unit and p.held(s.on)]
    holders = [{p.person for p in posts if p.role == role} for role in ("party_secretary", "director")]
    return not s.of("merged") or bool(holders[0] & holders[1])


def _proposed(s: Seen) -> str:
    return "merged" if result(s) == "agreed" and s.of("merged") else result(s)


def _two_thirds(s: Seen) -> bool:
    return s.filled("total", "present") and 3 * s.of("present") >= 2 * s.of("total")


STAGES = {
    "S-0": Stage(calls=(Call("screening", "wait", {"ready": "S-0S", "merged": "@merged"}),)),
    "S-0S": Stage({"admit": admit("S-E0", "S-1", "S-X")}),
    "S-1": Stage({
        "propose_plan": Row(PARTY, (hard("S-E1", "", _one_person), hard("S-G1", "V28", studied)),
                            {"agreed": "S-2", "merged": "S-3", "back": "S-X"}, _proposed, {"merged": {"consulted"}}),
        "stop_matter": STOP,
    }, calls=ASK),
    "S-2": Stage({"discuss_proposal": Row(("committees",), (), {"agreed": "S-3", "back": "S-1"}, result, {"agreed": {"consulted"}})},
                 leave=(soft("S-G2", "", lambda s: bool(s.of("vote")) and s.filled("votes_for")),), calls=ASK),
    "S-3": Stage({"review_proposal": Row(("members",), (), {"agreed": "S-4", "back": "S-2"}, result, revokes={"back": {"consulted"}})},
                 leave=(soft("S-G3", "", _two_thirds),)),
    "S-4": Stage(calls=(Call("statutory_meeting", "wait", {"passed": "S-5", "again": "S-2", "failed": "S-2"}),)),
    "S-5": Stage(next="S-6", calls=(Call("publication", "beside", {"reopened": "S-2"}), Call("tracking", "beside"))),
    "S-6": Stage({"record_effects": Row(("convener", "department"), (), "S-7")}, leave=(soft("S-E2", "", counted),)),
    "S-7": Stage(calls=(Call("result_publication", "wait", {"closed": "S-8", "exempted": "S-8", "reopened": "S-6"}),)),
    "S-8": Stage({"close": Row(CONVENER, (soft("S-E3", "", lambda s: s.filled("result", "note")),), starts="archive")}, calls=(PASSED,)),
    "S-X": Stage({"reply": Row(CONVENER, (soft("S-E4", "", lambda s: s.filled("redirect")),), TOLD, _ended, REPLIED)}),
}  # fmt: skip


def archive(m: Matter) -> set[str]:
    """What the file has to hold."""
    wanted = {"proposal", "discussion", "review", "assembly_papers", "resolution", "effects"}
    return wanted | ({"exemption"} if "exempted" in m.marks else {"publication", "result_publication"})


SIYI = System(
    "siyi", "liushu", "S-0",
    {
        "public": Role(anyone=True), "liaison": Role(("grid_worker",)), "party": Role(bodies=("party",)),
        "committees": Role(bodies=("two_committees",)), "members": Role(bodies=("party_members",)),
        "statutory_body": Role(bodies=MEETINGS), "convener": Role(("director", "party_secretary"), own=True),
        "department": Role(("department_head",), ("department_head",)), "supervisor": Role(SUPERVISION),
        "clerk": Role(("clerk",), ("clerk",)), "archivist": Role(("archivist",), ("archivist",)),
    },
    STAGES, {"scope": ("construction", "collective", "land", "interest")}, {"AR1": (("party", "town_party"), False)}, archive,
    everywhere={**UNITS, "set_tasks": (soft("S-E5", "", posted),)},
)  # fmt: skip
