"""Acts about standing bodies: leading groups, liaison rooms, councils, their members with terms, pilots, visits."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.catalogue.topic import Code
from shangliang.acts.vocabulary import Data, Day, Id, Line, Name, Note, Short, Words, act
from shangliang.cases.models_consulting import Body, FieldVisit, Pilot, Seat, Selection
from shangliang.people.roles import OFFICES


class FormBody(Data):
    kind: Literal["leading_group", "office", "room", "activity_group", "council", "committee"] = Field(
        title=N_("What kind of body")
    )
    name: Short = Field(title=N_("Name"))
    paper: str = Field("", title=N_("Paper it was set up by"), max_length=120)


@act("form_body", FormBody, subject="unit", anywhere=True, enters=OFFICES, zh="成立机构", en="Set up a body")
def form_body(line: Line) -> None:
    """A standing body is set up in this unit, on a paper: a leading group and its office, a liaison room, a members' activity
    group, a consultative council, a committee of the CPPCC (W3, W62 to W65, X29, X39, X65, X86)."""
    d = line.data
    Body.objects.create(
        id=line.row(),
        unit_id=line.unit,
        kind=d["kind"],
        name=d["name"],
        paper=d["paper"],
        since=line.happened_on,
    )


class SeatMember(Data):
    body: Id = Field(title=N_("In which body"))
    post: Id | None = Field(None, title=N_("Post, where they hold one"))
    name: Name | None = Field(None, title=N_("Name, where they hold none"))
    position: Literal["head", "deputy", "director", "convener", "liaison", "representative", "member"] = (
        Field("member", title=N_("As what"))
    )
    sector: str = Field("", title=N_("Sector (界别)"), max_length=40)
    expertise: str = Field("", title=N_("Profession and expertise"), max_length=80)
    tags: list[Code] = Field(default_factory=list, title=N_("Known as"), max_length=9)
    places: list[Id] = Field(default_factory=list, title=N_("Linked villages and communities"), max_length=12)
    grid: str = Field("", title=N_("Grid"), max_length=80)
    selection: Id | None = Field(None, title=N_("By which selection"))
    until: Day | None = Field(None, title=N_("Term ends"))


@act("seat_member", SeatMember, subject="unit", anywhere=True, enters=OFFICES, zh="编入名册", en="Enter in a roster",
     corrects={"grid": "Seat.grid", "sector": "Seat.sector", "expertise": "Seat.expertise"})  # fmt: skip
def seat_member(line: Line) -> None:
    """Somebody takes a seat in a body for a term: head, deputy, office director, convener, liaison, representative or member;
    with sector, expertise, the villages and the grid they are linked to (W49, W63 to W66, L32, L47, X70). Rosters only say
    who; what somebody may do follows from posts."""
    d = line.data
    Seat.objects.create(
        id=line.row(), body_id=d["body"], post_id=d.get("post"), name_id=line.seal("name"), position=d["position"],
        sector=d["sector"], expertise=d["expertise"], tags=",".join(d["tags"]), places=",".join(d["places"]),
        grid=d["grid"], selection_id=d.get("selection"), since=line.happened_on, until=line.day("until"),
    )  # fmt: skip


class LeaveSeat(Data):
    seat: Id = Field(title=N_("Which seat"))


@act(
    "leave_seat", LeaveSeat, subject="unit", anywhere=True, enters=OFFICES, zh="退出名册", en="Leave a roster"
)
def leave_seat(line: Line) -> None:
    """Somebody leaves a body before or at the end of the term."""
    Seat.objects.filter(pk=line.data["seat"]).update(left_on=line.happened_on)


class RecordSelection(Data):
    body: Id = Field(title=N_("For which body"))
    method: Literal["nominated", "elected", "volunteered", "drawn", "appointed"] = Field(title=N_("How"))
    pool: int = Field(title=N_("From how many"), ge=1, le=10_000_000)
    chosen: int = Field(title=N_("How many were chosen"), ge=1, le=10_000)
    paper: str = Field("", title=N_("Paper"), max_length=120)
    note: Note | None = Field(None, title=N_("How it went"))


@act("record_selection", RecordSelection, subject="unit", anywhere=True, enters=OFFICES, zh="登记代表产生",
     en="Register a selection")  # fmt: skip
def record_selection(line: Line) -> None:
    """How the representatives of a body were chosen: the method, from how many, how many, on which paper (L32, L37 协商代表选拔
    制度). Those chosen are entered in the roster with this selection."""
    d = line.data
    Selection.objects.create(
        id=line.row(), body_id=d["body"], method=d["method"], pool=d["pool"], chosen=d["chosen"], paper=d["paper"],
        note_id=line.seal("note"), on=line.happened_on,
    )  # fmt: skip


class NamePilots(Data):
    class One(Data):
        unit: Id = Field(title=N_("Unit"))
        seat: bool = Field(False, title=N_("Is it the street where the county's government sits?"))

    pilots: list[One] = Field(title=N_("Pilots"), min_length=1, max_length=200)


@act(
    "name_pilots",
    NamePilots,
    subject="unit",
    anywhere=True,
    enters={"director"},
    zh="确定试点",
    en="Name the pilots",
)
def name_pilots(line: Line) -> None:
    """The county names its pilots, all at once: towns, villages, enterprises or institutions (X75 to X79). What the procedure
    asks of them (how many, one where the county's government sits) is judged here."""
    Pilot.objects.filter(county=line.unit, until=None).update(until=line.happened_on)
    Pilot.objects.bulk_create(
        Pilot(id=line.row(n), county_id=line.unit, unit_id=p["unit"], seat=p["seat"], since=line.happened_on)
        for n, p in enumerate(line.data["pilots"])
    )


class NoteVisit(Data):
    seat: Id | None = Field(None, title=N_("Which member"))
    grid: str = Field("", title=N_("Grid or place"), max_length=80)
    tag: Literal["", "two_goings", "guidance"] = Field("", title=N_("In the course of"))
    words: Words = Field(title=N_("What people said"))


@act("note_visit", NoteVisit, subject="unit", anywhere=True, enters={"cppcc_member", "invited_member", "grid_worker"},
     zh="登记走访", en="Note a visit")  # fmt: skip
def note_visit(line: Line) -> None:
    """A member called on people in a grid, village or enterprise and listened (W67, W68, W81, X28). What was heard can be taken
    in as an opinion. No photograph and no position is asked for, and visits are not counted against anybody."""
    d = line.data
    FieldVisit.objects.create(
        id=line.row(), unit_id=line.unit, seat_id=d.get("seat"), grid=d["grid"], tag=d["tag"], on=line.happened_on,
        words_id=line.seal("words"),
    )  # fmt: skip
