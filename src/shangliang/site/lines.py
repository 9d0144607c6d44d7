"""Acts from JSON Lines: one act a line in, one result a line out. ``docs/acts.md`` shows how a line looks."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import IO, Any, NoReturn

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError
from django.utils import timezone

from shangliang.acts.act import Act, Done, read_line, server_clock
from shangliang.acts.perform import perform
from shangliang.acts.vocabulary import Catalogue
from shangliang.errors import Broken, Conflict, Full, Malformed, NotFound, Refused, ShangliangError
from shangliang.record.models import Book

LONGEST = 4 * 1024 * 1024
"""Bytes of the longest line. The longest act holds a few long texts and some hundred guests: far below it."""
LABEL = re.compile(r"[^\s@.]{1,38}")
REFERENCE = re.compile(rf"@({LABEL.pattern})(?:\.(\d{{1,6}}|entry))?")
WIDTHS = {"act": 40, "matter": 48, "meeting": 48, "unit": 32, "entered_by": 32, "handled_by": 48, "key": 80}

Problem = tuple[str, str, str]
Result = dict[str, Any]


class Labels(dict[str, Done]):
    """What the lines before were called. ``@road`` is the subject of that line, ``@road.0`` the first row it made (a
    post, a side, a task, an invitation …), ``@road.entry`` the number of its entry."""

    def put(self, value: Any, field: str, texts: frozenset[str], problems: list[Problem]) -> Any:
        """``value`` with the labels replaced. ``texts`` are the paths of free text, where an @ is only an @."""
        if isinstance(value, Mapping):
            return {k: self.put(v, f"{field}.{k}".lstrip("."), texts, problems) for k, v in value.items()}
        if isinstance(value, list):
            return [self.put(v, field, texts, problems) for v in value]
        if not isinstance(value, str) or field in texts or not (found := REFERENCE.fullmatch(value)):
            return value
        label, part = found.groups()
        if label not in self:
            problems.append((field, f"前面没有叫“@{label}”的一行", f"No line before is labelled @{label}"))
            return value
        made = self[label]
        if part == "entry":
            return made.seq
        return made.ident if part is None else f"{made.book}.{made.seq}.{part}"


def results(stream: IO[bytes], *, simulated: bool = False) -> Iterator[Result]:
    """Performs the acts of a file, each in a transaction of its own, and yields what came of each, in order. Empty lines
    and lines that begin with # are passed over; a line that cannot be read, or is refused, does not stop the next.

    ``simulated`` lets a line carry its own ``entered_at``. Raises Refused at once where a book runs on the real clock.
    """
    if simulated and Book.objects.exclude(clock="simulated").exists():
        zh, en = (
            "这里的记录簿用的是真实时钟，不能用模拟时间",
            "The books here run on the real clock; no simulated time",
        )
        raise Broken(zh, en)
    labels, clock = Labels(), _Clock() if simulated else None
    for number, raw in _lines(stream):
        result = {"line": number, **_one(raw, labels, clock)}
        yield result
        if "full" in result:
            return


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines with something in them; None for one that is too long."""
    number = 0
    while raw := stream.readline(LONGEST + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > LONGEST:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST)
            yield number, None
        elif raw.strip() and not raw.lstrip().startswith(b"#"):
            yield number, raw


def _one(raw: bytes | None, labels: Labels, clock: "_Clock | None") -> Result:
    try:
        act = _read(raw, labels, clock)
        (made,) = perform(replace(act, label=""), clock=clock or server_clock)
    except Malformed as error:
        return {"malformed": [{"field": p.field, "say": p.zh, "say_en": p.en} for p in error.problems]}
    except Refused as error:
        return {"refused": [finding(f) for f in error.findings]}
    except NotFound as error:
        return {"not_found": _said(error)}
    except Conflict as error:
        return {"conflict": _said(error)}
    except Full as error:
        return {"full": _said(error)}
    except ObjectDoesNotExist as error:
        return {"not_found": {"say": "这一行里有一个编号查不到", "say_en": str(error)}}
    except (ShangliangError, DataError, IntegrityError) as error:
        # A value that our own checks let through and the database cannot hold: say so, and go on with the next. Whatever
        # else goes wrong is a fault of the program or of the machine, and is not to be passed over line by line.
        return {"broken": {"say": "这一行没有记下来", "say_en": f"{type(error).__name__}: {error}"}}
    if act.label:
        labels[act.label] = made
    entry = {
        "book": made.book,
        "seq": made.seq,
        "digest": made.digest,
        "act": made.act,
        "subject": made.subject,
    }
    return {"entry": entry, "repeated": True} if made.repeated else {"entry": entry}


