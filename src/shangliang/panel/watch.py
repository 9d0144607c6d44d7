"""Time and progress, lent to a pure room by whoever calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from shangliang.panel.lp import INF


def _nothing(step: str, bound: float, achieved: float) -> None:
    pass


@dataclass
class Watch:
    """`now` gives seconds that only grow (without it no time passes); after `limit` seconds the best so far is given
    back with its gap. `told` hears of every step: what is being done, the bound, what is achieved so far."""

    now: Callable[[], float] = lambda: 0.0
    limit: float = INF
    told: Callable[[str, float, float], None] = _nothing
    spent: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._began = self._mark = self.now()

    @property
    def left(self) -> float:
        return self.limit - (self.now() - self._began)

    @property
    def over(self) -> bool:
        return self.left <= 0

    def lap(self, name: str) -> None:
        """Put the seconds since the last lap down to `name`."""
        now = self.now()
        self.spent[name] = self.spent.get(name, 0.0) + now - self._mark
        self._mark = now
