"""Which of two numbers of a gate is the stricter one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any


def weaker_params(old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
    """The name of the first parameter that asks for less than before, or None.

    Numbers ask for more the larger they are; ``over``/``under`` together are one share; a list of those who must agree
    (``by``) asks for more the longer it is, a list of those who may do something (``posts``) the shorter; texts such as
    the name of a stage stay as they are.
    """
    if "under" in new and Fraction(new["over"], new["under"]) < Fraction(old["over"], old["under"]):
        return "over"
    for name, value in new.items():
        before = old[name]
        if name in ("over", "under", "papers") or value == before or _stricter(name, before, value):
            continue
        return name
    return None


def _stricter(name: str, before: Any, value: Any) -> bool:
    if isinstance(before, int) and isinstance(value, int):
        return value > before
    if isinstance(value, list | tuple):
        return set(value) >= set(before) if name == "by" else set(value) <= set(before)
    return False
