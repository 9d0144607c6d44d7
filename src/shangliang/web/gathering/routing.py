"""Which statement is asked next: those with the fewest answers first, and of these the ones an answer tells most of."""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache

from shangliang.acts import answers
from shangliang.cases import queries_gathering as read
from shangliang.cases.models_gathering import Gathering, Statement
from shangliang.consensus import OpinionMap, map_opinions, next_statements

SECONDS = 20
"""For how long counts and weights are good enough. A room full of telephones asks for them every second."""
MOST = 200_000
"""Answers beyond which only the counts decide: weighing them would take longer than it is worth."""


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
    chosen = next_statements(_weights(gathering, sum(counts.values())), among=rare, seed=seed)
    return left[int(chosen[0])]


def _counts(gathering: Gathering) -> dict[str, int]:
    found: dict[str, int] = cache.get_or_set(
        f"gathering-counts-{gathering.pk}", lambda: read.answers_to(gathering), SECONDS
    )
    return found


def _weights(gathering: Gathering, answers_given: int) -> OpinionMap | None:
    if not 0 < answers_given <= MOST:
        return None
    key = f"gathering-weights-{gathering.pk}"
    found: OpinionMap | None = cache.get(key)
    if found is None:
        box = answers.ballots(gathering.pk)
        rows = [(p, s, a) for p, ballot in enumerate(box) for s, a in ballot]
        if not rows:
            return None
        found = map_opinions(*zip(*rows, strict=True), method="polis")
        cache.set(key, found, SECONDS * 6)
    return found
