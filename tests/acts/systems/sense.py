"""What would make no sense on any way: something named that is not there, numbers that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tests.acts import voices
from tests.acts.dongning.tables import BODIES
from tests.acts.systems.rows import Seen

Sense = Callable[[Seen], Iterator[str]]
SENSE: dict[str, Sense] = {}
LAW = {"subsidy", "public_welfare", "homestead", "collective_property", "collective_income", "resident_units"}
"""Subjects the law of 2026 knows in a village that the walks use."""


def sense(*names: str) -> Callable[[Sense], Sense]:
    def register(function: Sense) -> Sense:
        SENSE.update(dict.fromkeys(names, function))
        return function

    return register


def _listed(s: Seen, **fields: str) -> Iterator[str]:
    for name, known in fields.items():
        given: Any = s.of(name)
        chosen = given if isinstance(given, list) else [given]
        if any(c and c not in s.o.system.lists.get(known, ()) for c in chosen):
            yield f"{name} stands in no list"


@sense("intake")
def _(s: Seen) -> Iterator[str]:
    yield from ()


@sense("propose")
def _propose(s: Seen) -> Iterator[str]:
    yield from _listed(s, category="category", item="item", funds="funds")
    if s.of("item") in ("appointment", "reserve"):
        if s.of("title") or s.of("explanation") or s.of("proposer") or s.of("amount") is not None:
            yield "of personnel matters only number and date"
        if not s.of("ref"):
            yield "a personnel matter has the number of its paper"
    elif not s.of("title"):
        yield "it has no name"


@sense("set_topic")
def _topic(s: Seen) -> Iterator[str]:
    yield from _listed(s, category="category", item="item", scope="scope", subject="subject", reach="reach",
                       complexity="complexity", affected="group")  # fmt: skip
    if any(t not in LAW or s.m.unit == "hekou" for t in s.of("touches", ())):
        yield "the law gives this to nobody here"
    if not s.m.title and not s.of("title"):
        yield "it has no name"


@sense("admit")
def _admit(s: Seen) -> Iterator[str]:
    if s.of("in_scope") and s.of("category") not in s.o.system.lists["scope"]:
        yield "it is none of the kinds"
    if any(t not in LAW for t in s.of("touches") or ()):
        yield "the law gives this to nobody here"


@sense("set_form")
def _form(s: Seen) -> Iterator[str]:
    yield from _listed(s, way="form", carrier="carrier")


@sense("fix_participants")
def _fix(s: Seen) -> Iterator[str]:
    for p in s.of("participants", ()):
        if not (p.get("post") or p.get("name") or p.get("department")):
            yield "a line names nobody"
        if p.get("group") and p["group"] not in s.o.system.lists.get("group", ()):
            yield "there is no such group"


@sense("notify_participants")
def _notify(s: Seen) -> Iterator[str]:
    if any(p not in s.m.people for p in s.of("participants", ())):
        yield "somebody else"


@sense("register_receipt", "enter_statement")
def _participant(s: Seen) -> Iterator[str]:
    if s.of("participant") not in s.m.people:
        yield "somebody else"
    if s.a.name == "enter_statement" and bool(s.of("words")) == bool(s.of("silent")):
        yield "words, or none"


@sense("record_vote")
def _vote(s: Seen) -> Iterator[str]:
    if s.of("present") > s.of("entitled") or s.of("votes_for") + s.of("against", 0) + s.of(
        "abstained", 0
    ) > s.of("present"):
        yield "the numbers cannot be"
    tellers = s.of("teller"), s.of("second")
    if s.of("mode", "hands") != "hands" and (None in tellers or tellers[0] == tellers[1]):
        yield "two tellers"
    if any(v not in s.m.people for v in s.of("voters", ())):
        yield "somebody else"


@sense("table")
def _table(s: Seen) -> Iterator[str]:
    g = s.meeting
    if g is None or g.unit != s.m.unit:
        yield "there is no such meeting"
    elif g.state == "called_off" or (g.state == "held" and g.day < s.on):
        yield "that meeting takes up nothing more"


@sense("take_up", "conclude")
def _at_meeting(s: Seen) -> Iterator[str]:
    g = s.meeting
    if g is None or g.unit != s.m.unit:
        yield "there is no such meeting"
        return
    if g.state == "called_off":
        yield "it was called off"
    if not s.m.rounds or s.m.rounds[-1].meeting != g.id:
        yield "it is not on its agenda"
    day = g.day if g.state == "held" else g.begun
    overtaken = (
        s.a.name == "conclude" and day is not None and s.m.last > day
    )  # by a reply given since, for instance
    if day not in (None, s.on) and not overtaken:
        yield "it was on another day"


@sense("record_resolution")
def _resolution(s: Seen) -> Iterator[str]:
    yield from s.o.lawful(s.a, s.m, s.d)
    if s.of("body") in BODIES and s.d is not None and s.d.body != s.of("body"):
        yield "another body decided"


@sense("merge")
def _merge(s: Seen) -> Iterator[str]:
    into = s.o.topics.get(s.of("into") or "")
    if into is None or into.unit != s.m.unit or into is s.m or into.ended:
        yield "it cannot go on in that one"


@sense("post_notice")
def _post(s: Seen) -> Iterator[str]:
    poster, witness = s.of("poster"), s.of("witness")
    if not s.of("board", True) and not s.of("online", True):
        yield "posted nowhere"
    if any(p and p not in s.o.posts for p in (poster, witness)):
        yield "there is no such post"
    if poster and poster == witness:
        yield "nobody witnesses himself"


@sense("answer_objection")
def _objection(s: Seen) -> Iterator[str]:
    if s.m.objections.get(s.of("objection") or "") != "open":
        yield "there is no such open objection"


@sense("object")
def _object(s: Seen) -> Iterator[str]:
    if not any(n.start for n in s.m.notices):
        yield "nothing is posted"


@sense("report_progress")
def _progress(s: Seen) -> Iterator[str]:
    if s.of("task") not in s.m.tasks:
        yield "there is no such task"


@sense("register_delivery")
def _delivery(s: Seen) -> Iterator[str]:
    if s.of("dispatch") not in {i for *_, i in s.m.sent}:
        yield "nothing of the kind was sent"


@sense("follow_up")
def _follow(s: Seen) -> Iterator[str]:
    if s.of("suggestion") not in s.m.suggestions:
        yield "there is no such suggestion"
    if s.of("state") in ("not_adopted", "not_done") and not s.of("why"):
        yield "why not?"


@sense("open_collecting", "enter_heard", "close_collecting")
def _collecting(s: Seen) -> Iterator[str]:
    running = s.m.collecting is not None and s.m.collecting.closed is None
    if (s.a.name == "open_collecting") == running:
        yield "opinions are being asked for, or are not"


@sense("review_proposal")
def _review(s: Seen) -> Iterator[str]:
    total, present, votes = s.of("total"), s.of("present"), s.of("votes_for")
    if (total is not None and present is not None and present > total) or (
        present is not None and votes is not None and votes > present
    ):
        yield "the numbers cannot be"


@sense("hold_appraisal")
def _appraisal(s: Seen) -> Iterator[str]:
    if s.of("satisfied", 0) + s.of("mostly", 0) + s.of("unsatisfied", 0) > s.of("present", 0):
        yield "the numbers cannot be"


@sense("announce_hearing", "set_appraisal")
def _called(s: Seen) -> Iterator[str]:
    if date.fromisoformat(s.of("called_for")) < s.on:
        yield "it would be before it is announced"


@sense("report_up")
def _report(s: Seen) -> Iterator[str]:
    yield from s.o.upward(s.a, s.m)


@sense("confirm")
def _confirm(s: Seen) -> Iterator[str]:
    if s.m.ended or not (s.m.tasks or s.m.result):
        yield "too early, or too late"


@sense(*voices.NAMES)
def _voices(s: Seen) -> Iterator[str]:
    yield from voices.against(s.o, s.a, s.m, s.o.system.lists.get("group", ()))
