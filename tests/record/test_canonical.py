"""One value has one text, whoever writes it and however often."""

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.errors import Malformed
from shangliang.record.canonical import DEPTH, LARGEST, again, canonical, clean_text, instant, parse

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
# Combining marks, to make normalisation and its traps likely: after a letter, an escape, a quote, at the start.
marked = st.lists(st.sampled_from('ae\n"\\\u0301\u0303\u0338\u1100\u1161中 '), max_size=8).map("".join)
atoms = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts | marked | st.dates()
values = st.recursive(
    atoms, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(marked | texts, inner, max_size=4)
)


def canonical_or_none(value: object) -> str | None:
    """None where two keys of `value` become the same key in NFC."""
    try:
        return canonical(value)
    except Malformed as error:
        assert "The key occurs twice." in error.en
        return None


@given(values)
def test_writing_what_was_read_changes_nothing(value: object) -> None:
    text = canonical_or_none(value)
    assert text is None or canonical(parse(text)) == text


reference = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode


@given(values)
def test_the_text_is_that_of_pythons_own_json(value: object) -> None:
    """Another program that follows docs/record.md writes the same bytes."""
    text = canonical_or_none(value)
    if text is not None:
        assert reference(json.loads(text)) == text
        assert again(text) == parse(text)


@given(values)
def test_every_text_is_in_nfc_and_every_key_in_order(value: object) -> None:
    def check(read: Any) -> None:
        if isinstance(read, str):
            assert unicodedata.is_normalized("NFC", read)
        if isinstance(read, list):
            for item in read:
                check(item)
        if isinstance(read, dict):
            assert list(read) == sorted(read)
            for key, item in read.items():
                check(key)
                check(item)

    text = canonical_or_none(value)
    if text is not None:
        check(json.loads(text))


@given(st.dictionaries(texts, st.integers(-5, 5), max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value: dict[str, int], random: Any) -> None:
    shuffled = list(value.items())
    random.shuffle(shuffled)
    assert canonical_or_none(dict(shuffled)) == canonical_or_none(value)


@given(marked)
def test_two_ways_to_write_a_letter_give_one_text(text: str) -> None:
    decomposed, composed = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert canonical([decomposed]) == canonical([composed]) == canonical({"a": [text]})[5:-1]


def test_the_form() -> None:
    value = {"乙": (1, None, True), "b": "e\u0301/é\n", "a": date(2025, 3, 1)}
    assert canonical(value) == '{"a":"2025-03-01","b":"é/é\\n","乙":[1,null,true]}'


def test_instants_are_written_in_utc_to_the_microsecond() -> None:
    beijing = datetime(2025, 3, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    assert instant(beijing) == "2025-03-01T00:00:00.000000Z"
    assert canonical({"at": beijing}) == canonical({"at": datetime(2025, 3, 1, tzinfo=UTC)})


def nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"a": {"b": 0.5}}, "a.b"),
        ({"a": [1, float("nan")]}, "a.1"),
        ({"a": {1: "x"}}, "a"),
        ({"a": "\ud800"}, "a"),
        ({"a": "x\0y"}, "a"),
        ({"x\0": 1}, "x\0"),
        ({"a": 2**53}, "a"),
        ({"a": {1, 2}}, "a"),
        ({"a": b"x"}, "a"),
        ({"a": datetime(2025, 3, 1)}, "a"),
        ({"é": 1, "e\u0301": 2}, "é"),
        (nested(DEPTH + 1), ".".join(["0"] * DEPTH)),
        (nested(100_000), ".".join(["0"] * DEPTH)),
    ],
)
def test_what_cannot_be_recorded_is_refused_by_name(value: object, field: str) -> None:
    with pytest.raises(Malformed) as refused:
        canonical(value)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert refused.value.zh and refused.value.en


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(Malformed) as refused:
        canonical({"a": 0.5, "b": ["\0", {"c": 2**60}]})
    assert [problem.field for problem in refused.value.problems] == ["a", "b.0", "b.1.c"]


def test_what_only_looks_like_a_fault_is_allowed() -> None:
    value = {"written backslash": "\\u0000", "deep": nested(DEPTH - 1), "big": LARGEST, "emoji": "😀"}
    assert parse(canonical(value)) == value
    assert clean_text("words", "e\u0301") == "é"


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "1.5", "1e3", "NaN", "{} ", " {}", "", "[1", "-Infinity"])
def test_a_text_with_two_readings_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)
