"""The stretches that several ways share: gathering words, statutory meeting, publication, work, archive, hearings and the like."""

from __future__ import annotations

import re

from tests.acts.dongning.tables import LEVEL
from tests.acts.systems.rows import Row, Seen, Stage, hard, soft

CONVENER, CLERK = "convener", "clerk"
DUTY = (CONVENER, CLERK)


def personal(text: str) -> bool:
    return bool(re.search(r"1[3-9]\d{9}", text or ""))


def _exempted(s: Seen) -> bool:
    return s.filled("ground", "approver", "note")


def _clean(s: Seen) -> bool:
    return not personal(s.of("text", "")) or bool(s.of("consent") or s.of("legal_basis"))


def _on_board(s: Seen) -> bool:
    return bool(s.of("board", True) and s.of("poster"))


def _fifteen(s: Seen) -> bool:
    """V35, C34: what a village publishes hangs for fifteen days; the day of posting is not counted."""
    start = s.m.notices[-1].start if s.m.notices else None
    return LEVEL[s.m.unit] != "village" or (start is not None and (s.on - start).days >= 15)


def _open_objection(s: Seen) -> bool:
    return s.m.objections.get(s.of("objection") or "") == "open"


def _others_open(s: Seen) -> bool:
    return any(state == "open" and i != s.of("objection") for i, state in s.m.objections.items())


def _answer(s: Seen) -> str | None:
    return None if s.of("sustained") is None else "sustained" if s.of("sustained") else "answered"


def _last_answer(s: Seen) -> str | None:
    first = _answer(s)
    return first if first in (None, "sustained") else "open" if _others_open(s) else "clear"


def _after_period(s: Seen) -> str:
    return "objected" if "open" in s.m.objections.values() else "clear"


def publication(p: str, b: str) -> dict[str, Stage]:
    """公示: ``p`` and ``b`` are the letters under which its steps and conditions are written."""
    answer = {"answered": ".", "sustained": "@reopened"}
    rest = {"open": ".", "clear": "@closed", "sustained": "@reopened"}
    return {
        f"{p}1": Stage({
            "draft_notice": Row((CLERK, CONVENER), (hard(f"{b}1", "PIPL25", _clean),), f"{p}2"),
            "exempt_notice": Row((CLERK, CONVENER, "party"), (hard(f"{b}0", "", _exempted),), "@exempted"),
        }),
        f"{p}2": Stage({"post_notice": Row((CLERK, CONVENER), (soft(f"{b}2", "V35", _on_board),), f"{p}3")}),
        f"{p}3": Stage({
            "object": Row(("public", CLERK, "liaison")),
            "answer_objection": Row(DUTY, (hard(f"{b}4", "", _open_objection),), answer, _answer),
            "take_down": Row(DUTY, (hard(f"{b}3", "V35", _fifteen),), {"clear": "@closed", "objected": f"{p}4"}, _after_period),
        }),
        f"{p}4": Stage({"answer_objection": Row(DUTY, (hard(f"{b}5", "", _open_objection),), rest, _last_answer)}),
    }  # fmt: skip


def _unfinished(s: Seen) -> bool:
    return s.m.unfinished


def _solved_is_done(s: Seen) -> bool:
    return not (s.m.result == "solved" and s.m.unfinished)


def _resolved(s: Seen) -> str | None:
    if s.of("votes_for") is None or s.of("present") is None:
        return None
    return "passed" if s.o.carried(s.a) else "again" if s.of("retry") else "failed"


def taken_up(s: Seen) -> bool:
    """The meeting stands, and its day is not later than what is said to have happened there."""
    return s.meeting is not None and s.meeting.state != "called_off" and s.meeting.day <= s.on


def no_open_round(s: Seen) -> bool:
    return not s.m.open_round


def open_round(s: Seen) -> bool:
    return s.m.open_round


def _announced(field: str, days: int, s: Seen) -> bool:
    since = s.m.forum("hearing").get(field)
    return since is not None and (s.on - since).days >= days


def _all_signed(s: Seen) -> bool:
    present = s.m.forum("hearing").get("present")
    return present is not None and s.of("signed") is not None and s.of("signed") >= present


_CALL_OFF = {"call_off_hearing": Row(DUTY, (), "@called_off")}
_SUPERVISED = ("supervisor", CONVENER, CLERK)

