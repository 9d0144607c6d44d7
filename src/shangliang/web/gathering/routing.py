"""Which statement is asked next: those with the fewest answers first, and of these the ones an answer tells most of."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import cache

from shangliang.acts import answers
from shangliang.cases import queries_gathering as read
from shangliang.cases.models_gathering import Gathering, Statement
from shangliang.web.gathering.beside import beside

if TYPE_CHECKING:
    from shangliang.consensus import OpinionMap

Rows = list[tuple[int, int, int]]

SECONDS = 20
"""For how long counts are good enough. A room full of telephones asks for them every second."""
WEIGHED = 120
"""For how many seconds weights are good enough."""
MOST = 200_000
"""Answers beyond which only the counts decide: weighing them would take longer than it is worth."""

_maps: dict[str, tuple[float, OpinionMap | None]] = {}
"""By gathering: when its map was last begun, and the latest one made."""


def following(
    gathering: Gathering, shown: list[Statement], answered: set[str], token: str
) -> Statement | None:
    """The next statement for this voice, or None when all are answered. The same as long as nothing changes, so that a
    page loaded again asks the same."""
    left = {s.number: s for s in shown if s.pk not in answered}
    if not left:
        return None
    counts = _counts(gathering)
    fewest = min(counts.get(s.pk, 0) for s in left.values())
    rare = [n for n, s in left.items() if counts.get(s.pk, 0) <= fewest + fewest // 4]
    seed = int.from_bytes(sha256(f"{token}:{len(answered)}".encode()).digest()[:4], "big")
    return left[_choose(_weights(gathering, sum(counts.values())), rare, seed)]


def _choose(weighed: OpinionMap | None, rare: list[int], seed: int) -> int:
    """One of these statements, drawn for this voice; the more an answer would tell, the likelier."""
    if weighed is None:
        return rare[seed % len(rare)]
    from shangliang.consensus import next_statements

    return int(next_statements(weighed, among=rare, seed=seed)[0])


def _counts(gathering: Gathering) -> dict[str, int]:
    found: dict[str, int] = cache.get_or_set(
        f"gathering-counts-{gathering.pk}", lambda: read.answers_to(gathering), SECONDS
    )
    return found


def _weights(gathering: Gathering, given: int) -> OpinionMap | None:
    """The latest map of the open box, for its weights only; None until one has been made beside the requests."""
    made, found = _maps.get(gathering.pk, (float("-inf"), None))
    if 0 < given <= MOST and time.monotonic() - made > WEIGHED:
        _maps[gathering.pk] = (time.monotonic(), found)  # the next request does not begin it again
        box = answers.ballots(gathering.pk)
        rows = [(p, s, a) for p, ballot in enumerate(box) for s, a in ballot]
        if rows:
            beside(f"weigh {gathering.pk}", lambda: weigh(gathering.pk, rows))
    return found


def weigh(gathering: str, rows: Rows) -> None:
    """Makes the map of these (voice, statement, answer) and keeps it for its weights."""
    from shangliang.consensus import map_opinions

    made = map_opinions(*zip(*rows, strict=True), method="polis")
    if len(_maps) >= 8:
        _maps.pop(min(_maps, key=lambda k: _maps[k][0]), None)
    _maps[gathering] = (time.monotonic(), made)
