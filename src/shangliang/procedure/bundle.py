"""One text that brings a version back: the file, the shared flows it was read with, and the overlays laid on it."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_SEAM = re.compile(r"\n# ── (shared flow|overlay): (.*)\n")


@dataclass(frozen=True, slots=True)
class Bundle:
    """``flows`` by id and ``overlays`` in their order, each as file name and text. ``whole``: it was bundled before."""

    text: str
    flows: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    overlays: tuple[tuple[str, str], ...] = ()
    whole: bool = False


def tie(text: str, flows: Mapping[str, str], overlays: Iterable[tuple[str, str]]) -> str:
    """Everything in one text, parted by seams that are comments of TOML."""
    parts = [text]
    parts += [f"\n# ── shared flow: {name}\n{flow}" for name, flow in flows.items()]
    parts += [f"\n# ── overlay: {name}\n{overlay}" for name, overlay in overlays]
    return "".join(parts)


def untie(text: str) -> Bundle:
    """The parts of a text; a plain file is a bundle without any."""
    first, *rest = _SEAM.split(text)
    parts = list(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
    return Bundle(
        first,
        {name: (f"{name}.toml", body) for what, name, body in parts if what == "shared flow"},
        tuple((name, body) for what, name, body in parts if what == "overlay"),
        bool(parts),
    )


def version(texts: Iterable[str]) -> str:
    """Digest of the content: comments and layout do not count, shared flows and overlays do."""
    content = [tomllib.loads(t) for t in texts]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
