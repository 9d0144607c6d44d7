"""The lower part of ``docs/measures.md``: every measure with its definition, made from the registry."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.statistics.measures import MEASURES, Measure

MARK = "<!-- made by `shangliang docs measures`; everything below is overwritten -->"
KINDS = {
    "flow": "Added up over the period, by the day on which it happened.",
    "level": "As it stood at the end of the period.",
    "clock": "Over the windows that begin in the period and are over today.",
    "overdue": "As of today, whatever the period.",
    "share": "A whole percent, of two levels at the end of the period.",
}


def document(current: str) -> str:
    """``docs/measures.md`` with its lower part made anew. Raises ValueError when the mark is not in it."""
    head, mark, _ = current.partition(MARK)
    if not mark:
        raise ValueError("the document has no mark")
    return f"{head}{MARK}\n\n" + "\n".join(_measure(m) for m in MEASURES.values())


def _measure(m: Measure) -> str:
    return "\n".join(_lines(m))


def _lines(m: Measure) -> Iterator[str]:
    yield f"### `{m.id}` {m.name.zh} / {m.name.en}\n"
    yield f"{m.definition.zh}\n"
    yield f"{m.definition.en}\n"
    made_of = ", ".join(f"`{name}`" for name in m.made_of)
    yield f"- {KINDS[m.kind]} Counted in: {m.counted_in.zh} / {m.counted_in.en}."
    yield f"- {'Divides the measures' if m.kind == 'share' else 'Day facts'}: {made_of}.\n"
