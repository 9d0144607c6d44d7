"""Whether a task is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such
from shangliang.procedure.judge import Finding

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("report_progress")
def _progress(scene: Scene) -> Iterator[Finding]:
    if scene.matter and all(t.id != scene.given.task for t in scene.tasks):
        yield no_such("task", "项任务", "task")
