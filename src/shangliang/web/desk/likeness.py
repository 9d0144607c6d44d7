"""Whether two residents speak of the same thing: pairs of neighbouring characters they share. A hint for a person who
decides, nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KEEP = re.compile(r"[^\w]+")
LEAST = 0.12


def pairs(text: str) -> frozenset[str]:
    plain = _KEEP.sub("", text.lower())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared pairs over the pairs of the shorter text, between 0 and 1: people rarely say a thing at the same length."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def alike(words: str, texts: Iterable[tuple[str, str]], most: int = 3) -> list[str]:
    """The keys of the texts most like the words, the closest first. ``texts``: (key, text); a key counts by its best."""
    mine = pairs(words)
    best: dict[str, float] = {}
    for key, text in texts:
        best[key] = max(best.get(key, 0.0), likeness(mine, pairs(text)))
    found = sorted((k for k in best if best[k] >= LEAST), key=lambda k: (-best[k], k))
    return found[:most]
