"""``python -m shangliang.site.warm``: compiles the arithmetic of opinion maps and panels, once after installing.

Without it the first map and the first draw take some seconds longer; the results of compiling are kept beside the code.
"""

from __future__ import annotations

import numpy as np

from shangliang.consensus import map_opinions, next_statements
from shangliang.panel import Person, Problem, Quota, publish, solve


def main() -> None:
    """Makes a small map and a large-meeting map by both methods, and a small panel."""
    rng = np.random.default_rng(1)
    for people, statements in ((30, 12), (150, 30)):
        who, what = (each.ravel() for each in np.mgrid[0:people, 0:statements])
        side = np.where((who % 2) == (what % 2), 1, -1)
        votes = np.where(rng.random(who.size) < 0.2, 0, side).astype(np.int8)
        kept = rng.random(who.size) < 0.7
        for method in ("polis", "shangliang"):
            made = map_opinions(who[kept], what[kept], votes[kept], method=method)
    next_statements(made, np.array([0]))
    values = [("f", "m"), tuple("abcd"), tuple("123")]
    drawn = [[each[int(rng.integers(len(each)))] for each in values] for _ in range(120)]
    pool = tuple(Person(str(n), tuple(each), str(n // 2)) for n, each in enumerate(drawn))
    quotas = tuple(
        Quota(name, value, 2, 8) for name, each in zip("spa", values, strict=True) for value in each
    )
    for objective in ("leximin", "maximin", "nash"):
        publish(solve(Problem(15, tuple("spa"), quotas, pool), objective))


if __name__ == "__main__":
    main()
