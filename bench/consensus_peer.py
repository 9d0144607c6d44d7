"""The peer, red-dwarf, on the same votes; run by the peer's own Python, which need not know this project.

PEER_PYTHON bench/consensus_peer.py FILE.npz ROUNDS
"""

import json
import resource
import sys
import time
from importlib.metadata import version

import numpy as np
from reddwarf.implementations.polis import run_pipeline


def main(file: str, rounds: int) -> None:
    with np.load(file) as held:
        columns = [held[name].tolist() for name in ("participants", "statements", "votes")]
    votes = [{"participant_id": p, "statement_id": s, "vote": v} for p, s, v in zip(*columns, strict=True)]
    del columns
    taken, busy = [], []
    for _ in range(rounds):
        begin, used = time.perf_counter(), time.process_time()
        run_pipeline(votes=votes, random_state=0)
        taken.append(time.perf_counter() - begin)
        busy.append(time.process_time() - used)
    told = {
        "seconds": min(taken),
        "processor": min(busy),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "version": version("red-dwarf"),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
