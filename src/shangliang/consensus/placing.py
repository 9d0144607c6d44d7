"""What a method of placing people hands on, and the reference method as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from shangliang.consensus import axes, reference
from shangliang.consensus.arrays import Bools, Floats, Ints
from shangliang.consensus.results import Model, Sureness
from shangliang.consensus.votes import Votes

NAN = float("nan")
Clock = Callable[[], float]


class Placing(NamedTuple):
    """What a method finds: where everybody stands, and who belongs together."""

    position: Floats  # (P, 2)
    placed: Bools  # (P,)
    sure: Floats  # (P,)
    group: Ints  # (P,), −1: none
    belongs: Floats  # (P,)
    stability: Floats  # (G,)
    arrows: Floats  # (M, 2) where agreeing draws a person
    model: Model
    sureness: Sureness


class Phases:
    """Seconds by phase, by a clock that is handed in: this room has none."""

    def __init__(self, clock: Clock | None) -> None:
        self.clock, self.seconds = clock, dict[str, float]()
        self.last = clock() if clock else 0.0

    def done(self, name: str) -> None:
        if self.clock:
            now = self.clock()
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self.last
            self.last = now


def as_polis(votes: Votes, phases: Phases) -> Placing:
    """The reference method."""
    found = axes.find(votes)
    phases.done("axes")
    position = axes.project(votes, found)
    inside = reference.placed(votes.answers, votes.width)
    phases.done("positions")
    group = reference.groups(position, inside)
    phases.done("groups")
    scale = np.sqrt(votes.width / np.maximum(votes.answers, 1))
    nothing = np.zeros((0, 2))
    model = Model(
        found.mean,
        found.vectors,
        position,
        position.var(axis=0),
        np.ones(votes.width),
        nothing,
        nothing[:, 0],
        NAN,
    )
    whole = np.ones(votes.people)
    return Placing(
        position, inside, np.minimum(1.0, 1 / np.maximum(scale, 1e-9)), group, whole * (group >= 0),
        np.full(int(group.max()) + 1, NAN), axes.lone(found), model,
        Sureness(NAN, bool(group.max() > 0), "" if group.max() > 0 else "no_structure", NAN, NAN, 2, len(votes.value)),
    )  # fmt: skip
