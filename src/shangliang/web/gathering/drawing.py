"""The map as SVG, drawn here: every dot is people who answer alike, none has a name. Groups differ by shape and letter as
well as by colour, so that it reads in print and without colours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shangliang.consensus import OpinionMap
from shangliang.web.gathering.reading import group_name

WIDTH, HEIGHT, EDGE = 640, 440, 36
GRID = 8
"""Dots closer than this are one dot, larger: hundreds stay readable, and the page small."""
SHAPES = ("circle", "square", "triangle", "diamond", "cross")


@dataclass(frozen=True, slots=True)
class Dot:
    """One place on the map and how many people stand there."""

    shape: str
    colour: str
    x: float
    y: float
    r: float
    people: int

    @property
    def points(self) -> str:
        """The corners of a shape that is not a circle."""
        x, y, r = self.x, self.y, self.r * 1.1
        corners = {
            "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
            "triangle": ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
            "diamond": ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
            "cross": ((-0.5, -1.3), (0.5, -1.3), (0.5, -0.5), (1.3, -0.5), (1.3, 0.5), (0.5, 0.5), (0.5, 1.3),
                      (-0.5, 1.3), (-0.5, 0.5), (-1.3, 0.5), (-1.3, -0.5), (-0.5, -0.5)),
        }[self.shape]  # fmt: skip
        return " ".join(f"{x + a * r * 0.9:.1f},{y + b * r * 0.9:.1f}" for a, b in corners)


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    colour: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    placed: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(opinions: OpinionMap) -> Drawing:
    """The map of everybody who answered enough to be placed."""
    p = opinions.participants
    here = np.flatnonzero(p.placed)
    if len(here) == 0:
        return Drawing((), (), 0)
    xs, ys = _scaled(p.x[here], WIDTH), _scaled(p.y[here], HEIGHT)
    groups = p.group[here] if opinions.groups else np.full(len(here), -1)
    cells: dict[tuple[int, int, int], int] = {}
    for x, y, g in zip(xs, ys, groups, strict=True):
        cell = (int(g), int(x // GRID), int(y // GRID))
        cells[cell] = cells.get(cell, 0) + 1
    dots = tuple(_dot(g, cx, cy, n) for (g, cx, cy), n in sorted(cells.items()))
    return Drawing(dots, _labels(groups, xs, ys), len(here))


def _scaled(values: np.ndarray, size: int) -> np.ndarray:
    """Places between the edges; everybody in one spot stands in the middle."""
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-12:
        return np.full(len(values), size / 2)
    found: np.ndarray = EDGE + (values - low) / (high - low) * (size - 2 * EDGE)
    return found


def _dot(group: int, cx: int, cy: int, people: int) -> Dot:
    shape = SHAPES[group % len(SHAPES)] if group >= 0 else "circle"
    r = min(4.5 + 1.5 * (people**0.5 - 1), GRID * 1.6)
    return Dot(
        shape, f"g{group % 5}" if group >= 0 else "gx", (cx + 0.5) * GRID, (cy + 0.5) * GRID, r, people
    )


def _labels(groups: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> tuple[Label, ...]:
    """The letter of each group above its middle."""
    found = []
    for g in sorted(set(groups.tolist()) - {-1}):
        members = groups == g
        x, y = float(np.median(xs[members])), float(ys[members].min()) - 12
        found.append(Label(group_name(g), f"g{g % 5}", min(max(x, 40.0), WIDTH - 40.0), max(y, 16.0)))
    return tuple(found)
