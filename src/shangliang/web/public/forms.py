"""The acts' forms as residents get them: nothing is cut off while typing, and what is too long is said kindly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from shangliang.acts.act import new_key
from shangliang.web.actform import ActForm, form_class


def public_form(name: str, *only: str, **more: Any) -> type[ActForm]:
    """The form of a public act, with these fields of it."""
    made = form_class(name, only=only, when=False, **more)
    return type(made.__name__, (made,), {"__init__": _gentle})


def _gentle(self: Any, *args: Any, **kwargs: Any) -> None:
    super(type(self), self).__init__(*args, **kwargs)
    self.initial.setdefault("key", new_key())
    for field in self.fields.values():
        if isinstance(field.widget, forms.Textarea | forms.TextInput):
            _let_type(field)
    for name, attrs in {
        "name": {"autocomplete": "name"},
        "phone": {"autocomplete": "tel", "inputmode": "tel"},
    }.items():
        if name in self.fields:
            self.fields[name].widget.attrs |= attrs


def _let_type(field: Any) -> None:
    """No browser silently cuts a long text: it arrives whole and the answer says how much is too much."""
    field.widget.attrs.pop("maxlength", None)
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = _(
                "This is %(show_value)d characters long; at most %(limit_value)d fit. Please keep what matters most;"
                " papers can be handed in at the village."
            )
