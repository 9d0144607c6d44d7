"""Every figure against what was done: counted from the acts, at every level of the tree, however often it is made."""

from datetime import date
from typing import Any

import pytest
from tests.acts.test_oversight import COUNTY, FIVE, with_director
from tests.acts.world import SECRETARY, World

from shangliang.cases.models import Matter, Task
from shangliang.statistics import freshen, lists
from shangliang.statistics.measures import MEASURES
from shangliang.statistics.models import DayFact, MonthTotal
from shangliang.statistics.reading import all_figures, overdue, percent
from shangliang.statistics.telling import report
from shangliang.statistics.years import Years
from shangliang.units.models import Unit

TODAY = date(2026, 5, 31)


def read(measure: str, unit: str = "donghe", year: int | None = None, today: date = TODAY) -> int:
    freshen.freshen_all()
    assert freshen.totals_differ() == []
    place = Unit.objects.get(pk=unit)
    if MEASURES[measure].kind == "overdue":
        return overdue(place, measure, today)
    return all_figures(place, today).of_year(measure, year)


def past(w: World, on: str, **more: Any) -> None:
    w.do("import_meeting", {"ledger": "台账第1页", "place": "村议事室", **more}, on=on, typed="2026-05-01")


def venue(w: World, unit: str, on: str, **more: Any) -> None:
    said = {"name": "议事室", "haves": FIVE, **more}
    w.do("equip_venue", said, on=on, unit=unit, by="p-su", typed="2026-05-01")


def test_offices_and_the_county_are_no_places(world: World) -> None:
    assert read("units") == 3 and read("units", "hekou") == 3 and read("units", "liushu") == 1
    assert read("units", "shuili") == 0


def test_coverage_is_what_stood_at_the_end_of_each_year(world: World) -> None:
    venue(world, "liushu", "2024-03-01")
    venue(world, "hekou", "2025-10-01")
    venue(world, "yangshu", "2025-11-01")
    venue(world, "yangshu", "2026-02-01", ready=False)
    got = {y: (read("venues", year=y), read("coverage", year=y)) for y in (2023, 2024, 2025, 2026)}
    assert got == {2023: (0, 0), 2024: (1, 33), 2025: (3, 100), 2026: (2, 67)}


def test_registering_more_of_a_venue_counts_once_and_five_haves_are_counted_apart(world: World) -> None:
    venue(world, "liushu", "2024-03-01", haves=["place"])
    assert (read("venues"), read("complete")) == (1, 0)
    venue(world, "liushu", "2025-03-01")
    assert (read("venues"), read("complete")) == (1, 1)


def test_a_meeting_counts_on_its_day_and_a_talk_at_a_door_does_not(world: World) -> None:
    world.met()
    past(world, "2025-03-05")
    past(world, "2025-03-06", form="door")
    assert (read("meetings"), read("meetings", year=2025), read("meetings", year=2026)) == (2, 1, 1)
    assert (read("ledger_meetings"), read("door_talks")) == (1, 1)


def test_a_called_meeting_and_one_that_was_called_off_do_not_count(world: World) -> None:
    world.called(held="05-20", on="05-10")
    assert read("meetings") == 0
    world.do("call_off", {"reason": "下雨。"}, on="05-11")
    assert read("meetings") == 0


def test_windows_are_owed_from_the_first_whole_one_with_the_venue_ready(world: World) -> None:
    venue(world, "liushu", "2025-03-15")
    # May–June, July–August, September–October, November–December.
    assert read("due", year=2025) == 4
    assert (read("held", year=2025), read("gap", year=2025)) == (0, 4)
    # January–February and March–April; May–June is not over on 31 May.
    assert read("due", year=2026) == 2
    assert read("due", "liushu") == 6 and read("due", "yangshu") == 0


def test_a_town_owes_two_a_year_and_only_when_the_year_is_over(world: World) -> None:
    venue(world, "hekou", "2024-06-01")
    assert [read("due", year=y) for y in (2024, 2025, 2026)] == [0, 2, 0]
    assert read("due", "hekou", today=date(2027, 1, 1)) == 4


def test_more_meetings_in_one_window_do_not_make_up_for_another(world: World) -> None:
    venue(world, "liushu", "2024-12-01")
    for day in ("2025-01-05", "2025-02-05", "2025-02-20", "2025-06-30"):
        past(world, day)
    assert (read("due", year=2025), read("held", year=2025), read("gap", year=2025)) == (6, 2, 4)
    assert read("meetings", year=2025) == 4


