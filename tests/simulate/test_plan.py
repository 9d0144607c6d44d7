"""What happens when in the simulated county: the report's figures, for any seed and any day."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from shangliang.procedure.personal import looks_personal
from shangliang.site.simulate import topics
from shangliang.site.simulate.coming import Plan
from shangliang.site.simulate.plan import plan
from shangliang.site.simulate.tree import Place, places

TODAYS = (date(2024, 1, 9), date(2026, 11, 22), date(2029, 7, 1))


def planned(today: date, seed: int = 2021) -> tuple[list[Place], Plan]:
    rng = random.Random(seed)
    tree = places(rng)
    return tree, plan(tree, rng, today)


def test_the_county_has_the_units_of_the_report() -> None:
    tree, _ = planned(TODAYS[1])
    kinds = Counter(p.kind for p in tree if p.platform)
    assert kinds == {"town": 6, "street": 1, "village": 100, "community": 8}  # D3
    codes = {p.name: p.code for p in tree if p.kind in ("town", "street")}
    assert codes["老黑山镇（演示）"] == "231086103" and codes["城乡社区工作局（演示）"] == ""
    named = {"南山社区", "团结社区", "夹信子村"}
    marked = [p.name for p in tree if not p.name.endswith(("（示例）", "（演示）"))]
    assert set(marked) == named  # everything else says that it is an example
    assert len({p.name for p in tree}) == len(tree)


@pytest.mark.parametrize("today", TODAYS)
@pytest.mark.parametrize("seed", [2021, 7])
def test_the_figures_of_the_report_hold(today: date, seed: int) -> None:
    _, made = planned(today, seed)
    covered = Counter(day.year for day in made.ready.values())
    assert covered == {2021: 15, 2022: 61, 2023: 39}  # 15, 76 and 115 at the ends of the years: D5, D8, D9
    reported = [s for s in made.sessions if s.day.year <= 2023]
    assert len(reported) == 409  # D40
    solved = [m for m in made.matters if m.result == "solved" and m.end and m.end <= date(2023, 12, 31)]
    assert len(solved) == 310  # D42


def test_the_same_seed_tells_the_same_county() -> None:
    assert planned(TODAYS[1])[1] == planned(TODAYS[1])[1]
    assert planned(TODAYS[1], 1)[1] != planned(TODAYS[1], 2)[1]


def test_nobody_meets_before_the_venue_stands_or_twice_a_month() -> None:
    _, made = planned(TODAYS[1])
    last: dict[str, date] = {}
    for s in made.sessions:
        assert s.items and s.called < s.day and s.day > made.ready[s.unit]
        assert s.unit not in last or s.day - last[s.unit] >= timedelta(days=25)
        last[s.unit] = s.day
    assert any(s.day > TODAYS[1] for s in made.sessions)  # some are called and still to come
    assert all(s.called <= TODAYS[1] for s in made.sessions)


def test_gaps_are_left_as_gaps() -> None:
    """The rule's own norm is 2 × 7 + 6 × 108 = 662 meetings a year; nobody fills them up."""
    _, made = planned(TODAYS[1])
    years = Counter(s.day.year for s in made.sessions)
    assert max(years.values()) < 662 / 2


def test_every_topic_can_be_told_everywhere_and_names_nobody() -> None:
    tree, _ = planned(TODAYS[1])
    told = set()
    for place in (p for p in tree if p.platform):
        for number in topics.fitting(place):
            told.add(number)
            topic = topics.fill(number, place, random.Random(number))
            assert not looks_personal(f"{topic.title}{topic.agreed}{topic.note}")
            assert len(topic.title) <= 60 and "{" not in topic.title + topic.words + topic.study
            assert topic.tasks and all(days > 0 for _, _, days in topic.tasks)
            assert (topic.dispute == "large") == bool(topic.sides)
    assert told == set(range(len(topics.raw()))) and len(told) >= 60


def test_what_the_report_names_is_talked_over() -> None:
    """老旧小区改造、物业管理、承包土地纠纷 (D41), and the sweet potato in 夹信子村 (D21)."""
    _, made = planned(TODAYS[1])
    titles = " ".join(m.topic.title for m in made.matters)
    assert "老旧小区" in titles and "物业服务" in titles and "承包地" in titles
    assert any("地瓜" in m.topic.title for m in made.matters if m.unit == "jiaxinzi")
    assert len({m.topic.title for m in made.matters}) > 120
