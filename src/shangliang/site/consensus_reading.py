"""A conversation from files: the Polis export formats, and a plain CSV.

`votes.csv` (timestamp, comment-id, voter-id, vote), or `participants-votes.csv` (a row a participant, a column a
statement), with `comments.csv` for the texts; or one vote a line: participant, statement, vote, with or without a
heading, in English or Chinese. Every problem names file and line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shangliang.errors import Malformed
from shangliang.site import consensus_csv as fast

Ints = NDArray[np.int64]
Told = Callable[[Path, float], None]

PARTICIPANT = ("voter-id", "participant", "participant_id", "voter", "参与者", "参与人", "编号", "人")
STATEMENT = ("comment-id", "statement", "statement_id", "comment", "看法", "条目", "题号", "意见")
VOTE = ("vote", "answer", "态度", "回答", "表态", "票")
TIME = ("timestamp", "time", "时间")
WORDS = {
    "1": 1, "+1": 1, "1.0": 1, "agree": 1, "yes": 1, "同意": 1, "赞成": 1, "是": 1,
    "-1": -1, "−1": -1, "-1.0": -1, "disagree": -1, "no": -1, "反对": -1, "不同意": -1, "不赞成": -1, "否": -1,
    "0": 0, "0.0": 0, "pass": 0, "弃权": 0, "跳过": 0, "说不准": 0, "不清楚": 0,
}  # fmt: skip
MOST_PROBLEMS = 20


@dataclass
class Conversation:
    """Votes as arrays, and what the files say besides."""

    participants: Ints
    statements: Ints
    votes: Ints
    times: Ints | None = None
    texts: dict[int, str] = field(default_factory=dict)
    rejected: set[int] = field(default_factory=set)  # statements that a moderator refused
    names: list[str] = field(default_factory=list)  # of participants, when they are no numbers: id = place
    labels: list[str] = field(default_factory=list)  # of statements, likewise

    def without(self, statements: set[int]) -> Conversation:
        keep = ~np.isin(self.statements, list(statements))
        times = None if self.times is None else self.times[keep]
        return Conversation(
            self.participants[keep], self.statements[keep], self.votes[keep], times,
            {k: v for k, v in self.texts.items() if k not in statements}, set(), self.names, self.labels,
        )  # fmt: skip


def read(paths: Sequence[Path], told: Told = lambda path, part: None) -> Conversation:
    """The conversation in these files: one with votes, and perhaps one with comments; folders are looked into.
    ``told`` hears the file and which part of it has been read.
    Raises Malformed with everything wrong, OSError."""
    votes, comments = _sorted(paths)
    found = _votes(votes, told)
    for path in comments:
        texts, rejected = _comments(path)
        found.texts |= texts
        found.rejected |= rejected
    return found


def _sorted(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            names = ["votes.csv"] if (path / "votes.csv").exists() else ["participants-votes.csv"]
            files += [path / name for name in (*names, "comments.csv") if (path / name).exists()]
        else:
            files.append(path)
    comments = [f for f in files if "comment-body" in _head(f)]
    votes = [f for f in files if f not in comments]
    if len(votes) != 1:
        raise Malformed(
            [("", f"要一个投票文件，给了{len(votes)}个", f"one file with votes is needed, not {len(votes)}")]
        )
    return votes[0], comments


def _head(path: Path) -> list[str]:
    with path.open("rb") as stream:
        return [cell.strip().lower() for cell in next(csv.reader([_decoded(stream.readline())]), [])]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _votes(path: Path, told: Told) -> Conversation:
    head = _head(path)
    if not head or not any(head):
        raise Malformed([(path.name, "文件是空的", "the file is empty")])
    if _place(head, PARTICIPANT) == 0 and sum(cell.isdigit() for cell in head) and _place(head, VOTE) is None:
        return _matrix(path, head, told)
    places = [_place(head, names) for names in (PARTICIPANT, STATEMENT, VOTE)]
    if None in places:
        if len(head) != 3 or head[2] not in WORDS:
            raise _unknown(path)
        places, skip = [0, 1, 2], 0
    else:
        skip = 1
    time = _place(head, TIME) if skip else None
    columns = fast.Columns(
        int(places[0] or 0), int(places[1] or 0), int(places[2] or 0), -1 if time is None else time
    )
    return _lines(path, columns, skip, told)


def _place(head: list[str], names: Sequence[str]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def _unknown(path: Path) -> Malformed:
    return Malformed(
        [(f"{path.name}:1", "看不懂表头：要有参与者、看法、态度三列，或Polis导出的votes.csv、participants-votes.csv",
          "unknown heading: needs the columns participant, statement, vote, or Polis' votes.csv or participants-votes.csv")]
    )  # fmt: skip


def _lines(path: Path, columns: fast.Columns, skip: int, told: Told) -> Conversation:
    size = max(path.stat().st_size, 1)
    try:
        p, s, v, t = fast.read(path, columns, skip, lambda done: told(path, done / size))
    except fast.NotNumbers:
        return _words(path, columns, skip, told)
    wrong = np.flatnonzero((v < -1) | (v > 1))
    if len(wrong):
        return _words(path, columns, skip, told)  # which names the lines
    if not len(v):
        raise Malformed([(path.name, "没有投票", "holds no votes")])
    return Conversation(p, s, v, t if columns.time >= 0 else None)


def _words(path: Path, columns: fast.Columns, skip: int, told: Told) -> Conversation:
    """The slow way: words instead of numbers, and problems by line."""
    problems: list[tuple[str, str, str]] = []
    rows: list[tuple[str, str, int, str]] = []
    for line, cells in _rows(path, skip, told):
        told_wrong = _row(path, line, cells, columns, rows)
        if told_wrong:
            problems.append(told_wrong)
        if len(problems) == MOST_PROBLEMS:
            problems.append((path.name, "后面的没有再查", "the rest was not looked at"))
            break
    if problems:
        raise Malformed(problems)
    if not rows:
        raise Malformed([(path.name, "没有投票", "holds no votes")])
    people, names = _numbered([row[0] for row in rows])
    statements, labels = _numbered([row[1] for row in rows])
    times = (
        np.array([int(row[3]) for row in rows])
        if columns.time >= 0 and all(r[3].isdigit() for r in rows)
        else None
    )
    found = Conversation(
        people, statements, np.array([row[2] for row in rows]), times, names=names, labels=labels
    )
    found.texts = dict(enumerate(labels))
    return found


def _row(
    path: Path, line: int, cells: list[str], columns: fast.Columns, rows: list[tuple[str, str, int, str]]
) -> tuple[str, str, str] | None:
    place = f"{path.name}:{line}"
    if len(cells) <= max(columns):
        return (place, f"只有{len(cells)}列", f"has only {len(cells)} columns")
    who, what, answer = (cells[c].strip() for c in columns[:3])
    if not who or not what:
        return (place, "没有写是谁或哪条看法", "does not say who or which statement")
    if answer.lower() not in WORDS:
        return (place, f"态度“{answer}”看不懂：同意（1）、反对（−1）、弃权（0）",
                f"unknown answer “{answer}”: agree (1), disagree (−1) or pass (0)")  # fmt: skip
    rows.append((who, what, WORDS[answer.lower()], cells[columns.time].strip() if columns.time >= 0 else ""))
    return None


def _numbered(names: list[str]) -> tuple[Ints, list[str]]:
    """Ids: the names themselves where all are numbers, else their places in order; and the names in that case."""
    if all(name.lstrip("-").isdigit() and len(name) < 18 for name in names):
        return np.array([int(name) for name in names]), []
    known = sorted(set(names))
    place = {name: i for i, name in enumerate(known)}
    return np.array([place[name] for name in names]), known


def _rows(path: Path, skip: int, told: Told) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every line that is not empty."""
    text = _decoded(path.read_bytes())
    reader = csv.reader(io.StringIO(text))
    for cells in reader:
        if reader.line_num > skip and any(cell.strip() for cell in cells):
            yield reader.line_num, cells
        if reader.line_num % 10_000 == 0:
            told(path, min(1.0, reader.line_num / max(text.count("\n", 0, 1 << 20), reader.line_num)))


