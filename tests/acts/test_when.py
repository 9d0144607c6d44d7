"""The day of the event and the moment of entering: both kept, the first judged."""

import json
from datetime import datetime, time, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from tests.acts.world import CLEAR, PARTY, SECRETARY, ZONE, World, day

from shangliang.acts.replay import replay
from shangliang.cases.models import Meeting
from shangliang.errors import Refused
from shangliang.record.models import Entry


def test_what_has_not_happened_yet_is_refused_and_today_is_not(world: World) -> None:
    world.opened("04-01")
    assert world.refused("put_forward", {"title": "排水沟"}, on="04-03", typed="04-02") == ["in_the_future"]
    world.do("put_forward", {"title": "排水沟"}, on="04-02", typed="04-02")


def test_what_is_too_long_ago_is_a_slip_of_the_pen(world: World) -> None:
    assert world.refused("intake", {"words": "路灯。"}, on="1926-04-01", typed="05-01", by="public") == [
        "too_long_ago"
    ]


def test_within_a_matter_the_days_never_go_back(world: World) -> None:
    world.put_forward("04-05")
    said = {**CLEAR, "touches": []}
    assert world.refused("screen", said, decided=SECRETARY, on="04-04", typed="04-20") == ["too_early"]
    assert world.refused("reply", {"text": "看过。"}, on="04-04", typed="04-20") == ["too_early"]
    world.do("screen", said, decided=SECRETARY, on="04-05", typed="04-20")


def test_another_matter_of_the_same_unit_may_lie_earlier(world: World) -> None:
    world.put_forward("04-05")
    world.do("intake", {"words": "路灯。"}, on="04-01", typed="04-06", by="public")


def test_22_an_evening_of_3_may_typed_on_20_may_is_judged_by_3_may_and_both_days_are_kept(
    world: World,
) -> None:
    world.approved("04-20").called(held="05-03", on="04-21")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-21")
    held = world.do("hold_meeting", {"others": 2}, on="05-03", typed="05-20")
    world.do("take_up", {"meeting": world.meeting}, on="05-03", typed="05-20")
    done = world.do("conclude", {"meeting": world.meeting, "outcome": "consensus"}, on="05-03", typed="05-20")
    for each in (held, done):
        entry = world.entry(each)
        assert (entry.happened_on, entry.entered_at.date()) == (day("05-03"), day("05-20"))
        said = json.loads(entry.text)
        assert (said["happened"], said["entered"][:10]) == ("2026-05-03", "2026-05-20")
    assert world.row.last_on == day("05-03")


def test_a_meeting_entered_after_midnight_was_entered_on_the_new_day(world: World) -> None:
    world.approved("04-20").called(held="05-03", on="04-21")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-21")
    world.clock.now = datetime.combine(day("05-04"), time(0, 30), ZONE)
    world.do("hold_meeting", {"others": 2}, on="05-03")
    assert Meeting.objects.get(pk=world.meeting).recorded_on == day("05-04")
    # As rows were made before: the migration makes of them what the books say.
    Meeting.objects.filter(pk=world.meeting).update(recorded_on=day("05-03"))
    assert replay()[1] != []
    import_module("shangliang.cases.migrations.0010_as_the_books_say").mend(apps, None)
    assert replay()[1] == []


def test_the_law_of_the_day_of_the_event_counts_not_that_of_entering(world: World) -> None:
    world.do("intake", {"words": "误工补贴。"}, on="2025-11-01", by="public")
    world.do("put_forward", {"title": "误工补贴"}, on="2025-11-02")
    world.do("screen", {**CLEAR, "touches": ["subsidy"]}, decided=SECRETARY, on="2025-11-03")
    world.do("study", {"note": "看过。"}, on="2025-11-04")
    world.do("approve", {"approved": True}, decided=PARTY, on="2025-11-05")
    world.called(held="2025-11-20", on="2025-11-06")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="2025-11-06")
    world.met(on="2025-11-20")
    said = {"body": "representatives", "notice_on": "2025-12-20", "authorised_by": "授权1号", "total": 60, "present": 40,
            "votes_for": 21}  # fmt: skip
    # In 2025 no law asked for the party organisation's study first; from 2026 on it does.
    assert world.refused("record_resolution", said, on="2026-01-05") == ["MT2"]
    world.do("record_resolution", said, on="2025-12-28", typed="2026-02-01")


def test_the_moment_of_entering_never_goes_back_even_if_the_clock_does(world: World) -> None:
    first = world.entry(world.do("amend_unit", {"adults": 861}, on="05-01", typed="05-10"))
    second = world.entry(world.do("amend_unit", {"adults": 862}, on="05-01", typed="05-05"))
    assert second.entered_at == first.entered_at
    world.do("amend_unit", {"adults": 863}, on="05-01", typed="05-11")
    moments = list(Entry.objects.filter(book="liushu").order_by("seq").values_list("entered_at", flat=True))
    assert moments == sorted(moments)


def test_a_simulated_time_is_refused_where_the_clock_is_real(live: World) -> None:
    live.simulated = True
    with pytest.raises(Refused) as error:
        live.do("amend_unit", {"adults": 900})
    assert [f.code for f in error.value.findings] == ["not_simulated"]


def test_a_simulated_book_says_so_in_its_first_entry_and_sends_nothing(world: World) -> None:
    from shangliang.notify.models import Message

    first = Entry.objects.get(book="liushu", seq=1)
    assert json.loads(first.text)["clock"] == "simulated"
    world.opened()
    assert not Message.objects.exists()
    world.simulated = False  # nor when somebody goes on in it by the server's clock, as in the demonstration
    world.do("intake", {"words": "路灯坏了。"}, by="public", on="05-01")
    assert not Message.objects.exists()


def test_on_the_servers_clock_the_roles_concerned_get_one_message_each(live: World) -> None:
    from shangliang.notify.models import Message

    live.do("intake", {"words": "路灯坏了。"}, by="public", on=live.clock.now.date() + timedelta(days=30))
    (message,) = Message.objects.all()
    assert (message.unit, message.role, message.kind, message.subject) == (
        "liushu", "clerk", "intake", f"matter:{live.matter}",
    )  # fmt: skip


def test_a_meeting_is_not_held_before_it_was_called(world: World) -> None:
    world.called(held="04-20", on="04-10")
    assert world.refused("hold_meeting", {}, on="04-09", typed="04-21") == ["before_called"]
    assert world.refused("give_notice", {}, on="04-09", typed="04-21") == ["before_called"]
    assert world.refused("call_off", {"reason": "大雪"}, on="04-09", typed="04-21") == ["before_called"]
    world.do("hold_meeting", {}, on="04-20")


def test_a_meeting_is_not_planned_for_a_day_before_its_calling(world: World) -> None:
    assert world.refused("convene", {"held_on": "2026-04-09", "place": "村议事室"}, on="04-10") == [
        "before_called"
    ]


def test_a_post_does_not_end_before_it_began(world: World) -> None:
    assert world.refused("release", {"post": world.posts["p-ma"]}, on="2024-01-07") == ["before_start"]
