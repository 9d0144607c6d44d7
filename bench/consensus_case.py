"""One measurement of opinion maps, in a process of its own so that its memory can be told.

python -m bench.consensus_case FILE.npz METHOD ROUNDS
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from shangliang.consensus import map_opinions


def main(file: str, method: str, rounds: int) -> None:
    warm_up(method)
    with np.load(Path(file)) as held:
        data = {name: held[name] for name in held.files}
    taken = []
    found = None
    for _ in range(rounds):
        found = None  # only one map at a time
        begin, busy = time.perf_counter(), time.process_time()
        found = map_opinions(**data, method=method, clock=time.perf_counter)  # type: ignore[arg-type]
        taken.append((time.perf_counter() - begin, dict(found.timings), time.process_time() - busy))
    assert found is not None
    best = min(taken, key=lambda each: each[0] - each[1].get("resampling", 0.0))
    told = {
        "seconds": best[0],
        "core": best[0] - best[1].get("resampling", 0.0),
        "phases": best[1],
        "processor": min(each[2] for each in taken),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "votes": len(found.votes.value),
        "groups": [g.size for g in found.groups],
    }
    print(json.dumps(told))


def warm_up(method: str) -> None:
    """Loads the compiled kernels, with both widths of ids."""
    rng = np.random.default_rng(0)
    for people in (30, 4_000):
        rows, columns = np.nonzero(rng.random((people, 40)) < 0.9)
        map_opinions(
            rows.astype(np.int32), columns.astype(np.uint16), rng.integers(-1, 2, len(rows)).astype(np.int8),
            method=method, resamples=1,  # type: ignore[arg-type]
        )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
