"""Named conditions for ``when`` lists. Each answers yes, no, or None when a field is missing."""

from __future__ import annotations

from shangliang.procedure.facts import Facts
from shangliang.procedure.gates_deciding import meeting_needed
from shangliang.procedure.vocabulary import CONDITIONS, condition


def all_hold(names: tuple[str, ...], facts: Facts) -> bool | None:
    """Whether every condition holds: no as soon as one does not, None when none fails but one is unknown."""
    answers = [CONDITIONS[name].holds(facts) for name in names]
    if False in answers:
        return False
    return None if None in answers else True


@condition("village_level")
def village_level(facts: Facts) -> bool | None:
    """The matter belongs to a village or community."""
    return facts.matter.level == "village" if facts.matter else facts.unit.level == "village"


@condition("town_level")
def town_level(facts: Facts) -> bool | None:
    """The matter belongs to a town, sub-district or urban bureau."""
    return facts.matter.level == "town" if facts.matter else facts.unit.level == "town"


@condition("dispute_large", fields=("dispute",))
def dispute_large(facts: Facts) -> bool | None:
    """The dispute was found to be large (纠纷较大) or deeply divided."""
    matter = facts.matter
    if matter is None or (matter.dispute is None and matter.not_discuss is None):
        return None
    return matter.dispute == "large" or "deep_division" in (matter.not_discuss or ())


@condition("door_held", needs=("parties",), fields=("parties",))
def door_held(facts: Facts) -> bool | None:
    """Talks at the door took place."""
    return None if facts.parties is None else any(p.visited_on or p.earlier for p in facts.parties)


@condition("task_open", needs=("tasks",), fields=("tasks",))
def task_open(facts: Facts) -> bool | None:
    """A task is neither done nor explained: it was reopened as 待核实, or its work goes on."""
    return None if facts.tasks is None else any(t.state not in ("done", "not_done") for t in facts.tasks)


@condition("needs_meeting", fields=("touches",))
def needs_meeting(facts: Facts) -> bool | None:
    """A statutory meeting must decide the matter."""
    return meeting_needed(facts)


@condition("decided")
def decided(facts: Facts) -> bool | None:
    """A statutory meeting has decided the matter."""
    return "decided" in facts.marks


@condition("undecided")
def undecided(facts: Facts) -> bool | None:
    """No statutory meeting has decided the matter yet."""
    return "decided" not in facts.marks


@condition("exempted")
def exempted(facts: Facts) -> bool | None:
    """The matter is exempted from publication."""
    return "exempted" in facts.marks


@condition("not_exempted")
def not_exempted(facts: Facts) -> bool | None:
    """The matter is published in the ordinary way."""
    return "exempted" not in facts.marks


@condition("urgent")
def urgent(facts: Facts) -> bool | None:
    """The matter is urgent: it may be discussed at any time."""
    return facts.matter.urgent if facts.matter else None
