"""Whether what a consultation's acts name is there: list entries, participants, dispatches, suggestions, surveys, bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shangliang.acts import rulebooks
from shangliang.acts.catalogue.topic import PERSONNEL
from shangliang.acts.checks.registry import check
from shangliang.acts.facts import gather
from shangliang.acts.facts_consulting import site_facts
from shangliang.acts.refusals import before, ended, no_such, refusal
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import (
    Body,
    Dispatch,
    Participant,
    Seat,
    Selection,
    Suggestion,
    Survey,
    SurveyQuestion,
)
from shangliang.people.models import Post
from shangliang.procedure import findings
from shangliang.procedure.facts_consulting import PilotFacts
from shangliang.procedure.judge import Finding, ask
from shangliang.procedure.law import law_on, subjects_on
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import Say
from shangliang.procedure.vocabulary import HELD
from shangliang.units.models import Unit

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene

_LISTS = {
    "category": "category", "item": "item", "scope": "scope", "subject": "subject", "reach": "reach",
    "complexity": "complexity", "affected": "group", "way": "form", "carrier": "carrier", "funds": "funds",
}  # fmt: skip


def _procedure(scene: Scene) -> Procedure:
    if scene.matter is not None:
        return rulebooks.pinned(scene.matter.procedure, scene.matter.version)
    assert scene.unit is not None
    return rulebooks.of_unit(scene.unit)


def _listed(scene: Scene, *fields: str) -> Iterator[Finding]:
    """Every chosen id stands in the procedure's own list."""
    lists = _procedure(scene).lists
    for field in fields:
        given = getattr(scene.given, field)
        chosen: Iterable[Any] = given if isinstance(given, list) else [given]
        known = {i.id for i in lists.get(_LISTS[field], ())}
        if any(c and c not in known for c in chosen):
            yield no_such(field, "个选项", "choice in this procedure's list")


