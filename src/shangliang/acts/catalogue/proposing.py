"""Acts from asking around to a proposal that a meeting can decide: 一征, 提议, 商议, 审议; and what the work came to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.facts import newest
from shangliang.acts.vocabulary import Data, Day, Line, Note, Paper, Short, Words, act
from shangliang.cases.models import Collecting, Effect, Heard, Ruling
from shangliang.cases.models_consulting import Topic

Method = Literal["visit", "talk", "survey", "code", "proxy"]
Group = Literal[
    "party_members", "residents", "representatives", "party_units", "owners", "property", "shops", "others"
]


class Admit(Data):
    in_scope: bool = Field(title=N_("Must it be decided in this way?"))
    category: str = Field("", title=N_("Which kind of matter is it?"), max_length=24)
    touches: list[str] | None = Field(None, title=N_("Does the law name who must decide it?"), max_length=12)
    department: str = Field("", title=N_("Which department is concerned?"), max_length=80)
    amount: int | None = Field(None, title=N_("Amount of money (yuan)"), ge=0, le=10**14)
    urgent: bool = Field(False, title=N_("Urgent"))


@act("admit", Admit, zh="判断是否属于决策范围", en="See whether it is in scope",
     corrects={"department": "Matter.department", "amount": "Topic.amount"})  # fmt: skip
def admit(line: Line) -> Mapping[str, Any]:
    """Whether the matter is one that must be decided by this method (Z33, Z40), of which kind, and what the law has to say
    about who decides. What is not in scope is answered with where to go."""
    d = line.data
    touches = d.get("touches") or []
    Topic.objects.update_or_create(
        matter_id=line.matter, defaults={"category": d["category"], "amount": d.get("amount")}
    )
    return {
        "answered": "scope", "touches": ",".join(touches), "needs_meeting": bool(set(touches) - {"resident_units"}),
        "department": d["department"], "urgent": d["urgent"], "shown": line.flow["outcome"] == "in_scope",
    }  # fmt: skip


class OpenCollecting(Data):
    topic: Words = Field(title=N_("What people are asked"))
    methods: list[Method] = Field(title=N_("How they are asked"), min_length=1, max_length=5)


@act(
    "open_collecting",
    OpenCollecting,
    zh="发起征求意见",
    en="Ask for opinions",
    body="party",
    tells=("liaison",),
)
def open_collecting(line: Line) -> None:
    """The party organisation asks around before there is a plan (一征, Z33): about what, and in which ways."""
    Collecting.objects.create(
        id=line.row(), matter_id=line.matter, opened_on=line.happened_on, topic_id=line.seal("topic"),
        methods=",".join(line.data["methods"]),
    )  # fmt: skip


class EnterHeard(Data):
    group: Group = Field(title=N_("Which group spoke"))
    method: Method = Field(title=N_("How they were asked"))
    count: int = Field(title=N_("How many spoke"), ge=1, le=1_000_000)
    words: Words = Field(title=N_("What they said"))


@act(
    "enter_heard",
    EnterHeard,
    enters={"cppcc_member", "grid_worker"},
    zh="登记征求到的意见",
    en="Enter what was heard",
)
def enter_heard(line: Line) -> None:
    """What one group of people said when it was asked, and how many spoke. Nobody is named."""
    d = line.data
    last = _collecting(line)
    Heard.objects.create(
        id=line.row(), collecting_id=last.pk if last else "", group=d["group"], method=d["method"], count=d["count"],
        words_id=line.seal("words"), on=line.happened_on,
    )  # fmt: skip


class CloseCollecting(Data):
    summary: Words = Field(title=N_("What people want, summed up"))
    party_study_on: Day | None = Field(None, title=N_("Studied by the party organisation on"))
    paper: str = Field("", title=N_("Minutes of that study"), max_length=120)


@act("close_collecting", CloseCollecting, zh="汇总意见", en="Sum up the opinions", body="party")
def close_collecting(line: Line) -> None:
    """Asking around ends; what people want is summed up, and the party organisation has studied it on a day that is
    written."""
    last = _collecting(line)
    Collecting.objects.filter(pk=last.pk if last else None).update(
        closed_on=line.happened_on, summary_id=line.seal("summary")
    )
    if studied := line.day("party_study_on"):
        _rule(line, "party_study", on=studied, paper=line.data["paper"], passed=True)


class ProposePlan(Data):
    result: Literal["agreed", "back"] = Field("agreed", title=N_("What came of it?"))
    plan: Words | None = Field(None, title=N_("The plan"))
    cited: int | None = Field(None, title=N_("How many opinions it took up"), ge=0, le=1_000_000)
    left_out: Note | None = Field(None, title=N_("Which were not taken up, and why"))
    form: str = Field("", title=N_("Number of the proposal form"), max_length=60)
    present: int | None = Field(None, title=N_("Present"), ge=1, le=10_000)
    votes_for: int | None = Field(None, title=N_("For"), ge=0, le=10_000)
    party_study_on: Day | None = Field(None, title=N_("Studied by the party organisation on"))
    merged: bool = Field(False, title=N_("Proposed and discussed at one meeting"))


@act("propose_plan", ProposePlan, zh="提议", en="Propose a plan", body="two_committees", tells=("clerk",))
def propose_plan(line: Line) -> None:
    """The registered conclusion of the meeting that proposes (Z34): the plan, how many of the opinions it took up, and why
    not the others; or back to asking."""
    d = line.data
    _rule(
        line, "proposal", passed=d["result"] == "agreed", present=d.get("present"), votes_for=d.get("votes_for"),
        note=line.seal("plan"), paper=d["form"],
    )  # fmt: skip
    if d["merged"]:
        _rule(line, "discussion", passed=d["result"] == "agreed", present=d.get("present"), n=1)
    if studied := line.day("party_study_on"):
        _rule(line, "party_study", on=studied, passed=True, n=2)


class DiscussProposal(Data):
    result: Literal["agreed", "back"] = Field(title=N_("What came of it?"))
    note: Words = Field(title=N_("What was said"))
    present: int | None = Field(None, title=N_("Present"), ge=1, le=10_000)
    vote: Literal["", "voice", "hands", "ballot"] = Field("", title=N_("How they voted"))
    votes_for: int | None = Field(None, title=N_("For"), ge=0, le=10_000)


@act("discuss_proposal", DiscussProposal, zh="“两委”商议", en="Discuss the proposal", body="two_committees")
def discuss_proposal(line: Line) -> None:
    """The registered conclusion of the two committees' meeting on a proposal: agreed, or back to whoever proposed."""
    d = line.data
    _rule(line, "discussion", passed=d["result"] == "agreed", present=d.get("present"), votes_for=d.get("votes_for"),
          note=line.seal("note"))  # fmt: skip