def test_no_topic_stands_beside_the_gap_and_does_not_close_it(world: World) -> None:
    venue(world, "liushu", "2024-12-01")
    world.do("no_topic", {"window": "2025-03-01", "reason": "农忙。"}, on="2025-04-01", typed="2026-05-01")
    assert (read("gap", year=2025), read("quiet", year=2025)) == (6, 1)
    past(world, "2025-03-20")
    assert (read("gap", year=2025), read("quiet", year=2025)) == (5, 0)


def test_a_meeting_before_the_venue_stood_fills_no_window(world: World) -> None:
    venue(world, "liushu", "2025-05-01")
    past(world, "2025-01-10")
    assert (read("due", year=2025), read("held", year=2025), read("meetings", year=2025)) == (4, 0, 1)


def test_a_venue_that_closes_owes_no_more(world: World) -> None:
    venue(world, "liushu", "2025-01-01")
    venue(world, "liushu", "2025-06-10", ready=False)
    assert read("due", year=2025) == 3 and read("due", year=2026) == 0


def test_one_matter_from_first_words_to_the_file(world: World) -> None:
    world.archived()
    expected = {
        "opinions": 1, "matters": 1, "deliberated": 1, "published": 1, "solved": 1, "solved_livelihood": 1,
        "tasks_done": 1, "confirmed": 0, "refused": 0, "verify": 0,
    }  # fmt: skip
    for unit in ("donghe", "hekou", "liushu"):
        assert {m: read(m, unit) for m in expected} == expected
    assert {m: read(m, "yangshu") for m in expected} == dict.fromkeys(expected, 0)


def test_registered_and_confirmed_stand_side_by_side(world: World) -> None:
    with_director(world)
    world.closed()
    assert (read("solved"), read("confirmed")) == (1, 0)
    world.do("call_back", {"reached": True, "solved": True}, on="05-21", **COUNTY)
    assert (read("solved"), read("confirmed"), read("call_backs"), read("call_backs_solved")) == (1, 1, 1, 1)


def test_what_a_resident_calls_unsolved_is_not_counted_until_it_was_looked_into(world: World) -> None:
    with_director(world)
    world.closed()
    world.do("call_back", {"reached": True, "solved": False}, on="05-21", **COUNTY)
    assert (read("solved"), read("confirmed"), read("verify")) == (0, 0, 1)


def rows(measure: str, unit: str = "donghe") -> int:
    """How many rows the figure leads to."""
    listed = lists.counted(measure, Unit.objects.get(pk=unit), lists.of_year(None, TODAY))
    return sum(part.rows.count() for part in listed)


def test_a_task_that_is_looked_into_keeps_a_matter_from_counting_as_solved(world: World) -> None:
    """One resident says no, another yes: nobody has looked into it yet (engine.md §9.7)."""

    def told() -> tuple[tuple[int, int], ...]:
        return tuple((read(m), rows(m)) for m in ("solved", "solved_livelihood", "confirmed", "verify"))

    world.closed()
    assert told() == ((1, 1), (1, 1), (0, 0), (0, 0))
    world.do("confirm", {"solved": False, "words": "还是堵。"}, by="public", on="05-21")
    world.do("confirm", {"solved": True}, by="public", on="05-21")
    assert world.task().state == "verify" and world.row.heard == "solved"
    assert told() == ((0, 0), (0, 0), (0, 0), (1, 1))
    world.do(
        "report_progress", {"task": world.task().pk, "state": "done", "note": "又清了一遍。"}, on="05-22"
    )
    assert told() == ((1, 1), (1, 1), (1, 1), (0, 0))


@pytest.mark.parametrize(("result", "expected"), [("solved", (0, 1)), ("partly", (1, 0))])
def test_the_archive_makes_nothing_solved_that_is_still_looked_into(
    world: World, result: str, expected: tuple[int, int]
) -> None:
    """Such a file cannot come into being here; it may come from a place whose rule let it through."""
    world.archived()
    Matter.objects.filter(pk=world.matter).update(result=result)
    Task.objects.filter(matter=world.matter).update(state="verify")
    assert (read(result), read("verify")) == expected == (rows(result), rows("verify"))


def test_topics_of_an_old_ledger_count_as_what_it_says(world: World) -> None:
    topics = [{"title": "巷道", "discuss": "livelihood", "result": "solved"},
              {"title": "界沟", "result": "partly"}, {"title": "路灯"}]  # fmt: skip
    past(world, "2022-05-05", topics=topics)
    assert (read("solved", year=2022), read("partly"), read("ledger_topics")) == (1, 1, 2)
    assert read("solved_livelihood") == 1


