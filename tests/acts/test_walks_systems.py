"""Random walks over 魏塘, 协商在基层, 溧阳, 一征三议两公开 (both ways) and 四议两公开: acts that belong to where a matter stands and
acts that belong nowhere, with good and bad data, on good and bad days, by the right and the wrong people.

After every step ``perform`` agrees with the hand-written table of that way, both ways: nothing that the rule allows is refused,
nothing that it refuses is allowed, and a refusal names the clauses the table names. A refused act leaves no trace at all. At the
end of a walk the rows are those that the entries make, and every book verifies.

``WALKS=many`` takes longer and other walks (``WALKS=many:200`` so many), ``WALKS_SEEDS=7,8`` these, ``WALKS_SHOW=1`` with ``-s``
shows what was done.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.acts import consulting as way
from tests.acts import voices, voices_made
from tests.acts.dongning.known import Ask, Post
from tests.acts.dongning.tables import ANYWHERE, AT_MEETINGS
from tests.acts.systems.hand import Hand
from tests.acts.systems.liyang import LIYANG
from tests.acts.systems.oracle import Systems
from tests.acts.systems.rows import Matter, Row, System
from tests.acts.systems.shared import FLOWS
from tests.acts.systems.siyi import SIYI
from tests.acts.systems.weitang import WEITANG
from tests.acts.systems.xieshang import XIESHANG
from tests.acts.systems.yizheng import PARTY_PROPOSES, YIZHENG
from tests.acts.traces import traces
from tests.acts.world import World, day, why

from shangliang.acts.act import Act
from shangliang.acts.replay import replay
from shangliang.cases import models as cases
from shangliang.errors import Malformed, NotFound, Refused
from shangliang.people.models import Post as PostRow
from shangliang.procedure import loader
from shangliang.record.verify import verify_all

HOW, _, NUMBER = os.environ.get("WALKS", "").partition(":")
MANY = HOW == "many"
FEW = (
    1 if os.environ.get("SHANGLIANG_DATABASE", "").startswith("postgres") else 2
)  # dumping every table costs more there
SEEDS = (
    [int(s) for s in os.environ["WALKS_SEEDS"].split(",")]
    if "WALKS_SEEDS" in os.environ
    else range(int(NUMBER or 40) if MANY else FEW)
)
STEPS = 200 if MANY else 90
SYSTEMS: Mapping[str, System] = {
    "weitang": WEITANG, "xieshang": XIESHANG, "liyang": LIYANG, "yizheng": YIZHENG, "yizheng-b": PARTY_PROPOSES, "siyi": SIYI,
}  # fmt: skip
ASIDE = ("reply", "told", "confirm", "keep_paper", "keep_paper", "override", "register_receipt", "register_delivery", "follow_up",
         "follow_up", "supervise", "inspect")  # fmt: skip
ENDING = ("merge", "decline_topic", "stop_matter", "exempt_notice")
POSTS = (
    ("p-dong", "董主任", "liushu", "director"), ("p-zu", "组长", "liushu", "group_convener"), ("p-arch", "老案", "liushu", "archivist"),
    ("p-geng", "耿直", "donghe", "inspector"),
)  # fmt: skip


class Walk:
    def __init__(self, w: World, system: System, name: str, seed: int) -> None:
        self.w, self.chance = w, Random(f"{name}.{seed}")
        self.o = Systems(system)
        self.hand = Hand(self.chance, self.o)
        self.seen: Counter[tuple[str, bool]] = Counter()
        self.today = day("04-03")
        self.m = ""
        self._prepare(name)
        self.now = traces()

    def _prepare(self, name: str) -> None:
        for person, who, unit, role in POSTS:
            self.w.appoint(person, who, unit, role)
        if name == "weitang":
            way.street(self.w)
        elif name == "yizheng-b":
            found = loader.load(loader.procedure("yizheng").text, "yizheng", loader.presets("yizheng"))
            way.adopt(self.w, "yizheng", version=found.version, text=found.text)
        else:
            way.adopt(self.w, name)
        for p in PostRow.objects.all():
            self.o.posts[p.pk] = Post(p.pk, p.person_id, p.unit_id, p.role, p.since, p.until)
            self.o.people.add(p.person_id)

    # ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def go(self, steps: int) -> None:
        for _ in range(steps):
            if self.chance.randrange(4) == 0:
                self.today = min(self.today + timedelta(days=self.hand.of(1, 7, 16)), date(2026, 12, 20))
            self.step()

    @property
    def matter(self) -> Matter | None:
        m = self.o.topics.get(self.m)
        return m if isinstance(m, Matter) and not m.ended else None

    def step(self) -> None:
        m = self.matter
        if m is None:
            self.attempt(self.opening())
            return
        rows = [(name, row) for _, _, (name, row) in self.o.open_rows(m)]
        names = {name for name, _ in rows}
        if names & {"table", "take_up"} and self.chance.randrange(3) == 0:
            self.session(m)
            return
        if self.chance.randrange(5) < 3 and self.goes_on(m, rows):
            return
        usual = [
            r for r in rows if r[0] not in ENDING and not (r[0] == "fix_participants" and m.people)
        ] or rows
        kind = self.chance.randrange(10)
        if kind in (0, 2):
            name = self.hand.of(*ASIDE) if kind else self.hand.of(*voices_made.fitting(self.chance, m))
            row = Row(self.o.system.aside.get(name, ("convener",) if name in voices.CONVENER else ()))
            self.attempt(self.hand.ask(m, name, row, self.today, self.who("")))
        elif kind == 1:
            name, row = self.chance.choice(self.anything())
            self.attempt(self.hand.ask(m, name, row, self.today, self.who(name)))
        else:
            name, row = self.chance.choice(usual if self.chance.randrange(8) else rows)
            if name == "take_up" and not m.rounds:
                name, row = self.chance.choice(rows)
            self.attempt(self.hand.ask(m, name, row, self.today, self.who(name)))

    def goes_on(self, m: Matter, rows: list[tuple[str, Row]]) -> bool:
        """An act that the table allows, found by trying some: otherwise few walks would come far."""
        forward = [r for r in rows if r[1].to != "." and r[0] not in ENDING]
        for _ in range(16):
            name, row = self.chance.choice(forward if forward and self.chance.randrange(3) else rows)
            if name == "take_up" and not m.rounds:
                continue
            ask = self.hand.ask(m, name, row, self.today, self.who(name))
            if not self.o.against(ask, max(self.today, ask.on)):
                self.today = max(self.today, min(ask.on, date(2026, 12, 20)))
                self.attempt(ask)
                return True
        return False

    def anything(self) -> list[tuple[str, Row]]:
        stages = self.o.system.stages.values()
        return [
            (name, row)
            for stage in stages
            for name, row in stage.rows.items()
            if name not in ("intake", "propose")
        ]

    def who(self, name: str) -> str:
        """Whoever types: the clerk as a rule."""
        clerk = self.w.clerk
        if name in ("accept_archive", "return_file") and self.chance.randrange(6):
            return "p-cheng" if self.o.system.unit == "hekou" else "p-arch"
        if name == "object" and self.chance.randrange(3):
            return "public"
        return str(
            self.hand.of(
                *[clerk] * 9, "p-su", "p-gao", "p-li", "p-nobody", "p-wu", "p-sun", "public", "p-geng"
            )
        )

    def opening(self) -> Ask:
        unit = self.o.system.unit if self.chance.randrange(12) else "donghe"
        if self.o.system.id == "weitang" and self.chance.randrange(3):
            blank = Matter("", unit, date.min, set())
            ask = self.hand.ask(
                blank, "propose", self.o.system.stages["W-1"].rows["propose"], self.today, self.who("")
            )
            return Ask("propose", ask.on, ask.by, ask.data, ask.decided, unit=unit, reasons=ask.reasons)
        return Ask(
            "intake",
            self.today,
            self.hand.of("public", "public", self.w.clerk),
            {"words": "东渠堵了。"},
            unit=unit,
        )

    def session(self, m: Matter) -> None:
        """A meeting from its calling to its result, each act of it judged."""
        start, unit = max(self.today, m.last), m.unit
        held = min(start + timedelta(days=self.hand.of(0, 4, 8)), date(2026, 12, 28))
        right = [
            p
            for role in self.o.conveners["town" if unit == "hekou" else "village"]
            for p in self.held(unit, role)
        ]
        convener = self.chance.choice(right)
        guests = self.hand.of([{"kind": "member", "name": "老马"}],
                              [{"kind": "member", "name": "老马"}, {"kind": "unit", "department": "学校支部"}])  # fmt: skip
        form = self.hand.of("meeting", "written" if unit == "hekou" else "yard")
        data = {
            "held_on": held.isoformat(),
            "place": "议事室",
            "guests": guests,
            "convener": convener,
            "form": form,
        }
        data |= {"recorder": convener} if self.chance.randrange(6) else {}
        self.today = start
        called = self.attempt(Ask("convene", start, self.w.clerk, data, unit=unit))
        if not called:
            return
        self.attempt(Ask("give_notice", start, self.w.clerk, {"by": "all"}, subject=called))
        soft = self.hand.ask(m, "table", None, start, self.w.clerk).reasons
        self.attempt(
            Ask("table", start, self.w.clerk, {"meeting": called}, {"post": convener}, m.id, reasons=soft)
        )
        self.today = held
        if self.chance.randrange(8):
            summary = {"summary": "逐项商量。"} if self.chance.randrange(4) else {}
            self.attempt(Ask("hold_meeting", held, self.w.clerk, summary, subject=called))
        elif self.chance.randrange(2):
            self.attempt(Ask("call_off", held, self.w.clerk, {"reason": "大雪。"}, subject=called))
        for name in ("take_up", "enter_statement", "enter_statement", "enter_statement", "conclude"):
            if self.chance.randrange(7) and not m.ended:
                row = next((r for _, _, (n, r) in self.o.open_rows(m) if n == name), None)
                self.attempt(self.hand.ask(m, name, row, held, self.w.clerk))

    def held(self, unit: str, role: str) -> list[str]:
        return [p.id for p in self.o.posts.values() if (p.unit, p.role) == (unit, role)]

    # ── how a step is taken ─────────────────────────────────────────────────────────────────────────────────────────

    def attempt(self, ask: Ask) -> str:
        against = self.o.against(ask, self.today)
        clauses = set(self.o.clauses)
        self.seen[ask.name, not against] += 1
        self.w.clock.back(self.today)
        act = Act(
            ask.name,
            ask.on,
            ask.by,
            ask.data,
            subject=ask.subject,
            unit=ask.unit,
            decided_by=ask.decided,
            reasons=ask.reasons,
        )
        try:
            (done,) = self.w.perform_all(act, turn=False)
        except Refused as error:
            assert against, f"refused, but nothing stands against it: {why(error)} {error} {self.where(ask)}"
            cited = {f.clause.cite for f in error.findings if f.clause}
            assert clauses <= cited, f"the table names {clauses}, the refusal {cited}: {self.where(ask)}"
            self.left_no_trace(ask)
            return ""
        except (Malformed, NotFound) as error:
            assert against, f"nothing stands against it: {error} {self.where(ask)}"
            self.left_no_trace(ask)
            return ""
        assert not against, f"allowed, but: {against} {self.where(ask)}"
        self.has_happened(ask, done)
        return str(done.ident)

    def where(self, ask: Ask) -> str:
        m = self.o.topics.get(ask.subject or "")
        return f"{self.today} {ask} at {getattr(m, 'at', None)} last {getattr(m, 'last', None)}"

    def left_no_trace(self, ask: Ask) -> None:
        assert traces() == self.now, ask

    def has_happened(self, ask: Ask, done: Any) -> None:
        self.o.done(ask, done.entry, done.ident, self.today)
        before, self.now = self.now, traces()
        assert len(self.now["Entry"]) == len(before["Entry"]) + 1
        if ask.name in ("intake", "propose"):
            self.m = done.ident
        if ask.name not in AT_MEETINGS:
            self.agrees(self.o.topics[done.ident])

    def agrees(self, m: Any) -> None:
        row = cases.Matter.objects.get(pk=m.id)
        position = json.loads(row.position)
        assert position["stages"] == m.at
        assert bool(row.ended) == m.ended
        assert set(filter(None, row.marks.split(","))) == m.marks
        assert row.last_on == m.last
        tasks = cases.Task.objects.filter(matter=m.id).values_list("pk", "state", "owner")
        assert {pk: (state, owner) for pk, state, owner in tasks} == m.tasks
        assert dict(cases.Objection.objects.filter(matter=m.id).values_list("pk", "state")) == m.objections
        unused = cases.Override.objects.filter(matter=m.id, used_by="").values_list("gate", flat=True)
        assert sorted(unused) == sorted(m.overrides)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SYSTEMS)
def test_whatever_is_tried_the_table_is_kept_and_nothing_refused_leaves_a_trace(
    world: World, name: str, seed: int
) -> None:
    walk = Walk(world, SYSTEMS[name], name, seed)
    walk.go(STEPS)
    _, differences = replay()
    assert not differences
    assert not [p for report in verify_all() for p in report.problems]
    for allowed, least in ((True, 15), (False, 15)):  # a walk that goes nowhere shows nothing
        assert sum(n for (_, a), n in walk.seen.items() if a == allowed) >= least
    if os.environ.get("WALKS_SHOW"):
        done = {n for n, a in walk.seen if a}
        ends = sorted(m.at[""] for m in walk.o.topics.values() if isinstance(m, Matter) and m.ended)
        allowed_n = sum(n for (_, a), n in walk.seen.items() if a)
        print(f"\n{name} {seed}: {sum(walk.seen.values())} acts, {allowed_n} allowed, {len(done)} kinds, ends {ends}, "
              f"refused only {sorted({n for n, a in walk.seen if not a} - done - ANYWHERE)}")  # fmt: skip


@pytest.mark.parametrize("name", SYSTEMS)
def test_table_and_file_know_the_same_stages_and_acts(name: str) -> None:
    """Nothing that the file offers is missing in the table, so that the walks come everywhere; and the other way round."""
    procedure, system = loader.procedure(SYSTEMS[name].id), SYSTEMS[name]
    tables = {"": system.stages} | {flow: FLOWS[flow] for flow in procedure.flows if flow}
    for flow, stages in tables.items():
        in_file = {s.id: {a.name for a in s.acts} for s in procedure.flows[flow].stages.values()}
        assert {at: set(stage.rows) for at, stage in stages.items()} == in_file
