"""Who tells the county's stories: every act through ``perform``, in few words for many acts."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from shangliang.acts.act import Act, Done
from shangliang.acts.perform import perform
from shangliang.site.simulate.roster import Held, Roster
from shangliang.site.simulate.stage import Stage
from shangliang.site.simulate.tree import Place


class Teller:
    """Tells what happens in the county's places, in few words for many acts."""

    def __init__(self, stage: Stage, places: Mapping[str, Place], roster: Roster, rng: random.Random) -> None:
        self.stage, self.places, self.roster, self.rng = stage, places, roster, rng
        self.meetings: dict[int, str] = {}
        self.invited: dict[int, list[str]] = {}
        self.sides: dict[str, list[str]] = {}
        self.acts = 0

    def act(
        self, name: str, unit: str, subject: str | None, data: Mapping[str, Any], *, by: str = "",
        decided: Mapping[str, Any] | None = None, on: date | None = None,
    ) -> Done:  # fmt: skip
        """One act of a unit, entered by its clerk unless somebody else is named."""
        act = Act(
            name, on or self.stage.clock.now.date(), by or self.roster.one(unit, "clerk").person, data,
            subject, unit, decided_by=decided,
        )  # fmt: skip
        self.acts += 1
        return perform(act, clock=self.stage.clock)[0]

    def convener(self, unit: str) -> Held:
        return self.roster.one(unit, "party_secretary", "deputy_party_secretary")

    def convened(self, unit: str) -> dict[str, str]:
        return {"post": self.convener(unit).post}

    def party(self, unit: str) -> dict[str, Any]:
        name = "支部会议记录" if self.places[unit].village else "党委会议纪要"
        return {"body": "party", "paper": name}
