"""Conditions by which overlays and stages switch on: the kind of unit, what the matter touches, what the act says."""

from __future__ import annotations

from shangliang.procedure.facts import Facts
from shangliang.procedure.law import subjects
from shangliang.procedure.vocabulary import condition


@condition("in_scope")
def in_scope(facts: Facts) -> bool | None:
    """The act says that the matter must be decided in this way."""
    return facts.value("in_scope") is True


@condition("asking", needs=("collecting",))
def asking(facts: Facts) -> bool | None:
    """Opinions are being asked for: begun, and not summed up yet."""
    return facts.collecting is not None and facts.collecting.closed_on is None


@condition("not_asking", needs=("collecting",))
def not_asking(facts: Facts) -> bool | None:
    """Nobody is asking for opinions at the moment."""
    return not asking(facts)


@condition("village_unit")
def village_unit(facts: Facts) -> bool | None:
    """The unit is a village, not a community."""
    return facts.unit.kind == "village"


@condition("community_unit")
def community_unit(facts: Facts) -> bool | None:
    """The unit is a community (社区)."""
    return facts.unit.kind == "community"


def _touched(facts: Facts) -> frozenset[str] | None:
    given = facts.value("touches")
    if isinstance(given, list | tuple):
        return frozenset(given)
    return facts.matter.touches if facts.matter else None


def _touches_group(facts: Facts, overlay: str) -> bool:
    """Whether it touches a subject of an overlay's group. What nobody was asked switches no overlay on: the law's own
    gates on the decision answer *unknown* there."""
    touched = _touched(facts) or frozenset()
    return any(s.id in touched for s in subjects() if s.overlay == overlay)


@condition("touches_village_matters")
def touches_village_matters(facts: Facts) -> bool | None:
    """It touches what a villagers' assembly decides (村民委员会组织法 art. 28)."""
    return _touches_group(facts, "O-MEETING-V")


@condition("touches_community_matters")
def touches_community_matters(facts: Facts) -> bool | None:
    """It touches what a residents' assembly decides (城市居民委员会组织法 art. 30)."""
    return _touches_group(facts, "O-MEETING-C")


@condition("touches_collective")
def touches_collective(facts: Facts) -> bool | None:
    """It touches property, membership or shares of the collective organisation, or its land."""
    return _touches_group(facts, "O-COLLECTIVE") or _touches_group(facts, "O-LAND")


@condition("touches_owners")
def touches_owners(facts: Facts) -> bool | None:
    """It touches what owners decide jointly (民法典 art. 278)."""
    return _touches_group(facts, "O-OWNERS")


@condition("touches_units")
def touches_units(facts: Facts) -> bool | None:
    """It touches units stationed in the village or community (村民委员会组织法 art. 47, 城市居民委员会组织法 art. 46)."""
    return "resident_units" in (_touched(facts) or ())


@condition("adjusts_plots")
def adjusts_plots(facts: Facts) -> bool | None:
    """Single plots of contracted land are adjusted (农村土地承包法 art. 28)."""
    return "land_adjust" in (_touched(facts) or ())


@condition("leases_outside")
def leases_outside(facts: Facts) -> bool | None:
    """Land is leased to somebody outside the collective (农村土地承包法 art. 52)."""
    return "land_lease" in (_touched(facts) or ())
