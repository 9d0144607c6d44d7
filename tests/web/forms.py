"""The forms of a page as a browser sees them, and what somebody might send with them: untouched, emptied, with likely and with
wild answers. None of it may end in an error of the server, and what is not done leaves nothing behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db import transaction
from django.test import Client
from tests.web.visiting import shape_of, visit

from shangliang.record.models import Entry

HOW = ("untouched", "emptied", "wild", "likely")


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    fields: dict[str, Field] = field(default_factory=dict)

    def filled(self, how: str) -> dict[str, str | list[str]]:
        """What is sent: ``untouched``, ``emptied``, ``wild``, or ``likely``, with what somebody might mean."""
        sent: dict[str, str | list[str]] = {}
        for f in self.fields.values():
            value = getattr(self, f"_{how}")(f)
            if value is not None:
                sent[f.name] = value
        return sent

    def _untouched(self, f: Field) -> str | None:
        return None if f.kind in ("checkbox", "radio") and not f.value else f.value

    def _emptied(self, f: Field) -> str | None:
        if f.kind == "hidden":
            return f.value
        return None if f.kind in ("checkbox", "radio") else ""

    def _wild(self, f: Field) -> str | None:
        if f.name in ("key", "csrfmiddlewaretoken"):
            return f.value
        return {"date": "2026-02-31", "number": "1e400", "select": "no-such", "radio": "no-such", "checkbox": "no-such",
                "hidden": "\u202e'; DROP TABLE--" + "9" * 30}.get(f.kind, "<b>" + "喆" * 5000)  # fmt: skip

    def _likely(self, f: Field) -> str | None:
        if f.kind == "hidden" or f.value:
            return f.value
        if f.kind in ("select", "radio", "checkbox"):
            return next((o for o in f.options if o), None)
        return {"date": "2026-11-20", "number": "3", "time": "19:00", "tel": "13900000000"}.get(
            f.kind, "试一试"
        )


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.at = at
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form" and a.get("method", "").lower() == "post":
            self.form = Form(a.get("action") or self.at)
            self.forms.append(self.form)
        if self.form is None:
            return
        if tag == "option" and self.select is not None:
            self.select.options.append(a.get("value", ""))
            if "selected" in a:
                self.select.value = a.get("value", "")
        name = a.get("name", "")
        if not name or tag not in ("input", "select", "textarea", "button"):
            return
        kind = {"input": a.get("type", "text"), "button": "hidden"}.get(tag, tag)
        f = self.form.fields.setdefault(name, Field(name, kind))
        if kind in ("radio", "checkbox"):
            f.options.append(a.get("value", "on"))
            if "checked" in a:
                f.value = a.get("value", "on")
        elif kind == "select":
            self.select = f
        else:
            f.value = a.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None


def forms_of(at: str, html: str) -> Iterator[Form]:
    """Every form that is posted, with all its fields."""
    reader = _Reader(at)
    reader.feed(html)
    yield from reader.forms


def look_at(client: Client, tried: Counter[str], most: int = 150, alike: int = 2) -> list[str]:
    """The addresses of the pages that were read. ``tried`` are the shapes of forms, of which so many of each are sent."""
    visited = visit(client, most)
    assert not visited.broken
    for at, html in visited.html.items():
        for form in forms_of(at, html):
            shape = shape_of(form.action)
            if tried[shape] < alike and "out" not in form.action:
                tried[shape] += 1
                for how in HOW:
                    send(client, form.action, form.filled(how), f"{how}: {form.action}")
    return list(visited.pages)


def send(client: Client, action: str, data: dict[str, str | list[str]], about: str) -> None:
    """Everything that it does is taken back."""
    entries, cookies = Entry.objects.count(), deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.post(action, data)
        assert answer.status_code < 500, about
        if answer.status_code == 302 and answer["Location"].startswith("/"):
            assert client.get(answer["Location"]).status_code < 500, about
        transaction.set_rollback(True)
    client.cookies = cookies  # some forms end the session
    assert Entry.objects.count() == entries, about
