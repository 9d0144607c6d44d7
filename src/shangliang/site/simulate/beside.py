"""What happens beside the meetings called: ledgers, matters that never came to one, quiet periods, posts that change hands."""

from __future__ import annotations

import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from shangliang.procedure.calendar import add_months
from shangliang.site.simulate import topics
from shangliang.site.simulate.coming import Noted, Plan, Short, some_day
from shangliang.site.simulate.tree import Place

SHORT = ("liuhe", "xinghua", "shuangqiao", "laoheishan")  # the short demonstration counts on who is there
LEDGERS = 165
"""Meetings in a later year of which only the village's paper ledger tells, entered afterwards in one line each."""


def shorts(made: Plan, there: Sequence[Place], rng: random.Random, today: date) -> list[Short]:
    found = []
    for p in there:
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            said = some_day(rng, made.ready[p.id] + timedelta(days=5), today - timedelta(days=14))
            kind = "refused" if rng.random() < 0.8 else "rejected"
            found.append(Short(p.id, kind, topics.fill(rng.choice(topics.fitting(p)), p, rng), said))
    return found


def noted(made: Plan, there: Sequence[Place], rng: random.Random, today: date) -> list[Noted]:
    """Ledger meetings of the later years, first where the year has seen least."""
    held: dict[str, list[date]] = defaultdict(list)
    for s in made.sessions:
        held[s.unit].append(s.day)
    found: list[Noted] = []
    for year in range(max(2024, today.year - 3), today.year + 1):
        last = min(date(year, 12, 27), today - timedelta(days=20))
        count = round(LEDGERS * max(0, (last - date(year, 1, 1)).days) / 360)
        for _ in range(count * 20):
            if count == 0:
                break
            place = rng.choices(
                there, [1 / (1 + 2 * sum(d.year == year for d in held[p.id])) ** 2 for p in there]
            )[0]
            day = some_day(rng, date(year, 1, 6), last)
            if any(abs((day - d).days) < 25 for d in held[place.id]):
                continue
            held[place.id].append(day)
            found.append(_entered(place, day, rng))
            count -= 1
    return found


def _entered(place: Place, day: date, rng: random.Random) -> Noted:
    about = tuple(
        (topics.fill(n, place, rng), rng.choices(("solved", "partly", ""), (62, 22, 16))[0])
        for n in rng.sample(topics.fitting(place), rng.choice((1, 1, 2)))
    )
    return Noted(place.id, day, day + timedelta(days=rng.randrange(3, 18)), about, rng.randrange(7, 24))


def quiets(
    made: Plan, there: Sequence[Place], rng: random.Random, today: date
) -> list[tuple[str, date, date]]:
    """Some villages say of an empty two months that there was nothing to discuss; most gaps stay unexplained."""
    held: dict[str, list[date]] = defaultdict(list)
    met = [(s.unit, s.day) for s in made.sessions] + [(n.unit, n.day) for n in made.noted]
    for unit, day in met:
        held[unit].append(day)
    found = []
    for p in there:
        for first, last in _windows(made.ready[p.id], today):
            days = sorted(held[p.id])
            empty = bisect(days, last) == bisect(days, first)
            if p.village and empty and rng.random() < 0.05:
                found.append((p.id, first, some_day(rng, last - timedelta(days=9), last)))
    return found


def _windows(ready: date, today: date) -> list[tuple[date, date]]:
    """The two-month windows since the venue stands that have ended."""
    found: list[tuple[date, date]] = []
    first = date(ready.year, (ready.month - 1) // 2 * 2 + 1, 1)
    while True:
        following = add_months(first, 2)
        if following > today:
            return found
        if first >= ready:
            found.append((first, following - timedelta(days=1)))
        first = following


def successions(
    made: Plan, there: Sequence[Place], rng: random.Random, today: date
) -> list[tuple[str, str, date]]:
    """Who gives up a post to somebody else: the changes of a roster (D47). Not while a meeting is called: whoever called it
    convenes it."""
    called: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for s in made.sessions:
        called[s.unit].append((s.called - timedelta(days=2), s.day + timedelta(days=s.late + 1)))
    found = []
    for p in rng.sample([p for p in there if p.id not in SHORT], 16):
        roles = (
            ("party_secretary", "cppcc_member", "grid_worker") if p.village else ("deputy_party_secretary",)
        )
        role = rng.choice(roles)
        while True:
            on = some_day(rng, date(2022, 6, 1), min(today - timedelta(days=30), date(2026, 6, 30)))
            if not any(first <= on <= last for first, last in called[p.id]):
                break
        found.append((p.id, role, on))
    return found
