"""The published lottery and the draw from it; the rules themselves stand in the stand-alone verifier."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from shangliang.panel import rounding, seating
from shangliang.panel.problem import Problem
from shangliang.panel.shangliang_panel_verify import FORMAT, clean, number
from shangliang.panel.solve import Solution
from shangliang.panel.watch import Watch


@dataclass(frozen=True)
class Published:
    """What is put up before the draw. `text` is the file itself; `digest` its SHA-256; `least` in how many of the
    panels the person with the smallest chance sits; `panels` hold ids."""

    text: str
    digest: str
    panels: tuple[tuple[str, ...], ...]
    least: int


def publish(
    solution: Solution,
    watch: Watch | None = None,
    count: int = rounding.COUNT,
    after: dict[str, Any] | None = None,
) -> Published:
    """The lottery of a solution over `count` equally likely panels. The order of panels and who of like people sits
    with whom are shuffled by a digest of the problem, so that nobody chose them. `after`: the earlier draw that this
    one replaces people of, and why."""
    watch = watch or Watch()
    shape, problem = solution.shape, solution.problem
    counts = rounding.rounded(shape, solution.lottery, watch, count)
    seed = int.from_bytes(hashlib.sha256(_words(problem).encode()).digest()[:8])
    counts = counts[np.random.Generator(np.random.PCG64(seed)).permutation(len(counts))]
    seats = seating.seat(shape, counts, seed)
    ids = [person.id for person in problem.people]
    panels = tuple(tuple(ids[i] for i in people) for people in seats)
    sat: dict[str, int] = {}
    for panel in panels:
        for one in panel:
            sat[one] = sat.get(one, 0) + 1
    text = written(problem, panels, after)
    open_ = [ids[i] for members in shape.members for i in members]
    return Published(
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        panels,
        min((sat.get(i, 0) for i in open_), default=0),
    )


def written(
    problem: Problem, panels: tuple[tuple[str, ...], ...], after: dict[str, Any] | None = None
) -> str:
    """The published file: one JSON object, one line for each person and each panel, so that it can be read and
    compared by eye. It carries no names and no addresses; households are numbered. The last line is the digest of all
    before it."""
    import json

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    home: dict[str, int] = {}
    people = []
    for person in problem.people:
        row: list[Any] = [person.id, *person.values]
        if person.address:
            row.append(home.setdefault(person.address, len(home) + 1))
        people.append(row)
    lines = [
        "{",
        f'"format":{line(FORMAT)},',
        f'"size":{problem.size},',
        f'"categories":{line(list(problem.categories))},',
        '"quotas":[',
        ",\n".join(line([q.category, q.value, q.low, q.high]) for q in problem.quotas),
        "],",
        f'"must":{line(sorted(problem.must))},',
        f'"without":{line(sorted(problem.without))},',
        *([f'"after":{line(after)},'] if after else []),
        '"people":[',
        ",\n".join(map(line, people)),
        "],",
        '"panels":[',
        ",\n".join(line(list(panel)) for panel in panels),
        "],",
    ]
    body = "\n".join(lines) + "\n"
    return body + f'"sha256":{line(hashlib.sha256(body.encode()).hexdigest())}\n}}\n'


def _words(problem: Problem) -> str:
    return repr(
        (
            problem.size,
            problem.categories,
            problem.quotas,
            problem.people,
            sorted(problem.must),
            sorted(problem.without),
        )
    )


def drawn(published: Published, seed: str) -> int:
    """The number of the panel that the seed chooses, from 1."""
    return number(published.digest, clean(seed), len(published.panels))
