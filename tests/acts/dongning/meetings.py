"""What stands against calling and holding meetings, and against posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.acts.dongning.entitled import Entitled
from tests.acts.dongning.known import Ask, Decided, Session


class Meetings(Entitled):
    """Meetings and posts."""

    def _still_called(self, ask: Ask, meeting: Session) -> Iterator[str]:
        if meeting.state != "called":
            yield "the meeting is over"
        if ask.on < meeting.called:
            yield "it was not called yet"

    def _convene(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        d = ask.data
        if date.fromisoformat(d["held_on"]) < ask.on:
            yield "it cannot be called afterwards"
        if any(p and p not in self.posts for p in (d.get("convener"), d.get("recorder"))):
            yield "there is no such post"

    def _give_notice(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _register_reply(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        if ask.data["invitation"] not in meeting.invited:
            yield "there is no such invitation"

    def _hold_meeting(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        if any(i not in meeting.invited for i in ask.data.get("absent", ())):
            yield "there is no such invitation"
        if meeting.begun not in (None, ask.on):
            yield "its matters were taken up on another day"

    def _call_off(self, ask: Ask, meeting: Session, decided: Decided | None) -> Iterator[str]:
        if meeting.begun is not None:
            yield "it has begun"

    def _appoint(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        if not ask.data.get("name") and ask.data["person"] not in self.people:
            yield "a new person needs a name"

    def _release(self, ask: Ask, unit: str, decided: Decided | None) -> Iterator[str]:
        post = self.posts.get(ask.data["post"])
        if post is None or post.unit != unit or post.until is not None or post.since > ask.on:
            yield "there is no such post to end"
