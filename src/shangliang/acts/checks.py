"""Whether what an act points at exists, belongs to its subject and is in a state for it. Gates judge the rules; these
keep the record consistent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from shangliang.acts import refusals, rows, rulebooks
from shangliang.acts.refusals import no_such, refusal
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases import models as cases
from shangliang.people.models import Person, Post
from shangliang.procedure.judge import Finding
from shangliang.procedure.law import law_on, subjects_on
from shangliang.procedure.say import Say
from shangliang.record.models import Book, Entry, SealedText
from shangliang.units.models import Unit

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene

Check = Callable[["Scene"], Iterator[Finding]]
CHECKS: dict[str, Check] = {}


def check(*names: str) -> Callable[[Check], Check]:
    def register(function: Check) -> Check:
        for name in names:
            if name in CHECKS:
                raise RuntimeError(f"two checks for {name!r}")
            CHECKS[name] = function
        return function

    return register


def _data(scene: Scene) -> Any:
    return scene.data


@check("found_unit")
def _found(scene: Scene) -> Iterator[Finding]:
    d = _data(scene)
    if scene.locked.length:
        yield refusal("exists", "这个单位已经有了", "This unit exists already", field="unit")
    if d.parent and scene.unit is None:
        yield no_such("parent", "个上级单位", "parent unit")
    if not d.parent and Unit.objects.filter(parent=None).exists():
        yield refusal("second_root", "已经有最上级的单位，请写上级单位", "There is a root already; name the parent",
                      field="parent")  # fmt: skip
    if d.code and Unit.objects.filter(code=d.code, valid_to=None).exists():
        yield refusal("same_code", f"代码{d.code}已经用过", f"The code {d.code} is in use", field="code")
    if d.procedure and d.procedure not in rulebooks.known():
        yield no_such("procedure", "种规程", "procedure")


@check("appoint")
def _appoint(scene: Scene) -> Iterator[Finding]:
    d = _data(scene)
    if d.name is None and not Person.objects.filter(pk=d.person).exists():
        yield refusal("name_needed", "第一次登记的人要写姓名", "A new person needs a name", field="name")


@check("anchor")
def _anchor(scene: Scene) -> Iterator[Finding]:
    given = {h.book: (h.length, h.head) for h in _data(scene).heads}
    below = set(Unit.objects.filter(parent=scene.locked.unit, pk__in=given).values_list("pk", flat=True))
    now = {b.unit: (b.length, b.head) for b in Book.objects.filter(unit__in=below)}
    wrong = sorted(book for book, head in given.items() if now.get(book) != head)
    if wrong:
        yield refusal(
            "other_head", f"下级记录簿的末位摘要对不上：{'、'.join(wrong[:5])}",
            f"Not the present head of a book below: {', '.join(wrong[:5])}", field="heads",
        )  # fmt: skip


@check("release")
def _release(scene: Scene) -> Iterator[Finding]:
    post = Post.objects.filter(pk=_data(scene).post, unit=scene.unit, until=None).first()
    if post is None:
        yield no_such("post", "个职务", "post")
    elif post.since > scene.act.happened_on:
        yield refusal(
            "before_start", "卸任不能早于任职", "A post cannot end before it began", field="happened_on"
        )


@check("merge")
def _merge(scene: Scene) -> Iterator[Finding]:
    into = cases.Matter.objects.filter(pk=_data(scene).into, unit=scene.unit).first()
    if into is None:
        yield no_such("into", "个编号的事项", "matter in this unit")
    elif scene.matter is not None and into.pk == scene.matter.pk:
        yield refusal("itself", "不能归并到自己", "A matter cannot join itself", field="into")
    elif into.ended:
        yield refusal(
            "ended", "那件事已经办结，不能再归并进去", "That matter has ended",
            Say("请照常列为议题，或答复说明", "Put this one forward as a topic, or answer it"), "into",
        )  # fmt: skip


@check("visit")
def _visit(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.parties.filter(pk=_data(scene).party).exists():
        yield no_such("party", "个利益方", "side")


@check("told")
def _told(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.opinions.filter(pk=_data(scene).opinion).exists():
        yield no_such("opinion", "条意见", "opinion")


@check("convene")
def _convene(scene: Scene) -> Iterator[Finding]:
    d = _data(scene)
    ids = [i for i in (d.convener, d.recorder, *(g.post for g in d.guests)) if i]
    if ids and Post.objects.filter(pk__in=ids).count() != len(set(ids)):
        yield no_such("guests", "个职务", "post")
    sides = {g.party for g in d.guests if g.party}
    if sides and cases.Party.objects.filter(pk__in=sides).count() != len(sides):
        yield no_such("guests", "个利益方", "side")
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
    if not _data(scene).held:
        yield refusal("not_held", "没有开成的会不能登记为开过", "A meeting that did not take place was not held",
                      Say("请登记取消会议", "Call the meeting off"), "held")  # fmt: skip
    begun = _begun(scene.meeting) if scene.meeting else None
    if begun not in (None, scene.act.happened_on):
        yield refusal("other_day", f"这次会上的事是{begun:%Y-%m-%d}议的", f"Its matters were taken up on {begun}",
                      field="happened_on")  # fmt: skip
    absent = set(_data(scene).absent)
    if scene.meeting and absent and scene.meeting.invitations.filter(pk__in=absent).count() != len(absent):
        yield no_such("absent", "个被邀请人", "invitation")


@check("register_reply")
def _register_reply(scene: Scene) -> Iterator[Finding]:
    if scene.meeting and not scene.meeting.invitations.filter(pk=_data(scene).invitation).exists():
        yield no_such("invitation", "份邀请", "invitation")


@check("table")
def _table(scene: Scene) -> Iterator[Finding]:
    meeting = cases.Meeting.objects.filter(pk=_data(scene).meeting, unit=scene.unit).first()
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
    meeting = cases.Meeting.objects.filter(pk=_data(scene).meeting, unit=scene.unit).first()
    if meeting is None:
        yield no_such("meeting", "次会议", "meeting")
        return
    if meeting.state == "called_off":
        yield refusal("called_off", "这次会已经取消", "This meeting was called off", field="meeting")
    last = scene.matter.rounds.order_by("-number").first() if scene.matter else None
    if last is None or last.meeting_id != meeting.pk:
        yield refusal("not_tabled", "这件事没有列入这次会的议程", "The matter is not on this meeting's agenda",
                      Say("请先列入议程", "Put it on the agenda first"), "meeting")  # fmt: skip
    day = meeting.held_on if meeting.state == "held" else _begun(meeting)
    if day not in (None, scene.act.happened_on):
        yield refusal(
            "other_day", f"这次会是{day:%Y-%m-%d}开的", f"The meeting was on {day}", field="happened_on"
        )


def _begun(meeting: cases.Meeting) -> date | None:
    """The day on which a meeting began with its first matter: it has no other."""
    return meeting.rounds.exclude(taken_up_on=None).values_list("taken_up_on", flat=True).first()


@check("record_resolution")
def _resolution(scene: Scene) -> Iterator[Finding]:
    d = _data(scene)
    if d.present > d.total:
        yield refusal(
            "too_many", "到会的比应到的还多", "More were present than are entitled", field="present"
        )
    if d.votes_for + d.against + d.abstained > d.present:
        yield refusal(
            "too_many", "票数比到会的人还多", "There are more votes than people present", field="votes_for"
        )


@check("intake")
def _intake(scene: Scene) -> Iterator[Finding]:
    unit = scene.unit
    if unit is not None and unit.level not in rulebooks.of_unit(unit).levels:
        yield refusal(
            "other_level", f"{unit.name}不按这个规程议事", f"{unit.name} deliberates nothing under this procedure",
            Say("请登记在镇或村里", "Enter it for a town or a village"), "unit",
        )  # fmt: skip


@check("screen")
def _screen(scene: Scene) -> Iterator[Finding]:
    kind = scene.unit.kind if scene.unit else ""
    known = {s.id for s in subjects_on(law_on(scene.act.happened_on, kind))}
    if odd := [t for t in _data(scene).touches if t not in known]:
        yield refusal(
            "no_such", f"当时的法律没有规定由会议决定：{'、'.join(t[:20] for t in odd[:5])}",
            "The law of the day gives this to no meeting here", field="touches",
        )  # fmt: skip


@check("post_notice")
def _post(scene: Scene) -> Iterator[Finding]:
    d = _data(scene)
    if not d.board and not d.online:
        yield refusal(
            "nowhere", "请选张榜或网上公开", "Say whether it was posted or put online", field="board"
        )
    ids = {i for i in (d.poster, d.witness) if i}
    if ids and Post.objects.filter(pk__in=ids).count() != len(ids):
        yield no_such("witness", "个职务", "post")
    if d.witness and d.witness == d.poster:
        yield refusal(
            "same_person",
            "张贴人和见证人要是两个人",
            "Poster and witness must be two people",
            field="witness",
        )


@check("object")
def _object(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.publications.exclude(board_on=None, online_on=None).exists():
        yield refusal("not_posted", "现在没有公示", "Nothing is posted now")


@check("answer_objection")
def _answer(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.objections.filter(pk=_data(scene).objection, state="open").exists():
        yield no_such("objection", "条待答复的异议", "open objection")


@check("report_progress")
def _progress(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not rows.exists(
        cases.Task, "t.id = %s AND t.matter_id = %s", [_data(scene).task, scene.matter.pk]
    ):
        yield no_such("task", "项任务", "task")


@check("confirm")
def _confirm(scene: Scene) -> Iterator[Finding]:
    m = scene.matter
    if m is not None and not m.tasks.exists() and not m.result:
        yield refusal(
            "too_early", "事情还没有开始办，办了再请您看", "The work has not begun yet; please come back then"
        )
    if m is not None and m.ended:
        yield refusal(
            "archived", "这件事已经归档", "This matter is archived",
            Say("没有解决的话，请再提一次意见，会接着这件事办", "If it is not solved, please say so as a new matter"),
        )  # fmt: skip


@check("erase")
def _erase(scene: Scene) -> Iterator[Finding]:
    wanted = set(_data(scene).texts)
    if SealedText.objects.filter(pk__in=wanted, book=scene.locked.unit).count() != len(wanted):
        yield no_such("texts", "段文字", "text in this book")


@check("override")
def _override(scene: Scene) -> Iterator[Finding]:
    m = scene.matter
    assert m is not None
    procedure = rulebooks.pinned(m.procedure, m.version)
    gate = rulebooks.gate(procedure, _data(scene).gate)
    if gate is None:
        yield no_such("gate", "道关口", "gate")
        return
    if gate.override is None:
        yield refusal(
            "no_override",
            "这道关口不能例外：它是规程或法律的底线",
            "This gate allows no exception",
            field="gate",
        )
        return
    role = procedure.roles[gate.override]
    decided = scene.who["decided"]
    above = Unit.objects.filter(pk=decided.get("unit")).first()
    assert scene.unit is not None
    if decided.get("body") in role.bodies | {role.id} and above == scene.unit:
        yield refusal(
            "own_unit", "不能由本单位自己批准", "A unit cannot allow its own exception", field="decided_by"
        )
    elif (
        decided.get("body") not in role.bodies | {role.id}
        or above is None
        or above.pk != scene.unit.parent_id
    ):
        yield refusal(
            "other_body",
            f"这个例外要由{role.name.zh}批准",
            f"Only the {role.name.en} can allow this",
            field="decided_by",
        )


@check("correct")
def _correct(scene: Scene) -> Iterator[Finding]:
    d = _data(scene)
    subjects = [scene.subject]
    if (
        scene.matter is not None
    ):  # and what its meetings say: they have no page of their own to correct them on
        subjects += [f"meeting:{pk}" for pk in scene.matter.rounds.values_list("meeting_id", flat=True)]
    original = Entry.objects.filter(book=scene.locked.unit, seq=d.entry, subject__in=subjects).first()
    if original is None:
        yield no_such("entry", "条记录", "entry of this matter")
        return
    target = Catalogue.acts[original.act].corrects.get(d.field)
    if target is None:
        can = "、".join(Catalogue.acts[original.act].corrects) or "—"
        yield refusal(
            "not_correctable", f"“{d.field}”不能更正", f"“{d.field}” cannot be corrected",
            Say(f"能更正的有：{can}", f"Can be corrected: {can}"), "field",
        )  # fmt: skip
        return
    problem = _value(original.act, d, target)
    if problem:
        yield problem
    elif d.field == "happened_on" and date.fromisoformat(d.value) > scene.today:
        yield refusals.in_the_future(date.fromisoformat(d.value), scene.today)


def _value(act: str, given: Any, target: str) -> Finding | None:
    """The corrected value has to fit where the wrong one stood: the field of the act that is corrected."""
    model, _, column = target.partition(".")
    sealed = getattr(cases, model)._meta.get_field(column).is_relation
    field = Catalogue.acts[act].data.model_fields.get(given.field)
    if _fits(field, (given.text or "") if sealed else given.value):
        return None
    return refusal("bad_value", "这个值填得不对", "This value does not fit the field", field="value")


def _fits(field: FieldInfo | None, value: str) -> bool:
    try:
        if field is None:  # the day on which it happened
            return bool(date.fromisoformat(value))
        shape: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        TypeAdapter(shape).validate_python(value)
    except ValueError:
        return False
    return True


@check("acknowledge")
def _acknowledge(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.flags.filter(pk=_data(scene).flag, acknowledged_on=None).exists():
        yield no_such("flag", "个提示", "flag")
    if scene.who["decided"].get("role") not in scene.spec.enters:
        yield refusal(
            "not_named", "知悉的要是书记或副书记", "The one who takes note is the secretary or the deputy",
            Say("请写明是谁知悉的；经办人可以代为录入", "Say who has taken note; a clerk may type it"), "decided_by",
        )  # fmt: skip
