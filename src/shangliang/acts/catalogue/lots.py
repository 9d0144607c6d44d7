"""Acts of choosing people by lot (抽签定人): putting the lottery up, and drawing from it."""

from __future__ import annotations

import json
from typing import Annotated

from django.db.models import Max
from django.utils.translation import gettext_noop as N_
from pydantic import Field, StringConstraints

from shangliang.acts.vocabulary import Data, Id, Line, Name, Note, Short, act
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import LotPerson, Lots
from shangliang.panel.shangliang_panel_verify import clean, examine, number

LONGEST = 900_000
"""Signs of a published file: 1,000 panels of a hundred people."""


class AnnounceLots(Data):
    class Somebody(Data):
        number: Annotated[str, StringConstraints(min_length=1, max_length=24)] = Field(title=N_("Number"))
        name: Name | None = Field(None, title=N_("Name"))
        recused: Note | None = Field(None, title=N_("Recused: why"))

    class Group(Data):
        category: Short = Field(title=N_("Category"))
        value: Short = Field(title=N_("Value"))
        people: int = Field(title=N_("How many live here"), ge=0, le=10_000_000)

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)] = Field(
        title=N_("The published file")
    )
    people: list[Somebody] = Field(default_factory=list, title=N_("Whose number is whose"), max_length=3000)
    population: list[Group] = Field(
        default_factory=list, title=N_("How many of each group live here"), max_length=100
    )
    after: Id | None = Field(None, title=N_("Replaces people of this draw"))
    reason: str = Field("", title=N_("Why somebody is replaced"), max_length=120)


@act("announce_lots", AnnounceLots, anywhere=True, aside=True, zh="公布抽签名单", en="Put up a lottery")
def announce_lots(line: Line) -> None:
    """Who sits at the table is to be drawn: the panels, all equally likely, are put up before anything is thrown. The file
    carries numbers and categories; whose number is whose is sealed, and so is why somebody is recused. Every panel is checked
    against the quotas the file states. `after` and `reason`: somebody who was drawn cannot come, and another is drawn by the
    same quotas; both lotteries stay in the record. `population`: of how many people in the place a group is, to look at the
    composition by."""
    d = line.data
    told, lottery = examine(d["text"].encode()), json.loads(d["text"])
    last = Lots.objects.filter(matter=line.matter).aggregate(n=Max("number"))["n"] or 0
    Lots.objects.create(
        id=line.row(), matter_id=line.matter, number=last + 1, size=lottery["size"], panels=told["panels"], least=told["least"],
        text=d["text"], digest=told["digest"], announced_on=line.happened_on, after_id=d.get("after"), reason=d["reason"],
        population="\n".join(f"{g['category']}\t{g['value']}\t{g['people']}" for g in d.get("population", ())),
    )  # fmt: skip
    LotPerson.objects.bulk_create(
        LotPerson(
            id=line.row(n), lots_id=line.row(), number=p["number"], name_id=line.seal(f"people.{n - 1}.name"),
            recused_id=line.seal(f"people.{n - 1}.recused"),
        )
        for n, p in enumerate(d["people"], 1)
    )  # fmt: skip


class DrawLots(Data):
    lots: Id = Field(title=N_("Lottery"))
    seed: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(title=N_("What was thrown"))


@act("draw_lots", DrawLots, anywhere=True, aside=True, zh="当众抽签", en="Draw lots in public")
def draw_lots(line: Line) -> None:
    """What was thrown in front of everybody is entered, and with it the panel is settled: the number follows from the published
    file and the throw alone, and anybody can work it out again with the file that comes with us. Those drawn take part from
    then on, as residents; of a draw that replaces somebody, who has left is noted as not coming."""
    lots = Lots.objects.get(pk=line.data["lots"])
    seed = clean(line.data["seed"])
    Lots.objects.filter(pk=lots.pk).update(
        seed=seed, drawn=number(lots.digest, seed, lots.panels), drawn_on=line.happened_on
    )
    _seat(line, examine(lots.text.encode(), lots.digest, seed)["panel"])


def _seat(line: Line, panel: list[str]) -> None:
    """Those drawn are among those who take part; their names stay where they were sealed."""
    here = Participant.objects.filter(matter=line.matter).exclude(number="")
    here.exclude(number__in=panel).exclude(reply="not_coming").update(
        reply="not_coming", replied_on=line.happened_on
    )
    there = set(here.values_list("number", flat=True))
    people = LotPerson.objects.filter(lots__matter=line.matter, number__in=panel).exclude(name=None)
    names = dict(people.values_list("number", "name_id"))
    Participant.objects.bulk_create(
        Participant(
            id=line.row(n), matter_id=line.matter, name_id=names.get(one), number=one, kind="resident",
            side="people", fixed_on=line.happened_on,
        )
        for n, one in enumerate(panel)
        if one not in there
    )  # fmt: skip
