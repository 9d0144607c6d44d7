"""Whether a meeting is there, on that day, and in a state for what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from shangliang.acts import rows
from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such, refusal
from shangliang.cases import models as cases
from shangliang.cases.models_consulting import Participant
from shangliang.people.models import Post
from shangliang.procedure.judge import Finding
from shangliang.procedure.say import Say
from shangliang.procedure.say import day as say_day

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("convene")
def _convene(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    ids = [i for i in (d.convener, d.recorder, *(g.post for g in d.guests)) if i]
    if ids and Post.objects.filter(pk__in=ids).count() != len(set(ids)):
        yield no_such("guests", "个职务", "post")
    sides = {g.party for g in d.guests if g.party}
    if sides and cases.Party.objects.filter(pk__in=sides).count() != len(sides):
        yield no_such("guests", "个利益方", "side")
    chosen = {g.participant for g in d.guests if g.participant}
    here = Participant.objects.filter(pk__in=chosen, matter__unit=scene.unit) if chosen else None
    if here is not None and here.count() != len(chosen):
        yield no_such("guests", "位参加人员", "participant")
    if d.held_on < scene.act.happened_on:
        yield refusal(
            "before_called", "开会的日子早于通知的日子", "The meeting is earlier than its calling",
            Say("补录已经开过的会，请把约会的日期填成当时的日期", "For a meeting already held, give the day on which it was called"),
            "held_on",
        )  # fmt: skip


def _called(scene: Scene) -> Iterator[Finding]:
    if scene.meeting and scene.meeting.state != "called":
        yield refusal("not_called", "这次会已经开过或取消了", "This meeting has been held or called off")
    if scene.meeting and scene.act.happened_on < scene.meeting.called_on:
        yield refusal(
            "before_called", "不能早于约会的日期", "Cannot be earlier than the calling", field="happened_on"
        )


@check("give_notice")
def _notice(scene: Scene) -> Iterator[Finding]:
    yield from _called(scene)


@check("call_off")
def _call_off(scene: Scene) -> Iterator[Finding]:
    yield from _called(scene)
    if scene.meeting and _begun(scene.meeting):
        yield refusal("begun", "会上已经议起来了，不能再取消", "A matter has been taken up at it already",
                      Say("请登记开会", "Register that it took place"))  # fmt: skip


@check("hold_meeting")
def _hold(scene: Scene) -> Iterator[Finding]:
    yield from _called(scene)
    if not scene.given.held:
        yield refusal("not_held", "没有开成的会不能登记为开过", "A meeting that did not take place was not held",
                      Say("请登记取消会议", "Call the meeting off"), "held")  # fmt: skip
    begun = _begun(scene.meeting) if scene.meeting else None
    if begun is not None and begun != scene.act.happened_on:
        on = say_day(begun)
        yield refusal("other_day", f"这次会上的事是{on.zh}议的", f"Its matters were taken up on {on.en}",
                      field="happened_on")  # fmt: skip
    absent = set(scene.given.absent)
    if scene.meeting and absent and scene.meeting.invitations.filter(pk__in=absent).count() != len(absent):
        yield no_such("absent", "个被邀请人", "invitation")


@check("register_reply")
def _register_reply(scene: Scene) -> Iterator[Finding]:
    if scene.meeting and not scene.meeting.invitations.filter(pk=scene.given.invitation).exists():
        yield no_such("invitation", "份邀请", "invitation")


@check("table")
def _table(scene: Scene) -> Iterator[Finding]:
    meeting = _here(scene)
    if meeting is None:
        yield no_such("meeting", "次会议", "meeting")
    elif meeting.state == "called_off":
        yield refusal("called_off", "这次会已经取消", "This meeting was called off", field="meeting")
    elif meeting.state == "held" and meeting.held_on < scene.act.happened_on:
        yield refusal("past", "这次会已经开过了", "This meeting has been held already",
                      Say("请列入下一次会；补录的，请填列入议程当时的日期",
                          "Put it on the next one's; for a late entry, give the day on which it was put on the agenda"),
                      "meeting")  # fmt: skip


@check("take_up", "conclude")
def _at_meeting(scene: Scene) -> Iterator[Finding]:
    meeting = _here(scene)
    if meeting is None:
        yield no_such("meeting", "次会议", "meeting")
        return
    if meeting.state == "called_off":
        yield refusal("called_off", "这次会已经取消", "This meeting was called off", field="meeting")
    if _last_tabled(scene) != meeting.pk:
        yield refusal("not_tabled", "这件事没有列入这次会的议程", "The matter is not on this meeting's agenda",
                      Say("请先列入议程", "Put it on the agenda first"), "meeting")  # fmt: skip
    day = meeting.held_on if meeting.state == "held" else _begun(meeting)
    if day in (None, scene.act.happened_on) or _too_late_for(scene, meeting, day):
        return
    on = say_day(day)
    yield refusal("other_day", f"这次会是{on.zh}开的", f"The meeting was on {on.en}", field="happened_on")


def _too_late_for(scene: Scene, meeting: cases.Meeting, day: date) -> bool:
    """Something of the matter was entered with a later day since, and no day goes back: what is owed still is then entered with
    a day of its own. Otherwise a reply given in between would leave the matter at its meeting for good. What is only taken up
    has to be of a meeting that is known to have been held: until then its day is the one on which a matter is taken up."""
    m, owed = scene.matter, scene.act.name == "conclude" or meeting.state == "held"
    return owed and m is not None and m.last_on > day


def _begun(meeting: cases.Meeting) -> date | None:
    """The day on which a meeting began with its first matter: it has no other."""
    begun = "t.meeting_id = %s AND t.taken_up_on IS NOT NULL"
    found = rows.values(cases.Round, ("taken_up_on",), begun, [meeting.pk], order="t.id LIMIT 1")
    return found[0][0] if found else None


def _here(scene: Scene) -> cases.Meeting | None:
    """The meeting that the act names, of this unit."""
    unit = scene.unit.id if scene.unit else None
    found = rows.read(cases.Meeting, "t.id = %s AND t.unit_id = %s", [scene.given.meeting, unit])
    return found[0] if found else None


def _last_tabled(scene: Scene) -> str | None:
    """The meeting on whose agenda the matter stands last."""
    if scene.matter is None:
        return None
    matter = [scene.matter.id]
    found = rows.values(
        cases.Round, ("meeting_id",), "t.matter_id = %s", matter, order="t.number DESC LIMIT 1"
    )
    return found[0][0] if found else None
