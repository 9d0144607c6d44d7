"""What a unit above does: reminding, hearing the answer, drawing and asking, freezing a month, letting old ledgers count."""

import json
from datetime import date

from tests.acts.world import SECRETARY, World

from shangliang.acts.draw import drawn
from shangliang.acts.replay import replay
from shangliang.cases.models import Check, Meeting, Task
from shangliang.cases.oversight.models import (
    CallBack,
    Ledger,
    LedgerTopic,
    MonthPage,
    Reminder,
    Sample,
    Standing,
)
from shangliang.record.models import Book
from shangliang.units.models import Venue

FIVE = ["organisation", "place", "rules", "facilities", "sign"]
TOWN = {"by": "p-su", "decided": {"role": "deputy_party_secretary"}}
COUNTY = {"by": "p-director", "decided": {"role": "director"}}


def with_director(w: World) -> World:
    w.appoint("p-director", "主任", "donghe", "director")
    return w


def stands() -> list[tuple[str, str | None]]:
    rows = Standing.objects.filter(unit="liushu").order_by("since")
    return [(f"{s.since}", f"{s.until}" if s.until else None) for s in rows]


def test_a_venue_stands_from_its_first_day_however_often_more_is_registered(world: World) -> None:
    world.do("equip_venue", {"name": "议事室", "haves": FIVE}, on="2024-03-01")
    world.do("equip_venue", {"name": "议事室", "haves": FIVE, "demonstration": True}, on="2025-06-01")
    assert stands() == [("2024-03-01", None)]
    venue = Venue.objects.get(pk="liushu")
    assert venue.ready_on == date(2024, 3, 1) and venue.demonstration


def test_an_earlier_day_entered_late_moves_the_first_day_back(world: World) -> None:
    world.do("equip_venue", {"name": "议事室", "haves": FIVE}, on="2024-09-01")
    world.do("equip_venue", {"name": "议事室", "haves": FIVE}, on="2024-03-01", typed="2024-09-02")
    assert stands() == [("2024-03-01", None)]


def test_a_venue_that_closes_and_opens_again_stood_twice(world: World) -> None:
    world.do("equip_venue", {"name": "议事室", "haves": FIVE}, on="2024-03-01")
    world.do("equip_venue", {"name": "议事室", "ready": False}, on="2025-03-01")
    assert Venue.objects.get(pk="liushu").ready_on is None
    world.do("equip_venue", {"name": "新议事室", "haves": FIVE}, on="2025-09-01")
    assert stands() == [("2024-03-01", "2025-03-01"), ("2025-09-01", None)]
    assert replay()[1] == []


def test_a_meeting_out_of_a_ledger_counts_as_held_and_is_marked(world: World) -> None:
    topics = [
        {"title": "巷道硬化", "discuss": "livelihood", "result": "solved"},
        {"title": "界沟纠纷", "result": "unsolved"},
    ]
    said = {"ledger": "2022年议事台账第3页，村档案柜", "place": "村议事室", "present": 14, "topics": topics}
    done = world.do("import_meeting", said, on="2022-05-08", typed="2026-05-01")
    meeting = Meeting.objects.get(pk=done.ident)
    assert (meeting.state, meeting.held_on, meeting.present) == ("held", date(2022, 5, 8), 14)
    assert meeting.recorded_on == date(2026, 5, 1)
    assert Ledger.objects.get(meeting=meeting).source.startswith("2022年议事台账")
    assert [t.result for t in LedgerTopic.objects.order_by("id")] == ["solved", "unsolved"]
    assert LedgerTopic.objects.order_by("id")[0].title.text == "巷道硬化"
    assert "巷道硬化" not in world.entry(done).text
    assert replay()[1] == []


def test_the_same_past_meeting_is_not_entered_twice(world: World) -> None:
    said = {"ledger": "台账第3页", "place": "村议事室"}
    world.do("import_meeting", said, on="2022-05-08", typed="2026-05-01")
    assert world.refused("import_meeting", said, on="2022-05-08", typed="2026-05-01") == ["exists"]
    world.do("import_meeting", {**said, "time": "19:00"}, on="2022-05-08", typed="2026-05-01")
    assert Meeting.objects.filter(unit="liushu").count() == 2


def test_a_county_reminds_and_the_village_answers(world: World) -> None:
    with_director(world)
    said = {
        "about": "meeting",
        "text": "三四月还没有开会，请安排。",
        "letter": "催〔2026〕1号",
        "answer_by": "2026-05-10",
    }
    done = world.do("remind", said, on="05-02", unit="liushu", **COUNTY)
    row = Reminder.objects.get()
    assert done.book == "liushu" and (row.unit_id, row.by_id, row.answer) == ("liushu", "donghe", "")
    assert "三四月还没有开会" not in world.entry(done).text
    answer = {
        "reminder": row.pk,
        "answer": "planned",
        "planned_on": "2026-05-09",
        "note": "插秧完了就开。",
    }
    world.do("answer_reminder", answer, on="05-03", decided=SECRETARY)
    row.refresh_from_db()
    assert (row.answer, row.planned_on, row.answered_on) == ("planned", date(2026, 5, 9), date(2026, 5, 3))
    assert world.refused("answer_reminder", answer, on="05-04", decided=SECRETARY) == ["answered"]
    assert replay()[1] == []


