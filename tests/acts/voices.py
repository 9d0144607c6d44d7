"""Asking people and choosing people, said a second time by hand: gatherings, surveys, lots, naming (docs/acts.md, panels.md).

Both oracles use it. It shares no code with the checks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.acts.dongning.known import Ask, Topic
    from tests.acts.dongning.oracle import Oracle

CONVENER = frozenset({"open_gathering", "close_gathering", "announce_lots", "name_participants"})
"""For the convener to decide, whoever types it."""
NAMES = (
    "open_gathering", "propose_statement", "screen_statement", "issue_slips", "close_gathering", "carry_points", "open_survey",
    "enter_paper_totals", "close_survey", "announce_lots", "draw_lots", "name_participants",
)  # fmt: skip
PHONE = re.compile(r"1[3-9]\d{9}")
MOST_SLIPS = 5000
THROWS = 10


@dataclass
class Box:
    """A gathering. ``statements``: shown, waiting or refused, and its text."""

    entry: str
    opened: date
    until: date
    voice: str
    slips: int
    own: bool
    statements: dict[str, tuple[str, str]]
    closed: date | None = None


@dataclass
class Lottery:
    """A published file, and what was drawn from it."""

    id: str
    text: str
    on: date
    drawn: int | None = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def draw(self, seed: str) -> list[str]:
        """The panel of a throw: SHA-256 of heading, digest, throw and turn, as docs/panels.md writes it."""
        panels: list[list[str]] = json.loads(self.text)["panels"]
        said = f"shangliang panel draw 1\n{self.digest}\n{seed}\n0"
        self.drawn = int(hashlib.sha256(said.encode()).hexdigest(), 16) % len(panels) + 1
        return panels[self.drawn - 1]


@dataclass
class Voices:
    """What is known of a matter's gatherings, surveys and of who was chosen."""

    boxes: list[Box] = field(default_factory=list)
    questions: dict[str, tuple[str, int]] = field(default_factory=dict)  # question: its survey, its options
    surveys: dict[str, date | None] = field(default_factory=dict)  # survey: since when it is open
    lots: list[Lottery] = field(default_factory=list)
    seated: set[str] = field(default_factory=set)  # posts
    drawn: dict[str, str] = field(default_factory=dict)  # number: the row of whoever was drawn
    gone: set[str] = field(default_factory=set)  # rows of those who were replaced
    recused: set[str] = field(default_factory=set)  # posts

    @property
    def running(self) -> Box | None:
        return self.boxes[-1] if self.boxes and not self.boxes[-1].closed else None


def against(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...] = ()) -> Iterator[str]:
    """What stands against such an act, apart from who decides and who types it. ``groups``: those of the rule's list."""
    yield from globals()[f"_{ask.name}"](o, ask, t, groups)


def another_day(ask: Ask, t: Topic, entry: str, until: date) -> Iterator[str]:
    """What stands against putting the last day for answers right."""
    box = next(b for b in t.voices.boxes if b.entry == entry)
    if until < box.opened or (box.closed is None and until < ask.on):
        yield "people could answer until now"
    if box.closed is not None and until > box.closed:
        yield "the box did not stand open so long"


def _before_agreement(t: Topic) -> Iterator[str]:
    if t.ended or "consulted" in t.marks:
        yield "it has been agreed on"


