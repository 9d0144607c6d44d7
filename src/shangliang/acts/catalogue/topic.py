"""Acts that set a topic under a CPPCC room: brought in by an office or gathered from residents, put into its class."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field, StringConstraints

from shangliang.acts.vocabulary import Data, Line, Note, Title, Words, act
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Link, Petition, Remark, Topic

Code = Annotated[str, StringConstraints(max_length=24, pattern=r"^[a-z_]*$")]
"""The id of an entry of one of the procedure's lists."""

PERSONNEL = frozenset({"appointment", "reserve"})
"""Items about persons: number and date only, the papers are kept elsewhere (W26, W27)."""


class Propose(Data):
    category: Code = Field("", title=N_("Which class?"))
    item: Code = Field("", title=N_("Which item of the class?"))
    title: Title | None = Field(None, title=N_("Name of the topic"))
    proposer: str = Field("", title=N_("Who brings it in?"), max_length=80)
    origin: Literal["development", "public"] = Field("development", title=N_("Where does it come from?"))
    amount: int | None = Field(None, title=N_("Amount in yuan"), ge=0, le=10_000_000_000_000)
    off_budget: bool | None = Field(None, title=N_("Outside the year's budget?"))
    funds: Code = Field("", title=N_("Where does the money come from?"))
    explanation: Words | None = Field(None, title=N_("What is meant by it, in plain words"))
    ref: str = Field("", title=N_("Number of the paper (only for personnel)"), max_length=60)
    secret: bool = Field(False, title=N_("Only for those named (secret)"))


@act("propose", Propose, opens=True, enters={"office_director", "room_director", "party_secretary", "department_head"},
     zh="提出事项", en="Bring a matter in")  # fmt: skip
def propose(line: Line) -> None:
    """An office, committee or department brings a matter in and puts it into its class and item (W20 to W36): amount, whether
    it stands outside the budget, where the money comes from, what is meant by it. A matter about persons is entered with
    number and date only, its papers are kept elsewhere (材料另存), and only those concerned see it."""
    d, flow = line.data, line.flow
    personal = d["item"] in PERSONNEL
    Matter.objects.create(
        id=line.matter, unit_id=line.unit, procedure=flow["procedure"], version=flow["version"], stage=flow["stage"],
        position=json.dumps(flow["position"]), marks="", opened_on=line.happened_on, last_on=line.happened_on,
        staged_on=line.happened_on, changed_at=line.entered_at, title_id=line.seal("title"),
        needs_meeting=False, department=d["proposer"], secret=d["secret"] or personal,
    )  # fmt: skip
    Topic.objects.create(
        matter_id=line.matter, category=d["category"], item=d["item"], origin=d["origin"], amount=d.get("amount"),
        off_budget=d.get("off_budget"), funds=d["funds"], ref=d["ref"], explanation_id=line.seal("explanation"),
    )  # fmt: skip


class SetTopic(Data):
    title: Title | None = Field(None, title=N_("Name of the topic, if it needs another"))
    category: Code = Field("", title=N_("What kind of topic is it?"))
    item: Code = Field("", title=N_("Which item of the class?"))
    scope: list[Code] = Field(default_factory=list, title=N_("Scope"), max_length=8)
    subject: list[Code] = Field(default_factory=list, title=N_("Subject"), max_length=12)
    reach: Code = Field("", title=N_("How far does it reach?"))
    complexity: Code = Field("", title=N_("How complex is it?"))
    layer: int = Field(1, title=N_("Layer of the consultation"), ge=1, le=3)
    major: bool = Field(False, title=N_("Is it a major public affair?"))
    affected: list[Code] = Field(default_factory=list, title=N_("Which groups does it touch?"), max_length=12)
    touches: list[str] = Field(
        default_factory=list, title=N_("Does the law name who must decide it?"), max_length=12
    )
    department: str = Field("", title=N_("Which department is concerned?"), max_length=80)
    amount: int | None = Field(None, title=N_("Amount in yuan"), ge=0, le=10_000_000_000_000)
    limits: Note | None = Field(None, title=N_("What can be decided here, and what cannot?"))


