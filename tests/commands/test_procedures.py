"""``procedure list``, ``check`` with overlays, ``export`` and ``import``: what one county writes another adopts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.commands.conftest import ROOT, Run

COUNTY = ROOT / "tests" / "procedure" / "county.toml"


def test_what_comes_with_us_is_listed_with_its_presets(run: Run) -> None:
    out = run("procedure", "list").out
    assert "siyi  " in out and "四议两公开" in out and "+ yizheng-party-proposes" in out


def test_settings_are_checked_on_the_procedure_they_lie_on(run: Run, tmp_path: Path) -> None:
    done = run("procedure", "check", COUNTY)
    assert done.status == 0 and done.out.count("✓ yizheng") == 4
    weak = tmp_path / "weak.toml"
    weak.write_text(COUNTY.read_text("utf-8").replace("days = 20", "days = 7"), "utf-8")
    refused = run("procedure", "check", weak)
    assert refused.status == 1 and "weak.toml:" in refused.out and "at least 15" in refused.out


def test_what_is_exported_is_shown_and_drawn_like_what_it_was_made_of(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    assert run("procedure", "export", "yizheng", "--with", COUNTY, "-o", file).status == 0
    assert "一征 敲门问计" in run("procedure", "show", file).out
    assert "一议 党组织提议" in run("procedure", "show", "yizheng", "--with", "yizheng-party-proposes").out
    assert run("procedure", "check", file).status == 0


@pytest.mark.django_db
def test_an_exported_procedure_is_adopted_by_another_county(run: Run, tmp_path: Path) -> None:
    from shangliang.acts.act import SYSTEM, Act, today
    from shangliang.acts.perform import perform
    from shangliang.acts.rulebooks import of_unit
    from shangliang.units.models import Unit

    perform(
        Act(
            "found_unit",
            today(),
            SYSTEM,
            {"name": "另一个县", "kind": "county", "parent": None},
            unit="lingxian",
        )
    )
    file = tmp_path / "ours.toml"
    run("procedure", "export", "yizheng", "--with", COUNTY, "-o", file)
    asked = (
        "procedure",
        "import",
        file,
        "--unit",
        "lingxian",
        "--body",
        "县委办公室",
        "--number",
        "〔2026〕7号",
    )
    assert run(*asked, "--dry-run").status == 0
    assert not Unit.objects.get(pk="lingxian").adoptions.exists()
    assert run(*asked).status == 0
    unit = Unit.objects.get(pk="lingxian")
    assert unit.adoptions.get().number == "〔2026〕7号"
    assert of_unit(unit).name.zh == "清河一征三议两公开"


@pytest.mark.django_db
def test_what_is_not_proved_is_not_adopted(run: Run, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "examples" / "qingnilai.toml").read_text("utf-8")
    file = tmp_path / "broken.toml"
    file.write_text(
        text.replace('marks = { consensus = ["consulted"], statutory = ["consulted"] }\n', ""), "utf-8"
    )
    done = run("procedure", "import", file, "--unit", "lingxian", "--body", "县委办公室")
    assert done.status == 1 and "decided before consulted" in done.err


def test_a_reader_that_has_gone_is_no_mistake(tmp_path: Path) -> None:
    """``shangliang procedure show liyang | head -1`` says its line and nothing else."""
    command = [sys.executable, "-m", "shangliang.site.cli", "procedure", "show", "liyang"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout is not None and asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == b""
    assert asked.returncode == 141
