"""Who holds which post in the simulated county; kept in memory so that telling a matter needs no reading."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from shangliang.site.simulate.tree import OFFICES, ROOT, TOWNS, URBAN, Place, people_names
from shangliang.site.telling import PEOPLE


@dataclass(slots=True)
class Held:
    """One post: its id in the record, who holds it, until when."""

    role: str
    person: str
    post: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A post to be filled when the county is founded."""

    unit: str
    role: str
    title: str
    person: str
    name: str


_VILLAGE = (
    ("party_secretary", "党支部书记"), ("clerk", "经办人"), ("cppcc_member", "联系政协委员"), ("grid_worker", "网格员"),
    ("supervision_head", "监督委员会主任"), ("council_member", "议事会成员"), ("council_member", "议事会成员"),
)  # fmt: skip
_TOWN = (
    ("deputy_party_secretary", "党委副书记"), ("clerk", "经办人"), ("archivist", "档案员"),
    ("supervision_head", "议事监督员"), ("cppcc_member", "政协委员"), ("council_member", "议事会成员"),
)  # fmt: skip

TOUR = {
    URBAN: ("deputy_party_secretary", "clerk", "archivist"),
    "nanshan": ("party_secretary", "clerk", "grid_worker", "supervision_head"),
    "jiaxinzi": ("party_secretary", "clerk", "cppcc_member", "grid_worker"),
    "tuanjie": ("clerk",),
    **{town[0]: ("clerk",) for town in TOWNS if town[0] != "laoheishan"},
    **{office: ("department_head",) for office, _ in OFFICES},
}
"""Places whose people one can come in as, besides those of the short demonstration, and in which roles."""


def seats(places: list[Place], rng: random.Random) -> Iterator[Seat]:
    """Every post of the county: those of the short demonstration as they are, the others with invented names."""
    named = {p[2] for p in PEOPLE} - {"laoheishan", ROOT}
    known = {(unit, role) for _, _, unit, role, _ in PEOPLE}
    for person, name, unit, role, title in PEOPLE:
        yield Seat(unit, role, title, person, name)
    yield Seat(ROOT, "clerk", "市政协经办人", "p-xia", "夏明远")
    names = people_names(rng)
    for p in places:
        if p.id in named or p.id == ROOT:
            continue
        for n, (role, title) in enumerate(_posts(p)):
            if (p.id, role) not in known:
                yield Seat(p.id, role, title, _person(p, n, rng), next(names))


def _posts(p: Place) -> tuple[tuple[str, str], ...]:
    if p.kind == "bureau":
        return (("department_head", "负责人"), ("department_clerk", "联络人"))
    if p.kind in ("town", "street"):
        return _TOWN
    where = "村" if p.kind == "village" else "社区"
    return tuple((role, where + title if role != "cppcc_member" else title) for role, title in _VILLAGE)


def _person(p: Place, n: int, rng: random.Random) -> str:
    """An id that says nothing; a readable one where the tour shows the log-in."""
    return f"p-{p.id}-{n + 1}" if p.id in TOUR else f"p{rng.getrandbits(48):012x}"


@dataclass(slots=True)
class Roster:
    """Posts by unit, as they are filled."""

    held: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))

    def add(self, unit: str, role: str, person: str, post: str, since: date) -> None:
        self.held[unit].append(Held(role, person, post, since))

    def one(self, unit: str, *roles: str) -> Held:
        """Who holds the first of these roles now."""
        for role in roles:
            for h in self.held[unit]:
                if h.role == role and h.until is None:
                    return h
        raise LookupError(f"nobody in {unit} is {roles[0]}")

    def now(self, unit: str) -> list[Held]:
        return [h for h in self.held[unit] if h.until is None]


def tour_people(roster: Roster) -> list[str]:
    """The persons one can come in as, in the order of the tree."""
    shown = [p[0] for p in PEOPLE] + ["p-xia"]
    for unit, roles in TOUR.items():
        shown += [h.person for h in roster.now(unit) if h.role in roles]
    return shown
