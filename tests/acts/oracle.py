"""What may be done, said a second time: the Dongning way in plain Python, written from the rule's text.

It shares no code with the gates. It knows a matter by a few plain words, and says for every act what stands against it
(``against``) and, once it was done, what has changed (``done``). The random walks compare it with ``perform``, both ways.
All days lie in 2026, so there is one law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.acts import voices
from tests.acts.voices import Voices

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


@dataclass
class Ask:
    """One act as the walk asks for it."""

    name: str
    on: date
    by: str
    data: dict[str, Any] = field(default_factory=dict)
    decided: dict[str, Any] | None = None
    subject: str | None = None
    unit: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass
class Post:
    id: str
    person: str
    unit: str
    role: str
    since: date
    until: date | None = None

    def held(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass
class Session:
    """A meeting: called, held or called off."""

    id: str
    unit: str
    called: date
    day: date
    convener: str | None
    departments: set[str]
    invited: list[str]
    state: str = "called"
    notice: bool = False
    summary: bool = False
    begun: date | None = None
    form: str = ""
    recorder: bool = False
    kinds: set[str] = field(default_factory=set)  # as what those are invited who were invited


@dataclass
class Round:
    meeting: str
    taken_up: date | None = None
    outcome: str | None = None
    agreed: bool = False
    form: str = ""
    during: bool = False  # while the decision was being carried out


@dataclass
class Side:
    visited: bool = False
    agreed: bool = False
    before: bool = False  # visited before the last divided result


@dataclass
class Notice:
    start: date | None = None
    posted_by_entry: str | None = None


@dataclass
class Topic:
    """A matter."""

    id: str
    unit: str
    last: date
    opinions: set[str]
    stage: str = "collected"
    notice: str | None = None
    work: str | None = None
    marks: set[str] = field(default_factory=set)
    large: bool = False
    deep: bool = False
    touches: tuple[str, ...] = ()
    department: str = ""
    involved: bool = False  # the first convener is a side in it
    sides: dict[str, Side] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    objections: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, tuple[str, str]] = field(default_factory=dict)  # state, owner
    result: str = ""
    overrides: list[str] = field(default_factory=list)
    papers: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    resolved: bool = False
    shown: bool = False  # it was screened and stands on the board
    voices: Voices = field(default_factory=Voices)
    asked: str = ""  # the unit that a report was sent to and that has not answered yet

    @property
    def unfinished(self) -> bool:
        return any(state not in ("done", "not_done") for state, _ in self.tasks.values())

    @property
    def ended(self) -> bool:
        return self.stage in ENDS


@dataclass
class Decided:
    post: str | None = None
    role: str | None = None
    body: str | None = None
    unit: str = ""
    paper: str | None = None


class Oracle:
    """The whole village as it should be."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.topics: dict[str, Topic] = {}
        self.meetings: dict[str, Session] = {}
        self.entries: dict[str, tuple[str, str, dict[str, Any]]] = {}  # id: act, subject, data
        self.people: set[str] = set()
        self.conveners: dict[str, tuple[str, ...]] = CONVENERS

    # ── judging ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def against(self, ask: Ask, today: date) -> list[str]:
        """Everything that stands against an act; nothing: it may be done."""
        if lacking := [n for n in REQUIRED.get(ask.name, ()) if ask.data.get(n) in (None, "", [])]:
            return [f"{ask.name} without {', '.join(lacking)}"]
        unit = self._unit(ask)
        if unit is None:
            return ["there is no such subject"]
        return list(self._against(ask, unit, today))

    def _unit(self, ask: Ask) -> str | None:
        if ask.name in ("intake", "convene") or ask.name in OF_UNITS:
            return ask.unit if ask.unit in ABOVE else None
        if ask.name in AT_MEETINGS:
            return self.meetings[ask.subject].unit if ask.subject in self.meetings else None
        return self.topics[ask.subject].unit if ask.subject in self.topics else None

    def _against(self, ask: Ask, unit: str, today: date) -> Iterator[str]:
        topic = self.topics.get(ask.subject or "") if ask.name not in AT_MEETINGS else None
        meeting = self.meetings.get(ask.subject or "") if ask.name in AT_MEETINGS else None
        decided = self._decided(ask, unit, topic, meeting)
        if ask.on > today:
            yield "it has not happened yet"
        if not self._types(ask, unit, today, decided, topic, meeting):
            yield f"{ask.by} may not enter it"
        named = ask.decided or {}
        if (named.get("post") or named.get("role")) and not named.get("body") and decided is None:
            yield "nobody held that post"
        if topic is not None and ask.name != "correct" and ask.on < topic.last:
            yield "something later has happened already"
        if ask.name in voices.NAMES and topic is not None:
            yield from self._voices(ask, topic, decided)
            return
        judge = getattr(self, f"_{ask.name}", None)
        if judge is None:
            raise KeyError(ask.name)
        if topic is not None:
            yield from judge(ask, topic, decided)
        elif meeting is not None:
            if ask.name != "register_reply":
                yield from self._still_called(ask, meeting)
            yield from judge(ask, meeting, decided)
        else:
            yield from judge(ask, unit, decided)

    def _decided(self, ask: Ask, unit: str, topic: Topic | None, meeting: Session | None) -> Decided | None:
        """Who decided: the body named, or who held the post on the day, the nearest unit first."""
        default = DECIDES.get(ask.name)
        if ask.name == "record_resolution":
            default = ask.data.get("body")
        named = ask.decided or ({"body": default} if default else {})
        if named.get("body"):
            return Decided(body=named["body"], unit=named.get("unit") or unit, paper=named.get("paper"))
        held = [p for p in self.posts.values() if p.held(ask.on) and self._reaches(p, unit, topic, meeting)]
        if named.get("post"):
            found = [p for p in held if p.id == named["post"]]
        elif named.get("role"):
            found = [p for p in held if p.role == named["role"] and self._over(p.unit, unit)]
        else:
            found = [p for p in held if p.person == ask.by]
        if not found:
            return None
        deepest = max(len(ABOVE[p.unit]) for p in found)
        chosen = next(p for p in sorted(found, key=self._age) if len(ABOVE[p.unit]) == deepest)
        return Decided(chosen.id, chosen.role, None, chosen.unit)

    def _age(self, post: Post) -> tuple[date, str]:
        return post.since, post.id

    def _over(self, upper: str, unit: str) -> bool:
        return upper == unit or upper in ABOVE[unit]

    def _reaches(self, post: Post, unit: str, topic: Topic | None, meeting: Session | None) -> bool:
        return self._over(post.unit, unit) or (
            post.role.startswith("department") and self._concerned(post.unit, topic, meeting)
        )

    def _concerned(self, unit: str, topic: Topic | None, meeting: Session | None) -> bool:
        name = DEPARTMENTS.get(unit, "—")
        if topic is not None:
            return topic.department == name or any(owner == name for _, owner in topic.tasks.values())
        return meeting is not None and name in meeting.departments

    def _types(self, ask: Ask, unit: str, today: date, decided: Decided | None, topic: Topic | None,
               meeting: Session | None) -> bool:  # fmt: skip
        if ask.by == "public":
            return ask.name in PUBLIC
        if ask.by == "system":
            return ask.name in ("appoint", "release", "erase")
        for post in self.posts.values():
            if post.person != ask.by or not post.held(today):
                continue
            named = post.role in ENTERS.get(ask.name, ())
            if self._over(post.unit, unit):
                own = post.unit == unit
                if post.role == "clerk" or (own and named):
                    return True
                if decided is not None and decided.post == post.id:
                    judged = ask.name not in ANYWHERE | AT_MEETINGS | OF_UNITS | {"take_up", "conclude"}
                    convener = own and ask.name not in OF_UNITS and post.role in self.conveners[LEVEL[unit]]
                    if judged or named or convener:
                        return True
            elif named and post.role.startswith("department") and self._concerned(post.unit, topic, meeting):
                return True
        return False

    # ── who decides ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _by_convener(self, topic: Topic, decided: Decided | None, involved: bool = False) -> str | None:
        """None when a convener of the matter's own level decided, and not the first one where he is a side in it."""
        level = LEVEL[topic.unit]
        if decided is None or decided.role not in CONVENERS[level] or LEVEL[decided.unit] != level:
            return "a convener decides this"
        steps_back = (topic.involved or involved) and len(CONVENERS[level]) > 1
        return (
            "the first convener is a side in it"
            if steps_back and decided.role == CONVENERS[level][0]
            else None
        )

    def _by_post(self, decided: Decided | None, *roles: str) -> bool:
        return decided is not None and decided.role in roles and LEVEL[decided.unit] in ("town", "village")

    def _by(self, topic: Topic, decided: Decided | None, *roles: str, body: str = "") -> Iterator[str]:
        """A convener, or one of these roles of the village or town, or this body."""
        if self._by_post(decided, *roles) or (body and decided is not None and decided.body == body):
            return
        if problem := self._by_convener(topic, decided):
            yield problem

    def _at(self, topic: Topic, *stages: str) -> Iterator[str]:
        if topic.stage not in stages:
            yield f"the matter is at {topic.stage}"

    def _let_pass(self, topic: Topic, gate: str) -> bool:
        return gate in topic.overrides

    def _reason(self, ask: Ask, gate: str) -> bool:
        return bool(ask.reasons.get(gate, "").strip())

    # ── the acts, in the order of the way ───────────────────────────────────────────────────────────────────────────

    def _intake(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        if LEVEL[unit] == "county":
            yield "a county deliberates nothing"

    def _merge(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "collected")
        yield from self._by(topic, decided, "cppcc_member", "grid_worker", "clerk")
        into = self.topics.get(ask.data["into"])
        if into is None or into.unit != topic.unit or into is topic or into.ended:
            yield "it cannot go on in that one"

    def _put_forward(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "collected")
        yield from self._by(topic, decided, "cppcc_member", "grid_worker", "clerk")

    def _screen(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "screening")
        if problem := self._by_convener(topic, decided, bool(ask.data.get("convener_is_party"))):
            yield problem
        four = [ask.data.get(q) for q in ("against_policy", "private_dispute", "unfair", "deep_division")]
        if None in four:
            yield "each of the four has to be answered"
        named = (
            ask.data.get("discuss")
            or ask.data.get("other_reason")
            or True in four
            or self._reason(ask, "D-G1")
        )
        if not named:
            yield "it is none of the three, and nobody says why"
        known = VILLAGE_SUBJECTS if LEVEL[topic.unit] == "village" else {}
        if any(t not in known for t in ask.data.get("touches", ())):
            yield "the law gives this to nobody here"

    def _name_parties(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _visit(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "door")
        yield from self._by(topic, decided)
        if ask.data["party"] not in topic.sides:
            yield "there is no such side"

    def _settle_door(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "door")
        yield from self._by(topic, decided)
        if ask.data["result"] == "agreed" and any(s.visited and not s.agreed for s in topic.sides.values()):
            yield "a side has not agreed"
        if (
            ask.data["result"] != "go_on"
            and not self._all_visited(topic)
            and not self._let_pass(topic, "D-G3")
        ):
            yield "not every side was visited"

    def _all_visited(self, topic: Topic) -> bool:
        return bool(topic.sides) and all(s.visited for s in topic.sides.values())

    def _study(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "study")
        if decided is None or decided.body != "council":
            yield "the council studies"

    def _approve(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "approval")
        if decided is None or decided.body != "party" or decided.unit != topic.unit or not decided.paper:
            yield "the party organisation of the same unit approves, on paper"

    def _table(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "invite", "meeting")
        yield from self._by(topic, decided)
        if topic.stage == "meeting" and topic.rounds[-1].taken_up is not None:
            yield "it is being deliberated"
        meeting = self.meetings.get(ask.data["meeting"])
        if meeting is None or meeting.unit != topic.unit:
            yield "there is no such meeting"
            return
        if meeting.state == "called_off" or (meeting.state == "held" and meeting.day < ask.on):
            yield "that meeting takes up nothing more"
        uninvited = topic.department and topic.department not in meeting.departments
        gate = "D-G6" if topic.stage == "invite" else "D-G6b"
        if topic.stage in ("invite", "meeting") and uninvited and not self._reason(ask, gate):
            yield "the department is not invited, and nobody says why"

    def _take_up(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "meeting")
        meeting = self.meetings.get(ask.data["meeting"])
        if meeting is None or meeting.unit != topic.unit:
            yield "there is no such meeting"
            return
        if topic.stage != "meeting":
            return
        last = topic.rounds[-1]
        if last.meeting != meeting.id:
            yield "it is not on this agenda"
        if last.taken_up is not None and last.outcome is None:
            yield "the last round has no result yet"
        if meeting.state == "called_off":
            yield "the meeting was called off"
        elif ask.on < meeting.day or (meeting.state == "held" and ask.on != meeting.day):
            yield "the meeting was on another day"
        elif meeting.begun not in (None, ask.on):
            yield "the meeting began on another day"
        gate = "D-G7" if LEVEL[topic.unit] == "town" else "D-G8"
        if not self._convened_rightly(topic, meeting) and not self._let_pass(topic, gate):
            yield "it was not convened by whom the rule names"
        agreed = self._all_visited(topic) and all(s.agreed for s in topic.sides.values())
        if (topic.large or topic.deep) and not agreed and not self._let_pass(topic, "D-G10"):
            yield "the sides have not agreed yet"

    def _convened_rightly(self, topic: Topic, meeting: Session) -> bool:
        post = self.posts.get(meeting.convener or "")
        posts = CONVENERS[LEVEL[topic.unit]]
        if post is None or post.unit != topic.unit or not post.held(meeting.day) or post.role not in posts:
            return False
        return not (topic.involved and len(posts) > 1 and post.role == posts[0])

    def _conclude(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "meeting")
        meeting = self.meetings.get(ask.data["meeting"])
        if meeting is None or meeting.unit != topic.unit:
            yield "there is no such meeting"
            return
        if topic.stage != "meeting":
            return
        last = topic.rounds[-1]
        if last.meeting != meeting.id or last.taken_up is None or last.outcome is not None:
            yield "this meeting has not taken it up"
        day = meeting.day if meeting.state == "held" else meeting.begun
        overtaken = day is not None and topic.last > day  # by a reply given since, for instance
        if meeting.state == "called_off" or (ask.on != day and not overtaken):
            yield "the meeting was on another day, or was called off"

    def _record_resolution(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "statutory")
        yield from self.lawful(ask, topic, decided)

    def lawful(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        """By the organic laws of village and collective, as they stand in 2026: the body, its notice, its quorum."""
        d, body = ask.data, ask.data["body"]
        if decided is None or decided.body != body:
            yield "another body decided"
        if (
            d["present"] > d["total"]
            or d["votes_for"] + d.get("against", 0) + d.get("abstained", 0) > d["present"]
        ):
            yield "the numbers cannot be"
        if body not in BODIES:
            yield "the law knows no such meeting in a village"
            return
        days, excusable, delegated = BODIES[body]
        sent = date.fromisoformat(d["notice_on"]) if d.get("notice_on") else None
        ahead = (ask.on - sent).days if sent else -1
        if days is not None and ahead < days and not (excusable and d.get("special_reason")):
            yield "the notice was too short"
        if days is None and ahead < 3 and not self._reason(ask, "MT1b"):
            yield "the notice was short, and nobody says why"
        studied = body in ("assembly", "representatives", "collective_assembly")
        if studied and (not d.get("party_study_on") or date.fromisoformat(d["party_study_on"]) > ask.on):
            yield "the party organisation studies it first"
        if delegated and not d.get("authorised_by"):
            yield "the representatives need their authorisation"
        given = [VILLAGE_SUBJECTS[t] for t in topic.touches if t in VILLAGE_SUBJECTS]
        fit = set.intersection(*given) if given else set()
        if given and body not in (fit or set().union(*given)):
            yield "the law gives it to another body"
        if d["present"] < _quorum(body, d.get("basis"), d["total"]):
            yield "too few came"

    def _report_up(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "above")
        if decided is None or decided.body != "party":
            yield "the party organisation reports"
        yield from self.upward(ask, topic)

    def upward(self, ask: Ask, topic: Topic) -> Iterator[str]:
        """It goes to a unit above, or to a department beside or above."""
        to = ask.data.get("to_unit") or ABOVE[topic.unit][0]
        beside = to in DEPARTMENTS and ABOVE[to][0] in ABOVE[topic.unit]
        if to not in ABOVE[topic.unit] and not beside:
            yield "that is not above"

    def _record_return(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "above")
        if decided is None or decided.body not in ("party", "town_party", "department"):
            yield "a body of the unit above answers"
        elif decided.unit != topic.asked:
            yield "nothing was asked of that unit"

    def _draft_notice(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "draft":
            yield "there is nothing to draft"
        yield from self._by(topic, decided, "clerk")
        if re.search(r"1[3-9]\d{9}", ask.data["text"]) and not (
            ask.data.get("consent") or ask.data.get("legal_basis")
        ):
            yield "it names somebody's telephone"

    def _exempt_notice(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "draft":
            yield "there is nothing to exempt"
        yield from self._by(topic, decided, "clerk", body="party")

    def _post_notice(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "posting":
            yield "there is nothing to post"
        yield from self._by(topic, decided, "clerk")
        d = ask.data
        board, poster, witness = d.get("board", True), d.get("poster"), d.get("witness")
        if not board and not d.get("online", True):
            yield "posted nowhere"
        if any(p and p not in self.posts for p in (poster, witness)):
            yield "there is no such post"
        if poster and poster == witness:
            yield "nobody witnesses himself"
        if not (board and poster) and not self._reason(ask, "PB2"):
            yield "not on the board by somebody named, and nobody says why"

    def _object(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "board":
            yield "nothing hangs on the board"

    def _answer_objection(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice not in ("board", "answers"):
            yield "nothing is published"
        yield from self._by(topic, decided, "clerk")
        if topic.objections.get(ask.data["objection"]) != "open":
            yield "there is no such open objection"

    def _take_down(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "board":
            yield "nothing hangs on the board"
            return
        yield from self._by(topic, decided, "clerk")
        start = topic.notices[-1].start
        if LEVEL[topic.unit] == "village" and (start is None or (ask.on - start).days < 15):
            yield "fifteen days are not over"

    def _set_tasks(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.work != "tasks":
            yield "tasks are not due"
        yield from self._by(topic, decided)
        if any(not t.get("due") for t in ask.data["tasks"]) and not self._reason(ask, "TK1"):
            yield "a task has no day, and nobody says why"

    def _report_progress(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        again = topic.stage in ("carrying", "closing", "archiving") and topic.unfinished
        if topic.work != "work" and not again:
            yield "no work is under way"
        yield from self._by(topic, decided, "department_head", "clerk")
        if ask.data["task"] not in topic.tasks:
            yield "there is no such task"

    def _finish_work(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.work != "work":
            yield "no work is under way"
        yield from self._by(topic, decided, "department_head", "clerk")
        if topic.unfinished:
            yield "a task is neither done nor explained"

    def _check_work(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.work != "check" and not (topic.stage == "closing" and topic.unfinished):
            yield "there is nothing to check"
        if not self._by_post(decided, "supervision_head", "supervision_member"):
            yield "the supervision committee checks"

    def _close(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "closing")
        yield from self._by(topic, decided)
        if not (ask.data.get("result") and ask.data.get("note")) and not self._reason(ask, "D-G12"):
            yield "nobody says how it ended, nor why not"
        if ask.data.get("result") == "solved" and topic.unfinished:
            yield "what is not finished is not solved"

    def _accept_archive(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "archiving")
        if not self._by_post(decided, "archivist"):
            yield "the archivist takes it over"
        if topic.stage == "archiving" and not self._file_complete(topic) and not self._let_pass(topic, "AR1"):
            yield "papers are missing"
        if topic.result == "solved" and topic.unfinished:
            yield "what is not finished is not solved"

    def file_of(self, topic: Topic) -> set[str]:
        """What lies in the file: what entries made, and what came of its meetings."""
        there = set(topic.papers)
        for each in topic.rounds:
            if each.taken_up is None:
                continue
            meeting = self.meetings[each.meeting]
            there |= {"meeting_notice"} if meeting.notice else set()
            if meeting.state == "held":
                there |= {"sign_in"} | ({"minutes"} if meeting.summary or each.agreed else set())
        return there

    def _file_complete(self, topic: Topic) -> bool:
        """What is always there by now (registration, screening, study, approval, task list, note on the end) is not asked
        again."""
        there = self.file_of(topic)
        if topic.resolved:
            there |= {"resolution"}
        wanted = {"meeting_notice", "sign_in", "minutes", "reply"}
        if any(s.visited or s.before for s in topic.sides.values()):
            there |= {"door_talk"}
        if "decided" in topic.marks:
            wanted |= {"resolution"}
        return wanted <= there

    def _return_file(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "archiving")
        if not self._by_post(decided, "archivist"):
            yield "the archivist gives it back"

    # ── asking and choosing people ──────────────────────────────────────────────────────────────────────────────────

    def _voices(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.name in voices.CONVENER and (problem := self._by_convener(topic, decided)):
            yield problem
        yield from voices.against(self, ask, topic)

    # ── acts at any time ────────────────────────────────────────────────────────────────────────────────────────────

    def _reply(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.stage == "refusal":
            yield from self._by(topic, decided)
            if not ask.data.get("redirect") and not self._reason(ask, "D-G13"):
                yield "nobody says where to go with it, nor why not"

    def _told(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.data["opinion"] not in topic.opinions:
            yield "nobody said this here"

    def _confirm(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.ended or not (topic.tasks or topic.result):
            yield "too early, or too late"

    def _withdraw(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _keep_paper(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _erase(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if any(t.startswith("no-") for t in ask.data["texts"]):
            yield "there is no such text"

    def _override(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.data["gate"] not in EXCEPTIONS:
            yield "there is no exception from this"
        if (
            decided is None
            or decided.body not in ("party", "town_party")
            or decided.unit != ABOVE[topic.unit][0]
        ):
            yield "only the party committee of the unit above allows exceptions"

    def _correct(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        d = ask.data
        act, subject, _ = self.entries.get(f"{topic.unit}.{d['entry']}", ("", "", {}))
        if subject != topic.id and subject not in {r.meeting for r in topic.rounds}:
            yield "that entry is not about this matter"
        elif d["field"] not in CORRECTABLE.get(act, ()):
            yield "this cannot be corrected"
        elif not self._fits(d["field"], d.get("value", ""), d.get("text")):
            yield "the value does not fit"

    def _fits(self, name: str, value: str, text: str | None) -> bool:
        if name == "title":
            return bool(text) and len(text or "") <= 60
        if name == "dispute":
            return value in ("small", "large")
        if name == "result":
            return value in ("solved", "partly", "unsolved")
        if name in ("others", "pages"):
            least, most = (0, 10_000) if name == "others" else (1, 10_000)
            return value.isdigit() and least <= int(value) <= most
        if name == "happened_on":
            return bool(re.fullmatch(r"2026-\d\d-\d\d", value))
        if name == "time":
            return bool(re.fullmatch(r"(([01]\d|2[0-3]):[0-5]\d)?", value))
        return len(value) <= 80 and (name == "department" or bool(value.strip()))

    def _acknowledge(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.data["flag"] not in topic.flags:
            yield "there is no such flag"
        if decided is None or decided.role not in ("party_secretary", "deputy_party_secretary"):
            yield "the secretary or the deputy takes note"

    # ── meetings, posts ─────────────────────────────────────────────────────────────────────────────────────────────

    def _still_called(self, ask: Ask, meeting: Session) -> Iterator[str]:
        if meeting.state != "called":
            yield "the meeting is over"
        if ask.on < meeting.called:
            yield "it was not called yet"

    def _convene(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        d = ask.data
        if date.fromisoformat(d["held_on"]) < ask.on:
            yield "it cannot be called afterwards"
        if any(p and p not in self.posts for p in (d.get("convener"), d.get("recorder"))):
            yield "there is no such post"

    def _give_notice(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _register_reply(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        if ask.data["invitation"] not in meeting.invited:
            yield "there is no such invitation"

    def _hold_meeting(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        if any(i not in meeting.invited for i in ask.data.get("absent", ())):
            yield "there is no such invitation"
        if meeting.begun not in (None, ask.on):
            yield "its matters were taken up on another day"

    def _call_off(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        if meeting.begun is not None:
            yield "it has begun"

    def _appoint(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        if not ask.data.get("name") and ask.data["person"] not in self.people:
            yield "a new person needs a name"

    def _release(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        post = self.posts.get(ask.data["post"])
        if post is None or post.unit != unit or post.until is not None or post.since > ask.on:
            yield "there is no such post to end"

    # ── what changes ────────────────────────────────────────────────────────────────────────────────────────────────

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
                if _carried(d["body"], d):
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
        elif d["field"] == "happened_on":
            for notice in t.notices:
                if notice.posted_by_entry == f"{t.unit}.{d['entry']}":
                    notice.start = date.fromisoformat(d["value"])


def carried(d: Mapping[str, Any]) -> bool:
    """Whether the meeting decided in favour."""
    return _carried(d["body"], d)


def _quorum(body: str, basis: str | None, total: int) -> int:
    """How many have to come, by the organic laws of village and collective."""
    if body == "collective_representatives":
        return 0  # the law names a majority only
    if body == "assembly" and basis != "households":
        return total // 2 + 1
    return -(-total * 2 // 3)


def _carried(body: str, d: Mapping[str, Any]) -> bool:
    if body.startswith("collective"):
        return bool(d["votes_for"] >= -(-d["total"] * 2 // 3))
    return bool(d["votes_for"] >= d["present"] // 2 + 1)
