"""What looks like personal information in a text that is about to be posted (个人信息保护法 art. 25)."""

from __future__ import annotations

import re

_PATTERNS = (
    ("id_number", re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-－ ]?\d{7,8}(?!\d)")),
    ("bank_card", re.compile(r"(?<!\d)\d{16}(?!\d)|(?<!\d)\d{19}(?!\d)")),
    ("door", re.compile(r"\d+\s*(?:号楼|栋|幢)\s*\d+\s*单元\s*\d+\s*(?:室|号)?")),
)


def looks_personal(text: str) -> tuple[str, ...]:
    """The kinds of personal information that seem to stand in the text. A person decides; this only asks to look
    again."""
    return tuple(kind for kind, pattern in _PATTERNS if pattern.search(text))
