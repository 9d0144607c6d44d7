"""The JSON of a map is what docs/consensus.md says, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from tests.consensus.conversations import planted

from shangliang.consensus import as_json, map_opinions

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "consensus.md").read_text(encoding="utf-8")


def rows() -> dict[str, set[str]]:
    """Names in the first cell of each row of the table, and those in the second."""
    table = PAGE.partition("### `map.json`")[2].partition("\n### ")[0]
    found = re.findall(r"^\| (`.*?`) \| (.*) \|$", table, re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", told)) for first, told in found for name in _names(first)}


def _names(first: str) -> list[str]:
    return ["groups › " + first.split("`")[3]] if "›" in first else re.findall(r"`(\w+)`", first)


def told() -> dict[str, Any]:
    (p, s, v), _ = planted(2, 3)
    ids = np.unique(p)  # and one thing that everybody agrees with
    p, s, v = np.append(p, ids), np.append(s, np.full(len(ids), 99)), np.append(v, np.ones(len(ids), int))
    found: dict[str, Any] = as_json(
        map_opinions(p, s, v, clock=iter(map(float, range(99))).__next__), {0: "a"}
    )
    return found


def test_every_field_is_told_and_every_told_field_is_there() -> None:
    table, found = rows(), told()
    assert set(found) | {"participant_names"} == {name for name in table if "›" not in name}
    assert set(found["counts"]) == table["counts"]
    assert set(found["sureness"]) == table["sureness"] - {"few_people", "no_structure", "unstable", "given"}
    assert set(found["participants"][0]) == table["participants"]
    assert set(found["groups"][0]) == table["groups"]
    assert set(found["groups"][0]["representative"][0]) == table["groups › representative"]
    assert set(found["groups"][0]["statements"]) == table["groups › statements"] - {"statements"}
    assert set(found["statements"][0]) == table["statements"]
    assert set(found["agreed"][0]) == set(found["divided"][0]) == table["agreed"]
    assert set(found["unheard"]) == table["unheard"] - {"group", "statement"}
    assert set(found["timings"]) == table["timings"] - {"reading"}


def test_it_is_strict_json_with_short_numbers() -> None:
    text = json.dumps(told(), allow_nan=False)
    assert not re.search(r"\d\.\d{7}", text) and "-0.0," not in text


def test_lists_go_together() -> None:
    found = told()
    assert len(found["statements"]) == found["counts"]["statements"]
    assert len(found["participants"]) == found["counts"]["participants"]
    for group in found["groups"]:
        assert {len(column) for column in group["statements"].values()} == {len(found["statements"])}
        assert group["size"] == sum(person["group"] == group["id"] for person in found["participants"])
    assert found["statements"][0]["text"] == "a" and "text" not in found["statements"][1]
