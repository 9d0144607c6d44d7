"""Takes free text out of an act before it is written into the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shangliang.acts.vocabulary import Data, Spec

if TYPE_CHECKING:
    from shangliang.record.append import Seal


def seal_texts(
    seal: Callable[[str, str], Seal], spec: Spec, data: Data, reasons: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, dict[str, str]], list[Seal]]:
    """(data without its texts, {path: {"id", "is"}} commitments, the seals to store). The path of a text in a list is
    "tasks.0.text"; a written reason lies under "reason.<gate>"."""
    plain = data.model_dump(mode="json")
    sealed: dict[str, dict[str, str]] = {}
    seals: list[Seal] = []
    for path, kind, text in [
        *_taken(spec, plain),
        *((f"reason.{g}", "note", t) for g, t in sorted(reasons.items())),
    ]:
        made = seal(kind, text)
        seals.append(made)
        sealed[path] = made.cited
    return plain, sealed, seals


def _taken(spec: Spec, plain: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for path, kind, listed in spec.sealed:
        if not listed:
            text = plain.pop(path, None)
            if text is not None:
                yield path, kind, text
            continue
        field, _, sub = path.partition(".")
        for n, item in enumerate(plain[field]):
            text = item.pop(sub, None)
            if text is not None:
                yield f"{field}.{n}.{sub}", kind, text
