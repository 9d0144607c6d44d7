"""Frozen values that papers are made of: places, people, entries, meetings. Without a row every value is empty: that is
the blank form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shangliang.documents import chinese
from shangliang.procedure.model import Procedure


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as papers name it."""

    id: str = ""
    name: str = ""
    kind: str = "village"
    level: str = "village"
    address: str = ""
    telephone: str = ""
    room: str = ""

    @property
    def issuer(self) -> str:
        return chinese.issuer(self.name, self.kind)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post, named as papers name them."""

    name: str = ""
    title: str = ""
    unit: str = ""
    role: str = ""
    id: str = ""

    @property
    def full(self) -> str:
        return f"{self.name}（{self.title}）" if self.name and self.title else self.name


NOWHERE, NOBODY = Place(), Holder()


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry of a book as a paper cites it."""

    act: str
    name: str
    book: str
    seq: int
    digest: str
    happened: date
    entered: date
    who: str
    body: str
    data: Mapping[str, Any]
    seals: Mapping[str, str]
    flow: Mapping[str, Any]
    subject: str

    @property
    def late(self) -> bool:
        return self.entered > self.happened


@dataclass(frozen=True, slots=True)
class Guest:
    id: str = ""
    kind: str = ""
    name: str = ""
    title: str = ""
    department: str = ""
    letter: str = ""
    reply: str = ""
    present: bool | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One matter at one meeting."""

    matter: str = ""
    title: str = ""
    outcome: str = ""
    speech: str = ""
    agreed: str = ""
    reserved: str = ""
    said_agreed: str = ""  # what people said before the meeting
    said_divided: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting with everybody asked and everything on its agenda."""

    id: str = ""
    unit: Place = NOWHERE
    form: str = ""
    place: str = ""
    held_on: date | None = None
    time: str = ""
    convener: Holder = NOBODY
    recorder: Holder = NOBODY
    called_on: date | None = None
    notice_on: date | None = None
    notice_by: str = ""
    state: str = ""
    summary: str = ""
    present: int | None = None
    guests: tuple[Guest, ...] = ()
    items: tuple[Item, ...] = ()
    noted: tuple[Noted, ...] = ()
    ledger: str = ""  # of a meeting taken from an old ledger: which, and where it lies

    @property
    def blank(self) -> bool:
        return not self.id

    @property
    def name(self) -> str:
        return f"{self.unit.name}协商议事会议"

    @property
    def when(self) -> str:
        return chinese.day(self.held_on) + (
            chinese.clock(self.time) or ("" if self.id else f"{chinese.LINE * 2}时")
        )


@dataclass(frozen=True, slots=True)
class Invited:
    """One department's invitation to one meeting."""

    guest: Guest = Guest()
    meeting: Gathering = Gathering()

    @property
    def blank(self) -> bool:
        return not self.guest.id


@dataclass(frozen=True, slots=True)
class Room:
    """A unit with its people and its procedure, for what hangs on the wall."""

    unit: Place = NOWHERE
    people: tuple[Holder, ...] = ()
    procedure: Procedure | None = None
    noted: tuple[Noted, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.unit.id
