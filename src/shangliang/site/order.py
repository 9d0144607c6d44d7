"""The order in which a tree of places is founded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """A place with the id of the one above it."""

    @property
    def id(self) -> str: ...

    @property
    def parent(self) -> str | None: ...


P = TypeVar("P", bound=Placed)


def parents_first(places: Sequence[P]) -> list[P]:
    """The same places, each after the one above it. Those in a circle are left out: whoever asks says what is wrong with
    them."""
    mine = {p.id for p in places}
    below: dict[str, list[P]] = defaultdict(list)
    ready = []
    for p in places:
        if p.parent in mine and p.parent != p.id:
            below[p.parent or ""].append(p)
        else:
            ready.append(p)
    ordered: list[P] = []
    while ready:
        ordered += ready
        ready = [child for p in ready for child in below.pop(p.id, [])]
    return ordered
