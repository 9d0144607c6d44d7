"""Puts an opinion map together: places people, finds groups, counts, says what all agree on and what divides them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from shangliang.consensus import ours, placing, points, routing, statistics
from shangliang.consensus import votes as table
from shangliang.consensus.arrays import Ints
from shangliang.consensus.choosing import TIMES
from shangliang.consensus.counts import Counts, count_all
from shangliang.consensus.placing import NAN, Clock, Phases, Placing
from shangliang.consensus.results import Group, GroupFigures, Method, OpinionMap, Participants, Statements
from shangliang.consensus.votes import Votes
from shangliang.errors import Malformed


def map_opinions(
    participants: ArrayLike,
    statements: ArrayLike,
    votes: ArrayLike,
    *,
    method: Method = "shangliang",
    seed: int = 0,
    groups: ArrayLike | None = None,
    all_statements: ArrayLike | None = None,
    times: ArrayLike | None = None,
    resamples: int = TIMES,
    clock: Clock | None = None,
) -> OpinionMap:
    """The map of these votes: three arrays of one length, in the order in which they were given.

    ``participants``, ``statements``: whole numbers as ids; ``votes``: −1 disagree, 0 pass, +1 agree; of two answers of
    one person to one statement the later counts.

    ``groups``: of each participant in ascending order of id, if known already (0, 1 …; −1: none). ``all_statements``:
    ids of statements without an answer as well. ``times``: when each answer was given, if the order of the arrays does
    not say. ``resamples``: how often a tenth of the answers is left out to see whether groups come again; with 0 no
    groups are shown. ``clock``: such as time.perf_counter, if `timings` are wanted.
    Raises Malformed when the arrays are not such votes, or when there are none.
    """
    phases = Phases(clock)
    held = table.build(participants, statements, votes, all_statements, times)
    phases.done("votes")
    found = _place(held, method, seed, 0 if groups is not None else resamples, phases)
    if groups is not None:
        found = _with_groups(found, _given(groups, held.people))
    return _finished(held, found, method, seed, phases)


def update(
    opinions: OpinionMap,
    participants: ArrayLike,
    statements: ArrayLike,
    votes: ArrayLike,
    *,
    clock: Clock | None = None,
) -> OpinionMap:
    """The map with further votes, which replace earlier answers of the same person to the same statement.

    Our method goes on from the map it is given: a few rounds instead of all, groups keep their letters, and what was
    measured by resampling stands until a fifth more votes have come (`sureness.measured`).
    """
    phases = Phases(clock)
    more = table.add(opinions.votes, participants, statements, votes)
    phases.done("votes")
    polis = opinions.method == "polis"
    found = placing.as_polis(more, phases) if polis else ours.go_on(opinions, more, phases)
    return _finished(more, found, opinions.method, opinions.seed, phases)


def _place(votes: Votes, method: Method, seed: int, resamples: int, phases: Phases) -> Placing:
    if method == "polis":
        return placing.as_polis(votes, phases)
    if method == "shangliang":
        return ours.place(votes, seed, resamples, phases)
    raise Malformed([("method", "只有shangliang和polis", "is either shangliang or polis")])


def without_groups(opinions: OpinionMap) -> OpinionMap:
    """The same map, all people taken together: points of agreement and division of everybody."""
    people, told = opinions.participants, opinions.statements
    found = Placing(
        np.column_stack((people.x, people.y)), people.placed, people.sure, np.full(len(people.ids), -1),
        np.zeros(len(people.ids)), np.zeros(0), np.column_stack((told.x, told.y)), opinions.model,
        opinions.sureness._replace(groups_shown=False, reason="few_people"),
    )  # fmt: skip
    return replace(_told(opinions.votes, found, opinions.method, opinions.seed), timings=opinions.timings)


def _given(groups: ArrayLike, people: int) -> Ints:
    given = np.asarray(groups, np.int64)
    if given.shape != (people,) or (len(given) and given.min() < -1):
        raise Malformed([("groups", f"要{people}个，从−1起", f"needs {people} numbers from −1 up")])
    return given


def _with_groups(found: Placing, group: Ints) -> Placing:
    count = int(group.max()) + 1
    sureness = found.sureness._replace(groups_shown=count > 1, reason="given", stability=NAN)
    return found._replace(
        group=group, belongs=(group >= 0).astype(float), stability=np.full(count, NAN), sureness=sureness
    )


def _finished(votes: Votes, found: Placing, method: Method, seed: int, phases: Phases) -> OpinionMap:
    told = _told(votes, found, method, seed)
    phases.done("statistics")
    return replace(told, timings=dict(phases.seconds))


def _told(votes: Votes, found: Placing, method: Method, seed: int) -> OpinionMap:
    """Everything that follows from who belongs together."""
    ids, polis = votes.statements, method == "polis"
    shown = int(found.group.max()) + 1 if found.sureness.groups_shown else 1
    group = found.group if shown > 1 else np.where(found.placed | (not polis), 0, -1)
    by_group, all_ = count_all(votes, group, shown)
    sizes = np.bincount(group[group >= 0], minlength=shown)
    figures = statistics.figures(by_group, sizes)
    # Whoever belongs to no group has a voice too: all together count like one more group.
    everyone, heads = (
        (by_group, sizes) if polis or shown == 1 else _and_all(by_group, all_, sizes, votes.people)
    )
    agree, reject = (points.across(x, everyone.answered, heads) for x in (everyone.agree, everyone.disagree))
    apart = points.division(by_group, sizes)
    value, rejected = statistics.common_ground(figures) if polis else (agree.value, reject.value)
    a, d, s = (x[0] for x in all_)
    told = Statements(
        ids, a, d, s - a - d, s, found.arrows[:, 0], found.arrows[:, 1], value, agree.low, agree.high,
        rejected, reject.low, reject.high, apart.value,
        statistics.routing_weight(by_group, np.hypot(*found.arrows.T)) if polis else routing.telling(s, found.model),
    )  # fmt: skip
    people = Participants(
        votes.participants, votes.answers, found.placed, found.position[:, 0], found.position[:, 1], found.sure,
        found.group if shown > 1 else np.full(votes.people, -1), found.belongs * (shown > 1),
    )  # fmt: skip
    return OpinionMap(
        method, seed, people, told, _groups(found, figures, ids) if shown > 1 else (), figures,
        points.agreed(everyone, heads, ids, agree, reject, shown), points.divided(by_group, sizes, ids, apart),
        points.unheard(all_, by_group, sizes, ids, int((~found.placed).sum())),
        found.sureness, found.model, votes, {},
    )  # fmt: skip


def _and_all(by_group: Counts, all_: Counts, sizes: Ints, people: int) -> tuple[Counts, Ints]:
    stacked = Counts(*(np.vstack(pair) for pair in zip(by_group, all_, strict=True)))
    return stacked, np.append(sizes, people)


def _groups(found: Placing, figures: GroupFigures, ids: Ints) -> tuple[Group, ...]:
    told = []
    for g in range(int(found.group.max()) + 1):
        inside = found.group == g
        x, y = found.position[inside].mean(axis=0) if inside.any() else (NAN, NAN)
        telling = statistics.representative(figures, g, ids)
        told.append(Group(g, int(inside.sum()), float(found.stability[g]), float(x), float(y), telling))
    return tuple(told)
