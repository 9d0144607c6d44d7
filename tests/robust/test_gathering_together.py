"""Eight telephones and a closing hand at once: no answer is lost, doubled, or slips into a box that has been counted."""

from __future__ import annotations

import hashlib
import json

import pytest
from tests.robust import village
from tests.robust.test_together import at_once

from shangliang.acts import answers
from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models_gathering import Answer, Gathering, Statement
from shangliang.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
CLEAR = {"against_policy": False, "private_dispute": False, "unfair": False, "deep_division": False}
SECRETARY = {"role": "party_secretary"}


def asked() -> tuple[Gathering, list[str]]:
    """A village that asks three things today."""
    village.build(("v0",))
    matter = village.open_matter("v0")
    perform(village.put_forward("v0", matter))
    screen = {"discuss": "livelihood", **CLEAR}
    perform(Act("screen", village.DAY, village.clerk("v0"), screen, subject=matter, decided_by=SECRETARY))
    views = [{"text": t} for t in ("先修西头。", "路边留水沟。", "今年就动工。")]
    data = {"statements": views, "until": today().isoformat()}
    perform(Act("open_gathering", today(), village.clerk("v0"), data, subject=matter, decided_by=SECRETARY))
    g = Gathering.objects.get()
    return g, list(Statement.objects.order_by("number").values_list("pk", flat=True))


def test_one_voice_at_once_on_eight_connections_is_one_answer() -> None:
    g, ids = asked()
    assert all(at_once(*[lambda: answers.put(g.pk, "one", [(ids[0], 1)])] * 8))
    assert Answer.objects.count() == 1


def test_many_voices_at_once_are_all_there() -> None:
    g, ids = asked()

    def answer(n: int) -> bool:
        return all(answers.put(g.pk, f"t{n}-{k}", [(s, 1) for s in ids]) for k in range(5))

    assert all(at_once(*[lambda n=n: answer(n) for n in range(8)]))
    assert Answer.objects.values("voice").distinct().count() == 40


def test_what_was_let_in_is_counted_and_what_came_too_late_is_told_so() -> None:
    g, ids = asked()
    answers.put(g.pk, "first", [(ids[0], 1)])

    def answer(n: int) -> int:
        return sum(answers.put(g.pk, f"t{n}-{k}", [(ids[k % 3], 1)]) for k in range(12))

    def close() -> int:
        act = Act(
            "close_gathering", today(), village.clerk("v0"), {}, subject=g.matter_id, decided_by=SECRETARY
        )
        perform(act)
        return 0

    let_in = sum(at_once(*[lambda n=n: answer(n) for n in range(7)], close))
    box = json.loads(Entry.objects.get(act="close_gathering").text)["flow"]["box"]
    assert box["voices"] == let_in + 1 == Answer.objects.values("voice").distinct().count()
    exported = answers.export(answers.ballots(g.pk))
    assert hashlib.sha256(exported.encode()).hexdigest() == box["digest"]
    village.check_whole()
