"""Gates on who may decide: the body the law gives a subject to, and nobody in its place (协商不能代替决定)."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Decider, Facts
from shangliang.procedure.gates_meeting import law_of_meeting
from shangliang.procedure.law import deciding_bodies
from shangliang.procedure.say import Say, listed
from shangliang.procedure.vocabulary import HELD, Answer, Params, Unknown, gate, refused

_DAY = date(2026, 5, 20)
_COUNTS = {"body": "representatives", "on": _DAY, "total": 60, "present": 40, "votes_for": 21}


def _touching(subject: str, body: str) -> Facts:
    counts = {**_COUNTS, "body": body}
    return case("record_resolution", counts, on=_DAY, matter={"touches": frozenset({subject})})


@gate(
    "right_body",
    title=Say("由有权的会议决定", "decided by the right body"),
    examples=(
        holds(_touching("subsidy", "representatives")),
        holds(_touching("homestead", "collective_assembly")),
        refuses(_touching("homestead", "representatives")),
    ),
)
def right_body(facts: Facts, params: Params) -> Answer:
    """The body that decided is one the law gives the subject to: homesteads belong to the collective's members."""
    touches = facts.matter.touches if facts.matter else None
    law, body = law_of_meeting(facts), facts.value("body")
    decider = facts.act.decider if facts.act else None
    if not isinstance(body, str):
        return Unknown(("body",))
    if decider and decider.body != body:
        return refused(
            "作决定的和登记的不是同一个会议。",
            "The body that decided is not the one entered.",
            "请核对是哪个会议作的决定。",
            "Check which meeting decided.",
        )
    if law.body(body) is None:
        return refused(
            "当时的法律没有规定这种会议。",
            "The law of the day knows no such meeting.",
            "请选当时有权决定的会议。",
            "Choose a body that could decide on that day.",
        )
    fit = deciding_bodies(law, touches or frozenset())
    if not fit or body in {b.id for b in fit}:
        return HELD
    names = listed([b.name for b in fit])
    return refused(
        f"这件事依法由{names.zh}决定。",
        f"By law this is decided by: {names.en}.",
        f"请提交{names.zh}。",
        f"Put it to: {names.en}.",
        next((d.cite for d in map(law.deciding, sorted(touches or ())) if d), None),
    )


@gate(
    "statutory_decided",
    title=Say("法定会议已经决定", "the statutory meeting has decided"),
    examples=(
        holds(case("conclude", matter={"needs_meeting": False})),
        holds(case("conclude", matter={"needs_meeting": True}, marks=frozenset({"decided"}))),
        refuses(case("conclude", matter={"needs_meeting": True})),
    ),
)
def statutory_decided(facts: Facts, params: Params) -> Answer:
    """What needs a statutory meeting was decided by it: consultation is not resolution."""
    needed = meeting_needed(facts)
    if needed is None:
        return Unknown(("touches",))
    if not needed or "decided" in facts.marks:
        return HELD
    return refused(
        "这件事要由法定会议决定，协商意见不能代替。",
        "A statutory meeting must decide this; what was agreed in consultation does not replace it.",
        "请提交会议，并登记决议（应到、实到、赞成、反对、弃权）。",
        "Put it to the meeting and register the resolution with its numbers.",
    )


_BY_COUNCIL = Decider("u1", "village", body="council")
_BY_REPRESENTATIVES = Decider("u1", "village", body="representatives")


@gate(
    "decided_by_meeting",
    title=Say("该开会定的由会议数票定", "what a meeting must decide is decided by its count"),
    examples=(
        holds(case("record_decision", {"decision": "yes"}, decider=_BY_COUNCIL, matter={"touches": frozenset()})),
        holds(case("record_decision", {"decision": "back"}, decider=_BY_COUNCIL, matter={"touches": frozenset({"subsidy"})})),
        holds(_touching("subsidy", "representatives")),
        refuses(case("record_decision", {"decision": "yes"}, decider=_BY_COUNCIL, matter={"touches": frozenset({"subsidy"})})),
        refuses(case("record_decision", {"decision": "yes"}, decider=_BY_REPRESENTATIVES, matter={"touches": frozenset()})),
    ),
)  # fmt: skip
def decided_by_meeting(facts: Facts, params: Params) -> Answer:
    """What the law gives to a meeting is decided by nobody else, and what such a meeting decides is registered with how
    many came and how they voted, never as a mere decision. A decision against the matter, or back to the table, is free.
    """
    act = facts.act
    if act is None or act.name == "record_resolution" or facts.value("decision") in ("back", "no"):
        return HELD
    meeting = facts.law.body(act.decider.body) if act.decider and act.decider.body else None
    if meeting is not None:
        return refused(
            f"{meeting.name.zh}的决定要数到会人数和票数。",
            f"What the {meeting.name.en} decides is counted: how many came, how they voted.",
            "请登记决议（应到、实到、赞成、反对、弃权）。",
            "Register the resolution with its numbers.",
            meeting.cite,
        )
    needed = meeting_needed(facts)
    if needed is None:
        return Unknown(("touches",))
    if not needed:
        return HELD
    fit = deciding_bodies(facts.law, (facts.matter.touches if facts.matter else None) or frozenset())
    names = listed([b.name for b in fit]) if fit else Say("法定会议", "a statutory meeting")
    return refused(
        f"这件事依法由{names.zh}决定，别的组织不能代为决定。",
        f"By law this is decided by: {names.en}; nobody else can decide it.",
        "请提交会议，并登记决议（应到、实到、赞成、反对、弃权）。",
        "Put it to the meeting and register the resolution with its numbers.",
    )


def meeting_needed(facts: Facts) -> bool | None:
    """Whether a statutory meeting must decide; None while nobody has said what the matter touches."""
    matter = facts.matter
    if matter is None:
        return None
    if matter.needs_meeting is not None:
        return matter.needs_meeting
    return None if matter.touches is None else bool(deciding_bodies(facts.law, matter.touches))
