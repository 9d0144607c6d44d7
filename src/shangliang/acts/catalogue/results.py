"""Acts on what becomes of a consultation: the written opinion, bulletins, decisions received, feedback, publication."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from django.db.models import Max
from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.catalogue.consulting import Number
from shangliang.acts.vocabulary import Data, Day, Id, Line, Note, Short, Words, act
from shangliang.cases.models import Publication, Ruling
from shangliang.cases.models_consulting import Dispatch, Remark, Suggestion, Topic

To = Literal["party", "government", "party_org", "departments", "participants", "room"]
ROOM = {"room_director", "group_convener"}


class CompileOpinion(Data):
    class Item(Data):
        text: Note = Field(title=N_("Suggestion"))
        kind: Literal["consensus", "reserved", "distinct"] = Field("consensus", title=N_("Whose view is it?"))

    suggestions: list[Item] = Field(default_factory=list, title=N_("Suggestions, one by one"), max_length=60)


@act("compile_opinion", CompileOpinion, enters=ROOM, zh="整理书面意见", en="Compile the written opinion")
def compile_opinion(line: Line) -> None:
    """The record becomes a written opinion: suggestions with numbers of their own, those agreed on, reserved differences, and
    distinct views kept apart (W40, W54, W73, X7, X10). Each keeps its number for good."""
    last = Suggestion.objects.filter(matter=line.matter).aggregate(n=Max("number"))["n"] or 0
    Suggestion.objects.bulk_create(
        Suggestion(
            id=line.row(n), matter_id=line.matter, number=last + n + 1, kind=s["kind"],
            text_id=line.seal(f"suggestions.{n}.text"),
        )
        for n, s in enumerate(line.data["suggestions"])
    )  # fmt: skip


class CheckPolicy(Data):
    passed: bool | None = Field(None, title=N_("Does the result agree with policy and law?"))
    note: Note | None = Field(None, title=N_("Remarks"))


@act("check_policy", CheckPolicy, zh="核对政策法规", en="Check against policy and law")
def check_policy(line: Line) -> None:
    """Before a result is published somebody checks that it agrees with policy and law (X18)."""
    _rule(line, "policy", passed=line.data["passed"], note=line.seal("note"))


class PlanNext(Data):
    class Item(Data):
        text: Note = Field(title=N_("Point of difference"))

    differences: list[Item] = Field(default_factory=list, title=N_("What divides the sides?"), max_length=30)
    then: Literal["study", "meet", "reference"] | None = Field(None, title=N_("How does it go on?"))
    plan: Note | None = Field(None, title=N_("What is arranged for the next round?"))


@act(
    "plan_next",
    PlanNext,
    enters=ROOM,
    zh="列明分歧、安排下一轮",
    en="List the differences and plan the next round",
)
def plan_next(line: Line) -> None:
    """After a round without agreement: what divides the sides, point by point, and how it goes on (X60): another study, another
    meeting, or, where agreement is hard to find, a submission for reference (X61)."""
    for n, _ in enumerate(line.data["differences"]):
        Remark.objects.create(
            id=line.row(n), matter_id=line.matter, kind="difference", on=line.happened_on,
            note_id=line.seal(f"differences.{n}.text"),
        )  # fmt: skip
    if plan := line.seal("plan"):
        Remark.objects.create(
            id=line.row(len(line.data["differences"])), matter_id=line.matter, kind="plan", on=line.happened_on, note_id=plan
        )  # fmt: skip


class SendBulletin(Data):
    number: Number = Field("", title=N_("Issue of the bulletin"))
    to: list[To] = Field(default_factory=list, title=N_("To whom is it sent?"), max_length=6)
    departments: str = Field("", title=N_("Which departments?"), max_length=100)


@act("send_bulletin", SendBulletin, enters=ROOM, zh="报送《建言献策》", en="Send the bulletin", corrects={"happened_on": "Dispatch.on"})  # fmt: skip
def send_bulletin(line: Line) -> None:
    """The written opinion goes out as a bulletin 《建言献策》 to the party committee, the sub-district office and the departments
    concerned (W55, W56). It is advice, never an order, and sets nobody a deadline."""
    _post(line, "bulletin")


class SubmitReference(Data):
    number: Number = Field("", title=N_("Number of the submission"))
    to: list[To] = Field(default_factory=list, title=N_("To whom is it submitted?"), max_length=6)
    text: Words | None = Field(None, title=N_("What was tried, what divides, what is suggested"))


@act("submit_reference", SubmitReference, enters=ROOM, zh="提交决策参考", en="Submit for reference")
def submit_reference(line: Line) -> None:
    """What is hard to agree on is submitted to the party committee, government or party organisation of the same level, for
    reference in deciding (X61). Whoever decides is free in deciding."""
    _post(line, "reference", line.seal("text"))


def _post(line: Line, kind: str, text: str | None = None, more: str | None = None) -> None:
    d = line.data
    Dispatch.objects.create(
        id=line.row(), matter_id=line.matter, kind=kind, number=d.get("number", ""), to=",".join(d["to"]),
        on=line.happened_on, text_id=text, more_id=more, approver=d.get("departments", "")[:80],
    )  # fmt: skip


class RegisterDelivery(Data):
    dispatch: Id = Field(title=N_("What was delivered?"))
    by: Short = Field(title=N_("Who signed for it?"))


@act(
    "register_delivery",
    RegisterDelivery,
    aside=True,
    anywhere=True,
    enters=ROOM,
    zh="登记签收",
    en="Register a delivery",
)
def register_delivery(line: Line) -> None:
    """Whoever a bulletin, reference or letter was sent to has signed for it, on this day."""
    Dispatch.objects.filter(pk=line.data["dispatch"]).update(
        received_on=line.happened_on, received_by=line.data["by"]
    )


class RecordDecision(Data):
    decision: Literal["yes", "back", "no"] | None = Field(None, title=N_("What was decided?"))
    on: Day | None = Field(None, title=N_("Day of the decision"))
    upward: bool = Field(False, title=N_("It goes up to be decided there"))
    note: Words | None = Field(None, title=N_("The decision, in short"))
    paper: str = Field("", title=N_("Number or place of the decision"), max_length=120)


@act("record_decision", RecordDecision, zh="登记决策", en="Register a decision")
def record_decision(line: Line) -> None:
    """A decision that party, government, department or carrier made is registered: by whom, on which day, on which paper. A
    CPPCC room registers what it received; it never decides itself (X8, X23)."""
    d = line.data
    _rule(
        line,
        "decision",
        passed=d["decision"] == "yes",
        note=line.seal("note"),
        on=line.day("on"),
        paper=d["paper"],
    )


class FeedBack(Data):
    to: list[To] = Field(["room"], title=N_("Who is told?"), max_length=6)
    decision: Words | None = Field(None, title=N_("What was decided and adopted"))
    execution: Words | None = Field(None, title=N_("How it is being carried out"))
    number: Number = Field("", title=N_("Number of the letter"))


@act("feed_back", FeedBack, zh="反馈决策和执行情况", en="Give feedback")
def feed_back(line: Line) -> None:
    """Those who gave their opinion are told what was decided and how it is carried out (W57, W59, X62): to the room, to those
    who took part."""
    _post(line, "feedback", line.seal("decision"), line.seal("execution"))


class ExemptFeedback(Data):
    ground: Short = Field(title=N_("Ground of secrecy"))
    approver: str = Field("", title=N_("Approved by"), max_length=80)
    approved_on: Day | None = Field(None, title=N_("Approved on"))


@act("exempt_feedback", ExemptFeedback, zh="免于反馈", en="Exempt from feedback")
def exempt_feedback(line: Line) -> None:
    """Feedback is left out because of a rule of secrecy: on which ground, approved by whom, on which day (W58). Without these
    three it stays due."""
    d = line.data
    Dispatch.objects.create(
        id=line.row(), matter_id=line.matter, kind="exemption", on=line.happened_on, ground=d["ground"],
        approver=d["approver"], received_on=line.day("approved_on"),
    )  # fmt: skip


class PublishWithin(Data):
    scope: list[Literal["members", "offices", "villages", "public"]] = Field(
        default_factory=list, title=N_("Made public to whom?"), max_length=4
    )
    text: Words | None = Field(None, title=N_("What is made public"))
    column: bool = Field(False, title=N_("Also in the openness column of party and government affairs"))


@act(
    "publish_within",
    PublishWithin,
    enters={"office_director"},
    zh="在一定范围内公开",
    en="Make public within a scope",
)
def publish_within(line: Line) -> Mapping[str, Any]:
    """Decision and execution are made public within a certain scope (W60, W80): to members, offices, villages and communities,
    or to everybody. What is made public to everybody stands on the public page, where anyone may say what they think
    (W61)."""
    d = line.data
    to = [*d["scope"], *(["column"] if d["column"] else [])]
    Dispatch.objects.create(
        id=line.row(), matter_id=line.matter, kind="within", to=",".join(to), on=line.happened_on,
        text_id=line.seal("text"),
    )  # fmt: skip
    if "public" not in d["scope"]:
        return {}
    Publication.objects.create(
        id=line.row(1), matter_id=line.matter, text_id=line.seal("text"), drafted_on=line.happened_on,
        online_on=line.happened_on, outcome="within",
    )  # fmt: skip
    return {"shown": True}


class FollowUp(Data):
    suggestion: Id = Field(title=N_("Which suggestion?"))
    state: Literal["adopted", "doing", "done", "not_adopted", "not_done"] = Field(
        title=N_("What became of it?")
    )
    owner: str = Field("", title=N_("Who answers for it?"), max_length=80)
    why: Note | None = Field(None, title=N_("If not: why?"))


@act(
    "follow_up",
    FollowUp,
    aside=True,
    anywhere=True,
    enters=ROOM,
    zh="登记采纳落实情况",
    en="Follow a suggestion up",
)
def follow_up(line: Line) -> None:
    """What became of one numbered suggestion: adopted, being carried out, done, or not adopted or not done and why (X62)."""
    d = line.data
    Suggestion.objects.filter(pk=d["suggestion"]).update(
        state=d["state"], owner=d["owner"], state_on=line.happened_on, why_id=line.seal("why")
    )


class Supervise(Data):
    note: Words = Field(title=N_("What was seen"))


@act("supervise", Supervise, aside=True, anywhere=True,
     enters={"supervision_head", "supervision_member", "inspector", "overseer"},
     zh="登记监督意见", en="Enter a supervision note")  # fmt: skip
def supervise(line: Line) -> None:
    """Whoever supervises says what they saw of the consultation or of the use of its results (X63)."""
    Remark.objects.create(
        id=line.row(),
        matter_id=line.matter,
        kind="supervision",
        on=line.happened_on,
        note_id=line.seal("note"),
    )


class Inspect(Data):
    organisation: Words | None = Field(None, title=N_("How it was organised"))
    policy: Words | None = Field(None, title=N_("How policy was carried out"))
    effect: Words | None = Field(None, title=N_("What came of it"))


@act("inspect", Inspect, aside=True, anywhere=True, enters={"inspector"}, zh="督查", en="Inspect")
def inspect(line: Line) -> None:
    """The community-building group picks a matter for inspection (nothing filled in), and later fills in its sheet: 组织推进、
    政策落实、实际成效 (L60, L68). A matter that was picked is not closed without it."""
    heads = [(k, s) for k in ("organisation", "policy", "effect") if (s := line.seal(k))]
    for n, (kind, note) in enumerate(heads):
        Remark.objects.create(
            id=line.row(n), matter_id=line.matter, kind=kind, on=line.happened_on, note_id=note
        )
    done = {"organisation", "policy", "effect"} <= set(
        Remark.objects.filter(matter=line.matter).values_list("kind", flat=True)
    )
    Topic.objects.filter(matter=line.matter).update(inspection="done" if done else "picked")


def _rule(line: Line, kind: str, *, note: str | None, passed: bool | None, on: date | None = None,
          paper: str = "") -> None:  # fmt: skip
    decided = line.who.get("decided") or {}
    Ruling.objects.create(
        id=line.row(), matter_id=line.matter, kind=kind, body=decided.get("body") or decided.get("role") or "",
        unit_id=decided.get("unit") or line.unit, on=on or line.happened_on, passed=passed,
        present=decided.get("present"), paper=paper or decided.get("paper") or "", note_id=note,
    )  # fmt: skip