def test_nobody_reminds_itself_and_a_plan_needs_a_day(world: World) -> None:
    said = {"about": "meeting", "text": "请开会。"}
    assert world.refused("remind", said, decided=SECRETARY) == ["own_unit"]
    world.do("remind", said, unit="liushu", **TOWN)
    row = Reminder.objects.get()
    assert world.refused("answer_reminder", {"reminder": row.pk, "answer": "planned"}, decided=SECRETARY) == [
        "day_needed"
    ]


def test_the_sample_is_what_the_draw_gives_and_nothing_else(world: World) -> None:
    with_director(world)
    world.closed()
    seed = Book.objects.get(pk="donghe").head
    said = {
        "first": "2026-05-01", "last": "2026-05-31", "seed": seed, "among": 1,
        "numbers": drawn(seed, [world.matter], 3),
    }  # fmt: skip
    for wrong in ({"seed": "0" * 64}, {"among": 2}, {"numbers": ["ZZZZZZ"]}):
        assert world.refused("draw_sample", {**said, **wrong}, unit="donghe", **COUNTY) == ["not_drawn"]
    world.do("draw_sample", said, unit="donghe", **COUNTY)
    assert Sample.objects.get().numbers == world.matter


def test_a_draw_does_not_depend_on_the_order_and_prefers_nobody() -> None:
    numbers = [f"M{n}" for n in range(100)]
    assert drawn("ab", numbers, 7) == drawn("ab", reversed(numbers), 7)
    counts = dict.fromkeys(numbers, 0)
    for seed in range(600):
        for number in drawn(str(seed), numbers, 10):
            counts[number] += 1
    assert min(counts.values()) > 30 and max(counts.values()) < 100


def test_a_call_back_is_the_residents_word_beside_the_registration(world: World) -> None:
    with_director(world)
    world.closed()
    world.do("call_back", {"reached": False}, on="05-21", **COUNTY)
    assert not Check.objects.filter(matter=world.matter, by="resident").exists()
    world.do("call_back", {"reached": True, "solved": False, "note": "东头还堵。"}, on="05-21", **COUNTY)
    assert (world.row.result, world.row.heard) == ("solved", "unsolved")
    assert {t.state for t in Task.objects.filter(matter=world.matter)} == {"verify"}
    assert CallBack.objects.count() == 2
    assert replay()[1] == []


def test_a_call_back_after_archiving_leaves_the_file_closed(world: World) -> None:
    with_director(world)
    world.archived()
    world.do("call_back", {"reached": True, "solved": True, "satisfied": True}, on="05-25", **COUNTY)
    assert (world.row.ended, world.row.heard) == ("completed", "solved")
    assert world.row.last_on == date(2026, 5, 22)


def test_a_call_back_comes_from_above_after_the_result_and_says_what_was_answered(world: World) -> None:
    with_director(world)
    world.opened()
    assert world.refused("call_back", {"reached": True, "solved": True}, **COUNTY) == ["too_early"]
    world.matter = ""
    world.closed()
    assert "own_unit" in world.refused("call_back", {"reached": True, "solved": True}, decided=SECRETARY)
    assert world.refused("call_back", {"reached": True}, **COUNTY) == ["answer_needed"]
    assert world.refused("call_back", {"reached": False, "solved": True}, **COUNTY) == ["nobody_said"]


def test_a_month_is_frozen_once_and_only_when_it_is_over(world: World) -> None:
    with_director(world)
    figures = [{"unit": "liushu", "measure": "meetings", "n": 2}]
    said = {"month": "2026-04-01", "figures": figures}
    assert world.refused(
        "freeze_month", {**said, "month": "2026-05-01"}, unit="donghe", on="05-30", **COUNTY
    ) == ["not_over"]
    assert world.refused("freeze_month", {**said, "month": "2026-04-02"}, unit="donghe", **COUNTY) == [
        "first_day"
    ]
    world.do("freeze_month", said, unit="donghe", on="05-31", **COUNTY)
    page = MonthPage.objects.get()
    assert json.loads(page.figures) == {"liushu": {"meetings": 2}}
    assert world.refused("freeze_month", said, unit="donghe", on="05-31", **COUNTY) == ["frozen"]
    elsewhere = {"month": "2026-03-01", "figures": figures}
    assert world.refused("freeze_month", elsewhere, unit="yangshu", on="05-31", by="p-wu") == ["no_such"]