@act("set_topic", SetTopic, zh="确立议题", en="Set the topic", corrects={"department": "Matter.department"})
def set_topic(line: Line) -> Mapping[str, Any]:
    """The topic is set: its kind, how far it reaches and how complex it is (X34), scope and subject (L41, L42), which groups
    it touches (L38), what can be decided here and what cannot (X19). `touches` lists statutory subjects: they need the
    meeting the law names. A resident's words become a topic like this; nothing is typed twice."""
    d = line.data
    Topic.objects.update_or_create(
        matter_id=line.matter,
        defaults={
            "category": d["category"], "item": d["item"], "scope": ",".join(d["scope"]), "subject": ",".join(d["subject"]),
            "reach": d["reach"], "complexity": d["complexity"], "layer": d["layer"], "major": d["major"],
            "affected": ",".join(d["affected"]), "amount": d.get("amount"), "limits_id": line.seal("limits"),
            "origin": "public",
        },
    )  # fmt: skip
    changed: dict[str, Any] = {
        "touches": ",".join(d["touches"]), "needs_meeting": bool(set(d["touches"]) - {"resident_units"}), 
        "department": d["department"], "shown": True,
    }  # fmt: skip
    if title := line.seal("title"):
        changed["title_id"] = title
    return changed


class DeclineTopic(Data):
    reason: Words = Field(title=N_("Why it does not become a topic"))


@act("decline_topic", DeclineTopic, zh="不列为议题", en="Do not take it as a topic")
def decline_topic(line: Line) -> None:
    """What was said does not become a topic here. The reason is written, and whoever spoke gets an answer with where to go
    (X57: 议什么由群众说了算)."""
    Remark.objects.create(
        id=line.row(),
        matter_id=line.matter,
        kind="declined",
        on=line.happened_on,
        note_id=line.seal("reason"),
    )


class LinkPetition(Data):
    number: Annotated[str, StringConstraints(min_length=1, max_length=60)] = Field(
        title=N_("Number at the petition office")
    )
    cause: Literal["procedure", "result", "delay", "other"] = Field(title=N_("What it is about"))


@act("link_petition", LinkPetition, aside=True, anywhere=True, zh="登记关联信访", en="Link a petition")
def link_petition(line: Line) -> None:
    """A petition has to do with this matter: its number and its cause, so that petitions caused by a broken procedure can be
    counted. Nothing of what it says and nobody's name is entered."""
    d = line.data
    Petition.objects.create(
        id=line.row(), matter_id=line.matter, number=d["number"], cause=d["cause"], on=line.happened_on
    )


class LinkMatter(Data):
    other: str = Field(title=N_("Number of the other matter"), max_length=8)


@act("link_matter", LinkMatter, aside=True, anywhere=True, zh="关联另一事项", en="Link another matter")
def link_matter(line: Line) -> None:
    """This matter belongs to another one: at another level of the CPPCC, of another unit, or from an earlier time (X1)."""
    Link.objects.create(
        id=line.row(), matter_id=line.matter, other_id=line.data["other"], on=line.happened_on
    )


class LogContact(Data):
    to: Annotated[str, StringConstraints(min_length=1, max_length=80)] = Field(
        title=N_("With which department?")
    )
    note: Note = Field(title=N_("What was talked about?"))


@act("log_contact", LogContact, aside=True, anywhere=True, enters={"room_director", "group_convener"}, zh="登记联系沟通",
     en="Enter a contact")  # fmt: skip
def log_contact(line: Line) -> None:
    """The room talked with a department of the county about the topic (W46): with whom, on which day, what was said."""
    Remark.objects.create(
        id=line.row(), matter_id=line.matter, kind="contact", to=line.data["to"], on=line.happened_on,
        note_id=line.seal("note"),
    )  # fmt: skip
