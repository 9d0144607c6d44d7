"""What the pages of choosing who takes part read."""

from __future__ import annotations

from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import LotPerson, Lots, Naming, Recusal
from shangliang.panel.shangliang_panel_verify import examine


def of_matter(number: str) -> list[Lots]:
    """All lotteries of a matter, the latest first."""
    return list(Lots.objects.filter(matter=number).select_related("after").order_by("-number"))


def public(number: str, n: int | None = None) -> Lots | None:
    """A lottery of a matter that everybody may see: the n-th, or the latest."""
    found = Lots.objects.filter(matter=number, matter__shown=True, matter__secret=False)
    found = found.select_related("matter__unit", "matter__title").order_by("-number")
    return found.filter(number=n).first() if n is not None else found.first()


def names(number: str) -> dict[str, str]:
    """Number → name in all lotteries of a matter, as far as the names have not been erased."""
    found = LotPerson.objects.filter(lots__matter=number).exclude(name=None).select_related("name")
    return {p.number: p.name.text for p in found if p.name and p.name.text}


def participants(*numbers: str) -> list[Participant]:
    """Those who take part in these matters and have not said that they do not come: who was drawn first, by their numbers."""
    found = Participant.objects.filter(matter__in=numbers).exclude(reply="not_coming")
    there = found.select_related("post__person__name", "post__unit", "name").order_by(
        "matter", "fixed_on", "id"
    )
    return sorted(there, key=lambda p: (not p.number, p.number))


def recused(*numbers: str) -> list[Recusal]:
    """Those who are recused in these matters, with their reasons."""
    found = Recusal.objects.filter(matter__in=numbers).select_related("post__person__name", "name", "reason")
    return list(found.order_by("on", "id"))


def recused_by_number(number: str) -> list[LotPerson]:
    """Those whom the lotteries of a matter leave out, with their reasons."""
    found = (
        LotPerson.objects.filter(lots__matter=number).exclude(recused=None).select_related("name", "recused")
    )
    return list(found.order_by("lots__number", "id"))


def namings(number: str) -> list[Naming]:
    """Each time people were named for a matter, the first first."""
    return list(Naming.objects.filter(matter=number).order_by("on", "id"))


def panel_of(lots: Lots) -> list[str]:
    """The numbers that were drawn, worked out again from the file and the throw; none before the draw."""
    if lots.drawn is None:
        return []
    told = examine(lots.text.encode(), lots.digest, lots.seed)
    return list(told["panel"]) if not told["problems"] and told["number"] == lots.drawn else []


def population(lots: Lots) -> dict[tuple[str, str], int]:
    """(category, value) → how many people of it live in the place."""
    lines = (line.split("\t") for line in lots.population.splitlines())
    return {(category, value): int(n) for category, value, n in lines}
