"""Whether an exception, a correction or a flag can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from shangliang.acts import refusals, rulebooks
from shangliang.acts.amend import field_of
from shangliang.acts.checks.gathering import asked_until
from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such, refusal
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Round
from shangliang.procedure.judge import Finding
from shangliang.procedure.say import Say
from shangliang.record.models import Entry
from shangliang.units.models import Unit

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("override")
def _override(scene: Scene) -> Iterator[Finding]:
    m = scene.matter
    assert m is not None
    procedure = rulebooks.pinned(m.procedure, m.version)
    gate = rulebooks.gate(procedure, scene.given.gate)
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
    right = decided.get("body") in role.bodies | {role.id}
    if role.own_unit and right and above == scene.unit:
        return  # the committee of this unit, not the room or office that asks for the exception
    if right and above == scene.unit:
        yield refusal(
            "own_unit", "不能由本单位自己批准", "A unit cannot allow its own exception", field="decided_by"
        )
    elif not right or above is None or above.pk != scene.unit.parent_id:
        yield refusal(
            "other_body",
            f"这个例外要由{role.name.zh}批准",
            f"Only the {role.name.en} can allow this",
            field="decided_by",
        )


@check("correct")
def _correct(scene: Scene) -> Iterator[Finding]:
    subjects = [scene.subject]
    if scene.matter is not None:  # and what its meetings say
        subjects += [f"meeting:{pk}" for pk in scene.matter.rounds.values_list("meeting_id", flat=True)]
    original = _entry(scene, subject__in=subjects)
    if original is None:
        yield no_such("entry", "条记录", "entry of this matter")
    else:
        yield from _put_right(scene, original)


@check("correct_register")
def _correct_register(scene: Scene) -> Iterator[Finding]:
    original = _entry(scene, subject=scene.subject) or _entry(scene, subject__startswith="meeting:")
    if original is None:
        yield no_such("entry", "条记录", "entry of this unit or of its meetings")
        return
    meeting = original.subject.partition(":")[2]
    if Round.objects.filter(meeting=meeting).exclude(taken_up_on=None).exists():
        yield refusal(
            "on_the_matter", "这次会议已经议了事项", "This meeting has taken up matters",
            Say("请在它议过的事项里更正，好核对哪些关口不再成立", "Correct it on one of them, so that its gates are looked at again"),
            "entry",
        )  # fmt: skip
        return
    yield from _put_right(scene, original)


def _entry(scene: Scene, **about: Any) -> Entry | None:
    return Entry.objects.filter(book=scene.locked.unit, seq=scene.given.entry, **about).first()


def _put_right(scene: Scene, original: Entry) -> Iterator[Finding]:
    d = scene.given
    target = Catalogue.acts[original.act].corrects.get(d.field)
    if target is None:
        can = "、".join(Catalogue.acts[original.act].corrects) or "—"
        yield refusal(
            "not_correctable", f"“{d.field}”不能更正", f"“{d.field}” cannot be corrected",
            Say(f"能更正的有：{can}", f"Can be corrected: {can}"), "field",
        )  # fmt: skip
        return
    problem = _value(original.act, d)
    if problem:
        yield problem
    elif d.field == "happened_on":
        yield from _day(date.fromisoformat(d.value), scene.today)
    elif target == "Gathering.until":
        yield from asked_until(scene, f"{original.book_id}.{original.seq}.0", date.fromisoformat(d.value))


def _day(on: date, today: date) -> Iterator[Finding]:
    if on > today:
        yield refusals.in_the_future(on, today)
    elif on.year < refusals.EARLIEST:
        yield refusals.too_long_ago(on)


def _value(act: str, given: Any) -> Finding | None:
    """The corrected value has to fit where the wrong one stood: the field of the act that is corrected."""
    sealed = field_of(act, given.field).is_relation
    field = Catalogue.acts[act].data.model_fields.get(given.field)
    if _fits(field, (given.text or "") if sealed else given.value):
        return None
    return refusal("bad_value", "这个值填得不对", "This value does not fit the field", field="value")


def _fits(field: FieldInfo | None, value: str) -> bool:
    try:
        if field is None:  # the day on which it happened
            return date.fromisoformat(value).isoformat() == value
        shape: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        made = TypeAdapter(shape).validate_python(value)
    except ValueError:
        return False
    # A day or a number is written in one way only: what is read leniently here could be unreadable in the row.
    return str(made) == value if isinstance(made, date | int) else True


@check("acknowledge")
def _acknowledge(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.flags.filter(pk=scene.given.flag, acknowledged_on=None).exists():
        yield no_such("flag", "个提示", "flag")
    if scene.who["decided"].get("role") not in scene.spec.enters:
        yield refusal(
            "not_named", "知悉的要是书记或副书记", "The one who takes note is the secretary or the deputy",
            Say("请写明是谁知悉的；经办人可以代为录入", "Say who has taken note; a clerk may type it"), "decided_by",
        )  # fmt: skip
