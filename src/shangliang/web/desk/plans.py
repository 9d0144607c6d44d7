"""Where the forms of acts register what they already know about a matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shangliang.cases.models import Matter

Plan = dict[str, Any]
"""``choices``, ``initial``, ``help``, ``labels`` and ``fields`` by name; ``required``, ``hidden``, ``without`` and ``fold``
(seldom needed: shown on a tap) are names; ``shape`` makes the act's data of what was typed."""
FILL: dict[str, Callable[[Matter], Plan]] = {}


def fill(*names: str) -> Callable[[Callable[[Matter], Plan]], Callable[[Matter], Plan]]:
    def register(function: Callable[[Matter], Plan]) -> Callable[[Matter], Plan]:
        for name in names:
            FILL[name] = function
        return function

    return register
