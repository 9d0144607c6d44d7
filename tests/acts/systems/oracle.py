"""Whether an act may be done by a system's table, and what has changed once it was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.acts import voices
from tests.acts.dongning.counting import carried
from tests.acts.dongning.known import Ask, Decided, Round, Session, Topic
from tests.acts.dongning.oracle import Oracle
from tests.acts.dongning.tables import ABOVE, ANYWHERE, ASIDE, AT_MEETINGS, LEVEL, OF_UNITS
from tests.acts.systems.changes_ends import CHANGES
from tests.acts.systems.rows import Call, Matter, Row, Rule, Seen, Stage, System, reasons
from tests.acts.systems.sense import SENSE
from tests.acts.systems.shared import FLOWS, GIVEN_UP
from tests.acts.systems.step import Step

OPENS = ("intake", "propose")
MERE = ("reply", "told", "confirm", "keep_paper", "override")  # said by the first oracle already


class Systems(Oracle):
    """One of the five, with its village or sub-district."""

    def __init__(self, system: System) -> None:
        super().__init__()
        self.system = system
        self.conveners = {"village": system.roles["convener"].village, "town": system.roles["convener"].town,
                          "county": system.roles["convener"].county}  # fmt: skip
        self.clauses: set[str] = set()

    # ── judging ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _unit(self, ask: Ask) -> str | None:
        if ask.name in OPENS:
            return ask.unit if ask.unit in ABOVE else None
        return super()._unit(ask)

    def _against(self, ask: Ask, unit: str, today: date) -> Iterator[str]:
        if ask.name in AT_MEETINGS or ask.name in OF_UNITS:
            yield from super()._against(ask, unit, today)
            return
        m = self.topics.get(ask.subject or "")
        if not isinstance(m, Matter):
            m = Matter("", unit, date.min, set())
            Step(self, m).enter("", self.system.start)
        opening = ask.name in OPENS
        decided = self._decided(ask, unit, None if opening else m, None)
        if ask.on > today:
            yield "it has not happened yet"
        if not self._types(ask, unit, today, decided, None if opening else m, None):
            yield f"{ask.by} may not enter it"
        named = ask.decided or {}
        if (named.get("post") or named.get("role")) and not named.get("body") and decided is None:
            yield "nobody held that post"
        if not opening and ask.on < m.last:
            yield "something later has happened already"
        seen = Seen(self, ask, m, decided)
        self.clauses = set()
        if opening and LEVEL[unit] != LEVEL[self.system.unit]:
            yield "this place does not work that way"  # it has another rule, or none
            return
        yield from SENSE.get(ask.name, lambda s: ())(seen)
        yield from self._by_table(seen)

    def _by_table(self, s: Seen) -> Iterator[str]:
        found = self.row(s)
        if found is None:
            if s.a.name not in ANYWHERE:
                yield f"not at {s.m.at}"
            elif s.a.name in MERE:
                yield from getattr(self, f"_{s.a.name}")(s.a, s.m, s.d)
            elif who := self.system.aside.get(s.a.name):
                yield from self._who(s, who)
            elif s.a.name in voices.CONVENER and (
                s.d is None or s.d.role not in self.conveners[LEVEL[s.m.unit]]
            ):
                yield "a convener decides this"
            return
        flow, _, row = found
        if row.who:
            yield from self._who(s, row.who)
        for rule, said in reasons(self._rules(s, flow, row), s):
            self.clauses |= {rule.clause} if rule.clause else set()
            yield said
        if row.way is not None and row.way(s) is None:
            yield "a field that says where it goes is missing"
        for given_up in self._dropped(s, flow, row):
            if not s.a.reasons.get(given_up, "").strip():
                yield f"{given_up} is not over, and nobody says why it is given up"

    def row(self, s: Seen) -> tuple[str, str, Row] | None:
        """Where the act stands in the table: flow, stage, row."""
        for flow, stage, row in self.open_rows(s.m):
            if row[0] == s.a.name and (row[1].when is None or row[1].when(s)):
                return flow, stage, row[1]
        return None

    def open_rows(self, m: Matter) -> Iterator[tuple[str, str, tuple[str, Row]]]:
        if m.ended:
            return
        for flow, at in m.at.items():
            stage = self.stage(flow, at)
            if flow == "" and any(c.mode == "wait" and c.flow in m.at for c in stage.calls):
                continue
            yield from ((flow, at, row) for row in stage.rows.items())
            for call in stage.calls if flow == "" else ():
                yield from self._openings(m, stage, call)

    def _openings(self, m: Matter, stage: Stage, call: Call) -> Iterator[tuple[str, str, tuple[str, Row]]]:
        started = {row.starts for row in stage.rows.values()}
        if call.mode != "optional" or call.flow in m.at or call.flow in started:
            return
        first = next(iter(FLOWS[call.flow]))
        for name, row in FLOWS[call.flow][first].rows.items():
            when = call.when or row.when
            yield (
                call.flow,
                first,
                (name, Row(row.who, row.rules, row.to, row.way, row.marks, row.revokes, row.starts, when)),
            )

    def stage(self, flow: str, at: str) -> Stage:
        return FLOWS[flow][at] if flow else self.system.stages[at]

    def _rules(self, s: Seen, flow: str, row: Row) -> Iterator[Rule]:
        """Of the act, of what it leaves, of what it enters, of the mark it sets; and of the law, wherever it is done."""
        yield from row.rules
        yield from self.system.everywhere.get(s.a.name, ())
        outcome = row.way(s) if row.way else ""
        if outcome is None:
            if any(t != "." for t in (row.to.values() if not isinstance(row.to, str) else (row.to,))):
                yield from self.stage(flow, s.m.at[flow]).leave if flow in s.m.at else ()
            return
        before, marks = dict(s.m.at), set(s.m.marks)
        left, entered, after, _ = self._moved(s.m, flow, row, outcome)
        for stage in left:
            yield from stage.leave
        kept, s.m.marks = s.m.marks, after
        for stage in entered:
            yield from stage.enter
        if "decided" in after - marks:
            yield from self.system.before_decided
        s.m.marks = kept
        assert s.m.at == before

    def _dropped(self, s: Seen, flow: str, row: Row) -> list[str]:
        outcome = row.way(s) if row.way else ""
        return [] if outcome is None else self._moved(s.m, flow, row, outcome)[3]

    def _who(self, s: Seen, who: tuple[str, ...]) -> Iterator[str]:
        roles = [self.system.roles[r] for r in who]
        if any(r.anyone for r in roles):
            return
        d, level = s.d, LEVEL[s.m.unit]
        fits = d is not None and any(
            d.body in r.bodies if d.body is not None or r.bodies
            else not (r.own and LEVEL[d.unit] != level) and d.role in getattr(r, LEVEL[d.unit])
            for r in roles
        )  # fmt: skip
        if not fits:
            yield f"{' or '.join(who)} decides this"

    def carried(self, ask: Ask) -> bool:
        return carried(ask.data)

    def file_of(self, topic: Topic) -> set[str]:
        there = super().file_of(topic)
        if isinstance(topic, Matter):
            there |= {"registration"} if topic.title else set()
            there |= {"participant_list"} if topic.people else set()
            there |= {"receipts"} if any(p.told for p in topic.people.values()) else set()
            there |= {"written_opinion"} if topic.suggestions else set()
            there |= {"task_list"} if topic.tasks else set()
        return there

    # ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _moved(
        self, m: Matter, flow: str, row: Row, outcome: str
    ) -> tuple[list[Stage], list[Stage], set[str], list[str]]:
        """What a step would leave and enter, the marks after it, and the flows it would leave unfinished."""
        trial = Matter(m.id, m.unit, m.last, m.opinions, marks=set(m.marks), at=dict(m.at), over=dict(m.over))
        step = Step(self, trial)
        step.do(flow, row, outcome)
        return step.left, step.entered, trial.marks, step.dropped

    # ── what changes ────────────────────────────────────────────────────────────────────────────────────────────────

    def done(self, ask: Ask, entry: str, subject: str, today: date) -> None:
        if ask.name in AT_MEETINGS or ask.name in OF_UNITS:
            if ask.name == "convene":
                self._convened(ask, entry, subject)
            else:
                super().done(ask, entry, subject, today)
            return
        self.entries[entry] = (ask.name, subject, ask.data)
        if ask.name in OPENS:
            self.topics[subject] = Matter(subject, ask.unit or "", ask.on, {f"{entry}.0"} if ask.name == "intake" else set(),
                                          at={"": self.system.start})  # fmt: skip
            Step(self, self.topics[subject]).enter("", self.system.start)  # type: ignore[arg-type]
        m = self.topics[subject]
        assert isinstance(m, Matter)
        self._happened(ask, m, entry)
        if ask.name not in ASIDE:
            m.last = ask.on

    def _happened(self, ask: Ask, m: Matter, entry: str) -> None:
        decided = self._decided(ask, m.unit, m, None)
        s = Seen(self, ask, m, decided)
        found = self.row(s)
        outcome = ""
        if found is not None:
            flow, _, row = found
            self._use_exceptions(s, flow, row)
            outcome = (row.way(s) if row.way else "") or ""
            during = flow == "round" or row.starts == "round"
            step = Step(self, m)
            step.do(flow, row, outcome)
            for name in step.dropped:
                m.forums = (
                    [f for f in m.forums if f is not m.forum(GIVEN_UP[name])]
                    if name in GIVEN_UP
                    else m.forums
                )
        else:
            during = False
        if ask.name == "table":
            form = self.meetings[ask.data["meeting"]].form
            m.rounds.append(Round(ask.data["meeting"], form=form, during=during))
        if change := CHANGES.get(ask.name):
            change(s, entry, outcome)
        if ask.name == "reply":
            m.marks |= {"replied"}

    def _use_exceptions(self, s: Seen, flow: str, row: Row) -> None:
        for rule in self._rules(s, flow, row):
            if not rule.soft and not rule.holds(s) and rule.gate in s.m.overrides:
                s.m.overrides.remove(rule.gate)

    def _convened(self, ask: Ask, entry: str, subject: str) -> None:
        d, guests = ask.data, ask.data.get("guests", ())
        made = Session(subject, ask.unit or "", ask.on, date.fromisoformat(d["held_on"]), d.get("convener"),
                       {g["department"] for g in guests if g.get("department")}, [f"{entry}.{n}" for n in range(len(guests))])  # fmt: skip
        made.form, made.recorder = d.get("form", "meeting"), bool(d.get("recorder"))
        made.kinds = {g["kind"] for g in guests}
        self.meetings[subject] = made
        self.entries[entry] = (ask.name, subject, ask.data)

    def _override(self, ask: Ask, topic: Matter, decided: Decided | None) -> Iterator[str]:  # type: ignore[override]
        bodies, own = self.system.exceptions.get(ask.data["gate"], ((), False))
        if not bodies:
            yield "there is no exception from this"
        above = ABOVE[topic.unit][0] if ABOVE[topic.unit] else ""
        where = decided.unit if decided and decided.body in bodies else ""
        if where != above and not (own and where == topic.unit):
            yield "another body allows this"

    def _at(self, topic: Matter, *stages: str) -> Iterator[str]:  # type: ignore[override]
        yield from ()
