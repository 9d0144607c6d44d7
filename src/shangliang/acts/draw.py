"""Drawing a sample that anybody can draw again, and how much has to be thrown for a panel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

THROWS = 10
"""Throws of a die that settle a panel, at the least; ``docs/panels.md`` says why ten. Ten have 60,466,176 outcomes: counted
over all of them for a file of 1,000 panels, the likeliest and the least likely panel lie 1.5 % from an even chance. With eight
it is 8 %, with six 50 %. Signs are counted, so a number of a public lottery with as many digits does as well."""


def drawn(seed: str, numbers: Iterable[str], count: int) -> list[str]:
    """``count`` of the numbers, those whose SHA-256 of "seed:number" is smallest. The order in which they are given does not
    matter; whoever knows the seed and the list gets the same."""

    def key(number: str) -> str:
        return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()

    return sorted(set(numbers), key=key)[:count]
