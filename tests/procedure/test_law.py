"""The law of the day: which floors hold, and meetings counted in whole numbers."""

from datetime import date

import pytest

from shangliang.procedure import law
from shangliang.procedure.law import law_on
from shangliang.procedure.tally import tally

OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)


@pytest.mark.parametrize("kind", ["village", "community"])
def test_fifteen_days_are_asked_from_2026_only(kind):
    assert law_on(OLD, kind).publication_min_days is None
    assert law_on(NEW, kind).publication_min_days == 15
    assert law_on(OLD, kind).party_first is None
    assert law_on(NEW, kind).party_first is not None


def test_a_town_has_no_statutory_floor():
    found = law_on(NEW, "town")
    assert found.publication_min_days is None
    assert found.bodies == ()
    assert not law.needs_meeting(found, frozenset({"subsidy"}))


def test_law_is_frozen_hashable_and_the_same_object_for_the_same_rules():
    assert law_on(date(2026, 3, 1), "village") is law_on(date(2026, 7, 1), "village")
    assert hash(law_on(NEW, "village")) == hash(law_on(NEW, "village"))


def test_a_community_had_no_representatives_meeting_before_2026():
    assert law_on(OLD, "community").body("representatives") is None
    assert law_on(NEW, "community").body("representatives") is not None


def test_homesteads_went_from_the_village_to_the_collective_in_may_2025():
    before = law.deciding_bodies(law_on(date(2025, 4, 30), "village"), frozenset({"homestead"}))
    after = law.deciding_bodies(law_on(date(2025, 5, 1), "village"), frozenset({"homestead"}))
    assert [b.id for b in before] == ["assembly", "representatives"]
    assert [b.id for b in after] == ["collective_assembly"]


def test_subjects_for_forms_are_those_the_law_of_the_day_gives_away():
    ids = {s.id for s in law.subjects_on(law_on(NEW, "village"))}
    assert {"subsidy", "homestead", "property_company"} <= ids
    assert "covenant" not in ids


@pytest.mark.parametrize(("present", "held"), [(39, False), (40, True)])
def test_two_thirds_of_sixty_representatives_are_forty(present, held):
    rule = law_on(NEW, "community").body("representatives")
    assert tally(rule, 60, present, present).quorum_held is held


@pytest.mark.parametrize(("votes", "held"), [(20, False), (21, True)])
def test_more_than_half_of_forty_is_twenty_one(votes, held):
    rule = law_on(NEW, "community").body("representatives")
    count = tally(rule, 60, 40, votes)
    assert count.majority_held is held
    assert count.votes_needed == 21
    assert "须21票" in count.sentence.zh
    assert "needed (21)" in count.sentence.en


def test_an_assembly_may_count_adults_or_households():
    rule = law_on(NEW, "village").body("assembly")
    assert tally(rule, 300, 150, 100).quorum_held is False
    assert tally(rule, 300, 151, 100).quorum_held is True
    assert tally(rule, 120, 79, 70, basis="households").quorum_held is False
    assert tally(rule, 120, 80, 70, basis="households").quorum_held is True


def test_the_collective_decides_by_two_thirds_of_all_members():
    rule = law_on(NEW, "village").body("collective_assembly")
    assert tally(rule, 90, 60, 59).majority_held is False
    assert tally(rule, 90, 60, 60).majority_held is True


def test_owners_count_heads_and_area_and_ask_for_the_area():
    rule = law_on(NEW, "community").body("owners")
    assert tally(rule, 90, 60, 31).quorum_held is None
    count = tally(rule, 90, 60, 31, more={"area": (9000, 6000, 3001)})
    assert (count.quorum_held, count.majority_held) == (True, True)
    assert tally(rule, 90, 60, 31, more={"area": (9000, 5999, 3001)}).quorum_held is False
    assert tally(rule, 90, 60, 31, more={"area": (9000, 6000, 3000)}).majority_held is False


def test_every_clause_speaks_both_languages():
    for clause in law.clauses().values():
        assert clause.short.zh and clause.short.en and clause.text.zh and clause.text.en
        assert clause.origin == "law"


AREAS = {"area": (1_000_000, 666_667, 333_334)}


def test_owners_are_counted_by_heads_and_by_area():
    rule = law_on(NEW, "community").body("owners")
    assert rule.asks("area")
    held = tally(rule, 120, 80, 41, more=AREAS)
    assert (held.quorum_held, held.majority_held) == (True, True)
    assert (
        "专有部分面积共10000.00平方米，参与表决6666.67平方米，达到三分之二（须6666.67平方米）"
        in held.quorum.zh
    )
    assert "同意的面积3333.34平方米，达到参与表决面积的过半数（须3333.34平方米）" in held.majority.zh
    assert "参与表决人数的过半数（须41票）" in held.majority.zh
    assert tally(rule, 120, 79, 41, more=AREAS).quorum_held is False
    assert tally(rule, 120, 80, 40, more=AREAS).majority_held is False
    assert tally(rule, 120, 80, 41, more={"area": (1_000_000, 666_666, 333_334)}).quorum_held is False
    assert tally(rule, 120, 80, 41, more={"area": (1_000_000, 666_667, 333_333)}).majority_held is False
    assert tally(rule, 120, 80, 41).quorum_held is None


def test_special_matters_of_owners_need_three_quarters_of_both():
    rule = law_on(NEW, "community").body("owners_special")
    areas = {"area": (1_000_000, 800_000, 600_000)}
    assert tally(rule, 120, 80, 60, more=areas).majority_held is True
    assert tally(rule, 120, 80, 59, more=areas).majority_held is False
    assert tally(rule, 120, 80, 60, more={"area": (1_000_000, 800_000, 599_999)}).majority_held is False


def test_the_members_representatives_have_a_majority_of_all_and_no_quorum():
    rule = law_on(NEW, "village").body("collective_representatives")
    assert tally(rule, 30, 19, 19).quorum_held is True
    assert tally(rule, 30, 19, 19).majority_held is False
    assert tally(rule, 30, 20, 20).majority_held is True


def test_leasing_land_to_outsiders_needs_two_thirds_of_all_representatives():
    here = law_on(NEW, "village")
    assert [b.id for b in law.deciding_bodies(here, frozenset({"land_lease"}))] == [
        "assembly", "representatives", "collective_assembly",
    ]  # fmt: skip
    plain = law.rule_for(here, "representatives", frozenset({"subsidy"}))
    land = law.rule_for(here, "representatives", frozenset({"land_lease"}))
    assert tally(plain, 60, 40, 21).majority_held is True
    assert tally(land, 60, 40, 39).majority_held is False
    assert tally(land, 60, 40, 40).majority_held is True
    assert (land.cite.cite, land.cite.title) == ("LC52", "农村土地承包法")


def test_who_is_studied_by_the_party_organisation_first():
    assert law_on(date(2025, 6, 1), "village").body("collective_assembly").party_first.cite == "E26"
    assert law_on(NEW, "village").body("representatives").party_first.cite == "V28"
    assert law_on(NEW, "community").body("owners").party_first is None
    assert law_on(NEW, "village").body("group").party_first is None
