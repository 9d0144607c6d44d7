"""Drawings of an opinion map as SVG: presentation attributes only, told apart by shape as well as colour."""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np

from shangliang.consensus import OpinionMap

COLOURS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#7a5c00",
    "#5b3fa0",
    "#8b1e3f",
    "#2b6a3b",
    "#57606a",
)
INK, SOFT, RULE = "#1f2328", "#57606a", "#d8d4cc"
SIDE = 560.0
MOST_DOTS = 4000


def letter(group: int) -> str:
    return chr(ord("A") + group)


def plane(opinions: OpinionMap, title: str, describe: str) -> str:
    """Everybody who is placed as a dot, groups in shape and colour with their letter; who stands between groups is
    grey. Of more than 4,000 people as many are drawn."""
    p = opinions.participants
    rows = np.flatnonzero(p.placed & np.isfinite(p.x) & np.isfinite(p.y))
    rows = rows[:: max(1, math.ceil(len(rows) / MOST_DOTS))]
    far = float(np.quantile(np.hypot(p.x[rows], p.y[rows]), 0.99)) if len(rows) else 1.0
    scale = SIDE / 2 * 0.88 / max(far, 1e-9)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE:g} {SIDE:g}" role="img" class="plane">',
        f"<title>{escape(title)}</title><desc>{escape(describe)}</desc>",
        f'<rect width="{SIDE:g}" height="{SIDE:g}" fill="#ffffff" stroke="{RULE}"/>',
        f'<path d="M0 {SIDE / 2:g}H{SIDE:g}M{SIDE / 2:g} 0V{SIDE:g}" stroke="{RULE}"/>',
    ]
    for row in rows:
        x, y = _at(float(p.x[row]), float(p.y[row]), scale)
        parts.append(dot(x, y, int(p.group[row]), 0.25 + 0.55 * float(p.sure[row])))
    parts += _names(opinions, scale)
    return "".join([*parts, "</svg>"])


def dot(x: float, y: float, group: int, opacity: float = 1.0, size: float = 4.0) -> str:
    """A mark of this group: circle, square, triangle, diamond, cross, and again."""
    if group < 0:
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size * 0.7:.1f}" fill="none" stroke="{SOFT}" opacity="{opacity:.2f}"/>'
    colour = f'fill="{COLOURS[group % len(COLOURS)]}" opacity="{opacity:.2f}"'
    s = size
    match group % 5:
        case 0:
            return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{s:g}" {colour}/>'
        case 1:
            return f'<path d="M{x - s:.0f} {y - s:.0f}h{2 * s:g}v{2 * s:g}h-{2 * s:g}z" {colour}/>'
        case 2:
            return f'<path d="M{x:.0f} {y - s * 1.2:.0f}l{s * 1.2:g} {s * 2.2:g}h-{s * 2.4:g}z" {colour}/>'
        case 3:
            return f'<path d="M{x:.0f} {y - s * 1.4:.0f}l{s * 1.4:g} {s * 1.4:g}l-{s * 1.4:g} {s * 1.4:g}l-{s * 1.4:g} -{s * 1.4:g}z" {colour}/>'
    return f'<path d="M{x - s:.0f} {y - 1.2:.0f}h{s - 1.2:g}v-{s:g}h2.4v{s:g}h{s:g}v2.4h-{s:g}v{s:g}h-2.4v-{s:g}h-{s:g}z" {colour}/>'


def span(low: float, value: float, high: float, wide: float = 160.0) -> str:
    """A share with its interval on a line from 0 to 1, the half marked."""
    a, m, b = (max(0.0, min(1.0, v)) * (wide - 8) + 4 for v in (low, value, high))
    return (
        f'<svg viewBox="0 0 {wide:g} 16" width="{wide:g}" height="16" aria-hidden="true">'
        f'<path d="M4 8H{wide - 4:g}" stroke="{RULE}"/><path d="M{wide / 2:g} 3V13" stroke="{SOFT}"/>'
        f'<path d="M{a:.1f} 8H{b:.1f}" stroke="{INK}" stroke-width="4"/>'
        f'<circle cx="{m:.1f}" cy="8" r="4" fill="{INK}"/></svg>'
    )


def _at(x: float, y: float, scale: float) -> tuple[float, float]:
    middle = SIDE / 2
    return tuple(min(max(v, 6.0), SIDE - 6.0) for v in (middle + x * scale, middle - y * scale))  # type: ignore[return-value]


def _names(opinions: OpinionMap, scale: float) -> Iterator[str]:
    for g in opinions.groups:
        x, y = _at(g.x, g.y, scale)
        yield (
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="15" fill="#ffffff" stroke="{COLOURS[g.index % len(COLOURS)]}"'
            f' stroke-width="2"/><text x="{x:.0f}" y="{y + 6:.0f}" text-anchor="middle" font-size="17"'
            f' font-weight="bold" fill="{INK}">{letter(g.index)}</text>'
        )
