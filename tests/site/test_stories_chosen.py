"""The demonstration's people drawn by lot: one matter that went the whole way, one whose lottery waits for the dice."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from tests.settled import settled

from shangliang.acts.replay import replay
from shangliang.archive.check import check_package
from shangliang.archive.package import package
from shangliang.cases.models import Gathering, Invitation, Matter, Meeting
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Lots
from shangliang.panel.shangliang_panel_verify import examine
from shangliang.record.models import Entry
from shangliang.record.verify import verify_all
from shangliang.site import demo, stories_chosen
from shangliang.site.gathering_file import shown


@pytest.fixture(autouse=True)
def told(db: None) -> None:
    today = timezone.localdate()
    settled(("demonstration, chosen", today), lambda: demo.build(today, more=stories_chosen.STORIES))


def test_one_went_the_whole_way_and_one_waits_for_the_dice() -> None:
    assert replay()[1] == []
    assert not [p for report in verify_all() for p in report.problems]

    store = Matter.objects.get(title__text="老供销社改造和用途")
    asked = Gathering.objects.get(matter=store)
    assert (store.ended, asked.voices, asked.on_paper) == ("completed", 120, 24)
    assert asked.carried_on is not None
    first, second = Lots.objects.filter(matter=store).order_by("number")
    assert (second.after_id, first.size, second.size) == (first.pk, 15, 15)
    seated = Participant.objects.filter(matter=store).exclude(number="").exclude(reply="not_coming")
    assert {p.number for p in seated} == set(
        examine(second.text.encode(), second.digest, second.seed)["panel"]
    )
    meeting = Meeting.objects.get(rounds__matter=store)
    assert Invitation.objects.filter(meeting=meeting, kind="resident").count() == 15

    school = Matter.objects.get(title__text="老校舍用来做什么")
    lots = Lots.objects.get(matter=school)
    assert lots.drawn is None and len(json.loads(lots.text)["people"]) == 120

    names = [p.name.text for p in seated.select_related("name")]
    told = "".join(Entry.objects.values_list("text", flat=True))
    assert len(names) == 15 and not any(name in told for name in names)


def test_the_file_of_the_matter_holds_what_people_said_and_nothing_personal() -> None:
    store = Matter.objects.get(title__text="老供销社改造和用途")
    packed = package(store, (), shown(store))
    assert check_package(packed) == []

    told = json.loads(_part(packed, "gatherings/1.json"))
    closing = json.loads(Entry.objects.get(act="close_gathering", subject=f"matter:{store.pk}").text)
    box = closing["flow"]["box"]
    assert {key: told[key] for key in ("voices", "paper", "answers", "digest")} == {
        "voices": 120, "paper": 24, "answers": box["answers"], "digest": box["digest"],
    }  # fmt: skip
    assert 1 in {point["statement"] for point in told["map"]["agreed"]}
    for counts in told["statements"]:
        numbers = [counts[key] for key in ("agree", "disagree", "passed") if key in counts]
        assert all(n == 0 or n >= 5 for n in numbers)
    keys = set(_keys(told))
    assert not keys & {"participants", "participant", "x", "y", "size", "low", "high", "positions"}
    names = [
        p.name.text
        for p in Participant.objects.filter(matter=store).exclude(name=None).select_related("name")
    ]
    assert names and not any(name in json.dumps(told, ensure_ascii=False) for name in names)


def test_a_result_that_the_record_does_not_bear_is_found() -> None:
    store = Matter.objects.get(title__text="老供销社改造和用途")
    changes: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda told: told.update(voices=121),
        lambda told: told.update(digest="0" * 64),
        lambda told: told["statements"][0].update(word="disagree_most"),
        lambda told: told["statements"].pop(),
    )
    for change in changes:
        (only,) = shown(store)
        change(only.result)
        problems = check_package(package(store, (), [only]))
        assert [(p.test, p.part) for p in problems] == [("authentic", "gatherings/1.json")]


def _part(packed: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return file.read(name)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from _keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each)
