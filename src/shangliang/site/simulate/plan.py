"""What happens in the county, when: pure, seeded, without acts.

The years of the report hold its figures exactly. Later years are invented at a quieter pace and end with today; the gaps
that are left against the rule's own norm (towns twice a year, villages every two months: D37, D38) stay gaps.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from shangliang.site.simulate import beside, topics
from shangliang.site.simulate.coming import Plan, Session, Topical, some_day
from shangliang.site.simulate.tree import COMMUNITIES, URBAN, Place

COVERED = {2021: 15, 2022: 76, 2023: 115}
"""Venues ready at the end of the year (D5, D8, D9). D5 can be read as 12 or 15 pilots; here it is 15: two towns, the urban
bureau, four villages, eight communities."""
MEETINGS = {2021: 38, 2022: 131, 2023: 240}
"""How the 409 meetings (D40) fall into the three years is invented."""
SOLVED = 310  # in the three years together (D42)
LATER = 80  # meetings in a year after them
MOST_LATER = 230  # in all the later years together, so that the county is built in little time
AHEAD = 12  # days after today for which meetings are called already

PILOT_TOWNS = ("laoheishan", "daohe", URBAN)
PILOT_VILLAGES = ("liuhe", "xinghua", "daohe-01", "daohe-02")
DEMONSTRATION = ("nanshan", "tuanjie", "jiaxinzi")  # D19


def plan(places: Sequence[Place], rng: random.Random, today: date) -> Plan:
    """The whole county's years up to today, and the meetings called for the days after it."""
    there = [p for p in places if p.platform]
    made = Plan(_ready(there, rng))
    made.sessions = _sessions(there, made.ready, rng, today)
    _agenda(made, {p.id: p for p in there}, rng, today)
    _results(made, rng, today)
    made.noted = beside.noted(made, there, rng, today)
    made.shorts = beside.shorts(made, there, rng, today)
    made.quiets = beside.quiets(made, there, rng, today)
    made.successions = beside.successions(made, there, rng, today)
    return made


def _ready(there: Sequence[Place], rng: random.Random) -> dict[str, date]:
    """The day each venue stands: pilots in 2021, the demonstration sites among them or early in 2022, then the rest."""
    pilots = [p for p in (*PILOT_TOWNS, *PILOT_VILLAGES, *(c for c, _ in COMMUNITIES))]
    rest = [p.id for p in there if p.id not in pilots]
    rng.shuffle(rest)
    rest.sort(key=lambda i: i not in DEMONSTRATION)
    ready = {i: some_day(rng, date(2021, 4, 12), date(2021, 9, 28)) for i in pilots}
    second = COVERED[2022] - COVERED[2021]
    for n, ident in enumerate(rest):
        year = 2022 if n < second else 2023
        ready[ident] = some_day(rng, date(year, 3, 1), date(year, 11, 24))
    return ready


# ── meetings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_SEASON = (0.7, 0.6, 1.1, 0.8, 0.6, 1.0, 1.1, 1.0, 0.6, 0.9, 1.3, 1.2)
"""How readily people meet from January to December: less at New Year, when they sow and when they reap."""


def _sessions(
    there: Sequence[Place], ready: dict[str, date], rng: random.Random, today: date
) -> list[Session]:
    eager = {p.id: rng.uniform(0.35, 1.5) * (1.7 if p.id in DEMONSTRATION else 1) for p in there}
    held: dict[str, list[date]] = defaultdict(list)
    for year, count in _counts(today).items():
        last = min(date(year, 12, 27), today + timedelta(days=AHEAD))
        _spread(there, ready, eager, held, rng, year, count, last)
    found = [_session(unit, day, rng, today) for unit, days in held.items() for day in days]
    return sorted(found, key=lambda s: (s.day, s.unit))


