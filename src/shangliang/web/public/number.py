"""The number of a matter as people write it, and the code on the receipt that only the submitter holds."""

from __future__ import annotations

import unicodedata
from itertools import product

from django.utils.crypto import constant_time_compare, salted_hmac

from shangliang.acts.subjects import LETTERS

MISREAD = {"0": "QD", "O": "QD", "1": "L", "I": "L"}
"""Signs that no number has, and what somebody who reads them has before them."""
LENGTH = 6


def plain(text: str) -> str:
    """What was typed, without blanks and dashes, in large letters: “ ３f7 k29” → “3F7K29”."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isascii() and c.isalnum())


def candidates(text: str) -> list[str]:
    """The numbers that may be meant: one, unless it holds signs that were misread. Empty when it cannot be a number."""
    typed = plain(text)
    if len(typed) != LENGTH or any(c not in LETTERS and c not in MISREAD for c in typed):
        return []
    return ["".join(made) for made in product(*(MISREAD.get(c, c) for c in typed))]


def secret_code(number: str) -> str:
    """The code that takes name and telephone back: on the receipt, shown once to the browser that sent the words. It
    follows from the number and the server's key, so it is kept nowhere."""
    left = int.from_bytes(salted_hmac("shangliang.withdraw", number, algorithm="sha256").digest()[:8], "big")
    code = ""
    for _ in range(LENGTH):
        left, n = divmod(left, len(LETTERS))
        code += LETTERS[n]
    return code


def fits(number: str, code: str) -> bool:
    return any(constant_time_compare(c, secret_code(number)) for c in candidates(code))
