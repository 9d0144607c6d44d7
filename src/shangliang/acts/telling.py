"""Queues the messages of an act, in its transaction."""

from __future__ import annotations

from shangliang.acts.scene import Scene
from shangliang.notify.models import Message


def tell(scene: Scene) -> None:
    """One message a role. A simulated book is mute."""
    if not scene.spec.tells or scene.mute:
        return
    Message.objects.bulk_create(
        Message(
            unit=scene.unit.id if scene.unit else scene.locked.unit, role=role, kind=scene.spec.name,
            subject=scene.subject, made_at=scene.now, due_at=scene.now,
        )
        for role in scene.spec.tells
    )  # fmt: skip
