"""Whether what the topic, its sides and its resolutions name is there, and can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such, refusal
from shangliang.procedure.judge import Finding
from shangliang.procedure.law import law_on, subjects_on
from shangliang.units.queries import units_above

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("screen")
def _screen(scene: Scene) -> Iterator[Finding]:
    kind = scene.unit.kind if scene.unit else ""
    known = {s.id for s in subjects_on(law_on(scene.act.happened_on, kind))}
    if odd := [t for t in scene.given.touches if t not in known]:
        yield refusal(
            "no_such", f"当时的法律没有规定由会议决定：{'、'.join(t[:20] for t in odd[:5])}",
            "The law of the day gives this to no meeting here", field="touches",
        )  # fmt: skip


@check("visit")
def _visit(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.parties.filter(pk=scene.given.party).exists():
        yield no_such("party", "个利益方", "side")


@check("record_resolution")
def _resolution(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if d.present > d.total:
        yield refusal(
            "too_many", "到会的比应到的还多", "More were present than are entitled", field="present"
        )
    if d.votes_for + d.against + d.abstained > d.present:
        yield refusal(
            "too_many", "票数比到会的人还多", "There are more votes than people present", field="votes_for"
        )
    areas = [a for a in (d.area_for, d.area_present, d.area) if a is not None]
    if areas != sorted(areas):
        yield refusal(
            "too_many", "面积对不上：同意的不能多于参与表决的，参与表决的不能多于总面积",
            "The areas do not fit: in favour, taking part and all must not decrease", field="area_present",
        )  # fmt: skip


@check("report_up")
def _report(scene: Scene) -> Iterator[Finding]:
    """It goes to a unit above, or to a department beside or above."""
    unit, named = scene.unit, scene.given.to_unit
    if unit is None or (named is None and unit.parent_id):
        return
    if named is None or not units_above(unit).filter(pk=named).exists():
        yield no_such("to_unit", "个上级单位或部门", "unit or department above")
