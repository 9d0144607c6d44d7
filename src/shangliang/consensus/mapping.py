"""Puts an opinion map together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shangliang.consensus import counts as counting
from shangliang.consensus import points, statistics
from shangliang.consensus import votes as table
from shangliang.consensus.results import (
    Floats,
    Method,
    Model,
    OpinionMap,
    Participants,
    Statements,
    Sureness,
)
from shangliang.consensus.votes import Votes


def map_opinions(
    participants: ArrayLike,
    statements: ArrayLike,
    votes: ArrayLike,
    *,
    method: Method = "shangliang",
    seed: int = 0,
    groups: ArrayLike | None = None,
    all_statements: ArrayLike | None = None,
) -> OpinionMap:
    """The map of these votes: three arrays of one length, in the order in which they were given.

    ``participants``, ``statements``: whole numbers as ids; ``votes``: −1 disagree, 0 pass, +1 agree; of two answers of
    one person to one statement the later counts. ``groups``: of each participant in ascending order of id, if they are
    known already (−1: none). ``all_statements``: ids of statements without an answer as well.
    Raises Malformed when the arrays are not such votes, or when there are none.
    """
    return _map(table.build(participants, statements, votes, all_statements), method, seed)


def update(
    opinions: OpinionMap, participants: ArrayLike, statements: ArrayLike, votes: ArrayLike
) -> OpinionMap:
    """The map with further votes, which replace earlier answers of the same person to the same statement."""
    more = table.add(opinions.votes, participants, statements, votes)
    return _map(more, opinions.method, opinions.seed)


def _map(votes: Votes, method: Method, seed: int) -> OpinionMap:
    people, width = votes.people, votes.width
    all_ = counting.count(votes)
    sizes = np.array([people])
    figures = statistics.figures(all_, sizes)
    agree, reject = (points.across(x, all_.answered, sizes) for x in (all_.agree, all_.disagree))
    apart = points.division(all_, sizes)
    nothing = np.zeros(people)
    placed = np.zeros(people, np.bool_)
    nobody = np.full(people, -1)
    unplaced = Participants(
        votes.participants, votes.answers, placed, nothing, nothing, nothing, nobody, nothing
    )
    a, d, s = (x[0] for x in all_)
    flat: Floats = np.zeros(width)
    ids = votes.statements
    told = Statements(
        ids, a, d, s - a - d, s, flat, flat, agree.value, agree.low, agree.high,
        reject.value, reject.low, reject.high, apart.value, statistics.routing_weight(all_, flat),
    )  # fmt: skip
    nan = float("nan")
    return OpinionMap(
        method, seed, unplaced, told, (), figures,
        points.agreed(all_, ids, agree, reject), points.divided(all_, ids, apart),
        points.unheard(all_, all_, sizes, ids, people), Sureness(nan, False, "no_structure", nan, nan, 0),
        Model(np.where(s > 0, (a - d) / np.maximum(s, 1), 0.0), np.zeros((width, 0)), np.zeros((people, 0)), nothing, {}),
        votes, {},
    )  # fmt: skip
