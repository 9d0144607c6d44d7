"""Every error this project raises on purpose.

ShangliangError             has .zh and .en: one sentence each, fit to be shown
├── Refused                 a rule says no; .findings holds every reason at once
├── Malformed               the input has the wrong shape; .problems holds (field, zh, en)
├── NotFound                no such thing, or not for you
├── Conflict                somebody or something was faster; look again, then decide
├── Broken                  our own data or installation is not what it must be
└── Full                    the disk is full
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol


class Sentence(Protocol):
    """One sentence in both languages."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


class Finding(Protocol):
    """One reason of a refusal, as the rules give it."""

    @property
    def say(self) -> Sentence: ...


class FieldProblem(NamedTuple):
    """What is wrong with one field; `field` is a dotted path, "" for the whole."""

    field: str
    zh: str
    en: str


class ShangliangError(Exception):
    """Base of all; `zh` and `en` are complete sentences without markup."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class Refused(ShangliangError):
    """A rule says no. `findings` holds every reason, not only the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            "；".join(f.say.zh for f in self.findings), "; ".join(f.say.en for f in self.findings)
        )


class Malformed(ShangliangError):
    """The input has the wrong shape. `problems` holds one (field, zh, en) per fault."""

    def __init__(self, problems: Iterable[tuple[str, str, str]]) -> None:
        self.problems = tuple(FieldProblem(*problem) for problem in problems)
        super().__init__(
            "；".join(f"{p.field}：{p.zh}" if p.field else p.zh for p in self.problems),
            "; ".join(f"{p.field}: {p.en}" if p.field else p.en for p in self.problems),
        )


class NotFound(ShangliangError):
    """No such thing, or not for you."""


class Conflict(ShangliangError):
    """Somebody or something was faster; look again, then decide."""


class Broken(ShangliangError):
    """Our own data or installation is not what it must be."""


class Full(ShangliangError):
    """The disk is full."""
