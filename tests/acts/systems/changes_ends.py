"""What publication, work, closing and hearings change in what the tables know of a matter."""

from __future__ import annotations

from datetime import date

from tests.acts import voices
from tests.acts.dongning.known import Notice
from tests.acts.systems.changes import CHANGES, change
from tests.acts.systems.rows import Person, Seen

__all__ = ["CHANGES"]


@change("draft_notice")
def _draft(s: Seen, entry: str, outcome: str) -> None:
    s.m.notices.append(Notice())


@change("exempt_notice")
def _exempt(s: Seen, entry: str, outcome: str) -> None:
    s.m.notices.append(Notice())
    s.m.papers |= {"exemption"}


@change("post_notice")
def _post(s: Seen, entry: str, outcome: str) -> None:
    s.m.notices[-1].start = s.on
    s.m.papers |= {"publication", "posting_record"}
    if any(at in ("r2", "r3") for at in s.m.at.values()):
        s.m.papers |= {"result_publication"}


@change("object")
def _object(s: Seen, entry: str, outcome: str) -> None:
    s.m.objections[f"{entry}.0"] = "open"


@change("answer_objection")
def _answered(s: Seen, entry: str, outcome: str) -> None:
    s.m.objections[s.of("objection")] = "sustained" if s.of("sustained") else "answered"


@change("set_tasks")
def _tasks(s: Seen, entry: str, outcome: str) -> None:
    s.m.tasks |= {f"{entry}.{n}": ("open", t["owner"]) for n, t in enumerate(s.of("tasks"))}


@change("report_progress")
def _progress(s: Seen, entry: str, outcome: str) -> None:
    s.m.tasks[s.of("task")] = (s.of("state", "doing"), s.m.tasks[s.of("task")][1])


@change("check_work", "confirm")
def _doubted(s: Seen, entry: str, outcome: str) -> None:
    if not s.of("satisfied" if s.a.name == "check_work" else "solved"):
        s.m.tasks = {k: ("verify" if v == "done" else v, owner) for k, (v, owner) in s.m.tasks.items()}


@change("close")
def _close(s: Seen, entry: str, outcome: str) -> None:
    s.m.result = s.of("result") or ""
    s.m.papers |= {"closing_note", "adoption_table"}


@change("reply")
def _reply(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {"reply"} | ({"referral"} if s.of("redirect") else set())


@change("keep_paper")
def _paper(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {s.of("kind")}


@change("override")
def _exception(s: Seen, entry: str, outcome: str) -> None:
    s.m.overrides.append(s.of("gate"))


@change("announce_hearing", "open_coordination", "set_appraisal", "skip_appraisal")
def _forum(s: Seen, entry: str, outcome: str) -> None:
    kind = {"announce_hearing": "hearing", "open_coordination": "coordination"}.get(s.a.name, "appraisal")
    s.m.forums.append({"kind": kind, "announced": s.on})
    if s.a.name == "skip_appraisal":
        s.m.papers |= {"appraisal_record"}


@change("send_papers", "hold_hearing", "hold_coordination", "hold_appraisal")
def _forum_step(s: Seen, entry: str, outcome: str) -> None:
    kind = {"hold_coordination": "coordination", "hold_appraisal": "appraisal"}.get(s.a.name, "hearing")
    what: dict[str, date | int] = (
        {"papers": s.on} if s.a.name == "send_papers" else {"held": s.on, "present": s.of("present")}
    )
    s.m.forum(kind).update(what)
    if s.a.name == "hold_appraisal":
        s.m.papers |= {"appraisal_record"}


@change("call_off_hearing")
def _called_off(s: Seen, entry: str, outcome: str) -> None:
    s.m.forums = [f for f in s.m.forums if f is not s.m.forum("hearing")]


@change(*voices.NAMES)
def _voices(s: Seen, entry: str, outcome: str) -> None:
    voices.done(s.a, s.m, entry)
    for ident in s.m.voices.drawn.values():
        s.m.people.setdefault(ident, Person("resident", "people"))
    for ident in s.m.voices.gone:
        s.m.people[ident].reply = "not_coming"
    if s.a.name == "name_participants":
        for n, p in enumerate(s.of("participants", ())):
            s.m.people[f"{entry}.{n}"] = Person(
                p.get("kind", "member"), p.get("side", ""), p.get("group", "")
            )
    if s.a.name == "close_survey":
        s.m.papers |= {"survey_result"}
