"""Dates on pages are written as people write them, 2026年11月22日 or 22 November 2026, never as machines do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.web.public import field, text_of
from tests.web.visiting import visit

from shangliang.acts.act import today

pytestmark = pytest.mark.usefixtures("county")
MACHINES = re.compile(r"(?<![\w-])20\d\d-[01]\d-[0-3]\d(?![\w-])")
WHO = ("wang", "su", "zhao", "cheng", "gao", "")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", WHO)
def test_no_page_writes_a_date_as_machines_do(
    come_in: Callable[[str], Client], who: str, language: str
) -> None:
    client = come_in(who) if who else Client()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    visited = visit(client).pages
    assert len(visited) > 15, list(visited)
    wrong = {at: MACHINES.findall(words) for at, words in visited.items()}
    assert not {at: dates for at, dates in wrong.items() if dates}


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "这个月已在{y}年{m}月{d}日定稿"), ("en", "This month was frozen on {d} ")],
)
def test_a_refusal_of_the_engine_writes_its_date_out(
    come_in: Callable[[str], Client], language: str, said: str
) -> None:
    """A month is frozen once; what refuses it a second time names the day as people write it."""
    client, now = come_in("zhao"), today()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    last = (now.replace(day=1) - timedelta(days=1)).replace(day=1)
    at = f"/month/dongning/{last.year}/{last.month}/"
    form = field(client.get(at), "key")
    client.post(f"{at}freeze/", {"key": form})
    refused = client.post(f"{at}freeze/", {"key": form[::-1]})
    assert said.format(y=now.year, m=now.month, d=now.day) in text_of(refused) and not MACHINES.search(
        text_of(refused)
    )
