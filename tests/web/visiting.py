"""Following the links that somebody sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.test import Client
from tests.web.public import text_of

LINK = re.compile(r'href="([/?][^"#]*)"')
FILES = re.compile(r"\.(pdf|csv|xlsx|json|jsonl|zip|ics|svg|css)\b|/pdf/|/files?/")


@dataclass
class Visited:
    """``pages``: address → what is read there; ``broken``: address → status, where a link led to an error."""

    pages: dict[str, str] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)


def shape_of(address: str) -> str:
    """What addresses of the same sort have in common."""
    return re.sub(r"/[A-Z0-9]{6}(?=/)|\d+|page=", "#", address)


def visit(client: Client, most: int = 60, alike: int = 2) -> Visited:
    """Goes from page to page; to so many of each shape, so that every sort of page is among them."""
    waiting = ["/desk/", "/"]
    found = Visited()
    shapes: dict[str, int] = {}
    while waiting and len(found.pages) < most:
        at = waiting.pop(0)
        shape = shape_of(at)
        if at in found.pages or FILES.search(at) or shapes.setdefault(shape, 0) >= alike or "out" in at:
            continue
        answer = client.get(at)
        if answer.status_code >= 400:
            found.broken[at] = answer.status_code
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        found.pages[at], found.html[at] = text_of(answer), answer.content.decode()
        shapes[shape] += 1
        links = [link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode())]
        waiting += [link if link.startswith("/") else at.partition("?")[0] + link for link in links]
    return found
