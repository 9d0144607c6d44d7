"""Overlays: the law switches on by kind of unit and by what a matter touches; presets and a county's settings are laid on
a procedure, and what is weaker or unknown is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shangliang.procedure import proving
from shangliang.procedure.casebook import case
from shangliang.procedure.judge import ask
from shangliang.procedure.linking import every_gate
from shangliang.procedure.loader import ProcedureError, load, presets, procedure, shipped
from shangliang.procedure.proofs import failures
from shangliang.procedure.show import show
from shangliang.procedure.vocabulary import HELD, Refused

COUNTY = (Path(__file__).parent / "county.toml").read_text("utf-8")


def laid(text: str = COUNTY, base: str = "yizheng"):
    return load(procedure(base).text, base, [("county.toml", text)])


def gate(found, ident: str):
    return next(g for g in every_gate(found) if g.id == ident)


def test_a_county_sets_its_brand_its_list_its_words_and_stricter_numbers():
    found = laid()
    assert found.name.zh == "清河一征三议两公开"
    assert [i.id for i in found.lists["scope"]] == ["lifts", "pipes"]
    assert found.root.stages["Z-1"].name.zh == "一征 敲门问计"
    assert gate(found, "Z-G4a").level == "hard" and gate(found, "Z-G4a").params["days"] == 10
    assert gate(found, "Z-G3").params["groups"] == 3
    assert gate(found, "PB3").params["days"] == 20
    assert gate(found, "QH-1").origin == "local"
    assert "清河区" not in show(procedure("yizheng")) and "敲门问计" in show(found)


def test_a_county_file_makes_another_version_that_its_own_text_brings_back():
    found = laid()
    assert found.id == "yizheng" and found.version != procedure("yizheng").version
    again = load(found.text, "kept")
    assert again == found and again.version == found.version


def test_what_a_county_did_not_touch_stays_as_it_is():
    plain, found = procedure("yizheng"), laid()
    assert found.root.stages["Z-4"] == plain.root.stages["Z-4"]
    assert found.archive == plain.archive and found.clocks == plain.clocks


REFUSED = {
    "not the base": ('on = "yizheng"', 'on = "siyi"', 'on = "siyi"', 'lies on "siyi"'),
    "no base": ('on = "yizheng"\n', "", "", '"on" is missing'),
    "unknown kind": ('kind = "county"', 'kind = "wish"', "wish", "should be one of"),
    "unknown key": ('kind = "county"', 'kind = "county"\ncolour = "red"', "colour", 'unknown key "colour"'),
    "unknown stage": ("[stage.Z-1]", "[stage.Z-77]", "Z-77", 'unknown stage "Z-77"'),
    "unknown act": ("Z-1.open_collecting", "Z-1.open_shop", "open_shop", 'has no act "open_shop"'),
    "unknown gate": ("[change.Z-G3]", "[change.Z-G99]", "Z-G99", 'unknown gate "Z-G99"'),
    "unknown number": ("{ groups = 3 }", "{ people = 3 }", "people", "has no number 'people'"),
    "a weaker number": ("{ groups = 3 }", "{ groups = 1 }", "groups = 1", "is weaker than 2"),
    "a weaker level": ("[change.Z-G3]\n", '[change.Z-G3]\nlevel = "info"\n', 'level = "info"', "info is weaker"),
    "weaker than the law": (
        "[change.Z-G3]\n", '[change.MT3]\nlevel = "soft"\n[change.Z-G3]\n', 'level = "soft"', "soft is weaker",
    ),
    "fewer days than the law": ("days = 20", "days = 7", "days = 7", "at least 15"),
    "unknown flow": ("[flow.publication]", "[flow.gossip]", "gossip", 'unknown flow "gossip"'),
    "unknown number of a flow": ("days = 20", "weeks = 3", "weeks", "has no number weeks"),
    "unknown timer": ("[timer.Z-T1]", "[timer.Z-T9]", "Z-T9", 'unknown timer "Z-T9"'),
    "a timer that is none": ('length = "P10D"', 'length = "ten days"', "ten days", "not a period"),
    "a timer in other units": ('length = "P10D"', 'length = "P2M"', "P2M", "is counted in"),
    "unknown clause": ('cite = "QH6"\nparams', 'cite = "QH7"\nparams', "QH7", 'unknown clause "QH7"'),
    "a default that blocks": ('origin = "local"\ncite = "QH6"\nparams', "params", 'level = "hard"', "never blocks"),
    "an act nobody offers": ('on = "set_tasks"', 'on = "set_fire"', "set_fire", "an act that no stage offers"),
    "a role that is not there": (
        "[flow.publication]", '[role.mayor]\nname = "市长"\nname_en = "mayor"\n[flow.publication]', "role.mayor",
        'unknown role "mayor"',
    ),
    "who decides by law": (
        "[flow.publication]", '[role.statutory_body]\nbody = ["party"]\n[flow.publication]', 'body = ["party"]',
        "for the law to say",
    ),
    "one language": ('brand_en = "Qinghe: one asking, three deliberations, two publications"\n', "", "brand", "go together"),
    "a gate twice": ('id = "QH-1"', 'id = "Z-G3"', 'id = "Z-G3"', "two gates have the id"),
    "a clock that is not there": ("[flow.publication]", '[clock.D-K2]\nevery = "P1M"\n[flow.publication]', "D-K2", 'unknown clock "D-K2"'),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_county_file_that_is_weaker_or_unknown_is_refused_with_its_line(name):
    old, new, at, reason = REFUSED[name]
    assert old in COUNTY
    broken = COUNTY.replace(old, new, 1)
    with pytest.raises(ProcedureError) as refused:
        laid(broken)
    error = refused.value
    assert reason in error.reason
    assert error.source == "county.toml"
    assert at in broken.splitlines()[error.line - 1], broken.splitlines()[error.line - 1]


def test_a_clock_may_be_set_oftener_never_more_seldom():
    head = 'overlay = "x"\nkind = "county"\non = "dongning"\nname = "某县"\nname_en = "a county"\n[clock.D-K2]\nevery = '
    found = laid(head + '"P1M"\n', "dongning")
    assert [c.months for c in found.clocks if c.id == "D-K2"] == [1]
    with pytest.raises(ProcedureError, match="weaker"):
        laid(head + '"P3M"\n', "dongning")


@pytest.mark.parametrize("id", shipped())
def test_every_combination_of_overlays_is_proved(id):
    proofs = list(proving.prove(procedure(id).text, id))
    assert len(proofs) == 2 ** len(presets(id))
    for proof in proofs:
        assert failures(proof.problems) == [], proof.laid


def test_a_county_file_is_proved_with_and_without_the_presets():
    proofs = list(proving.prove(procedure("yizheng").text, "yizheng", [("county.toml", COUNTY)]))
    assert [len(p.laid) for p in proofs] == [0, 1, 1, 2]
    assert not any(p.failed for p in proofs)
    both = proofs[-1].procedure
    assert both.name.zh == "清河一征三议两公开" and both.roles["proposer"].bodies == {"party"}


def test_the_preset_lets_the_party_organisation_propose():
    found = load(procedure("yizheng").text, "yizheng", presets("yizheng"))
    assert found.root.stages["Z-2"].name.zh == "一议 党组织提议"
    assert found.roles["proposer"].bodies == {"party"}
    assert procedure("yizheng").roles["proposer"].bodies == {"two_committees"}


def on_tasks(id: str, kind: str, touches: set[str], **facts):
    """What the gates of overlays say when tasks are set for a matter that touches these subjects."""
    asked = case(
        "set_tasks", kind=kind, matter={"touches": frozenset(touches), "needs_meeting": True}, **facts
    )
    found = {}
    for use in procedure(id).gates:
        if use.on == "set_tasks" and use.origin == "law" and (answer := ask(use, asked)) is not HELD:
            found[use.id] = answer
    return found


@pytest.mark.parametrize(
    ("kind", "touched", "switched"),
    [
        ("village", "subsidy", {"OV2"}),
        ("community", "subsidy", set()),
        ("community", "all_residents", {"OC2"}),
        ("village", "all_residents", set()),
        ("village", "homestead", {"OE2"}),
        ("village", "land_lease", {"OE2", "OL2"}),
        ("village", "land_adjust", {"OE2", "OL1"}),
        ("community", "property_company", {"OO1"}),
    ],
)
def test_an_overlay_switches_on_by_kind_of_unit_and_by_what_the_matter_touches(kind, touched, switched):
    assert on_tasks("dongning", kind, {touched}, rulings=()).keys() == switched


def test_once_decided_and_approved_above_the_work_may_begin():
    from shangliang.procedure.facts import RulingFacts

    day = date(2026, 5, 1)
    cleared = tuple(RulingFacts("clearance", by, "u1", day, True) for by in ("township", "county"))
    one = on_tasks("dongning", "village", {"land_adjust"}, rulings=cleared[:1], marks=frozenset({"decided"}))
    assert isinstance(one["OL1"], Refused) and "县级" in one["OL1"].say.zh
    assert (
        on_tasks("dongning", "village", {"land_adjust"}, rulings=cleared, marks=frozenset({"decided"})) == {}
    )
