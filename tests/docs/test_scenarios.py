"""docs/scenarios.md names a test for every scenario, and each of them is there."""

import re

import pytest
from tests.docs.test_requirements import ROOT, names_in

ROW = re.compile(r"^\| ([EA]\d+) \|[^|]*\|([^|]*)\|$", re.MULTILINE)
ROWS = dict(ROW.findall((ROOT / "docs" / "scenarios.md").read_text("utf-8")))


def test_no_scenario_is_missing() -> None:
    assert list(ROWS) == [*(f"E{n}" for n in range(1, 25)), *(f"A{n}" for n in range(1, 18))]


@pytest.mark.parametrize("row", ROWS)
def test_every_scenario_is_walked_by_a_test_that_exists(row: str) -> None:
    named = re.findall(r"`([^`]+)`", ROWS[row])
    assert named
    for name in named:
        file, _, test = name.partition("::")
        assert (ROOT / file).is_file() and test in names_in(file), name
