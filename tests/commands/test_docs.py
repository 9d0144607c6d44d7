"""The documentation is current and complete."""

import json
from pathlib import Path

import pytest
from tests.commands.conftest import ROOT, Run, worked

from shangliang.site import cli

ACTS = ROOT / "docs" / "acts.md"


def test_the_catalogue_of_acts_is_current(run: Run) -> None:
    assert run("docs", "acts", ACTS, "--check").status == 0, "run: shangliang docs acts docs/acts.md"


def test_the_definitions_of_all_measures_are_current(run: Run) -> None:
    status = run("docs", "measures", ROOT / "docs" / "measures.md", "--check").status
    assert status == 0, "run: shangliang docs measures docs/measures.md"


def test_an_outdated_catalogue_is_noticed_and_mended(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "acts.md"
    copy.write_text(ACTS.read_text("utf-8") + "\n\nrot\n", "utf-8")
    assert run("docs", "acts", copy, "--check").status == 1
    assert run("docs", "acts", copy).status == 0
    assert copy.read_text("utf-8") == ACTS.read_text("utf-8")


def test_each_act_has_its_paragraph_and_an_example_that_can_be_read() -> None:
    from shangliang.acts.act import read_line
    from shangliang.acts.vocabulary import Catalogue, read
    from shangliang.site.actsdoc import _examples

    text = ACTS.read_text("utf-8")
    examples = _examples(worked().splitlines())
    for name, spec in Catalogue.acts.items():
        assert f"### `{name}` {spec.zh} / {spec.en}\n" in text
        raw = json.loads(examples[name])
        if raw["data"].get("entry"):
            raw["data"]["entry"] = 7
        act = read_line(raw)
        read(spec, act.data)


@pytest.mark.parametrize("name", sorted(cli.registry()))
def test_each_command_has_its_paragraph(name: str) -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    found = text.partition(f"\n### `{name}`\n")[2].partition("\n#")[0]
    assert len(found.strip()) > 80


def test_each_setting_is_described() -> None:
    from shangliang.site.environment import Environment
    from shangliang.site.working import Settings

    text = (ROOT / "docs" / "operators.md").read_text("utf-8")
    names = [*Environment.model_fields, *Settings.model_fields]
    assert not [n for n in names if f"`SHANGLIANG_{n.upper()}`" not in text]


@pytest.mark.parametrize("name", ["procedures.md", "procedures.zh.md"])
def test_the_vocabulary_of_the_guide_is_current(run: Run, name: str) -> None:
    assert run("docs", "procedures", ROOT / "docs" / name, "--check").status == 0, (
        f"run: shangliang docs procedures docs/{name}"
    )
