"""How good the maps of our method are, beside those of the reference method, on the same votes.

    python -m bench.consensus_quality [--opinions FOLDER] [--planted N] [--json]

Public conversations: error and area under the curve on hidden tenths, median adjusted Rand index of the groups when a tenth
is left out, rank correlation of radius and number of answers. Planted conversations: how often the number of groups is
found, and how well the groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench import common, consensus_data
from shangliang.consensus import map_opinions
from shangliang.consensus.measures import adjusted_rand
from shangliang.site import consensus_comparing, consensus_reading

METHODS = ("shangliang", "polis")


def main() -> None:
    parser = common.parser(__doc__, 1)
    parser.add_argument("--opinions", metavar="FOLDER", type=Path, default=Path("../shared/data/opinions"))
    parser.add_argument(
        "--planted", metavar="N", type=int, default=32, help="conversations (default: %(default)s)"
    )
    options = parser.parse_args()
    told: dict[str, Any] = {}
    for file in sorted(options.opinions.glob("*/participants-votes.csv")):
        told |= {f"{file.parent.name}.{name}": value for name, value in public(file)}
    told |= dict(planted(options.planted))
    common.tell(told, options.json)


def public(file: Path) -> Iterator[tuple[str, Any]]:
    found = consensus_reading.read([file])
    votes = (found.participants, found.statements, found.votes)
    ours, theirs = (map_opinions(*votes, method=method) for method in METHODS)  # type: ignore[arg-type]
    told = consensus_comparing.compare(found, ours, theirs, 0, lambda where: None)
    for method in METHODS:
        for name in ("groups", "error", "area", "stability", "radius_by_answers"):
            yield f"{method}.{name}", told["methods"][method][name]
    yield (
        "error_by_reference",
        round(told["methods"]["shangliang"]["error"] / told["methods"]["polis"]["error"], 4),
    )


def planted(count: int) -> Iterator[tuple[str, Any]]:
    """The adjusted Rand index is over those whom the method counts to a group; `share` says how many these are."""
    for method in METHODS:
        right, rand, share = [], [], []
        for seed in range(count):
            votes, group, _ = consensus_data.planted(seed)
            found = map_opinions(**votes, method=method)  # type: ignore[arg-type]
            label = found.participants.group
            right.append(len(found.groups) == int(group.max()) + 1)
            rand.append(adjusted_rand(label[label >= 0], group[label >= 0]) if (label >= 0).any() else 0.0)
            share.append(float((label >= 0).mean()))
        yield f"planted.{method}.number_found", round(float(np.mean(right)), 3)
        yield f"planted.{method}.adjusted_rand", round(float(np.mean(rand)), 3)
        yield f"planted.{method}.share", round(float(np.mean(share)), 3)


if __name__ == "__main__":
    main()
