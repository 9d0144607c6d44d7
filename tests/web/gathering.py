"""What the tests of opinion gatherings have in common: a matter people are asked about, and browsers that answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.test import Client
from tests.web.public import resident, titled

from shangliang.acts.act import Act, Done, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Matter
from shangliang.cases.models_gathering import Gathering, Statement

VIEWS = ("先换坏了的四件。", "给孩子留一块空地。", "器材换到广场南边。")
SECRETARY = {"role": "party_secretary"}


def clock() -> Any:
    """A moment after the last act of the demonstration: its books run on a clock of their own."""
    from django.utils import timezone

    return timezone.now()


def do(
    m: Matter, name: str, data: Any = None, *, by: str = "p-wang", on: date | None = None, decided: Any = None
) -> Done:
    act = Act(name, on or today(), by, data or {}, m.pk, decided_by=decided)
    return perform(act, clock=clock)[0]


def fitness() -> Matter:
    return titled("文化广场健身器材更换")


def asked(m: Matter | None = None, views: Sequence[str] = VIEWS, *, days: int = 0, **data: Any) -> Gathering:
    """A gathering is opened, until today unless more days are given."""
    m = m or fitness()
    until = (today() + timedelta(days=days)).isoformat()
    do(
        m,
        "open_gathering",
        {"statements": [{"text": t} for t in views], "until": until, **data},
        decided=SECRETARY,
    )
    return Gathering.objects.get(matter=m, closed_on=None)


def closed(g: Gathering) -> Gathering:
    do(g.matter, "close_gathering", decided=SECRETARY)
    g.refresh_from_db()
    return g


def begin(g: Gathering, client: Client | None = None, **posted: str) -> Client:
    """A telephone that has pressed the first button."""
    client = client or resident()
    client.post(f"/m/{g.matter_id}/gather/", posted)
    return client


def tap(client: Client, g: Gathering, n: int, answer: str) -> Any:
    """One answer to the n-th statement."""
    return client.post(f"/m/{g.matter_id}/gather/answer/", {"n": str(n), "answer": answer})


def answers(g: Gathering, *people: str) -> None:
    """Many people, each a word of +, - and 0: one sign a statement, in order; a blank leaves one out."""
    from shangliang.acts.answers import put

    ids = list(
        Statement.objects.filter(gathering=g, state="shown").order_by("number").values_list("pk", flat=True)
    )
    values = {"+": 1, "-": -1, "0": 0}
    for n, signs in enumerate(people):
        assert put(g.pk, f"person-{n}", [(ids[i], values[c]) for i, c in enumerate(signs) if c in values])
