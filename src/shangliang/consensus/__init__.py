"""The opinion map: what many people's answers to many statements have in common, and what divides them.

A pure room: arrays in, results out; no Django, no clock, no input or output. `docs/consensus.md` has the mathematics,
what a map can and cannot say, and how not to misuse it.

    from shangliang.consensus import map_opinions
    found = map_opinions(participants, statements, votes)     # −1 disagree, 0 pass, +1 agree
    for point in found.agreed: ...
"""

from shangliang.consensus.mapping import map_opinions, update, without_groups
from shangliang.consensus.publishing import publishable
from shangliang.consensus.results import (
    Group,
    GroupFigures,
    Method,
    Model,
    OpinionMap,
    Participants,
    Point,
    Representative,
    Statements,
    Sureness,
    Unheard,
)
from shangliang.consensus.routing import next_statements
from shangliang.consensus.schema import as_json

__all__ = [
    "Group",
    "GroupFigures",
    "Method",
    "Model",
    "OpinionMap",
    "Participants",
    "Point",
    "Representative",
    "Statements",
    "Sureness",
    "Unheard",
    "as_json",
    "map_opinions",
    "next_statements",
    "publishable",
    "update",
    "without_groups",
]
