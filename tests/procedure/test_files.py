"""Procedure files: what is read, and that everything unknown is refused with file, line and reason."""

import pytest

from shangliang.procedure.loader import ProcedureError, load, procedure, shipped
from shangliang.procedure.show import show

TEXT = procedure("dongning").text

# What is changed in the Dongning file, what it becomes, the words that the line of the error holds, the reason.
BROKEN = {
    "not TOML": ('id = "dongning"', "id = dongning", "id = dongning", "not TOML"),
    "unknown key": ('levels = ["village"', 'colour = "red"\nlevels = ["village"', "colour", 'unknown key "colour"'),
    "unknown key of a stage": ('id = "D-3"\n', 'id = "D-3"\nwhom = "x"\n', "whom", 'unknown key "whom"'),
    "unknown gate": ('gate = "answered_all"', 'gate = "answered_some"', "answered_some", "unknown gate"),
    "unknown gate parameter": ('after = "D-4"', 'since = "D-4"', "since", "no parameter since"),
    "unknown route": ('route = "four_questions"', 'route = "five"', '"five"', 'unknown route "five"'),
    "unknown outcome": ('clear = "D-3" }', 'clear = "D-3", maybe = "D-3" }', "maybe", 'no outcome "maybe"'),
    "outcome without target": (', clear = "D-3" }', " }", 'door = "D-3D" }', 'may answer "clear"'),
    "unknown condition": ('when = "dispute_large"', 'when = "dispute_huge"', "dispute_huge", "unknown condition"),
    "unknown target": ('next = "D-4"', 'next = "D-44"', '"D-44"', "neither a stage nor an end"),
    "unknown role": ('who = "council"', 'who = "senate"', "senate", 'unknown role "senate"'),
    "unknown clause": ('cite = ["D31", "D32"]', 'cite = ["D31", "D99"]', "D99", 'unknown clause "D99"'),
    "unknown mark": ('consensus = ["consulted"]', 'consensus = ["agreed"]', '["agreed"]', 'unknown mark "agreed"'),
    "marks of no outcome": ("marks = { consensus =", "marks = { concord =", "concord", 'outcome "concord"'),
    "unknown flow": ('flow = "screening"', 'flow = "sieving"', "sieving", 'unknown flow "sieving"'),
    "unknown outcome of a flow": ("reopened =", "resumed =", "resumed", 'no outcome "resumed"'),
    "unmapped outcome of a flow": (', failed = "D-X" }', " }", 'flow = "statutory', 'its outcome "failed"'),
    "a default that blocks": (
        'level = "soft"\norigin = "default"\ncite = ["D35", "D36"]',
        'level = "hard"\norigin = "default"\ncite = ["D35", "D36"]', 'level = "hard"', "never blocks",
    ),
    "a local gate without its words": (
        'origin = "local"\ncite = "D31"', 'origin = "local"', 'id = "D-G6"', 'needs "cite"',
    ),
    "a gate on nothing": ('on = "close"', 'on = "shut"', "D-G12", 'hangs on "shut"'),
    "a gate id twice": ('id = "D-G9"', 'id = "D-G8"', 'id = "D-G8"', 'two gates have the id "D-G8"'),
    "a stage twice": ('[[stage]]\nid = "D-4"', '[[stage]]\nid = "D-3"', 'id = "D-3"', "is there twice"),
    "one language": ('name_en = "Study"\n', "", 'name = "研究调研"', '"name_en" go together'),
    "an end without a kind": ('name_en = "stopped"\nkind = "stopped"', 'name_en = "stopped"', "end.stopped", "needs a kind"),
    "no period": ('every = "P2M"', 'every = "2 months"', "2 months", "not a period"),
    "unknown paper": ('gives = ["meeting_notice"]', 'gives = ["telegram"]', "telegram", 'unknown paper "telegram"'),
    "unknown override role": ('override = "town_party"', 'override = "mayor"', "mayor", 'unknown role "mayor"'),
    "wrong type": ("times = 2", 'times = "two"', "two", "wrong type"),
    "starts nothing": ('starts = "archive"', 'starts = "tracking"', "close", "which the stage does not call"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_line_and_reason(name):
    old, new, at, reason = BROKEN[name]
    assert old in TEXT
    broken = TEXT.replace(old, new, 1)
    with pytest.raises(ProcedureError) as refused:
        load(broken, "broken.toml")
    error = refused.value
    assert reason in error.reason
    assert at in broken.splitlines()[error.line - 1], (
        f"line {error.line}: {broken.splitlines()[error.line - 1]}"
    )
    assert str(error).startswith(f"broken.toml:{error.line}: ")


def test_every_shipped_procedure_is_read_and_found_again_by_its_version():
    for id, found in shipped().items():
        assert procedure(id, found.version) is found
        with pytest.raises(KeyError):
            procedure(id, "another")


def test_a_kept_text_brings_the_same_procedure_back_whatever_the_shared_flows_become():
    found = procedure("dongning")
    again = load(found.text, "kept")
    assert again == found
    assert again.version == found.version
    altered = found.text.replace('length = "P15D"', 'length = "P20D"', 1)
    assert load(altered, "kept").version != found.version


def test_comments_and_layout_do_not_change_the_version():
    assert load("# a word\n" + TEXT, "x").version == procedure("dongning").version


def test_every_name_is_there_in_both_languages():
    found = procedure("dongning")
    chinese, english = show(found, "zh"), show(found, "en")
    assert "上门协商" in chinese and "本地规程" in chinese
    assert "Talks at the door" in english and "system default, please confirm" in english
    assert "D-G3" not in chinese, "people read the rule's own words, never ids"


def test_the_files_say_where_the_rule_comes_from():
    found = procedure("dongning")
    assert found.clauses["D35"].text.zh == "对违反政策原则、个体矛盾、有失公平和严重分歧的不议"
    assert found.clauses["D35"].title == found.source.title
    assert [c.id for c in found.clocks] == ["D-K1", "D-K2"]
    assert len(found.lists["discuss"]) == 3 and len(found.lists["not_discuss"]) == 4
    assert len(found.lists["five_haves"]) == 5 and len(found.lists["templates"]) == 5
