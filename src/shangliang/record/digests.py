"""Digests and commitments, in lower-case hexadecimal. Which algorithm is always named beside the digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, partial
from typing import Protocol

from shangliang.errors import Broken, Malformed


class Hash(Protocol):
    def hexdigest(self) -> str: ...


ALGORITHMS = ("sha256", "sm3")


@cache
def hasher(algorithm: str) -> Callable[[bytes], Hash]:
    """The function that hashes bytes under `algorithm`.

    Raises Malformed for an unknown name and Broken when this machine's OpenSSL has no SM3.
    """
    if algorithm == "sha256":
        return hashlib.sha256
    if algorithm != "sm3":
        raise Malformed(
            [("algorithm", f"不认识摘要算法“{algorithm}”。", f"Unknown digest algorithm {algorithm!r}.")]
        )
    try:
        hashlib.new("sm3")
    except ValueError:
        raise Broken(
            "这台机器的 OpenSSL 不带 SM3，无法计算国密摘要；请换用带 SM3 的 OpenSSL（1.1.1 以上）。",
            "This machine's OpenSSL has no SM3; install an OpenSSL that has it (1.1.1 or later).",
        ) from None
    return partial(hashlib.new, "sm3")


def digest(algorithm: str, data: str | bytes) -> str:
    """Digest of `data`, text as UTF-8. Errors as `hasher`."""
    return hasher(algorithm)(data.encode() if isinstance(data, str) else data).hexdigest()


def commitment(algorithm: str, salt: str, text: str) -> str:
    """What an entry holds in place of `text`: the digest of the salt's hexadecimal text followed by the text.

    The salt has a fixed length and starts with no brace, so no commitment is also the digest of an entry; and
    anybody can recompute it with `printf '%s%s' SALT TEXT | sha256sum`.
    """
    return digest(algorithm, salt + text)
