"""Lines, arrows, boxes and words of a flow chart, each one element of SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from shangliang.procedure.chart_layout import Box, Bundle, side

INK, LINE = "#1f2328", "#6b6459"


def edge_x(box: Box, gutter: int) -> float:
    return box.x if side(box, gutter) == "left" else box.right


def passed(bundle: Bundle, y: float, target_y: float) -> bool:
    """Whether another line runs through the point where this one joins the lane."""
    ys = [bundle.ports[b.id] for b, _ in bundle.sources if bundle.ports[b.id] != y]
    return any((o < y < target_y) or (target_y < y < o) for o in ys)


def elbows(x1: float, y1: float, lane: float, y2: float, x2: float) -> str:
    """A line from a box along its lane into another box, with rounded corners."""
    radius = min(7.0, abs(y2 - y1) / 2)
    a, b = (1 if lane > x1 else -1), (1 if x2 > lane else -1)
    down = 1 if y2 > y1 else -1
    return (
        f"M{x1:g} {y1:g}H{lane - a * radius:g}Q{lane:g} {y1:g} {lane:g} {y1 + down * radius:g}"
        f"V{y2 - down * radius:g}Q{lane:g} {y2:g} {lane + b * radius:g} {y2:g}H{x2:g}"
    )


def draw(path: str, width: float = 1.5, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="{width:g}"{dashed}/>'


def arrow(x: float, y: float, way: str) -> str:
    if way == "down":
        return f'<path d="M{x - 5:g} {y - 9:g}L{x:g} {y:g}L{x + 5:g} {y - 9:g}Z" fill="{LINE}"/>'
    back = x - 9 if way == "right" else x + 9
    return f'<path d="M{back:g} {y - 5:g}L{x:g} {y:g}L{back:g} {y + 5:g}Z" fill="{LINE}"/>'


def rect(box: Box, *, radius: float, fill: str, stroke: str, width: float, inset: float = 0) -> str:
    return (
        f'<rect x="{box.x + inset:g}" y="{box.y - box.height / 2 + inset:g}" width="{box.width - 2 * inset:g}"'
        f' height="{box.height - 2 * inset:g}" rx="{radius:g}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"/>'
    )


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    fill: str = INK,
    anchor: str = "start",
    weight: str = "",
    family: str = "",
    halo: bool = False,
) -> str:
    extra = f' font-weight="{weight}"' if weight else ""
    extra += f" font-family={quoteattr(family)}" if family else ""
    extra += ' paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round"' if halo else ""
    place = f'x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}"'
    return f"<text {place}{extra}>{escape(words)}</text>"


def width(words: str, size: float) -> float:
    """A guess at the width of a text: full-width signs are as wide as high, others a little over half."""
    return sum(size if ord(c) > 0x2E7F else size * 0.53 for c in words)


def fit(words: str, room: float, size: float) -> float:
    """The largest size up to ``size`` at which the words fit."""
    return max(9.0, min(size, size * room / max(width(words, size), 1.0)))


def wrap(words: str, room: float, size: float) -> list[str]:
    lines, line = [], ""
    for piece in words.split(" ") if " " in words else words:
        glue = " " if line and " " in words else ""
        if line and width(line + glue + piece, size) > room:
            lines.append(line)
            line, glue = "", ""
        line += glue + piece
    return [*lines, line] if line else lines
