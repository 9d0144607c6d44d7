"""Whether a place can end: it is there, nothing lives below it, and its successor is another living place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts import rows
from shangliang.acts.act import SYSTEM
from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such, refusal
from shangliang.procedure.judge import Finding
from shangliang.procedure.say import NOTHING, Say
from shangliang.units.models import Unit

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("end_unit")
def _end(scene: Scene) -> Iterator[Finding]:
    unit, into = scene.unit, scene.given.successor
    assert unit is not None
    if into:
        rows.hold_back_others(Unit)  # else two places ended at once could send residents to each other
    if scene.act.entered_by != SYSTEM and scene.who["decided"].get("unit") in (None, unit.id):
        yield refusal("own_unit", "撤并单位由上级决定", "Only a unit above can end it",
                      Say("请写明是哪个上级单位、哪份文件定的", "Name the unit above that decided, and its paper"),
                      "decided_by")  # fmt: skip
    if unit.parent_id is None:
        yield refusal("root", "最上级的单位不能撤", "The root cannot end")
    if unit.valid_to is not None:
        yield gone(unit)
    if scene.act.happened_on < unit.valid_from:
        yield refusal(
            "before_start", "撤并不能早于建立", "A unit cannot end before it began", field="happened_on"
        )
    if left := Unit.objects.filter(parent=unit, valid_to=None).count():
        yield refusal("still_below", f"下面还有{left}个单位", f"There are {left} units below it still",
                      Say("请先撤并下面的单位", "End those first, or join them to others"))  # fmt: skip
    if into == unit.id:
        yield refusal("itself", "不能并入自己", "A unit cannot be joined to itself", field="successor")
    elif into:
        other = Unit.objects.select_related("successor").filter(pk=into).first()
        if other is None:
            yield no_such("successor", "个单位", "unit")
        elif other.valid_to is not None:
            yield gone(other, "successor")


def gone(unit: Unit, field: str = "unit") -> Finding:
    """This place has ended; where to go instead."""
    to = unit.successor.name if unit.successor else ""
    then = Say(f"请到{to}办理", f"Please turn to {to}") if to else NOTHING
    return refusal("ended_unit", f"{unit.name}已经撤并", f"{unit.name} has ended", then, field)