def test_a_refused_topic_counts_as_answered(world: World) -> None:
    world.put_forward()
    world.do("screen", {"discuss": "livelihood", "against_policy": False, "private_dispute": True, "unfair": False,
                        "deep_division": False}, on="04-03", decided=SECRETARY)  # fmt: skip
    world.do("reply", {"text": "请找村调解委员会。", "redirect": "mediation"}, on="04-04", decided=SECRETARY)
    assert (read("refused"), read("solved"), read("matters")) == (1, 0, 1)


def test_tasks_and_letters_past_their_day(world: World) -> None:
    world.posted().tasked()  # due on 30 June
    assert read("tasks_overdue") == 0
    assert read("tasks_overdue", today=date(2026, 6, 30)) == 0
    assert read("tasks_overdue", today=date(2026, 7, 1)) == 1
    assert read("tasks_overdue", "liushu", today=date(2026, 7, 1)) == 1
    assert read("tasks_overdue", "yangshu", today=date(2026, 7, 1)) == 0
    assert read("tasks_overdue", today=date(2027, 1, 1)) == 1


def test_a_letter_is_overdue_after_five_working_days_until_it_is_answered(world: World) -> None:
    guests = [{"kind": "department", "department": "水利站", "letter": "请〔2026〕1号"}]
    world.called(held="06-20", on="05-11", guests=guests)
    assert read("letters") == 1
    # 11 May 2026 is a Monday: five working days are over on the 18th.
    assert read("letters_overdue", today=date(2026, 5, 18)) == 0
    assert read("letters_overdue", today=date(2026, 5, 19)) == 1
    from shangliang.cases.models import Invitation

    said = {"invitation": Invitation.objects.get(kind="department").pk, "reply": "coming"}
    world.do("register_reply", said, on="05-19", by="p-jin")
    assert read("letters_overdue", today=date(2026, 5, 25)) == 0 and read("letters_answered") == 1


def test_reminders_and_their_answers(world: World) -> None:
    with_director(world)
    world.do("remind", {"about": "meeting", "text": "请开会。"}, on="05-02", unit="liushu", **COUNTY)
    assert (read("reminders"), read("reminders_answered")) == (1, 0)
    assert read("reminders", "yangshu") == 0


def test_making_facts_again_changes_nothing_and_so_does_making_them_from_nothing(world: World) -> None:
    venue(world, "liushu", "2025-01-01")
    past(world, "2025-02-05")
    world.archived()

    def everything() -> tuple[list[Any], list[Any]]:
        facts = DayFact.objects.order_by("unit", "measure", "day").values_list("unit", "measure", "day", "n")
        totals = MonthTotal.objects.exclude(n=0).order_by("unit", "measure", "month")
        return list(facts), list(totals.values_list("unit", "measure", "month", "n"))

    freshen.freshen_all()
    first = everything()
    assert freshen.freshen_all() == 0 and everything() == first
    freshen.forget()
    freshen.freshen_all()
    assert everything() == first
    freshen.rebuild()
    assert everything() == first


def test_a_page_brings_a_few_stale_books_up_to_date_and_leaves_many_to_the_worker(world: World) -> None:
    assert freshen.freshen(most=2) is False
    assert freshen.freshen() is True
    past(world, "2025-02-05")
    assert freshen.freshen() is True
    assert all_figures(Unit.objects.get(pk="donghe"), TODAY).of_year("meetings", None) == 1
    assert freshen.totals_differ() == []


@pytest.mark.parametrize("year", [None, 2025, 2026])
def test_the_report_holds_every_measure_with_its_definition(world: World, year: int | None) -> None:
    freshen.freshen_all()
    told = report(Unit.objects.get(pk="donghe"), TODAY, Years.of(year))
    assert [m["id"] for m in told["measures"]] == list(MEASURES)
    assert all(m["definition_zh"] and m["definition_en"] and m["n"] >= 0 for m in told["measures"])


def test_percentages_are_whole_and_halves_go_up() -> None:
    assert [percent(76, 115), percent(115, 115), percent(1, 8), percent(0, 0)] == [66, 100, 13, 0]


def test_the_worker_counts_what_no_page_has_looked_at(world: World) -> None:
    from shangliang.site import working

    past(world, "2025-02-05")
    working.once(working.load())
    assert all_figures(Unit.objects.get(pk="donghe"), TODAY).of_year("meetings", None) == 1
    past(world, "2025-03-05")
    working.once(working.load(), with_daily=False)
    assert all_figures(Unit.objects.get(pk="donghe"), TODAY).of_year("meetings", None) == 2
    assert freshen.totals_differ() == []
