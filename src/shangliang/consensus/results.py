"""What an opinion map says: plain frozen values, arrays along participants (P), statements (M) and groups (G).

Shares are between 0 and 1, votes are −1 (disagree), 0 (pass) and +1 (agree). An interval holds the share among *all*
people of the conversation (or group), those who have not answered included: when everybody has answered it is a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from shangliang.consensus.arrays import Bools, Floats, Ints
from shangliang.consensus.votes import Votes

Method = Literal["shangliang", "polis"]


@dataclass(frozen=True, slots=True)
class Participants:
    """Everybody who answered anything, in ascending order of id; each array has shape (P,)."""

    ids: Ints
    answers: Ints  # statements answered, passes included
    placed: Bools  # answered enough to be shown on the map
    x: Floats  # position; 0, 0 is the middle of the conversation
    y: Floats
    sure: Floats  # 0…1: how much of the position stands on the person's own answers
    group: Ints  # index into `groups`, −1: none
    belongs: Floats  # 0…1: how surely to that group


@dataclass(frozen=True, slots=True)
class Statements:
    """Every statement, in ascending order of id; each array has shape (M,)."""

    ids: Ints
    agree: Ints
    disagree: Ints
    passed: Ints
    answered: Ints  # agree + disagree + passed
    x: Floats  # where agreeing draws a person on the map
    y: Floats
    consensus: (
        Floats  # agreement across all groups (see docs/consensus.md; "polis": the group-informed product)
    )
    low: Floats  # 95 % interval of the agreement in the group that agrees least
    high: Floats
    rejection: Floats  # the same for disagreeing together
    rejection_low: Floats
    rejection_high: Floats
    division: Floats  # 0…1: how far groups (without groups: people) stand apart
    weight: Floats  # how much another answer would tell; routing prefers the greater


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What the groups answered; each array has shape (G, M)."""

    agree: Ints
    disagree: Ints
    answered: Ints
    p_agree: Floats  # (A+1)/(S+2)
    p_disagree: Floats
    z_agree: Floats  # test of p_agree against one half
    z_disagree: Floats
    r_agree: Floats  # p_agree inside by outside
    r_disagree: Floats
    rz_agree: Floats  # test of the two proportions
    rz_disagree: Floats
    low: Floats  # 95 % interval of the share that agrees
    high: Floats


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that tells a group from the others."""

    statement: int  # id
    agrees: bool
    share: float  # smoothed share of the group that answers so
    ratio: float  # by the share among the others
    z_share: float
    z_ratio: float
    agreed: int
    disagreed: int
    answered: int


@dataclass(frozen=True, slots=True)
class Group:
    """People who answer alike. Groups are in descending order of size; nobody is named."""

    index: int
    size: int
    stability: float  # median Jaccard overlap with its nearest group under resampling, nan: not measured
    x: float
    y: float
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A statement on which all groups agree (or which all reject), or which divides them."""

    statement: int  # id
    agrees: bool  # True: agreed with; False: rejected. Of a point of division: what more people say
    value: float  # share, in the group where it is least; of a point of division: how far apart
    low: float
    high: float
    shares: tuple[float, ...]  # share of each group, same direction; one value without groups


@dataclass(frozen=True, slots=True)
class Unheard:
    """Who and what is hardly heard, so that the convener can ask."""

    statements: tuple[int, ...]  # ids: too few answers to say anything, fewest first
    group_statements: tuple[tuple[int, int], ...]  # (group, statement): hardly answered by that group
    groups: tuple[int, ...]  # groups that answer far less than the others
    participants: int  # people with too few answers to be placed


class Sureness(NamedTuple):
    """How far the map can be trusted."""

    stability: float  # median adjusted Rand index of the groups under resampling, nan: not measured
    groups_shown: bool
    reason: str  # why no groups: "" | "few_people" | "no_structure" | "unstable" | "given"
    error: float  # root mean square error on hidden votes, nan: not measured
    error_of_means: float  # the same, answering with each statement's mean
    dimensions: int  # of the factor map the groups were looked for in
    measured: int  # votes there were when this was measured


class Model(NamedTuple):
    """What predicts an answer: clip(mean + axes · position, −1, 1). Kept so that new votes need no new start."""

    mean: Floats  # (M,)
    axes: Floats  # (M, R) statements in R dimensions
    positions: Floats  # (P, R)
    spread: Floats  # (R,) variance of positions
    noise: Floats  # (M,)
    centres: Floats  # (G, R) of the groups
    share: Floats  # (G,)
    width2: float  # variance within a group, along each axis

    def predict(self, people: Ints, columns: Ints) -> Floats:
        """The expected answer, −1…1, of each of these people (rows) to each of these statements (columns)."""
        expected = self.mean[columns] + (self.positions[people] * self.axes[columns]).sum(axis=1)
        return np.asarray(np.clip(expected, -1, 1))


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """The whole result. `votes` is what it was made of, last answers only."""

    method: Method
    seed: int
    participants: Participants
    statements: Statements
    groups: tuple[Group, ...]  # empty when groups are not shown
    figures: GroupFigures  # of the groups; without groups of everybody, G = 1
    agreed: tuple[Point, ...]  # best first, both directions
    divided: tuple[Point, ...]  # most dividing first
    unheard: Unheard
    sureness: Sureness
    model: Model
    votes: Votes
    timings: Mapping[str, float]  # seconds by phase; empty without a clock
