"""What the tests of the public pages have in common: a resident's browser, and the way to a number."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from shangliang.cases.models import Matter
from shangliang.record.models import SealedText


def resident(language: str = "zh-hans", **more: Any) -> Client:
    return Client(headers={"accept-language": language}, **more)


def text_of(answer: Any) -> str:
    """What a reader sees: no tags, blanks run together."""
    content = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(content))


def field(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', answer.content.decode())
    assert found, f"no field {name}"
    return html.unescape(found[1])


def titled(title: str) -> Matter:
    return Matter.objects.get(title__text=title)


def write(client: Client, words: str, unit: str = "liuhe", **more: Any) -> Any:
    """All three screens; the answer to the last button."""
    page = f"/u/{unit}/say/"
    first = client.get(page)
    key = field(first, "key")
    second = client.post(page, {"go": "words", "key": key})
    data = {"words": words, "kind": "opinion", "key": field(second, "key")}
    third = client.post(page, {"go": "answer", **data})
    if 'value="send"' not in third.content.decode():
        return third
    return client.post(page, {"go": "send", "answer_by": "number", **data, **more})


def number_of(answer: Any) -> str:
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"].split("/")[2])


def sealed_of_residents() -> list[str]:
    """Every word, name and telephone of a resident, and every name of anybody, that is still readable."""
    from shangliang.cases.models import Objection, Opinion, Party
    from shangliang.people.models import Person

    ids: set[str | None] = set(Person.objects.values_list("name_id", flat=True))
    ids |= {i for row in Opinion.objects.values_list("words_id", "name_id", "phone_id") for i in row}
    ids |= {i for row in Objection.objects.values_list("words_id", "name_id", "phone_id") for i in row}
    ids |= {i for row in Party.objects.values_list("name_id", "note_id") for i in row}
    return [
        t for t in SealedText.objects.filter(pk__in=[i for i in ids if i]).values_list("text", flat=True) if t
    ]
