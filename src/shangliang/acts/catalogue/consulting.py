"""Acts that prepare a consultation and hold it: the notice, who takes part, the study, what each said, votes by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field, StringConstraints

from shangliang.acts.catalogue.topic import Code
from shangliang.acts.vocabulary import Data, Id, Line, Name, Note, Short, Words, act
from shangliang.cases.models import Ruling
from shangliang.cases.models_consulting import Dispatch, Material, Participant, Speech, Topic, Vote

Number = Annotated[str, StringConstraints(max_length=60)]


class Materials(Data):
    class Item(Data):
        name: Short = Field(title=N_("Paper"))
        pages: int | None = Field(None, title=N_("How many pages"), ge=1, le=10_000)


class IssueNotice(Data):
    number: Number = Field("", title=N_("Number of the notice"))
    focus: Words | None = Field(None, title=N_("What is the consultation to concentrate on?"))
    materials: list[Materials.Item] = Field(
        default_factory=list, title=N_("Papers that come with it"), max_length=50
    )


@act("issue_notice", IssueNotice, enters={"office_director"}, zh="发出通知书", en="Issue the notice of consultation",
     corrects={"happened_on": "Dispatch.on"}, tells=("room_director",))  # fmt: skip
def issue_notice(line: Line) -> None:
    """The office sends the 《重大事项民主协商通知书》 to the liaison room, with the focus and the papers to read (W41 to W43). The
    seven days count from this day; when each participant was told is kept beside it."""
    _send(line, "notice", text=line.seal("focus"), to="room")


def _send(line: Line, kind: str, *, to: str, text: str | None) -> None:
    d = line.data
    Dispatch.objects.create(
        id=line.row(), matter_id=line.matter, kind=kind, number=d.get("number", ""), to=to, on=line.happened_on,
        text_id=text,
    )  # fmt: skip
    Material.objects.bulk_create(
        Material(id=line.row(n), dispatch_id=line.row(), name=m["name"], pages=m.get("pages"))
        for n, m in enumerate(d["materials"], 1)
    )


class ReleaseInformation(Data):
    text: Words | None = Field(None, title=N_("What people should know beforehand"))
    where: Literal["board", "online", "both"] = Field("both", title=N_("Where is it made public?"))
    materials: list[Materials.Item] = Field(
        default_factory=list, title=N_("Papers that come with it"), max_length=50
    )


@act("release_information", ReleaseInformation, zh="事先信息发布", en="Publish information beforehand",
     corrects={"happened_on": "Dispatch.on"})  # fmt: skip
def release_information(line: Line) -> Mapping[str, Any]:
    """The topic and its papers are made public before anything is discussed (L33 事先信息发布制度)."""
    _send(line, "prior", text=line.seal("text"), to=line.data["where"])
    return {"shown": True}


class FixParticipants(Data):
    class One(Data):
        kind: Literal["member", "invited", "leader", "stakeholder", "department", "staff", "expert", "representative",
                      "resident", "third"] = Field("member", title=N_("As what"))  # fmt: skip
        post: Id | None = Field(None, title=N_("Post"))
        name: Name | None = Field(None, title=N_("Name"))
        department: str = Field("", title=N_("Department or unit"), max_length=80)
        side: Literal["", "party", "government", "groups", "people", "society"] = Field("", title=N_("Side"))
        group: Code = Field("", title=N_("For which group"))
        tags: list[Code] = Field(default_factory=list, title=N_("Known as"), max_length=9)
        basis: str = Field("", title=N_("On which commission (third party)"), max_length=120)

    participants: list[One] = Field(title=N_("Who takes part"), min_length=1, max_length=300)


@act("fix_participants", FixParticipants, enters={"room_director", "group_convener"}, zh="确定参加人员",
     en="Fix who takes part")  # fmt: skip
def fix_participants(line: Line) -> None:
    """Those who take part in this matter, one by one: as what, for which side of the five or which group of people, with what
    standing (X32 to X37, L23, L38, W49 to W52). More can be added later; who was asked stays asked."""
    Participant.objects.bulk_create(
        Participant(
            id=line.row(n), matter_id=line.matter, post_id=p.get("post"), name_id=line.seal(f"participants.{n}.name"),
            department=p["department"], kind=p["kind"], side=p["side"], group=p["group"], tags=",".join(p["tags"]),
            basis=p["basis"], fixed_on=line.happened_on,
        )
        for n, p in enumerate(line.data["participants"])
    )  # fmt: skip


class NotifyParticipants(Data):
    participants: list[Id] = Field(
        default_factory=list, title=N_("Who was told? Nobody ticked: all who are left"), max_length=300
    )
    by: Literal["paper", "phone", "wechat", "face"] = Field("phone", title=N_("How"))


@act("notify_participants", NotifyParticipants, enters={"room_director", "group_convener"}, zh="逐一通知参加人员",
     en="Tell those who take part")  # fmt: skip
def notify_participants(line: Line) -> None:
    """Those who take part were told, on this day and in this way: some of them, or all who were not told yet (W44). How many
    days each had for study follows from it (W45)."""
    d = line.data
    asked = Participant.objects.filter(matter=line.matter, notified_on=None)
    if d["participants"]:
        asked = asked.filter(pk__in=d["participants"])
    asked.update(notified_on=line.happened_on, notified_by=d["by"])


class RegisterReceipt(Data):
    participant: Id = Field(title=N_("Whose receipt"))
    reply: Literal["coming", "not_coming", "written"] = Field(title=N_("Answer"))


@act("register_receipt", RegisterReceipt, aside=True, anywhere=True, enters={"room_director", "group_convener"},
     zh="登记回执", en="Register a receipt")  # fmt: skip
def register_receipt(line: Line) -> None:
    """What a participant answered to being told: they come, they do not, or they answer in writing."""
    d = line.data
    Participant.objects.filter(pk=d["participant"]).update(reply=d["reply"], replied_on=line.happened_on)


class SetForm(Data):
    way: Code = Field("", title=N_("In which form?"))
    carrier: Code = Field("", title=N_("Which body carries it?"))
    where: Literal["", "room", "front"] = Field("", title=N_("In the meeting room, or where it happens?"))
    method: str = Field("", title=N_("How were the representatives chosen?"), max_length=120)
    focus: Note | None = Field(None, title=N_("Proposed focus and manner"))


@act("set_form", SetForm, enters={"room_director", "group_convener"}, zh="确定协商形式", en="Choose the form")
def set_form(line: Line) -> None:
    """The form in which the matter is discussed, the body that carries it, and where: in the room or at the front line (W37,
    W47, W77, X40, L44, L45). Forms differ: a written consultation has replies and a last day instead of a session."""
    d = line.data
    found = {k: d[k] for k in ("way", "carrier", "where", "method") if d[k]}
    Topic.objects.update_or_create(
        matter_id=line.matter, defaults=found | ({"focus_id": s} if (s := line.seal("focus")) else {})
    )


class ReportStudy(Data):
    note: Words | None = Field(None, title=N_("What was found"))
    plan: Words | None = Field(None, title=N_("Plan for the consultation"))


@act("report_study", ReportStudy, enters={"cppcc_member", "invited_member", "room_director", "group_convener"},
     zh="提交调研意见", en="Hand in a study", body="cppcc")  # fmt: skip
def report_study(line: Line) -> None:
    """What members found when they looked into the topic (专题调研, X49, W45), and how the consultation is to go. Where no study
    is made, the reason is written."""
    for n, (kind, field) in enumerate((("field_study", "note"), ("plan", "plan"))):
        if note := line.seal(field):
            decided = line.who.get("decided") or {}
            Ruling.objects.create(
                id=line.row(n), matter_id=line.matter, kind=kind, body=decided.get("body") or "cppcc",
                unit_id=decided.get("unit") or line.unit, on=line.happened_on, note_id=note,
                paper=decided.get("paper") or "",
            )  # fmt: skip


class EnterStatement(Data):
    participant: Id = Field(title=N_("Who"))
    words: Words | None = Field(None, title=N_("What they said"))
    silent: bool = Field(False, title=N_("No comment"))
    written: bool = Field(False, title=N_("In writing"))


@act(
    "enter_statement",
    EnterStatement,
    enters={"room_director", "group_convener"},
    zh="登记发言",
    en="Enter a statement",
)
def enter_statement(line: Line) -> None:
    """What one participant said or wrote, in their own words, or that they have no comment (W38, W73). The written opinions of
    a written consultation are entered the same way; the paper originals stay."""
    d = line.data
    Speech.objects.create(
        id=line.row(), participant_id=d["participant"], on=line.happened_on, words_id=line.seal("words"),
        silent=d["silent"], written=d["written"],
    )  # fmt: skip


class RecordVote(Data):
    mode: Literal["hands", "ballot", "appraisal"] = Field("hands", title=N_("How was it voted?"))
    question: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(title=N_("On what?"))
    electorate: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(
        title=N_("Who may vote? (declared before)")
    )
    entitled: int = Field(title=N_("Entitled"), ge=1, le=100_000)
    present: int = Field(title=N_("Present"), ge=0, le=100_000)
    quorum: Literal["none", "half", "two_thirds"] = Field(
        "half", title=N_("How many have to be there? (declared before)")
    )
    threshold: Literal["half_present", "two_thirds_present", "half_entitled", "two_thirds_entitled"] = Field(
        "half_present", title=N_("How many have to be in favour? (declared before)")
    )
    votes_for: int = Field(title=N_("For"), ge=0, le=100_000)
    against: int = Field(0, title=N_("Against"), ge=0, le=100_000)
    abstained: int = Field(0, title=N_("Abstained"), ge=0, le=100_000)
    voters: list[Id] = Field(
        default_factory=list, title=N_("Who took part (never for a secret ballot)"), max_length=300
    )
    teller: Name | None = Field(None, title=N_("First teller"))
    second: Name | None = Field(None, title=N_("Second teller"))


@act(
    "record_vote", RecordVote, enters={"room_director", "group_convener"}, zh="登记表决", en="Register a vote"
)
def record_vote(line: Line) -> None:
    """A vote at a consultation (W39): by show of hands, by ballot on paper, or as an appraisal. Electorate, quorum and threshold
    are declared before. Of a ballot only the totals that two tellers counted are kept, with the tellers' names; nobody's
    choice is. The result advises; it is no resolution."""
    d = line.data
    Vote.objects.create(
        id=line.row(), matter_id=line.matter, **{k: d[k] for k in (
            "mode", "question", "electorate", "entitled", "present", "quorum", "threshold", "votes_for", "against",
            "abstained")},
        quorate=quorate(d), passed=quorate(d) and carried(d), teller_id=line.seal("teller"),
        second_id=line.seal("second"), on=line.happened_on,
    )  # fmt: skip


def quorate(d: Mapping[str, Any]) -> bool:
    """Whether as many were there as was declared: more than half, or at least two thirds, of those entitled."""
    if d["quorum"] == "none":
        return True
    present, entitled = int(d["present"]), int(d["entitled"])
    return present * 3 >= entitled * 2 if d["quorum"] == "two_thirds" else present * 2 > entitled


def carried(d: Mapping[str, Any]) -> bool:
    """Whether as many were in favour as was declared: more than half, or at least two thirds, of those present or
    entitled."""
    share, _, of = str(d["threshold"]).rpartition("_")
    total, votes = int(d["present" if of == "present" else "entitled"]), int(d["votes_for"])
    return votes * 3 >= total * 2 if share == "two_thirds" else votes * 2 > total
