"""Whom a reminder goes to, town by town: a long list is ticked and unticked a town at a time, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shangliang.units.models import Unit
from shangliang.units.queries import STEP

FEW = 12
"""Up to so many places stand in one list; of more, those of a town are put together."""
Concerned = Sequence[tuple[Unit, str]]


@dataclass
class Town:
    """The places of one town (at a city's desk: of one county) that are concerned."""

    pk: str
    name: str
    places: list[str] = field(default_factory=list)
    tick: Any = None
    ticks: list[Any] = field(default_factory=list)

    @property
    def count(self) -> str:
        n = len(self.places)
        return ngettext("%(n)d place", "%(n)d places", n) % {"n": n}

    @property
    def opened(self) -> bool:
        """Whether some of its places were unticked: nothing that was chosen stays out of sight."""
        return any(not t.data["selected"] for t in self.ticks)


class WhomForm(forms.Form):
    """Places, all ticked. In a long list a place is meant when it is ticked and its town is."""

    units = forms.MultipleChoiceField(label=gettext_lazy("Whom?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, posted: QueryDict | None, above: Unit, concerned: Concerned, **more: Any) -> None:
        super().__init__(posted, **more)
        self.fields["units"].choices = [
            (u.pk, _("%(place)s: %(why)s") % {"place": u.name, "why": why}) for u, why in concerned
        ]
        self.initial["units"] = [u.pk for u, _why in concerned]
        self._towns = towns_of(above, [u for u, _why in concerned])
        if self._towns:
            together = [t for t in self._towns if len(t.places) > 1]
            self.fields["towns"] = forms.MultipleChoiceField(
                label=_("Towns"), widget=forms.CheckboxSelectMultiple, required=False,
                choices=[(t.pk, t.name) for t in together], initial=[t.pk for t in together],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self._towns and "units" in given:
            there = set(given.get("towns", ()))
            out = {p for t in self._towns if len(t.places) > 1 and t.pk not in there for p in t.places}
            given["units"] = [p for p in given["units"] if p not in out]
            if not given["units"]:
                self.add_error("units", _("Nobody is ticked."))
        return given

    @property
    def by_town(self) -> list[Town]:
        """The towns with their boxes to tick; empty where everything stands in one list."""
        if not self._towns:
            return []
        boxes = {b.data["value"]: b for b in self["units"].subwidgets}
        whole = {b.data["value"]: b for b in self["towns"].subwidgets}
        for town in self._towns:
            town.tick, town.ticks = whole.get(town.pk), [boxes[p] for p in town.places]
        return self._towns

    @property
    def how_many(self) -> str:
        n = len(self.fields["units"].choices)
        return _(
            "%(n)d places; whoever is ticked is reminded. Untick a town to leave it out, or open it to leave out single places."
        ) % {"n": n}


def towns_of(above: Unit, concerned: Iterable[Unit]) -> list[Town]:
    """The places by the child of ``above`` in whose subtree they lie, in the order of the tree; empty for few places or one
    town."""
    concerned = list(concerned)
    step = len(above.path) + STEP
    if len(concerned) <= FEW:
        return []
    found: dict[str, list[str]] = {}
    for unit in concerned:
        found.setdefault(unit.path[:step], []).append(unit.pk)
    if len(found) < 2:
        return []
    named = {u.path: u for u in Unit.objects.filter(path__in=found)}
    return [Town(named[path].pk, named[path].name, places) for path, places in sorted(found.items())]
