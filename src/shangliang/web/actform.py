"""One form per act, made from the act's own fields. A page says which fields are asked, which are filled already, and
what the choices of a reference are; the shape stays the act's."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.acts.vocabulary import Catalogue, Data, Places, Seal, Spec
from shangliang.web.labels import CHOICES, YES_NO

LONG = frozenset({"words", "note"})
"""Kinds of sealed text that get a large field."""


class ActForm(forms.Form):
    """The form of one act. ``asked`` are the visible fields that a person has to fill."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput, required=False)
    spec: Spec
    folded: frozenset[str] = frozenset()
    """Fields that are seldom needed: the page shows them on a tap."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    @property
    def asked(self) -> list[str]:
        return [b.name for b in self.visible_fields() if b.initial in (None, "", [])]

    @property
    def fold(self) -> list[Any]:
        return [self[name] for name in self.fields if name in self.folded]

    @property
    def fold_open(self) -> bool:
        """Whether something was typed there, or is wrong."""
        return any(b.errors or (self.is_bound and b.data) for b in self.fold)

    def act_data(self) -> dict[str, Any]:
        """The cleaned fields as the act's data: empty ones are left out, so that the act's defaults hold."""
        out: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if name not in self.spec.data.model_fields or value in (None, ""):
                continue
            out[name] = value.isoformat() if isinstance(value, date) else value
        return out


def form_class(
    name: str,
    *,
    only: Iterable[str] | None = None,
    without: Iterable[str] = (),
    hidden: Iterable[str] = (),
    choices: Mapping[str, Iterable[tuple[Any, Any]]] | None = None,
    required: Iterable[str] = (),
    when: bool = True,
) -> type[ActForm]:
    """The form class of an act.

    ``only``/``without`` choose fields, ``hidden`` are carried along, ``choices`` fill references, ``required`` makes
    optional fields compulsory here, ``when`` adds the day it happened.
    """
    spec = Catalogue.acts[name]
    fields: dict[str, Any] = {"spec": spec}
    wanted = list(only) if only is not None else [f for f in spec.data.model_fields if f not in set(without)]
    for field in wanted:
        made = _field(spec, field, dict(choices or {}), field in set(required))
        if made is None:
            continue
        if field in set(hidden):
            made.widget = forms.HiddenInput()
        fields[field] = made
    if when:
        fields["happened_on"] = forms.DateField(
            label=gettext_lazy("On which day?"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
    return type(f"{spec.data.__name__}Form", (ActForm,), fields)


def _field(spec: Spec, name: str, choices: dict[str, Any], required: bool) -> forms.Field | None:
    info = spec.data.model_fields[name]
    kind, optional = _plain(info.annotation)
    need = required or (info.is_required() and not optional)
    common: dict[str, Any] = {"label": gettext_lazy(info.title or name), "required": need}
    if not info.is_required() and info.default not in (None, "") and info.default_factory is None:
        common["initial"] = info.default
    seal = next((m.kind for m in info.metadata if isinstance(m, Seal)), None) or _seal(info.annotation)
    given = choices.get(name) or (CHOICES.get(f"{spec.name}.{name}", {}).items() or None)
    most = _most(info)
    if kind is bool:
        return _yes_no(common, need, optional, info.default)
    if typing.get_origin(kind) is Literal:
        return _choice(common, list(given or [(v, v) for v in typing.get_args(kind)]), need)
    if typing.get_origin(kind) is list:
        inner = typing.get_args(kind)[0]
        if isinstance(inner, type) and issubclass(inner, Data):
            return None
        return forms.MultipleChoiceField(
            choices=list(given or []), widget=forms.CheckboxSelectMultiple, **(common | {"required": False})
        )
    if given is not None:
        return _choice(common, list(given), need)
    if kind is date:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    if (places := _places(info)) is not None:
        return Scaled(places, **common)
    if kind is int:
        return forms.IntegerField(min_value=0, **common)
    if seal in LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=most or 4000, **common)
    return forms.CharField(max_length=most or 120, **common)


class Scaled(forms.DecimalField):
    """A whole number of hundredths (or so), typed with a decimal point: 12845.60 is 1284560."""

    def __init__(self, places: int, **common: Any) -> None:
        self.places = places
        super().__init__(min_value=0, max_digits=12, decimal_places=places, **common)

    def clean(self, value: Any) -> int | None:
        number = super().clean(value)
        return None if number is None else int(number.scaleb(self.places))


def _places(info: Any) -> int | None:
    """How many digits of a whole number stand after the point, where people write one."""
    stack: list[Any] = [*info.metadata, info.annotation]
    while stack:
        thing = stack.pop()
        if isinstance(thing, Places):
            return thing.digits
        stack += [*getattr(thing, "__metadata__", ()), *typing.get_args(thing)]
    return None


def _yes_no(common: dict[str, Any], need: bool, optional: bool, default: Any) -> forms.Field:
    if default is False and not optional:
        return forms.BooleanField(**(common | {"required": False}))
    return forms.TypedChoiceField(
        choices=YES_NO, coerce=lambda v: v in (True, "True", "true", "1", "yes"), widget=forms.RadioSelect,
        empty_value=None, **common,
    )  # fmt: skip


def _choice(common: dict[str, Any], given: list[tuple[Any, Any]], need: bool) -> forms.Field:
    if len(given) <= 6:
        return forms.ChoiceField(choices=given, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", "—"), *given], **common)


def _plain(annotation: Any) -> tuple[Any, bool]:
    """(the annotation without None and metadata, whether None is allowed)."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        inner = [a for a in typing.get_args(annotation) if a is not type(None)]
        return _plain(inner[0])[0], True
    if typing.get_origin(annotation) is typing.Annotated:
        return _plain(typing.get_args(annotation)[0])
    return annotation, False


def _seal(annotation: Any) -> str | None:
    if typing.get_origin(annotation) is typing.Annotated:
        return next((m.kind for m in annotation.__metadata__ if isinstance(m, Seal)), None)
    return next((k for a in typing.get_args(annotation) if (k := _seal(a))), None)


def _most(info: Any) -> int | None:
    """The longest text a field takes."""
    stack: list[Any] = [*info.metadata, info.annotation]
    while stack:
        thing = stack.pop()
        if (most := getattr(thing, "max_length", None)) is not None:
            return int(most)
        stack += list(getattr(thing, "__metadata__", ())) + list(typing.get_args(thing))
    return None


def describe(spec: Spec) -> str:
    """The act's name in the reader's language."""
    return _(spec.en)
