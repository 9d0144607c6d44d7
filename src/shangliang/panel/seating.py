"""From counts of types to people: everybody of a type sits equally often, and nobody beside their own household."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from shangliang.panel.shape import Shape


def seat(shape: Shape, panels: NDArray[np.int16], seed: int) -> list[list[int]]:
    """For each panel (counts of types) the places of its people in the pool, sorted. People who are alike sit equally
    often or once more or less than each other. `seed` shuffles who among them sits together."""
    dice = np.random.Generator(np.random.PCG64(seed))
    seated: list[list[int]] = [list(shape.must) for _ in panels]
    for group in _groups(shape):
        homes = _homes(shape, group)
        if len(homes[0]) == 1 and len(next(iter(homes[0].values()))) == 1:
            _turns(panels[:, group[0]], [home[group[0]][0] for home in homes], seated, dice)
        else:
            _colours(panels[:, group], group, homes, seated, dice)
    return [sorted(people) for people in seated]


def _groups(shape: Shape) -> list[list[int]]:
    """Types that share households, each group once; a type of people who live alone is a group of its own."""
    by_class: dict[int, list[int]] = defaultdict(list)
    alone = []
    for t, homes in enumerate(shape.homes):
        if homes[0] < 0:
            alone.append([t])
        else:
            by_class[int(shape.row[t, -1])].append(t)
    return alone + list(by_class.values())


def _homes(shape: Shape, group: list[int]) -> list[dict[int, list[int]]]:
    """The households of a group: type → its members in this household. Alone: each person is one."""
    homes: dict[int, dict[int, list[int]]] = {}
    for t in group:
        for n, (person, home) in enumerate(zip(shape.members[t], shape.homes[t], strict=True)):
            homes.setdefault(home if home >= 0 else n, {}).setdefault(t, []).append(person)
    return list(homes.values())


def _turns(
    counts: NDArray[np.int16], people: list[int], seated: list[list[int]], dice: np.random.Generator
) -> None:
    """Whoever sat least so far sits next; among equals the dice decide."""
    sat = np.zeros(len(people))
    members = np.array(people)
    for panel, count in zip(seated, counts, strict=True):
        if count:
            chosen = np.argsort(sat + 0.5 * dice.random(len(people)), kind="stable")[:count]
            sat[chosen] += 1
            panel.extend(members[chosen].tolist())


def _colours(
    counts: NDArray[np.int16], group: list[int], homes: list[dict[int, list[int]]], seated: list[list[int]],
    dice: np.random.Generator,
) -> None:  # fmt: skip
    """Seats of a class of households as a bipartite graph: panels on one side, on the other each type's seats in
    parcels of as many as there are households. Its edges are coloured with households so that no panel and no parcel
    has one twice (Kőnig, by alternating paths): one person a household and panel, and each household gives a type its
    share in every full parcel."""
    width = len(homes)
    order = dice.permutation(width)
    left: dict[int, dict[int, tuple[int, int]]] = defaultdict(
        dict
    )  # panel → household → (type's place, parcel)
    right: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)  # parcel → household → panel
    given = [0] * len(group)
    for j in dice.permutation(len(counts)).tolist():
        for g in range(len(group)):
            for _ in range(int(counts[j, g])):
                parcel = (g, given[g] // width)
                given[g] += 1
                _edge(j, parcel, left, right, width)
    turn: dict[tuple[int, int], int] = defaultdict(int)
    for j, panel in enumerate(seated):
        for colour, (g, _) in sorted(left[j].items()):
            members = homes[int(order[colour])][group[g]]
            panel.append(members[turn[g, colour] % len(members)])
            turn[g, colour] += 1


def _edge(
    j: int, parcel: tuple[int, int], left: dict[int, dict[int, tuple[int, int]]],
    right: dict[tuple[int, int], dict[int, int]], width: int,
) -> None:  # fmt: skip
    """Add the edge j – parcel with a free colour, changing colours along one alternating path where none is free on
    both sides."""
    a = next(c for c in range(width) if c not in left[j])
    b = next(c for c in range(width) if c not in right[parcel])
    if a != b and a in right[parcel]:
        # The path from the parcel that alternates a, b, a …; it cannot end at j, which has no a.
        path: list[tuple[int, tuple[int, int], int]] = []
        node, colour, at_parcel = parcel, a, True
        panel = -1
        while True:
            if at_parcel:
                if colour not in right[node]:
                    break
                panel = right[node][colour]
                path.append((panel, node, colour))
            else:
                if colour not in left[panel]:
                    break
                node = left[panel][colour]
                path.append((panel, node, colour))
            at_parcel, colour = not at_parcel, b if colour == a else a
        for one, other, old in path:
            del left[one][old], right[other][old]
        for one, other, old in path:
            new = b if old == a else a
            left[one][new], right[other][new] = other, one
    left[j][a], right[parcel][a] = parcel, j
