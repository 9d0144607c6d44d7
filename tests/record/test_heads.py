"""Which books the daily anchor has to name."""

from typing import Any

from shangliang.record.heads import changed_heads
from shangliang.record.queries import book_head


def anchor(writer: Any, units: list[str]) -> list[str]:
    heads = changed_heads(units, "town")
    writer.add("town", act="anchor", data={"heads": [head._asdict() for head in heads]})
    return [head.book for head in heads]


def test_only_books_that_moved_are_anchored_again(writer: Any) -> None:
    units = ["v1", "v2", "v3", "elsewhere"]
    writer.open("town")
    writer.open("v3")
    for unit in ("v2", "v1"):
        writer.book(unit, entries=2)
    # v3 is empty: it has no head to vouch for.
    assert anchor(writer, units) == ["v1", "v2"]
    assert changed_heads(units, "town") == []
    writer.add("v2")
    writer.add("v3")
    assert changed_heads(units, "town") == [book_head("v2"), book_head("v3")]
    assert anchor(writer, units) == ["v2", "v3"]
    assert anchor(writer, units) == []
    # v1 was anchored three entries ago, and still is.
    assert changed_heads(units, "town") == []


def test_every_parent_has_its_own_memory(writer: Any) -> None:
    writer.open("town")
    writer.open("county")
    writer.book("v1", entries=1)
    anchor(writer, ["v1"])
    assert changed_heads(["v1"], "town") == []
    assert changed_heads(["v1"], "county") == [book_head("v1")]
