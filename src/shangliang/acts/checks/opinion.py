"""Whether what residents said is there, and can still be added to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts import rulebooks
from shangliang.acts.checks.change import gone
from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such, refusal
from shangliang.cases import models as cases
from shangliang.procedure.judge import Finding
from shangliang.procedure.say import Say
from shangliang.record.models import SealedText

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("intake")
def _intake(scene: Scene) -> Iterator[Finding]:
    unit = scene.unit
    if unit is not None and unit.valid_to is not None:
        yield gone(unit)
    if unit is not None and unit.level not in rulebooks.of_unit(unit).levels:
        yield refusal(
            "other_level", f"{unit.name}不按这个规程议事", f"{unit.name} deliberates nothing under this procedure",
            Say("请登记在镇或村里", "Enter it for a town or a village"), "unit",
        )  # fmt: skip


@check("merge")
def _merge(scene: Scene) -> Iterator[Finding]:
    into = cases.Matter.objects.filter(pk=scene.given.into, unit=scene.unit).first()
    if into is None:
        yield no_such("into", "个编号的事项", "matter in this unit")
    elif scene.matter is not None and into.pk == scene.matter.pk:
        yield refusal("itself", "不能归并到自己", "A matter cannot join itself", field="into")
    elif into.ended:
        yield refusal(
            "ended", "那件事已经办结，不能再归并进去", "That matter has ended",
            Say("请照常列为议题，或答复说明", "Put this one forward as a topic, or answer it"), "into",
        )  # fmt: skip


@check("told")
def _told(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.opinions.filter(pk=scene.given.opinion).exists():
        yield no_such("opinion", "条意见", "opinion")


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
    wanted = set(scene.given.texts)
    if SealedText.objects.filter(pk__in=wanted, book=scene.locked.unit).count() != len(wanted):
        yield no_such("texts", "段文字", "text in this book")
