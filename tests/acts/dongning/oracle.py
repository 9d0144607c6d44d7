"""What may be done, said a second time: the Dongning way in plain Python, written from the rule's text.

It shares no code with the gates. It knows a matter by a few plain words, and says for every act what stands against it
(``against``) and, once it was done, what has changed (``done``). The random walks compare it with ``perform``, both ways.
All days lie in 2026, so there is one law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.acts import voices
from tests.acts.dongning.before import Before
from tests.acts.dongning.changes import Changes
from tests.acts.dongning.known import Ask
from tests.acts.dongning.meetings import Meetings
from tests.acts.dongning.results import Results
from tests.acts.dongning.tables import AT_MEETINGS, REQUIRED
from tests.acts.dongning.work import Work


class Oracle(Before, Results, Work, Meetings, Changes):
    """The whole village as it should be."""

    def against(self, ask: Ask, today: date) -> list[str]:
        """Everything that stands against an act; nothing: it may be done."""
        if lacking := [n for n in REQUIRED.get(ask.name, ()) if ask.data.get(n) in (None, "", [])]:
            return [f"{ask.name} without {', '.join(lacking)}"]
        unit = self._unit(ask)
        if unit is None:
            return ["there is no such subject"]
        return list(self._against(ask, unit, today))

    def _against(self, ask: Ask, unit: str, today: date) -> Iterator[str]:
        topic = self.topics.get(ask.subject or "") if ask.name not in AT_MEETINGS else None
        meeting = self.meetings.get(ask.subject or "") if ask.name in AT_MEETINGS else None
        decided = self._decided(ask, unit, topic, meeting)
        if ask.on > today:
            yield "it has not happened yet"
        if not self._types(ask, unit, today, decided, topic, meeting):
            yield f"{ask.by} may not enter it"
        named = ask.decided or {}
        if (named.get("post") or named.get("role")) and not named.get("body") and decided is None:
            yield "nobody held that post"
        if topic is not None and ask.name != "correct" and ask.on < topic.last:
            yield "something later has happened already"
        if ask.name in voices.NAMES and topic is not None:
            yield from self._voices(ask, topic, decided)
            return
        judge = getattr(self, f"_{ask.name}", None)
        if judge is None:
            raise KeyError(ask.name)
        if topic is not None:
            yield from judge(ask, topic, decided)
        elif meeting is not None:
            if ask.name != "register_reply":
                yield from self._still_called(ask, meeting)
            yield from judge(ask, meeting, decided)
        else:
            yield from judge(ask, unit, decided)
