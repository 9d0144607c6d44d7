"""Choosing at random from what is there, and now and then what is not."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.acts.systems.oracle import Systems

TEXTS = ("先修主路。", "资金明年安排。", "走访了三十户。", "")
TOUCHES: tuple[list[str], ...] = (
    [],
    [],
    [],
    ["subsidy"],
    ["collective_income"],
    ["homestead"],
    ["resident_units"],
)
BODIES = (
    "representatives", "representatives", "assembly", "collective_assembly", "party", "council", "two_committees",
)  # fmt: skip


class Chooser:
    def __init__(self, chance: Random, o: Systems) -> None:
        self.chance, self.o = chance, o

    def of(self, *found: Any) -> Any:
        return self.chance.choice(found)

    def rarely(self, n: int = 8) -> bool:
        return self.chance.randrange(n) == 0

    def one(self, known: Any) -> str:
        known = list(known)
        return str(self.chance.choice(known)) if known and not self.rarely(12) else "liushu.999.0"

    def _studied(self, on: date) -> str | None:
        return self.of(
            (on - timedelta(days=3)).isoformat(),
            on.isoformat(),
            (on + timedelta(days=2)).isoformat(),
            on.isoformat(),
        )  # type: ignore[no-any-return]
