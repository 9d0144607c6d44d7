"""From what was pasted into a form to a problem, and what can be told of it before anything is put up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shangliang.panel import Problem, Solution, Watch, publish, solve, tables

LIVING = ("全村人数", "全社区人数", "人数", "population")
PATIENCE = 20.0
"""Seconds a page may take over the search."""


@dataclass(frozen=True)
class Asked:
    """A problem with whose number is whose, why somebody is recused, and how many of each group live in the place."""

    problem: Problem
    names: Mapping[str, str]
    recused: Mapping[str, str]
    living: Mapping[tuple[str, str], int]

    @property
    def population(self) -> list[dict[str, Any]]:
        """How many of each group live in the place, as the act wants it."""
        return [{"category": c, "value": v, "people": n} for (c, v), n in self.living.items()]

    @property
    def people(self) -> list[dict[str, str]]:
        """As the act wants them."""
        found = []
        for one in dict.fromkeys([*self.names, *self.recused]):
            row = {"number": one}
            if one in self.names:
                row["name"] = self.names[one]
            if one in self.recused:
                row["recused"] = self.recused[one]
            found.append(row)
        return found


def asked(size: int, quotas: str, people: str, recused: str) -> Asked:
    """Raises PanelError with everything that cannot be read. A column of names is kept apart from what is put up; a column
    of households makes that at most one of each sits."""
    wanted, listed = tables.read("名额表", quotas), tables.read("名单", people)
    home = next((name for name in tables.HOMES if listed.column(name) is not None), None)
    why = dict(_reason(line) for line in recused.splitlines() if line.strip())
    problem = tables.problem(wanted, listed, size, address=[home] if home else [], without=why)
    place, own = listed.column(*tables.NAMES), listed.column(*tables.IDS) or 0
    names = (
        {cells[own]: cells[place] for _, cells in listed.rows if cells[place]} if place is not None else {}
    )
    return Asked(problem, names, why, _living(wanted, problem))


def _living(wanted: tables.Table, problem: Problem) -> dict[tuple[str, str], int]:
    """The column of the quotas that says how many people of a group live in the place; empty cells are left out."""
    at = wanted.column(*LIVING)
    if at is None:
        return {}
    found = {}
    for quota, (number, cells) in zip(problem.quotas, wanted.rows, strict=True):
        cell = cells[at].replace(",", "").removesuffix("人")
        if cell and not cell.isdecimal():
            raise tables.fault(wanted.name, f"第 {number} 行的“{wanted.head[at]}”要写整数，或者空着",
                               f"line {number}: “{wanted.head[at]}” is a whole number, or empty")  # fmt: skip
        if cell:
            found[quota.category, quota.value] = int(cell)
    return found


def _reason(line: str) -> tuple[str, str]:
    number, _, why = line.strip().replace("\t", " ").replace("，", " ").replace(",", " ").partition(" ")
    return number, why.strip() or "本人申请"


def found(problem: Problem) -> Solution:
    """The fairest lottery. Raises PanelError or Infeasible."""
    return solve(problem, watch=Watch(now=time.monotonic, limit=PATIENCE))


def text_of(solution: Solution, after: dict[str, Any] | None = None) -> str:
    """The file to put up."""
    return publish(solution, Watch(now=time.monotonic, limit=PATIENCE), after=after).text


def composition(asked: Asked) -> list[list[Any]]:
    """For each quota: what it is, how many live in the place where that was written, how many on the list, at least, at most."""
    rows: list[list[Any]] = []
    problem = asked.problem
    for q in problem.quotas:
        place = problem.categories.index(q.category)
        there = sum(p.values[place] == q.value and p.id not in problem.without for p in problem.people)
        living = [asked.living.get((q.category, q.value), "—")] if asked.living else []
        rows.append([f"{q.category}：{q.value}", *living, there, q.low, q.high])
    return rows
