"""The act that lets history count: a past meeting out of an old ledger."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.vocabulary import Data, Line, Paper, Short, Title, Words, act
from shangliang.cases.models import Meeting
from shangliang.cases.oversight.models import Ledger, LedgerTopic


class ImportMeeting(Data):
    class Topic(Data):
        title: Title = Field(title=N_("Name of the topic"))
        discuss: Literal["", "affairs", "livelihood", "governance"] = Field(
            "", title=N_("Which of the three is it?")
        )
        result: Literal["", "solved", "partly", "unsolved"] = Field("", title=N_("Was it solved?"))

    ledger: Paper = Field(title=N_("Which ledger, and where it lies"))
    form: Literal["meeting", "door", "yard", "written", "online"] = Field("meeting", title=N_("Form"))
    time: str = Field("", title=N_("Time"), pattern=r"^([01]\d:[0-5]\d|2[0-3]:[0-5]\d)?$")
    place: Short = Field(title=N_("Place"))
    present: int | None = Field(None, title=N_("Present"), ge=0, le=10_000)
    summary: Words | None = Field(None, title=N_("Summary"))
    topics: list[Topic] = Field(default_factory=list, title=N_("Topics"), max_length=50)


@act("import_meeting", ImportMeeting, subject="meeting", opens=True, anywhere=True, zh="补录以前的会议",
     en="Enter a past meeting from a ledger",
     corrects={"happened_on": "Meeting.held_on", "place": "Meeting.place",
               "time": "Meeting.time", "present": "Meeting.present"})  # fmt: skip
def import_meeting(line: Line) -> None:
    """A meeting that was held before this system was there, taken from its ledger: the day, the place, how many came, what it
    handled and what came of it. It counts in clocks and statistics and is marked 补录 wherever it shows. Its topics never ran
    through a procedure here, and nothing claims that they did."""
    d = line.data
    Meeting.objects.create(
        id=line.id, unit_id=line.unit, form=d["form"], place=d["place"], time=d["time"], state="held",
        held_on=line.happened_on, called_on=line.happened_on, recorded_on=line.entered_on, present=d.get("present"),
        summary_id=line.seal("summary"),
    )  # fmt: skip
    Ledger.objects.create(meeting_id=line.id, source=d["ledger"])
    LedgerTopic.objects.bulk_create(
        LedgerTopic(
            id=line.row(n),
            meeting_id=line.id,
            title_id=line.seal(f"topics.{n}.title"),
            discuss=t["discuss"],
            result=t["result"],
        )
        for n, t in enumerate(d["topics"])
    )
