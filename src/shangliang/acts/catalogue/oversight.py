"""Acts of a unit above: reminding, hearing the answer, asking residents, freezing the month's page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.vocabulary import Data, Day, Id, Line, Note, act
from shangliang.cases.models import Check, Task
from shangliang.cases.oversight.models import CallBack, MonthPage, Reminder, Sample

SUPERVISORS = frozenset({"director"})


class Remind(Data):
    about: Literal["meeting", "venue", "task", "letter", "other"] = Field(title=N_("What is it about?"))
    matter: str | None = Field(None, title=N_("Number of the matter"), max_length=8)
    text: Note = Field(title=N_("What we ask"))
    letter: str = Field("", title=N_("Number of the letter, if it goes out as one"), max_length=40)
    answer_by: Day | None = Field(None, title=N_("Answer by"))


@act("remind", Remind, subject="unit", anywhere=True, enters=SUPERVISORS, zh="提醒", en="Remind a unit",
     tells=("clerk", "party_secretary", "deputy_party_secretary"))  # fmt: skip
def remind(line: Line) -> None:
    """A unit above reminds a unit of a meeting, a venue, a task or a letter. It goes into the reminded unit's book. With the
    number of a letter it is a 催办函 on paper; without one it is a message on the desk."""
    d = line.data
    Reminder.objects.create(
        id=line.row(), unit_id=line.unit, by_id=line.who["decided"]["unit"], about=d["about"], matter_id=d.get("matter"),
        text_id=line.seal("text"), letter=d["letter"], on=line.happened_on, answer_by=line.day("answer_by"),
    )  # fmt: skip


class AnswerReminder(Data):
    reminder: Id = Field(title=N_("Reminder"))
    answer: Literal["done", "planned", "no_topic", "cannot"] = Field(title=N_("What do you answer?"))
    planned_on: Day | None = Field(None, title=N_("Planned for"))
    note: Note | None = Field(None, title=N_("Remarks"))


@act("answer_reminder", AnswerReminder, subject="unit", anywhere=True,
     enters={"party_secretary", "deputy_party_secretary", "director"}, zh="回复提醒", en="Answer a reminder")  # fmt: skip
def answer_reminder(line: Line) -> None:
    """What the unit answers: done, planned for a day, no topic in this period, or it cannot and why. A clerk or director above may
    register an answer that came by telephone or on paper. The answer changes no clock: only a meeting fills a gap."""
    d = line.data
    Reminder.objects.filter(pk=d["reminder"]).update(
        answer=d["answer"], answer_note_id=line.seal("note"), planned_on=line.day("planned_on"),
        answered_on=line.happened_on,
    )  # fmt: skip


class DrawSample(Data):
    first: Day = Field(title=N_("First day"))
    last: Day = Field(title=N_("Last day"))
    seed: str = Field(title=N_("Digest the draw begins with"), pattern=r"^[0-9a-f]{64}$")
    among: int = Field(title=N_("Matters to draw from"), ge=1, le=10_000_000)
    numbers: list[str] = Field(title=N_("Numbers drawn"), min_length=1, max_length=200)


@act("draw_sample", DrawSample, subject="unit", anywhere=True, enters=SUPERVISORS, zh="抽查回访抽样",
     en="Draw matters for call-backs")  # fmt: skip
def draw_sample(line: Line) -> None:
    """Which of the matters closed in a period are asked about: drawn by digest, from the head that the unit's book had before.
    Anybody with the list can draw again and gets the same numbers, so nobody can pick the pleasant ones."""
    d = line.data
    Sample.objects.create(
        id=line.row(), unit_id=line.unit, first=line.day("first"), last=line.day("last"), seed=d["seed"], among=d["among"],
        numbers=",".join(d["numbers"]), on=line.happened_on,
    )  # fmt: skip


class RegisterCallBack(Data):
    reached: bool = Field(title=N_("Was somebody reached?"))
    solved: bool | None = Field(None, title=N_("Has it really been solved?"))
    satisfied: bool | None = Field(None, title=N_("Content with how it was handled?"))
    note: Note | None = Field(None, title=N_("What they said"))


@act("call_back", RegisterCallBack, anywhere=True, aside=True, enters=SUPERVISORS, zh="登记回访",
     en="Register a call-back")  # fmt: skip
def call_back(line: Line) -> Mapping[str, Any] | None:
    """A unit above asked a resident whether the matter was really solved. The answer is the resident's word: it stands beside
    the unit's registration like one given at the door. A “no” before archiving sends the tasks back as 待核实; afterwards the
    matter stays archived, no longer counts as confirmed, and a new one can be opened."""
    d = line.data
    CallBack.objects.create(
        id=line.row(), matter_id=line.matter, by_id=line.who["decided"]["unit"], reached=d["reached"], solved=d.get("solved"),
        satisfied=d.get("satisfied"), note_id=line.seal("note"), on=line.happened_on,
    )  # fmt: skip
    solved = d.get("solved")
    if not d["reached"] or solved is None:
        return None
    Check.objects.create(
        id=line.row(1), matter_id=line.matter, by="resident", on=line.happened_on, satisfied=solved
    )
    if not solved:
        Task.objects.filter(matter=line.matter, matter__ended="", state="done").update(
            state="verify", done_on=None
        )
    return {"heard": "solved" if solved else "unsolved"}


class FreezeMonth(Data):
    class Figure(Data):
        unit: Id = Field(title=N_("Unit"))
        measure: str = Field(title=N_("Measure"), max_length=40, pattern=r"^[a-z_.]+$")
        n: int = Field(title=N_("Count"), ge=0, le=1_000_000_000)

    month: Day = Field(title=N_("First day of the month"))
    figures: list[Figure] = Field(title=N_("Figures"), min_length=1, max_length=100_000)


@act("freeze_month", FreezeMonth, subject="unit", anywhere=True, enters=SUPERVISORS, zh="本月一页定稿",
     en="Freeze the month's page")  # fmt: skip
def freeze_month(line: Line) -> None:
    """The month's page as it is reported upward: every figure, and the day on which it was cut off. It is frozen once; what is
    entered later shows beside it as 补录差额, and the frozen figure stays."""
    figures: dict[str, dict[str, int]] = defaultdict(dict)
    for figure in line.data["figures"]:
        figures[figure["unit"]][figure["measure"]] = figure["n"]
    MonthPage.objects.create(
        id=line.row(), unit_id=line.unit, month=line.day("month"), on=line.happened_on,
        figures=json.dumps(figures, sort_keys=True, separators=(",", ":")),
    )  # fmt: skip
