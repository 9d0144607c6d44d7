"""Facts that consultation under a CPPCC room looks at: the topic, letters sent, who takes part, suggestions, the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """What was said of the topic when it was set. Lists hold ids of the procedure's own lists."""

    category: str | None = None
    item: str | None = None
    amount: int | None = None  # yuan
    sources: int = 0  # voices and proposers it came from
    scope: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    reach: str | None = None  # how far it reaches: part of a village, the village, several …
    complexity: str | None = None
    layer: int = 1  # residents alone; 2 with new groups; 3 party, government, groups, people, society
    major: bool = False
    affected: frozenset[str] = frozenset()  # groups of people it touches
    carrier: str | None = None
    form: str | None = None
    method: bool = False  # how the representatives were chosen is written
    personnel: bool = False
    picked: bool = False  # picked for inspection
    inspected: bool = False


@dataclass(frozen=True, slots=True)
class DispatchFacts:
    """A letter, bulletin or notice that went out. ``kind``: notice, prior, bulletin, reference, feedback, within,
    exemption."""

    kind: str
    on: date
    to: frozenset[str] = frozenset()
    materials: int = 0
    text: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class ParticipantFacts:
    """Somebody who takes part. ``spoke``: a statement, or a plain “no comment”, is entered."""

    id: str
    kind: str
    side: str | None = None
    group: str | None = None
    notified_on: date | None = None
    reply: str | None = None
    spoke: bool = False


@dataclass(frozen=True, slots=True)
class SuggestionFacts:
    """A numbered suggestion. ``state``: adopted, doing, done, not_adopted, not_done; ``why`` is written."""

    id: str
    state: str | None = None
    why: bool = False


@dataclass(frozen=True, slots=True)
class PilotFacts:
    unit: str
    seat: bool = False  # the street in which the county's government sits


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A unit's room and what it has; ``sessions`` counts those held in the last twelve months."""

    organisation: bool = False
    place: bool = False
    facilities: bool = False
    plate: bool = False
    rules: bool = False
    sessions: int = 0
    pilots: tuple[PilotFacts, ...] = ()
