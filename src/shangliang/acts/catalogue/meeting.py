"""Acts about meetings, and about a matter at a meeting."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rows
from shangliang.acts.vocabulary import Data, Day, Id, Line, Name, Note, Short, Words, act
from shangliang.cases.models import Invitation, Meeting, Party, Round
from shangliang.cases.models_consulting import Participant


class Convene(Data):
    class Guest(Data):
        kind: Literal["member", "party", "department", "expert", "unit", "stakeholder", "resident"] = Field(
            title=N_("As what")
        )
        post: Id | None = Field(None, title=N_("Post"))
        party: Id | None = Field(None, title=N_("Side"))
        department: str = Field("", title=N_("Department or unit"), max_length=80)
        name: Name | None = Field(None, title=N_("Name"))
        participant: Id | None = Field(None, title=N_("Chosen to take part in a matter"))
        letter: str = Field("", title=N_("Number of the letter"), max_length=40)

    form: Literal[
        "meeting", "yard", "written", "online", "special", "pointed", "talk", "square", "smart", "supervision", "civic",
        "hearing", "survey", "front",
    ] = Field("meeting", title=N_("Form"))  # fmt: skip
    held_on: Day = Field(title=N_("Day of the meeting"))
    time: str = Field("", title=N_("Time"), pattern=r"^([01]\d:[0-5]\d|2[0-3]:[0-5]\d)?$")
    place: Short = Field(title=N_("Place"))
    convener: Id | None = Field(None, title=N_("Convener (post)"))
    recorder: Id | None = Field(None, title=N_("Recorder (post)"))
    guests: list[Guest] = Field(default_factory=list, title=N_("Invited"), max_length=500)
    urgent: bool = Field(False, title=N_("Urgent"))


@act("convene", Convene, subject="meeting", opens=True, anywhere=True, zh="约人开会", en="Call a meeting",
     corrects={"place": "Meeting.place", "time": "Meeting.time"})  # fmt: skip
def convene(line: Line) -> None:
    """A meeting is called: day, place, form, convener, recorder, and everybody asked. Departments are asked by letter
    (商请函), never ordered. Who was named or drawn for a matter is asked as that participant; the name stays where it was
    sealed. Notice, sign-in sheet and minutes come out of this; nothing of it is typed again."""
    d = line.data
    rows.insert(
        Meeting, id=line.id, unit_id=line.unit, form=d["form"], place=d["place"], held_on=line.day("held_on"), time=d["time"],
        convener_id=d.get("convener"), recorder_id=d.get("recorder"), called_on=line.happened_on, urgent=d["urgent"],
    )  # fmt: skip
    names = _sealed_names([g["participant"] for g in d["guests"] if g.get("participant")])
    rows.insert_many(Invitation, (
        {"id": line.row(n), "meeting_id": line.id, "kind": g["kind"], "post_id": g.get("post"), "party_id": g.get("party"),
         "department": g["department"], "name_id": line.seal(f"guests.{n}.name") or names.get(g.get("participant")),
         "letter": g["letter"]}
        for n, g in enumerate(d["guests"])
    ))  # fmt: skip


def _sealed_names(participants: list[str]) -> dict[str | None, str]:
    """Participant → where their name is sealed."""
    if not participants:
        return {}
    found = Participant.objects.filter(pk__in=participants).exclude(name=None)
    return dict(found.values_list("pk", "name_id"))


class GiveNotice(Data):
    by: Literal["paper", "phone", "wechat", "loudspeaker", "all"] = Field("all", title=N_("How"))


@act("give_notice", GiveNotice, subject="meeting", anywhere=True, zh="发出通知", en="Give notice")
def give_notice(line: Line) -> None:
    """Everybody invited has been told, on this day, in this way: one entry for all."""
    rows.change(Meeting, _meeting(line), notice_on=line.happened_on, notice_by=line.data["by"])


class RegisterReply(Data):
    invitation: Id = Field(title=N_("Invitation"))
    reply: Literal["coming", "not_coming", "written"] = Field(title=N_("Answer"))
    note: Note | None = Field(None, title=N_("What they wrote"))


@act("register_reply", RegisterReply, subject="meeting", anywhere=True, enters={"department_clerk", "department_head"},
     zh="登记回函", en="Register a reply")  # fmt: skip
def register_reply(line: Line) -> None:
    """A department's answer to the letter of invitation, by paper, telephone or its own account."""
    d = line.data
    rows.change(
        Invitation,
        d["invitation"],
        reply=d["reply"],
        replied_on=line.happened_on,
        reply_note_id=line.seal("note"),
    )


