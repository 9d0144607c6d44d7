"""Who decides, who may type it, and what both sides of the table look up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.acts.dongning.known import Ask, Decided, Post, Session, Topic
from tests.acts.dongning.tables import (
    ABOVE,
    ANYWHERE,
    AT_MEETINGS,
    CONVENERS,
    DECIDES,
    DEPARTMENTS,
    ENTERS,
    LEVEL,
    OF_UNITS,
    PUBLIC,
)


class Entitled:
    """The village, and who may do something in it."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.topics: dict[str, Topic] = {}
        self.meetings: dict[str, Session] = {}
        self.entries: dict[str, tuple[str, str, dict[str, Any]]] = {}  # id: act, subject, data
        self.people: set[str] = set()
        self.conveners: dict[str, tuple[str, ...]] = CONVENERS

    def _unit(self, ask: Ask) -> str | None:
        if ask.name in ("intake", "convene") or ask.name in OF_UNITS:
            return ask.unit if ask.unit in ABOVE else None
        if ask.name in AT_MEETINGS:
            return self.meetings[ask.subject].unit if ask.subject in self.meetings else None
        return self.topics[ask.subject].unit if ask.subject in self.topics else None

    def _decided(self, ask: Ask, unit: str, topic: Topic | None, meeting: Session | None) -> Decided | None:
        """Who decided: the body named, or who held the post on the day, the nearest unit first."""
        default = DECIDES.get(ask.name)
        if ask.name == "record_resolution":
            default = ask.data.get("body")
        named = ask.decided or ({"body": default} if default else {})
        if named.get("body"):
            return Decided(body=named["body"], unit=named.get("unit") or unit, paper=named.get("paper"))
        held = [p for p in self.posts.values() if p.held(ask.on) and self._reaches(p, unit, topic, meeting)]
        if named.get("post"):
            found = [p for p in held if p.id == named["post"]]
        elif named.get("role"):
            found = [p for p in held if p.role == named["role"] and self._over(p.unit, unit)]
        else:
            found = [p for p in held if p.person == ask.by]
        if not found:
            return None
        deepest = max(len(ABOVE[p.unit]) for p in found)
        chosen = next(p for p in sorted(found, key=self._age) if len(ABOVE[p.unit]) == deepest)
        return Decided(chosen.id, chosen.role, None, chosen.unit)

    def _age(self, post: Post) -> tuple[date, str]:
        return post.since, post.id

    def _over(self, upper: str, unit: str) -> bool:
        return upper == unit or upper in ABOVE[unit]

    def _reaches(self, post: Post, unit: str, topic: Topic | None, meeting: Session | None) -> bool:
        return self._over(post.unit, unit) or (
            post.role.startswith("department") and self._concerned(post.unit, topic, meeting)
        )

    def _concerned(self, unit: str, topic: Topic | None, meeting: Session | None) -> bool:
        name = DEPARTMENTS.get(unit, "—")
        if topic is not None:
            return topic.department == name or any(owner == name for _, owner in topic.tasks.values())
        return meeting is not None and name in meeting.departments

    def _types(self, ask: Ask, unit: str, today: date, decided: Decided | None, topic: Topic | None,
               meeting: Session | None) -> bool:  # fmt: skip
        if ask.by == "public":
            return ask.name in PUBLIC
        if ask.by == "system":
            return ask.name in ("appoint", "release", "erase")
        for post in self.posts.values():
            if post.person != ask.by or not post.held(today):
                continue
            named = post.role in ENTERS.get(ask.name, ())
            if self._over(post.unit, unit):
                own = post.unit == unit
                if post.role == "clerk" or (own and named):
                    return True
                if decided is not None and decided.post == post.id:
                    judged = ask.name not in ANYWHERE | AT_MEETINGS | OF_UNITS | {"take_up", "conclude"}
                    convener = own and ask.name not in OF_UNITS and post.role in self.conveners[LEVEL[unit]]
                    if judged or named or convener:
                        return True
            elif named and post.role.startswith("department") and self._concerned(post.unit, topic, meeting):
                return True
        return False

    def _by_convener(self, topic: Topic, decided: Decided | None, involved: bool = False) -> str | None:
        """None when a convener of the matter's own level decided, and not the first one where he is a side in it."""
        level = LEVEL[topic.unit]
        if decided is None or decided.role not in CONVENERS[level] or LEVEL[decided.unit] != level:
            return "a convener decides this"
        steps_back = (topic.involved or involved) and len(CONVENERS[level]) > 1
        return (
            "the first convener is a side in it"
            if steps_back and decided.role == CONVENERS[level][0]
            else None
        )

    def _by_post(self, decided: Decided | None, *roles: str) -> bool:
        return decided is not None and decided.role in roles and LEVEL[decided.unit] in ("town", "village")

    def _by(self, topic: Topic, decided: Decided | None, *roles: str, body: str = "") -> Iterator[str]:
        """A convener, or one of these roles of the village or town, or this body."""
        if self._by_post(decided, *roles) or (body and decided is not None and decided.body == body):
            return
        if problem := self._by_convener(topic, decided):
            yield problem

    def _at(self, topic: Topic, *stages: str) -> Iterator[str]:
        if topic.stage not in stages:
            yield f"the matter is at {topic.stage}"

    def _let_pass(self, topic: Topic, gate: str) -> bool:
        return gate in topic.overrides

    def _reason(self, ask: Ask, gate: str) -> bool:
        return bool(ask.reasons.get(gate, "").strip())

    def _all_visited(self, topic: Topic) -> bool:
        return bool(topic.sides) and all(s.visited for s in topic.sides.values())

    def _convened_rightly(self, topic: Topic, meeting: Session) -> bool:
        post = self.posts.get(meeting.convener or "")
        posts = CONVENERS[LEVEL[topic.unit]]
        if post is None or post.unit != topic.unit or not post.held(meeting.day) or post.role not in posts:
            return False
        return not (topic.involved and len(posts) > 1 and post.role == posts[0])

    def _file_complete(self, topic: Topic) -> bool:
        """What is always there by now (registration, screening, study, approval, task list, note on the end) is not asked
        again."""
        there = self.file_of(topic)
        if topic.resolved:
            there |= {"resolution"}
        wanted = {"meeting_notice", "sign_in", "minutes", "reply"}
        if any(s.visited or s.before for s in topic.sides.values()):
            there |= {"door_talk"}
        if "decided" in topic.marks:
            wanted |= {"resolution"}
        return wanted <= there

    def file_of(self, topic: Topic) -> set[str]:
        """What lies in the file: what entries made, and what came of its meetings."""
        there = set(topic.papers)
        for each in topic.rounds:
            if each.taken_up is None:
                continue
            meeting = self.meetings[each.meeting]
            there |= {"meeting_notice"} if meeting.notice else set()
            if meeting.state == "held":
                there |= {"sign_in"} | ({"minutes"} if meeting.summary or each.agreed else set())
        return there
