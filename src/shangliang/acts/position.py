"""Where a matter stands, as its row keeps it."""

from __future__ import annotations

import json
from functools import lru_cache

from shangliang.cases.models import Matter
from shangliang.procedure.judge import Position


def position_of(matter: Matter) -> Position:
    """Where the matter stands, in all its flows."""
    return _position(matter.position)


@lru_cache(maxsize=4096)
def _position(stored: str) -> Position:
    """Matters stand at few places, again and again; and what can be done there is remembered by the place."""
    read = json.loads(stored)
    return Position(stages=read["stages"], done=read.get("done", {}))
