"""Random walks over all acts, several matters and meetings at once, with the wrong people, days, stages and references.

After every step: a refused act has left no trace at all, and ``perform`` agrees with the oracle, both ways: nothing that
the rule allows is refused, nothing that it refuses is allowed. At the end of a walk the rows are those that the entries
make, and every book verifies.

The suite takes the same walks each time. For more of them, and others every time::

    WALKS=many pytest tests/acts/test_walks.py

``WALKS=many:200`` sets the number of walks, ``WALKS_SHOW=1`` (with ``-s``) shows how often each act was done and refused.
What is found is printed as the shortest walk that shows it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import date, timedelta
from random import Random

from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.acts.dongning.known import Ask, Post, Topic
from tests.acts.dongning.oracle import Oracle
from tests.acts.dongning.tables import AT_MEETINGS, ENDS, NOTICES, OF_UNITS, STAGES, WORKS
from tests.acts.roads import Roads
from tests.acts.traces import Traces, traces
from tests.acts.world import FOUNDED, POSTS, World, why

from shangliang.acts.act import Act, Done
from shangliang.acts.replay import replay
from shangliang.cases.models import Flag, Matter, Meeting, Objection, Override, Task
from shangliang.errors import Malformed, NotFound, Refused
from shangliang.record.models import SealedText
from shangliang.record.verify import verify_all

HOW, _, NUMBER = os.environ.get("WALKS", "").partition(":")
COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None, "print_blob": True}
FEW = settings(max_examples=int(NUMBER or 40), stateful_step_count=40, derandomize=True, phases=[Phase.generate, Phase.shrink],
               **COMMON)  # fmt: skip
MANY = settings(max_examples=int(NUMBER or 300), stateful_step_count=80, **COMMON)
SEED = st.integers(0, 2**32 - 1)


class Walk(RuleBasedStateMachine):
    """One walk, in a savepoint that is taken back at its end: the record cannot be emptied."""

    world: World
    seen: Counter[tuple[str, bool]]  # how often each act was tried, and whether the oracle allowed it

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.today = date(2026, 3, 2)
        self.oracle = Oracle()
        for person, _, unit, role in POSTS:
            ident = self.world.posts[person]
            self.oracle.posts[ident] = Post(ident, person, unit, role, FOUNDED)
            self.oracle.people.add(person)
        self.now = traces()
        self.start = sum(self.seen.values())

    def teardown(self) -> None:
        try:
            _, differences = replay()
            assert not differences
            assert not [p for report in verify_all() for p in report.problems]
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @initialize(seed=SEED)
    def somewhere(self, seed: int) -> None:
        """A few matters, each some way along."""
        chance = self.chance(seed)
        for _ in range(chance.choice((1, 2, 3))):
            self.attempt(self.roads(chance).intake())
        for topic in list(self.oracle.topics.values()):
            for _ in range(chance.choice((0, 5, 12, 20, 30, 45))):
                if not topic.ended:
                    self.go_on(chance, topic)

    @rule(seed=SEED)
    def a_matter_goes_on(self, seed: int) -> None:
        chance = self.chance(seed)
        for _ in range(chance.choice((1, 2, 3, 5))):
            if topic := self.topic(chance):
                self.go_on(chance, topic)

    @rule(seed=SEED)
    def something_is_wrong_with_it(self, seed: int) -> None:
        chance = self.chance(seed)
        if topic := self.topic(chance):
            roads = self.roads(chance)
            self.attempt(roads.spoil(roads.next(topic)))

    @rule(seed=SEED)
    def an_act_from_anywhere_on_the_way(self, seed: int) -> None:
        chance = self.chance(seed)
        if topic := self.topic(chance, ended=True):
            self.attempt(self.roads(chance).anything(topic))

    @rule(seed=SEED)
    def something_aside(self, seed: int) -> None:
        chance = self.chance(seed)
        if topic := self.topic(chance, ended=True):
            roads = self.roads(chance)
            ask = roads.aside(topic)
            self.attempt(roads.spoil(ask) if chance.randrange(3) == 0 else ask)

    @rule(seed=SEED)
    def people_are_asked_or_chosen(self, seed: int) -> None:
        chance = self.chance(seed)
        topic = self.topic(chance, ended=chance.randrange(6) == 0)
        for _ in range(chance.choice((1, 2, 4, 8)) if topic else 0):
            roads = self.roads(chance)
            ask = roads.voice(topic)
            self.today = min(max(self.today, ask.on), date(2026, 12, 20))
            self.attempt(roads.spoil(ask) if chance.randrange(6) == 0 else ask)

    @rule(seed=SEED)
    def a_meeting(self, seed: int) -> None:
        chance = self.chance(seed)
        roads = self.roads(chance)
        ask = chance.choice((roads.at_meeting, roads.at_meeting, lambda: roads.convene("liushu")))()
        self.attempt(roads.spoil(ask) if chance.randrange(3) == 0 else ask)

    @rule(seed=SEED)
    def another_voice(self, seed: int) -> None:
        chance = self.chance(seed)
        roads = self.roads(chance)
        ask = roads.intake()
        self.attempt(roads.spoil(ask) if chance.randrange(3) == 0 else ask)

    @rule(seed=SEED)
    def somebody_comes_or_goes(self, seed: int) -> None:
        chance = self.chance(seed)
        if chance.randrange(3) == 0:
            self.attempt(self.roads(chance).posts())

    @rule(days=st.sampled_from((1, 1, 2, 14, 15, 16)))
    def time_passes(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), date(2026, 12, 20))

    def chance(self, seed: int) -> Random:
        """The same seed gives another step at another time: hypothesis likes to repeat itself, walks should not."""
        return Random(f"{seed}.{sum(self.seen.values()) - self.start}")

    # ── how a step is taken ─────────────────────────────────────────────────────────────────────────────────────────

    def roads(self, chance: Random) -> Roads:
        return Roads(chance, self.oracle, self.today, texts_of)

    def topic(self, chance: Random, ended: bool = False) -> Topic | None:
        topics = [t for t in self.oracle.topics.values() if ended or not t.ended]
        return chance.choice(topics) if topics else None

    def go_on(self, chance: Random, topic: Topic) -> None:
        """The next act of a matter, on a day on which it can happen."""
        ask = self.roads(chance).next(topic)
        self.today = min(max(self.today, ask.on), date(2026, 12, 20))
        self.attempt(ask)

    def attempt(self, ask: Ask) -> None:
        against = self.oracle.against(ask, self.today)
        self.seen[ask.name, not against] += 1
        note(f"# {self.today} {ask} against: {against}")
        self.world.clock.back(self.today)
        try:
            (done,) = self.world.perform_all(act_of(ask), turn=False)
        except Refused as error:
            assert against, f"refused, but nothing stands against it: {why(error)} {ask}"
            self.left_no_trace()
        except (Malformed, NotFound) as error:
            assert against, f"nothing stands against it: {error} {ask}"
            self.left_no_trace()
        else:
            assert not against, f"allowed, but: {against} {ask}"
            self.has_happened(ask, done)

    def left_no_trace(self) -> None:
        after = traces()
        assert after == self.now, differing(self.now, after)

    def has_happened(self, ask: Ask, done: Done) -> None:
        self.oracle.done(ask, done.entry, done.ident, self.today)
        before, self.now = self.now, traces()
        assert len(self.now["Entry"]) == len(before["Entry"]) + 1
        if ask.name in OF_UNITS:
            return
        if ask.name in AT_MEETINGS:
            self.meeting_agrees(done.ident)
            return
        topic = self.oracle.topics[done.ident]
        if ask.name == "correct":
            topic.flags = set(
                Flag.objects.filter(matter=topic.id, acknowledged_on=None).values_list("pk", flat=True)
            )
        self.matter_agrees(topic)

    def meeting_agrees(self, ident: str) -> None:
        row, meeting = Meeting.objects.get(pk=ident), self.oracle.meetings[ident]
        assert (row.state, row.held_on) == (meeting.state, meeting.day)

    def matter_agrees(self, topic: Topic) -> None:
        row = Matter.objects.get(pk=topic.id)
        stages = json.loads(row.position)["stages"]
        assert row.stage == STAGES[topic.stage] == stages[""]
        assert stages.get("publication") == NOTICES[topic.notice]
        assert stages.get("tracking") == WORKS[topic.work]
        assert bool(row.ended) == (topic.stage in ENDS)
        assert set(filter(None, row.marks.split(","))) == topic.marks
        assert row.last_on == topic.last
        tasks = Task.objects.filter(matter=topic.id).values_list("pk", "state", "owner")
        assert {pk: (state, owner) for pk, state, owner in tasks} == topic.tasks
        objections = Objection.objects.filter(matter=topic.id).values_list("pk", "state")
        assert dict(objections) == topic.objections
        unused = Override.objects.filter(matter=topic.id, used_by="").values_list("gate", flat=True)
        assert sorted(unused) == sorted(topic.overrides)


def texts_of(unit: str) -> list[str]:
    return list(
        SealedText.objects.filter(book=unit, erased_on=None)
        .order_by("kind", "text")
        .values_list("pk", flat=True)
    )


def act_of(ask: Ask) -> Act:
    return Act(
        ask.name,
        ask.on,
        ask.by,
        ask.data,
        subject=ask.subject,
        unit=ask.unit,
        decided_by=ask.decided,
        reasons=ask.reasons,
    )


def differing(before: Traces, after: Traces) -> str:
    return "; ".join(
        f"{name}: {set(after[name]) ^ set(before[name])}" for name in before if before[name] != after[name]
    )


def test_whatever_is_tried_the_rule_is_kept_and_nothing_refused_leaves_a_trace(world: World) -> None:
    class WalkHere(Walk):
        pass

    WalkHere.world, WalkHere.seen = world, Counter()
    run_state_machine_as_test(WalkHere, settings=MANY if HOW == "many" else FEW)
    if os.environ.get("WALKS_SHOW"):
        for name in sorted({n for n, _ in WalkHere.seen}):
            print(f"{name:20} {WalkHere.seen[name, True]:5} {WalkHere.seen[name, False]:5}")
    for allowed in (True, False):  # a walk that goes nowhere shows nothing
        assert len({n for n, a in WalkHere.seen if a == allowed}) >= 36
