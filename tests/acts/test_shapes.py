"""What has the wrong type is refused with a sentence that says what was expected, whatever the act."""

import typing
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from shangliang.acts import catalogue  # noqa: F401
from shangliang.acts.vocabulary import Catalogue, Data, Spec, read
from shangliang.errors import Malformed


def plain(annotation: Any) -> Any:
    """The type inside Optional and Annotated."""
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation = annotation.__origin__
        elif type(None) in typing.get_args(annotation):
            (annotation,) = (a for a in typing.get_args(annotation) if a is not type(None))
        else:
            return annotation


def fields(data: type[Data], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every field, those of listed objects too, with its type."""
    for name, info in data.model_fields.items():
        kind = plain(info.annotation)
        inner = plain(typing.get_args(kind)[0]) if typing.get_origin(kind) is list else None
        yield (*path, name), kind
        if isinstance(inner, type) and issubclass(inner, Data):
            yield from fields(inner, (*path, name))


def said_of(spec: Spec, path: tuple[str, ...], value: Any) -> str:
    """What is said when this value stands in this field, whatever else is missing."""
    for name in reversed(path[1:]):
        value = [{name: value}]
    with pytest.raises(Malformed) as caught:
        read(spec, {path[0]: value})
    place = ".0.".join(path)
    said = {p.field: p.en for p in caught.value.problems}
    assert place in said, said
    return str(said[place])


EVERY = [(spec, path, kind) for spec in Catalogue.acts.values() for path, kind in fields(spec.data)]
DAYS = [(spec, path) for spec, path, kind in EVERY if kind is date]
assert len(DAYS) > 15


@pytest.mark.parametrize(
    "value",
    [
        1767225600,
        1767225600.0,
        "1767225600",
        "2026-05-01T00:00:00",
        "20260501",
        "2026-5-1",
        "2026-02-30",
        True,
        [],
    ],
)
def test_a_day_is_written_in_one_way(value: Any) -> None:
    for spec, path in DAYS:
        assert said_of(spec, path, value) == "Must be a date such as 2026-11-22", (spec.name, path)


WRONG = {
    int: [
        ("viele", "Must be a whole number"),
        (1.5, "Must be a whole number"),
        ([], "Must be a whole number"),
    ],
    str: [(7, "Must be text"), ([], "Must be text"), ({}, "Must be text")],
    bool: [("perhaps", "Must be yes or no"), ([], "Must be yes or no")],
    list: [("x", "Must be a list"), ({}, "Must be a list"), (7, "Must be a list")],
}


@pytest.mark.parametrize("wanted", WRONG, ids=lambda t: t.__name__)
def test_a_wrong_type_is_named_as_what_it_should_be(wanted: type) -> None:
    found = [(s, p) for s, p, kind in EVERY if (typing.get_origin(kind) or kind) is wanted]
    assert found
    for spec, path in found:
        for value, expected in WRONG[wanted]:
            said = said_of(spec, path, value)
            assert said.startswith(expected) and said != "Not valid", (spec.name, path, value, said)


def test_a_line_of_a_list_that_is_no_object_is_said_to_be_none() -> None:
    with pytest.raises(Malformed) as caught:
        read(Catalogue.acts["set_tasks"], {"tasks": ["修路"]})
    assert [(p.field, p.en) for p in caught.value.problems] == [
        ("tasks.0", "Must be an object with the fields of its own")
    ]
