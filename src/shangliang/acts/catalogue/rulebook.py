"""Acts about the rulebooks a place works by."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rulebooks
from shangliang.acts.vocabulary import Data, Line, Short, act
from shangliang.cases.models import Adoption
from shangliang.units.models import Unit


class AdoptRulebook(Data):
    procedure: str = Field(title=N_("Procedure"), min_length=1, max_length=40)
    version: str = Field(title=N_("Version"), pattern=r"^[0-9a-f]{8,64}$")
    text: str = Field(title=N_("The whole text of the procedure"), min_length=1, max_length=400_000)
    body: Short = Field(title=N_("Adopted by"))
    number: str = Field("", title=N_("Document number"), max_length=80)


@act("adopt_rulebook", AdoptRulebook, subject="unit", anywhere=True, enters={"director"}, below=True, zh="通过规程",
     en="Adopt a rulebook")  # fmt: skip
def adopt_rulebook(line: Line) -> None:
    """A place adopts the rulebook it works by from this day on: which version, adopted by which body, under which document
    number. Its whole text stands in the record. Matters under way keep the version they were opened under; everything below
    the place works by it unless it has adopted one of its own."""
    d: Any = line.data
    rulebooks.keep_text(d["version"], d["procedure"], d["text"])
    Adoption.objects.create(
        id=line.row(), unit_id=line.unit, procedure=d["procedure"], version=d["version"], body=d["body"],
        number=d["number"], on=line.happened_on,
    )  # fmt: skip
    Unit.objects.filter(pk=line.unit).update(procedure=d["procedure"], edition=d["version"])
