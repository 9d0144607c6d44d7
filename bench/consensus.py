"""Opinion maps: our reference method and our own against red-dwarf on the same votes, and by size.

    python -m bench.consensus [--peer PYTHON] [--opinions FOLDER] [--cases …] [--largest-peer VOTES] [--rounds N] [--json]

Every measurement is a process of its own; what it reads is made before. `core` is without resampling, which is told
beside it; `processor` is time of the processor, resampling included, which a busy machine disturbs least. The peer is
left out, and it is said, when its Python is not given.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench import common, consensus_data

SIZES = {  # name: people, statements, votes
    "village": (60, 30, 1_800),
    "10k": (10_000, 200, 480_000),
    "100k": (100_000, 500, 5_000_000),
    "300k": (300_000, 500, 15_000_000),
    "1m": (1_000_000, 1_000, 50_000_000),
}
BOWLING = "american-assembly.bowling-green"
METHODS = ("polis", "shangliang")


def main() -> None:
    options = arguments()
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in options.cases:
            file = Path(folder) / f"{case}.npz"
            votes = made(case, file, options.opinions)
            if votes == 0:
                told[case] = "left out: --opinions holds no such conversation"
                continue
            told |= {f"{case}.{name}": value for name, value in measured(file, votes, options)}
            file.unlink()
        if options.reading:
            told["reading.votes_per_second"] = reading(Path(folder))
    common.tell(told, options.json)


def arguments() -> argparse.Namespace:
    parser = common.parser(__doc__, 3)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has red-dwarf 0.4.0")
    parser.add_argument("--opinions", metavar="FOLDER", type=Path, default=Path("../shared/data/opinions"))
    parser.add_argument(
        "--cases", nargs="*", choices=("bowling-green", *SIZES), default=("village", "bowling-green", "10k")
    )
    parser.add_argument("--largest-peer", metavar="VOTES", type=int, default=1_000_000,
                        help="do not let the peer try more (5,000,000 take it minutes and 4 GB)")  # fmt: skip
    parser.add_argument("--reading", action="store_true", help="measure reading a CSV file as well")
    return parser.parse_args()


def made(case: str, file: Path, opinions: Path) -> int:
    """Writes the votes of a case; their number, 0 when the conversation is not there."""
    if case == "bowling-green":
        source = opinions / BOWLING / "participants-votes.csv"
        if not source.exists():
            return 0
        data = consensus_data.matrix(source)
    else:
        data = consensus_data.conversation(*SIZES[case])
    np.savez(file, **data)  # type: ignore[arg-type]
    return len(data["votes"])


def measured(file: Path, votes: int, options: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    yield "votes", votes
    ours: dict[str, dict[str, Any]] = {}
    for method in METHODS:
        found = ours[method] = run(
            sys.executable, "-m", "bench.consensus_case", str(file), method, str(options.rounds)
        )
        yield f"{method}.core_ms", round(1000 * found["core"], 2)
        yield f"{method}.resampling_ms", round(1000 * found["phases"].get("resampling", 0.0), 2)
        yield f"{method}.processor_ms", round(1000 * found["processor"], 2)
        yield f"{method}.megabytes", round(found["megabytes"])
        yield f"{method}.phases_ms", {name: round(1000 * s, 2) for name, s in found["phases"].items()}
        yield f"{method}.groups", found["groups"]
    yield "ours_by_reference", round(ours["shangliang"]["core"] / ours["polis"]["core"], 2)
    if options.peer is None:
        yield "peer", "left out: --peer names no Python with red-dwarf"
    elif votes > options.largest_peer:
        yield "peer", "left out: more votes than --largest-peer"
    else:
        peer = run(
            options.peer,
            "bench/consensus_peer.py",
            str(file),
            str(min(options.rounds, 3 if votes < 10**6 else 1)),
        )
        yield "peer.version", peer["version"]
        yield "peer.ms", round(1000 * peer["seconds"], 1)
        yield "peer.processor_ms", round(1000 * peer["processor"], 1)
        yield "peer.megabytes", round(peer["megabytes"])
        for method in METHODS:
            yield f"{method}.times_faster", round(peer["seconds"] / ours[method]["core"], 1)
            yield (
                f"{method}.times_faster_with_resampling",
                round(peer["seconds"] / ours[method]["seconds"], 1),
            )
            yield f"{method}.times_less_processor", round(peer["processor"] / ours[method]["processor"], 1)
            yield f"{method}.share_of_memory", round(ours[method]["megabytes"] / peer["megabytes"], 3)


def run(*words: str) -> dict[str, Any]:
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def reading(folder: Path) -> int:
    """Votes a second from a plain CSV of two million."""
    from shangliang.site import consensus_reading

    data = consensus_data.conversation(40_000, 500, 2_000_000)
    path = folder / "votes.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("participant,statement,vote\n")
        rows = zip(*(data[name].tolist() for name in ("participants", "statements", "votes")), strict=True)
        out.writelines(f"{p},{s},{v}\n" for p, s, v in rows)
    best = float("inf")
    for _ in range(4):
        begin = time.perf_counter()
        found = consensus_reading.read([path])
        best = min(best, time.perf_counter() - begin)
    return round(len(found.votes) / best)


if __name__ == "__main__":
    main()
