"""Whether the numbers of a hearing or an appraisal can be, and whether what is filled was begun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import refusal
from shangliang.procedure.judge import Finding

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("hold_appraisal")
def _appraisal(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if d.satisfied + d.mostly + d.unsatisfied > d.present:
        yield refusal(
            "too_many", "打分的人比到会的还多", "More people gave their opinion than were present",
            field="satisfied",
        )  # fmt: skip


@check("announce_hearing", "set_appraisal")
def _called(scene: Scene) -> Iterator[Finding]:
    if scene.given.called_for < scene.act.happened_on:
        yield refusal(
            "before_called", "开会的日子早于公告的日子", "The day is earlier than its announcement",
            field="called_for",
        )  # fmt: skip
