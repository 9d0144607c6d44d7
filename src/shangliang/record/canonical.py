"""One value, one text: the form in which entries are hashed and stored.

JSON with keys sorted by code point, no spaces, no escapes beyond the required ones, strings in Unicode NFC,
dates as ISO 8601, instants in UTC to the microsecond with `Z`. No floats (two machines may print them
differently), no integers beyond 53 bits (other readers of JSON would round them), no NUL (PostgreSQL
refuses it), no lone surrogates (they have no UTF-8).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NoReturn

import orjson

from shangliang.errors import Malformed

DEPTH = 32  # levels of nesting; entries need five, and a hostile body must not reach the interpreter's limit
LARGEST = 2**53 - 1

Problems = list[tuple[str, str, str]]


def canonical(value: object) -> str:
    """The canonical text of `value`; raises Malformed with every fault and its place."""
    if _is_plain(value, DEPTH):
        text = _encode_plain(value)
        # A text in NFC has only strings in NFC. An escaped NUL may also be a written backslash: look closer
        # then.
        if text is not None and unicodedata.is_normalized("NFC", text) and "\\u0000" not in text:
            return text
    problems: Problems = []
    clean = _clean(value, "", DEPTH, problems)
    if problems:
        raise Malformed(problems)
    return encode(clean)


def parse(text: str) -> Any:
    """The value of a JSON text without floats and double keys, which readers understand differently.

    Raises ValueError, or RecursionError for absurd nesting.
    """
    value, end = _decode(text)
    if end != len(text):
        raise ValueError("something follows the value")
    return value


def again(text: str) -> Any:
    """The value of a text that `canonical` has just written: as `parse`, which also looks for what nobody else would write."""
    return orjson.loads(text)


def read(raw: bytes) -> Any:
    """The value whose canonical text `raw` is, NFC aside; ValueError when it is the canonical text of no value.

    A double key, a space or another order does not come back as it was; a number that entries may not hold does, and is
    looked for by itself.
    """
    value = orjson.loads(raw)
    if orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != raw:
        raise ValueError("the text is not in canonical form")
    if not _has_fit_numbers(value):
        raise ValueError("an entry holds no such number")
    return value


def clean_text(field: str, text: str) -> str:
    """`text` in NFC; raises Malformed, naming `field`, for a NUL or a lone surrogate."""
    if text.isascii() and "\0" not in text:
        return text
    problems: Problems = []
    clean = _clean_string(text, field, problems)
    if problems:
        raise Malformed(problems)
    return clean


def instant(moment: datetime) -> str:
    """An aware datetime as the entries write it, 2025-03-01T02:03:04.000000Z; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a datetime without time zone is no instant")
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    return naive.isoformat(timespec="microseconds") + "Z"


def _as_iso(value: object) -> str:
    if isinstance(value, datetime):
        return instant(value)
    assert isinstance(value, date)
    return value.isoformat()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key occurs twice")
    return value


def _no_float(literal: str) -> NoReturn:
    raise ValueError(f"{literal} is not allowed in an entry")


_FORM = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def encode(value: object) -> str:
    """The text of a clean value. Every act passes here twice."""
    return orjson.dumps(value, default=_as_iso, option=_FORM).decode()


def _encode_plain(value: object) -> str | None:
    """The text of a value of plain types; None where a string has no UTF-8, which `_clean` explains."""
    try:
        return encode(value)
    except TypeError:
        return None


_decode = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_no_float, parse_constant=_no_float
).raw_decode


def _is_plain(value: object, depth: int) -> bool:
    """Whether `value` can be encoded as it stands; False sends it to `_clean`, which explains or converts."""
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is date:
        return True
    if kind is int:
        return -LARGEST <= value <= LARGEST  # type: ignore[operator]
    if not depth:
        return False
    if kind is dict:
        # A loop, since every act passes here: all() with a generator takes half as long again.
        for key, item in value.items():  # type: ignore[attr-defined]  # noqa: SIM110
            if type(key) is not str or not (type(item) is str or _is_plain(item, depth - 1)):
                return False
        return True
    if kind is list or kind is tuple:
        return all(type(item) is str or _is_plain(item, depth - 1) for item in value)  # type: ignore[attr-defined]
    return kind is datetime and value.tzinfo is not None  # type: ignore[attr-defined]


def _has_fit_numbers(value: object) -> bool:
    """Whether a parsed value holds no float and no integer beyond 53 bits."""
    kind = type(value)
    if kind is int:
        return -LARGEST <= value <= LARGEST  # type: ignore[operator]
    if kind is dict or kind is list:
        # A loop without recursion for strings, since verification passes here once an entry.
        for item in value.values() if kind is dict else value:  # type: ignore[attr-defined, union-attr]
            if type(item) is not str and not _has_fit_numbers(item):
                return False
    return kind is not float


def _has_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _clean(value: object, path: str, depth: int, problems: Problems) -> object:
    """A plain, normalised copy of `value`; faults go to `problems`."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _clean_string(value, path, problems)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            problems.append((path, "整数太大（超过 53 位）。", "The integer is too large (beyond 53 bits)."))
        return int(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        problems.append((path, "时间没有写明时区。", "The time has no time zone."))
        return None
    if isinstance(value, date):
        return _as_iso(value)
    if not isinstance(value, Mapping | list | tuple):
        name = type(value).__name__
        problems.append((path, f"不能记入这种值（{name}）。", f"A value of type {name} cannot be recorded."))
        return None
    if not depth:
        problems.append((path, f"嵌套超过 {DEPTH} 层。", f"Nested more than {DEPTH} levels deep."))
        return None
    if not isinstance(value, Mapping):
        return [_clean(item, f"{path}.{n}".lstrip("."), depth - 1, problems) for n, item in enumerate(value)]
    clean: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            problems.append((path, f"键必须是文字：{key!r}。", f"A key must be a string: {key!r}."))
            continue
        name = _clean_string(key, f"{path}.{key}".lstrip("."), problems)
        if name in clean:
            problems.append((f"{path}.{name}".lstrip("."), "键重复。", "The key occurs twice."))
        clean[name] = _clean(item, f"{path}.{name}".lstrip("."), depth - 1, problems)
    return clean


def _clean_string(text: str, path: str, problems: Problems) -> str:
    if "\0" in text:
        problems.append((path, "文字里有空字符（NUL）。", "The text contains a NUL character."))
    if not _has_utf8(text):
        problems.append((path, "文字里有残缺的字符（孤立代理项）。", "The text contains a lone surrogate."))
    # str() also turns a subclass into the plain type.
    return unicodedata.normalize("NFC", str(text))
