"""Builds the simulated county in an empty database."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from shangliang.acts.act import SYSTEM, Act
from shangliang.acts.perform import perform
from shangliang.errors import Broken
from shangliang.people.models import Account
from shangliang.record.models import Entry
from shangliang.site.demo import PIN
from shangliang.site.simulate import meeting, offices, preparing
from shangliang.site.simulate.coming import Plan
from shangliang.site.simulate.plan import DEMONSTRATION, PILOT_TOWNS, PILOT_VILLAGES, plan
from shangliang.site.simulate.roster import Roster, seats, tour_people
from shangliang.site.simulate.stage import Clock, Stage, Story
from shangliang.site.simulate.telling import Teller
from shangliang.site.simulate.tree import COMMUNITIES, ROOT, Place, people_names, places
from shangliang.site.stories import STORIES
from shangliang.site.telling import Days
from shangliang.units.models import Unit

SEED = 2021
FIRST = date(2021, 1, 4)
CURRENT = date(2024, 6, 30)
"""From this day on the short demonstration's matters of the last months fall into years that nobody reported."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What was made."""

    units: int
    acts: int
    meetings: int
    matters: int


def build(
    today: date | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
    more: Sequence[Callable[[Days], Story]] = (),
) -> Built:
    """The whole county and ``more`` stories, all of it or nothing. The same seed and day make the same acts (numbers of matters, salts and
    keys stay random). Raises Broken where there are units already."""
    if Unit.objects.exists():
        raise Broken(
            "已经有单位了，只能在空的数据库里模拟",
            "There are units already; only an empty database can be simulated",
        )
    today = today or timezone.localdate()
    rng = random.Random(seed)
    tree = places(rng)
    coming = plan(tree, rng, today)
    clock = Clock(today)
    with transaction.atomic(), _rarely_tidied():
        teller = _found(tree, clock, rng, progress)
        _begin(teller, coming, rng, today)
        for story in more:
            teller.stage.begin(story(clock))
        teller.stage.run(today, _month(progress, teller) if progress else None)
        _accounts(teller.roster)
        acts = Entry.objects.count()
    return Built(len(tree), acts, len(coming.sessions), len(coming.matters))


@contextmanager
def _rarely_tidied() -> Iterator[None]:
    """Ten thousands of acts leave few cycles behind; looking for them every 700 objects costs a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _found(tree: list[Place], clock: Clock, rng: random.Random, progress: Progress | None) -> Teller:
    """The tree and its posts, on the first day."""
    clock.now = clock.now.replace(year=FIRST.year, month=FIRST.month, day=FIRST.day)
    if progress:
        progress("单位和名册")
    perform(*(_founding(p) for p in tree), clock=clock)
    roster = Roster()
    acts = []
    for s in seats(tree, rng):
        data = {
            "role": s.role,
            "person": s.person,
            "name": s.name,
            "title": s.title,
            "since": FIRST.isoformat(),
        }
        acts.append((s, Act("appoint", FIRST, SYSTEM, data, subject=s.unit, unit=s.unit)))
    for (seat, _), done in zip(acts, perform(*(a for _, a in acts), clock=clock), strict=True):
        roster.add(seat.unit, seat.role, seat.person, f"{done.entry}.0", FIRST)
    return Teller(Stage(clock), {p.id: p for p in tree}, roster, rng)


def _founding(p: Place) -> Act:
    data: dict[str, object] = {"name": p.name, "kind": p.kind, "parent": p.parent, "code": p.code}
    if p.id == ROOT:
        data["procedure"] = "dongning"
    else:
        data |= {"adults": p.adults, "households": p.households, "representatives": p.representatives}
    if p.platform:
        data |= {"address": _door(p), "telephone": "0453-0000120"}
    return Act("found_unit", FIRST, SYSTEM, {k: v for k, v in data.items() if v is not None}, unit=p.id)


def _door(p: Place) -> str:
    """Where people go: the village's centre, the town's government, an office's own house."""
    name = p.name.partition("（")[0]
    if p.village:
        return f"{name}党群服务中心"
    return name if name.endswith("局") else f"{name}政府"


def _begin(teller: Teller, coming: Plan, rng: random.Random, today: date) -> None:
    stage = teller.stage
    for unit, ready in coming.ready.items():
        stage.begin(_venue(teller, unit, ready, rng))
    called: dict[int, date] = {}
    for session in coming.sessions:
        stage.begin(meeting.session(teller, session))
        for m, _ in session.items:
            called.setdefault(id(m), session.called)
    for m in coming.matters:
        stage.begin(preparing.matter(teller, m, called[id(m)]))
    for noted in coming.noted:
        stage.begin(meeting.noted(teller, noted))
    for short in coming.shorts:
        stage.begin(preparing.short(teller, short))
    for quiet in coming.quiets:
        stage.begin(offices.quiet(teller, *quiet))
    names = people_names(rng)
    for unit, role, on in coming.successions:
        person = f"p{rng.getrandbits(48):012x}"
        stage.begin(offices.succession(teller, unit, role, on, person, next(names)))
    if today >= CURRENT:
        for story in STORIES:
            stage.begin(story(stage.clock))


def _venue(teller: Teller, unit: str, ready: date, rng: random.Random) -> Story:
    """The venue is checked against the five haves (D18), self-built or assisted, in a room of many uses (D12, D15)."""
    yield ready
    place = teller.places[unit]
    pilot = unit in (*PILOT_TOWNS, *PILOT_VILLAGES, *(c for c, _ in COMMUNITIES))
    data: Mapping[str, object] = {
        "name": "地瓜议事室" if place.trade == "sweet_potato" else "有事好商量议事室",
        "host": "党群服务中心" if place.village else "综合服务中心", "shared": rng.random() < 0.85,
        "build": "assisted" if rng.random() < 0.3 else "self", "pilot_year": 2021 if pilot else None,
        "demonstration": unit in DEMONSTRATION,
        "haves": ["organisation", "place", "rules", "facilities", "sign"],
        "theme": "地瓜全产业链" if place.trade == "sweet_potato" else "",
        "plan": "" if place.village and rng.random() < 0.6 else "与现有会议室共用一间",
    }  # fmt: skip
    teller.act("equip_venue", unit, unit, data, by=SYSTEM)


def _accounts(roster: Roster) -> None:
    """One-click log-ins for the tour; nobody else of the county has an account."""
    pin = make_password(PIN)
    Account.objects.bulk_create(
        Account(login=person.removeprefix("p-"), password=pin, person_id=person)
        for person in tour_people(roster)
    )


def _month(progress: Progress, teller: Teller) -> Callable[[date], None]:
    """Says each month how far it is."""
    said: list[tuple[int, int]] = []

    def say(day: date) -> None:
        if not said or said[-1] != (day.year, day.month):
            said.append((day.year, day.month))
            progress(f"{day.year}年{day.month}月，已办{teller.acts}件")

    return say
