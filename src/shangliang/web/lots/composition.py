"""Who sits at the table so far, counted: by what they take part as, by side and group, and by the quotas of a draw, beside
how many live in the place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shangliang.cases import queries_lots as read
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Lots
from shangliang.procedure.model import Procedure
from shangliang.units.models import Unit

KINDS: dict[str, Promise] = {
    "member": gettext_lazy("Council member"), "invited": gettext_lazy("Invited member"), "leader": gettext_lazy("Leader"),
    "stakeholder": gettext_lazy("Somebody concerned"), "department": gettext_lazy("Department in charge"),
    "staff": gettext_lazy("Staff concerned"), "expert": gettext_lazy("Expert"),
    "representative": gettext_lazy("Representative"), "resident": gettext_lazy("Resident drawn or asked"),
    "third": gettext_lazy("Third party"),
}  # fmt: skip
USUAL = ("member", "stakeholder", "department")


def classes(procedure: Procedure, people: Sequence[Participant]) -> list[list[Any]]:
    """(as what, how many): the kinds the procedure names first, also those with nobody; then sides and groups it lists."""
    lang = get_language() or "zh"
    own = {i.id: i.name.text(lang) for i in procedure.lists.get("kinds", ())}
    counted = Counter(p.kind for p in people)
    wanted = list(dict.fromkeys([*(own or USUAL), *counted]))
    rows: list[list[Any]] = [[own.get(kind) or str(KINDS.get(kind, kind)), counted[kind]] for kind in wanted]
    for name, given in (
        ("side", Counter(p.side for p in people)),
        ("group", Counter(p.group for p in people)),
    ):
        rows += [[i.name.text(lang), given[i.id]] for i in procedure.lists.get(name, ()) if given[i.id]]
    return rows


def of_place(unit: Unit, seats: int) -> list[tuple[str, Any]]:
    """The seats beside the people and households of the place, as far as these are known."""
    found: list[tuple[str, Any]] = [(_("Seats so far"), seats)]
    if unit.adults:
        found.append((_("Adults of the place"), unit.adults))
    if unit.households:
        found.append((_("Households"), unit.households))
    if seats and unit.adults:
        found.append((_("One seat for"), _("%(n)d adults") % {"n": round(unit.adults / seats)}))
    return found


def columns(population: bool) -> list[Any]:
    """The headings of ``quotas``."""
    heads = [
        _("Group"),
        *([_("Live here")] if population else []),
        _("On the list"),
        _("Seats by quota"),
        _("Drawn"),
    ]
    return [heads[0], *({"label": h, "num": True} for h in heads[1:])]


def quotas(lots: Lots) -> list[list[Any]]:
    """For each quota of a lottery: the group, how many live in the place (where that was written), how many are on the list,
    the seats it may have, and how many were drawn."""
    lottery = json.loads(lots.text)
    living = read.population(lots)
    drawn, without = set(read.panel_of(lots)), set(lottery["without"])
    pool = [row for row in lottery["people"] if row[0] not in without]
    whole = _totals(living)
    rows = []
    for category, value, low, high in lottery["quotas"]:
        place = lottery["categories"].index(category) + 1
        like = [row[0] for row in pool if row[place] == value]
        seats = str(low) if low == high else f"{low}–{high}"
        row = [f"{category}：{value}", _share(len(like), len(pool)), seats,
               _share(len(drawn.intersection(like)), len(drawn)) if drawn else "—"]  # fmt: skip
        if living:
            n = living.get((category, value))
            row.insert(1, _share(n, whole[category]) if n is not None else "—")
        rows.append(row)
    return rows


def _totals(living: dict[tuple[str, str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (category, _value), n in living.items():
        found[category] += n
    return found


def _share(n: int, whole: int) -> str:
    return f"{n} ({n / whole:.0%})" if whole else str(n)
