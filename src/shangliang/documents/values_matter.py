"""Frozen values that papers are made of: a matter and its whole file. Without a row every value is empty: that is the
blank form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shangliang.documents.values import NOBODY, NOWHERE, Gathering, Holder, Noted, Place
from shangliang.procedure.model import Procedure


@dataclass(frozen=True, slots=True)
class Said:
    kind: str = ""
    channel: str = ""
    text: str = ""
    behalf: bool = False
    answer_by: str = ""
    received: date | None = None
    told: date | None = None


@dataclass(frozen=True, slots=True)
class Side:
    name: str = ""
    visited: date | None = None
    agreed: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    kind: str = ""
    body: str = ""
    unit: str = ""
    on: date | None = None
    passed: bool | None = None
    present: int | None = None
    total: int | None = None
    votes: tuple[int | None, int | None, int | None] = (None, None, None)
    basis: str = ""
    areas: tuple[int | None, int | None, int | None] = (None, None, None)
    """Of owners, in hundredths of a square metre: all, taking part, in favour."""
    paper: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A publication: its text, its days, who posted it."""

    text: str = ""
    drafted: date | None = None
    board: date | None = None
    online: date | None = None
    poster: Holder = NOBODY
    witness: Holder = NOBODY
    taken_down: date | None = None
    outcome: str = ""
    ground: str = ""
    approver: str = ""
    about: str = ""

    @property
    def start(self) -> date | None:
        return min((d for d in (self.board, self.online) if d), default=None)


@dataclass(frozen=True, slots=True)
class Work:
    number: int = 0
    text: str = ""
    owner: str = ""
    due: date | None = None
    state: str = ""
    done: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    by: str = ""
    on: date | None = None
    satisfied: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    text: str = ""
    redirect: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave to pass a gate, on paper."""

    gate: str = ""
    body: str = ""
    paper: str = ""
    reason: str = ""
    on: date | None = None
    used_by: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    kind: str = ""
    place: str = ""
    pages: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A matter and its whole file."""

    id: str = ""
    unit: Place = NOWHERE
    title: str = ""
    opened: date | None = None
    ended: str = ""
    ended_on: date | None = None
    discuss: str = ""
    answered: str = ""
    not_discuss: str = ""
    other_reason: str = ""
    dispute: str = ""
    touches: str = ""
    department: str = ""
    urgent: bool = False
    result: str = ""
    result_note: str = ""
    result_on: date | None = None
    heard: str = ""
    opinions: tuple[Said, ...] = ()
    sides: tuple[Side, ...] = ()
    rulings: tuple[Ruled, ...] = ()
    meetings: tuple[Gathering, ...] = ()
    posted: tuple[Posted, ...] = ()
    tasks: tuple[Work, ...] = ()
    checks: tuple[Looked, ...] = ()
    replies: tuple[Answer, ...] = ()
    overrides: tuple[Leave, ...] = ()
    originals: tuple[Original, ...] = ()
    noted: tuple[Noted, ...] = ()
    procedure: Procedure | None = None
    selected: bool = False
    handled: Mapping[str, Holder] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        return not self.id

    def ruling(self, kind: str) -> Ruled:
        """The latest ruling of a kind, or an empty one."""
        return next((r for r in reversed(self.rulings) if r.kind == kind), Ruled())

    @property
    def publication(self) -> Posted:
        """The latest notice of what was agreed or decided that was not exempted; that of the results is another paper."""
        return next((p for p in reversed(self.posted) if not p.ground and p.about != "result"), Posted())

    @property
    def reply(self) -> Answer:
        return self.replies[-1] if self.replies else Answer()

    @property
    def referral(self) -> Answer:
        return next((r for r in reversed(self.replies) if r.redirect), Answer())

    @property
    def screener(self) -> Holder:
        return self.handled.get("screen", Holder())


@dataclass(frozen=True, slots=True)
class Dispute:
    """An objection and its answer, with the matter it is about."""

    id: str = ""
    unit: Place = NOWHERE
    matter: str = ""
    title: str = ""
    text: str = ""
    received: date | None = None
    state: str = ""
    answer: str = ""
    answered: date | None = None
    noted: tuple[Noted, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.id