def _open_gathering(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    d = ask.data
    texts = [s["text"] for s in d["statements"]]
    if not t.shown:
        yield "nobody has screened it"
    yield from _before_agreement(t)
    if t.voices.running is not None:
        yield "people are being asked"
    if date.fromisoformat(d["until"]) < ask.on:
        yield "it would end before it begins"
    if d.get("voice") == "invited" and not d.get("slips"):
        yield "nobody is invited"
    if any(PHONE.search(text) for text in texts):
        yield "it names somebody's telephone"
    if len(set(texts)) < len(texts):
        yield "twice the same"


def _propose_statement(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    box = t.voices.running
    if box is None:
        yield "nobody is being asked"
    elif ask.on < box.opened:
        yield "people were not asked yet"
    elif ask.by == "public" and (box.until < ask.on or not box.own):
        yield "people answer no more, or add nothing of their own"
    if PHONE.search(ask.data["text"]):
        yield "it names somebody's telephone"


def _screen_statement(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    d, box = ask.data, t.voices.running
    if box is None or d["statement"] not in box.statements:
        yield "there is no such statement"
        return
    if ask.on < box.opened:
        yield "people were not asked yet"
    if box.statements[d["statement"]][0] == ("shown" if d["shown"] else "refused"):
        yield "it has been screened"
    if d["shown"] and (d.get("reason") or d.get("note")):
        yield "what is asked needs no reason"
    if not d["shown"] and (not d.get("reason") or (d["reason"] == "other" and not d.get("note"))):
        yield "whoever wrote it will ask why"


def _issue_slips(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    box = t.voices.running
    if box is None or box.voice != "invited" or box.slips + ask.data["count"] > MOST_SLIPS:
        yield "there are no slips, or too many"
    elif ask.on < box.opened:
        yield "people were not asked yet"


def _close_gathering(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    box = t.voices.running
    if box is None or ask.on < box.until:
        yield "nobody is being asked, or people were told they have longer"
    elif any(state == "waiting" for state, _ in box.statements.values()):
        yield "somebody waits for an answer"


def _carry_points(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    d = ask.data
    closed = t.voices.boxes[-1].closed if t.voices.boxes else None
    if closed is None or ask.on < closed:
        yield "the box is not closed, or was not"
    yield from _before_agreement(t)
    if not (d.get("agreed") or d.get("divided")):
        yield "not one point"
    if PHONE.search(f"{d.get('agreed')} {d.get('divided')}"):
        yield "it names somebody's telephone"


def _open_survey(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    if t.ended:
        yield "it has ended"


def _close_survey(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    yield from _not_asked(t.voices.surveys.get(ask.data["survey"]), ask)


def _not_asked(opened: date | None, ask: Ask) -> Iterator[str]:
    if opened is None or ask.on < opened:
        yield "there is no such open survey, or was not"


def _enter_paper_totals(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    d = ask.data
    survey, options = t.voices.questions.get(d["question"], ("", 0))
    yield from _not_asked(t.voices.surveys.get(survey), ask)
    if survey and len(d["counts"]) != options:
        yield "one number an answer"
    if d["teller"] == d["second"]:
        yield "two count"


def _announce_lots(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    d = ask.data
    if not t.shown:
        yield "nobody has screened it"
    if t.ended:
        yield "it has ended"
    body, mark, rest = d["text"].rpartition('"sha256":"')
    if not mark or rest != hashlib.sha256(body.encode()).hexdigest() + '"\n}\n':
        yield "the file was changed"
        return
    told = json.loads(d["text"])
    people = {row[0] for row in told["people"]}
    if any(p["number"] not in people for p in d.get("people", ())):
        yield "there is no such number"
    if not d.get("after") and set(told["without"]) - {
        p["number"] for p in d.get("people", ()) if p.get("recused")
    }:
        yield "somebody is left out, and nobody says why"
    if any(p["name"] in d["text"] for p in d.get("people", ()) if p.get("name")):
        yield "names are public"
    yield from _after_the_last(d, told.get("after", {}), t)


def _after_the_last(d: dict[str, Any], after: dict[str, Any], t: Topic) -> Iterator[str]:
    last = t.voices.lots[-1] if t.voices.lots else None
    if last is None:
        if d.get("after"):
            yield "there was no such draw"
    elif last.drawn is None:
        yield "one is up and waits for the dice"
    elif d.get("after") != last.id or (after.get("sha256"), after.get("number")) != (last.digest, last.drawn):
        yield "lots were drawn"
    elif not d.get("reason"):
        yield "nobody says why somebody is replaced"


def _draw_lots(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    found = next((x for x in t.voices.lots if x.id == ask.data["lots"]), None)
    if found is None:
        yield "there is no such lottery"
        return
    if t.ended:
        yield "it has ended"
    if found.drawn is not None or ask.on < found.on:
        yield "it has been drawn, or was not up yet"
    if len(ask.data["seed"].replace(" ", "")) < THROWS:
        yield "too few throws"


def _name_participants(o: Oracle, ask: Ask, t: Topic, groups: tuple[str, ...]) -> Iterator[str]:
    seats, gone = ask.data.get("participants", ()), ask.data.get("recused", ())
    if t.ended:
        yield "it has ended"
    if not seats and not gone:
        yield "nobody is named"
    if any(not (p.get("post") or p.get("name") or p.get("department")) for p in seats):
        yield "a line names nobody"
    if any(bool(r.get("post")) == bool(r.get("name")) for r in gone):
        yield "the post or the name"
    if any(p.get("group") and p["group"] not in groups for p in seats):
        yield "there is no such group"
    if ask.data.get("pool") is not None and ask.data["pool"] < len(seats):
        yield "more than there are"
    posts, left = [p["post"] for p in seats if p.get("post")], {r["post"] for r in gone if r.get("post")}
    if not {*posts, *left} <= set(o.posts):
        yield "there is no such post"
    if len(set(posts)) < len(posts) or set(posts) & t.voices.seated:
        yield "somebody sits there already"
    names = {p["name"] for p in seats if p.get("name")} & {r["name"] for r in gone if r.get("name")}
    if set(posts) & (left | t.voices.recused) or names:
        yield "who is recused takes no seat"


def done(ask: Ask, t: Topic, entry: str) -> None:
    """Changes what is known of the matter."""
    d, v = ask.data, t.voices
    match ask.name:
        case "open_gathering":
            shown = {f"{entry}.{n}": ("shown", s["text"]) for n, s in enumerate(d["statements"], 1)}
            v.boxes.append(
                Box(
                    entry,
                    ask.on,
                    date.fromisoformat(d["until"]),
                    d.get("voice", "device"),
                    d.get("slips", 0),
                    d.get("own", True),
                    shown,
                )
            )
        case "propose_statement":
            v.boxes[-1].statements[f"{entry}.0"] = ("waiting", d["text"])
        case "screen_statement":
            text = v.boxes[-1].statements[d["statement"]][1]
            v.boxes[-1].statements[d["statement"]] = ("shown" if d["shown"] else "refused", text)
        case "issue_slips":
            v.boxes[-1].slips += d["count"]
        case "close_gathering":
            v.boxes[-1].closed = ask.on
        case "open_survey":
            v.surveys[f"{entry}.0"] = ask.on
            v.questions |= {
                f"{entry}.{n}": (f"{entry}.0", len(q["options"])) for n, q in enumerate(d["questions"], 1)
            }
        case "close_survey":
            v.surveys[d["survey"]] = None
        case "announce_lots":
            v.lots.append(Lottery(f"{entry}.0", d["text"], ask.on))
        case "draw_lots":
            panel = next(x for x in v.lots if x.id == d["lots"]).draw(d["seed"].replace(" ", ""))
            v.gone |= {row for one, row in v.drawn.items() if one not in panel}
            v.drawn |= {one: f"{entry}.{n}" for n, one in enumerate(panel) if one not in v.drawn}
        case "name_participants":
            v.seated |= {p["post"] for p in d.get("participants", ()) if p.get("post")}
            v.recused |= {r["post"] for r in d.get("recused", ()) if r.get("post")}
