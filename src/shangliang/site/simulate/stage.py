"""The simulated county's clock, and the stage on which its stories run side by side."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count

from shangliang.site.telling import Days

Story = Iterator[date]


class Clock(Days):
    """The simulated time: half a minute on for every act, so that a day holds them all."""

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=20 * next(self.minutes))


class Stage:
    """Runs stories side by side, always the one whose next day comes first; a story may begin others."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._waiting: list[tuple[date, int, Story]] = []
        self._number = count()

    def begin(self, story: Story) -> None:
        first = next(story, None)
        if first is not None:
            heapq.heappush(self._waiting, (first, next(self._number), story))

    def run(self, last: date, progress: Callable[[date], None] | None = None) -> None:
        """Everything up to and with the last day; what comes later does not happen."""
        while self._waiting and self._waiting[0][0] <= last:
            day, number, story = heapq.heappop(self._waiting)
            if progress and day > self.clock.now.date():
                progress(day)
            self.clock.turn(day)
            if (later := next(story, None)) is not None:
                heapq.heappush(self._waiting, (later, number, story))
