"""Whether what an opinion gathering showed is what the entry of its closing says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shangliang.archive.parts import bodies, claimed, lines, mapping, records

TOLD = ("voices", "paper", "answers", "digest")
"""How many answered, how many of them on paper, how many answers, and the digest of the box."""


def differing(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The parts under gatherings/ that say anything else than the entry: the n-th gathering closed is number n."""
    closings = [b for b in bodies(lines(parts, "entries.jsonl")) if b.get("act") == "close_gathering"]
    boxes = [claimed(claimed(body, "flow"), "box") for body in closings]
    for name in sorted(n for n in parts if n.startswith("gatherings/")):
        number = int(name.removeprefix("gatherings/").removesuffix(".json"))
        box = boxes[number - 1] if 0 < number <= len(boxes) else None
        if box is None or not _same(mapping(parts, name), box):
            yield name


def _same(told: Mapping[str, Any], box: Any) -> bool:
    said = {s.get("number"): s for s in records(claimed(box, "statements"))}
    rows = {row.get("number"): row for row in records(told.get("statements"))}
    if said.keys() != rows.keys() or any(told.get(key) != claimed(box, key) for key in TOLD):
        return False
    return all({key: rows[n].get(key) for key in counts} == counts for n, counts in said.items())
