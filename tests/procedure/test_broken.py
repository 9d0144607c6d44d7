"""Broken procedures: each mistake a county could make is refused with file, line and reason, or fails its proof with the
path that breaks it."""

from __future__ import annotations

import pytest

from shangliang.procedure import bundle
from shangliang.procedure.loader import ProcedureError, load, procedure
from shangliang.procedure.proofs import check, failures

TEXT = bundle.untie(procedure("yizheng").text).text

# What is changed in a sound file, what it becomes, the words in the line of the error, the reason.
REFUSED = {
    "not TOML at all": ('id = "yizheng"', "id = 一征", "一征", "not TOML"),
    "an unknown key": ('start = "Z-0"', 'start = "Z-0"\nopens = "Z-0"', "opens", 'unknown key "opens"'),
    "no such start": ('start = "Z-0"', 'start = "Z-00"', "Z-00", '"start" names no stage'),
    "an unknown overlay": ('"O-OWNERS"', '"O-OWNER"', "O-OWNER", 'unknown overlay "O-OWNER"'),
    "a stage without a name": ('name = "是否属于决策范围"\n', "", "name_en", "go together"),
    "a stage twice": ('[[stage]]\nid = "Z-2"', '[[stage]]\nid = "Z-1"', 'id = "Z-1"', "is there twice"),
    "an act to nowhere": ('next = "Z-2"', 'next = "Z-22"', "Z-22", "neither a stage nor an end"),
    "an outcome forgotten": (", back = \"Z-1\" }", " }", "agreed", 'may answer "back"'),
    "an outcome too many": ("{ agreed = \"Z-3\", ", "{ agreed = \"Z-3\", maybe = \"Z-3\", ", "maybe", 'no outcome "maybe"'),
    "an unknown route": ('route = "scope_answer"', 'route = "scope"', '"scope"', 'unknown route "scope"'),
    "an unknown gate": ('gate = "groups_heard"', 'gate = "crowds_heard"', "crowds_heard", "unknown gate"),
    "a number of the wrong kind": ("{ groups = 2 }", '{ groups = "two" }', "two", "no parameter groups"),
    "a number the gate does not know": ("{ days = 7 }", "{ weeks = 1 }", "weeks", "no parameter weeks"),
    "a gate on nothing": ('on = "close_collecting"', 'on = "closing"', "Z-G2", 'hangs on "closing"'),
    "a gate outside stages on nothing": ('on = "set_tasks"', 'on = "work"', "Z-G14", "an act that no stage offers"),
    "a gate without a place": ('id = "Z-G2"\non = "close_collecting"\n', 'id = "Z-G2"\n', "Z-G2", 'either "on" or "before"'),
    "a gate id twice": ('id = "Z-G3"', 'id = "Z-G2"', 'id = "Z-G2"', "two gates have the id"),
    "a local gate without its words": (
        'level = "soft"\norigin = "local"\ncite = "Z43"', 'level = "soft"\norigin = "local"', "Z-G7", 'needs "cite"',
    ),
    "a default that blocks": (
        'params = { days = 7 }\nlevel = "soft"', 'params = { days = 7 }\nlevel = "hard"', 'level = "hard"', "never blocks",
    ),
    "an unknown clause": ('cite = "Z22"', 'cite = "Z2222"', "Z2222", 'unknown clause "Z2222"'),
    "an unknown role": ('who = "proposer"', 'who = "elders"', "elders", 'unknown role "elders"'),
    "a role of posts nobody declared": ('village = ["grid_worker"]', 'village = ["street_guard"]', "street_guard", 'unknown post "street_guard"'),
    "an unknown paper": ('gives = ["effects"]', 'gives = ["photos"]', "photos", 'unknown paper "photos"'),
    "an archive of unknown papers": ('[[archive]]\npaper = "proposal"', '[[archive]]\npaper = "poem"', "poem", 'unknown paper "poem"'),
    "an archive condition nobody knows": ('when = "not_exempted"', 'when = "in_summer"', "in_summer", 'unknown condition "in_summer"'),
    "an unknown flow": ('flow = "hearing"', 'flow = "party"', "party", 'unknown flow "party"'),
    "an unmapped outcome of a flow": (', skipped = "Z-9"', "", "appraise", 'its outcome "skipped"'),
    "a flow beside with no way on": ('next = "Z-6"\ncite', "cite", "beside", 'no "next"'),
    "an unknown mark": ('agreed = ["consulted"]', 'agreed = ["happy"]', "happy", 'unknown mark "happy"'),
    "an end without a kind": ('name_en = "stopped"\nkind = "stopped"', 'name_en = "stopped"', "end.stopped", "needs a kind"),
    "a period that is none": ('length = "P7D"', 'length = "a week"', "a week", "not a period"),
    "a timer from nowhere": ('from = "collecting_opened"', 'from = "spring"', "spring", '"from" is'),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_procedure_is_refused_with_line_and_reason(name):
    old, new, at, reason = REFUSED[name]
    assert old in TEXT
    broken = TEXT.replace(old, new, 1)
    with pytest.raises(ProcedureError) as refused:
        load(broken, "ours.toml")
    error = refused.value
    assert reason in error.reason
    assert str(error).startswith(f"ours.toml:{error.line}: ")
    assert at in broken.splitlines()[error.line - 1], broken.splitlines()[error.line - 1]


# What is changed, what it becomes, the proof that fails, words of its reason, and a stage on the printed path.
UNPROVED = {
    "a stage nobody reaches": ('stuck = "Z-3E"', 'stuck = "Z-3"', "reached", "Z-3E", ""),
    "a way into nowhere": (
        'next = { refused = "@refused", stopped = "@stopped" }\nmarks', 'next = { refused = ".", stopped = "." }\nmarks',
        "ending", "dead end", "Z-X",
    ),
    "decided before it was consulted": ('marks = { agreed = ["consulted"] }\n', "", "order", "decided before consulted", "Z-4"),
    "stopped without an answer": ('marks = ["replied"]\nfields', "fields", "ends", "ended without replied", "Z-X"),
    "no proposal in the file": ('gives = ["proposal", "committees_minutes"]', 'gives = ["committees_minutes"]', "papers", "提议表", ""),
    "minutes missing on a path": ('gives = ["sign_in", "minutes"]', 'gives = ["sign_in"]', "papers", "商议记录", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", UNPROVED)
def test_a_procedure_that_breaks_a_promise_fails_its_proof_with_the_path(name):
    old, new, proof, words, stage = UNPROVED[name]
    assert old in TEXT
    found = [p for p in failures(check(load(TEXT.replace(old, new, 1), "ours.toml"))) if p.proof == proof]
    assert any(words in p.reason for p in found), found
    if stage:
        assert any(stage in line for p in found for line in p.path)


def test_a_meeting_that_decides_without_being_counted_fails():
    flow = procedure("yizheng").text
    uncounted = flow.replace('id = "MT3"\ngate = "quorum_held"', 'id = "MT3"\ngate = "authorised"', 1)
    assert uncounted != flow
    assert any("decided without a count" in p.reason for p in failures(check(load(uncounted, "ours.toml"))))