class HoldMeeting(Data):
    absent: list[Id] = Field(default_factory=list, title=N_("Who was missing?"), max_length=500)
    others: int = Field(0, title=N_("Others present"), ge=0, le=10_000)
    summary: Words | None = Field(None, title=N_("Summary"))
    held: bool = Field(True, title=N_("It took place"))


@act("hold_meeting", HoldMeeting, subject="meeting", anywhere=True, zh="登记开会", en="Register that it took place",
     corrects={"others": "Meeting.present"})  # fmt: skip
def hold_meeting(line: Line) -> None:
    """The meeting took place on this day. Everybody invited is present unless named as missing; the sign-in sheet is one list
    in one act."""
    d = line.data
    invited = Invitation.objects.filter(meeting=_meeting(line))
    came = invited.exclude(pk__in=d["absent"]).update(present=True)
    if d["absent"]:
        invited.filter(pk__in=d["absent"]).update(present=False)
    present = came + d["others"]
    rows.change(
        Meeting, _meeting(line), state="held", held_on=line.happened_on, present=present, summary_id=line.seal("summary"),
        recorded_on=line.entered_on,
    )  # fmt: skip


class CallOff(Data):
    reason: Note = Field(title=N_("Why"))


@act("call_off", CallOff, subject="meeting", anywhere=True, zh="取消会议", en="Call off the meeting")
def call_off(line: Line) -> None:
    """The meeting does not take place. Matters on its agenda wait for the next."""
    Meeting.objects.filter(pk=_meeting(line)).update(state="called_off")


class Table(Data):
    meeting: Id = Field(title=N_("Meeting"))


@act("table", Table, zh="列入议程", en="Put on the agenda")
def table(line: Line) -> None:
    """The matter is put on the agenda of a called meeting. The meeting may handle several matters, and goes ahead although
    one of them is refused."""
    _, last = _last_round(line)
    rows.insert(
        Round, id=line.row(), matter_id=line.matter, meeting_id=line.data["meeting"], number=last + 1,
        tabled_on=line.happened_on, during="round" in line.flow.get("position", {}).get("stages", {}),
    )  # fmt: skip


class TakeUp(Data):
    meeting: Id = Field(title=N_("Meeting"))


@act("take_up", TakeUp, zh="开始协商", en="Take up the matter")
def take_up(line: Line) -> None:
    """The meeting turns to this matter. The gates on deliberating look here: approved, convened by whom the rule names, all
    sides visited where the dispute is large."""
    rows.change(Round, _last_round(line)[0], taken_up_on=line.happened_on, meeting_id=line.data["meeting"])


class Conclude(Data):
    meeting: Id = Field(title=N_("Meeting"))
    outcome: Literal["consensus", "again", "divided", "escalate"] = Field(title=N_("What came of it?"))
    speech: Words | None = Field(None, title=N_("What was said, point by point"))
    agreed: Words | None = Field(None, title=N_("What all agree on"))
    reserved: Words | None = Field(None, title=N_("What some see differently"))


@act("conclude", Conclude, zh="协商结果", en="Conclude the deliberation", tells=("clerk",))
def conclude(line: Line) -> None:
    """What came of this round: consensus, to be discussed again, too divided, or to be sent up. Agreed points and reserved
    differences are kept apart. Consensus is not a resolution: a statutory matter goes on to the meeting the law names.
    After a divided result every side is visited again: the talks before it count no more."""
    rows.change(
        Round, _last_round(line)[0], outcome=line.data["outcome"], concluded_on=line.happened_on, speech_id=line.seal("speech"),
        agreed_id=line.seal("agreed"), reserved_id=line.seal("reserved"),
    )  # fmt: skip
    if line.data["outcome"] == "divided":  # back to the doors: what was agreed there before counts no more
        Party.objects.filter(matter=line.matter, visited_on__isnull=False).update(lapsed=True)


def _meeting(line: Line) -> str:
    return line.subject.partition(":")[2]


def _last_round(line: Line) -> tuple[str, int]:
    """(id, number) of the matter's latest round; ("", 0) before its first."""
    found = rows.values(
        Round, ("id", "number"), "t.matter_id = %s", [line.matter], order="t.number DESC LIMIT 1"
    )
    return found[0] if found else ("", 0)
