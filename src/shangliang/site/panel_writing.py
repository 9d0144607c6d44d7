"""What the panel commands write: the solution as JSON, CSV or XLSX, the people who were drawn."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from shangliang.panel import Published, Solution
from shangliang.site import terminal

FORMAT = "shangliang-panel-solution/1"


def write(path: Path, content: bytes) -> None:
    """A file that appears complete or not at all, readable by others."""
    with terminal.replacing(path) as stream:
        stream.write(content)
    path.chmod(0o644)


def solution_json(solution: Solution, published: Published, seconds: float) -> dict[str, Any]:
    """The documented form (docs/panels.md): objective, bound, achieved, gap, levels, chances, panels, timings."""
    problem, shape = solution.problem, solution.shape
    sat = Counter(one for panel in published.panels for one in panel)
    count = len(published.panels)
    weights = Counter(published.panels)
    ids = [person.id for person in problem.people]
    return {
        "format": FORMAT,
        "objective": solution.objective,
        "size": problem.size,
        "people": len(problem.people),
        "bound": solution.bound,
        "achieved": solution.achieved,
        "gap": solution.gap,
        "proven": solution.proven,
        "levels": [{"people": lv.people, "chance": lv.chance, "bound": lv.bound} for lv in solution.levels],
        "chances": {one: float(chance) for one, chance in zip(ids, solution.chances, strict=True)},
        "published": {
            "sha256": published.digest,
            "panels": count,
            "least": published.least,
            "loss": max(0.0, _least(solution) - published.least / count),
            "chances": {one: sat[one] / count for one in ids},
        },
        "panels": [{"weight": n / count, "ids": list(panel)} for panel, n in weights.items()],
        "types": [{"ids": [ids[i] for i in members]} for members in shape.members],
        "mixture": [
            {"weight": float(weight), "seats": {str(t): int(n) for t, n in enumerate(panel) if n}}
            for panel, weight in zip(solution.lottery.panels, solution.lottery.weights, strict=True)
        ],
        "must": sorted(problem.must),
        "without": sorted(problem.without),
        "nowhere": list(solution.nowhere),
        "timings": {
            **{name: round(t, 4) for name, t in solution.seconds.items()},
            "total": round(seconds, 4),
        },
    }


def _least(solution: Solution) -> float:
    open_ = [i for members in solution.shape.members for i in members]
    return float(solution.chances[open_].min()) if open_ else 1.0


def solution_file(path: Path, solution: Solution, published: Published, seconds: float) -> None:
    """Write a solution in the form that the file's name asks for."""
    told = solution_json(solution, published, seconds)
    ending = path.suffix.lower()
    if ending == ".csv":
        write(
            path,
            sheet(
                [["id", *solution.problem.categories, "chance", "published_chance"], *_people(solution, told)]
            ),
        )
    elif ending == ".xlsx":
        write(path, _workbook(solution, told))
    else:
        write(path, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def _people(solution: Solution, told: dict[str, Any]) -> Iterable[list[Any]]:
    for person in solution.problem.people:
        yield [person.id, *person.values, told["chances"][person.id], told["published"]["chances"][person.id]]


def _workbook(solution: Solution, told: dict[str, Any]) -> bytes:
    import openpyxl

    workbook = openpyxl.Workbook(write_only=True)
    sheet_ = workbook.create_sheet("机会 chances")
    sheet_.append(["id", *solution.problem.categories, "chance", "published_chance"])
    for row in _people(solution, told):
        sheet_.append([_plain(cell) for cell in row])
    sheet_ = workbook.create_sheet("各组 panels")
    sheet_.append(["weight", *[f"seat {n}" for n in range(1, solution.problem.size + 1)]])
    for panel in told["panels"]:
        sheet_.append([panel["weight"], *map(_plain, panel["ids"])])
    sheet_ = workbook.create_sheet("证明 certificate")
    for name in ("objective", "size", "people", "bound", "achieved", "gap", "proven"):
        sheet_.append([name, told[name]])
    sheet_.append(["sha256", told["published"]["sha256"]])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def sheet(rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV that a spreadsheet opens as it is: a byte order mark, and no cell that it would take for a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_plain(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> Any:
    return "'" + cell if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell
