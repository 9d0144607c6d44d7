"""The act by which a place ceases to be one of its own."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rows
from shangliang.acts.vocabulary import Data, Id, Line, Paper, act
from shangliang.units.models import Unit


class EndUnit(Data):
    successor: Id | None = Field(None, title=N_("Joined to"))
    paper: Paper = Field(title=N_("Paper it stands on"))


@act("end_unit", EndUnit, subject="unit", anywhere=True, zh="撤并单位", en="End a unit or join it to another",
     above=True)  # fmt: skip
def end_unit(line: Line) -> None:
    """A place is joined to another, or ends, from this day and on paper. Its book stays as it is and can be verified; its
    matters keep their numbers, stay where they were decided, and are shown from the successor's board. Who finishes its open
    matters is appointed in it. Nothing new is taken in here: residents are shown where to go."""
    rows.change(Unit, line.unit, valid_to=line.happened_on, successor_id=line.data.get("successor"))
