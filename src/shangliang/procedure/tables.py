"""Reading TOML strictly: every key is asked for, what is left over is refused, and an error names the file
and line.

tomllib gives no lines for errors of meaning, so a table remembers the words that lead to it and the line is
found by searching for them one after the other.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any, NoReturn

from shangliang.procedure.say import NOTHING, Say


class ProcedureError(ValueError):
    """A procedure file that cannot be accepted: ``source``, ``line`` and ``reason``."""

    def __init__(self, source: str, line: int, reason: str) -> None:
        super().__init__(f"{source}:{line}: {reason}")
        self.source, self.line, self.reason = source, line, reason


@dataclass(frozen=True, slots=True)
class Text:
    """A file's name and text, for finding lines."""

    source: str
    lines: tuple[str, ...]

    def line(self, trail: tuple[str, ...]) -> int:
        """The line (from 1) of the last word of ``trail`` that is found after the ones before it."""
        found = start = 0
        for word in trail:
            pattern = re.compile(word)
            hit = next((i for i in range(start, len(self.lines)) if pattern.search(self.lines[i])), None)
            if hit is not None:
                found = start = hit
        return found + 1


def parse(text: str, source: str) -> Table:
    """The whole file as one table.

    Raises:
        ProcedureError: when it is not TOML.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        raise ProcedureError(source, int(match[1]) if match else 1, f"not TOML: {error}") from error
    return Table(data, Text(source, tuple(text.splitlines())))


@dataclass(slots=True)
class Table:
    """A TOML table whose keys are taken one by one; ``close`` refuses those that nobody asked for."""

    data: dict[str, Any]
    where: Text
    trail: tuple[str, ...] = ()
    _asked: set[str] = field(default_factory=set)

    def fail(self, reason: str, *words: str) -> NoReturn:
        """Refuse the file at the line of the last of ``words`` found within this table."""
        raise ProcedureError(self.where.source, self.where.line((*self.trail, *words)), reason)

    def has(self, key: str) -> bool:
        return key in self.data

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        self._asked.add(key)
        if key not in self.data:
            if default is ...:
                self.fail(f'"{key}" is missing')
            return default
        value = self.data[key]
        wrong = not isinstance(value, kind) or (isinstance(value, bool) and kind is int)
        if wrong:
            self.fail(f'"{key}" has the wrong type: {value!r}', _key(key))
        return value

    def text(self, key: str, default: Any = ...) -> Any:
        return self.take(key, str, default)

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them; empty when the key is missing."""
        value = self.take(key, (str, list), [])
        items = [value] if isinstance(value, str) else value
        if not all(isinstance(i, str) for i in items):
            self.fail(f'"{key}" should hold texts only', _key(key))
        return tuple(items)

    def one_of(self, key: str, allowed: tuple[str, ...], default: Any = ...) -> Any:
        value = self.text(key, default)
        if value is not None and value not in allowed:
            self.fail(f'"{key}" is {value!r}; it should be one of {", ".join(allowed)}', _key(key))
        return value

    def say(self, key: str, default: Say | None = None) -> Say:
        """``key`` and ``key_en``: both or neither."""
        zh, en = self.text(key, ""), self.text(f"{key}_en", "")
        if bool(zh) != bool(en):
            self.fail(f'"{key}" and "{key}_en" go together', _key(key if zh else f"{key}_en"))
        if zh:
            return Say(zh, en)
        if default is None:
            self.fail(f'"{key}" is missing')
        return default

    def words(self, key: str) -> Say:
        """An optional bilingual text."""
        return self.say(key, NOTHING)

    def table(self, key: str) -> Table:
        return Table(self.take(key, dict, {}), self.where, (*self.trail, _heading(key)))

    def named(self, key: str) -> dict[str, Table]:
        """``[key.name]`` tables by their names."""
        data = self.take(key, dict, {})
        for name, value in data.items():
            if not isinstance(value, dict):
                self.fail(f'"{key}.{name}" should be a table', _heading(key, name), _key(name))
        return {n: Table(v, self.where, (*self.trail, _heading(key, n))) for n, v in data.items()}

    def each(self, key: str, by: str = "id") -> list[Table]:
        """``[[key]]`` tables, found again by their ``by`` key."""
        items = self.take(key, list, [])
        if not all(isinstance(i, dict) for i in items):
            self.fail(f'"{key}" should be a list of tables', _key(key))
        return [Table(i, self.where, (*self.trail, *_entry(key, by, i))) for i in items]

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        left = [k for k in self.data if k not in self._asked]
        if left:
            known = ", ".join(sorted(self._asked))
            self.fail(f'unknown key "{left[0]}"; known here: {known}', _anywhere(left[0]))


def _key(key: str) -> str:
    return rf"(^|[\s{{,]){re.escape(key)}\s*="


def _heading(*keys: str) -> str:
    return r"^\s*\[+[\w.\"-]*" + r"\.".join(rf'"?{re.escape(k)}"?' for k in keys) + r"\]"


def _anywhere(key: str) -> str:
    return rf"{_key(key)}|^\s*\[+[\w.-]*{re.escape(key)}[\].]"


def _entry(key: str, by: str, item: dict[str, Any]) -> tuple[str, ...]:
    """The words that lead to a ``[[key]]`` entry: its identifying line, where it has one."""
    name = item.get(by)
    if not isinstance(name, str):
        return (rf"^\s*\[\[[\w.]*{re.escape(key)}\]\]",)
    return (rf'(^|[\s{{,]){by}\s*=\s*"{re.escape(name)}"',)
