"""Whether a task is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts import rows
from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such
from shangliang.cases import models as cases
from shangliang.procedure.judge import Finding

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("report_progress")
def _progress(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not rows.exists(
        cases.Task, "t.id = %s AND t.matter_id = %s", [scene.given.task, scene.matter.pk]
    ):
        yield no_such("task", "项任务", "task")
