"""Reading the parts of a file, which may be anything: what is not as it should be reads as empty."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def load(data: bytes | str) -> Any:
    """The value, None where it is no JSON; the test of usability names that."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def mapping(parts: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """A part that is an object; an empty one otherwise."""
    value = load(parts.get(name, b""))
    return value if isinstance(value, dict) else {}


def listing(parts: Mapping[str, bytes], name: str) -> list[Any]:
    """A part that is a list; an empty one otherwise."""
    value = load(parts.get(name, b""))
    return value if isinstance(value, list) else []


def records(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, if it is one."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def lines(parts: Mapping[str, bytes], name: str) -> Iterator[dict[str, Any]]:
    """The objects of a part with one a line."""
    for raw in parts.get(name, b"").split(b"\n"):
        value = load(raw) if raw else None
        if isinstance(value, dict):
            yield value


def bodies(lines: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The entries these lines carry, read."""
    for line in lines:
        body = load(line["text"]) if isinstance(line.get("text"), str) and "digest" in line else None
        if isinstance(body, dict):
            yield body


def sealed(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What an entry seals."""
    sealed = body.get("sealed")
    for each in sealed.values() if isinstance(sealed, dict) else ():
        if isinstance(each, dict):
            yield each


def claimed(value: Any, name: str) -> Any:
    """What an object says under this name, if it is one."""
    return value.get(name) if isinstance(value, dict) else None
