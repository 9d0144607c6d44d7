"""Acts from the topic's name to the party organisation's approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rows
from shangliang.acts.vocabulary import Area, Data, Day, Id, Line, Name, Note, Title, Words, act
from shangliang.cases.models import Party, Ruling
from shangliang.units.models import Unit

QUESTIONS = ("against_policy", "private_dispute", "unfair", "deep_division")


class PutForward(Data):
    title: Title = Field(title=N_("Name of the topic"))


@act("put_forward", PutForward, enters={"cppcc_member", "grid_worker"}, zh="提出议题", en="Put forward as a topic",
     corrects={"title": "Matter.title"})  # fmt: skip
def put_forward(line: Line) -> Mapping[str, Any]:
    """What residents said gets a name and goes to the convener. The name becomes public once the matter is taken on, so it
    names the thing and no person."""
    return {"title_id": line.seal("title")}


class Screen(Data):
    discuss: Literal["affairs", "livelihood", "governance"] | None = Field(
        None, title=N_("Which of the three is it?")
    )
    other_reason: Note | None = Field(None, title=N_("If none of the three: why discuss it?"))
    against_policy: bool | None = Field(None, title=N_("Is it against policy?"))
    private_dispute: bool | None = Field(None, title=N_("Is it a private dispute?"))
    unfair: bool | None = Field(None, title=N_("Would it be unfair to others?"))
    deep_division: bool | None = Field(None, title=N_("Is it deeply divided?"))
    dispute: Literal["small", "large"] = Field("small", title=N_("How large is the dispute?"))
    touches: list[str] = Field(
        default_factory=list, title=N_("Does the law name who must decide it?"), max_length=12
    )
    department: str = Field("", title=N_("Which department is concerned?"), max_length=80)
    urgent: bool = Field(False, title=N_("Urgent"))
    convener_is_party: bool = Field(False, title=N_("Is the convener a side in it?"))


@act("screen", Screen, zh="三议四不议甄别", en="Screen by the three and the four",
     corrects={"department": "Matter.department", "dispute": "Matter.dispute"})  # fmt: skip
def screen(line: Line) -> Mapping[str, Any]:
    """The convener answers the four questions one by one (违反政策原则、个体矛盾、有失公平、严重分歧) and says which of the
    three the topic is (D34, D35). Deeply divided matters go to the door first; the other three are not discussed here and
    are answered with where to go. `touches` lists statutory subjects: they need the meeting the law names."""
    d = line.data
    return {
        "discuss": d.get("discuss") or "", "other_reason_id": line.seal("other_reason"),
        "answered": ",".join(q for q in QUESTIONS if d.get(q) is not None),
        "not_discuss": ",".join(q for q in QUESTIONS if d.get(q)), "dispute": d["dispute"],
        "touches": ",".join(d["touches"]), "needs_meeting": bool(set(d["touches"]) - {"resident_units"}), "department": d["department"],
        "urgent": d["urgent"], "convener_is_party": d["convener_is_party"],
        "shown": line.flow["outcome"] != "refused",
    }  # fmt: skip


class NameParties(Data):
    class Side(Data):
        name: Name = Field(title=N_("Side and who speaks for it"))

    parties: list[Side] = Field(title=N_("Sides"), min_length=1, max_length=50)


@act("name_parties", NameParties, anywhere=True, zh="登记利益方代表", en="Name who speaks for each side")
def name_parties(line: Line) -> None:
    """The sides of the matter and who speaks for each. A party is a side with a representative, not every household
    (D44)."""
    for n, _ in enumerate(line.data["parties"]):
        rows.insert(Party, id=line.row(n), matter_id=line.matter, name_id=line.seal(f"parties.{n}.name"))


class Visit(Data):
    party: Id = Field(title=N_("Which side"))
    agreed: bool = Field(title=N_("Did they agree to put it to the meeting?"))
    note: Note | None = Field(None, title=N_("What was said"))


@act("visit", Visit, enters={"cppcc_member", "grid_worker"}, zh="上门沟通", en="Talk at the door")
def visit(line: Line) -> None:
    """A talk with one side at its door: the day, whether it agrees to bring the matter to the table, what was said
    (D43)."""
    Party.objects.filter(pk=line.data["party"]).update(
        visited_on=line.happened_on, agreed=line.data["agreed"], note_id=line.seal("note"), lapsed=False
    )


class SettleDoor(Data):
    result: Literal["agreed", "failed", "go_on"] = Field(title=N_("What came of the door talks?"))


@act("settle_door", SettleDoor, zh="上门协商结果", en="Result of the door talks")
def settle_door(line: Line) -> None:
    """The convener closes the door talks: all sides agreed and the matter goes on, or no agreement could be found and the
    people are answered, or the talks go on."""


class Study(Data):
    note: Words = Field(title=N_("What the council found"))
    present: int | None = Field(None, title=N_("Present"), ge=1, le=10_000)


@act("study", Study, zh="研究调研", en="The council's study", body="council")
def study(line: Line) -> None:
    """The registered conclusion of the consultative council's study (D30). Who decided is the council, on the day it met;
    the clerk enters it."""
    _rule(line, "study", note=line.seal("note"), present=line.data.get("present"))


class Approve(Data):
    approved: bool = Field(title=N_("Is it approved?"))
    present: int | None = Field(None, title=N_("Present"), ge=1, le=10_000)
    note: Note | None = Field(None, title=N_("Remarks"))


@act(
    "approve",
    Approve,
    zh="党组织审定",
    en="The party organisation's approval",
    tells=("clerk",),
    body="party",
)
def approve(line: Line) -> Mapping[str, Any]:
    """The registered conclusion of a meeting of the party organisation of the same unit: date, how many were present, yes or
    no (D30). Not a click by whoever is logged in: it names the body, the day and the paper."""
    _rule(
        line,
        "approval",
        passed=line.data["approved"],
        present=line.data.get("present"),
        note=line.seal("note"),
    )
    return {"shown": line.data["approved"]}


class RecordResolution(Data):
    body: Literal[
        "assembly", "representatives", "group", "collective_assembly", "collective_representatives", "owners",
        "owners_special",
    ] = Field(title=N_("Which meeting decided"))  # fmt: skip
    notice_on: Day | None = Field(None, title=N_("Called on"))
    special_reason: Note | None = Field(None, title=N_("Special reason for short notice"))
    party_study_on: Day | None = Field(None, title=N_("Studied by the party organisation on"))
    authorised_by: str = Field("", title=N_("Authorisation of the representatives"), max_length=120)
    basis: Literal["adults", "households", "members"] | None = Field(None, title=N_("Counted by"))
    total: int = Field(title=N_("Entitled"), ge=1, le=10_000_000)
    present: int = Field(title=N_("Present"), ge=0, le=10_000_000)
    votes_for: int = Field(title=N_("For"), ge=0, le=10_000_000)
    against: int = Field(0, title=N_("Against"), ge=0, le=10_000_000)
    abstained: int = Field(0, title=N_("Abstained"), ge=0, le=10_000_000)
    area: Area | None = Field(None, title=N_("Floor area of all owners, in m²"))
    area_present: Area | None = Field(None, title=N_("Floor area taking part, in m²"))
    area_for: Area | None = Field(None, title=N_("Floor area in favour, in m²"))
    paper: str = Field("", title=N_("Number or place of the resolution"), max_length=120)
    retry: bool = Field(False, title=N_("If it failed: discuss it again"))


@act(
    "record_resolution",
    RecordResolution,
    zh="登记法定会议决议",
    en="Record the statutory meeting's resolution",
)
def record_resolution(line: Line) -> None:
    """What the meeting the law names decided: which body, the day, how many are entitled, present, for, against, abstained,
    and the paper. Consultation is not resolution: a statutory matter cannot be carried out before this is recorded.
    Owners are counted by heads and by floor area (民法典 art. 278); areas are whole hundredths of a square metre:
    1284560 is 12845.60 m²."""
    d = line.data
    rows.insert(
        Ruling, id=line.row(), matter_id=line.matter, kind="resolution", body=d["body"], unit_id=line.unit, on=line.happened_on,
        passed=line.flow["outcome"] == "passed", present=d["present"], total=d["total"], votes_for=d["votes_for"],
        against=d["against"], abstained=d["abstained"], basis=d.get("basis") or "", area=d.get("area"),
        area_present=d.get("area_present"), area_for=d.get("area_for"), paper=d["paper"],
    )  # fmt: skip


class ReportUp(Data):
    to: str = Field(title=N_("To whom"), max_length=80)
    to_unit: str | None = Field(None, title=N_("Which unit is to answer?"), max_length=32)
    note: Words = Field(title=N_("What is asked"))


@act("report_up", ReportUp, zh="上报", en="Report upward", tells=("town_clerk",), body="party")
def report_up(line: Line) -> None:
    """What cannot be settled here goes up to the town or a department, with what was agreed and what was not. `to` is
    how the paper addresses it, `to_unit` the unit that is to answer: the unit above where none is named."""
    above = line.data.get("to_unit") or Unit.objects.values_list("parent", flat=True).get(pk=line.unit)
    _rule(line, "report", note=line.seal("note"), paper=line.data["to"], sent_to=above)


class RecordReturn(Data):
    result: Literal["settled", "discuss_again"] = Field(title=N_("What came back"))
    note: Words = Field(title=N_("The answer"))
    paper: str = Field("", title=N_("Paper it came on"), max_length=120)


@act("record_return", RecordReturn, zh="登记上级答复", en="Record the answer from above", tells=("clerk",))
def record_return(line: Line) -> None:
    """What the town or the department answered, on which day and paper: settled, or back to the table. Who decided is a
    body of the unit the report was sent to (`decided_by` names body and unit); the clerk of either may type it."""
    _rule(
        line,
        "return",
        passed=line.data["result"] == "settled",
        note=line.seal("note"),
        paper=line.data["paper"],
    )


def _rule(line: Line, kind: str, *, note: str | None, passed: bool | None = None, present: int | None = None,
          paper: str = "", sent_to: str | None = None) -> None:  # fmt: skip
    decided = line.who.get("decided") or {}
    rows.insert(
        Ruling, id=line.row(), matter_id=line.matter, kind=kind, body=decided.get("body", ""),
        unit_id=decided.get("unit") or line.unit, on=line.happened_on, passed=passed,
        present=present, paper=paper or decided.get("paper") or "", note_id=note,
        sent_to_id=sent_to,
    )  # fmt: skip
