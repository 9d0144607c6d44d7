"""``measures``: every figure with its definition, for people and for machines."""

import pytest
from tests.commands.conftest import Run, jsonl, line

from shangliang.statistics.measures import MEASURES

pytestmark = pytest.mark.django_db

VENUE = {"name": "议事室", "haves": ["organisation", "place", "rules", "facilities", "sign"]}


def held(on: str) -> dict[str, object]:
    data = {"ledger": "台账", "place": "村议事室", "topics": [{"title": "巷道", "result": "solved"}]}
    return {**line("import_meeting", unit="village", data=data), "happened_on": on}


def test_it_counts_a_year_or_all_years_of_any_unit(run: Run, village: None) -> None:
    acts = [{**line("equip_venue", unit="village", data=VENUE), "happened_on": "2025-03-03"},
            held("2025-04-04"), held("2025-06-04")]  # fmt: skip
    assert run("perform", "-", stdin=jsonl(acts)).status == 0
    told = run("measures", "--json").json
    assert [m["id"] for m in told["measures"]] == list(MEASURES)
    by_id = {m["id"]: m for m in told["measures"]}
    assert told["unit"]["id"] == "county" and told["year"] is None
    assert (by_id["meetings"]["n"], by_id["solved"]["n"]) == (2, 2)
    assert by_id["coverage"] | {"n": 50, "of": {"part": 1, "whole": 2}} == by_id["coverage"]
    assert by_id["meetings"]["by_year"]["2025"] == 2
    of_2024 = {m["id"]: m["n"] for m in run("measures", "--year", 2024, "--json").json["measures"]}
    assert (of_2024["meetings"], of_2024["coverage"]) == (0, 0)
    assert run("measures", "--unit", "village", "--json").json["unit"]["id"] == "village"
    assert run("measures", "--again", "--json").json == told


def test_it_counts_several_years_together(run: Run, village: None) -> None:
    assert (
        run("perform", "-", stdin=jsonl([held("2023-04-04"), held("2024-04-04"), held("2025-06-04")])).status
        == 0
    )

    def meetings(*years: object) -> tuple[int, dict[str, int]]:
        told = next(m for m in run("measures", *years, "--json").json["measures"] if m["id"] == "meetings")
        return told["n"], told["by_year"]

    assert meetings("--from", 2023, "--to", 2024) == (2, {"2023": 1, "2024": 1})
    assert meetings("--from", 2024)[0] == 2 and meetings("--to", 2023) == (1, {"2023": 1})
    assert "，2023—2024年，" in run("measures", "--from", 2023, "--to", 2024).out
    assert "since 2024" in run("measures", "--from", 2024).out


@pytest.mark.parametrize("years", [("--year", 2023, "--from", 2022), ("--from", 2024, "--to", 2023)])
def test_years_that_contradict_each_other_are_refused(
    run: Run, village: None, years: tuple[object, ...]
) -> None:
    done = run("measures", *years)
    assert done.status == 1 and ("年份" in done.err or "--year" in done.err)


def test_people_read_the_definition_beside_the_figure(run: Run, village: None) -> None:
    said = run("measures").out
    assert "阵地覆盖率 / Coverage" in said and "已建阵地除以基层单元" in said


def test_a_unit_that_is_not_there_is_named(run: Run, village: None) -> None:
    done = run("measures", "--unit", "nowhere")
    assert done.status == 1 and "没有这个单位" in done.err
