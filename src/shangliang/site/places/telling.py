"""Few words for many acts: a place's units, posts and bodies, and one matter's story under a CPPCC room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shangliang.acts.act import SYSTEM, Act, Done
from shangliang.acts.perform import perform
from shangliang.cases.models import Task
from shangliang.cases.models_consulting import Participant, Suggestion
from shangliang.people.models import Post
from shangliang.site.telling import Days

SINCE = 390
"""Days ago on which the posts of a demonstration begin."""


def begin(today: date) -> Days:
    """A clock of its own for one place: books of different places do not wait for each other."""
    days = Days(today)
    days.now = datetime.combine(days.ago(SINCE), time(8), ZoneInfo("Asia/Shanghai"))
    return days


def found(days: Days, ident: str, name: str, kind: str, parent: str | None, **more: Any) -> None:
    data = {"name": name, "kind": kind, "parent": parent, **more}
    perform(Act("found_unit", days.now.date(), SYSTEM, data, unit=ident), clock=days)


def appoint(days: Days, people: Sequence[tuple[str, str, str, str, str]]) -> None:
    """(person, name, unit, role, title) each."""
    known: set[str] = set()
    for person, name, unit, role, title in people:
        data = {"role": role, "person": person, "title": title, "since": days.ago(SINCE).isoformat()}
        if person not in known:
            data["name"] = name
        known.add(person)
        perform(Act("appoint", days.now.date(), SYSTEM, data, subject=unit, unit=unit), clock=days)


def post_of(unit: str, role: str) -> str:
    """The first post of a role in a unit."""
    return str(Post.objects.filter(unit=unit, role=role).order_by("since", "id")[0].pk)


class Scribe:
    """What one unit's clerk types about one matter, step by step; the convener decides where nobody else is named."""

    def __init__(self, days: Days, unit: str, clerk: str, convener: str) -> None:
        self.days, self.unit, self.clerk = days, unit, clerk
        self.convener = {"role": convener}
        self.matter = self.meeting = ""

    def do(self, name: str, data: Mapping[str, Any] | None = None, *, decided: Mapping[str, Any] | None = None,
           by: str | None = None, subject: str | None = None, opens: bool = False, **more: Any) -> Done:  # fmt: skip
        act = Act(
            name=name, happened_on=self.days.now.date(), entered_by=by or self.clerk, data=data or {},
            subject=None if opens else subject or self.matter, unit=self.unit if opens else None, decided_by=decided,
            **more,
        )  # fmt: skip
        return perform(act, clock=self.days)[0]

    def say(self, words: str, **data: Any) -> None:
        """A resident's words open the matter."""
        self.matter = self.do("intake", {"words": words, **data}, by="public", opens=True).ident

    def body(self, name: str, paper: str, present: int | None = None) -> dict[str, Any]:
        return {"body": name, "paper": paper, "present": present}

    def of_unit(self, name: str, data: Mapping[str, Any]) -> str:
        """An act about the unit itself; the id of the row it makes."""
        return f"{self.do(name, data, subject=self.unit).entry}.0"

    def fix(self, *people: Mapping[str, Any], decided: Mapping[str, Any] | None = None) -> None:
        self.do("fix_participants", {"participants": list(people)}, decided=decided or self.convener)

    def call(self, in_days: int, *, form: str = "meeting", place: str = "协商议事室", convener: str = "", table: bool = True,
             departments: Sequence[str] = ()) -> None:  # fmt: skip
        """A meeting is called, all are told, and the matter stands on its agenda."""
        role = convener or self.convener["role"]
        held = self.days.now.date() + timedelta(days=in_days)
        posts = Post.objects.filter(unit=self.unit).exclude(role="clerk").order_by("id")
        guests: list[dict[str, Any]] = [{"kind": "member", "post": p.pk} for p in posts]
        guests += [{"kind": "department", "department": d, "letter": f"商请函〔{held.year}〕{n}号"}
                   for n, d in enumerate(departments, 1)]  # fmt: skip
        data = {
            "form": form, "held_on": held.isoformat(), "time": "" if form == "written" else "14:30", "place": place,
            "convener": post_of(self.unit, role), "recorder": post_of(self.unit, "clerk"), "guests": guests,
        }  # fmt: skip
        self.meeting = self.do("convene", data, opens=True).ident
        self.do("give_notice", {"by": "all"}, subject=self.meeting)
        if table:
            self.do("table", {"meeting": self.meeting}, decided=self.convener)

    def open_session(self, others: int = 0) -> None:
        self.do(
            "hold_meeting", {"others": others, "summary": "逐项说明情况，依次发言。"}, subject=self.meeting
        )
        self.do("take_up", {"meeting": self.meeting}, decided=self.convener)

    def heard(self, words: Sequence[str] = ("同意，先把最急的办了。",), *, written: bool = False) -> None:
        """Everybody who takes part has said something, or that they have no comment."""
        people = Participant.objects.filter(matter=self.matter, speeches=None).order_by("id")
        for n, one in enumerate(people):
            said: dict[str, Any] = {"participant": one.pk, "written": written}
            said |= {"words": words[n]} if n < len(words) else {"silent": True}
            self.do("enter_statement", said, decided=self.convener)

    def conclude(
        self, outcome: str, agreed: str | None = None, reserved: str | None = None, **more: Any
    ) -> None:
        data = {"meeting": self.meeting, "outcome": outcome, "agreed": agreed, "reserved": reserved,
                "speech": "到会人员依次发言，经办人记录。"}  # fmt: skip
        self.do("conclude", data, decided=self.convener, **more)

    def tasks(self, *tasks: tuple[str, str, int]) -> None:
        today = self.days.now.date()
        self.do("set_tasks", {"tasks": [{"text": t, "owner": o, "due": (today + timedelta(days=d)).isoformat()}
                                        for t, o, d in tasks]}, decided=self.convener)  # fmt: skip

    def post(self, text: str, witness: str = "supervision_head") -> None:
        self.do("draft_notice", {"text": text})
        self.do(
            "post_notice", {"poster": post_of(self.unit, "clerk"), "witness": post_of(self.unit, witness)}
        )

    def work(self) -> None:
        for task in Task.objects.filter(matter=self.matter):
            self.do("report_progress", {"task": task.pk, "state": "done", "note": "按约定做完，现场看过。"})
        self.do("finish_work")
        self.do(
            "check_work",
            {"satisfied": True, "note": "看过，和说好的一样。"},
            decided={"role": "supervision_head"},
        )

    def follow(self, state: str = "done", why: str | None = None) -> None:
        for s in Suggestion.objects.filter(matter=self.matter, state="").order_by("number"):
            self.do("follow_up", {"suggestion": s.pk, "state": state, "owner": "承办单位", "why": why})
