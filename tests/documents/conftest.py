"""The demonstration's matters, so that papers are made of what real acts have entered."""

from __future__ import annotations

from datetime import date

import pytest
from tests.settled import settled

from shangliang.cases.models import Matter
from shangliang.site import demo

TODAY = date(2026, 11, 22)


@pytest.fixture
def village(db: None) -> None:
    """One town, three villages, a dozen matters at every stage."""
    settled(("demonstration", TODAY), lambda: demo.build(TODAY))


def matter_named(title: str) -> Matter:
    return Matter.objects.get(title__text=title)


@pytest.fixture
def road(village: None) -> Matter:
    """The whole way to the archive."""
    return matter_named("西胡同路面硬化")


@pytest.fixture
def levee(village: None) -> Matter:
    """Posted, with an objection that was answered."""
    return matter_named("东河护坡修复")


@pytest.fixture
def canteen(village: None) -> Matter:
    """The meeting's evening was entered four days late."""
    return matter_named("村老年饭桌")
