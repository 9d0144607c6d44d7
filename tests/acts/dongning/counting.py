"""How many have to come, and whether a meeting decided in favour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def quorum(body: str, basis: str | None, total: int) -> int:
    """How many have to come, by the organic laws of village and collective."""
    if body == "collective_representatives":
        return 0  # the law names a majority only
    if body == "assembly" and basis != "households":
        return total // 2 + 1
    return -(-total * 2 // 3)


def carried(d: Mapping[str, Any]) -> bool:
    """Whether the meeting decided in favour."""
    if d["body"].startswith("collective"):
        return bool(d["votes_for"] >= -(-d["total"] * 2 // 3))
    return bool(d["votes_for"] >= d["present"] // 2 + 1)
