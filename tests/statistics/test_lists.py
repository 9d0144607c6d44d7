"""Every figure drills down to what it counts: as many rows as the figure says, in every unit and every year."""

from datetime import date

import pytest
from tests.acts.test_oversight import COUNTY, FIVE, with_director
from tests.acts.world import SECRETARY, World

from shangliang.cases.models import Invitation
from shangliang.statistics import freshen, lists
from shangliang.statistics.measures import MEASURES
from shangliang.statistics.reading import all_figures, overdue, windows_of
from shangliang.units.models import Unit

TODAY = date(2026, 8, 1)
COUNTED = [m for m in MEASURES.values() if m.kind != "clock"]


def past(w: World, on: str, unit: str = "liushu", **more: object) -> None:
    said = {"ledger": "台账第1页", "place": "议事室", **more}
    w.do("import_meeting", said, on=on, unit=unit, by="p-su", typed="2026-05-01")


@pytest.fixture
def busy(world: World) -> World:
    """A year in which everything happened at least once."""
    with_director(world)
    for unit, on, haves in (
        ("hekou", "2024-02-01", FIVE),
        ("liushu", "2025-02-01", FIVE),
        ("yangshu", "2025-03-05", ["place"]),
    ):
        world.do(
            "equip_venue", {"name": "议事室", "haves": haves}, on=on, unit=unit, by="p-su", typed="2026-05-01"
        )
    world.do("no_topic", {"window": "2025-05-01", "reason": "农忙。"}, on="2025-06-01", typed="2026-05-01")
    topics = [{"title": "巷道", "discuss": "affairs", "result": "solved"}, {"title": "渠", "result": "partly"},
              {"title": "桥", "result": "unsolved"}, {"title": "灯"}, {"title": "井", "discuss": "governance", "result": "solved"}]  # fmt: skip
    past(world, "2025-04-04", topics=topics)
    past(world, "2025-07-04", unit="yangshu")
    past(world, "2025-07-05", form="door")
    world.archived()
    world.do("call_back", {"reached": True, "solved": False}, on="05-23", **COUNTY)
    world.do("call_back", {"reached": False}, on="05-23", **COUNTY)
    world.matter = ""
    world.put_forward("05-24")
    world.do("screen", {"discuss": "livelihood", "against_policy": False, "private_dispute": True, "unfair": False,
                        "deep_division": False}, on="05-24", decided=SECRETARY)  # fmt: skip
    world.do("reply", {"text": "请找调解委员会。", "redirect": "mediation"}, on="05-24", decided=SECRETARY)
    world.matter = ""
    world.opened("05-25")
    world.do("remind", {"about": "venue", "text": "请挂牌。"}, on="05-26", unit="yangshu", **COUNTY)
    guests = [{"kind": "department", "department": d} for d in ("水利站", "民政局", "农业农村局")]
    world.called(held="08-10", on="07-20", guests=guests)
    answered = Invitation.objects.filter(department="民政局").get()
    world.do("register_reply", {"invitation": answered.pk, "reply": "coming"}, on="07-21")
    freshen.freshen_all()
    return world


def test_every_measure_can_be_looked_into() -> None:
    assert {m.id for m in COUNTED} == set(lists._PARTS)


def test_the_figure_is_the_number_of_rows(busy: World) -> None:
    wrong, seen = [], set()
    for unit in Unit.objects.order_by("path"):
        figures = all_figures(unit, TODAY)
        for year in (None, 2023, 2024, 2025, 2026):
            period = lists.of_year(year, TODAY)
            for m in COUNTED:
                late = m.kind == "overdue"
                n = overdue(unit, m.id, TODAY) if late else figures.of_year(m.id, year)
                if m.kind == "share":
                    n = figures.of_year("venues", year)
                rows = sum(part.rows.count() for part in lists.counted(m.id, unit, period))
                if rows != n:
                    wrong.append((unit.pk, year, m.id, n, rows))
                seen |= {m.id} if n else set()
    assert wrong == []
    # Nothing is compared with nothing only.
    assert {m.id for m in COUNTED} - seen <= {
        "call_backs_solved",
        "stopped",
        "confirmed",
        "verify",
        "tasks_overdue",
        "reminders_answered",
    }


def test_places_without_a_venue_are_the_rest(busy: World) -> None:
    county = Unit.objects.get(pk="donghe")
    without = {y: [u.pk for u in lists.missing_venues(county, lists.of_year(y, TODAY))] for y in (2024, 2025)}
    assert without == {2024: ["liushu", "yangshu"], 2025: []}


def test_windows_one_by_one_add_up_to_the_figure(busy: World) -> None:
    county = Unit.objects.get(pk="donghe")
    figures = all_figures(county, TODAY)
    for year in (2024, 2025, 2026):
        one_by_one = [w for ws in windows_of(county, year, TODAY).values() for w in ws if w.ended]
        for name in ("due", "held", "gap", "quiet"):
            assert sum(getattr(w, name) for w in one_by_one) == figures.of_year(name, year)
    assert figures.of_year("quiet", 2025) == 1 and figures.of_year("gap", 2025) > 0


def test_nothing_lies_outside_the_unit(busy: World) -> None:
    yangshu = Unit.objects.get(pk="yangshu")
    for m in COUNTED:
        for part in lists.counted(m.id, yangshu, lists.of_year(None, TODAY)):
            for row in part.rows:
                found = (
                    row if part.kind == "unit" else getattr(row, "unit", None) or getattr(row, "matter", None)
                )
                found = found or row.meeting
                assert getattr(found, "unit", found).pk == "yangshu", (m.id, row)
