"""What somebody asks to be done, and what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from shangliang.errors import Malformed

PUBLIC = "public"
SYSTEM = "system"

Clock = Callable[[], datetime]


def server_clock() -> datetime:
    return timezone.now()


def today() -> date:
    """The server's date in the place where the units are."""
    return timezone.localdate()


@dataclass(frozen=True, slots=True)
class Act:
    """One act, as asked for.

    ``subject`` is the number of the matter, the id of the meeting or of the unit; an act that opens its subject leaves it
    empty. ``unit`` is needed only then. ``decided_by`` names a post ({"post": id} or {"role": name}) or a body ({"body":
    name, "unit", "on", "paper", "present"}). ``entered_by`` is a person's id, "public" or "system". ``reasons`` holds the
    written reason for each soft gate. ``key`` makes the act idempotent. ``label`` names the subject for later acts of the
    same call, which write "@label".
    """

    name: str
    happened_on: date
    entered_by: str
    data: Mapping[str, Any] = field(default_factory=dict)
    subject: str | None = None
    unit: str | None = None
    decided_by: Mapping[str, Any] | None = None
    handled_by: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: its entry, and the subject it belongs to."""

    entry: str
    book: str
    seq: int
    digest: str
    act: str
    subject: str
    repeated: bool = False

    @property
    def ident(self) -> str:
        """The id of the subject, without its kind."""
        return self.subject.partition(":")[2]


def new_key() -> str:
    return secrets.token_hex(12)


FIELDS = frozenset(
    {"act", "matter", "meeting", "unit", "happened_on", "entered_by", "decided_by", "handled_by", "data", "reasons", "key",
     "as"}
)  # fmt: skip


def read_line(raw: Mapping[str, Any]) -> Act:
    """An act from one JSON object, as `perform FILE.jsonl` reads it. Raises Malformed naming every field at fault."""
    problems = [(name, "没有这一项", "There is no such field") for name in sorted(set(raw) - FIELDS)]
    if not isinstance(raw.get("act"), str):
        problems.append(("act", "请写办理的名称", "Name the act"))
    if not isinstance(raw.get("entered_by"), str):
        problems.append(("entered_by", "请写由谁录入", "Say who enters it"))
    for name, kind in (("data", Mapping), ("reasons", Mapping)):
        if not isinstance(raw.get(name, {}), kind):
            problems.append((name, "格式不对", "Must be an object"))
    decided = raw.get("decided_by")
    if decided is not None and not isinstance(decided, (str, Mapping)):
        problems.append(
            ("decided_by", "格式不对", "Must be a role, or an object with a post, a role or a body")
        )
    for name in ("matter", "meeting", "unit", "handled_by", "key", "as"):
        if not isinstance(raw.get(name, ""), str):
            problems.append((name, "请填文字", "Must be text"))
    try:
        happened = date.fromisoformat(raw["happened_on"]) if raw.get("happened_on") else today()
    except (TypeError, ValueError):
        problems.append(("happened_on", "请填日期，例如2026-11-22", "Must be a date such as 2026-11-22"))
    if problems:
        raise Malformed(problems)
    return Act(
        name=raw["act"], happened_on=happened, entered_by=raw["entered_by"], data=raw.get("data", {}),
        subject=raw.get("matter") or raw.get("meeting"), unit=raw.get("unit"),
        decided_by={"role": decided} if isinstance(decided, str) else decided, handled_by=raw.get("handled_by"),
        reasons=raw.get("reasons", {}), key=raw.get("key", ""), label=raw.get("as", ""),
    )  # fmt: skip
