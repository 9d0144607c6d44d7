"""What the desk is told: what can be done now, why not the rest, and what runs meanwhile."""

from dataclasses import replace
from datetime import date

from tests.procedure.script import Story

from shangliang.procedure.clocks import reminder
from shangliang.procedure.facts import ObjectionFacts, PartyFacts, TaskFacts
from shangliang.procedure.judge import Position, explain, needs
from shangliang.procedure.loader import procedure


def asks(story: Story, today: date) -> dict:
    facts = replace(story.facts, act=None, today=today, marks=story.marks)
    return {a.offer.act.name: a for a in explain(story.procedure, story.position, facts)}


def test_a_form_that_is_not_filled_yet_does_not_stand_in_its_own_way():
    found = asks(Story().opened(), date(2026, 4, 3))
    assert found["screen"].ready
    assert found["screen"].findings == ()
    assert "unfair" in found["screen"].fields


def test_what_is_refused_by_facts_is_shown_with_what_would_satisfy_it():
    story = Story().screened(dispute="large").visited(True, None)
    found = asks(story, date(2026, 4, 8))
    assert found["visit"].ready
    assert not found["settle_door"].ready
    assert [f.say.zh for f in found["settle_door"].findings] == ["还差一方没有上门谈。"]


def test_a_department_not_invited_is_shown_but_does_not_block():
    story = Story().screened().approved().tabled()
    story.position = Position({"": "D-5"})
    story.knows(matter={"department": "水务站"})
    found = asks(story, date(2026, 4, 20))["table"]
    assert found.ready
    assert [f.gate for f in found.findings] == ["D-G6"]


def test_clocks_say_the_day_and_what_is_left():
    story = Story().screened().approved().tabled().met("consensus").posted()
    story.knows(objections=(ObjectionFacts("o1", date(2026, 5, 8), "open"),))
    found = asks(story, date(2026, 5, 10))
    assert [c.say.zh for c in found["take_down"].clocks] == [
        "公示到5月19日期满，还有9天。",
        "答复异议：5月25日前，还剩15天。",  # the 23rd is a Saturday
    ]
    assert [c.left for c in found["take_down"].clocks] == [9, 15]
    assert not found["take_down"].ready


def test_no_statutory_period_is_shown_for_a_notice_of_2025():
    story = Story().screened().approved().tabled().met("consensus").posted(date(2026, 5, 4))
    story.knows(publication=replace(story.facts.publication, board_on=date(2025, 12, 20)))
    assert [c.timer.id for c in asks(story, date(2026, 5, 10))["take_down"].clocks] == []


def test_only_what_gates_look_at_is_to_be_read():
    found = procedure("dongning")
    assert needs(found, Position({"": "D-3"}), "study") == frozenset()
    assert needs(found, Position({"": "D-6"}), "take_up") == {"meeting", "rounds", "rulings", "parties"}
    archive = Position({"": "D-8", "archive": "a1"})
    assert needs(found, archive, "accept_archive") == {"papers", "chain_ok", "digests_ok", "parties", "tasks"}
    both = Position({"": "D-7", "publication": "p3", "tracking": "k2"})
    assert needs(found, both) == {"publication", "objections", "tasks"}


def test_an_answer_is_not_offered_as_ready_when_nobody_objected():
    story = Story().screened().approved().tabled().met("consensus").posted()
    story.knows(tasks=(TaskFacts("t", True, None, "open"),), parties=(PartyFacts("a"),))
    assert not asks(story, date(2026, 5, 10))["answer_objection"].ready


def test_the_reminder_begins_two_weeks_ahead_and_asks_nobody_to_invent_a_meeting():
    clock = next(c for c in procedure("dongning").clocks if c.level == "village")
    last = date(2026, 1, 10)
    assert reminder(clock, last, date(2026, 2, 20)) is None
    said = reminder(clock, last, date(2026, 3, 1))
    assert said.zh == "下次会最迟3月10日前开，还剩9天。没有议题就如实登记，不用凑次数。"
    assert "已过2天" in reminder(clock, last, date(2026, 3, 12)).zh
