"""The words the catalogue is written in: an act's data, its sealed fields, its registration.

An act is one function. Its docstring is its paragraph in ``docs/acts.md``; the pydantic class beside it is its form; the
function itself is its ``apply``: it writes the rows the act changes and returns the fields of the matter that change.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from django.utils import timezone
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from shangliang.errors import Malformed


@dataclass(frozen=True, slots=True)
class Seal:
    """Marks a text that lives in the sealed store only; ``kind`` says what it is."""

    kind: str


def _text(most: int, *marks: Any) -> Any:
    return Annotated[str, StringConstraints(min_length=1, max_length=most, strip_whitespace=True), *marks]


Words = _text(4000, Seal("words"))
Note = _text(2000, Seal("note"))
Title = _text(60, Seal("title"))
Name = _text(40, Seal("name"))
Phone = _text(20, Seal("phone"))
Short = _text(80)
Paper = _text(120)
Id = _text(48)


def _a_day(value: Any) -> Any:
    """Not a moment and not a number of seconds: on which day those fall depends on the place."""
    if (
        type(value) is date
        or value is None
        or (isinstance(value, str) and value[4:5] == "-" and len(value) == 10)
    ):
        return value
    raise PydanticCustomError("date_type", "a day is written 2026-11-22")


Day = Annotated[date, BeforeValidator(_a_day)]


@dataclass(frozen=True, slots=True)
class Places:
    """Marks a whole number that people write with a decimal point, such as an area: ``digits`` stand after it."""

    digits: int


Area = Annotated[int, Field(ge=0, le=10**12), Places(2)]
"""A floor area in whole hundredths of a square metre."""


class Data(BaseModel):
    """The fields of one act. Unknown fields are refused; ``None`` means not filled."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoData(Data):
    """An act without fields of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as ``apply`` sees it: what was decided, without judging it again."""

    id: str
    seq: int
    act: str
    unit: str
    subject: str
    happened_on: date
    entered_at: datetime
    entered_by: str
    who: Mapping[str, Any]
    data: Mapping[str, Any]
    seals: Mapping[str, str]
    flow: Mapping[str, Any]

    @property
    def entered_on(self) -> date:
        """The day it was entered, in the place where the units are: a night's work is not yesterday's."""
        return timezone.localdate(self.entered_at)

    @property
    def matter(self) -> str | None:
        kind, _, ident = self.subject.partition(":")
        return ident if kind == "matter" else None

    @property
    def handler(self) -> str | None:
        return self.who.get("handled")

    def row(self, n: int = 0) -> str:
        """The id of the n-th row this entry makes."""
        return f"{self.id}.{n}"

    def seal(self, path: str) -> str | None:
        """The id of the sealed text of a field ("words", "tasks.0.text"), or None where nothing was written."""
        return self.seals.get(path)

    def day(self, name: str) -> date | None:
        """A date field of the data."""
        value = self.data.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else value


Apply = Callable[[Line], Mapping[str, Any] | None]
ApplyAll = Callable[[Sequence[Line]], None]
Subject = Literal["matter", "meeting", "unit"]


@dataclass(frozen=True, slots=True)
class Spec:
    """One word of the vocabulary."""

    name: str
    data: type[Data]
    apply: Apply
    subject: Subject
    zh: str
    en: str
    anywhere: bool = False
    opens: bool = False
    public: bool = False
    enters: frozenset[str] = frozenset()
    corrects: Mapping[str, str] = field(default_factory=dict)
    tells: tuple[str, ...] = ()
    sealed: tuple[tuple[str, str, bool], ...] = ()
    body: str = ""
    aside: bool = False
    many: ApplyAll | None = None
    below: bool = False
    above: bool = False

    @property
    def doc(self) -> str:
        return (self.apply.__doc__ or "").strip()


class Catalogue:
    """All acts by name. Registering a name twice is an error."""

    acts: ClassVar[dict[str, Spec]] = {}

    @classmethod
    def add(cls, spec: Spec) -> None:
        if spec.name in cls.acts:
            raise RuntimeError(f"act {spec.name!r} is registered twice")
        if not spec.doc:
            raise RuntimeError(f"act {spec.name!r} has no paragraph")
        cls.acts[spec.name] = spec


