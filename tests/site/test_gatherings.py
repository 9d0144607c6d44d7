"""The demonstration's gatherings: one open, one closed with its map; the record makes all of it again."""

from __future__ import annotations

import hashlib

import pytest
from django.utils import timezone
from tests.settled import settled

from shangliang.acts import answers
from shangliang.acts.replay import replay
from shangliang.cases.models import Gathering, Statement
from shangliang.record.verify import verify_all
from shangliang.site import demo, gatherings


@pytest.mark.django_db
def test_one_is_open_and_one_is_closed_and_both_are_in_the_record() -> None:
    settled(("demonstration", timezone.localdate()), demo.build)
    gatherings.build(timezone.localdate())
    assert replay()[1] == []
    assert not [p for report in verify_all() for p in report.problems]
    opened = Gathering.objects.get(closed_on=None)
    closed = Gathering.objects.exclude(closed_on=None).get()
    assert Statement.objects.filter(gathering=opened, state="waiting").count() == 1
    box = answers.ballots(closed.pk)
    assert (len(box), closed.voices, closed.on_paper) == (44, 44, 8)
    assert hashlib.sha256(answers.export(box).encode()).hexdigest() == closed.digest
