"""Placing a procedure on a sheet: a main line from top to bottom, branches to the right, ways back in lanes of their own.

The main line is the way to completion that passes the fewest side stages (their ids end in a letter). Branches stand between
its rows, so that a line at the height of a row passes every branch; edges to one target share one lane and join it, so that nothing else overlaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from math import floor

from shangliang.procedure.model import STAY, Procedure
from shangliang.procedure.say import NOTHING, Say
from shangliang.procedure.vocabulary import ROUTES

ROW = 172.0  # from one row of the main line to the next
TOP = 176.0  # the middle of the first row
HEIGHT = 86.0  # of a box
PORT = 21.0  # between lines that leave one side of a box
LANE = 17.0

COLUMNS = ((512.0, 250.0), (1048.0, 236.0), (1408.0, 236.0))  # left edge and width
GUTTERS = (
    (388.0, -1),
    (898.0, 1),
    (1380.0, 1),
)  # where a gutter's first lane lies, and which way more lanes go
WIDTH = 1680.0


@dataclass(slots=True)
class Box:
    """A stage or an end. ``row`` is its place in its column; ends under a stage share their parent's column."""

    id: str
    column: int
    row: float
    end: bool = False
    part: tuple[int, int] = (0, 1)  # which of how many boxes that stand side by side

    @property
    def x(self) -> float:
        left, width = COLUMNS[self.column]
        index, number = self.part
        return left + index * (width + 12) / number

    @property
    def width(self) -> float:
        number = self.part[1]
        return (COLUMNS[self.column][1] - 12 * (number - 1)) / number

    @property
    def height(self) -> float:
        return 50.0 if self.end else HEIGHT

    @property
    def y(self) -> float:
        return TOP + self.row * ROW

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    label: Say


@dataclass(slots=True)
class Bundle:
    """Edges that share a lane in a gutter because they go to one box."""

    target: Box
    gutter: int
    sources: list[tuple[Box, Say]] = field(default_factory=list)
    lane: float = 0.0
    ports: dict[str, float] = field(default_factory=dict)  # height of the line at each box, by its id


@dataclass(frozen=True, slots=True)
class Layout:
    boxes: dict[str, Box]
    straight: tuple[Edge, ...]  # between boxes that stand one above the other, or side by side
    bundles: tuple[Bundle, ...]
    height: float


def lay_out(procedure: Procedure) -> Layout:
    """Where every stage, end and line of the root flow goes."""
    edges = list(_edges(procedure))
    boxes = _place(procedure, edges)
    straight = _merged([e for e in edges if _is_straight(boxes, e)])
    bundles = _bundles(boxes, [e for e in edges if not _is_straight(boxes, e)])
    _give_ports(bundles)
    _give_lanes(bundles)
    bottom = max(b.y + b.height / 2 for b in boxes.values())
    return Layout(boxes, straight, tuple(bundles), bottom)


def _edges(procedure: Procedure) -> Iterator[Edge]:
    for stage in procedure.root.stages.values():
        for act in stage.acts:
            labels = ROUTES[act.route].outcomes if act.route else {}
            for outcome, target in act.next.items():
                if target not in (STAY, stage.id):
                    yield Edge(stage.id, target, labels.get(outcome, NOTHING))
        for call in stage.calls:
            ends = procedure.flows[call.flow].ends
            for outcome, target in call.next.items():
                label = ends[outcome].name if len(call.next) > 1 or call.mode == "beside" else NOTHING
                yield Edge(stage.id, target, label)
        if stage.next:
            yield Edge(stage.id, stage.next, NOTHING)


def _place(procedure: Procedure, edges: list[Edge]) -> dict[str, Box]:
    spine = _with_skipped(procedure, edges, _spine(procedure, edges))
    boxes = {id: Box(id, 0, float(row), end=id.startswith("@")) for row, id in enumerate(spine)}
    off = [s for s in procedure.root.stages if s not in boxes]
    closing = [s for s in off if all(e.target.startswith("@") for e in edges if e.source == s)]
    for id in (s for s in off if s not in closing):
        boxes[id] = Box(id, 1, _free_row(boxes, _first_row(boxes, edges, id)))
    for id in closing:
        rows = [boxes[e.source].row for e in edges if e.target == id and e.source in boxes]
        boxes[id] = Box(id, 2, float(round(sum(rows) / len(rows))) if rows else 1.0)
    _place_ends(procedure, edges, boxes, closing)
    return boxes


def _place_ends(procedure: Procedure, edges: list[Edge], boxes: dict[str, Box], closing: list[str]) -> None:
    for stage in closing:
        targets = list(dict.fromkeys(e.target for e in edges if e.source == stage))
        for index, target in enumerate(t for t in targets if t not in boxes):
            boxes[target] = Box(target, 2, boxes[stage].row + 0.62, True, (index, len(targets)))
    for edge in edges:
        if edge.target.startswith("@") and edge.target not in boxes:
            boxes[edge.target] = Box(edge.target, 1, boxes[edge.source].row, True)


def _spine(procedure: Procedure, edges: list[Edge]) -> list[str]:
    """The way from the start to an end of the kind "completed" with the fewest side stages, and of these the shortest."""
    goals = {f"@{e.id}" for e in procedure.root.ends.values() if e.kind == "completed"}
    before: dict[str, str | None] = {}
    queue: list[tuple[int, int, int, str, str | None]] = [(0, 0, 0, procedure.root.start, None)]
    order = count(1)
    while queue:
        aside, length, _, at, came = heappop(queue)
        if at in before:
            continue
        before[at] = came
        if at in goals:
            return _way(before, at)
        for edge in edges:
            if edge.source == at and edge.target not in before:
                more = not edge.target.startswith("@") and not edge.target[-1:].isdigit()
                heappush(queue, (aside + more, length + 1, next(order), edge.target, at))
    return [procedure.root.start]


