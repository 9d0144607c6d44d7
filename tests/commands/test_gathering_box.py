"""The exported box of a gathering is a votes file: whoever has it can make the map again."""

import json
from pathlib import Path

import pytest
from tests.acts.world import World, day
from tests.commands.conftest import Run

from shangliang.acts import answers
from shangliang.cases.models_gathering import Gathering, Statement


@pytest.mark.django_db
def test_the_command_makes_the_map_of_an_exported_box(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "today", lambda: day("05-01"))
    World().screened().asked()
    g = Gathering.objects.get()
    ids = list(Statement.objects.order_by("number").values_list("pk", flat=True))
    for n in range(30):
        assert answers.put(g.pk, f"t{n}", [(ids[0], 1), (ids[1], 1 if n % 2 else -1), (ids[2], (n % 3) - 1)])
    box = tmp_path / "answers.csv"
    box.write_text(answers.export(answers.ballots(g.pk)), "utf-8")
    made = run("consensus", "map", box, "-o", tmp_path / "out")
    assert made.status == 0, made.err
    found = json.loads((tmp_path / "out" / "map.json").read_text("utf-8"))
    assert len(found["participants"]) == 30
    counts = {s["id"]: (s["agree"], s["disagree"], s["passed"]) for s in found["statements"]}
    assert counts == {1: (30, 0, 0), 2: (15, 15, 0), 3: (10, 10, 10)}
