"""What the pages of a draw by lot read."""

from __future__ import annotations

from shangliang.cases.models_lots import LotPerson, Lots


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
