"""``work``: messages are carried once, heads anchored once a day, contact data erased when its term is over."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from tests.commands.conftest import ROAD, Run, jsonl, line

from shangliang.notify.models import Message
from shangliang.record.models import Entry, SealedText
from shangliang.site import working

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    addresses = tmp_path / "addresses.csv"
    addresses.write_text(
        "unit,role,address\nvillage,clerk,clerk@example.cn\nvillage,*,all@example.cn\n", "utf-8"
    )
    monkeypatch.setenv("SHANGLIANG_EMAIL", "smtp://mail.example.cn:25")
    monkeypatch.setenv("SHANGLIANG_EMAIL_ADDRESSES", str(addresses))


def intake(run: Run, **data: Any) -> str:
    (made,) = run("perform", "-", stdin=jsonl([{**ROAD, "data": {**ROAD["data"], **data}}])).lines
    return str(made["entry"]["subject"].partition(":")[2])


def test_without_e_mail_messages_stay_on_the_desk(run: Run, village: None) -> None:
    intake(run)
    done = run("work", "--once", "--json")
    assert done.status == 0 and done.json["delivered"] == 1
    assert set(Message.objects.values_list("state", flat=True)) == {"done"}
    assert mail.outbox == []


def test_a_message_is_sent_once_and_says_nothing_personal(run: Run, village: None, post: None) -> None:
    number = intake(run)
    run("work", "--once")
    assert run("work", "--once", "--json").json["delivered"] == 0
    (sent,) = mail.outbox
    assert sent.to == ["clerk@example.cn"]
    said = f"{sent.subject}{sent.body}"
    assert number in said and "柳树村" in said
    assert not any(word in said for word in ("老于", "1390", "泥"))


def test_who_was_faster_has_the_message(run: Run, village: None) -> None:
    intake(run)
    first, second = working.claims(), working.claims()
    message, attempt = next(first)
    assert list(second) == []
    working.settle(message, attempt)
    assert Message.objects.get().state == "done"


def test_a_dead_worker_s_message_is_free_again(run: Run, village: None) -> None:
    intake(run)
    stale, attempt = next(working.claims())
    Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    message, again = next(working.claims())
    assert again == attempt + 1
    working.settle(stale, attempt)
    assert Message.objects.get().state == "sending", "only whoever holds the claim may settle it"
    working.settle(message, again)
    assert Message.objects.get().state == "done"


def test_what_cannot_be_sent_is_tried_again_and_given_up_at_last(
    run: Run, village: None, post: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Any) -> None:
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    intake(run)
    assert run("work", "--once").status == 1
    assert Message.objects.get().state == "waiting"
    assert Message.objects.get().due_at > timezone.now()
    for _ in working.BACK_OFF:
        Message.objects.update(due_at=timezone.now())
        run("work", "--once")
    assert Message.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL", "mail.example.cn"),
        ("ERASE_AFTER_DAYS", "soon"),
        ("EMAIL_ADDRESSES", "/nowhere/addresses.csv"),
    ],
)
def test_a_wrong_setting_is_one_line(
    run: Run, village: None, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"SHANGLIANG_{name}", value)
    done = run("work", "--once")
    assert done.status == 1 and name in done.err and done.err.count("\n") == 1


def test_heads_are_anchored_once_a_day_from_below(run: Run, village: None) -> None:
    assert run("work", "--once", "--json").json["anchored"] == ["town", "county"]
    town, county = (Entry.objects.get(book=unit, act="anchor") for unit in ("town", "county"))
    (head,) = json.loads(town.text)["data"]["heads"]
    assert head["book"] == "village"
    assert head["head"] == Entry.objects.filter(book="village").latest("seq").digest
    (head,) = json.loads(county.text)["data"]["heads"]
    assert (head["book"], head["head"]) == ("town", town.digest), (
        "the county vouches for the town's anchor of today"
    )
    intake(run)
    assert run("work", "--once", "--json").json["anchored"] == []
    outcome = working.Outcome()
    working.anchor(outcome, date.today() + timedelta(days=1))
    assert outcome.problems, "tomorrow has not come yet"


def test_nothing_new_is_not_anchored_again(run: Run, village: None) -> None:
    run("work", "--once")
    Entry.objects.filter(act="anchor").count()
    outcome = working.Outcome()
    working.anchor(outcome, timezone.localdate() - timedelta(days=1))  # another key, the same heads
    assert outcome.anchored == []


def refused(number: str, **answer: Any) -> list[dict[str, Any]]:
    """A matter that is not discussed and ends with its answer."""
    clear = {"against_policy": False, "private_dispute": True, "unfair": False, "deep_division": False}
    return [
        line("put_forward", "p-wang", matter=number, data={"title": "地边"}),
        line(
            "screen",
            "p-wang",
            matter=number,
            decided_by="party_secretary",
            data={**clear, "other_reason": "两户"},
        ),
        line(
            "reply",
            "p-wang",
            matter=number,
            decided_by="party_secretary",
            data={"text": "请找调解委员会", "redirect": "mediation"},
        ),
    ]


@pytest.fixture
def secretary(run: Run, village: None) -> None:
    post = {"role": "party_secretary", "person": "p-he", "name": "何业", "since": "2024-01-01"}
    assert run("perform", "-", stdin=jsonl([line("appoint", unit="village", data=post)])).status == 0


def known(text: str) -> bool:
    return SealedText.objects.filter(text=text).exists()


def test_contact_data_is_erased_when_its_term_is_over(run: Run, secretary: None) -> None:
    number = intake(run)
    assert run("perform", "-", stdin=jsonl(refused(number))).status == 0
    ended = date(2025, 3, 3)
    outcome = working.Outcome()
    working.erase(outcome, 30, ended + timedelta(days=29))
    assert outcome.erased == 0 and known("老于")
    done = run("work", "--once", "--json")
    assert done.json["erased"] == 2, done.out
    assert not known("老于") and not known("13900000000") and known("西胡同下雨全是泥。")
    (entry,) = Entry.objects.filter(act="erase")
    assert (entry.entered_by, json.loads(entry.text)["data"]["ground"]) == ("system", "term")
    assert run("work", "--once", "--json").json["erased"] == 0
    assert run("verify").status == run("replay").status == 0


def test_a_matter_under_way_keeps_them(run: Run, secretary: None) -> None:
    intake(run)
    assert run("work", "--once", "--json").json["erased"] == 0
    assert known("老于")


def test_who_still_has_to_be_told_keeps_name_and_telephone(run: Run, secretary: None) -> None:
    from shangliang.cases.models import Opinion

    number = intake(run, answer_by="face")
    assert run("perform", "-", stdin=jsonl(refused(number))).status == 0
    done = run("work", "--once", "--json")
    assert (done.json["erased"], done.json["kept_until_told"]) == (0, 1)
    told = line("told", "p-wang", matter=number, data={"opinion": Opinion.objects.get().pk})
    assert run("perform", "-", stdin=jsonl([told])).status == 0
    assert run("work", "--once", "--json").json["erased"] == 2
