"""The act of naming who takes part in a matter (点名定人): a selection with its method, its pool and its recusals."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.catalogue.consulting import FixParticipants
from shangliang.acts.vocabulary import Data, Id, Line, Name, Note, act
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Naming, Recusal


class NameParticipants(Data):
    class Recused(Data):
        post: Id | None = Field(None, title=N_("Post"))
        name: Name | None = Field(None, title=N_("Name"))
        reason: Note = Field(title=N_("Recused: why"))

    participants: list[FixParticipants.One] = Field(
        default_factory=list, title=N_("Who takes part"), max_length=300
    )
    method: Literal["named", "recommended", "elected", "volunteered"] = Field(
        "named", title=N_("How were they chosen?")
    )
    pool: int | None = Field(None, title=N_("From how many"), ge=1, le=10_000_000)
    recused: list[Recused] = Field(default_factory=list, title=N_("Who is recused, and why"), max_length=100)
    paper: str = Field("", title=N_("Paper"), max_length=120)


@act("name_participants", NameParticipants, anywhere=True, aside=True, enters={"room_director", "group_convener"},
     zh="点名定人", en="Name who takes part")  # fmt: skip
def name_participants(line: Line) -> None:
    """The convener names who takes part, at whatever stage people are chosen: each as what, for which side or group, chosen in
    which way and from how many (L32, L37, X32). Who is recused is entered with the reason, and takes no seat. Names and reasons
    are sealed. More can be named later; together with a draw by lot this is the selection record."""
    d = line.data
    seated = d["participants"]
    Participant.objects.bulk_create(
        Participant(
            id=line.row(n), matter_id=line.matter, post_id=p.get("post"), name_id=line.seal(f"participants.{n}.name"),
            department=p["department"], kind=p["kind"], side=p["side"], group=p["group"], tags=",".join(p["tags"]),
            basis=p["basis"], fixed_on=line.happened_on,
        )
        for n, p in enumerate(seated)
    )  # fmt: skip
    Recusal.objects.bulk_create(
        Recusal(
            id=line.row(n), matter_id=line.matter, post_id=r.get("post"), name_id=line.seal(f"recused.{n}.name"),
            reason_id=line.seal(f"recused.{n}.reason"), on=line.happened_on,
        )
        for n, r in enumerate(d["recused"])
    )  # fmt: skip
    if seated:
        Naming.objects.create(
            id=line.row(), matter_id=line.matter, method=d["method"], pool=d.get("pool"), chosen=len(seated),
            paper=d["paper"], on=line.happened_on,
        )  # fmt: skip
