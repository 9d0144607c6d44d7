"""What has changed once an act was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.acts import voices
from tests.acts.dongning.counting import carried
from tests.acts.dongning.entitled import Entitled
from tests.acts.dongning.known import Ask, Notice, Post, Round, Session, Side, Topic
from tests.acts.dongning.tables import ABOVE, ASIDE, AT_MEETINGS, LEVEL, OF_UNITS


class Changes(Entitled):
    """The village after an act."""

    def done(self, ask: Ask, entry: str, subject: str, today: date) -> None:
        """An act was done: ``entry`` is the id of its entry, ``subject`` the matter or meeting it is about."""
        if ask.name in OF_UNITS:
            self._post_changed(ask, entry)
            return
        self.entries[entry] = (ask.name, subject, ask.data)
        if ask.name == "convene":
            d = ask.data
            guests = d.get("guests", ())
            self.meetings[subject] = Session(
                subject, ask.unit or "", ask.on, date.fromisoformat(d["held_on"]), d.get("convener"),
                {g["department"] for g in guests if g.get("department")}, [f"{entry}.{n}" for n in range(len(guests))],
            )  # fmt: skip
        elif ask.name in AT_MEETINGS:
            self._meeting_changed(ask, self.meetings[subject])
        elif ask.name == "intake":
            self.topics[subject] = Topic(subject, ask.unit or "", ask.on, {f"{entry}.0"})
        else:
            topic = self.topics[subject]
            self._topic_changed(ask, topic, entry)
            if ask.name != "correct" and ask.name not in ASIDE:
                topic.last = ask.on

    def _post_changed(self, ask: Ask, entry: str) -> None:
        if ask.name == "release":
            self.posts[ask.data["post"]].until = ask.on
            return
        d = ask.data
        since = date.fromisoformat(d["since"]) if d.get("since") else ask.on
        self.posts[f"{entry}.0"] = Post(f"{entry}.0", d["person"], ask.unit or "", d["role"], since)
        self.people.add(d["person"])

    def _meeting_changed(self, ask: Ask, meeting: Session) -> None:
        if ask.name == "give_notice":
            meeting.notice = True
        elif ask.name == "hold_meeting":
            meeting.state, meeting.day, meeting.summary = "held", ask.on, bool(ask.data.get("summary"))
        elif ask.name == "call_off":
            meeting.state = "called_off"

    def _topic_changed(self, ask: Ask, t: Topic, entry: str) -> None:
        d = ask.data
        if ask.name in voices.NAMES:
            voices.done(ask, t, entry)
            return
        match ask.name:
            case "merge":
                t.stage = "merged"
                self.topics[d["into"]].opinions |= t.opinions
                t.opinions = set()
            case "put_forward":
                t.stage = "screening"
            case "screen":
                t.large, t.deep = d.get("dispute", "small") == "large", bool(d.get("deep_division"))
                t.touches, t.department = tuple(d.get("touches", ())), d.get("department", "")
                t.involved = bool(d.get("convener_is_party"))
                no = any(d.get(q) for q in ("against_policy", "private_dispute", "unfair"))
                t.stage = "refusal" if no else "door" if t.large or t.deep else "study"
                t.shown = not no
            case "name_parties":
                t.sides |= {f"{entry}.{n}": Side() for n in range(len(d["parties"]))}
            case "visit":
                t.sides[d["party"]] = Side(True, d["agreed"])
            case "settle_door":
                if d["result"] != "go_on":
                    if not self._all_visited(t):
                        t.overrides.remove("D-G3")
                    t.stage = "study" if d["result"] == "agreed" else "refusal"
            case "study":
                t.stage = "approval"
            case "approve":
                t.stage, t.shown = ("invite", True) if d["approved"] else ("refusal", False)
            case "table":
                t.rounds.append(Round(d["meeting"]))
                t.stage = "meeting"
            case "take_up":
                self._taken_up(ask, t)
            case "conclude":
                self._concluded(d, t)
            case "record_resolution":
                t.resolved = True
                if carried(d):
                    t.marks |= {"decided"}
                    self._carry(t)
                else:
                    t.stage = "invite" if d.get("retry") else "refusal"
            case "report_up":
                t.asked = d.get("to_unit") or ABOVE[t.unit][0]
            case "record_return":
                t.asked = ""
                if d["result"] == "discuss_again":
                    t.stage = "invite"
                elif t.touches and "decided" not in t.marks:
                    t.stage = "statutory"
                else:
                    self._carry(t)
            case "draft_notice":
                t.notices.append(Notice())
                t.notice = "posting"
            case "exempt_notice":
                t.marks |= {"exempted"}
                self._notice_over(t)
            case "post_notice":
                t.notices[-1] = Notice(ask.on, entry)
                t.notice = "board"
            case "object":
                t.objections[f"{entry}.0"] = "open"
            case "answer_objection":
                self._answered(d, t)
            case "take_down":
                if "open" in t.objections.values():
                    t.notice = "answers"
                else:
                    t.marks |= {"published"}
                    self._notice_over(t)
            case "set_tasks":
                t.tasks |= {f"{entry}.{n}": ("open", x["owner"]) for n, x in enumerate(d["tasks"])}
                t.work = "work"
            case "report_progress":
                t.tasks[d["task"]] = (d.get("state", "doing"), t.tasks[d["task"]][1])
            case "finish_work":
                t.work = "check"
            case "check_work":
                if not d["satisfied"]:
                    self._doubt(t)
                if t.stage == "closing":
                    return
                if d["satisfied"]:
                    t.marks |= {"implemented"}
                    t.work = None
                    self._both_over(t)
                else:
                    t.work = "work"
            case "close":
                t.result, t.stage = d.get("result") or "", "archiving"
            case "accept_archive":
                if not self._file_complete(t):
                    t.overrides.remove("AR1")
                t.stage = "completed"
            case "reply":
                t.marks |= {"replied"}
                t.papers |= {"reply"}
                if t.stage == "refusal":
                    t.stage = "stopped" if any(r.taken_up for r in t.rounds) else "refused"
            case "confirm":
                if not d["solved"]:
                    self._doubt(t)
            case "keep_paper":
                t.papers.add(d["kind"])
            case "override":
                t.overrides.append(d["gate"])
            case "correct":
                self._corrected(d, t)
            case "acknowledge":
                t.flags.discard(d["flag"])

    def _taken_up(self, ask: Ask, t: Topic) -> None:
        meeting = self.meetings[ask.data["meeting"]]
        gate = "D-G7" if LEVEL[t.unit] == "town" else "D-G8"
        if not self._convened_rightly(t, meeting):
            t.overrides.remove(gate)
        if (t.large or t.deep) and not (self._all_visited(t) and all(s.agreed for s in t.sides.values())):
            t.overrides.remove("D-G10")
        t.rounds[-1].taken_up = ask.on
        meeting.begun = ask.on

    def _concluded(self, d: Mapping[str, Any], t: Topic) -> None:
        t.rounds[-1].outcome, t.rounds[-1].agreed = d["outcome"], bool(d.get("agreed") or d.get("speech"))
        if d["outcome"] == "divided":  # what was said at the doors before counts no more
            t.sides = {side: Side(False, False, s.visited or s.before) for side, s in t.sides.items()}
        if d["outcome"] in ("consensus", "escalate"):
            t.marks |= {"consulted"}
        if d["outcome"] == "consensus":
            if t.touches and "decided" not in t.marks:
                t.stage = "statutory"
            else:
                self._carry(t)
        else:
            t.stage = {"again": "invite", "divided": "door", "escalate": "above"}[d["outcome"]]

    def _carry(self, t: Topic) -> None:
        t.stage, t.notice, t.work = "carrying", "draft", "tasks"

    def _answered(self, d: Mapping[str, Any], t: Topic) -> None:
        t.objections[d["objection"]] = "sustained" if d["sustained"] else "answered"
        if d["sustained"]:
            t.marks -= {"consulted", "decided"}
            t.stage, t.notice, t.work = "invite", None, None
        elif t.notice == "answers" and "open" not in t.objections.values():
            t.marks |= {"published"}
            self._notice_over(t)

    def _notice_over(self, t: Topic) -> None:
        t.notice = None
        self._both_over(t)

    def _both_over(self, t: Topic) -> None:
        if t.notice is None and t.work is None:
            t.stage = "closing"

    def _doubt(self, t: Topic) -> None:
        t.tasks = {k: ("verify" if s == "done" else s, owner) for k, (s, owner) in t.tasks.items()}

    def _corrected(self, d: Mapping[str, Any], t: Topic) -> None:
        if d["field"] == "dispute":
            t.large = d["value"] == "large"
        elif d["field"] == "department":
            t.department = d["value"]
        elif d["field"] == "result":
            t.result = d["value"]
        elif d["field"] == "until":
            box = next(b for b in t.voices.boxes if b.entry == f"{t.unit}.{d['entry']}")
            box.until = date.fromisoformat(d["value"])
        elif d["field"] == "happened_on":
            for notice in t.notices:
                if notice.posted_by_entry == f"{t.unit}.{d['entry']}":
                    notice.start = date.fromisoformat(d["value"])
