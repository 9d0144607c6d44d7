"""Panels by lot against sortition-algorithms, both in one run, pool by pool.

    python -m bench.panel --peer PYTHON [--pools NAME …] [--limit S] [--rounds N]

``--peer`` (or PANEL_PEER): a Python in whose own environment ``sortition-algorithms==0.12.*`` is installed with highspy.
That tool is under the GPL: it is only ever run as a program, never imported here. Each pool is solved by a fresh process
of either side in turn, rounds alternating, and only the solving is timed, not the start of Python: ours for leximin and
for maximin, the peer's for maximin with HiGHS, its fastest open backend for exact chances. Ours is warmed up on a small
pool first, because a compiler translates parts of it when they are first used; ``cold`` is the time without that.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import common

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "panels"
POOLS = ("example_small_20", "mass_24", "hd_30", "sf_b_20", "sf_a_35", "obf_30", "nexus_170", "example_large_200",
         "cca_75", "sf_e_110")  # fmt: skip
LARGE = {"example_large_200", "cca_75", "sf_e_110", "crowd"}  # over 404 people: not in the median

ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as the command `panel` sets it; for both sides

OURS = """
import json, resource, sys, time
from pathlib import Path
from shangliang.panel import Watch, solve
from shangliang.site.panel_reading import problem
folder, size, objective, limit, warm = sys.argv[1:]
if warm:
    solve(problem(Path(warm) / "categories.csv", Path(warm) / "respondents.csv", 24), objective)
it = problem(Path(folder) / "categories.csv", Path(folder) / "respondents.csv", int(size))
began = time.perf_counter()
found = solve(it, objective, Watch(now=time.perf_counter, limit=float(limit)))
took = time.perf_counter() - began
print(json.dumps({"s": took, "min": found.achieved, "gap": found.gap, "proven": found.proven,
    "sorted": sorted(found.chances.tolist()), "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
PEER = """
import csv, json, resource, sys, time
from pathlib import Path
from sortition_algorithms import features, people, settings
from sortition_algorithms.committee_generation import find_distribution_maximin
folder, size = Path(sys.argv[1]), int(sys.argv[2])
heads = list(csv.DictReader(open(folder / "categories.csv")))
rows = [{"feature": r["category"], "value": r["feature"], "min": r["min"], "max": r["max"]} for r in heads]
wanted, *_ = features.read_in_features(list(rows[0]), rows)
given = list(csv.DictReader(open(folder / "respondents.csv")))
how = settings.Settings(id_column="id", columns_to_keep=[], check_same_address=False, check_same_address_columns=[])
pool, *_ = people.read_in_people(list(given[0]), given, wanted, how)
began = time.perf_counter()
panels, weights, _ = find_distribution_maximin(wanted, pool, size, check_same_address_columns=[], solver_backend="highspy")
took = time.perf_counter() - began
chance = {}
for panel, weight in zip(panels, weights):
    for one in panel:
        chance[one] = chance.get(one, 0.0) + float(weight)
values = sorted(chance.get(r["id"], 0.0) for r in given)
print(json.dumps({"s": took, "min": values[0], "sorted": values,
    "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def run(python: str, code: str, words: list[str], limit: float) -> dict[str, Any] | None:
    """One fresh process; None where it took longer than the limit."""
    try:
        done = subprocess.run(
            [python, "-c", code, *words], capture_output=True, text=True, timeout=limit, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise SystemExit(f"{python}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def above(ours: list[float], theirs: list[float]) -> bool:
    """Whether our sorted chances are not below theirs in leximin order, to 1e-6."""
    for a, b in zip(ours, theirs, strict=True):
        if abs(a - b) > 1e-6:
            return a > b
    return True


def crowd(folder: Path, people: int = 10_000, seats: int = 150) -> Path:
    """A made-up pool of ten thousand in four categories, its quotas in proportion."""
    import random

    dice, folder = random.Random(4), folder / f"crowd_{seats}"
    folder.mkdir(exist_ok=True)
    values = {"c0": 2, "c1": 5, "c2": 4, "c3": 12}
    weights = {c: [1 + dice.random() * 3 for _ in range(n)] for c, n in values.items()}
    rows = [
        [f"p{n}", *(f"v{dice.choices(range(values[c]), weights[c])[0]}" for c in values)]
        for n in range(people)
    ]
    with (folder / "respondents.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([["id", *values], *rows])
    with (folder / "categories.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["category", "feature", "min", "max"])
        for c, n in values.items():
            for v in range(n):
                share = seats * weights[c][v] / sum(weights[c])
                writer.writerow([c, f"v{v}", max(0, round(share) - 2), round(share) + 2])
    return folder


def measure(folder: Path, peer: str | None, limit: float, rounds: int) -> dict[str, Any]:
    size = folder.name.rpartition("_")[2]
    warm = str(DATA / "mass_24")
    told: dict[str, Any] = {}
    runs: dict[str, list[dict[str, Any]]] = {"leximin": [], "maximin": [], "peer": []}
    for _ in range(rounds):
        for objective in ("leximin", "maximin"):
            found = run(
                sys.executable, OURS, [str(folder), size, objective, str(limit), warm], limit * 2 + 60
            )
            if found:
                runs[objective].append(found)
        found = run(peer, PEER, [str(folder), size], limit) if peer else None
        if found:
            runs["peer"].append(found)
    cold = run(sys.executable, OURS, [str(folder), size, "maximin", str(limit), ""], limit * 2 + 60)
    for name, all_ in runs.items():
        if all_:
            told[name] = {
                "s": common.median([r["s"] for r in all_], 3),
                **{k: v for k, v in all_[-1].items() if k not in ("s", "sorted")},
            }
    told["cold"] = round(cold["s"], 3) if cold else None
    if runs["peer"]:
        told["speed-up leximin"] = round(told["peer"]["s"] / told["leximin"]["s"], 1)
        told["speed-up maximin"] = round(told["peer"]["s"] / told["maximin"]["s"], 1)
        told["not below the peer"] = above(runs["leximin"][-1]["sorted"], runs["peer"][-1]["sorted"])
    elif peer:
        told["peer"] = f"over {limit:g} s"
    return told


def main() -> None:
    parser = common.parser(__doc__, 3)
    parser.add_argument(
        "--peer", default=os.environ.get("PANEL_PEER"), help="the Python with sortition-algorithms"
    )
    parser.add_argument("--pools", nargs="+", default=[*POOLS, "crowd"], help="(default: all)")
    parser.add_argument(
        "--limit", type=float, default=120.0, help="seconds a solver may take (default: %(default)g)"
    )
    options = parser.parse_args()
    if not options.peer:
        print(
            "The peer is absent: install sortition-algorithms 0.12 in its own environment and give --peer.",
            file=sys.stderr,
        )
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in options.pools:
            place = crowd(Path(folder)) if name == "crowd" else DATA / name
            result[name] = measure(
                place, options.peer if name != "crowd" else None, options.limit, options.rounds
            )
            print(name, json.dumps(result[name]), file=sys.stderr, flush=True)
    small = [r for n, r in result.items() if n not in LARGE]
    for what in ("speed-up leximin", "speed-up maximin"):
        if ratios := [r[what] for r in small if what in r]:
            result[f"median {what}"] = common.median(ratios, 1)
    common.tell(result, options.json)


if __name__ == "__main__":
    main()
