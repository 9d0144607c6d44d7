"""Acts of an opinion gathering (意见征询): what people are asked before a meeting, and what the closed box held."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db.models import F, Max
from django.utils.translation import gettext_noop as N_
from pydantic import Field, StringConstraints

from shangliang.acts import answers
from shangliang.acts.vocabulary import Data, Day, Id, Line, NoData, Note, Seal, Words, act
from shangliang.cases.models_gathering import Gathering, Statement
from shangliang.people.roles import LIAISONS

LONGEST = 140
"""Signs a statement may have: what a phone shows at one glance."""
MOST_SLIPS = 5000

View = Annotated[
    str, StringConstraints(min_length=2, max_length=LONGEST, strip_whitespace=True), Seal("words")
]


class OpenGathering(Data):
    class Item(Data):
        text: View = Field(title=N_("Statement"))

    intro: Note | None = Field(None, title=N_("A few words at the beginning"))
    statements: list[Item] = Field(title=N_("Statements"), min_length=1, max_length=60)
    until: Day = Field(title=N_("Last day for answers"))
    voice: Literal["device", "invited"] = Field("device", title=N_("Who has a voice?"))
    slips: int = Field(0, title=N_("How many people are invited?"), ge=0, le=MOST_SLIPS)
    own: bool = Field(True, title=N_("Those who answer may add statements of their own"))


@act("open_gathering", OpenGathering, anywhere=True, aside=True, zh="发起意见征询", en="Open an opinion gathering",
     corrects={"until": "Gathering.until"})  # fmt: skip
def open_gathering(line: Line) -> None:
    """The convener asks people what they think before the matter comes to the table: some statements, each to be agreed or
    disagreed with or passed, until a day. `voice` says whose answers count once: `device` one browser, `invited` one slip
    with a code; `slips` is how many are given out. Answers lie in a box and never in the record. Possible from the
    screening of the matter until the meeting has agreed."""
    d = line.data
    last = Gathering.objects.filter(matter=line.matter).aggregate(n=Max("number"))["n"] or 0
    Gathering.objects.create(
        id=line.row(), matter_id=line.matter, number=last + 1, intro_id=line.seal("intro"), voice=d["voice"],
        own=d["own"], slips=d["slips"], opened_on=line.happened_on, until=line.day("until"),
    )  # fmt: skip
    Statement.objects.bulk_create(
        Statement(
            id=line.row(n), gathering_id=line.row(), number=n, text_id=line.seal(f"statements.{n - 1}.text"),
            state="shown", on=line.happened_on, screened_on=line.happened_on,
        )
        for n in range(1, len(d["statements"]) + 1)
    )  # fmt: skip


class ProposeStatement(Data):
    text: View = Field(title=N_("Statement"))


@act("propose_statement", ProposeStatement, anywhere=True, aside=True, public=True, enters=LIAISONS,
     zh="添一条看法", en="Add a statement")  # fmt: skip
def propose_statement(line: Line) -> None:
    """Somebody who answers adds a statement of their own, or a liaison writes one down for them. It gets a number and is
    shown to nobody before a person has screened it."""
    running = running_of(line)
    last = Statement.objects.filter(gathering=running).aggregate(n=Max("number"))["n"] or 0
    Statement.objects.create(
        id=line.row(), gathering_id=running, number=last + 1, text_id=line.seal("text"), own=True, state="waiting",
        on=line.happened_on,
    )  # fmt: skip


class ScreenStatement(Data):
    statement: Id = Field(title=N_("Statement"))
    shown: bool = Field(title=N_("Shall it be asked?"))
    reason: Literal["", "personal", "repeats", "off_topic", "several", "insult", "other"] = Field(
        "", title=N_("If not: why?")
    )
    note: Note | None = Field(None, title=N_("In your own words"))


@act(
    "screen_statement", ScreenStatement, anywhere=True, aside=True, zh="审看一条看法", en="Screen a statement"
)
def screen_statement(line: Line) -> None:
    """A person has read a statement: it is asked, or it is not, with the reason that whoever wrote it will read. A statement
    that is asked already can be taken out again, with its reason; its answers then do not count."""
    d = line.data
    Statement.objects.filter(pk=d["statement"]).update(
        state="shown" if d["shown"] else "refused", reason=d["reason"], note_id=line.seal("note"),
        screened_on=line.happened_on,
    )  # fmt: skip


class IssueSlips(Data):
    count: int = Field(title=N_("How many more slips?"), ge=1, le=MOST_SLIPS)


@act("issue_slips", IssueSlips, anywhere=True, aside=True, zh="加发征询码", en="Give out more slips")
def issue_slips(line: Line) -> None:
    """More slips with codes are given out. Only their number is in the record; nobody writes down who holds which."""
    Gathering.objects.filter(pk=running_of(line)).update(slips=F("slips") + line.data["count"])


@act("close_gathering", NoData, anywhere=True, aside=True, zh="截止意见征询", en="Close an opinion gathering")
def close_gathering(line: Line) -> None:
    """The box is closed for good, not before the day that was announced and when every statement has been screened. The
    entry holds how many answered, by phone and on paper, what they said to each statement as far as it says nothing about
    fewer than five people, and the digest of the box: whoever gets its answers can check that they are these. The marks
    that kept one device from counting twice are thrown away."""
    box, ident = line.flow["box"], running_of(line)
    Gathering.objects.filter(pk=ident).update(
        closed_on=line.happened_on, voices=box["voices"], on_paper=box["paper"], digest=box["digest"]
    )
    answers.shuffle(ident)


class CarryPoints(Data):
    agreed: Words | None = Field(None, title=N_("What most agree on"))
    divided: Words | None = Field(None, title=N_("What divides people"))


@act("carry_points", CarryPoints, anywhere=True, aside=True, zh="把征询结果带到会上",
     en="Take the points to the meeting")  # fmt: skip
def carry_points(line: Line) -> None:
    """What the gathering showed goes on the meeting's agenda and stands already in the form of its record: agreed points under
    共识要点, dividing ones under 保留意见. The meeting is free to say otherwise. Carried again, the latest holds."""
    last = (
        Gathering.objects.filter(matter=line.matter).order_by("-number").values_list("pk", flat=True).first()
    )
    Gathering.objects.filter(pk=last).update(
        agreed_id=line.seal("agreed"), divided_id=line.seal("divided"), carried_on=line.happened_on
    )


def running_of(line: Line) -> str:
    """The gathering of the matter that is open: there is never more than one."""
    found: str = Gathering.objects.get(matter=line.matter, closed_on=None).pk
    return found
