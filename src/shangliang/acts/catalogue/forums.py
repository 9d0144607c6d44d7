"""Acts of hearings, coordination and appraisal (三会): one row each, filled step by step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.facts import newest
from shangliang.acts.vocabulary import Data, Day, Line, Name, Note, Paper, Short, Words, act
from shangliang.cases.models import Forum, Party

SUPERVISION = {"supervision_head", "supervision_member"}


class AnnounceHearing(Data):
    topic: Words = Field(title=N_("What the hearing is about"))
    called_for: Day = Field(title=N_("Day of the hearing"))
    place: Short = Field(title=N_("Place"))
    seats: int = Field(10, title=N_("Seats for observers"), ge=0, le=10_000)


@act("announce_hearing", AnnounceHearing, zh="公告听证会", en="Announce a hearing", tells=("clerk",))
def announce_hearing(line: Line) -> None:
    """A hearing is announced: what about, on which day, where, how many may look on. It begins the hearing."""
    d = line.data
    Forum.objects.create(
        id=line.row(), matter_id=line.matter, kind="hearing", topic_id=line.seal("topic"), place=d["place"],
        announced_on=line.happened_on, called_for=line.day("called_for"), seats=d["seats"],
    )  # fmt: skip


class NameDelegates(Data):
    names: Words = Field(title=N_("Who is heard: name and group, one a line"))
    count: int = Field(title=N_("How many"), ge=1, le=10_000)


@act("name_delegates", NameDelegates, zh="确定听证代表", en="Name who is heard")
def name_delegates(line: Line) -> None:
    """Those whom the matter touches name who speaks for them at the hearing. The names are sealed."""
    _latest(line, "hearing").update(delegates=line.data["count"], names_id=line.seal("names"))


class SendPapers(Data):
    papers: Words = Field(title=N_("Which papers"))


@act("send_papers", SendPapers, zh="送达听证材料", en="Send the papers of the hearing")
def send_papers(line: Line) -> None:
    """Everybody who is heard has the papers from this day on."""
    _latest(line, "hearing").update(papers_on=line.happened_on, papers_id=line.seal("papers"))


class HoldHearing(Data):
    present: int = Field(title=N_("How many were heard"), ge=1, le=10_000)
    observers: int = Field(0, title=N_("Observers"), ge=0, le=100_000)
    words: Words = Field(title=N_("What was said, point by point"))


@act("hold_hearing", HoldHearing, zh="登记听证会", en="Enter the hearing")
def hold_hearing(line: Line) -> None:
    """The hearing took place on this day: how many were heard, what they said point by point."""
    d = line.data
    _latest(line, "hearing").update(
        held_on=line.happened_on, present=d["present"], observers=d["observers"], words_id=line.seal("words")
    )


class SignRecord(Data):
    signed: int = Field(title=N_("How many signed"), ge=0, le=10_000)
    paper: Paper = Field(title=N_("Where the signed record lies"))


@act("sign_record", SignRecord, zh="笔录签字", en="Sign the record of the hearing")
def sign_record(line: Line) -> None:
    """The record is read out and signed; where the signed paper lies is written down."""
    _latest(line, "hearing").update(signed=line.data["signed"])


class AnswerHearing(Data):
    answer: Words = Field(title=N_("What was taken up, and why not the rest"))


@act("answer_hearing", AnswerHearing, zh="说明听证意见采纳情况", en="Say what was taken up of the hearing")
def answer_hearing(line: Line) -> None:
    """Those who were heard learn which of their points were taken up, and why the others were not."""
    _answer(line, "hearing")


class CallOffHearing(Data):
    reason: Note = Field(title=N_("Why"))


@act("call_off_hearing", CallOffHearing, zh="取消听证会", en="Call off the hearing")
def call_off_hearing(line: Line) -> None:
    """The hearing does not take place, and why. Another one may be announced."""
    _latest(line, "hearing").update(outcome="called_off", answer_id=line.seal("reason"))


class OpenCoordination(Data):
    class Side(Data):
        name: Name = Field(title=N_("Side and who speaks for it"))

    topic: Words = Field(title=N_("What they differ about"))
    sides: list[Side] = Field(title=N_("Sides"), min_length=2, max_length=50)


@act("open_coordination", OpenCoordination, zh="登记协调双方", en="Begin a coordination")
def open_coordination(line: Line) -> None:
    """The sides of a dispute and who speaks for each are entered; it begins the coordination."""
    for n, _ in enumerate(line.data["sides"], 1):
        Party.objects.create(id=line.row(n), matter_id=line.matter, name_id=line.seal(f"sides.{n - 1}.name"))
    Forum.objects.create(
        id=line.row(), matter_id=line.matter, kind="coordination", topic_id=line.seal("topic"),
        announced_on=line.happened_on, delegates=len(line.data["sides"]),
    )  # fmt: skip


class LookInto(Data):
    papers: Words = Field(title=N_("What was found"))


@act(
    "look_into", LookInto, enters={"department_head", "department_clerk"}, zh="调查", en="Look into a dispute"
)
def look_into(line: Line) -> None:
    """Somebody looked at the dispute on the spot and in the papers; what was found."""
    _latest(line, "coordination").update(papers_on=line.happened_on, papers_id=line.seal("papers"))


class HoldCoordination(Data):
    outcome: Literal["agreed", "again", "differed"] = Field(title=N_("What came of it?"))
    present: int = Field(title=N_("Present"), ge=1, le=10_000)
    place: Short = Field(title=N_("Place"))
    words: Words = Field(title=N_("What was agreed, or where they differ"))


@act("hold_coordination", HoldCoordination, zh="协调会", en="Bring the sides together")
def hold_coordination(line: Line) -> None:
    """The sides met: what they agreed on, or where they still differ. Differences are kept as they are."""
    d = line.data
    _latest(line, "coordination").update(
        held_on=line.happened_on, outcome=d["outcome"], present=d["present"], place=d["place"],
        words_id=line.seal("words"),
    )  # fmt: skip


class LookBack(Data):
    kept: bool = Field(title=N_("Do they keep to it?"))
    answer: Words = Field(title=N_("What was seen"))


@act("look_back", LookBack, enters=SUPERVISION, zh="协调回访", en="Look back at what was agreed")
def look_back(line: Line) -> None:
    """Some time later somebody asks whether the sides keep to what they agreed on."""
    _answer(line, "coordination", signed=int(line.data["kept"]))


class SetAppraisal(Data):
    topic: Words = Field(title=N_("What is appraised, and by which standard"))
    called_for: Day = Field(title=N_("Day of the appraisal"))
    place: Short = Field(title=N_("Place"))


@act("set_appraisal", SetAppraisal, enters=SUPERVISION, zh="确定评议对象和标准", en="Set what is appraised")
def set_appraisal(line: Line) -> None:
    """What is appraised and by which standard, and when people come together for it."""
    d = line.data
    Forum.objects.create(
        id=line.row(), matter_id=line.matter, kind="appraisal", topic_id=line.seal("topic"), place=d["place"],
        called_for=line.day("called_for"),
    )  # fmt: skip


class SkipAppraisal(Data):
    reason: Note | None = Field(None, title=N_("Why there is no appraisal"))


@act("skip_appraisal", SkipAppraisal, enters=SUPERVISION, zh="这次不评议", en="No appraisal this time")
def skip_appraisal(line: Line) -> None:
    """There is no meeting to appraise this work; why not is kept in the file."""
    Forum.objects.create(
        id=line.row(), matter_id=line.matter, kind="appraisal", outcome="skipped", answered_on=line.happened_on,
        answer_id=line.seal("reason"),
    )  # fmt: skip


class CallAppraisal(Data):
    count: int = Field(title=N_("How many were told"), ge=1, le=100_000)


@act("call_appraisal", CallAppraisal, enters=SUPERVISION, zh="通知评议", en="Call people to an appraisal")
def call_appraisal(line: Line) -> None:
    """Those who appraise and the body appraised have been told the day and the place."""
    _latest(line, "appraisal").update(announced_on=line.happened_on, delegates=line.data["count"])


class HoldAppraisal(Data):
    present: int = Field(title=N_("Present"), ge=1, le=100_000)
    satisfied: int = Field(title=N_("Satisfied"), ge=0, le=100_000)
    mostly: int = Field(0, title=N_("Mostly satisfied"), ge=0, le=100_000)
    unsatisfied: int = Field(0, title=N_("Not satisfied"), ge=0, le=100_000)
    words: Words = Field(title=N_("What was said, point by point"))


@act("hold_appraisal", HoldAppraisal, enters=SUPERVISION, zh="登记评议结果", en="Enter the appraisal")
def hold_appraisal(line: Line) -> None:
    """What people think of the work: how many are satisfied, mostly, or not, and what they say."""
    d = line.data
    counts = {k: d[k] for k in ("present", "satisfied", "mostly", "unsatisfied")}
    _latest(line, "appraisal").update(held_on=line.happened_on, words_id=line.seal("words"), **counts)


class ShowAppraisal(Data):
    place: Short = Field(title=N_("Where it was made public"))


@act("show_appraisal", ShowAppraisal, enters=SUPERVISION, zh="评议结果公开", en="Make the appraisal public")
def show_appraisal(line: Line) -> None:
    """The result of the appraisal was made public on this day, on the board or at a meeting."""
    _latest(line, "appraisal").update(shown_on=line.happened_on)


class AnswerAppraisal(Data):
    answer: Words = Field(title=N_("What is being put right"))


@act("answer_appraisal", AnswerAppraisal, enters={"department_head", "department_clerk"}, zh="整改反馈",
     en="Answer the appraisal")  # fmt: skip
def answer_appraisal(line: Line) -> None:
    """Whoever was appraised says what is put right, and by when."""
    _answer(line, "appraisal")


_KINDS = {"hearing": "hearing", "coordinate": "coordination"}


def give_up(line: Line, flows: Iterable[str]) -> None:
    """A hearing or coordination that was begun is left unfinished by another act, which says why."""
    for flow in flows:
        if kind := _KINDS.get(flow):
            _latest(line, kind).update(
                outcome="given_up", answered_on=line.happened_on, answer_id=line.seal(f"reason.{flow}")
            )


def _answer(line: Line, kind: str, **more: Any) -> None:
    _latest(line, kind).update(answered_on=line.happened_on, answer_id=line.seal("answer"), **more)


def _latest(line: Line, kind: str) -> Any:
    """The one that was begun last: earlier ones of the kind are over."""
    last = newest(Forum.objects.filter(matter=line.matter, kind=kind).only("pk"))
    return Forum.objects.filter(pk=last.pk if last else None)
