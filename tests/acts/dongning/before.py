"""What stands against an act from the first words to the result of the meeting."""

from __future__ import annotations

from collections.abc import Iterator

from tests.acts.dongning.entitled import Entitled
from tests.acts.dongning.known import Ask, Decided, Topic
from tests.acts.dongning.tables import LEVEL, VILLAGE_SUBJECTS


class Before(Entitled):
    """From intake to the meeting."""

    def _intake(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        if LEVEL[unit] == "county":
            yield "a county deliberates nothing"

    def _merge(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "collected")
        yield from self._by(topic, decided, "cppcc_member", "grid_worker", "clerk")
        into = self.topics.get(ask.data["into"])
        if into is None or into.unit != topic.unit or into is topic or into.ended:
            yield "it cannot go on in that one"

    def _put_forward(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "collected")
        yield from self._by(topic, decided, "cppcc_member", "grid_worker", "clerk")

    def _screen(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "screening")
        if problem := self._by_convener(topic, decided, bool(ask.data.get("convener_is_party"))):
            yield problem
        four = [ask.data.get(q) for q in ("against_policy", "private_dispute", "unfair", "deep_division")]
        if None in four:
            yield "each of the four has to be answered"
        named = (
            ask.data.get("discuss")
            or ask.data.get("other_reason")
            or True in four
            or self._reason(ask, "D-G1")
        )
        if not named:
            yield "it is none of the three, and nobody says why"
        known = VILLAGE_SUBJECTS if LEVEL[topic.unit] == "village" else {}
        if any(t not in known for t in ask.data.get("touches", ())):
            yield "the law gives this to nobody here"

    def _name_parties(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _visit(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "door")
        yield from self._by(topic, decided)
        if ask.data["party"] not in topic.sides:
            yield "there is no such side"

    def _settle_door(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "door")
        yield from self._by(topic, decided)
        if ask.data["result"] == "agreed" and any(s.visited and not s.agreed for s in topic.sides.values()):
            yield "a side has not agreed"
        if (
            ask.data["result"] != "go_on"
            and not self._all_visited(topic)
            and not self._let_pass(topic, "D-G3")
        ):
            yield "not every side was visited"

    def _study(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "study")
        if decided is None or decided.body != "council":
            yield "the council studies"

    def _approve(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "approval")
        if decided is None or decided.body != "party" or decided.unit != topic.unit or not decided.paper:
            yield "the party organisation of the same unit approves, on paper"

    def _table(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "invite", "meeting")
        yield from self._by(topic, decided)
        if topic.stage == "meeting" and topic.rounds[-1].taken_up is not None:
            yield "it is being deliberated"
        meeting = self.meetings.get(ask.data["meeting"])
        if meeting is None or meeting.unit != topic.unit:
            yield "there is no such meeting"
            return
        if meeting.state == "called_off" or (meeting.state == "held" and meeting.day < ask.on):
            yield "that meeting takes up nothing more"
        uninvited = topic.department and topic.department not in meeting.departments
        gate = "D-G6" if topic.stage == "invite" else "D-G6b"
        if topic.stage in ("invite", "meeting") and uninvited and not self._reason(ask, gate):
            yield "the department is not invited, and nobody says why"

    def _take_up(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "meeting")
        meeting = self.meetings.get(ask.data["meeting"])
        if meeting is None or meeting.unit != topic.unit:
            yield "there is no such meeting"
            return
        if topic.stage != "meeting":
            return
        last = topic.rounds[-1]
        if last.meeting != meeting.id:
            yield "it is not on this agenda"
        if last.taken_up is not None and last.outcome is None:
            yield "the last round has no result yet"
        if meeting.state == "called_off":
            yield "the meeting was called off"
        elif ask.on < meeting.day or (meeting.state == "held" and ask.on != meeting.day):
            yield "the meeting was on another day"
        elif meeting.begun not in (None, ask.on):
            yield "the meeting began on another day"
        gate = "D-G7" if LEVEL[topic.unit] == "town" else "D-G8"
        if not self._convened_rightly(topic, meeting) and not self._let_pass(topic, gate):
            yield "it was not convened by whom the rule names"
        agreed = self._all_visited(topic) and all(s.agreed for s in topic.sides.values())
        if (topic.large or topic.deep) and not agreed and not self._let_pass(topic, "D-G10"):
            yield "the sides have not agreed yet"

    def _conclude(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "meeting")
        meeting = self.meetings.get(ask.data["meeting"])
        if meeting is None or meeting.unit != topic.unit:
            yield "there is no such meeting"
            return
        if topic.stage != "meeting":
            return
        last = topic.rounds[-1]
        if last.meeting != meeting.id or last.taken_up is None or last.outcome is not None:
            yield "this meeting has not taken it up"
        day = meeting.day if meeting.state == "held" else meeting.begun
        overtaken = day is not None and topic.last > day  # by a reply given since, for instance
        if meeting.state == "called_off" or (ask.on != day and not overtaken):
            yield "the meeting was on another day, or was called off"