class ReviewProposal(Data):
    result: Literal["agreed", "back"] = Field(title=N_("What came of it?"))
    note: Words = Field(title=N_("What was said"))
    total: int | None = Field(None, title=N_("Entitled"), ge=1, le=1_000_000)
    present: int | None = Field(None, title=N_("Present"), ge=0, le=1_000_000)
    votes_for: int | None = Field(None, title=N_("For"), ge=0, le=1_000_000)


@act("review_proposal", ReviewProposal, zh="党员大会审议", en="Review the proposal", body="party_members")
def review_proposal(line: Line) -> None:
    """The registered conclusion of the party members' meeting on a proposal: how many belong to it, came and were in
    favour."""
    d = line.data
    _rule(line, "review", passed=d["result"] == "agreed", total=d.get("total"), present=d.get("present"),
          votes_for=d.get("votes_for"), note=line.seal("note"))  # fmt: skip


class StopMatter(Data):
    reason: Words = Field(title=N_("Why it goes no further"))
    paper: Paper = Field(title=N_("Paper it stands on"))


@act("stop_matter", StopMatter, zh="终止", en="Stop the matter", body="party")
def stop_matter(line: Line) -> None:
    """The matter goes no further, and why. Everybody who raised it is answered before it ends."""
    _rule(line, "stop", passed=False, note=line.seal("reason"), paper=line.data["paper"])


class RecordEffects(Data):
    class Item(Data):
        what: Short = Field(title=N_("What was done"))
        hundredths: int = Field(title=N_("How much, in hundredths of the unit"), ge=0, le=10**14)
        unit: str = Field(title=N_("Unit"), min_length=1, max_length=12)

    amount: int | None = Field(None, title=N_("Amount of money (yuan)"), ge=0, le=10**14)
    effects: list[Item] = Field(default_factory=list, title=N_("What came of the work"), max_length=50)
    note: Note | None = Field(None, title=N_("Where there is nothing to count: what was done"))


@act("record_effects", RecordEffects, zh="登记实施结果", en="Enter what came of the work")
def record_effects(line: Line) -> None:
    """What the work came to: money, square metres, metres, pieces (Z53, Z56). Quantities are whole hundredths of their unit,
    so that sums come out exactly."""
    d = line.data
    found = [(e["what"], e["hundredths"], e["unit"]) for e in d["effects"]]
    if d.get("amount") is not None:
        found.append(("", d["amount"] * 100, "元"))
    for n, (what, hundredths, unit) in enumerate(found):
        Effect.objects.create(id=line.row(n), matter_id=line.matter, what=what, hundredths=hundredths, unit=unit,
                              on=line.happened_on)  # fmt: skip


class RegisterClearance(Data):
    by: Literal["township", "county"] = Field(title=N_("Who approved it"))
    office: Short = Field(title=N_("Name of the authority"))
    approved: bool = Field(title=N_("Is it approved?"))
    paper: Paper = Field(title=N_("Number of the approval"))


@act(
    "register_clearance",
    RegisterClearance,
    anywhere=True,
    zh="登记报批结果",
    en="Register an approval from above",
)
def register_clearance(line: Line) -> None:
    """What the law puts under the approval of the township or the county (adjusting plots, leasing land to outsiders) was
    put to it, and what came back on which paper."""
    d = line.data
    Ruling.objects.create(
        id=line.row(), matter_id=line.matter, kind="clearance", body=d["by"], unit_id=line.unit, on=line.happened_on,
        passed=d["approved"], paper=f"{d['office']} {d['paper']}"[:120],
    )  # fmt: skip


def _collecting(line: Line) -> Any:
    return newest(Collecting.objects.filter(matter=line.matter).only("pk"))


def _rule(line: Line, kind: str, *, n: int = 0, on: date | None = None, note: str | None = None, paper: str = "",
          **numbers: Any) -> None:  # fmt: skip
    decided = line.who.get("decided") or {}
    Ruling.objects.create(
        id=line.row(n), matter_id=line.matter, kind=kind, body=decided.get("body", ""),
        unit_id=decided.get("unit") or line.unit, on=on or line.happened_on, note_id=note,
        paper=paper or decided.get("paper") or "", **numbers,
    )  # fmt: skip
