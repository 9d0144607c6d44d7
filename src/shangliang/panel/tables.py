"""Quotas and people from tables of text, as practitioners and village clerks have them.

Quotas: `feature,value,min,max`, or `category,feature,min,max`, or 类别,选项,至少,至多; further columns are ignored.
Respondents: one column for each category, one for the id; further columns are ignored. Spaces around headers and cells
do not count, nor does the case of headers.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shangliang.panel.problem import PanelError, Person, Problem, Quota

IDS = ("id", "编号", "序号", "nationbuilder_id", "person_id", "respondent_id", "unique_id")
HEADS = (
    ("category", "feature"), ("feature", "value"), ("category", "value"), ("category", "name"), ("类别", "选项"),
    ("类别", "取值"), ("项目", "选项"),
)  # fmt: skip
LEAST, MOST = ("min", "minimum", "至少", "最少", "下限"), ("max", "maximum", "至多", "最多", "上限")
NAMES = ("姓名", "name")
HOMES = ("户号", "户", "住址", "地址", "address")


@dataclass(frozen=True)
class Table:
    """A file's first sheet: headers, and rows with their line number; all cells are text without outer spaces."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, *names: str) -> int | None:
        """The place of the first of these columns that is there."""
        there = [one.casefold() for one in self.head]
        return next((there.index(name.casefold()) for name in names if name.casefold() in there), None)


def read(name: str, text: str) -> Table:
    """A table from the text of a file, or from what was pasted into a form. Raises PanelError where it is no table."""
    return table(name, _lines(name, unicodedata.normalize("NFC", text)))


def table(name: str, lines: Sequence[tuple[int, Sequence[str]]]) -> Table:
    """A table from its lines: (number, cells), the first one the header."""
    if not lines:
        raise fault(name, "文件是空的", "the file is empty")
    head = tuple(lines[0][1])
    twice = sorted({one for one in head if one and [h.casefold() for h in head].count(one.casefold()) > 1})
    if twice:
        raise fault(name, f"有两列都叫“{twice[0]}”", f"two columns are called “{twice[0]}”")
    rows = []
    for number, cells in lines[1:]:
        if any(cells):
            padded = [*cells, *[""] * (len(head) - len(cells))]
            if any(padded[len(head) :]):
                raise fault(
                    name,
                    f"第 {number} 行比标题行多出几格，可能有内容里带逗号却没有加引号",
                    f"line {number} has more cells than the header; a comma in a text may want quotes",
                )
            rows.append((number, tuple(padded[: len(head)])))
    return Table(name, head, tuple(rows))


def quotas(source: Table) -> tuple[Quota, ...]:
    """The quotas of a table; raises PanelError with every fault."""
    found = next(
        (pair for pair in HEADS if None not in (source.column(pair[0]), source.column(pair[1]))), None
    )
    low, high = source.column(*LEAST), source.column(*MOST)
    if found is None or low is None or high is None:
        raise fault(
            source.name,
            "标题行要有四列：类别,选项,至少,至多（或 category,feature,min,max；feature,value,min,max）",
            "the header needs four columns: category,feature,min,max or feature,value,min,max",
        )
    category, value = source.column(found[0]), source.column(found[1])
    assert category is not None and value is not None
    made, faults = [], []
    for number, cells in source.rows:
        ends = [_whole(cells[place]) for place in (low, high)]
        if None in ends or not cells[category] or not cells[value]:
            faults.append((
                source.name, f"第 {number} 行不完整：至少、至多要写整数，类别和选项不能空",
                f"line {number} is incomplete: min and max are whole numbers, category and feature are not empty",
            ))  # fmt: skip
        else:
            made.append(Quota(cells[category], cells[value], int(ends[0] or 0), int(ends[1] or 0)))
    if not made and not faults:
        faults.append((source.name, "没有一行名额", "there are no quotas"))
    if faults:
        raise PanelError(faults)
    return tuple(made)


def people(
    source: Table, categories: Sequence[str], known: Mapping[tuple[str, str], str],
    id_column: str | None = None, address: Sequence[str] = (),
) -> tuple[Person, ...]:  # fmt: skip
    """The respondents of a table. `known`: (category, value as compared) → value as the quotas write it. `address`:
    columns that together are the address."""
    places = {name: source.column(name) for name in (*categories, *address)}
    faults = [
        (source.name, f"没有“{name}”这一列", f"there is no column “{name}”")
        for name, at in places.items()
        if at is None
    ]
    own = source.column(id_column) if id_column else source.column(*IDS)
    if id_column and own is None:
        faults.append((source.name, f"没有“{id_column}”这一列", f"there is no column “{id_column}”"))
    if faults:
        raise PanelError(faults)
    if own is None:
        own = 0
        if 0 in [places[name] for name in categories]:
            raise fault(source.name, "没有编号这一列（id 或 编号）", "there is no column for the id")
    made = []
    for _, cells in source.rows:
        values = tuple(
            known.get((c, compared(cells[places[c] or 0])), cells[places[c] or 0]) for c in categories
        )
        lives = [cells[places[name] or 0] for name in address]
        made.append(Person(cells[own], values, " / ".join(map(compared, lives)) if all(lives) else ""))
    return tuple(made)


def problem(
    wanted: Table, respondents: Table, size: int, *, id_column: str | None = None, address: Sequence[str] = (),
    must: Iterable[str] = (), without: Iterable[str] = (),
) -> Problem:  # fmt: skip
    """The whole problem from its two tables."""
    found = quotas(wanted)
    names = tuple(dict.fromkeys(q.category for q in found))
    known = {(q.category, compared(q.value)): q.value for q in found}
    pool = people(respondents, names, known, id_column, address)
    return Problem(size, names, found, pool, frozenset(must), frozenset(without))


def compared(text: str) -> str:
    """A text as it is compared: without outer or double spaces and without case."""
    return " ".join(text.split()).casefold()


def _lines(name: str, text: str) -> list[tuple[int, list[str]]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",\t;，", key=first.count)
    reader = csv.reader((text.replace("，", ",") if separator == "，" else text).splitlines(keepends=True),
                        delimiter="," if separator == "，" else separator)  # fmt: skip
    try:
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise fault(name, f"读不懂这个文件：{error}", f"this file cannot be read: {error}") from error
    while lines and not any(lines[0][1]):
        lines.pop(0)
    return lines


def _whole(cell: str) -> int | None:
    try:
        number = float(cell.replace("，", "").replace(",", ""))
        return int(number) if number == int(number) else None
    except (ValueError, OverflowError):
        return None


def fault(name: str, zh: str, en: str) -> PanelError:
    """One thing that is wrong with a table."""
    return PanelError([(name, zh, en)])
