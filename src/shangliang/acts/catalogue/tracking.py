"""Acts about carrying out what was agreed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rows
from shangliang.acts.vocabulary import Data, Day, Id, Line, Note, Short, act
from shangliang.cases.models import Check, Progress, Task

DEPARTMENT = {"department_head", "department_clerk"}


class SetTasks(Data):
    class Item(Data):
        text: Note = Field(title=N_("What is to be done"))
        owner: Short = Field(title=N_("Responsible"))
        due: Day | None = Field(None, title=N_("By when"))

    tasks: list[Item] = Field(title=N_("Tasks"), min_length=1, max_length=50)


@act("set_tasks", SetTasks, zh="任务分解", en="Set the tasks", tells=("department",))
def set_tasks(line: Line) -> None:
    """What follows from the agreed points: each task with who is responsible and by when. A department is asked by letter; its
    own reply sets the day."""
    last = Task.objects.filter(matter=line.matter).count()
    rows.insert_many(Task, (
        {"id": line.row(n), "matter_id": line.matter, "number": last + n + 1, "text_id": line.seal(f"tasks.{n}.text"),
         "owner": t["owner"], "due": date.fromisoformat(t["due"]) if t.get("due") else None}
        for n, t in enumerate(line.data["tasks"])
    ))  # fmt: skip


class ReportProgress(Data):
    task: Id = Field(title=N_("Task"))
    state: Literal["doing", "done", "not_done"] = Field("doing", title=N_("How far is it?"))
    due: Day | None = Field(None, title=N_("New date, if it changes"))
    note: Note = Field(title=N_("What was done"))


@act("report_progress", ReportProgress, enters=DEPARTMENT, zh="登记进展", en="Report progress")
def report_progress(line: Line) -> None:
    """How far a task is: under way, done, or not done and why. From the unit responsible by account, or typed from its
    letter."""
    d = line.data
    changes: dict[str, object] = {
        "state": d["state"],
        "done_on": line.happened_on if d["state"] == "done" else None,
    }
    if d.get("due"):
        changes["due"] = line.day("due")
    rows.change(Task, d["task"], **changes)
    rows.insert(Progress, id=line.row(), task_id=d["task"], on=line.happened_on, note_id=line.seal("note"))


class FinishWork(Data):
    note: Note | None = Field(None, title=N_("Remarks"))


@act("finish_work", FinishWork, enters=DEPARTMENT, zh="报完工", en="Report the work as finished",
     tells=("supervision_head",))  # fmt: skip
def finish_work(line: Line) -> None:
    """All tasks are done, or it is explained why not. The supervision committee looks next."""


class CheckWork(Data):
    satisfied: bool = Field(title=N_("Is the work as agreed?"))
    note: Note | None = Field(None, title=N_("What was seen"))


@act(
    "check_work",
    CheckWork,
    enters={"supervision_head", "supervision_member"},
    zh="群众检查",
    en="Check the work",
)
def check_work(line: Line) -> None:
    """The supervision committee looks at the work on the spot: as agreed, or back to whoever owns it."""
    d = line.data
    rows.insert(
        Check, id=line.row(), matter_id=line.matter, by="supervision", on=line.happened_on, satisfied=d["satisfied"],
        note_id=line.seal("note"),
    )  # fmt: skip
    if not d["satisfied"]:
        Task.objects.filter(matter=line.matter, state="done").update(state="verify", done_on=None)
