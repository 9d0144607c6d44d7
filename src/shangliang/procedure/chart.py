"""The flow chart of a procedure as SVG: presentation attributes only, no style and no script, so that strict CSP and a
printer take it alike."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from shangliang.procedure.chart_layout import COLUMNS, TOP, WIDTH, Box, Bundle, Edge, Layout, lay_out, side
from shangliang.procedure.chart_signs import (
    INK,
    LINE,
    arrow,
    draw,
    edge_x,
    elbows,
    fit,
    passed,
    rect,
    text,
    width,
    wrap,
)
from shangliang.procedure.model import Flow, Procedure, Stage
from shangliang.procedure.moves import Position
from shangliang.procedure.say import NOTHING, Say, listed

SOFT, RULE, RED, GROUND = "#57606a", "#d8d4cc", "#a8201a", "#f6f4f0"
SANS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
SERIF = "'Songti SC','Noto Serif CJK SC',serif"
SMALLEST = 13.0  # what can still be read from two metres when the sheet hangs on a wall at A3
NOTE_LEFT, NOTE_RIGHT = 36.0, 352.0  # the margin with the rule's own words and the flows a stage calls


def chart(procedure: Procedure, lang: str = "zh", at: Position | None = None) -> str:
    """The whole procedure on one sheet; ``at`` marks where a matter stands."""
    return _Drawing(procedure, lang, at).svg()


class _Drawing:
    def __init__(self, procedure: Procedure, lang: str, at: Position | None) -> None:
        self.procedure, self.lang, self.at = procedure, lang, at
        self.layout: Layout = lay_out(procedure)
        self.height = self.layout.height + 92

    def svg(self) -> str:
        parts = [*self._head(), *self._lines(), *self._boxes(), *self._margin(), *self._rhythm()]
        parts += [*self._labels(), *self._foot()]
        return "\n".join([*parts, "</svg>\n"])

    def _t(self, say: Say) -> str:
        return say.text(self.lang)

    def _head(self) -> Iterator[str]:
        name, source = self._t(self.procedure.name), self.procedure.source
        what = Say("流程图", "flow chart")
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {self.height:g}" role="img"'
            f' aria-labelledby="chart-title chart-desc" font-family={quoteattr(SANS)} fill="{INK}">'
        )
        yield f'<title id="chart-title">{escape(name)} {escape(self._t(what))}</title>'
        yield f'<desc id="chart-desc">{escape(self._description())}</desc>'
        yield f'<rect width="{WIDTH:g}" height="{self.height:g}" fill="#ffffff"/>'
        yield text(NOTE_LEFT, 60, name, 34, family=SERIF, weight="bold")
        yield text(NOTE_LEFT, 92, f"{source.publisher}　《{source.title}》", 16, fill=SOFT)
        yield f'<path d="M{NOTE_LEFT:g} 110H{WIDTH - NOTE_LEFT:g}" stroke="{RED}" stroke-width="2"/>'

    def _description(self) -> str:
        stages = [s.name for s in self.procedure.root.stages.values()]
        return self._t(Say("环节：", "Stages: ") + listed(stages))

    # lines ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _lines(self) -> Iterator[str]:
        for edge in self.layout.straight:
            yield from self._straight(edge)
        for bundle in self.layout.bundles:
            yield from self._bundle(bundle)

    def _straight(self, edge: Edge) -> Iterator[str]:
        a, b = self.layout.boxes[edge.source], self.layout.boxes[edge.target]
        if a.row == b.row:
            yield draw(f"M{a.right:g} {a.y:g}H{b.x:g}")
            yield arrow(b.x, b.y, "right")
            return
        x = b.x + b.width / 2
        weight = 2.4 if a.column == 0 else 1.5
        yield draw(f"M{x:g} {a.y + a.height / 2:g}V{b.y - b.height / 2:g}", weight)
        yield arrow(x, b.y - b.height / 2, "down")

    def _bundle(self, bundle: Bundle) -> Iterator[str]:
        target_y = bundle.ports[bundle.target.id]
        lane, into = bundle.lane, edge_x(bundle.target, bundle.gutter)
        for box, _ in bundle.sources:
            y = bundle.ports[box.id]
            yield draw(elbows(edge_x(box, bundle.gutter), y, lane, target_y, into))
        for box, _ in bundle.sources:
            if passed(bundle, bundle.ports[box.id], target_y):
                yield f'<circle cx="{lane:g}" cy="{bundle.ports[box.id]:g}" r="2.6" fill="{LINE}"/>'
        yield arrow(into, target_y, "right" if into > lane else "left")

    def _labels(self) -> Iterator[str]:
        for edge in self.layout.straight:
            a, b = self.layout.boxes[edge.source], self.layout.boxes[edge.target]
            if edge.label and a.column == 0 and b.column == 0:
                yield self._label(
                    a.x + a.width / 2 + 10, (a.y + a.height / 2 + b.y - b.height / 2) / 2 + 3, edge.label
                )
            elif edge.label and a.row == b.row:
                yield self._label(a.right + 8, a.y - 5, edge.label)
            elif edge.label and a.column == 1:
                yield self._label(b.x + b.width / 2 + 8, (a.y + b.y) / 2 + 5, edge.label)
        for bundle in self.layout.bundles:
            for box, label in bundle.sources:
                left = side(box, bundle.gutter) == "left"
                x = box.x - 8 if left else box.right + 8
                room = abs(bundle.lane - x) - 6  # before the lane, which other lines cross
                yield self._label(x, bundle.ports[box.id] - 4, label, "end" if left else "start", room)

    def _label(self, x: float, y: float, say: Say, anchor: str = "start", room: float = WIDTH) -> str:
        words = self._t(say)
        size = max(11.0, fit(words, room, 15))
        return text(x, y, words, size, fill=INK, anchor=anchor, halo=True) if say else ""

    # boxes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _boxes(self) -> Iterator[str]:
        for box in self.layout.boxes.values():
            yield from self._end(box) if box.end else self._stage(box, self.procedure.root.stages[box.id])

    def _end(self, box: Box) -> Iterator[str]:
        here = self.at is not None and self.at.root == box.id
        yield rect(
            box, radius=box.height / 2, fill=GROUND, stroke=RED if here else LINE, width=3 if here else 1.2
        )
        name = self._t(self.procedure.root.ends[box.id[1:]].name)
        yield from _centred(box, box.y, ("◉ " if here else "") + name, 17, box.width - 24, fill=INK)

    def _stage(self, box: Box, stage: Stage) -> Iterator[str]:
        here = self.at is not None and self.at.root == stage.id
        law = stage.origin == "law"
        yield rect(box, radius=6, fill="#ffffff", stroke=RED if here else INK, width=4 if here else 1.5)
        if law:
            yield rect(box, radius=3, fill="none", stroke=INK, width=0.8, inset=4)
        middle = box.x + box.width / 2
        name = ("◉ " if here else "") + self._t(stage.name)
        who = self._who(stage)
        above = -5.0 if fit(who, box.width - 20, 16) >= SMALLEST else -15.0
        yield text(middle, box.y + above, name, fit(name, box.width - 20, 22), anchor="middle", weight="bold")
        yield from _centred(box, box.y + 20, who, 16, box.width - 20, fill=SOFT)

    def _who(self, stage: Stage) -> str:
        """Who decides here; of a stage that only calls flows, which."""
        names = list(dict.fromkeys(act.who[0] for act in stage.acts))
        if names:
            return self._t(listed([self.procedure.roles[n].name for n in names]))
        called = [self.procedure.flows[c.flow] for c in stage.calls]
        together = Say("同时进行", "together") if len(called) > 1 else NOTHING
        return f"{self._t(listed([f.name for f in called]))} {self._t(together)}".strip()

    # the margin ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _margin(self) -> Iterator[str]:
        for box in self.layout.boxes.values():
            if box.column != 0 or box.end:
                continue
            stage = self.procedure.root.stages[box.id]
            if stage.calls:
                yield from self._called(box, [self.procedure.flows[c.flow] for c in stage.calls])
            else:
                yield from self._words(box, stage)

    def _words(self, box: Box, stage: Stage) -> Iterator[str]:
        lines = [
            line for c in stage.cites for line in wrap(self._t(c.short), NOTE_RIGHT - NOTE_LEFT - 8, 16)
        ][:6]
        top = box.y - (len(lines) - 1) * 12
        for index, line in enumerate(lines):
            yield text(NOTE_RIGHT, top + index * 24 + 6, line, 16, fill=SOFT, anchor="end")
        if lines:
            yield f'<path d="M{NOTE_RIGHT + 8:g} {top - 12:g}V{top + len(lines) * 24 - 12:g}" stroke="{RULE}" stroke-width="2"/>'

    def _called(self, box: Box, flows: list[Flow]) -> Iterator[str]:
        """The flows a stage calls, as panels in the margin with their steps in a row."""
        height, gap = 74.0, 10.0
        top = box.y - (len(flows) * (height + gap) - gap) / 2
        for index, flow in enumerate(flows):
            y = top + index * (height + gap)
            here = self.at.stages.get(flow.id) if self.at else None
            yield (
                f'<rect x="{NOTE_LEFT:g}" y="{y:g}" width="{NOTE_RIGHT - NOTE_LEFT:g}" height="{height:g}" rx="6"'
                f' fill="{GROUND}" stroke="{RED if here else RULE}" stroke-width="{2.5 if here else 1}"/>'
            )
            yield text(NOTE_LEFT + 14, y + 28, self._t(flow.name), 17, weight="bold")
            yield from self._row(self._steps(flow, here), y)
        brace, tie = NOTE_RIGHT + 12, box.y - 26
        if len(flows) > 1:
            bottom = top + len(flows) * (height + gap) - gap
            yield draw(f"M{NOTE_RIGHT + 4:g} {top:g}H{brace:g}V{bottom:g}H{NOTE_RIGHT + 4:g}", 1, dash="2 4")
        yield draw(f"M{brace if len(flows) > 1 else NOTE_RIGHT:g} {tie:g}H{box.x:g}", 1, dash="2 4")

    def _row(self, row: str, y: float) -> Iterator[str]:
        """The steps of a panel in one line, or in two smaller ones where they would become too small to read."""
        room = NOTE_RIGHT - NOTE_LEFT - 24
        size = fit(row, room, 16)
        if size >= 12:
            yield text(NOTE_LEFT + 14, y + 56, row, size, fill=SOFT)
            return
        steps = row.split(" → ") if " → " in row else [row]
        half = (len(steps) + 1) // 2
        for index, part in enumerate((steps[:half], steps[half:])):
            words = " → ".join(part) + (" →" if index == 0 and steps[half:] else "")
            yield text(NOTE_LEFT + 14, y + 47 + index * 18, words, fit(words, room, 14), fill=SOFT)

    def _steps(self, flow: Flow, here: str | None) -> str:
        """The stages of a called flow in a row; of one with a single stage, its acts."""
        stages = list(flow.stages.values())
        if len(stages) == 1:
            return ("◉ " if here else "") + self._t(listed([a.title for a in stages[0].acts]))
        return " → ".join(("◉" if s.id == here else "") + self._t(_with_period(s)) for s in stages)

    def _rhythm(self) -> Iterator[str]:
        """How often a unit meets, and what else the rule says about time, where the sheet is empty."""
        lines = [c.name for c in self.procedure.clocks]
        notes = [self.procedure.notes["urgent"]] if "urgent" in self.procedure.notes else []
        x = COLUMNS[1][0]
        y = max((b.y + b.height / 2 for b in self.layout.boxes.values() if b.column > 0), default=TOP) + 84
        if not lines or y + 60 > self.layout.height:
            return
        yield text(x, y, self._t(Say("多久开一次", "How often")), 18, weight="bold")
        texts = [*(self._t(s) for s in lines), *(w for n in notes for w in wrap(self._t(n), 600, 16))]
        for index, line in enumerate(texts):
            yield text(x, y + 30 + index * 26, line, 16, fill=SOFT)

    def _foot(self) -> Iterator[str]:
        y = self.height - 30
        legend = Say(
            "实线框：环节　双线框：法律要求的环节　圆角框：结束　左侧：规程原话和同时进行的流程",
            "Boxes: stages. Double boxes: stages of the law. Rounded: ends. Left: the rule's words, and flows alongside.",
        )
        yield f'<path d="M{NOTE_LEFT:g} {y - 26:g}H{WIDTH - NOTE_LEFT:g}" stroke="{RULE}"/>'
        yield text(NOTE_LEFT, y, self._t(legend), 15, fill=SOFT)
        version = f"{self.procedure.id} · {self.procedure.version}"
        yield text(WIDTH - NOTE_LEFT, y, version, 15, fill=SOFT, anchor="end")


def _centred(box: Box, y: float, words: str, size: float, room: float, fill: str) -> Iterator[str]:
    """Words in the middle of a box: in one line, or in two where they would become too small to read."""
    fits = fit(words, room, size)
    lines = [words] if fits >= SMALLEST else _halves(words)
    for index, line in enumerate(lines):
        at = y + 5 + (index - (len(lines) - 1) / 2) * 18
        yield text(
            box.x + box.width / 2,
            at,
            line,
            fit(line, room, size if len(lines) == 1 else 14),
            anchor="middle",
            fill=fill,
        )


def _halves(words: str) -> list[str]:
    """Two lines of about one length, parted after a comma or a space, never within a word."""
    cuts = [i + 1 for i, sign in enumerate(words) if sign in "、，, " and i + 1 < len(words)]
    if not cuts:
        return [words]
    cut = min(cuts, key=lambda i: abs(width(words[:i], 1) - width(words[i:], 1)))
    return [words[:cut].rstrip(), words[cut:].lstrip()]


def _with_period(stage: Stage) -> Say:
    """The stage's name, with the days it lasts at least."""
    least = next((t.length for t in stage.timers if t.kind == "at_least"), None)
    return Say(f"{stage.name.zh}（{least.zh}）", f"{stage.name.en} ({least.en})") if least else stage.name
