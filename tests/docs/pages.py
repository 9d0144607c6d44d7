"""The documents, and what a test needs to read in them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shangliang"
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCS]

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(name: str) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", text(name))


def headings(name: str) -> list[tuple[int, str]]:
    """(level, words) of every heading."""
    found = re.findall(r"^(#+) (.+)$", prose(name), re.MULTILINE)
    return [(len(marks), words) for marks, words in found]


def slugs(name: str) -> set[str]:
    """The anchors of a document's headings, as the forges make them."""
    kept = (re.sub(r"[^\w\- ]", "", words.lower()) for _, words in headings(name))
    return {words.replace(" ", "-") for words in kept}


def links(name: str) -> list[str]:
    """Targets of every link and picture."""
    return re.findall(r"\]\(([^)\s]+)\)", prose(name))