def _with_skipped(procedure: Procedure, edges: list[Edge], spine: list[str]) -> list[str]:
    """Stages of the main line that a short cut passes by; side stages have an id that ends in a letter."""
    joined = {(e.source, e.target) for e in edges}
    found = spine[:1]
    for at in spine[1:]:
        between = [
            s for s in procedure.root.stages
            if s[-1:].isdigit() and s not in spine and (found[-1], s) in joined and (s, at) in joined
        ]  # fmt: skip
        found += [*between[:1], at]
    return found


def _way(before: dict[str, str | None], last: str) -> list[str]:
    way: list[str] = []
    at: str | None = last
    while at is not None:
        way.append(at)
        at = before[at]
    return way[::-1]


def _first_row(boxes: dict[str, Box], edges: list[Edge], id: str) -> float:
    rows = [boxes[e.source].row for e in edges if e.target == id and e.source in boxes]
    return min(rows) if rows else 0.0


def _free_row(boxes: dict[str, Box], row: float) -> float:
    """Between two rows of the main line, as near as there is room for a box and a line above it."""
    taken = {b.row for b in boxes.values() if b.column == 1}
    for step in (0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 3.5, 4.5, 5.5):
        here = floor(row) + step
        if here > 0 and all(abs(here - other) >= 1 for other in taken):
            return here
    return max(taken) + 1


def _is_straight(boxes: dict[str, Box], edge: Edge) -> bool:
    a, b = boxes[edge.source], boxes[edge.target]
    if a.column != b.column:
        return b.end and a.row == b.row
    between = [x for x in boxes.values() if x.column == a.column and a.row < x.row < b.row]
    return a.row < b.row and not between


def _bundles(boxes: dict[str, Box], edges: list[Edge]) -> list[Bundle]:
    found: dict[tuple[str, int], Bundle] = {}
    for edge in edges:
        source, target = boxes[edge.source], boxes[edge.target]
        gutter = _gutter(source, target)
        bundle = found.setdefault((target.id, gutter), Bundle(target, gutter))
        same = next((i for i, (b, _) in enumerate(bundle.sources) if b.id == source.id), None)
        if same is None:
            bundle.sources.append((source, edge.label))
        else:
            bundle.sources[same] = (source, _both(bundle.sources[same][1], edge.label))
    return list(found.values())


def _merged(edges: list[Edge]) -> tuple[Edge, ...]:
    """One line for several outcomes that lead to the same box."""
    found: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        old = found.get((edge.source, edge.target))
        found[edge.source, edge.target] = replace(edge, label=_both(old.label, edge.label)) if old else edge
    return tuple(found.values())


def _both(one: Say, other: Say) -> Say:
    if not (one and other) or one == other:
        return one or other
    return Say(f"{one.zh}、{other.zh}", f"{one.en}, {other.en}")


def _gutter(source: Box, target: Box) -> int:
    columns = {source.column, target.column}
    if columns == {0}:
        return 0
    return 1 if columns == {0, 1} else 2


def side(box: Box, gutter: int) -> str:
    """The side of a box that faces a gutter."""
    return "left" if gutter <= box.column else "right"


def _give_ports(bundles: list[Bundle]) -> None:
    """Spread the lines over the sides of each box, upper ones to what lies above."""
    wanted: dict[tuple[str, str], list[tuple[float, Bundle, Box]]] = {}
    for bundle in bundles:
        for box in [bundle.target, *(b for b, _ in bundle.sources)]:
            others = [b.y for b, _ in bundle.sources] if box is bundle.target else [bundle.target.y]
            far = sum(others) / len(others)
            wanted.setdefault((box.id, side(box, bundle.gutter)), []).append((far, bundle, box))
    for asked in wanted.values():
        asked.sort(key=_height_of_port)
        for index, (_, bundle, box) in enumerate(asked):
            bundle.ports[box.id] = box.y + (index - (len(asked) - 1) / 2) * PORT


def _height_of_port(asked: tuple[float, Bundle, Box]) -> tuple[int, float, float, str]:
    """Upward lines above downward ones; of the main line's, those that turn first lie inside, so that none cross."""
    far, bundle, box = asked
    down = far > box.y
    if box.column == 0:
        turn, reach = (-bundle.gutter, -abs(far - box.y)) if down else (bundle.gutter, abs(far - box.y))
        return int(down), turn, reach, bundle.target.id
    return int(down), far, 0.0, bundle.target.id


def _give_lanes(bundles: list[Bundle]) -> None:
    """Lanes of one gutter: bundles whose heights overlap lie side by side, shorter ones nearer to the boxes."""
    for gutter, (first, way) in enumerate(GUTTERS):
        lanes: list[list[tuple[float, float]]] = []
        for bundle in sorted((b for b in bundles if b.gutter == gutter), key=_reach):
            low, high = min(bundle.ports.values()) - 8, max(bundle.ports.values()) + 8
            index = next(
                (i for i, taken in enumerate(lanes) if all(high < a or b < low for a, b in taken)), len(lanes)
            )
            if index == len(lanes):
                lanes.append([])
            lanes[index].append((low, high))
            bundle.lane = first + way * index * LANE


def _reach(bundle: Bundle) -> float:
    return max(bundle.ports.values()) - min(bundle.ports.values())
