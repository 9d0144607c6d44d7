"""The table of an act's fields in ``docs/acts.md``: what goes in, whether it is needed, what it means."""

import json
import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from shangliang.acts.vocabulary import Data, Seal


def rows_of(data: type[BaseModel], before: str) -> Iterator[str]:
    """The lines of the table of an act\'s fields; those of a list\'s items follow it."""
    for name, info in data.model_fields.items():
        path = f"{before}{name}"
        inner = _listed(info.annotation)
        title = (info.title or "").rstrip(".")
        yield f"| `{path}` | {_kind(info)} | {_needed(info)} | {title}{_sealed(info)} |"
        if inner is not None:
            yield from rows_of(inner, f"{path}[].")


def _needed(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    default = info.get_default(call_default_factory=True) if info.default_factory is None else []
    return "" if default in (None, "", [], PydanticUndefined) else f"else `{as_json(default)}`"


def _sealed(info: FieldInfo) -> str:
    return " (sealed)" if any(isinstance(m, Seal) for m in _marks(info.annotation, info.metadata)) else ""


def _marks(annotation: Any, metadata: Any) -> Iterator[Any]:
    """Every constraint and mark of a field, wherever its type carries it."""
    for each in metadata or ():
        yield from getattr(each, "metadata", None) or (each,)
        yield each
    if typing.get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
        yield from _marks(annotation.__origin__, ())
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
        for each in typing.get_args(annotation):
            yield from _marks(each, ())


def _bare(annotation: Any) -> Any:
    """The type without None and without marks."""
    if typing.get_origin(annotation) is Annotated:
        return _bare(annotation.__origin__)
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        left = [a for a in typing.get_args(annotation) if a is not type(None)]
        return _bare(left[0]) if len(left) == 1 else annotation
    return annotation


def _listed(annotation: Any) -> type[Data] | None:
    bare = _bare(annotation)
    inner = typing.get_args(bare)[0] if typing.get_origin(bare) is list else None
    return inner if isinstance(inner, type) and issubclass(inner, Data) else None


def _kind(info: FieldInfo) -> str:
    return _said(_bare(info.annotation), list(_marks(info.annotation, info.metadata)))


def _said(bare: Any, marks: list[Any]) -> str:
    if typing.get_origin(bare) is Literal:
        return ", ".join(f"`{word}`" if word else "empty" for word in typing.get_args(bare))
    if typing.get_origin(bare) is list:
        inner = typing.get_args(bare)[0]
        most = _limit(marks, "max_length")
        upto = f", at most {most}" if most else ""
        if _listed(bare) is not None:
            return f"list of objects{upto}"
        return f"list{upto}, each: {_said(_bare(inner), list(_marks(inner, ())))}"
    name = getattr(bare, "__name__", str(bare))
    if name == "int":
        return f"whole number{_between(_limit(marks, 'ge'), _limit(marks, 'le'))}"
    if name == "str":
        pattern = _limit(marks, "pattern")
        most = _limit(marks, "max_length")
        shape = f" like `{pattern}`".replace("|", "\\|") if pattern else ""
        return f"text{f', at most {most}' if most else ''}{shape}"
    return {"bool": "`true` or `false`", "date": "date"}.get(name, name)


def _limit(marks: list[Any], name: str) -> Any:
    return next((value for m in marks if (value := getattr(m, name, None)) is not None), None)


def _between(low: Any, high: Any) -> str:
    if low is None and high is None:
        return ""
    return f", {low if low is not None else ''} to {high}" if high is not None else f", from {low}"


def as_json(value: Any) -> str:
    """One line of JSON, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)
