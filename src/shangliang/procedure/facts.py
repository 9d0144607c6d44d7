"""What a gate may look at: frozen facts about one matter at the moment of one act.

A field that nobody has filled is ``None``; a gate that needs it answers *unknown* and names it. Collections that were
not gathered are ``None`` as well: a gate declares the collections it needs, and only those are read from the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shangliang.procedure.calendar import WorkCalendar
from shangliang.procedure.facts_consulting import (
    DispatchFacts,
    ParticipantFacts,
    SiteFacts,
    SuggestionFacts,
    TopicFacts,
)
from shangliang.procedure.law import Law


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decided: a post held on the event's date, or a body (then ``post`` is None)."""

    unit: str
    level: str  # "town" | "village"
    post: str | None = None  # the role held, for instance "party_secretary"
    body: str | None = None  # for instance "council", "party"
    acting: bool = False
    paper: str | None = None  # the paper the decision stands on
    present: int | None = None
    person: str | None = None  # random id, never a name


@dataclass(frozen=True, slots=True)
class ActFacts:
    """The act that is being judged. ``data`` holds its fields; a sealed text appears as itself, unread by gates
    except for being filled."""

    name: str
    happened_on: date
    decider: Decider | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    id: str
    kind: str  # "nation" | "province" | "city" | "county" | "town" | "street" | "bureau" | "village" | "community" | "enterprise"
    level: str  # "town" | "village"
    adults: int | None = None
    households: int | None = None
    representatives: int | None = None


@dataclass(frozen=True, slots=True)
class MatterFacts:
    id: str
    unit: str
    level: str
    opened_on: date
    last_happened_on: date
    answered: frozenset[str] | None = None  # which of the four questions were answered
    discuss: str | None = None  # one of the three, or None
    not_discuss: frozenset[str] | None = None  # which of the four apply
    other_reason: bool = False
    dispute: str | None = None  # "small" | "large"
    touches: frozenset[str] | None = None  # statutory subjects
    needs_meeting: bool | None = None  # whether a statutory meeting must decide
    department: str | None = None
    urgent: bool = False
    convener_is_party: bool = False  # the first convener is a party to the dispute
    title: bool = False
    result: str | None = None  # "solved" | "partly" | "unsolved"
    result_note: bool = False


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A side of a dispute, spoken for by one representative."""

    id: str
    visited_on: date | None = None
    agreed: bool | None = None
    earlier: bool = False  # was visited before the last divided result: that talk counts no more


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    id: str
    unit: str
    level: str
    form: str
    held_on: date
    convener: Decider | None = None
    notice_on: date | None = None
    recorder: bool = False
    signed_in: int | None = None
    invited: frozenset[str] = frozenset()  # departments and units invited, by name or id
    groups: int | None = None  # different groups among those who came; a side counts as one
    unit_came: bool | None = None  # somebody of a unit stationed here was among them
    state: str = "called"  # "called" | "held" | "called_off"


@dataclass(frozen=True, slots=True)
class RulingFacts:
    """A registered conclusion of a body: a study, an approval, a resolution."""

    kind: str  # "study" | "approval" | "resolution" | "report" | "return"
    body: str
    unit: str
    on: date
    passed: bool | None = None
    present: int | None = None
    total: int | None = None
    votes_for: int | None = None
    against: int | None = None
    abstained: int | None = None
    note: bool = False
    sent_to: str | None = None  # of a report: the unit that is to answer


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One deliberation of the matter."""

    number: int
    meeting: str
    on: date
    outcome: str | None = None  # "consensus" | "again" | "divided" | "escalate"
    form: str = ""  # of the meeting; "written" has replies instead of a session
    during: bool = False  # held while the decision was being carried out


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    id: str
    drafted: bool = False
    has_text: bool = False
    personal: tuple[str, ...] = ()  # what looks like personal information in the draft
    consent: bool = False
    legal_basis: bool = False
    board_on: date | None = None
    online_on: date | None = None
    posted_by: bool = False
    witness: bool = False
    taken_down_on: date | None = None

    @property
    def start(self) -> date | None:
        days = [d for d in (self.board_on, self.online_on) if d]
        return min(days) if days else None


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    id: str
    received_on: date
    state: str  # "open" | "answered" | "sustained"


@dataclass(frozen=True, slots=True)
class TaskFacts:
    id: str
    unit: bool
    due: date | None
    state: str  # "open" | "doing" | "done" | "not_done" | "verify"


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    id: str
    on: date
    redirect: str | None = None
    reason: bool = False
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class CollectingFacts:
    """Opinions asked for before there is a plan: since when, closed when, how many spoke, in which groups and ways."""

    opened_on: date
    closed_on: date | None = None
    count: int = 0
    groups: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ForumFacts:
    """A hearing, a coordination between sides, or an appraisal; the latest of each kind counts."""

    kind: str  # "hearing" | "coordination" | "appraisal"
    announced_on: date | None = None
    papers_on: date | None = None
    held_on: date | None = None
    present: int | None = None
    signed: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything ``judge`` may know. ``today`` is the event's date in ``perform`` and the current day on the desk."""

    today: date
    unit: UnitFacts
    law: Law
    calendar: WorkCalendar
    act: ActFacts | None = None
    matter: MatterFacts | None = None
    marks: frozenset[str] = frozenset()
    meeting: MeetingFacts | None = None
    parties: tuple[PartyFacts, ...] | None = None
    rulings: tuple[RulingFacts, ...] | None = None
    rounds: tuple[RoundFacts, ...] | None = None
    publication: PublicationFacts | None = None
    objections: tuple[ObjectionFacts, ...] | None = None
    tasks: tuple[TaskFacts, ...] | None = None
    replies: tuple[ReplyFacts, ...] | None = None
    collecting: CollectingFacts | None = None  # the latest; unread and never begun look alike to a gate
    forums: tuple[ForumFacts, ...] | None = None
    one_shoulder: bool | None = None  # secretary and director are one person (一肩挑)
    papers: frozenset[str] | None = None  # kinds of papers present, generated or as a named original
    chain_ok: bool | None = None
    digests_ok: bool | None = None
    topic: TopicFacts | None = None
    dispatches: tuple[DispatchFacts, ...] | None = None
    participants: tuple[ParticipantFacts, ...] | None = None
    suggestions: tuple[SuggestionFacts, ...] | None = None
    appraised: bool | None = None
    site: SiteFacts | None = None

    def value(self, name: str) -> Any:
        """The act's own field if it brings one, else None."""
        return self.act.data.get(name) if self.act else None
