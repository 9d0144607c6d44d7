"""Proofs: the shipped procedures pass, doctored ones fail with the path that breaks them."""

from dataclasses import replace
from time import perf_counter

import pytest

from shangliang.procedure.loader import load, procedure, shipped
from shangliang.procedure.model import GateUse
from shangliang.procedure.proofs import Overlay, check, failures

TEXT = procedure("dongning").text


def doctored(old: str, new: str):
    assert old in TEXT
    return failures(check(load(TEXT.replace(old, new, 1), "doctored.toml")))


@pytest.mark.parametrize("id", shipped())
def test_a_shipped_procedure_is_proved_within_two_seconds(id):
    begun = perf_counter()
    problems = check(shipped()[id])
    assert failures(problems) == []
    assert perf_counter() - begun < 2


def test_an_order_gate_that_the_graph_implies_is_reported_not_failed():
    notes = [p for p in check(procedure("dongning")) if p.level == "note"]
    assert ["D-G9" in p.reason for p in notes] == [True]


def test_a_matter_that_is_not_answered_fails_and_the_path_is_printed():
    problems = doctored('marks = ["replied"]\nfields = ["redirect", "text"]', 'fields = ["redirect", "text"]')
    unanswered = next(p for p in problems if "没有答复" in p.reason)
    printed = str(unanswered)
    assert (
        printed.index("D-2 三议四不议甄别")
        < printed.index("D-X 不议（转办并答复）")
        < printed.index("【不议，已答复】")
    )
    assert "screen = refused" in printed


def test_a_result_that_marks_nothing_leaves_completion_unconsulted_and_decisions_early():
    problems = doctored(
        'marks = { consensus = ["consulted"], statutory = ["consulted"], escalate = ["consulted"] }\n', ""
    )
    assert {p.proof for p in problems} == {"order", "ends"}
    assert any("没有协商就决定了" in p.reason and "record_resolution" in str(p) for p in problems)


def test_a_decision_before_consulting_is_found_on_its_own_branch():
    problems = doctored('statutory = ["consulted"], ', "")
    assert "order" in {p.proof for p in problems}


def test_completion_without_publication_fails():
    problems = doctored('[end.closed]\nname = "公示期满"\nname_en = "published"\nmarks = ["published"]', 
                        '[end.closed]\nname = "公示期满"\nname_en = "published"')  # fmt: skip
    assert any("completed without published" in p.reason for p in problems)


def test_a_stage_nobody_reaches_fails():
    problems = doctored(', escalate = "D-6E" }', ', escalate = "D-5" }')
    assert any("D-6E" in p.reason and p.proof == "reached" for p in problems)


def test_a_dead_end_fails_with_the_way_into_it():
    problems = doctored(
        'next = { refused = "@refused", stopped = "@stopped" }\nmarks',
        'next = { refused = ".", stopped = "." }\nmarks',
    )
    dead = next(p for p in problems if p.proof == "ending")
    assert "D-X" in dead.reason
    assert dead.path


def test_a_paper_that_no_step_gives_fails():
    problems = doctored('gives = ["sign_in", "minutes"]', 'gives = ["minutes"]')
    assert any("签到表" in p.reason and p.proof == "papers" for p in problems)


def test_a_paper_missing_on_one_path_fails_with_that_path():
    problems = doctored('gives = ["study"]\n', "")
    assert any("研究意见" in p.reason for p in problems)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[params]\ndays = 0", "[params]\ndays = 7", "below the statutory floor"),
        ('gate = "publication_period"\nlevel = "hard"', 'gate = "publication_period"\nlevel = "soft"', "must be hard"),
        (
            'gate = "quorum_held"\nlevel = "hard"', 'gate = "quorum_held"\nlevel = "hard"\noverride = "town_party"',
            "a floor has no override",
        ),
    ],
)  # fmt: skip
def test_no_floor_of_the_law_is_undercut(old, new, words):
    problems = doctored(old, new)
    assert any(words in p.reason for p in problems)


def test_stricter_than_the_law_is_allowed():
    assert doctored("[params]\ndays = 0", "[params]\ndays = 20") == []


def test_overlays_are_checked_in_every_combination():
    weak = GateUse("O-1", "take_down", "publication_period", "hard", "law", {"days": 5})
    fine = replace(weak, id="O-2", params={"days": 30})
    problems = failures(check(procedure("dongning"), [Overlay("fine", (fine,)), Overlay("weak", (weak,))]))
    assert [p.reason[:3] for p in problems] == ["O-1"]
