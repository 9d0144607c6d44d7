"""“No topic in this period” at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shangliang.cases.models import Quiet

Enter = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("county")


def test_the_clerk_says_why_there_was_nothing(come_in: Enter) -> None:
    clerk = come_in("wang")
    page = clerk.get("/desk/quiet/")
    key = page.context["form"]["key"].value()
    for _ in range(2):  # a double tap
        answer = clerk.post("/desk/quiet/", {"key": key, "reason": "农忙，大家都在地里。"})
        assert answer.status_code == 302
    told = Quiet.objects.get(unit="liuhe")
    assert told.reason.text == "农忙，大家都在地里。" and told.window.day == 1


def test_without_a_reason_it_is_not_taken(come_in: Enter) -> None:
    clerk = come_in("wang")
    key = clerk.get("/desk/quiet/").context["form"]["key"].value()
    assert clerk.post("/desk/quiet/", {"key": key, "reason": " "}).status_code == 200
    assert not Quiet.objects.exists()


def test_only_the_clerk_enters_it(come_in: Enter) -> None:
    assert come_in("zhang").get("/desk/quiet/").status_code == 302
