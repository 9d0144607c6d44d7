"""The guide for procedure authors: what it tells people to write is a procedure that loads and proves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shangliang.procedure.loader import load, procedure, shipped
from shangliang.procedure.proofs import check, failures
from shangliang.procedure.tables import parse

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = (DOCS / "examples" / "qingnilai.toml").read_text("utf-8")
GUIDES = ["procedures.md", "procedures.zh.md"]


def blocks(guide: str) -> list[str]:
    """The TOML a reader is told to write: five parts of a procedure, then a county's settings."""
    return re.findall(r"```toml\n(.*?)```", (DOCS / guide).read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_parts_of_the_guide_written_one_after_another_are_the_example(guide):
    *parts, _ = blocks(guide)
    assert len(parts) == 5
    assert "\n".join(parts) == EXAMPLE


def test_the_example_comes_from_no_shipped_procedure_loads_and_is_proved():
    found = load(EXAMPLE, "qingnilai.toml")
    assert found.id not in shipped()
    assert failures(check(found, found.laid)) == []
    assert found.name.zh == "请你来协商"


@pytest.mark.parametrize("guide", GUIDES)
def test_the_settings_of_the_guide_lie_on_the_shipped_procedure(guide):
    ours = blocks(guide)[-1]
    base = parse(ours, guide).text("on")
    found = load(procedure(base).text, base, [(guide, ours)])
    assert found.name.zh == "本区一征三议两公开"
    assert failures(check(found, found.laid)) == []
