"""Whether what a unit above does fits: it is above, the reminder is open, the sample was really drawn, the month is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts.checks.registry import check
from shangliang.acts.draw import drawn
from shangliang.acts.refusals import no_such, refusal
from shangliang.cases.models import Matter, Meeting
from shangliang.cases.oversight.models import MonthPage, Reminder
from shangliang.procedure.calendar import add_months
from shangliang.procedure.judge import Finding
from shangliang.procedure.say import Say, day
from shangliang.units.models import Unit
from shangliang.units.queries import span

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


def _from_above(scene: Scene) -> Iterator[Finding]:
    """Nobody reminds itself, and nobody rings its own residents to count the answer."""
    decided = scene.who["decided"].get("unit")
    if decided is None:
        yield refusal("who_asks", "请写明是哪个上级单位", "Say which unit above it is", field="decided_by")
    elif scene.unit is not None and decided == scene.unit.pk:
        yield refusal(
            "own_unit", "这要由上级单位来做，不能由本单位自己做", "Only a unit above can do this, not the unit itself",
            Say("请镇或县里办理", "Ask the town or the county"), "decided_by",
        )  # fmt: skip


@check("remind")
def _remind(scene: Scene) -> Iterator[Finding]:
    yield from _from_above(scene)
    d = scene.given
    if d.matter and not Matter.objects.filter(pk=d.matter, unit=scene.unit).exists():
        yield no_such("matter", "个编号的事项", "matter in this unit")
    if d.answer_by and d.answer_by < scene.act.happened_on:
        yield refusal("before", "回复的日子早于提醒的日子", "The answer is due before the reminder",
                      field="answer_by")  # fmt: skip


@check("answer_reminder")
def _answer(scene: Scene) -> Iterator[Finding]:
    found = Reminder.objects.filter(pk=scene.given.reminder, unit=scene.unit).first()
    if found is None:
        yield no_such("reminder", "条提醒", "reminder")
    elif found.answered_on is not None:
        yield refusal("answered", "这条提醒已经回复过了", "This reminder has been answered already")
    elif scene.act.happened_on < found.on:
        yield refusal("before", "回复不能早于提醒", "The answer cannot be earlier than the reminder",
                      field="happened_on")  # fmt: skip
    if scene.given.answer == "planned" and scene.given.planned_on is None:
        yield refusal("day_needed", "请写打算哪天开", "Say for which day it is planned", field="planned_on")


@check("draw_sample")
def _draw(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    assert scene.unit is not None
    start, end = span(scene.unit.path)
    closed = Matter.objects.filter(
        unit__path__gte=start, unit__path__lt=end, result_on__gte=d.first, result_on__lte=d.last
    )
    numbers = list(closed.values_list("pk", flat=True))
    if (
        d.seed != scene.locked.head
        or d.among != len(numbers)
        or d.numbers != drawn(d.seed, numbers, len(d.numbers))
    ):
        yield refusal(
            "not_drawn", "这不是按办法抽出来的编号", "These are not the numbers that the draw gives",
            Say("请重新抽一次", "Draw again"), "numbers",
        )  # fmt: skip


@check("call_back")
def _call_back(scene: Scene) -> Iterator[Finding]:
    yield from _from_above(scene)
    matter, d = scene.matter, scene.given
    if matter is not None and not matter.result:
        yield refusal("too_early", "这件事还没有登记办理结果", "Its result has not been registered yet")
    if d.reached and d.solved is None:
        yield refusal("answer_needed", "联系上了，请写群众怎么说", "Somebody was reached: say what they answered",
                      field="solved")  # fmt: skip
    if not d.reached and (d.solved is not None or d.satisfied is not None):
        yield refusal("nobody_said", "没有联系上人，就没有群众的回答", "Nobody was reached, so nobody answered",
                      field="solved")  # fmt: skip


@check("freeze_month")
def _freeze(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if d.month.day != 1:
        yield refusal("first_day", "请填这个月的第一天", "Give the first day of the month", field="month")
        return
    if scene.act.happened_on < add_months(d.month, 1):
        yield refusal("not_over", "这个月还没有过完", "The month is not over yet",
                      Say("下个月1日起可以定稿", "It can be frozen from the first day of the next month"), "month")  # fmt: skip
    page = MonthPage.objects.filter(unit=scene.unit, month=d.month).first()
    if page is not None:
        on = day(page.on)
        yield refusal("frozen", f"这个月已在{on.zh}定稿", f"This month was frozen on {on.en}",
                      Say("后来录入的会显示为补录差额", "What was entered later shows beside it"), "month")  # fmt: skip
    assert scene.unit is not None
    start, end = span(scene.unit.path)
    named = {f.unit for f in d.figures}
    inside = Unit.objects.filter(pk__in=named, path__gte=start, path__lt=end).count()
    if inside != len(named):
        yield no_such("figures", "个单位", "unit")


@check("import_meeting")
def _import(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    twice = Meeting.objects.filter(
        unit=scene.unit, held_on=scene.act.happened_on, state="held", time=d.time, form=d.form, place=d.place
    )
    if twice.exists():
        yield refusal(
            "exists", "这一天、这个地点的会已经登记过了", "A meeting of this day and place is registered already",
            Say("同一天开了两次的，请写上时间", "If there were two on one day, give the time"), "happened_on",
        )  # fmt: skip
