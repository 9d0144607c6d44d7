"""One row of a table as a unit to found or a post to fill, with everything that is wrong in it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from shangliang.acts import rulebooks
from shangliang.people.roles import ROLES
from shangliang.site.importing.columns import (
    KIND_WORDS,
    KINDS,
    POST_COLUMNS,
    POST_NEEDS,
    POST_WIDTHS,
    ROLE_IDS,
    ROLE_WORDS,
    UNIT_COLUMNS,
    UNIT_NEEDS,
    WIDTHS,
)
from shangliang.site.importing.tables import Problem
from shangliang.units.models import new_unit_id


@dataclass(slots=True)
class NewUnit:
    line: int
    id: str
    name: str
    kind: str
    code: str
    parent_words: str
    data: dict[str, Any]
    parent: str | None = None


@dataclass(slots=True)
class NewPost:
    line: int
    unit_words: str
    role: str
    name: str
    title: str
    since: date | None
    unit: str = ""
    person: str = ""


def unit_of(file: str, line: int, row: dict[str, str], problems: list[Problem]) -> NewUnit | None:
    def wrong(column: str, zh: str, en: str) -> None:
        problems.append(Problem(file, line, UNIT_COLUMNS[column][0], zh, en))

    for name in UNIT_NEEDS:
        if not row.get(name):
            wrong(name, "没有填", "is empty")
    for name, most in WIDTHS.items():
        if len(row.get(name, "")) > most:
            wrong(name, f"太长了，最多{most}个字", f"is too long: at most {most} characters")
    kind = KINDS.get(row.get("kind", "").casefold(), "")
    if row.get("kind") and not kind:
        words = "、".join(words[0] for words in KIND_WORDS.values())
        wrong(
            "kind",
            f"没有“{row['kind'][:20]}”这一类，只能填{words}",
            f"unknown kind; one of {', '.join(KIND_WORDS)}",
        )
    code = narrow(row.get("code", ""))
    if code and not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code, re.ASCII):
        wrong("code", "代码要是6、9或12位数字", "a code has 6, 9 or 12 digits")
    counts: dict[str, int] = {}
    for name, most in (("households", 10_000_000), ("adults", 10_000_000), ("representatives", 100_000)):
        said = narrow(row.get(name, "")).replace(",", "")
        if not said:
            continue
        if not re.fullmatch(r"\d{1,8}", said, re.ASCII) or int(said) > most:
            wrong(name, "请填整数，不带单位", "must be a whole number without a unit")
        else:
            counts[name] = int(said)
    procedure = row.get("procedure", "")
    if procedure and procedure not in rulebooks.known():
        known = "、".join(sorted(rulebooks.known()))
        wrong("procedure", f"没有这种规程，现有：{known}", f"unknown procedure; known: {known}")
    if not row.get("name"):
        return None  # nobody can call it a parent
    data: dict[str, Any] = dict(counts)
    data |= {n: row[n] for n in ("procedure", "address", "telephone") if row.get(n)}
    return NewUnit(line, new_unit_id(), row["name"], kind, code, row.get("parent", ""), data)


def post_of(file: str, line: int, row: dict[str, str], problems: list[Problem]) -> NewPost | None:
    before = len(problems)

    def wrong(column: str, zh: str, en: str) -> None:
        problems.append(Problem(file, line, POST_COLUMNS[column][0], zh, en))

    for name in POST_NEEDS:
        if not row.get(name):
            wrong(name, "没有填", "is empty")
    for name, most in POST_WIDTHS.items():
        if len(row.get(name, "")) > most:
            wrong(name, f"太长了，最多{most}个字", f"is too long: at most {most} characters")
    role = ROLE_IDS.get(row.get("role", "").casefold(), "")
    if row.get("role") and not role:
        words = "、".join(words[0] for words in ROLE_WORDS.values())
        wrong(
            "role",
            f"没有“{row['role'][:20]}”这种职务，只能填{words}",
            f"unknown role; one of {', '.join(ROLES)}",
        )
    since = None
    if row.get("since") and (since := _day(row["since"])) is None:
        wrong("since", "日期要写成2026-01-05", "must be a date such as 2026-01-05")
    if len(problems) > before:
        return None
    return NewPost(line, row["unit"], role, row["name"], row.get("title", ""), since)


def _day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", narrow(text), re.ASCII)
    try:
        return date(*map(int, found.groups())) if found and int(found[1]) >= 1980 else None
    except ValueError:
        return None


def narrow(text: str) -> str:
    """Full-width digits as ordinary ones, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip()