FLOWS: dict[str, dict[str, Stage]] = {
    "screening": {
        "s1": Stage({"intake": Row(("public",), (), "s2")}),
        "s2": Stage({
            "merge": Row(("liaison", CLERK, CONVENER), (), "@merged"),
            "put_forward": Row(("liaison", CLERK, CONVENER), (), "@ready"),
        }),
    },
    "statutory_meeting": {
        "m1": Stage({"record_resolution": Row(
            ("statutory_body",), (), {"passed": "@passed", "again": "@again", "failed": "@failed"}, _resolved)}),
    },
    "publication": publication("p", "PB"),
    "result_publication": publication("r", "RB"),
    "tracking": {
        "k1": Stage({"set_tasks": Row((CONVENER,), (soft("TK1", "", lambda s: all(t.get("due") for t in s.of("tasks", ()))),), "k2")}),
        "k2": Stage({
            "report_progress": Row(("department", CLERK, CONVENER)),
            "finish_work": Row(("department", CLERK, CONVENER), (hard("TK2", "", lambda s: not s.m.unfinished),), "k3"),
        }),
        "k3": Stage({"check_work": Row(("supervisor",), (), {"done": "@done", "more": "k2"},
                                       lambda s: "done" if s.of("satisfied") else "more")}),
    },
    "archive": {
        "a1": Stage({
            "accept_archive": Row(("archivist",), (
                hard("AR1", "", lambda s: s.o.system.archive(s.m) <= s.o.file_of(s.m)), hard("AR3", "", _solved_is_done),
            ), "@accepted"),
            "report_progress": Row(("department", CLERK, CONVENER), when=_unfinished),
            "return_file": Row(("archivist",)),
        }),
    },
    "round": {
        "L-6R": Stage({
            "take_up": Row((), (hard("RD1", "", taken_up), hard("RD2", "", no_open_round))),
            "conclude": Row((), (hard("RD3", "", open_round),), "@held"),
        }),
    },
    "hearing": {
        "h1": Stage({"announce_hearing": Row(DUTY, (), "h2")}),
        "h2": Stage({"name_delegates": Row(DUTY, (), "h3"), **_CALL_OFF}),
        "h3": Stage({"send_papers": Row(DUTY, (), "h4"), **_CALL_OFF}),
        "h4": Stage({
            "hold_hearing": Row(DUTY, (soft("HR1", "", lambda s: _announced("announced", 10, s)),
                                       soft("HR2", "", lambda s: _announced("papers", 7, s))), "h5"),
            **_CALL_OFF,
        }),
        "h5": Stage({"sign_record": Row(DUTY, (soft("HR3", "", _all_signed),), "h6")}),
        "h6": Stage({"answer_hearing": Row(DUTY, (), "@heard")}),
    },
    "coordinate": {
        "c1": Stage({"open_coordination": Row(DUTY, (), "c2")}),
        "c2": Stage({"look_into": Row((*DUTY, "department"), (), "c3")}),
        "c3": Stage({"hold_coordination": Row(DUTY, (), {"agreed": "c4", "again": ".", "differed": "@differed"},
                                              lambda s: s.of("outcome"))}),
        "c4": Stage({"look_back": Row((*DUTY, "supervisor"), (), "@agreed")}),
    },
    "appraise": {
        "e1": Stage({"set_appraisal": Row(_SUPERVISED, (), "e2"), "skip_appraisal": Row(("supervisor", CONVENER), (), "@skipped")}),
        "e2": Stage({"call_appraisal": Row(_SUPERVISED, (), "e3")}),
        "e3": Stage({"hold_appraisal": Row(_SUPERVISED, (), "e4")}),
        "e4": Stage({"show_appraisal": Row(_SUPERVISED, (), "e5")}),
        "e5": Stage({"answer_appraisal": Row((*DUTY, "department"), (), "@done")}),
    },
    "gathering": {"o1": Stage({"open_gathering": Row((CONVENER,), (), "o2")}),
                  "o2": Stage({"close_gathering": Row((CONVENER,), (), "@closed")})},
}  # fmt: skip

OVER: dict[str, tuple[set[str], set[str]]] = {
    "statutory_meeting.passed": ({"decided"}, set()), "publication.closed": ({"published"}, set()),
    "publication.reopened": (set(), {"consulted", "decided"}), "publication.exempted": ({"exempted"}, set()),
    "result_publication.closed": ({"published"}, set()), "result_publication.exempted": ({"exempted"}, set()),
    "tracking.done": ({"implemented"}, set()),
}  # fmt: skip
"""The marks that the end of such a stretch sets and takes back."""

GIVEN_UP = {"hearing": "hearing", "coordinate": "coordination"}