def _counts(today: date) -> dict[int, int]:
    """How many meetings each year holds; the present one as far as it has come."""
    later = range(2024, today.year + 1)
    a_year = min(LATER, MOST_LATER // max(1, len(later)))
    counts = {y: n for y, n in MEETINGS.items() if y < today.year}
    counts |= {y: a_year for y in later}
    gone = (today - date(today.year, 1, 1)).days / 365
    full = MEETINGS.get(today.year, a_year)
    counts[today.year] = round(full * gone)
    return counts


def _spread(
    there: Sequence[Place], ready: dict[str, date], eager: dict[str, float], held: dict[str, list[date]],
    rng: random.Random, year: int, count: int, last: date,
) -> None:  # fmt: skip
    """Lets ``count`` meetings happen in a year, at least 25 days apart in one place and never before its venue stands."""
    could = [p for p in there if ready[p.id].year <= year and ready[p.id] + timedelta(days=20) <= last]
    most = {p.id: (6 if p.village else 3) for p in could}
    here: dict[str, int] = defaultdict(int)
    for _ in range(count * 400):
        if count == 0:
            return
        place = rng.choices(could, [eager[p.id] / (1 + here[p.id]) ** 1.5 for p in could])[0]
        day = some_day(rng, max(ready[place.id] + timedelta(days=12), date(year, 1, 6)), last)
        near = any(abs((day - d).days) < 25 for d in held[place.id])
        if here[place.id] >= most[place.id] or near or rng.random() * 1.3 > _SEASON[day.month - 1]:
            continue
        held[place.id].append(day)
        here[place.id] += 1
        count -= 1
    raise AssertionError("the year has no room for so many meetings")


def _session(unit: str, day: date, rng: random.Random, today: date) -> Session:
    urgent = rng.random() < 0.05
    ahead = 2 if urgent else rng.randrange(7, 13)
    if day > today:
        ahead = max(ahead, (day - today).days + 1)
    form = rng.choices(("meeting", "yard", "written"), (86, 12, 2))[0]
    late = rng.choices((0, 1, 3), (80, 14, 6))[0]
    return Session(unit, day, day - timedelta(days=ahead), form, urgent, late)


# ── what is on the agenda ────────────────────────────────────────────────────────────────────────────────────────────


def _agenda(made: Plan, there: dict[str, Place], rng: random.Random, today: date) -> None:
    """Each meeting gets a matter of its own, or goes on with one that was to be discussed again; some take two."""
    coming: dict[str, list[Session]] = defaultdict(list)
    for s in made.sessions:
        coming[s.unit].append(s)
    for unit, sessions in coming.items():
        heap: list[int] = []
        again: Topical | None = None
        for here, following in zip(sessions, [*sessions[1:], None], strict=True):
            if again is not None:
                here.items.append((again, "consensus"))
                again = None
            fresh = not here.items or rng.random() < 0.3
            if fresh and (not here.items or rng.random() < 0.4):
                here.items.append(_item(there[unit], here, heap, rng))
            if rng.random() < 0.09:
                here.items.append(_item(there[unit], here, heap, rng))
            near = following is not None and (following.called - here.day).days in range(3, 130)
            matter, outcome = here.items[-1]
            if near and outcome == "consensus" and len(here.items) == 1 and rng.random() < 0.16:
                here.items[-1] = (matter, "again")
                again = matter


def _item(place: Place, session: Session, heap: list[int], rng: random.Random) -> tuple[Topical, str]:
    if not heap:
        heap += topics.fitting(place)
        rng.shuffle(heap)
        if place.trade:  # what a place lives by comes up first
            heap.sort(key=lambda n: place.trade in topics.raw()[n]["places"])
    topic = topics.fill(heap.pop(), place, rng)
    lead = rng.randrange(9, 24) if not session.urgent else rng.randrange(5, 8)
    channel = rng.choices(("visit", "web", "phone", "hall", "box", "meeting"), (34, 18, 14, 16, 8, 10))[0]
    behalf = channel == "visit"
    said = session.called - timedelta(days=lead)
    matter = Topical(place.id, topic, said, channel, behalf, face=behalf and rng.random() < 0.6)
    escalated = topic.escalate or (place.village and rng.random() < 0.03)
    return matter, "escalate" if escalated else "consensus"


# ── how it ends ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _results(made: Plan, rng: random.Random, today: date) -> None:
    """Exactly ``SOLVED`` matters are closed as solved from 2021 to 2023; the others partly, not, or later."""
    last: dict[int, date] = {}
    for s in made.sessions:
        for m, _ in s.items:
            last[id(m)] = s.day
    end = date(2023, 12, 29)
    could = [m for m in made.matters if last[id(m)] <= date(2023, 11, 3)]
    solved = {id(m) for m in rng.sample(could, min(SOLVED, len(could)))}
    if len(solved) < SOLVED and today > end:
        raise AssertionError("too few matters could be solved in the three years")
    for m in made.matters:
        met = last[id(m)]
        m.objection = rng.random() < 0.05
        if id(m) in solved:
            earliest = met + timedelta(days=_least(m))
            m.end = some_day(rng, earliest, min(met + timedelta(days=130), end)) if earliest < end else end
            m.heard = True if rng.random() < 0.4 else None
        else:
            m.result = rng.choices(("solved", "partly", "unsolved"), (60, 28, 12))[0]
            least = max(met + timedelta(days=_least(m)), date(2024, 1, 9) if m.result == "solved" else met)
            m.end = some_day(rng, least, least + timedelta(days=90))
            m.heard = (
                {"solved": True, "partly": None, "unsolved": False}[m.result] if rng.random() < 0.4 else None
            )
            m.stalls = met > today - timedelta(days=150) and rng.random() < 0.22


def _least(m: Topical) -> int:
    """Days from the meeting within which it cannot be closed: the notice hangs, a resolution is called, an answer waited
    for."""
    return 42 if m.topic.touches or m.topic.escalate else 28
