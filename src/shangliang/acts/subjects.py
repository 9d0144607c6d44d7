"""What an act is about: the unit whose book it goes into, the matter or the meeting, and the name of the subject."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shangliang.acts import rows
from shangliang.acts.act import Act
from shangliang.acts.vocabulary import Data, Spec
from shangliang.cases.models import Matter, Meeting
from shangliang.errors import Malformed, NotFound
from shangliang.units.models import Unit, new_unit_id

_UNIT_ID = re.compile(r"[a-z0-9-]{1,32}\Z")
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Number signs that nobody confuses when reading them aloud or copying them by hand."""


@dataclass(frozen=True, slots=True)
class About:
    """The rows an act is about."""

    unit: Unit | None = None
    matter: Matter | None = None
    meeting: Meeting | None = None
    copied: bool = True  # whether rendered copies may exist
    rooted: bool = False  # of a new unit that names no parent: whether there is a root
    code_held: bool = False  # of a new unit: whether another has its code


_NEVER_ASKED = ("changed_at", "ended_on", "staged_on", "heard", "result_on")
"""What acts write into a matter and no gate or check asks it for."""
_OF_UNIT = (
    "id", "name", "kind", "code", "path", "parent", "procedure", "edition", "adults", "households", "representatives",
)  # fmt: skip
"""What is asked of the unit of a matter or a meeting."""
_COPIED = "EXISTS (SELECT 1 FROM cases_copy c WHERE c.scope IN (t.id, t.unit_id))"


def home_of(act: Act, spec: Spec) -> str:
    """The unit whose book the act goes into. Raises Malformed or NotFound."""
    if spec.name == "found_unit":
        if act.unit and not _UNIT_ID.match(act.unit):
            raise Malformed(
                [("unit", "只能用小写字母、数字和短横线，最多32个", "Only a-z, 0-9 and -, 32 at most")]
            )
        return act.unit or new_unit_id()
    if spec.subject == "unit" or spec.opens:
        ident = act.unit or (act.subject if spec.subject == "unit" else None)
        if not ident:
            raise Malformed([("unit", "请写单位", "Name the unit")])
        return ident
    if not act.subject:
        raise Malformed([(spec.subject, "请写明是哪一件", "Say which one")])
    if act.unit:  # a hint that saves a look; `about` finds out if it is wrong
        return act.unit
    model: Any = Matter if spec.subject == "matter" else Meeting
    found: str | None = model.objects.filter(pk=act.subject).values_list("unit_id", flat=True).first()
    if found is None:
        raise NotFound("没有这个编号", "There is nothing under this number")
    return found


def about(act: Act, spec: Spec, data: Data, home: str | None) -> About:
    """Reads the subject. ``home`` is the locked unit, or None where the whole database is locked already."""
    if spec.name == "found_unit":
        return founding([(home or "", data)])[0]
    if spec.opens or spec.subject == "unit":
        found = rows.read(Unit, "t.id = %s", [home or home_of(act, spec)])
        if not found:
            raise NotFound("没有这个单位", "There is no such unit")
        return About(unit=found[0])
    if not act.subject:
        raise Malformed([(spec.subject, "请写明是哪一件", "Say which one")])
    home = home or act.unit
    if spec.subject == "matter":
        matters = rows.read(
            Matter,
            "t.id = %s",
            [act.subject],
            without=_NEVER_ASKED,
            join="unit",
            along=_OF_UNIT,
            flag=_COPIED,
        )
        if matters and matters[0].unit_id == (home or matters[0].unit_id):
            return About(unit=matters[0].unit, matter=matters[0], copied=matters[0].flag)
    else:
        meetings = rows.read(Meeting, "t.id = %s", [act.subject], join="unit", along=_OF_UNIT)
        if meetings and meetings[0].unit_id == (home or meetings[0].unit_id):
            return About(unit=meetings[0].unit, meeting=meetings[0])
    raise NotFound("没有这个编号", "There is nothing under this number")


def founding(units: Sequence[tuple[str, Any]]) -> list[About]:
    """What each new unit (its id, its data) is judged by, as if those before it in the list stood already: its parent,
    whether there is a root, whether its code is taken."""
    above = {d.parent for _, d in units if d.parent}
    parents = {u.id: u for u in rows.among(Unit, "id", above)}
    held = {
        u.code for u in rows.among(Unit, "code", {d.code for _, d in units if d.code}, "t.valid_to IS NULL")
    }
    rooted = any(not d.parent for _, d in units) and rows.exists(Unit, "t.parent_id IS NULL", [])
    found = []
    for ident, d in units:
        unit = parents.get(d.parent) if d.parent else None
        # No page can show it yet, but that of the unit above.
        copied = d.parent in parents
        found.append(
            About(unit=unit, copied=copied, rooted=rooted, code_held=bool(d.code) and d.code in held)
        )
        held.add(d.code)
        rooted = rooted or not d.parent
        if ident in above and ident not in parents:
            parents[ident] = Unit(id=ident, name=d.name, kind=d.kind, code=d.code, parent_id=d.parent)
    return found


def subject_of(act: Act, spec: Spec, home: str, length: int) -> str:
    """The subject of the entry; an act that opens one gives it its number. ``length`` is that of the book before it."""
    if spec.subject == "unit":
        return f"unit:{home}"
    if not spec.opens:
        return f"{spec.subject}:{act.subject}"
    if spec.subject == "matter":
        return "matter:" + "".join(secrets.choice(LETTERS) for _ in range(6))
    return f"meeting:{home}.{length + 1}"
