"""Drawing a sample that anybody can draw again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(seed: str, numbers: Iterable[str], count: int) -> list[str]:
    """``count`` of the numbers, those whose SHA-256 of "seed:number" is smallest. The order in which they are given does not
    matter; whoever knows the seed and the list gets the same."""

    def key(number: str) -> str:
        return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()

    return sorted(set(numbers), key=key)[:count]