@check("propose")
def _propose(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    yield from _listed(scene, "category", "item", "funds")
    if d.item in PERSONNEL:
        if d.title or d.explanation or d.proposer or d.amount is not None:
            yield refusal(
                "personnel", "重要人事只登记编号和日期，材料另存",
                "Of personnel matters only number and date are entered; the papers are kept elsewhere",
                Say("请清空名称、说明和单位，只填编号", "Empty the name, the explanation and the unit; give the number only"),
                "title",
            )  # fmt: skip
        if not d.ref:
            yield refusal("ref_needed", "请填材料编号", "Give the number of the paper", field="ref")
    elif not d.title:
        yield refusal("title_needed", "请填事项名称", "Give the matter a name", field="title")
    if scene.unit is not None and scene.unit.level not in _procedure(scene).levels:
        yield refusal("other_level", f"{scene.unit.name}不按这个规程议事",
                      f"{scene.unit.name} deliberates nothing under this procedure", field="unit")  # fmt: skip


@check("set_topic")
def _set_topic(scene: Scene) -> Iterator[Finding]:
    yield from _listed(scene, "category", "item", "scope", "subject", "reach", "complexity", "affected")
    kind = scene.unit.kind if scene.unit else ""
    known = {s.id for s in subjects_on(law_on(scene.act.happened_on, kind))}
    if any(t not in known for t in scene.given.touches):
        yield refusal("no_such", "当时的法律没有规定由会议决定这类事项", "The law of the day gives this to no meeting here",
                      field="touches")  # fmt: skip
    if scene.matter is not None and scene.matter.title_id is None and not scene.given.title:
        yield refusal("title_needed", "请填议题名称", "Give the topic a name", field="title")


@check("set_form")
def _set_form(scene: Scene) -> Iterator[Finding]:
    yield from _listed(scene, "way", "carrier")


@check("fix_participants")
def _fix(scene: Scene) -> Iterator[Finding]:
    people = scene.given.participants
    ids = {p.post for p in people if p.post}
    if ids and Post.objects.filter(pk__in=ids).count() != len(ids):
        yield no_such("participants", "个职务", "post")
    if any(not (p.post or p.name or p.department) for p in people):
        yield refusal("nobody", "有一行没有写是谁", "A line names nobody", field="participants")
    groups = {i.id for i in _procedure(scene).lists.get("group", ())}
    if any(p.group and p.group not in groups for p in people):
        yield no_such("participants", "个群体", "group in this procedure's list")


def _mine(scene: Scene, ids: Iterable[str]) -> bool:
    wanted = set(ids)
    return Participant.objects.filter(pk__in=wanted, matter=scene.matter).count() == len(wanted)


@check("notify_participants")
def _notify(scene: Scene) -> Iterator[Finding]:
    if not _mine(scene, scene.given.participants):
        yield no_such("participants", "位参加人员", "participant")


@check("register_receipt", "enter_statement")
def _participant(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if not _mine(scene, [d.participant]):
        yield no_such("participant", "位参加人员", "participant")
    if scene.act.name == "enter_statement" and bool(d.words) == d.silent:
        yield refusal(
            "words_or_none",
            "写下发言，或者选“无意见”",
            "Write what was said, or choose no comment",
            field="words",
        )


@check("record_vote")
def _vote(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if d.present > d.entitled:
        yield refusal(
            "too_many", "到会的比有权表决的还多", "More were present than may vote", field="present"
        )
    if d.votes_for + d.against + d.abstained > d.present:
        yield refusal(
            "too_many", "票数比到会的人还多", "There are more votes than people present", field="votes_for"
        )
    if d.mode != "hands" and not (d.teller and d.second and d.teller != d.second):
        yield refusal(
            "two_tellers",
            "票决要有两名计票人署名",
            "A count on paper needs the names of two tellers",
            field="teller",
        )
    if not _mine(scene, d.voters):
        yield no_such("voters", "位参加人员", "participant")


@check("register_delivery")
def _delivery(scene: Scene) -> Iterator[Finding]:
    if not Dispatch.objects.filter(pk=scene.given.dispatch, matter=scene.matter).exists():
        yield no_such("dispatch", "份发文", "dispatch")


@check("follow_up")
def _follow_up(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if not Suggestion.objects.filter(pk=d.suggestion, matter=scene.matter).exists():
        yield no_such("suggestion", "条建议", "suggestion")
    if d.state in ("not_adopted", "not_done") and not d.why:
        yield refusal(
            "why_needed",
            "不采纳、没落实的，要写明理由",
            "What is not adopted or not done needs its reason",
            field="why",
        )


@check("link_matter")
def _link(scene: Scene) -> Iterator[Finding]:
    other = scene.given.other
    if not Matter.objects.filter(pk=other).exclude(pk=scene.matter.pk if scene.matter else "").exists():
        yield no_such("other", "个编号的事项", "other matter")


def _survey(scene: Scene, survey: Survey | None) -> Iterator[Finding]:
    if survey is None:
        yield no_such("survey", "项调查", "survey")
    elif survey.closed_on is not None:
        yield refusal("closed", "调查已经截止", "The survey is closed")
    elif scene.act.happened_on < survey.opened_on:
        yield before(survey.opened_on, "发起调查", "The survey was opened")


@check("open_survey")
def _open_survey(scene: Scene) -> Iterator[Finding]:
    m = scene.matter
    if m is not None and (m.ended or m.merged_into_id):
        yield ended("，不能再调查", ": nobody is asked about it any more")


@check("close_survey")
def _close_survey(scene: Scene) -> Iterator[Finding]:
    yield from _survey(scene, Survey.objects.filter(pk=scene.given.survey, matter=scene.matter).first())


@check("enter_paper_totals")
def _paper_totals(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    question = (
        SurveyQuestion.objects.select_related("survey").filter(pk=d.question, survey__matter=scene.matter).first()
    )  # fmt: skip
    if question is None:
        yield no_such("question", "道题", "question")
        return
    yield from _survey(scene, question.survey)
    if len(d.counts) != len(question.options.split("\n")):
        yield refusal(
            "other_count", "选项个数对不上", "Not as many numbers as answers to choose from", field="counts"
        )
    if d.teller == d.second:
        yield refusal("two_tellers", "计票人要是两个人", "Two people count", field="second")


@check("seat_member", "record_selection")
def _body(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    body = Body.objects.filter(pk=d.body, unit=scene.unit).first()
    if body is None:
        yield no_such("body", "个机构", "body")
        return
    if scene.act.name == "record_selection":
        if d.chosen > d.pool:
            yield refusal(
                "too_many", "选出的比参选的还多", "More were chosen than there were", field="chosen"
            )
        return
    if d.post and not Post.objects.filter(pk=d.post).exists():
        yield no_such("post", "个职务", "post")
    if bool(d.post) == bool(d.name):
        yield refusal(
            "post_or_name",
            "填职务或姓名，二者填一",
            "Give the post or the name, one of the two",
            field="post",
        )
    if d.places and Unit.objects.filter(pk__in=d.places).count() != len(set(d.places)):
        yield no_such("places", "个单位", "unit")
    if d.selection and not Selection.objects.filter(pk=d.selection, body=body).exists():
        yield no_such("selection", "次代表产生", "selection")
    if d.position == "director" and body.kind == "office" and not _is_member(d.post):
        yield refusal(
            "not_member", "办公室主任由一名政协委员担任", "The director of the office is a CPPCC member",
            Say("请选名册里的委员", "Choose a member from the roster"), "post",
        )  # fmt: skip


def _is_member(post: str | None) -> bool:
    """Whether whoever holds a post is a CPPCC member (W65)."""
    person = Post.objects.filter(pk=post).values_list("person_id", flat=True).first()
    return Post.objects.filter(person_id=person, role="cppcc_member", until=None).exists()


@check("leave_seat")
def _leave(scene: Scene) -> Iterator[Finding]:
    if not Seat.objects.filter(pk=scene.given.seat, body__unit=scene.unit, left_on=None).exists():
        yield no_such("seat", "个席位", "seat")


@check("note_visit")
def _visit(scene: Scene) -> Iterator[Finding]:
    seat = scene.given.seat
    if seat and not Seat.objects.filter(pk=seat).exists():
        yield no_such("seat", "位委员", "member")


@check("name_pilots")
def _pilots(scene: Scene) -> Iterator[Finding]:
    unit = scene.unit
    assert unit is not None
    named = scene.given.pilots
    ids = {p.unit for p in named}
    below = Unit.objects.filter(pk__in=ids, path__startswith=unit.path).exclude(pk=unit.pk).count()
    if below != len(ids) or len(ids) != len(named):
        yield no_such("pilots", "个下级单位", "unit below")
    facts = gather(None, unit, scene.act.happened_on, None, frozenset())
    pilots = tuple(PilotFacts(p.unit, p.seat) for p in named)
    facts = replace(facts, site=replace(site_facts(unit, scene.act.happened_on), pilots=pilots))
    for gate in _procedure(scene).site:
        if gate.on == "name_pilots" and (answer := ask(gate, facts)) is not HELD:
            found = findings.of_gate(gate, answer, facts, scene.act.reasons.get(gate.id, ""))
            yield from (f for f in found if f.verdict != "noted")