def _matrix(path: Path, head: list[str], told: Told) -> Conversation:
    """Polis' participants-votes.csv: columns with a number for a heading are statements, an empty cell is no answer."""
    at = [(i, int(cell)) for i, cell in enumerate(head) if cell.isdigit()]
    problems: list[tuple[str, str, str]] = []
    people: list[str] = []
    found: list[tuple[int, int, int]] = []
    for line, cells in _rows(path, 1, told):
        place = f"{path.name}:{line}"
        if len(cells) != len(head):
            problems.append(
                (
                    place,
                    f"{len(cells)}列，表头{len(head)}列",
                    f"{len(cells)} columns, the heading has {len(head)}",
                )
            )
            continue
        people.append(cells[0].strip())
        for i, statement in at:
            answer = cells[i].strip()
            if not answer:
                continue
            if answer not in WORDS:
                problems.append((place, f"态度“{answer}”看不懂", f"unknown answer “{answer}”"))
                continue
            found.append((len(people) - 1, statement, WORDS[answer]))
        if len(problems) >= MOST_PROBLEMS:
            break
    twice = (
        sorted({name for name in people if people.count(name) > 1}) if len(set(people)) < len(people) else []
    )
    problems += [(path.name, f"{name}有两行", f"{name} has two lines") for name in twice[:MOST_PROBLEMS]]
    if problems:
        raise Malformed(problems)
    if not found:
        raise Malformed([(path.name, "没有投票", "holds no votes")])
    ids, names = _numbered(people)
    rows, statements, votes = (np.array(column) for column in zip(*found, strict=True))
    return Conversation(ids[rows], statements, votes, names=names)


def _comments(path: Path) -> tuple[dict[int, str], set[int]]:
    """(texts, refused statements) of Polis' comments.csv."""
    texts: dict[int, str] = {}
    rejected: set[int] = set()
    text = _decoded(path.read_bytes())
    rows: Iterator[dict[str, Any]] = csv.DictReader(io.StringIO(text))
    for line, row in enumerate(rows, 2):
        ident = str(row.get("comment-id") or "").strip()
        if not ident.isdigit():
            raise Malformed(
                [(f"{path.name}:{line}", f"编号“{ident}”不是数字", f"the id “{ident}” is not a number")]
            )
        texts[int(ident)] = str(row.get("comment-body") or "").strip()
        if str(row.get("moderated") or "").strip() == "-1":
            rejected.add(int(ident))
    return texts, rejected
