"""What of a map may be published: nothing about few people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shangliang.consensus.arrays import Bools
from shangliang.consensus.mapping import without_groups
from shangliang.consensus.results import Group, GroupFigures, OpinionMap, Participants, Statements
from shangliang.errors import Malformed

LEAST = 5  # people of whom anything may be told


def publishable(opinions: OpinionMap, least: int = LEAST) -> OpinionMap:
    """The map without participants and without anything about fewer than ``least`` people.

    A group that small hides all groups, for it could be worked out from the others and the total. A statement that so
    few answered is left out but for being named among the unheard; so is what so few of a group answered. The
    result still holds `votes` for whoever computes with it; `as_json(…, people=False)` writes none of them.
    Raises Malformed when fewer than ``least`` people took part.
    """
    if opinions.votes.people < least:
        raise Malformed(
            [
                (
                    "",
                    f"不足{least}人参加，不能公开",
                    f"fewer than {least} people took part: not to be published",
                )
            ]
        )
    if any(group.size < least for group in opinions.groups):
        opinions = without_groups(opinions)
    seen = opinions.statements.answered >= least
    told = set(opinions.statements.ids[seen].tolist())
    nobody, nothing = np.zeros(0, np.int64), np.zeros(0)
    return replace(
        opinions,
        participants=Participants(nobody, nobody, nobody > 0, nothing, nothing, nothing, nobody, nothing),
        model=opinions.model._replace(positions=opinions.model.positions[:0]),
        statements=Statements(
            *(getattr(opinions.statements, name)[seen] for name in Statements.__dataclass_fields__)
        ),
        figures=_figures(opinions.figures, seen, least),
        groups=tuple(_group(group, told, least) for group in opinions.groups),
        agreed=tuple(p for p in opinions.agreed if p.statement in told),
        divided=tuple(p for p in opinions.divided if p.statement in told),
        unheard=replace(opinions.unheard, group_statements=()),
    )


def _figures(figures: GroupFigures, seen: Bools, least: int) -> GroupFigures:
    few = figures.answered[:, seen] < least
    kept = {}
    for name in GroupFigures.__dataclass_fields__:
        values = getattr(figures, name)[:, seen]
        kept[name] = np.where(few, 0 if values.dtype.kind in "iu" else np.nan, values)
    return GroupFigures(**kept)


def _group(group: Group, told: set[int], least: int) -> Group:
    kept = tuple(r for r in group.representative if r.statement in told and r.answered >= least)
    return replace(group, representative=kept)