def act(
    name: str,
    data: type[Data],
    *,
    zh: str,
    en: str,
    subject: Subject = "matter",
    anywhere: bool = False,
    opens: bool = False,
    public: bool = False,
    enters: frozenset[str] | set[str] = frozenset(),
    corrects: Mapping[str, str] | None = None,
    tells: tuple[str, ...] = (),
    body: str = "",
    aside: bool = False,
    many: ApplyAll | None = None,
    below: bool = False,
    above: bool = False,
) -> Callable[[Apply], Apply]:
    """Registers the function below as the ``apply`` of an act.

    ``anywhere``: not tied to a stage. ``opens``: makes its own subject. ``public``: a resident may do it without an
    account. ``enters``: roles that may enter it beside the clerk. ``corrects``: data fields that ``correct`` may change,
    with the row field they live in. ``tells``: roles that get a message. ``body``: the body that decides unless another is
    named. ``aside``: housekeeping; it does not move the matter's last day, so that earlier events can still be entered.
    ``many``: makes the rows of several entries at once, the same rows as one after the other; for acts that open a book of
    their own. ``below``: what the public pages of every unit below say changes as well. ``above``: the board of the unit
    above, which lists this one, does.
    """

    def register(apply: Apply) -> Apply:
        Catalogue.add(
            Spec(
                name, data, apply, subject, zh, en, anywhere, opens, public, frozenset(enters), dict(corrects or {}),
                tells, tuple(_sealed(data)), body, aside, many, below, above,
            )
        )  # fmt: skip
        return apply

    return register


def _sealed(data: type[Data]) -> typing.Iterator[tuple[str, str, bool]]:
    """(field or list.field, kind, inside a list) of every sealed text of a data class."""
    for name, info in data.model_fields.items():
        kind = next((m.kind for m in info.metadata if isinstance(m, Seal)), None) or _seal_in(info.annotation)
        if kind:
            yield name, kind, False
        inner = _list_of(info.annotation)
        if inner is not None:
            for sub, sub_kind, _ in _sealed(inner):
                yield f"{name}.{sub}", sub_kind, True


def _seal_in(annotation: Any) -> str | None:
    if typing.get_origin(annotation) is Annotated:
        return next((m.kind for m in annotation.__metadata__ if isinstance(m, Seal)), None)
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return next((k for a in typing.get_args(annotation) if (k := _seal_in(a))), None)
    return None


def _list_of(annotation: Any) -> type[Data] | None:
    if typing.get_origin(annotation) in (list, tuple):
        inner = typing.get_args(annotation)[0]
        if isinstance(inner, type) and issubclass(inner, Data):
            return inner
    return None


def read(spec: Spec, raw: Mapping[str, Any]) -> Data:
    """The act's data, checked for shape. Raises Malformed naming every field that cannot be read."""
    try:
        return spec.data.model_validate(dict(raw))
    except ValidationError as error:
        raise Malformed(
            [_problem(e) for e in error.errors(include_url=False, include_context=True)]
        ) from None


_SENTENCES = {
    "missing": ("请填写", "Please fill this in"),
    "string_too_short": ("请填写", "Please fill this in"),
    "string_too_long": ("太长了，最多{max_length}个字", "Too long: at most {max_length} characters"),
    "extra_forbidden": ("没有这一项", "There is no such field"),
    "literal_error": ("只能填：{expected}", "Must be one of {expected}"),
    "bool_parsing": ("请填是或否", "Must be yes or no"),
    "bool_type": ("请填是或否", "Must be yes or no"),
    "int_parsing": ("请填整数", "Must be a whole number"),
    "int_type": ("请填整数", "Must be a whole number"),
    "int_from_float": ("请填整数", "Must be a whole number"),
    "int_parsing_size": ("数字太大了", "Too large a number"),
    "list_type": ("要填成一组", "Must be a list"),
    "model_type": ("要按各项分别填写", "Must be an object with the fields of its own"),
    "greater_than_equal": ("不能小于{ge}", "Must be at least {ge}"),
    "less_than_equal": ("不能大于{le}", "Must be at most {le}"),
    "too_long": ("太多了，最多{max_length}项", "Too many: at most {max_length}"),
    "too_short": ("至少填{min_length}项", "At least {min_length}"),
    "string_type": ("请填文字", "Must be text"),
    "string_pattern_mismatch": ("格式不对", "Not in the right form"),
}


def _problem(error: Any) -> tuple[str, str, str]:
    place = ".".join(str(p) for p in error["loc"]) or "data"
    zh, en = _SENTENCES.get(error["type"], ("填写有误", "Not valid"))
    if error["type"].startswith("date"):
        zh, en = "请填日期，例如2026-11-22", "Must be a date such as 2026-11-22"
    if error["type"] == "value_error" and (said := error.get("ctx", {}).get("error")):
        zh, _, en = str(said).partition(" | ")
    context = error.get("ctx", {})
    return place, zh.format(**context), (en or zh).format(**context)
