"""A village matter carried through by hand: judge is asked, and the facts follow as a database would make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from shangliang.procedure.casebook import case
from shangliang.procedure.facts import (
    Decider,
    Facts,
    MeetingFacts,
    ObjectionFacts,
    PartyFacts,
    PublicationFacts,
    RoundFacts,
    RulingFacts,
    TaskFacts,
)
from shangliang.procedure.judge import Judgement, begin, judge
from shangliang.procedure.loader import procedure

SECRETARY = Decider("u1", "village", post="party_secretary")
MEMBER = Decider("u1", "village", post="cppcc_member")
CLERK = Decider("u1", "village", post="clerk")
ARCHIVIST = Decider("u1", "village", post="archivist")
SUPERVISOR = Decider("u1", "village", post="supervision_head")
COUNCIL = Decider("u1", "village", body="council", present=9)
PARTY = Decider("u1", "village", body="party", paper="支委会记录", present=5)
TOWN = Decider("t1", "town", body="party", paper="镇党委会议纪要")
GRID = Decider("u1", "village", post="grid_worker")

CLEAR = {
    "discuss": "livelihood", "against_policy": False, "private_dispute": False, "unfair": False,
    "deep_division": False, "dispute": "small", "touches": [], "department": None,
}  # fmt: skip
PAPERS = frozenset(p.id for p in procedure("dongning").archive if not p.when) | {
    "publication",
    "posting_record",
}


class Story:
    """One matter. ``facts`` are what the next act will see; ``last`` is the latest judgement."""

    def __init__(self, kind: str = "village") -> None:
        self.procedure = procedure("dongning")
        self.position = begin(self.procedure)
        plain = case("intake", kind=kind)
        self.facts: Facts = replace(
            plain, matter=None, parties=(), rulings=(), rounds=(), objections=(), tasks=(), replies=(),
            papers=PAPERS, chain_ok=True, digests_ok=True,
        )  # fmt: skip
        self.marks: frozenset[str] = frozenset()
        self.ended: str | None = None
        self.last: Judgement | None = None

    def ask(
        self, name: str, who: Decider | None, on: date, data: dict[str, Any], **options: Any
    ) -> Judgement:
        """Judge an act without doing it."""
        act = replace(case(name, data, on=on, decider=who).act)
        law = case(on=on, kind=self.facts.unit.kind).law
        facts = replace(self.facts, act=act, today=on, law=law, marks=self.marks)
        return judge(self.procedure, self.position, facts, **options)

    def do(
        self, name: str, who: Decider | None, on: date, data: dict[str, Any] | None = None, **options: Any
    ) -> None:
        """Judge an act, insist that it is allowed, and move on."""
        found = self.ask(name, who, on, data or {}, **options)
        assert found.allowed, [(f.gate, f.code, f.say.zh) for f in found.findings if f.verdict != "noted"]
        self.position, self.marks, self.ended, self.last = found.position, found.marks, found.ended, found
        matter = self.facts.matter or replace(case(kind=self.facts.unit.kind).matter, opened_on=on)
        self.facts = replace(self.facts, matter=replace(matter, last_happened_on=on))

    def knows(self, **changes: Any) -> None:
        """What a database would now say."""
        matter = changes.pop("matter", {})
        self.facts = replace(self.facts, matter=replace(self.facts.matter, **matter), **changes)

    def opened(self) -> Story:
        self.do("intake", GRID, date(2026, 4, 1))
        self.do("put_forward", GRID, date(2026, 4, 2), {"title": "修排水沟"})
        return self

    def screened(self, **answers: Any) -> Story:
        self.opened()
        data = {**CLEAR, **answers}
        self.do("screen", SECRETARY, date(2026, 4, 3), data)
        self.knows(
            matter={
                "dispute": data["dispute"],
                "touches": frozenset(data["touches"]),
                "not_discuss": frozenset(),
            }
        )
        return self

    def approved(self) -> Story:
        self.do("study", COUNCIL, date(2026, 4, 10), {"note": "到现场看过"})
        self.do("approve", PARTY, date(2026, 4, 12), {"approved": True, "present": 5})
        self.knows(rulings=(RulingFacts("approval", "party", "u1", date(2026, 4, 12), True),))
        return self

    def tabled(self, convener: Decider = SECRETARY) -> Story:
        self.knows(meeting=MeetingFacts("g1", "u1", convener.level, "room", date(2026, 5, 3), convener))
        self.do("table", convener, date(2026, 4, 20), {"meeting": "g1"})
        return self

    def met(self, outcome: str, on: date = date(2026, 5, 3)) -> Story:
        rounds = self.facts.rounds or ()
        self.do("take_up", SECRETARY, on, {"meeting": "g1"})
        self.knows(rounds=(*rounds, RoundFacts(len(rounds) + 1, "g1", on)))
        self.do("conclude", SECRETARY, on, {"meeting": "g1", "outcome": outcome, "agreed": "由水务站修"})
        self.knows(rounds=(*rounds, RoundFacts(len(rounds) + 1, "g1", on, outcome)))
        return self

    def posted(self, on: date = date(2026, 5, 4)) -> Story:
        self.do("draft_notice", CLERK, on, {"text": "排水沟由水务站整修"})
        self.do("post_notice", CLERK, on, {"board_on": on, "posted_by": "经办人"})
        self.knows(publication=PublicationFacts("p", True, True, board_on=on, posted_by=True))
        return self

    def worked(self, on: date = date(2026, 5, 10)) -> Story:
        self.do("set_tasks", SECRETARY, on, {"tasks": [{"unit": "水务站", "due": "2026-06-30"}]})
        self.knows(tasks=(TaskFacts("t", True, date(2026, 6, 30), "done"),))
        self.do("finish_work", CLERK, on, {"note": "修通了"})
        self.do("check_work", SUPERVISOR, on, {"satisfied": True})
        return self

    def tabled_again(self) -> Story:
        """The meeting that follows a sustained objection."""
        self.do("table", SECRETARY, date(2026, 5, 10), {"meeting": "g1"})
        return self.met("consensus", date(2026, 5, 11))

    def objected(self, state: str = "open", on: date = date(2026, 5, 8)) -> Story:
        self.do("object", None, on)
        self.knows(objections=(ObjectionFacts("o1", on, state),))
        return self

    def visited(self, *agreed: bool | None) -> Story:
        self.knows(
            parties=tuple(
                PartyFacts(f"s{i}", date(2026, 4, 5) if a is not None else None, a)
                for i, a in enumerate(agreed)
            )
        )
        return self
