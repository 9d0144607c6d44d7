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


_WIDTHS = {"act": 40, "entered_by": 32, "subject": 48, "unit": 32, "handled_by": 48, "key": 80, "as": 40}
_DECIDED = {"post": 48, "role": 40, "body": 40, "unit": 32, "paper": 120}
_REASON = 2000


def check_shape(act: Act) -> None:
    """Looks at everything but the data, which the act's own class knows. Raises Malformed naming every field at fault."""
    problems: list[tuple[str, str, str]] = []
    given = (act.name, act.entered_by, act.subject, act.unit, act.handled_by, act.key, act.label)
    for (name, most), value in zip(_WIDTHS.items(), given, strict=True):
        if value is not None or name in ("act", "entered_by", "key", "as"):
            _check_text(name, value, most, problems)
    if type(act.happened_on) is not date:
        problems.append(("happened_on", "请填日期，例如2026-11-22", "Must be a date such as 2026-11-22"))
    for name, each in (("data", act.data), ("reasons", act.reasons), ("decided_by", act.decided_by or {})):
        if not isinstance(each, Mapping):
            problems.append((name, "格式不对", "Must be an object"))
    if not problems:
        for gate, reason in act.reasons.items():
            _check_text("reasons", gate, 24, problems)
            _check_text(f"reasons.{str(gate)[:24]}", reason, _REASON, problems)
        _check_decided(act.decided_by or {}, problems)
    if problems:
        raise Malformed(problems)


def _check_text(name: str, value: Any, most: int, problems: list[tuple[str, str, str]]) -> None:
    if not isinstance(value, str):
        problems.append((name, "请填文字", "Must be text"))
    elif len(value) > most:
        problems.append((name, f"太长了，最多{most}个字", f"Too long: at most {most} characters"))


def _check_decided(decided: Mapping[str, Any], problems: list[tuple[str, str, str]]) -> None:
    for name, value in decided.items():
        if name in _DECIDED:
            if value is not None:
                _check_text(f"decided_by.{name}", value, _DECIDED[name], problems)
        elif name == "on":
            if value is not None and not _is_day(value):
                problems.append(
                    ("decided_by.on", "请填日期，例如2026-11-22", "Must be a date such as 2026-11-22")
                )
        elif name != "present":
            problems.append(("decided_by", "没有这一项", "There is no such field"))
        elif value is not None and (type(value) is not int or not 0 <= value <= 10_000_000):
            problems.append(("decided_by.present", "请填整数", "Must be a whole number"))


def _is_day(value: Any) -> bool:
    try:
        return type(value) is date or date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False