def _said(error: ShangliangError) -> Result:
    return {"say": error.zh, "say_en": error.en}


def finding(found: Any) -> Result:
    """One reason of a refusal, with what would satisfy it and the clause it stands on."""
    clause = found.clause
    return {
        "code": found.code,
        "gate": found.gate,
        "say": found.say.zh,
        "say_en": found.say.en,
        "satisfy": found.satisfy.zh,
        "satisfy_en": found.satisfy.en,
        "clause": clause and {"cite": clause.cite, "text": clause.text.zh, "origin": clause.origin},
        "override": found.override,
        "field": found.field,
    }


def _read(raw: bytes | None, labels: Labels, clock: "_Clock | None") -> Act:
    line = _object(raw)
    if clock is not None:
        clock.turn(line)
    problems: list[Problem] = []
    for name, most in WIDTHS.items():
        value = line.get(name)
        if isinstance(value, str) and (len(value) > most or "\0" in value):
            problems.append((name, f"太长了，最多{most}个字", f"Too long: at most {most} characters"))
    label = line.get("as", "")
    if label and isinstance(label, str) and not LABEL.fullmatch(label):
        problems.append(
            ("as", "名称里不能有空格、@和点，最多38个字", "No blanks, @ or dots; at most 38 characters")
        )
    spec = Catalogue.acts.get(line["act"]) if isinstance(line.get("act"), str) else None
    texts = frozenset(f"data.{path}" for path, _, _ in spec.sealed) if spec else frozenset[str]()
    for name in ("matter", "meeting", "unit", "handled_by", "decided_by", "data"):
        if name in line:
            line[name] = labels.put(line[name], name, texts, problems)
    if problems:
        raise Malformed((field.removeprefix("data."), zh, en) for field, zh, en in problems)
    return read_line(line)


def _object(raw: bytes | None) -> dict[str, Any]:
    if raw is None:
        most = LONGEST // 1024 // 1024
        raise Malformed([("", f"这一行太长，最多{most} MB", f"The line is too long: at most {most} MB")])
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Malformed([("", "这一行不是UTF-8编码", "The line is not UTF-8")]) from None
    except (ValueError, RecursionError) as error:
        where = f"（第{error.colno}个字符）" if isinstance(error, json.JSONDecodeError) else ""
        raise Malformed([("", f"这一行不是JSON{where}", f"The line is not JSON: {error}")]) from None
    if not isinstance(value, dict):
        raise Malformed([("", "这一行要是一个JSON对象", "The line must be one JSON object")])
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field occurs twice")
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


class _Clock:
    """The simulated time: that of the line at hand, or of the line before it."""

    def __init__(self) -> None:
        self.now: datetime | None = None

    def turn(self, line: dict[str, Any]) -> None:
        said = line.pop("entered_at", None)
        try:
            if said is not None:
                moment = datetime.fromisoformat(said)
                self.now = moment if moment.tzinfo else timezone.make_aware(moment)
        except (TypeError, ValueError, OverflowError):
            en = "Must be a time such as 2026-11-22T09:30"
            raise Malformed([("entered_at", "请填时间，例如2026-11-22T09:30", en)]) from None
        if self.now is None:
            raise Malformed(
                [("entered_at", "第一行要写明录入时间", "The first line must say when it was entered")]
            )
        line.setdefault("happened_on", timezone.localdate(self.now).isoformat())

    def __call__(self) -> datetime:
        assert self.now is not None
        return self.now
