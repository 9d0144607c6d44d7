"""The demonstration's people drawn by lot: one matter that went the whole way, one whose lottery waits for the dice."""

from __future__ import annotations

import json

import pytest

from shangliang.acts.replay import replay
from shangliang.cases.models import Gathering, Invitation, Matter, Meeting
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Lots
from shangliang.panel.shangliang_panel_verify import examine
from shangliang.record.models import Entry
from shangliang.record.verify import verify_all
from shangliang.site import demo, stories_chosen


@pytest.mark.django_db
def test_one_went_the_whole_way_and_one_waits_for_the_dice() -> None:
    demo.build(more=stories_chosen.STORIES)
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
