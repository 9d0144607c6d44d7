"""Acts that put earlier entries right. Nothing is ever rubbed out: the old entry stays and the new one points at it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.amend import amend
from shangliang.acts.vocabulary import Data, Id, Line, Note, Words, act
from shangliang.cases.models import Flag
from shangliang.people.roles import OFFICES


class Correct(Data):
    entry: int = Field(title=N_("Number of the entry"), ge=1)
    field: str = Field(title=N_("Which field"), max_length=40)
    value: str = Field("", title=N_("What it should say"), max_length=200)
    text: Words | None = Field(None, title=N_("What it should say, when it is free text"))
    reason: Note = Field(title=N_("Why"))


@act("correct", Correct, anywhere=True, zh="更正", en="Correct an entry")
def correct(line: Line) -> None:
    """An earlier entry of the same book said something wrong: the entry's number, the field, the right value, the reason.
    Outcomes and stages cannot be corrected, later acts stand, and gates that no longer hold are flagged until a named
    post has taken note."""
    amend(line)
    for n, gate in enumerate(line.flow.get("flags", ())):
        Flag.objects.create(id=line.row(n), matter_id=line.matter, gate=gate, on=line.happened_on)


@act("correct_register", Correct, subject="unit", anywhere=True, enters=OFFICES, zh="更正登记",
     en="Correct what was registered")  # fmt: skip
def correct_register(line: Line) -> None:
    """The same for what belongs to no single matter: a meeting that has taken up nothing yet or came from a ledger, a seat in a
    roster. What a meeting says that has taken up matters is corrected on one of these, because gates may hang on it."""
    amend(line)


class Acknowledge(Data):
    flag: Id = Field(title=N_("Flag"))
    note: Note | None = Field(None, title=N_("Remarks"))


@act(
    "acknowledge",
    Acknowledge,
    anywhere=True,
    enters={"party_secretary", "deputy_party_secretary"},
    zh="知悉",
    en="Take note of a flag",
)
def acknowledge(line: Line) -> None:
    """A named post has seen that, after a correction, a gate no longer holds."""
    Flag.objects.filter(pk=line.data["flag"]).update(acknowledged_on=line.happened_on)
